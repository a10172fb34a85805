import { freshShop } from './catalogClient';
import { must } from './restClient';
import { list, SaleClient } from './saleClient';

const bench = freshShop();
const sale = new SaleClient(bench);

describe('orders', () => {
	it("are made empty, with their number, the customer's properties to be filled in, and a technical shipment", async () => {
		const { order } = await must(
			bench.shop.rest('sale.order.add', {
				fields: { lid: 's2', personTypeId: 4, currency: 'RUB', userId: 77, comments: 'x' },
			}),
		);
		expect(order).toMatchObject({
			accountNumber: String(order?.id),
			lid: 's2',
			personTypeId: 4,
			userId: 77,
			statusId: 'N',
			price: 0,
			payed: 'N',
			deducted: 'N',
			canceled: 'N',
			comments: 'x',
			externalOrder: 'N',
			updated1c: 'N',
			id1c: '',
			xmlId: expect.stringMatching(/^bx_/),
			basketItems: [],
			payments: [],
			clients: [],
			tradeBindings: [],
			shipments: [expect.objectContaining({ system: 'Y', shipmentItems: [] })],
			dateInsert: expect.stringMatching(/\+03:00$/),
		});
		expect(list(order?.propertyValues).map(({ code }) => code)).toEqual([
			'COMPANY',
			'COMPANY_ADR',
			'INN',
			'KPP',
			'CONTACT_PERSON',
			'EMAIL',
			'PHONE',
			'FAX',
			'ZIP',
			'CITY',
			'LOCATION',
			'ADDRESS',
		]);
	});

	it('a list shows the head only', async () => {
		const id = await sale.newOrder();
		const { orders } = await must(bench.shop.rest('sale.order.list', { filter: { id } }));
		expect(list(orders)[0]).toMatchObject({ id, accountNumber: String(id), personTypeXmlId: '', statusXmlId: '' });
		expect(list(orders)[0]).not.toHaveProperty('basketItems');
	});

	it.each([
		['no site', { lid: '' }],
		['an unknown site', { lid: 's9' }],
		['an unknown payer type', { personTypeId: 99 }],
		['an unknown currency', { currency: 'XXX' }],
		['an unknown status', { statusId: 'ZZ' }],
		['a status of deliveries', { statusId: 'DN' }],
	])('refuses %s', async (_case, fields) => {
		expect(
			(await bench.shop.rest('sale.order.add', { fields: { lid: 's1', personTypeId: 3, currency: 'RUB', ...fields } }))
				.status,
		).toBe(400);
	});

	it('an update changes the head; site, payer and flags that follow are dropped', async () => {
		const id = await sale.newOrder();
		bench.bitrix.clock.advance(60_000);
		const { order } = await must(
			sale.update(id, {
				statusId: 'P',
				comments: 'c',
				id1c: '77',
				updated1c: 'Y',
				lid: 's2',
				personTypeId: 4,
				payed: 'Y',
				deducted: 'Y',
				accountNumber: 'x',
			}),
		);
		expect(order).toMatchObject({
			statusId: 'P',
			comments: 'c',
			id1c: '77',
			updated1c: 'Y',
			lid: 's1',
			personTypeId: 3,
			payed: 'N',
			deducted: 'N',
			accountNumber: String(id),
			empStatusId: 1,
		});
		expect(order?.dateStatus).toBe(order?.dateUpdate);
		expect(order?.dateStatus).not.toBe(order?.dateInsert);
		expect(await sale.update(999, {})).toMatchObject({ error: 200540400001 });
	});

	it('T1: unknown names are not stored anywhere', async () => {
		const id = await sale.newOrder({ nonsense: 1 });
		await must(sale.update(id, { Comments: 'x', another: 2 }));
		const row = bench.bitrix.portal.store.orders.get(id);
		expect(row?.comments).toBe('');
		for (const name of ['nonsense', 'another', 'Comments']) expect(row).not.toHaveProperty(name);
	});

	it('canceling notes when and who; a paid order can be neither canceled nor deleted', async () => {
		const id = await sale.newOrder();
		expect((await must(sale.update(id, { canceled: 'Y', reasonCanceled: 'передумал' }))).order).toMatchObject({
			canceled: 'Y',
			reasonCanceled: 'передумал',
			dateCanceled: expect.any(String),
			empCanceledId: 1,
		});
		await must(sale.update(id, { canceled: 'N' }));
		const { id: paymentId } = await sale.addPayment(id, { sum: 5, paid: 'Y' });
		expect(await sale.update(id, { canceled: 'Y' })).toMatchObject({
			status: 400,
			error: 'SALE_ORDER_CANCEL_PAYMENT_EXIST_ACTIVE',
		});
		expect(await bench.shop.rest('sale.order.delete', { id })).toMatchObject({
			status: 400,
			error: 'SALE_ORDER_CANCEL_PAYMENT_EXIST_ACTIVE',
		});
		await must(bench.shop.rest('sale.payment.update', { id: paymentId, fields: { paySystemId: 1, paid: 'N' } }));
		expect(await must(bench.shop.rest('sale.order.delete', { id }))).toBe(true);
		expect(await bench.shop.rest('sale.order.get', { id })).toMatchObject({ status: 400, error: 200540400001 });
		expect(bench.bitrix.portal.store.payments.where('orderId', id)).toEqual([]);
	});

	it('are found by when they changed; a moment that cannot be read finds all (T1)', async () => {
		const [old, fresh] = [await sale.newOrder(), 0];
		bench.bitrix.clock.advance(3600_000);
		const later = await sale.newOrder();
		const since = (await sale.getOrder(later)).dateUpdate;
		const find = async (moment: unknown): Promise<number[]> =>
			list(
				(
					await must(
						bench.shop.rest('sale.order.list', {
							filter: { '>=dateUpdate': moment, '>id': fresh },
							select: ['id'],
							order: { id: 'ASC' },
							start: -1,
						}),
					)
				).orders,
			).map(({ id }) => Number(id));
		expect(await find(since)).toEqual([later]);
		expect(await find(String(since).replace('+03:00', 'Z'))).toEqual([]);
		expect(await find('today')).toEqual([old, later]);
	});
});

