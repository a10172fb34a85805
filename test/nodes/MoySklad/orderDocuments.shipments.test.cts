import type { Order } from '../../../core';
import { aShipment, later, useMoney, type Money } from '../orders/money.cts';
import { chosen, type Shop } from '../orders/shop.cts';

type Row = Record<string, unknown>;

describe('Create or Update Documents From Bitrix Order: shipments', () => {
	let shop: Shop;
	let money: Money;
	let order: Order;
	/** Ids of the lines of the basket. */
	let tea: string;
	let honey: string;

	/** Three of a good for 33.33⅓, 1.5 of another for 99.99 with 10 % VAT, 300 of delivery, and a kopeck of the store's own rounding. */
	useMoney(async (opened, its) => {
		money = opened;
		shop = its;
		const goods = shop.store.bitrix.portal.store.elements.all().filter(({ type, xmlId, active }) => type === 1 && xmlId !== '' && active === 'Y');
		const line = (index: number, quantity: number, price: number, vatRate: number) => ({
			productId: goods[index]?.id ?? 0, name: 'Товар', quantity, basePrice: price, price, vatRate, vatIncluded: 'Y' as const, coupon: '', components: [],
		});
		const id = shop.store.place({ lines: [line(0, 3, 3333, 0.2), line(1, 1.5, 9999, 0.1)], delivery: { service: 'delivery-courier', price: 30_000 } });
		const [placed] = await shop.orders([id]);
		const [one, two] = (placed as Order).lines;
		[tea, honey] = [one?.id ?? '', two?.id ?? ''];
		order = { ...(placed as Order), total: '550', lines: [{ ...(one as Order['lines'][0]), price: '33.33333' }, two as Order['lines'][0]] };
		expect((await shop.write([order]))[0]).toMatchObject({ status: 'created' });
		expect(shop.customerOrder(order.id)).toMatchObject({ sum: 55_000, applicable: true });
	});

	const shipped = (...shipments: Order['shipments']): Order => later(order, { shipments });

	const rowsOf = (demand: Row | undefined): unknown[] =>
		((demand?.positions as Row[] | undefined) ?? []).map(({ quantity, price, vat, vatEnabled }) => [quantity, price, vatEnabled === true ? vat : null]);
	const demands = (): Row[] => money.documents('demand', order.id);
	const sums = (): unknown[] => demands().map(({ sum, applicable, deleted }) => [sum, applicable, deleted !== undefined]);

	it('R138, R140: each becomes a demand with its items; prices, VAT and sums are the order’s to the kopeck', async () => {
		const first = aShipment('31', [{ lineId: tea, quantity: '2' }, { lineId: honey, quantity: '0.7' }], { price: '300', trackingNumber: 'RA1' });
		const second = aShipment('32', [{ lineId: tea, quantity: '1' }, { lineId: honey, quantity: '0.8' }], { shipped: false });
		expect(await money.book(shipped(first, second))).toMatchObject({ status: 'created', changes: [{ field: 'demand of shipment 31', from: null, to: '436.66' }] });
		expect(rowsOf(demands()[0])).toEqual([
			[2, 3333, 20],
			[0.7, 10_000, 10],
			[1, 30_000, null],
		]);
		expect(await shop.edit('GET', `entity/demand/${String(demands()[0]?.id)}`)).toMatchObject({
			store: { meta: { href: expect.stringContaining(shop.idOf('store')) as string } },
			description: `shop ${order.number}, 31 Курьер, RA1`,
			externalCode: 'bitrix:shop:shipment:31',
			vatEnabled: true,
			vatIncluded: true,
		});
		const half = await money.shown(order.id);
		expect(half).toMatchObject({ shippedSum: 43_666 });
		const gone = shipped(first, { ...second, shipped: true });
		expect(await money.book(gone)).toMatchObject({ status: 'created', changes: [{ field: 'demand of shipment 32' }] });
		expect(await money.shown(order.id)).toMatchObject({ shippedSum: 55_000, reservedSum: 0 });
		expect(await money.book(gone)).toMatchObject({ status: 'unchanged', changes: [], warnings: [] });
		expect((await money.shown(order.id)).demands).toHaveLength(2);
	});

	it('does not matter which of them leaves first', async () => {
		const first = aShipment('31', [{ lineId: tea, quantity: '1' }], { price: '300', shipped: false });
		const second = aShipment('32', [{ lineId: tea, quantity: '2' }, { lineId: honey, quantity: '1.5' }]);
		await money.book(shipped(first, second));
		expect(rowsOf(demands()[0])).toEqual([
			[1, 3333, 20],
			[1, 3334, 20],
			[1.5, 10_000, 10],
		]);
		await money.book(shipped({ ...first, shipped: true }, second));
		expect(await money.shown(order.id)).toMatchObject({ shippedSum: 55_000 });
	});

	it('R138: one demand of everything when the whole order is shipped', async () => {
		const first = aShipment('31', [{ lineId: tea, quantity: '3' }]);
		const second = aShipment('32', [{ lineId: honey, quantity: '1.5' }], { shipped: false });
		expect(await money.book(shipped(first, second), { shipments: 'simple' })).toMatchObject({ status: 'unchanged' });
		expect(await money.book(shipped(first, { ...second, shipped: true }), { shipments: 'simple' })).toMatchObject({ status: 'created' });
		expect(sums()).toEqual([[55_000, true, false]]);
		expect(await money.shown(order.id)).toMatchObject({ shippedSum: 55_000 });
	});

	it('one that comes back, is cancelled or deleted leaves the books by the policy', async () => {
		const first = aShipment('31', [{ lineId: tea, quantity: '3' }]);
		const second = aShipment('32', [{ lineId: honey, quantity: '1.5' }]);
		await money.book(shipped(first, second));
		expect(await money.book(shipped({ ...first, shipped: false }, second), { withdrawal: 'leave' })).toMatchObject({
			status: 'unchanged',
			warnings: [{ code: 'DOCUMENT_SOURCE_GONE' }],
		});
		expect(await money.book(shipped({ ...first, shipped: false }, second))).toMatchObject({ status: 'updated', changes: [{ field: 'demand of shipment 31: applicable' }] });
		expect(await money.shown(order.id)).toMatchObject({ shippedSum: 15_000 });
		expect(await money.book(shipped({ ...first, canceled: true, shipped: false }))).toMatchObject({ status: 'updated' });
		expect(sums()).toEqual([
			[40_000, false, false],
			[15_000, false, false],
		]);
		expect(await money.shown(order.id)).toMatchObject({ shippedSum: 0 });
		expect(await money.book(shipped(first, second))).toMatchObject({ status: 'updated' });
		expect(await money.shown(order.id)).toMatchObject({ shippedSum: 55_000 });
	});

	it('a demand with a return stays, and is told', async () => {
		const first = aShipment('31', [{ lineId: tea, quantity: '3' }]);
		await money.book(shipped(first));
		const { organization, agent, meta, store } = await shop.edit('GET', `entity/demand/${String(demands()[0]?.id)}`);
		const [position] = demands()[0]?.positions as Row[];
		const assortment = { meta: { href: `${shop.moySklad.baseUrl}/entity/product/${String((position?.assortment as Row).id)}`, type: 'product' } };
		await shop.edit('POST', 'entity/salesreturn', { organization, agent, store, demand: { meta }, positions: [{ assortment, quantity: 1, price: 3333 }] });
		expect(await money.book(shipped({ ...first, shipped: false }))).toMatchObject({ status: 'conflict', error: { code: 'DOCUMENT_RETURNED' } });
		expect(sums()).toEqual([[expect.any(Number), true, false]]);
	});

	it('nothing is shipped twice when a person shipped it by hand', async () => {
		const { organization, agent, meta } = await money.shown(order.id);
		const [position] = shop.customerOrder(order.id).positions as Row[];
		const { id, type } = position?.assortment as { id: string; type: string };
		await shop.edit('POST', 'entity/demand', {
			organization,
			agent,
			store: { meta: { href: `${shop.moySklad.baseUrl}/entity/store/${shop.idOf('store')}`, type: 'store' } },
			customerOrder: { meta },
			positions: [{ assortment: { meta: { href: `${shop.moySklad.baseUrl}/entity/${type}/${id}`, type } }, quantity: 2, price: 3333 }],
		});
		const all = shipped(aShipment('31', [{ lineId: tea, quantity: '3' }]), aShipment('32', [{ lineId: honey, quantity: '1.5' }]));
		const result = await money.book(all);
		expect(result).toMatchObject({ status: 'created', changes: [{ field: 'demand of shipment 32' }], warnings: [{ code: 'ORDER_SHIPPED_ALREADY' }] });
		expect(demands()).toHaveLength(2);
	});

	it('other items of a shipment change its demand; what a person changed is a conflict', async () => {
		const first = aShipment('31', [{ lineId: tea, quantity: '1' }]);
		await money.book(shipped(first));
		const [before] = demands();
		const ids = (before?.positions as Row[]).map(({ id }) => id);
		const more = shipped({ ...first, items: [{ lineId: tea, quantity: '2' }] });
		expect(await money.book(more)).toMatchObject({ status: 'updated', changes: [{ field: 'demand of shipment 31: positions', from: 2, to: 2 }] });
		expect((demands()[0]?.positions as Row[]).map(({ id }) => id)).toEqual(ids);
		await shop.edit('PUT', `entity/demand/${String(before?.id)}/positions/${String(ids[0])}`, { quantity: 3 });
		expect(await money.book(shipped(first))).toMatchObject({ status: 'conflict', error: { code: 'DOCUMENT_CHANGED_BOTH' } });
	});

	it('without the link of the customer order the lines are known by their goods; what cannot be told is not shipped', async () => {
		shop.links.clear();
		const first = aShipment('31', [{ lineId: tea, quantity: '2' }, { lineId: honey, quantity: '0.7' }], { price: '300' });
		expect(await money.book(shipped(first))).toMatchObject({ status: 'created', changes: [{ to: '436.66' }] });
		const free = { ...(order.lines[0] as Order['lines'][0]), id: '999', key: null, name: 'Гравировка', price: '1' };
		const unknown = later(order, { lines: [...order.lines, free], shipments: [aShipment('41', [{ lineId: '999', quantity: '1' }])] });
		expect(await money.book(unknown)).toMatchObject({ status: 'conflict', error: { code: 'SHIPMENT_LINES_UNPAIRED' } });
	});

	it('a shipment that holds more than the order, or nothing of it, is told and not made', async () => {
		expect(await money.book(shipped(aShipment('31', [{ lineId: tea, quantity: '4' }])))).toMatchObject({ status: 'conflict', error: { code: 'SHIPMENT_EXCEEDS_ORDER' } });
		const empty = [aShipment('32', [{ lineId: '12345', quantity: '1' }]), aShipment('31', [], { shipped: false })];
		expect(await money.book(shipped(...empty))).toMatchObject({ status: 'unchanged' });
		expect(demands()).toEqual([]);
	});

	it('a single shipment that does not say what it holds, holds everything', async () => {
		expect(await money.book(shipped(aShipment('31', [], { price: '300' })))).toMatchObject({ status: 'created' });
		expect(sums()).toEqual([[55_000, true, false]]);
	});

	it('an order that is kept unposted is not shipped', async () => {
		await shop.edit('PUT', `entity/customerorder/${String(shop.customerOrder(order.id).id)}`, { applicable: false });
		expect(await money.book(shipped(aShipment('31', [])))).toMatchObject({ status: 'unchanged', warnings: [{ code: 'ORDER_UNPOSTED' }] });
	});

	it('goods leave the store that is chosen', async () => {
		const other = shop.rows('store').map(({ id }) => String(id)).find((id) => id !== shop.idOf('store')) ?? '';
		await money.book(shipped(aShipment('31', [])), { shipmentStore: chosen(other) });
		expect(demands()[0]).toMatchObject({ store: { id: other } });
	});
});
