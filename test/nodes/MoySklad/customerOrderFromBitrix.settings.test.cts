import type { INodeParameters } from 'n8n-workflow';
import type { Order } from '../../../core';
import { chosen, Shop, type Result } from '../orders/shop.cts';

type Row = Record<string, unknown>;

const API = 'https://api.moysklad.ru/api/remap/1.2';

describe('Create or Update From Bitrix Order: settings', () => {
	let shop: Shop;

	beforeEach(async () => (shop = await Shop.open()));
	afterEach(async () => await shop.close());

	const one = async (more = {}): Promise<Order> => (await shop.orders([shop.store.place(more)]))[0] as Order;
	const write = async (order: Order, parameters: INodeParameters = {}): Promise<Result> =>
		(await shop.write([order], parameters))[0] as Result;
	const idIn = (value: unknown): unknown => (value as Row | undefined)?.id;

	it('O5: organization, store and document fields are those that were chosen', async () => {
		const documentFields = {
			salesChannel: chosen(shop.idOf('saleschannel', 'Лавка')),
			project: chosen(shop.idOf('project')),
			owner: chosen(shop.idOf('employee')),
			group: chosen(shop.idOf('group')),
		};
		const order = await one();
		await write(order, { documentFields });
		const made = shop.customerOrder(order.id);
		expect(['organization', 'store', 'salesChannel', 'project', 'owner', 'group'].map((field) => idIn(made[field]))).toEqual([
			shop.idOf('organization'),
			shop.idOf('store'),
			shop.idOf('saleschannel', 'Лавка'),
			shop.idOf('project'),
			shop.idOf('employee'),
			shop.idOf('group'),
		]);
	});

	it('the document has the date of the order in Moscow, and says from where it is', async () => {
		const order = await one();
		await write({ ...order, createdAt: '2026-11-20T21:30:45.000Z' });
		expect(shop.customerOrder(order.id)).toMatchObject({
			moment: Date.parse('2026-11-20T21:30:00Z'),
			externalCode: `bitrix:shop:${order.id}`,
			description: `shop ${order.number}\nПозвоните "за час" 🎁`,
			shipmentAddress: '101000, Москва, ул. Ленина, 5',
		});
	});

	describe('R120: numbers', () => {
		beforeEach(() => Object.assign(shop.moySklad.account.settings, { uniqueDocumentNumbers: true }));

		it("are MoySklad's own", async () => {
			const order = await one();
			await write(order);
			expect(shop.customerOrder(order.id).name).toBe('00001');
		});

		it("are the store's, with a prefix where it is wanted", async () => {
			const [first, second] = [await one(), await one()];
			await write(first, { numberPolicy: 'store' });
			await write(second, { numberPolicy: 'prefix', numberPrefix: 'shop-' });
			expect([shop.customerOrder(first.id).name, shop.customerOrder(second.id).name]).toEqual([first.number, `shop-${second.number}`]);
		});

		it('that are taken get a suffix, with a warning, and the others of the run are not held up', async () => {
			const orders = [await one(), await one(), await one()];
			const name = orders[1]?.number;
			const meta = (type: string) => ({ meta: { href: `${API}/entity/${type}/${shop.idOf(type)}`, type } });
			for (const taken of [name, `${name}-2`])
				await shop.edit('POST', 'entity/customerorder', {
					name: taken,
					organization: meta('organization'),
					agent: meta('counterparty'),
					externalCode: `taken ${taken}`,
				});
			const results = await shop.write(orders, { numberPolicy: 'store' });
			expect(results.map(({ status }) => status)).toEqual(['created', 'created', 'created']);
			expect(shop.customerOrder(orders[1]?.id ?? '').name).toBe(`${name}-3`);
			expect(results[1]?.warnings).toContainEqual(
				expect.objectContaining({ code: 'ORDER_NUMBER_TAKEN', message: expect.stringContaining(`${name}-3`) as string }),
			);
			expect((await shop.write(orders, { numberPolicy: 'store' })).map(({ status }) => status)).toEqual([
				'unchanged',
				'unchanged',
				'unchanged',
			]);
		});
	});

	describe('O3: states', () => {
		const state = (name: string): string => shop.moySklad.account.statesOf('customerorder').find((one) => one.name === name)?.id ?? '';
		const map = () => ({
			row: [
				{ when: 'canceled', state: chosen(state('Отменён')) },
				{ when: 'paid', state: chosen(state('Подтверждён')) },
				{ when: 'status', status: 'Принят, ожидается оплата', state: chosen(state('Новый')) },
			],
		});

		it('belong to statuses, payment and cancellation', async () => {
			const orders = [
				await one(),
				await one({ payments: [{ paySystem: 'pay-card', sum: 39_999, paid: true }] }),
				await one({ canceled: true }),
			];
			await shop.write(orders, { stateMap: map() });
			expect(orders.map(({ id }) => shop.customerOrder(id).state)).toEqual(['Новый', 'Подтверждён', 'Отменён'].map(state));
		});

		it('an unmapped status leaves the state alone with a warning; the order is still written', async () => {
			const order = await one({ statusId: 'S' });
			const result = await write(order, { stateMap: map() });
			expect(result).toMatchObject({
				status: 'created',
				warnings: expect.arrayContaining([
					expect.objectContaining({ code: 'ORDER_STATE_UNMAPPED', message: expect.stringContaining('Отправлен') as string }),
				]) as unknown,
			});
			expect(shop.customerOrder(order.id).state).toBeUndefined();
		});
	});

	describe('additional fields', () => {
		const define = async (name: string, type: string, more = {}): Promise<string> =>
			String(
				(await shop.edit('POST', 'entity/customerorder/metadata/attributes', { name, type, required: false, show: true, ...more })).id,
			);
		const row = (attribute: string, more: object) => ({ attribute: chosen(attribute), source: 'property', ...more });
		const valuesOf = (id: string): unknown => shop.customerOrder(id).attributes;

		it('R132: take order properties and fields of the order, as their types want them', async () => {
			const [text, number, flag, moment] = [
				await define('Город', 'string'),
				await define('Номер', 'long'),
				await define('Оплачен', 'boolean'),
				await define('Оформлен', 'time'),
			];
			const order = await one();
			const attributeMap = {
				row: [
					row(text, { property: 'city' }),
					row(number, { source: 'field', field: 'number' }),
					row(flag, { source: 'field', field: 'paid' }),
					row(moment, { source: 'field', field: 'createdAt' }),
				],
			};
			expect(await write(order, { attributeMap })).toMatchObject({ status: 'created' });
			expect(valuesOf(order.id)).toEqual({
				[text]: 'Москва',
				[number]: Number(order.number),
				[flag]: false,
				[moment]: Math.floor(Date.parse(order.createdAt) / 60_000) * 60_000,
			});
		});

		it('O3: required ones get the value that is set for orders that say nothing', async () => {
			const needed = await define('Время доставки', 'string', { required: true });
			const order = await one();
			expect(await write(order, { attributeMap: { row: [row(needed, { property: 'DELIVERY_TIME', whenEmpty: 'любое' })] } })).toMatchObject(
				{ status: 'created' },
			);
			expect(valuesOf(order.id)).toEqual({ [needed]: 'любое' });
		});

		it('a value that does not fit fails its order only', async () => {
			const number = await define('Число', 'long');
			const [bad, good] = [
				await one(),
				await one({ customer: { kind: 'person', userId: 5, comment: '', discount: 0, properties: { FIO: 'Анна', CITY: '77' } } }),
			];
			const results = await shop.write([bad, good], { attributeMap: { row: [row(number, { property: 'CITY' })] } });
			expect(results.map(({ status, error }) => error?.code ?? status)).toEqual(['MOYSKLAD_VALUE_INVALID', 'created']);
		});

		it('follow the store', async () => {
			const city = await define('Город', 'string');
			const attributeMap = { row: [row(city, { property: 'CITY' })] };
			const order = await one();
			await write(order, { attributeMap });
			const moved = {
				...order,
				updatedAt: new Date(Date.parse(order.updatedAt) + 1000).toISOString(),
				properties: order.properties.map((property) => (property.code === 'CITY' ? { ...property, values: ['Тверь'] } : property)),
			};
			expect(await write(moved, { attributeMap })).toMatchObject({ status: 'updated', changes: [{ from: 'Москва', to: 'Тверь' }] });
			expect(valuesOf(order.id)).toEqual({ [city]: 'Тверь' });
		});
	});

	describe('currencies', () => {
		it('R106: an order in another currency is a document in it', async () => {
			const order = await one();
			await write({ ...order, currency: 'USD' });
			const usd = shop.idOf('currency', 'USD');
			expect(shop.customerOrder(order.id)).toMatchObject({ rate: { currency: usd }, sum: 39_999 });
		});

		it('R106: a currency that MoySklad does not have is refused, never taken for another', async () => {
			expect(await write({ ...(await one()), currency: 'GBP' })).toMatchObject({
				status: 'failed',
				error: { code: 'ORDER_CURRENCY_UNKNOWN' },
			});
			expect(shop.rows('customerorder')).toEqual([]);
		});

		it('the old code of the ruble is the ruble', async () =>
			expect(await write({ ...(await one()), currency: 'RUR' })).toMatchObject({ status: 'created' }));
	});

	it.each([
		['customerOrderStates', 'Подтверждён'],
		['customerOrderTargets', 'Additional Field: Время доставки'],
		['customerOrderTargets', 'Delivery Address'],
		['organizations', undefined],
		['stores', undefined],
		['salesChannels', 'Интернет-магазин'],
		['projects', undefined],
		['employees', undefined],
		['groups', 'Основной'],
		['services', undefined],
		['counterparties', undefined],
		['assortment', undefined],
	])('the list %s is live', async (method, name) => {
		await shop.edit('POST', 'entity/customerorder/metadata/attributes', { name: 'Время доставки', type: 'string', required: false, show: true });
		const { results } = await shop.store.engine.loadList('listSearch', {
			type: 'moySkladEntity',
			method,
			parameters: { resource: 'customerOrder', operation: 'createOrUpdateFromBitrixOrder' },
			credentials: { moySkladApi: { authentication: 'token', token: shop.moySklad.users.integration.token, baseUrl: shop.moySklad.baseUrl } },
		});
		expect(results.length).toBeGreaterThan(0);
		if (name !== undefined) expect(results.map((entry) => entry.name)).toContain(name);
	});

	it('W4: the webhooks of this very flow are not called for what is written; others are', async () => {
		const { deliveries } = shop.moySklad.parts;
		deliveries.paused = true;
		for (const url of ['https://n8n.example.com/webhook/abc/moysklad', 'https://n8n.example.com/webhook/other'])
			await shop.edit('POST', 'entity/webhook', { url, action: 'CREATE', entityType: 'customerorder' });
		await write(await one(), { options: { suppressWebhooks: chosen('https://n8n.example.com/webhook/abc') } });
		expect(deliveries.all.map(({ url }) => url.split('?')[0])).toEqual(['https://n8n.example.com/webhook/other']);
	});
});
