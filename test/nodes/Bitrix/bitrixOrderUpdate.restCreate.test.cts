import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { Proxy } from '../orders/proxy.cts';
import { chosen } from '../orders/shop.cts';
import { meta, Updating, type StoreResult } from '../orders/updating.cts';

type Row = Record<string, unknown>;

/** Bitrix Order Update over REST: orders that were born in MoySklad. */
describe('Bitrix Order Update over REST: new orders', () => {
	let bench: Updating;
	let delivery: string;

	beforeAll(async () => {
		bench = await Updating.open();
		delivery = String((await bench.shop.edit('POST', 'entity/service', { name: 'Доставка', externalCode: 'delivery' })).id);
	}, 60_000);
	afterAll(async () => await bench.close());
	beforeEach(() => bench.links.clear());

	const settings = (more: INodeParameters = {}): INodeParameters => ({
		operation: 'create', site: 's1', buyerId: '1', birthDelivery: book('deliveries', 'delivery-courier'), birthPaySystem: book('paySystems', 'pay-bill'), deliveryServices: { row: [{ one: chosen(delivery) }] }, ...more,
	});
	const book = (name: 'deliveries' | 'paySystems', xmlId: string): string => String(bench.shop.store.bitrix.portal.store[name].all().find(({ XML_ID }) => XML_ID === xmlId)?.id);

	let customers = 0;
	const person = { name: 'Пётр Сидоров', companyType: 'individual', phone: '+7 916 222-33-44', email: 'petr@example.com' };
	const company = { name: 'ООО «Ромашка»', legalTitle: 'Общество «Ромашка»', companyType: 'legal', inn: '7701234567', kpp: '770101001', legalAddress: 'Москва, ул. Ленина, 1', email: 'info@firm.example.com' };

	/** A customer order for three of a product and one variant, with delivery for 300, by hand in MoySklad. Comes to 3 × 33.33… + … */
	const born = async (agent: Row = person, more: Row = {}): Promise<Row> => {
		const { id: agentId } = await bench.shop.edit('POST', 'entity/counterparty', agent === person ? { ...person, email: `customer${(customers += 1)}@example.com`, phone: '' } : agent);
		const product = bench.shop.rows('product').find(({ archived, variantsCount }) => archived !== true && !variantsCount);
		const variant = bench.shop.rows('variant').find(({ archived }) => archived !== true);
		const position = (type: string, id: unknown, quantity: number, price: number, discount = 0): Row => ({ assortment: { meta: meta(type, `entity/${type}/${String(id)}`) }, quantity, price, discount, vat: 20, vatEnabled: true });
		const order = await bench.shop.edit('POST', 'entity/customerorder', {
			organization: { meta: meta('organization', `entity/organization/${bench.shop.idOf('organization')}`) },
			store: { meta: meta('store', `entity/store/${bench.shop.idOf('store')}`) },
			agent: { meta: meta('counterparty', `entity/counterparty/${String(agentId)}`) },
			shipmentAddress: 'Москва, ул. Мира, 7',
			vatEnabled: true,
			vatIncluded: true,
			positions: [position('product', product?.id, 3, 11_111, 33.33), position('variant', variant?.id, 1, 100_000), position('service', delivery, 1, 30_000)],
			...more,
		});
		return await bench.shop.edit('GET', `entity/customerorder/${String(order.id)}`);
	};
	const create = async (orders: Row[], parameters: INodeParameters = {}, webhook?: string): Promise<StoreResult[]> => await bench.results(orders as IDataObject[], settings(parameters), webhook);
	const of = (order: Row) => bench.shop.store.bitrix.portal.store.orders.all().filter(({ xmlId }) => xmlId === `moysklad:order:${String(order.id)}`);
	const properties = (orderId: number): Record<string, unknown> => Object.fromEntries(bench.shop.store.bitrix.portal.store.orderPropertyValues.where('orderId', orderId).filter(({ value }) => value).map(({ code, value }) => [code, value]));
	const basket = (orderId: number) => bench.shop.store.bitrix.portal.store.basket.where('orderId', orderId);

	it('R113: customer, lines, delivery and payment, to the kopeck; a second run writes nothing', async () => {
		const order = await born();
		const [result] = await create([order]);
		expect(result).toMatchObject({ status: 'created', moySkladId: order.id, warnings: [], key: `moysklad:order:${String(order.id)}` });
		const [made] = of(order);
		if (!made) throw new Error('no order');
		expect(made).toMatchObject({ id: Number(result?.bitrixId), price: order.sum, externalOrder: 'Y', personTypeId: 3, lid: 's1', currency: 'RUB', userId: 1, payed: 'N', updated1c: 'N', id1c: '' });
		expect(properties(made.id)).toMatchObject({ FIO: 'Пётр Сидоров', EMAIL: `customer${customers}@example.com`, ADDRESS: 'Москва, ул. Мира, 7' });
		const lines = basket(made.id);
		expect(lines.every(({ productId, customPrice, basePrice, price, discountPrice }) => productId > 0 && customPrice === 'Y' && basePrice === price + discountPrice)).toBe(true);
		expect(bench.shipments(made.id)).toMatchObject([{ priceDelivery: 30_000, deliveryId: Number(book('deliveries', 'delivery-courier')), allowDelivery: 'N' }]);
		expect(bench.payments(made.id)).toMatchObject([{ sum: order.sum, paid: 'N', paySystemId: Number(book('paySystems', 'pay-bill')) }]);
		bench.shop.reset();
		expect(await create([order])).toMatchObject([{ status: 'unchanged', changes: [] }]);
		bench.links.clear();
		expect(await create([order])).toMatchObject([{ status: 'unchanged', changes: [] }]);
		expect(bench.writes()).toEqual([]);
	});

	it('R117: Order Export does not bring it back', async () => {
		const order = await born();
		await create([order]);
		const { orders } = await bench.shop.store.page({ startDate: '2020-01-01T00:00:00Z', pageSize: 1000 });
		expect(orders.map(({ externalId }) => externalId)).not.toContain(`moysklad:order:${String(order.id)}`);
	});

	it('a company has its payer type, INN, KPP and legal address', async () => {
		const order = await born(company);
		await create([order]);
		const [made] = of(order);
		expect(made?.personTypeId).toBe(4);
		expect(properties(made?.id ?? 0)).toMatchObject({ COMPANY: 'Общество «Ромашка»', INN: '7701234567', KPP: '770101001', COMPANY_ADR: 'Москва, ул. Ленина, 1', EMAIL: 'info@firm.example.com' });
	});

	it('who ordered with the same e-mail or phone before is the buyer; several are nobody', async () => {
		const place = (userId: number, code: string, value: string): void => {
			const id = bench.shop.store.place();
			const { orders, orderPropertyValues } = bench.shop.store.bitrix.portal.store;
			orders.update(id, { userId });
			for (const row of orderPropertyValues.where('orderId', id)) if (row.code === code) orderPropertyValues.update(row.id, { value });
		};
		place(501, 'EMAIL', 'Known@example.com');
		place(502, 'PHONE', '+79165550011');
		place(503, 'EMAIL', 'two@example.com');
		place(504, 'EMAIL', 'two@example.com');
		const byMail = await born({ ...person, email: 'known@example.com', phone: '' });
		const byPhone = await born({ ...person, email: '', phone: '8 (916) 555-00-11' });
		const several = await born({ ...person, email: 'two@example.com', phone: '' });
		const results = await create([byMail, byPhone, several]);
		expect([byMail, byPhone, several].map((order) => of(order)[0]?.userId)).toEqual([501, 502, 1]);
		expect(results.map(({ warnings }) => warnings.map(({ code }) => code))).toEqual([[], [], ['ORDER_BUYER_AMBIGUOUS']]);
		const always = await born({ ...person, email: 'known@example.com' });
		await create([always], { buyer: 'same', buyerId: '77' });
		expect(of(always)[0]?.userId).toBe(77);
		expect(await create([await born({ ...person, email: 'new@example.com', phone: '' })], { buyerId: '={{ $json.nothing }}' })).toMatchObject([{ status: 'failed', error: { code: 'ORDER_BUYER_UNKNOWN' } }]);
	});

	it('status, payments and shipments follow as for all orders', async () => {
		const order = await born();
		await create([order]);
		const id = String(of(order)[0]?.id);
		const href = meta('customerorder', `entity/customerorder/${String(order.id)}`);
		await bench.shop.edit('POST', 'entity/paymentin', { organization: order.organization, agent: order.agent, sum: order.sum, operations: [{ meta: href, linkedSum: order.sum }] });
		const rows = ((await bench.shop.edit('GET', `entity/customerorder/${String(order.id)}?expand=positions`)).positions as { rows: Row[] }).rows;
		await bench.shop.edit('POST', 'entity/demand', { organization: order.organization, agent: order.agent, store: order.store, customerOrder: { meta: href }, vatEnabled: true, vatIncluded: true, positions: rows.slice(0, 2).map(({ assortment, quantity, price, discount, vat, vatEnabled }) => ({ assortment, quantity, price, discount, vat, vatEnabled })) });
		const fresh = await bench.shop.edit('GET', `entity/customerorder/${String(order.id)}`);
		const modes = { payments: 'full', shipments: 'full' };
		expect(await bench.results([fresh as IDataObject], modes)).toMatchObject([{ status: 'updated', bitrixId: id }]);
		expect(bench.storeOrder(id)).toMatchObject({ payed: 'Y', price: order.sum });
		expect(bench.shipments(id)).toMatchObject([{ allowDelivery: 'Y', priceDelivery: 30_000 }]);
		bench.shop.reset();
		expect(await bench.results([fresh as IDataObject], modes)).toMatchObject([{ status: 'unchanged' }]);
		expect(await create([fresh], modes)).toMatchObject([{ status: 'unchanged' }]);
		expect(bench.writes()).toEqual([]);
	});

	it('changed lines follow; those of a paid order are reported', async () => {
		const order = await born();
		await create([order]);
		const id = String(of(order)[0]?.id);
		const kept = basket(Number(id)).map((line) => line.id);
		const rows = ((await bench.shop.edit('GET', `entity/customerorder/${String(order.id)}?expand=positions`)).positions as { rows: Row[] }).rows;
		await bench.shop.edit('PUT', `entity/customerorder/${String(order.id)}`, { positions: rows.map((row, index) => ({ ...row, quantity: index === 1 ? 2 : row.quantity })) });
		const changed = await bench.shop.edit('GET', `entity/customerorder/${String(order.id)}`);
		expect(await create([changed])).toMatchObject([{ status: 'updated' }]);
		expect(bench.storeOrder(id).price).toBe(changed.sum);
		expect(basket(Number(id)).map((line) => line.id)).toEqual(kept);
		const { payments } = bench.shop.store.bitrix.portal.store;
		payments.update(bench.payments(id)[0]?.id ?? 0, { paid: 'Y' });
		await bench.shop.edit('PUT', `entity/customerorder/${String(order.id)}`, { positions: rows });
		expect(await create([await bench.shop.edit('GET', `entity/customerorder/${String(order.id)}`)])).toMatchObject([{ status: 'conflict', error: { code: 'ORDER_STORE_SUM_DIFFERS' }, warnings: [{ code: 'ORDER_LINES_LOCKED' }] }]);
		expect(bench.storeOrder(id).price).toBe(changed.sum);
	});

	it('a sum that the store reckons in another way is left and reported', async () => {
		const order = await born();
		const proxy = await Proxy.open(bench.shop.store.bitrix.url, {
			request: (body) => body.replace(/(sale\.basketitem\.add\?[^"]*?fields%5Bprice%5D|sale\.basketitem\.add\?[^"]*?fields\[price\])=1000/, '$1=999'),
			answer: (body) => body.replace(/"price":999,/g, '"price":1000,').replace(/"price":999\.0*,/g, '"price":1000,'),
		});
		try {
			const [result] = await create([order], {}, bench.shop.store.bitrix.webhookUrl.replace(bench.shop.store.bitrix.url, proxy.url));
			expect(result).toMatchObject({ status: 'conflict', error: { code: 'ORDER_STORE_SUM_DIFFERS' } });
		} finally {
			await proxy.close();
		}
		expect(of(order)).toHaveLength(1);
	});

	describe('goods that the store does not have', () => {
		const unknown = async (): Promise<Row> => {
			const { id } = await bench.shop.edit('POST', 'entity/product', { name: 'Только в МойСклад', externalCode: `only-${Math.random()}` });
			return await born(person, { positions: [{ assortment: { meta: meta('product', `entity/product/${String(id)}`) }, quantity: 2, price: 5000, vat: 0, vatEnabled: false }] });
		};

		it('stop the order before it is begun', async () => {
			const order = await unknown();
			expect(await create([order])).toMatchObject([{ status: 'failed', error: { code: 'ORDER_STORE_GOODS_UNKNOWN' } }]);
			expect(of(order)).toEqual([]);
		});

		it('become free lines where the user wants it, and are known again', async () => {
			const order = await unknown();
			expect(await create([order], { unknownGoods: 'free' })).toMatchObject([{ status: 'created' }]);
			const [made] = of(order);
			expect(basket(made?.id ?? 0)).toMatchObject([{ productId: 0, name: 'Только в МойСклад', quantity: 2, price: 5000 }]);
			bench.shop.reset();
			expect(await create([order], { unknownGoods: 'free' })).toMatchObject([{ status: 'unchanged' }]);
			expect(bench.writes()).toEqual([]);
		});
	});

	it.each([
		['an order of the store', async (): Promise<Row> => {
			const id = bench.shop.store.place();
			await bench.bring([id]);
			return await bench.customerOrder(id);
		}, 'skipped', 'ORDER_BORN_IN_STORE'],
		['an order without positions', async (): Promise<Row> => await born(person, { positions: [] }), 'skipped', 'ORDER_WITHOUT_LINES'],
		['paid delivery without a delivery service', async (): Promise<Row> => await born(), 'conflict', 'ORDER_DELIVERY_LEFT'],
	] as const)('%s is not made', async (_what, make, status, code) => {
		const order = await make();
		const [result] = await create([order], code === 'ORDER_DELIVERY_LEFT' ? { birthDelivery: '' } : {});
		expect([result?.status, result?.error?.code ?? result?.warnings[0]?.code]).toEqual([status, code]);
		expect(of(order)).toEqual([]);
	});

	it('a preview says what would be made, and makes nothing', async () => {
		const order = await born();
		bench.shop.reset();
		expect(await create([order], { preview: true })).toMatchObject([{ status: 'planned', changes: [{ field: 'order', from: null, to: order.name }] }]);
		expect([bench.writes(), of(order)]).toEqual([[], []]);
	});

	describe('what was begun', () => {
		it.each(['sale.order.add', 'sale.basketitem.add', 'sale.shipment.add', 'sale.payment.add', 'sale.propertyvalue.modify'])('T13: the answer to %s was lost: what was made is looked up, and not made twice', async (method) => {
			const order = await born();
			let losing = false;
			let lost = 0;
			const proxy = await Proxy.open(bench.shop.store.bitrix.url, {
				request: (body) => ((losing = lost === 0 && body.includes(method)), body),
				answer: (body) => (losing ? ((lost += 1), '<html>Gateway Timeout</html>') : body),
			});
			try {
				const [result] = await create([order], {}, bench.shop.store.bitrix.webhookUrl.replace(bench.shop.store.bitrix.url, proxy.url));
				expect([lost, result]).toMatchObject([1, { status: 'created', warnings: [] }]);
			} finally {
				await proxy.close();
			}
			expect(of(order)).toHaveLength(1);
			const [made] = of(order);
			expect([made?.price, basket(made?.id ?? 0).length, bench.shipments(made?.id ?? 0).length, bench.payments(made?.id ?? 0).length]).toEqual([order.sum, basket(made?.id ?? 0).length, 1, 1]);
			expect(bench.payments(made?.id ?? 0)[0]?.sum).toBe(order.sum);
		});

		it('T13: a half-made order of a run that was ended is completed', async () => {
			const order = await born();
			const { store } = bench.shop.store.bitrix.portal;
			await create([order]);
			const [made] = of(order);
			const id = made?.id ?? 0;
			const [first, ...rest] = basket(id);
			for (const { id: item } of rest) store.basket.remove(item);
			for (const shipment of bench.shipments(id)) store.shipments.remove(shipment.id);
			for (const payment of bench.payments(id)) store.payments.remove(payment.id);
			for (const item of store.shipmentItems.all()) if (!store.shipments.get(item.orderDeliveryId)) store.shipmentItems.remove(item.id);
			bench.links.clear();
			expect(await create([order])).toMatchObject([{ status: 'updated', warnings: [] }]);
			expect(of(order)).toHaveLength(1);
			expect(of(order)[0]?.price).toBe(order.sum);
			expect(basket(id)[0]?.id).toBe(first?.id);
			expect([bench.shipments(id).length, bench.payments(id)[0]?.sum]).toEqual([1, order.sum]);
		});
	});

	it('T1: a Bitrix that keeps no XML_ID of orders gets none, since they would be made again and again', async () => {
		const proxy = await Proxy.open(bench.shop.store.bitrix.url, { answer: (body) => (body.includes('"recountFlag"') && body.includes('isRequired') ? body.replace('"xmlId":{', '"xmlIdOld":{') : body) });
		try {
			const run = await bench.run([(await born()) as IDataObject], settings(), bench.shop.store.bitrix.webhookUrl.replace(bench.shop.store.bitrix.url, proxy.url));
			expect(run.error?.description).toContain('ORDER_PART_UNSUPPORTED');
		} finally {
			await proxy.close();
		}
	});

	it('T1: an order is not made a second time when the filter by XML_ID was dropped', async () => {
		// More than a page, so that the order would not be among what comes instead.
		for (let count = 0; count < 55; count += 1) bench.shop.store.place();
		const order = await born();
		await create([order]);
		bench.links.clear();
		const proxy = await Proxy.open(bench.shop.store.bitrix.url, { request: (body) => body.replaceAll('filter[%40xmlId]', 'filter[%40xmlIds]') });
		try {
			const run = await bench.run([order as IDataObject], settings(), bench.shop.store.bitrix.webhookUrl.replace(bench.shop.store.bitrix.url, proxy.url));
			expect(run.error?.description).toContain('BITRIX_FILTER_IGNORED');
		} finally {
			await proxy.close();
		}
		expect(of(order)).toHaveLength(1);
	});

	it('orders with the same XML_ID are a conflict', async () => {
		const order = await born();
		for (const id of [bench.shop.store.place(), bench.shop.store.place()]) bench.shop.store.bitrix.portal.store.orders.update(id, { xmlId: `moysklad:order:${String(order.id)}` });
		expect(await create([order])).toMatchObject([{ status: 'conflict', error: { code: 'ORDER_STORE_AMBIGUOUS' } }]);
	});
});
