import { orderSchema, type Order } from '../../../core';
import { control } from '../../simulators/bitrix/restClient.ts';
import { placeOrders } from '../../simulators/bitrix/orders/placeOrders.cts';
import { Proxy } from '../orders/proxy.cts';
import { ivan, romashka, Store } from '../orders/store.cts';

describe('Bitrix Order Export: Get Order', () => {
	let store: Store;

	beforeAll(async () => (store = await Store.open()));
	afterAll(async () => await store.close());

	const get = async (id: number, parameters = {}): Promise<Order> =>
		(await store.run('get', parameters, [{ id }])).json(0)[0] as unknown as Order;

	it('gives a person’s order whole', async () => {
		const id = store.place({
			delivery: { service: 'delivery-courier', price: 30_000 },
			payments: [{ paySystem: 'pay-card', sum: 40_000, paid: true }],
			managerComment: 'VIP',
			shipped: true,
		});
		const order = await get(id);
		expect(orderSchema.parse(order)).toEqual(order);
		expect(order).toMatchObject({
			source: { siteKey: 'shop', flow: 'orders', host: store.bitrix.url.replace('http://', '') },
			id: String(id),
			number: String(id),
			site: 's1',
			currency: 'RUB',
			total: '399.99',
			paid: true,
			canceled: false,
			bornElsewhere: false,
			status: { id: 'N', name: 'Принят, ожидается оплата' },
			customer: {
				kind: 'person',
				payerType: { name: 'Физическое лицо' },
				userId: '1001',
				name: 'Иван Петров',
				company: null,
				inn: null,
				phone: '8 (916) 111-22-33',
				email: 'ivan@example.com',
			},
			address: '101000, Москва, ул. Ленина, 5',
			customerComment: ivan.comment,
			managerComment: 'VIP',
			lines: [
				{ name: 'Гравировка', productId: null, key: null, quantity: '3', price: '33.33', basePrice: '40', vat: '20', vatIncluded: true },
			],
			shipments: [{ name: 'Доставка курьером', price: '300', allowed: true, shipped: true, trackingNumber: `RA${id}RU` }],
			payments: [{ name: 'Банковская карта (онлайн)', cash: false, sum: '400', paid: true, refund: false }],
		});
		expect(order.shipments).toHaveLength(1);
		expect(order.properties).toContainEqual(expect.objectContaining({ code: 'EMAIL', values: ['ivan@example.com'] }));
	});

	it('R127: gives a company’s order with its requisites', async () => {
		expect((await get(store.place({ customer: romashka }))).customer).toMatchObject({
			kind: 'legal',
			payerType: { name: 'Юридическое лицо' },
			company: 'ООО «Ромашка»',
			inn: '7701234567',
			kpp: '770101001',
			name: 'Анна Иванова',
			legalAddress: 'Москва, ул. Ленина, 1',
			phone: '+7 495 111-22-33',
			email: 'anna@firm.example.com',
		});
	});

	it('understands order properties and payer types as the user says', async () => {
		const id = store.place({ customer: romashka });
		const payerType = (await get(id)).customer.payerType.id;
		const options = { legalPayerTypes: ['999'], roles: { role: [{ role: 'phone', code: 'CITY' }] } };
		expect((await get(id, { options })).customer).toMatchObject({ kind: 'person', phone: 'Москва', payerType: { id: payerType } });
	});

	it('gives random orders of every kind in the model, their sums as the store has them', async () => {
		const ids = placeOrders(store.bitrix.portal, store.bitrix.catalogs, { count: 80, seed: 5 });
		const run = await store.run(
			'get',
			{},
			ids.map((id) => ({ id })),
		);
		expect(run.json(2)).toEqual([]);
		const { orders, basket } = store.bitrix.portal.store;
		for (const json of run.json(0)) {
			const order = orderSchema.parse(json);
			expect(Math.round(Number(order.total) * 100)).toBe(orders.get(Number(order.id))?.price);
			expect(order.lines.map(({ id }) => Number(id))).toEqual(
				basket
					.where('orderId', Number(order.id))
					.filter(({ setParentId }) => setParentId === null)
					.map(({ id }) => id),
			);
		}
	});

	it('reads many with few calls', async () => {
		const ids = Array.from({ length: 45 }, () => store.place());
		store.bitrix.counters.reset();
		const run = await store.run(
			'get',
			{},
			ids.map((id) => ({ id })),
		);
		expect(run.json(0)).toHaveLength(45);
		// The books, and three batches of twenty.
		expect(store.calls()).toBe(4);
	});

	it('says which orders there are none of', async () => {
		const id = store.place();
		const run = await store.run('get', {}, [{ id: '999999' }, { id }, { id: 'abc' }]);
		expect(run.json(0)).toEqual([expect.objectContaining({ id: String(id) })]);
		expect(run.outputs[2]?.map(({ json, pairedItem }) => [json.bitrixId, (json.error as { code: string }).code, pairedItem])).toEqual([
			['999999', 'ORDER_NOT_FOUND', { item: 0 }],
			['abc', 'ORDER_NOT_FOUND', { item: 2 }],
		]);
	});

	describe('by number', () => {
		const byNumber = async (numbers: string[], webhook?: string) =>
			await store.run(
				'get',
				{ lookUpBy: 'number', order: '={{ $json.number }}' },
				numbers.map((number) => ({ number })),
				webhook,
			);

		it('finds the one order', async () => {
			const id = store.place();
			store.bitrix.portal.store.orders.update(id, { accountNumber: 'A-1' });
			expect((await byNumber(['A-1', 'B-2'])).json(0)).toEqual([expect.objectContaining({ id: String(id), number: 'A-1' })]);
		});

		it('does not choose among several', async () => {
			for (const id of [store.place(), store.place()]) store.bitrix.portal.store.orders.update(id, { accountNumber: 'C-3' });
			expect((await byNumber(['C-3'])).json(2)).toEqual([
				expect.objectContaining({ error: expect.objectContaining({ code: 'ORDER_NUMBER_AMBIGUOUS' }) as unknown }),
			]);
		});

		it('T9: wildcards in a number are letters like any other', async () => {
			const id = store.place();
			store.bitrix.portal.store.orders.update(id, { accountNumber: 'D_%' });
			expect((await byNumber(['D_%', 'D%'])).json(0)).toEqual([expect.objectContaining({ id: String(id) })]);
		});

		it('T1: a filter that was dropped finds nothing instead of anything', async () => {
			store.place();
			const proxy = await Proxy.open(store.bitrix.url, {
				request: (body) => body.replaceAll('accountNumber%5D', 'number%5D').replaceAll('%3DaccountNumber', '%3Dnumber'),
			});
			const run = await byNumber(['1'], store.bitrix.webhookUrl.replace(store.bitrix.url, proxy.url));
			await proxy.close();
			expect(run.error?.description).toContain('BITRIX_FILTER_IGNORED');
		});
	});
});

