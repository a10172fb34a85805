import { lineOf } from '../../simulators/bitrix/exchangeShop.cts';
import { ExchangeStore, type ExportedOrder } from '../orders/exchangeStore.cts';

/** What documents of orders do to a site unless they are written with care (sheet of the exchange, section 3.4). */
describe('Bitrix Order Update over the 1C exchange does no harm', () => {
	let store: ExchangeStore;
	beforeAll(async () => await (await ExchangeStore.open()).close(), 60_000);
	beforeEach(async () => (store = await ExchangeStore.open({ changeStatus: true })));
	afterEach(async () => await store.close());

	const statusOf = (id: number): string => store.row(id).statusId;
	/** Tells the site the status P of an order. */
	const tell = async (orders: readonly ExportedOrder[], id: number): Promise<unknown> => {
		const own = orders.filter((order) => order.id === String(id));
		expect(own).toHaveLength(1);
		const { done, failed } = await store.update(own, { status: 'P' });
		expect(failed).toEqual([]);
		return done;
	};

	it('3.4 number: an order is meant by its ID, not by its number, which may be the ID of another', async () => {
		const [meant, other] = [store.place(), store.place()];
		store.bitrix.portal.store.orders.update(meant.id, { accountNumber: String(other.id) });
		await tell(await store.taken(), meant.id);
		expect([statusOf(meant.id), statusOf(other.id)]).toEqual(['P', 'N']);
	});

	it('3.4 number: a new order whose number is the ID of another changes nothing', async () => {
		const { id } = store.place();
		const before = [store.row(id), store.basket(id)];
		const order = { number: String(id), customer: { id: 'c-1', name: 'Петров Пётр' }, lines: [{ key: 'mug', name: 'Кружка', quantity: 1, price: 1 }] };
		const run = await store.run('bitrixOrderUpdate', { operation: 'create' }, [order]);
		expect(run.json(1)).toMatchObject([{ status: 'failed', error: { code: 'ORDER_UPDATE_INVALID' } }]);
		expect([store.row(id), store.basket(id)]).toEqual(before);
	});

	it('3.4 quantity: a line of nothing does not become a second one of its neighbour', async () => {
		const [shirt, cap] = store.goods;
		const { id, price } = store.place({ lines: [lineOf(shirt, 10_050, 2), lineOf(cap, 5000, 0)] });
		const [first] = store.basket(id);
		await tell(await store.taken(), id);
		expect(store.basket(id)).toEqual([first]);
		expect(store.row(id).price).toBe(price);
	});

	it('3.4 delivery, 3.4 kind: a line that the site has to add anew is added, and the delivery still costs what it did', async () => {
		const { id } = store.place();
		const orders = await store.taken();
		const { basket } = store.bitrix.portal.store;
		// Another exchange gave the product another external code: by the old one the site does not find the line.
		basket.update(basket.where('orderId', id)[1]?.id ?? 0, { productXmlId: 'recoded' });
		await tell(orders, id);
		expect(store.basket(id)).toEqual([['shirt', 2, 10_050], ['cap', 1, 5000]].map((line) => expect.arrayContaining(line) as unknown));
		expect(store.shipments(id)).toMatchObject([{ priceDelivery: 30_000 }]);
	});

	it('3.4 tax: VAT in some prices and on top of others stays as it is', async () => {
		const [shirt, cap] = store.goods;
		const { id, price } = store.place({ lines: [lineOf(shirt, 10_000, 2, { vatRate: 0.2, vatIncluded: 'Y' }), lineOf(cap, 5000, 1, { vatRate: 0.1, vatIncluded: 'N' })] });
		const before = store.basket(id);
		await tell(await store.taken(), id);
		expect(store.basket(id)).toEqual(before);
		expect(store.row(id).price).toBe(price);
	});

	it('3.4 comment: what the manager wrote stays', async () => {
		const { id } = store.place({ managerComment: 'Хрупкое, звонить после шести' });
		await tell(await store.taken(), id);
		expect(store.row(id)).toMatchObject({ statusId: 'P', comments: 'Хрупкое, звонить после шести' });
	});

	it('3.4 path: a site with reserves takes the documents, since they go the classic way', async () => {
		await store.close();
		store = await ExchangeStore.open({ changeStatus: true, enableReservation: true });
		const { id } = store.place();
		expect(await tell(await store.taken(), id)).toMatchObject([{ status: 'unverified', warnings: [] }]);
		expect(statusOf(id)).toBe('P');
	});

	it('3.4 success: it also comes for an order that the site has no more, so it proves nothing', async () => {
		const { id } = store.place();
		const orders = await store.taken();
		store.bitrix.portal.store.orders.remove(id);
		expect(await tell(orders, id)).toMatchObject([{ status: 'unverified', key: String(id) }]);
	});
});