describe("every change of a part moves the order's dateUpdate", () => {
	it.each<[string, (id: number) => Promise<unknown>]>([
		['a basket item', async (id) => await sale.addItem(id)],
		['a payment', async (id) => await sale.addPayment(id)],
		['a shipment', async (id) => await sale.addShipment(id)],
		[
			'the properties',
			async (id) =>
				await must(bench.shop.rest('sale.propertyvalue.modify', { fields: { order: { id, propertyValues: [] } } })),
		],
		[
			'a basket property',
			async (id) => {
				const item = bench.bitrix.portal.store.basket.where('orderId', id)[0];
				await must(
					bench.shop.rest('sale.basketproperties.add', {
						fields: { basketId: item?.id, name: 'Цвет', value: 'Красный', code: 'COLOR' },
					}),
				);
			},
		],
	])('%s', async (_part, change) => {
		const id = await sale.newOrder();
		await sale.addItem(id);
		const before = (await sale.getOrder(id)).dateUpdate;
		bench.bitrix.clock.advance(5000);
		await change(id);
		expect((await sale.getOrder(id)).dateUpdate).not.toBe(before);
	});
});

describe("the customer's properties", () => {
	it('T7: modify empties what is left out', async () => {
		const id = await sale.newOrder();
		const properties = list(
			(await must(bench.shop.rest('sale.property.list', { filter: { personTypeId: 3 }, select: ['id', 'code'] })))
				.properties,
		);
		const propertyId = (code: string): unknown => properties.find((property) => String(property.code) === code)?.id;
		const modify = async (values: Record<string, unknown>): Promise<Record<string, unknown>> => {
			const propertyValues = Object.entries(values).map(([code, value]) => ({ orderPropsId: propertyId(code), value }));
			const answer = await must(bench.shop.rest('sale.propertyvalue.modify', { fields: { order: { id, propertyValues } } }));
			return Object.fromEntries(list(answer.propertyValues).map(({ code, value }) => [String(code), value]));
		};
		expect(await modify({ FIO: 'Анна', EMAIL: 'a@b.c', PHONE: '+7' })).toMatchObject({
			FIO: 'Анна',
			EMAIL: 'a@b.c',
			PHONE: '+7',
			CITY: null,
		});
		expect(await modify({ PHONE: '+8' })).toMatchObject({ FIO: null, EMAIL: null, PHONE: '+8' });
	});

	it('are listed for many orders at once, with codes and names', async () => {
		const ids = [await sale.newOrder(), await sale.newOrder()];
		const { propertyValues } = await must(
			bench.shop.rest('sale.propertyvalue.list', { filter: { '@orderId': ids, code: 'FIO' } }),
		);
		expect(propertyValues).toEqual(
			ids.map((orderId) => ({
				id: expect.any(Number),
				orderId,
				orderPropsId: expect.any(Number),
				orderPropsXmlId: null,
				code: 'FIO',
				name: 'Ф.И.О.',
				value: null,
			})),
		);
	});
});

