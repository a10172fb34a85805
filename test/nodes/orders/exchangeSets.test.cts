import { ExchangeStore } from './exchangeStore.cts';
import { lineOf } from '../../simulators/bitrix/exchangeShop.cts';
import { positionsOf, Shop } from './shop.cts';

/** Two of a set: its parts cost 120 and 50 roubles each by the price list, the set only 150. */
describe('An order with a set, over the 1C exchange', () => {
	let store: ExchangeStore;
	let shop: Shop;
	let ids: string[];

	beforeAll(async () => {
		[store, shop] = await Promise.all([ExchangeStore.open(), Shop.open()]);
		const { prices, priceTypes } = store.bitrix.portal.store;
		const base = priceTypes.all().find((type) => type.base === 'Y');
		const [part, other, whole] = store.goods;
		for (const [element, price] of [[part, 12_000], [other, 5000]] as const)
			prices.add({ productId: element?.id ?? 0, catalogGroupId: base?.id ?? 0, price, currency: 'RUB', priceScale: price, extraId: null, quantityFrom: null, quantityTo: null, timestampX: store.bitrix.portal.now() });
		const components = [part, other].map((element) => ({ productId: element?.id ?? 0, quantity: 1 }));
		const set = store.place({ lines: [lineOf(whole, 15_000, 2, { components })] });
		ids = [set, store.place()].map(({ id }) => String(id));
	}, 60_000);
	afterAll(async () => await Promise.all([store.close(), shop.close()]));

	it('is exported as its parts, and the difference to its sum is told', async () => {
		const { orders: [order], page } = await store.export();
		expect(order).toMatchObject({ id: ids[0], total: '600', lines: [{ key: 'shirt', quantity: '2', price: '120' }, { key: 'cap', quantity: '2', price: '50' }] });
		expect(page.findings).toMatchObject([{ code: 'ORDER_DOCUMENT_SUM_DIFFERS' }]);
	});

	it('O1: is kept unposted and without reserve in MoySklad, and reported; the order beside it is posted', async () => {
		const { orders } = await store.export();
		const [set, plain] = await shop.write(orders, { reserve: 'always' });
		expect(set).toMatchObject({ status: 'created', warnings: expect.arrayContaining([expect.objectContaining({ code: 'ORDER_SUM_DIFFERS' })]) as unknown, link: { snapshot: { unposted: true } } });
		expect(shop.customerOrder(ids[0] ?? '')).toMatchObject({ applicable: false });
		for (const position of positionsOf(shop.customerOrder(ids[0] ?? ''))) expect(position).toMatchObject({ reserve: 0 });
		expect(plain?.warnings.map(({ code }) => code)).not.toContain('ORDER_SUM_DIFFERS');
		expect(shop.customerOrder(ids[1] ?? '')).toMatchObject({ applicable: true, sum: 55_100 });
		// What did not change is not written again, unposted or not.
		expect((await shop.write(orders, { reserve: 'always' })).map(({ status }) => status)).toEqual(['unchanged', 'unchanged']);
	});
});