describe('Bitrix Order Export: live lists', () => {
	let store: Store;

	beforeAll(async () => (store = await Store.open()));
	afterAll(async () => await store.close());

	it.each([
		['getOrderStatuses', { name: 'Отправлен (S)', value: 'S' }],
		['getPayerTypes', { name: 'Юридическое лицо', value: expect.stringMatching(/^\d+$/) as string }],
		['getOrderProperties', { name: 'ИНН (INN)', value: 'INN' }],
	])('%s', async (method, entry) => {
		const list = await store.engine.loadList('loadOptions', {
			type: 'bitrixOrderExport',
			method,
			parameters: { operation: 'exportChanged' },
			credentials: { bitrixWebhookApi: { secretAddress: store.bitrix.webhookUrl, edition: 'enterprise' } },
		});
		expect(list).toContainEqual(entry);
		expect(list.map(({ name }) => name)).toEqual([...list.map(({ name }) => name)].sort((one, other) => one.localeCompare(other)));
	});

	it('an old core without some methods is said with the page', async () => {
		await control(store.bitrix, 'PUT switches', { missingMethods: ['sale\\.businessValue', 'sale\\.statusLang'] });
		store.place({ customer: romashka });
		const run = await store.run('exportChanged', { startDate: '2020-01-01T00:00:00Z' });
		expect(run.json(0)).toHaveLength(1);
		expect(run.json(1)).toMatchObject([
			{
				findings: [
					{ code: 'ORDER_BOOK_UNREAD', message: expect.stringContaining('sale.businessValuePersonDomain.list') as unknown },
					{ code: 'ORDER_BOOK_UNREAD', message: expect.stringContaining('sale.statusLang.list') as unknown },
				],
			},
		]);
	});

	it('an old core without some methods still has its lists', async () => {
		await control(store.bitrix, 'PUT switches', { missingMethods: ['sale\\.businessValue', 'sale\\.statusLang'] });
		const id = store.place({ customer: romashka });
		const run = await store.run('get', {}, [{ id }]);
		expect(run.json(0)).toEqual([
			expect.objectContaining({ status: { id: 'N', name: null }, customer: expect.objectContaining({ kind: 'legal' }) as unknown }),
		]);
	});
});