describe("the shop's books", () => {
	it('statuses and their names lie apart', async () => {
		expect((await must(bench.shop.rest('sale.status.list', { filter: { type: 'O' }, select: ['id'] }))).statuses).toEqual(
			['N', 'P', 'A', 'S', 'F', 'D'].map((id) => ({ id })),
		);
		expect(
			(await must(bench.shop.rest('sale.statusLang.list', { filter: { statusId: 'N', lid: 'ru' } }))).statusLangs,
		).toEqual([{ statusId: 'N', lid: 'ru', name: 'Принят, ожидается оплата', description: '' }]);
	});

	it('payer types are persons or legal entities', async () => {
		expect((await must(bench.shop.rest('sale.persontype.list', { select: ['id', 'name'] }))).personTypes).toEqual([
			{ id: 3, name: 'Физическое лицо' },
			{ id: 4, name: 'Юридическое лицо' },
		]);
		expect((await must(bench.shop.rest('sale.businessValuePersonDomain.list'))).businessValuePersonDomains).toEqual([
			{ personTypeId: 3, domain: 'I' },
			{ personTypeId: 4, domain: 'E' },
		]);
	});

	it('pay systems and deliveries speak in capitals, and are no pages', async () => {
		const systems = await bench.shop.rest('sale.paysystem.list', {
			SELECT: ['ID', 'NAME', 'IS_CASH'],
			FILTER: { '@ID': [1, 3] },
			ORDER: { ID: 'DESC' },
		});
		expect(systems.result).toEqual([
			{ ID: 3, NAME: 'Счёт для юридических лиц', IS_CASH: 'N' },
			{ ID: 1, NAME: 'Наличные курьеру', IS_CASH: 'Y' },
		]);
		expect(systems.body).not.toHaveProperty('total');
		expect(
			list((await bench.shop.rest('sale.delivery.getlist', { FILTER: { ACTIVE: 'Y' } })).result).map(({ NAME }) => NAME),
		).toContain('Самовывоз');
	});

	it('groups of properties and trade platforms can be read', async () => {
		expect((await must(bench.shop.rest('sale.propertygroup.list', { select: ['personTypeId'] }))).propertyGroups).toEqual([
			{ personTypeId: 3 },
			{ personTypeId: 4 },
		]);
		expect((await must(bench.shop.rest('sale.tradePlatform.list', { select: ['code'] }))).tradePlatforms).toEqual([
			{ code: 'ymarket' },
		]);
	});

	it.each([
		'order',
		'basketitem',
		'basketproperties',
		'payment',
		'shipment',
		'shipmentitem',
		'propertyvalue',
		'property',
		'persontype',
		'status',
		'propertygroup',
	])('sale.%s tells its fields', async (entity) => {
		const [fields] = Object.values(await must(bench.shop.rest(`sale.${entity}.getFields`)));
		expect(fields).toHaveProperty('id');
	});
});
