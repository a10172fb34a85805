import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { Engine } from '../../n8n/engine.cts';
import type { CallableWorkflow } from '../../n8n/subWorkflows.cts';
import { Proxy } from '../orders/proxy.cts';
import { stateRow, Updating } from '../orders/updating.cts';
import { changing, node } from '../shared/changingWorkflow.cts';

/** Bitrix Order Update over REST: whole runs, with many orders, with faults, and on older versions. */
describe('Bitrix Order Update over REST: runs', () => {
	let bench: Updating;

	beforeEach(async () => (bench = await Updating.open()), 60_000);
	afterEach(async () => await bench.close());

	const system = (xmlId: string): string => String(bench.shop.store.bitrix.portal.store.paySystems.all().find(({ XML_ID }) => XML_ID === xmlId)?.id);
	const all = (): INodeParameters => ({
		statusMap: { row: [stateRow(bench.stateId('Собран'), 'A'), stateRow(bench.stateId('Отгружен'), 'S')] },
		payments: 'full',
		paySystem: system('pay-bill'),
		shipments: 'full',
		options: { finalStatuses: [] },
	});
	const plain = async (count: number): Promise<string[]> => {
		const ids = Array.from({ length: count }, () => String(bench.shop.store.place({ payments: [{ paySystem: 'pay-cash', sum: 39_999, paid: false }] })));
		await bench.bring(ids);
		return ids;
	};
	/** State, payment and shipment for each of them, in another mixture. */
	const happen = async (ids: readonly string[]): Promise<void> => {
		for (const [index, id] of ids.entries()) {
			await bench.setState(id, index % 2 === 0 ? 'Собран' : 'Отгружен');
			if (index % 3 !== 0) await bench.pay(id, index % 3 === 1 ? 39_999 : 10_000);
			if (index % 2 === 1) await bench.ship(id);
		}
	};
	const state = (ids: readonly string[]): unknown[] => ids.map((id) => [bench.storeOrder(id).statusId, bench.storeOrder(id).payed, bench.storeOrder(id).price, bench.payments(id).map(({ sum, paid }) => [sum, paid]), bench.shipments(id).map(({ allowDelivery, priceDelivery }) => [allowDelivery, priceDelivery])]);

	it('500 orders cost few calls, and the second time only those that read', async () => {
		const ids = await plain(500);
		for (const id of ids) await bench.setState(id, 'Собран');
		const items = await bench.customerOrders(ids);
		bench.shop.reset();
		const parameters = { ...all(), payments: 'off', shipments: 'off' };
		const results = await bench.results(items, parameters);
		expect(results.every(({ status }) => status === 'updated')).toBe(true);
		// 1 for the books, 25 to read the orders, 25 to write them.
		expect(bench.shop.store.calls()).toBeLessThanOrEqual(52);
		bench.shop.reset();
		expect((await bench.results(items, parameters)).every(({ status }) => status === 'unchanged')).toBe(true);
		expect(bench.shop.store.calls()).toBeLessThanOrEqual(27);
		expect(bench.writes()).toEqual([]);
		expect(bench.shop.calls()).toBe(0);
	}, 120_000);

	it('payments and shipments of a hundred orders are read in bulk', async () => {
		const ids = await plain(100);
		await happen(ids);
		const items = await bench.customerOrders(ids);
		bench.shop.reset();
		const results = await bench.results(items, all());
		expect(results.filter(({ status }) => status !== 'updated')).toEqual([]);
		expect(bench.shop.calls()).toBeLessThanOrEqual(12);
		expect(bench.shop.store.calls()).toBeLessThanOrEqual(30);
		bench.shop.reset();
		expect((await bench.results(items, all())).every(({ status }) => status === 'unchanged')).toBe(true);
		expect(bench.writes()).toEqual([]);
	}, 120_000);

	it.each([1, 2, 3])('with a fault in every tenth call all becomes the same, and nothing twice (seed %i)', async (seed) => {
		const ids = await plain(40);
		await happen(ids);
		const items = await bench.customerOrders(ids);
		await bench.results(items, { ...all(), preview: true });
		bench.shop.store.bitrix.faults.set((['serverError', 'html', 'cut', 'reset', 'rateLimit'] as const).map((kind) => ({ kind, share: 0.02 * (1 + (seed % 2)) })));
		const results: unknown[] = [];
		for (let run = 0; run < 4; run += 1) {
			try {
				results.push(...(await bench.results(items, all())).map(({ status }) => status));
			} catch {
				results.push('run failed');
			}
		}
		bench.shop.store.bitrix.faults.set([]);
		await bench.results(items, all());
		bench.shop.reset();
		expect((await bench.results(items, all())).every(({ status }) => status === 'unchanged')).toBe(true);
		expect(bench.writes()).toEqual([]);
		const faulty = state(ids);
		const again = await Updating.open();
		try {
			const { shop } = again;
			const twins = Array.from({ length: 40 }, () => String(shop.store.place({ payments: [{ paySystem: 'pay-cash', sum: 39_999, paid: false }] })));
			await again.bring(twins);
			const first = bench;
			bench = again;
			await happen(twins);
			await again.results(await again.customerOrders(twins), all());
			expect(faulty).toEqual(state(twins));
			bench = first;
		} finally {
			await again.close();
		}
	}, 120_000);

	describe('an older Bitrix', () => {
		const miss = (...methods: string[]): void => void (bench.shop.store.bitrix.portal.switches.missingMethods = methods);
		const codes = async (ids: string[], parameters: INodeParameters): Promise<unknown> => (await bench.update(ids, parameters)).map(({ status, warnings }) => [status, warnings.map(({ code }) => code)]);

		it('without items of shipments an order is marked as shipped, without payments they are left alone', async () => {
			const ids = await plain(1);
			const [id = ''] = ids;
			await bench.pay(id, 39_999);
			await bench.ship(id);
			miss('^sale\\.shipmentitem\\.', '^sale\\.payment\\.');
			expect(await codes(ids, all())).toEqual([['updated', ['ORDER_PART_UNSUPPORTED', 'ORDER_PART_UNSUPPORTED', 'ORDER_STATUS_UNMAPPED']]]);
			expect(bench.shipments(id)).toMatchObject([{ allowDelivery: 'Y' }]);
			expect(bench.storeOrder(id).payed).toBe('N');
		});

		it('a field that its orders do not have is left alone, and the others are written', async () => {
			const ids = await plain(1);
			const proxy = await Proxy.open(bench.shop.store.bitrix.url, { answer: (body, path) => (path.includes('sale.order.getFields') ? body.replace(/"orderTopic"/g, '"older"') : body) });
			try {
				const row = (target: string) => ({ target, value: 'expression', expression: 'x', policy: 'always' });
				const webhook = bench.shop.store.bitrix.webhookUrl.replace(bench.shop.store.bitrix.url, proxy.url);
				const [result] = await bench.results(await bench.customerOrders(ids), { fields: { row: [row('orderTopic'), row('comments')] } }, webhook);
				expect(result).toMatchObject({ status: 'updated', changes: [{ field: 'comments', to: 'x' }], warnings: [{ code: 'ORDER_PART_UNSUPPORTED', message: expect.stringContaining('orderTopic') as unknown }] });
				expect(bench.storeOrder(ids[0] ?? '')).toMatchObject({ comments: 'x' });
			} finally {
				await proxy.close();
			}
		});

		it('without order properties and lines all else is written', async () => {
			const ids = await plain(1);
			miss('^sale\\.propertyvalue\\.modify$', '^sale\\.basketitem\\.');
			const property = `property:${String(bench.shop.store.bitrix.portal.store.orderProperties.all()[0]?.id)}`;
			const parameters = { lines: 'sourceWins', fields: { row: [{ target: property, value: 'expression', expression: 'x' }] }, orderChanges: { status: 'A' } };
			expect(await codes(ids, parameters)).toEqual([['updated', ['ORDER_PART_UNSUPPORTED', 'ORDER_PART_UNSUPPORTED']]]);
			expect(bench.storeOrder(ids[0] ?? '').statusId).toBe('A');
		});
	});

	it('a webhook that may only sell: payments and shipments are written, lists of pay systems are not needed', async () => {
		const [id = ''] = await plain(1);
		await bench.pay(id, 39_999);
		expect(await bench.results(await bench.customerOrders([id]), { payments: 'full', paySystem: system('pay-bill') }, bench.shop.store.bitrix.webhooks.saleOnly)).toMatchObject([{ status: 'updated' }]);
	});

	describe('C8: a sub-workflow may change what is told', () => {
		const through = async (id: string, hook: CallableWorkflow): Promise<{ error: unknown; done: IDataObject[] }> => {
			const engine = await Engine.load({ fromN8n: ['n8n-nodes-base'] });
			const parameters = { operation: 'update', siteKey: 'shop', flow: 'back', placedSince: '2020-01-01T00:00:00Z', ...all(), options: { subWorkflow: { __rl: true, mode: 'id', value: 'hook' } } };
			const write = node('Write', 'n8n-nodes-moysklad-bitrix.bitrixOrderUpdate', parameters as INodeParameters);
			const own = { bitrixWebhookApi: { id: 'b', name: 'bitrixWebhookApi' }, moySkladApi: { id: 'm', name: 'moySkladApi' } };
			const done = await engine.runWorkflow({
				workflow: { id: 'main', nodes: [{ ...write, credentials: own }], connections: {} },
				start: 'Write',
				items: await bench.customerOrders([id]),
				credentials: bench.credentials(),
				workflows: { hook },
			});
			return { error: done.error, done: done.error ? [] : done.node('Write').json(0) };
		};

		it('items in, items out', async () => {
			const [id = ''] = await plain(1);
			await bench.setState(id, 'Собран');
			expect((await through(id, changing({ 'wish.status': 'P' }))).done).toMatchObject([{ status: 'updated', changes: [{ field: 'statusId', from: 'N', to: 'P' }] }]);
			expect(bench.storeOrder(id).statusId).toBe('P');
		});

		it.each([
			['items are missing', changing({}, 0)],
			['what is no wish', changing({ 'wish.payments': 'all' })],
		])('%s: nothing is written', async (_case, hook) => {
			const [id = ''] = await plain(1);
			await bench.setState(id, 'Собран');
			bench.shop.reset();
			expect((await through(id, hook)).error).toMatchObject({ description: expect.stringContaining('SUB_WORKFLOW_INVALID') as unknown });
			expect(bench.writes()).toEqual([]);
		});
	});

	it('T14: what is written comes back as an event, and ends there: both ways at once settle', async () => {
		const ids = await plain(5);
		await happen(ids);
		for (let turn = 0; turn < 2; turn += 1) {
			await bench.update(ids, all());
			bench.shop.store.later(60_000);
			await bench.shop.write(await bench.shop.orders(ids));
		}
		bench.shop.reset();
		await bench.update(ids, all());
		const written = await bench.shop.write(await bench.shop.orders(ids));
		expect(written.every(({ status }) => status === 'unchanged')).toBe(true);
		expect(bench.writes()).toEqual([]);
		const writes = Object.keys(bench.shop.moySklad.counters.snapshot().routes).filter((route) => /^(POST|PUT|DELETE)/.test(route));
		expect(writes).toEqual([]);
	});

	it('live lists come from the store and from MoySklad', async () => {
		const load = async (kind: 'loadOptions' | 'listSearch', method: string): Promise<unknown> =>
			await bench.shop.store.engine.loadList(kind, {
				type: 'bitrixOrderUpdate',
				method,
				parameters: { operation: 'update' },
				credentials: bench.credentials(),
			});
		expect(await load('loadOptions', 'getOrderStatuses')).toContainEqual({ value: 'A', name: 'Собирается (A)' });
		expect(await load('loadOptions', 'getShipmentStatuses')).toContainEqual({ value: 'DF', name: 'Отгружен (DF)' });
		expect(await load('loadOptions', 'getPaySystems')).toContainEqual({ value: system('pay-card'), name: `Банковская карта (онлайн) (${system('pay-card')})` });
		expect(await load('loadOptions', 'getDeliveries')).toContainEqual(expect.objectContaining({ name: expect.stringContaining('Самовывоз') as unknown }));
		expect(await load('loadOptions', 'getSites')).toEqual([{ value: 's1', name: 's1' }]);
		expect(await load('loadOptions', 'getUsers')).toContainEqual(expect.objectContaining({ value: '1' }));
		expect(await load('loadOptions', 'getOrderTargets')).toEqual(expect.arrayContaining([{ value: 'comments', name: 'Manager Comment' }, expect.objectContaining({ value: expect.stringMatching(/^property:\d+$/) as unknown })]));
		const states = (await load('listSearch', 'customerOrderStates')) as { results: unknown[] } | unknown[];
		expect(JSON.stringify(states)).toContain('Собран');
		expect(JSON.stringify(await load('listSearch', 'moySkladOrderFields'))).toContain('shipmentAddress');
		expect(JSON.stringify(await load('listSearch', 'paymentAttributes'))).toBeDefined();
	});
});
