import { PageClient } from '../pages/pageClient.cts';
import { COURIER_PRICE } from './demo/storeActions.cts';
import { storeThings, type StoreGood, type StoreOrder } from './demo/storeThings.cts';
import { connect, control, must, type Json } from './restClient';
import { startBitrix, type RunningBitrix } from './start.cts';

const VISITOR = { customer: 'Анна <b>Смирнова</b>', phone: '+7 900 000-00-01', email: 'anna@example.com', address: 'Москва', payment: 'pay-card' };

describe('the page of the store', () => {
	let bitrix: RunningBitrix;
	let page: PageClient;

	beforeEach(async () => {
		bitrix = await startBitrix({ demoPage: true });
		page = new PageClient(bitrix.url);
		await control(bitrix, 'POST goods', { size: { products: 20, variantShare: 0, archivedShare: 0 } });
		await control(bitrix, 'DELETE changes');
	});
	afterEach(async () => await bitrix.close());

	const shown = () => storeThings(bitrix.portal, bitrix.catalogs);
	const good = (): StoreGood => shown().find((thing): thing is StoreGood => thing.list === 'goods' && thing.quantity > 5) as StoreGood;
	const orders = (): StoreOrder[] => shown().filter((thing): thing is StoreOrder => thing.list === 'orders');
	const place = async (more: Record<string, string> = {}): Promise<number> => {
		await page.must('order', { ...VISITOR, [`quantity-${good().id}`]: '2', ...more });
		return orders()[0]?.id ?? 0;
	};
	const rest = async (id: number): Promise<Json> => (await must(connect(bitrix)('sale.order.get', { id }))).order as Json;
	/** Which things the portal announced, as its events tell them. */
	const announced = async (): Promise<string[]> => [...new Set(((await control(bitrix, 'GET changes')) as unknown as Array<{ entity: string; source: string }>).map(({ entity, source }) => `${entity} by ${source}`))].sort();

	it('is not there unless it was asked for', async () => {
		const other = await startBitrix();
		try {
			expect((await fetch(`${other.url}/demo`)).status).toBe(404);
			expect((await fetch(`${other.url}/demo/do/order`, { method: 'POST', body: new URLSearchParams(VISITOR) })).status).toBe(404);
			expect(other.counters.snapshot().calls).toBe(2);
			expect(other.portal.store.orders.size).toBe(0);
		} finally {
			await other.close();
		}
	});

	it('shows the goods with price, stock and picture, and is no call of REST', async () => {
		const { id, price } = good();
		await must(connect(bitrix)('catalog.productImage.add', { fields: { productId: id, type: 'MORE_PHOTO' }, fileContent: ['a.png', 'iVBORw0KGgo='] }));
		bitrix.counters.reset();
		const text = await page.text('?lang=en');
		expect(text).toContain(`data-key="good-${id}"`);
		expect(text).toContain(`data-price="${price}"`);
		expect(text).toMatch(/<img class="picture" src="\/upload\/iblock\/[^"]+"/);
		expect(bitrix.counters.snapshot().calls).toBe(0);
	});

	it('places an order as its customer does: sums are right, reserve and events as ever', async () => {
		const { id: productId, price } = good();
		const revision = await page.revision();
		const id = await place();
		expect(await rest(id)).toMatchObject({ statusId: 'N', price: (price * 2 + COURIER_PRICE) / 100, canceled: 'N', payed: 'N' });
		expect(bitrix.portal.store.basket.where('orderId', id)).toMatchObject([{ productId, quantity: 2, price }]);
		expect(bitrix.portal.store.payments.where('orderId', id)).toMatchObject([{ sum: price * 2 + COURIER_PRICE, paid: 'N', paySystemName: 'Банковская карта (онлайн)' }]);
		expect(await announced()).toEqual(expect.arrayContaining(['order by person', 'payment by person', 'shipment by person']));
		const { things, log } = await page.live(revision);
		expect(things?.map(({ key }) => key)).toContain(`order-${id}`);
		expect(log).toMatch(new RegExp(`class="own"[^]*№ ${id}</a>: <b>new</b>`));
	});

	it('who orders again with the same phone is the same customer, another one is not', async () => {
		const user = (id: number): number | undefined => bitrix.portal.store.orders.get(id)?.userId;
		const [first, again, other] = [await place(), await place({ customer: 'Анна' }), await place({ phone: '+7 900 000-00-02' })];
		expect(user(again)).toBe(user(first));
		expect(user(other)).not.toBe(user(first));
	});

	it('changes the status, takes money and cancels, as the manager of the store does', async () => {
		const [first, second] = [await place(), await place()];
		await control(bitrix, 'DELETE changes');
		await page.must('status', { id: String(first), status: 'A' });
		await page.must('pay', { id: String(first) });
		await page.must('cancel', { id: String(second) });
		expect(await rest(first)).toMatchObject({ statusId: 'A', payed: 'Y' });
		expect(await rest(second)).toMatchObject({ statusId: 'D', canceled: 'Y' });
		expect(await announced()).toEqual(['order by person', 'payment by person']);
	});

	it('shows what comes over REST as come over: a price, a status', async () => {
		const id = await place();
		const { id: productId } = good();
		const revision = await page.revision();
		const price = bitrix.portal.store.prices.where('productId', productId)[0];
		await must(connect(bitrix)('catalog.price.update', { id: price?.id, fields: { price: 777, currency: 'RUB' } }));
		await must(connect(bitrix)('sale.order.update', { id, fields: { statusId: 'S' } }));
		const { things, log } = await page.live(revision);
		expect(things?.map(({ key }) => key).sort()).toEqual([`good-${productId}`, `order-${id}`]);
		expect(log).toMatch(/class="over"[^]*status[^]*<b>Отправлен<\/b>/);
		expect(log).toMatch(/class="over"[^]*price[^]*<b>777,00/);
	});

	it('a name is shown as text, whatever is in it', async () => {
		const { id: productId } = good();
		await must(connect(bitrix)('catalog.product.update', { id: productId, fields: { name: '<script>alert(1)</script>' } }));
		await place();
		const text = await page.text();
		expect(text).not.toMatch(/<script>alert|<b>Смирнова/);
		expect(text).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
		expect(text).toContain('Анна &lt;b&gt;Смирнова&lt;/b&gt;');
	});

	it.each([
		['order', {}, 'Add some goods first'],
		['order', { quantity: '1', phone: '' }, 'Enter a name and a phone'],
		['order', { quantity: '100000000' }, 'There is not so much in stock'],
		['order', { quantity: 'many' }, 'This is no amount'],
		['status', { id: '999999', status: 'A' }, 'There is no such order'],
		['fly', {}, 'There is no such action'],
	])('refuses %s with %j', async (action, { quantity, ...entered }: Record<string, string | undefined>, message) => {
		const lines = quantity === undefined ? {} : { [`quantity-${good().id}`]: quantity };
		const answer = await page.act(action, { ...VISITOR, ...lines, ...(entered as Record<string, string>) });
		expect(answer.status).toBe(400);
		expect((await answer.json()).error).toContain(message);
		expect(orders()).toEqual([]);
	});

	it('refuses a status that there is not', async () => {
		const id = await place();
		expect((await page.act('status', { id: String(id), status: '<b>' })).status).toBe(400);
		expect(await rest(id)).toMatchObject({ statusId: 'N' });
	});
});
