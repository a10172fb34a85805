import path from 'node:path';
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { orderSums, plainProducts, shownStock } from '../demo/mainJob.cts';
import { compareBooks } from '../e2e/books.cts';
import { OrderChanges } from '../e2e/orderChanges.cts';
import { templates } from '../n8n/templates.cts';
import { shownUrl } from '../nodes/MoySklad/webhookBench.cts';
import { stateRow } from '../nodes/orders/updating.cts';
import { CatalogClient } from '../simulators/bitrix/catalogClient';
import { editOrder } from '../simulators/bitrix/control/personEdits.cts';
import { placeOrders } from '../simulators/bitrix/orders/placeOrders.cts';
import { connect, must } from '../simulators/bitrix/restClient';
import type { Row } from '../simulators/moysklad/engine/schema.cts';
import { BY_EXCHANGE, ImportedShop, NEED_MORE, type Ran } from './importedShop.cts';
import { storedReleases, STORED_WORKFLOWS } from './storedWorkflows.cts';

const NOTHING = { bitrix: 0, moySklad: 0 };

/** Workflows of a release on the present nodes, in the life of one shop: each test goes on where the one before ended. */
describe.each(storedReleases())('Workflows that were imported from release %s, for a store with REST', (release) => {
	let shop: ImportedShop;
	let changes: OrderChanges;

	beforeAll(async () => {
		shop = await ImportedShop.open(templates(path.join(STORED_WORKFLOWS, release)), { edition: 'box' });
		changes = new OrderChanges(shop);
	});
	afterAll(async () => await shop?.close());

	/** Runs a workflow that has to end well. */
	async function run(number: string, start: string, items?: IDataObject[]): Promise<Ran> {
		const ran = await shop.run(number, start, items);
		if (ran.run.error) throw ran.run.error;
		return ran;
	}

	/** A run that finds nothing to do. */
	const again = async (number: string, start: string): Promise<void> => expect(await run(number, start)).toMatchObject(NOTHING);
	const rows = (type: string): Array<Record<string, unknown>> => shop.moySklad.account.table(type).all();
	const store = () => shop.bitrix.portal.store;
	const locator = (mode: string, value: string): INodeParameters => ({ __rl: true, mode, value });
	/** Orders of the very second of a query are read once more. */
	const later = (): void => void shop.bitrix.clock.advance(2000);

	it('02: changes of folders and products come into the store', async () => {
		const events = (['productfolder', 'product'] as const).flatMap((entity) => rows(entity).map(({ id }) => ({ entity, id: String(id), action: 'CREATE', type: 'webhook' })));
		const { run: first } = await run('02', 'Something Changed', events);
		const statuses = (name: string, one = first): unknown[] => one.node(name).json().map(({ status }) => status);
		expect(statuses('Upsert Sections').length).toBeGreaterThan(0);
		expect(new Set(statuses('Upsert Sections'))).toEqual(new Set(['created']));
		expect(statuses('Upsert Items')).toEqual(rows('product').map(() => 'created'));
		const second = await run('02', 'Something Changed', events);
		expect(second).toMatchObject(NOTHING);
		expect(statuses('Upsert Items', second.run)).toEqual(rows('product').map(() => 'unchanged'));
	});

	it('03: the whole catalog comes into the store', async () => {
		await run('03', 'Import Now');
		expect(shop.state('catalog')).toMatchObject({ step: 'done', failed: 0 });
		const keys = store().elements.all().map(({ xmlId }) => xmlId);
		expect(['product', 'variant', 'bundle', 'service'].flatMap(rows).filter(({ externalCode }) => !keys.some((key) => key.split('#').at(-1) === externalCode))).toEqual([]);
		await again('03', 'Import Now');
	});

	it('04: stock and prices come into the store', async () => {
		const { bitrix } = await run('04', 'Compare Now');
		expect(bitrix).toBeGreaterThan(0);
		expect(await shownStock(shop)).toMatchObject({ items: expect.any(Number), off: 0 });
		await again('04', 'Compare Now');
		await again('04', 'Every Hour');
	});

	it('22: customers become counterparties', async () => {
		placeOrders(shop.bitrix.portal, shop.bitrix.catalogs, { count: 4, seed: 3 });
		later();
		const before = rows('counterparty').length;
		await run('22', 'Run Now');
		expect(rows('counterparty').length).toBeGreaterThan(before);
		await again('22', 'Run Now');
	});

	it('05: orders become customer orders, to the kopeck', async () => {
		shop.change('05', { 'To MoySklad': { unknownGoods: 'create', deliveryServiceName: 'Delivery' } });
		await run('05', 'Run Now');
		expect(orderSums(shop)).toMatchObject({ placed: 4, arrived: 4, twice: 0, mismatches: 0 });
		await again('05', 'Run Now');
	});

	it('21: payments and shipments become documents', async () => {
		const [unpaid] = store().orders.all().filter(({ payed }) => payed === 'N');
		editOrder(shop.bitrix.portal, { id: unpaid?.id ?? 0, pay: true });
		later();
		await run('05', 'Run Now');
		await run('21', 'Run Now');
		expect(compareBooks(shop)).toMatchObject({ twice: [], missing: [], tooMuch: [] });
		expect(compareBooks(shop).booked).toBeGreaterThan(0);
		await again('21', 'Run Now');
	});

	it('29: an event of the store brings an order and its payment at once', async () => {
		for (const [node, workflow] of [['Bring the Orders', '05'], ['Bring Payments and Shipments', '21']] as const) shop.change('29', { [node]: { workflowId: locator('list', workflow) } });
		const [id = 0] = placeOrders(shop.bitrix.portal, shop.bitrix.catalogs, { count: 1, seed: 11 });
		editOrder(shop.bitrix.portal, { id, pay: true });
		later();
		await run('29', 'Something Happened', [{ entity: 'order', id: String(id), action: 'CREATE' }]);
		expect(changes.customerOrder(id).sum).toBe(changes.order(id).price);
		expect(compareBooks(shop)).toMatchObject({ twice: [], missing: [], tooMuch: [] });
	});

	it('20: what becomes of customer orders goes back', async () => {
		shop.change('20', { 'Update Orders': { statusMap: { row: [stateRow(changes.stateId('Собран'), 'A')] } } }, { preview: false });
		await run('20', 'Run Now');
		const [{ id } = { id: 0 }] = store().orders.all().filter(({ statusId, canceled }) => statusId !== 'A' && canceled === 'N');
		await changes.setState(changes.customerOrder(id), 'Собран');
		await run('20', 'Run Now');
		expect(changes.order(id).statusId).toBe('A');
		await again('20', 'Run Now');
	});

	it('27: discounts go into price types', async () => {
		const name = 'Опт';
		const [type] = store().priceTypes.all().filter(({ base }) => base !== 'Y');
		shop.change('27', {
			Page: { ...node('27', 'Page'), computedPrices: { price: [{ name, buyers: 'group', group: locator('id', rows('counterparty').flatMap(({ tags }) => (tags as string[] | undefined) ?? [])[0] ?? ''), base: locator('list', '') }] } },
			'Update Prices': { ...node('27', 'Update Prices'), priceTypes: { pair: [{ from: locator('computed', name), to: locator('id', String(type?.id)) }] } },
		});
		const { bitrix } = await run('27', 'Update Now');
		expect(bitrix).toBeGreaterThan(0);
		expect(store().prices.all().filter(({ catalogGroupId }) => catalogGroupId === type?.id).length).toBeGreaterThan(rows('product').length - 1);
		await again('27', 'Update Now');
	});

	it('28: goods that were made in the store come into MoySklad', async () => {
		await run('28', 'Run Now');
		await new CatalogClient(shop.bitrix).addProduct({ name: 'Чашка «Новая»' });
		await run('28', 'Run Now');
		expect(rows('product').filter(({ name }) => name === 'Чашка «Новая»')).toHaveLength(1);
		await again('28', 'Run Now');
	});

	it('10, 11 and 12: what was reported or missed waits in the inbox and comes into the store', async () => {
		const [reported, missed] = plainProducts(shop.moySklad).slice(0, 2).map(({ id, externalCode }) => ({ id: String(id), key: String(externalCode) }));
		if (!reported || !missed) throw new RangeError('MoySklad has no two plain products');
		const weigh = async (id: string): Promise<unknown> => await changes.edit('PUT', `entity/product/${id}`, { weight: 7.25 });
		const shown = (key: string): unknown => store().elements.where('xmlId', key)[0]?.weight;
		await run('10', 'When Published');
		await weigh(reported.id);
		await run('10', 'Something Changed', [{ entity: 'product', id: reported.id, action: 'UPDATE', type: 'webhook' }]);
		expect(shop.tables.rows('msbx_inbox')).toMatchObject([{ entity: 'product', objectId: reported.id }]);
		await run('11', 'Run Now');
		expect([shop.tables.rows('msbx_inbox'), shown(reported.key)]).toEqual([[], 7250]);
		await run('12', 'Run Now');
		await run('11', 'Run Now');
		await weigh(missed.id);
		await run('12', 'Run Now');
		expect(shop.tables.rows('msbx_inbox').map(({ objectId }) => objectId)).toContain(missed.id);
		await run('11', 'Run Now');
		expect([shop.tables.rows('msbx_inbox'), shown(missed.key)]).toEqual([[], 7250]);
	});

	it('24 and 26: customer orders become deals', async () => {
		const order = await changes.born(plainProducts(shop.moySklad)[0] as Row);
		shop.change('26', { Import: { workflowId: locator('list', '24') } });
		const { run: done } = await run('26', 'Import Now');
		expect(done.node('Finished').json()[0]).toMatchObject({ statistic: { deals: { created: 1, failed: 0 } } });
		expect(store().deals.all().filter(({ originId }) => originId === order.id)).toHaveLength(1);
		await again('24', 'Run Now');
	});

	it('23: deals become customer orders', async () => {
		await run('23', 'Run Now');
		const call = async (method: string, parameters: Record<string, unknown>): Promise<unknown> => await must(connect(shop.bitrix)(method, parameters));
		const contact = await call('crm.contact.add', { fields: { NAME: 'Анна', LAST_NAME: 'Рыбина', PHONE: [{ VALUE: '+7 916 333-44-55', VALUE_TYPE: 'WORK' }] } });
		const id = Number(await call('crm.deal.add', { fields: { TITLE: 'Первая', CURRENCY_ID: 'RUB', CONTACT_ID: contact, STAGE_ID: 'NEW' } }));
		await call('crm.deal.productrows.set', { id, rows: [{ PRODUCT_ID: store().elements.where('xmlId', String(plainProducts(shop.moySklad)[0]?.externalCode))[0]?.id, PRICE: 100.5, QUANTITY: 1 }] });
		await call('crm.deal.update', { id, fields: { STAGE_ID: 'WON' } });
		await run('23', 'Run Now');
		expect(rows('customerorder').filter(({ externalCode }) => String(externalCode).endsWith(`:deal:${id}`))).toMatchObject([{ sum: 10_050 }]);
		await again('23', 'Run Now');
	});

	it('32: what differs is found', async () => {
		const compare = async () => {
			const { run: made } = await shop.run('32', 'Compare Now');
			return { total: Number(made.node('Report').json()[0]?.total), told: made.error?.message };
		};
		await run('03', 'Import Now');
		await run('04', 'Compare Now');
		const before = await compare();
		expect(before.told).toBeUndefined();
		const [item] = store().elements.where('xmlId', String(plainProducts(shop.moySklad)[2]?.externalCode));
		store().elements.update(item?.id ?? 0, { weight: 1 });
		// What MoySklad has had for long is overdue, and a run that finds that says so.
		expect(await compare()).toEqual({ total: before.total + 1, told: expect.stringMatching(/^DRIFT_OVERDUE: 1 /) as string });
	});

	it('33 and 31: the journal keeps a run, and the report counts it', async () => {
		await run('33', 'Register');
		const error = { code: 'ORDER_GOODS_UNKNOWN', kind: 'missing', retryable: false, message: 'No goods for ivan@example.com', advice: 'Make them.' };
		const result = { key: '1', moySkladId: null, bitrixId: '1', changes: [], warnings: [] };
		await run('33', 'Called', [{ flow: 'orders', run: '4711', operation: 'To MoySklad', object: 'order', source: 'bitrix', target: 'moySklad', started: Date.now() - 3000, results: [{ ...result, status: 'updated' }, { ...result, status: 'failed', error }] }]);
		expect(shop.tables.rows('msbx_journal').map(({ kind, message }) => [kind, message])).toEqual([['operation', 'No goods for ***'], ['summary', '']]);
		// Sending is off until its user chooses a server.
		expect((await run('31', 'Report Now')).run.node('Send by E-Mail').json()).toMatchObject([{ all: { total: 2, failed: 1 } }]);
	});

	it('30: what failed is told once', async () => {
		await run('30', 'Look Now');
		shop.tables.insert('msbx_failures', Array.from({ length: 30 }, (_, index) => ({ flow: 'orders', run: '1', key: `order ${index}`, code: 'ORDER_SUM_MISMATCH', retryable: false, message: 'It is wrong', advice: 'Put it right.' })));
		expect((await run('30', 'Look Now')).run.node('Text').json()).toMatchObject([{ code: 'ORDER_SUM_MISMATCH', count: 30 }]);
		expect((await run('30', 'Look Now')).run.executed).not.toContain('Text');
	});

	it('01 and 13: webhooks are made, and switched on again', async () => {
		const answers = { 'Webhook URL of the trigger': shownUrl(), Profiles: ['Catalog'], Deletions: 'Report them too', Action: 'Make the change' };
		const { run: done } = await shop.run('01', 'Form', [answers]);
		expect(done.error?.message).toBe('"Show the Result" was reached');
		expect(done.node('Ensure').json().length).toBeGreaterThan(0);
		expect(rows('webhook')).toHaveLength(done.node('Ensure').json().length);
		await changes.edit('PUT', `entity/webhook/${String(rows('webhook')[0]?.id)}`, { enabled: false });
		expect((await run('13', 'Run Now')).moySklad).toBeGreaterThan(0);
		expect(rows('webhook').filter(({ enabled }) => enabled !== true)).toEqual([]);
		await again('13', 'Run Now');
	});

	it('are all run here, but those that need more', () => {
		expect(shop.numbers.filter((number) => !shop.ran.has(number) && !BY_EXCHANGE.includes(number) && !NEED_MORE.includes(number))).toEqual([]);
	});

	const node = (number: string, name: string): INodeParameters => shop.workflow(number).nodes.find((one) => one.name === name)?.parameters ?? {};
});
