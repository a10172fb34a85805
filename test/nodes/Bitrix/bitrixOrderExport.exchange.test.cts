import { orderSchema } from '../../../core';
import { ExchangeClient } from '../../simulators/bitrix/exchangeClient.cts';
import { ExchangeStore, stored } from '../orders/exchangeStore.cts';

describe('Bitrix Order Export over the 1C exchange', () => {
	let store: ExchangeStore;
	beforeAll(async () => await (await ExchangeStore.open()).close(), 60_000);
	beforeEach(async () => (store = await ExchangeStore.open()));
	afterEach(async () => await store.close());

	const place = (count: number): string[] =>
		Array.from({ length: count }, () => {
			store.bitrix.clock.advance(10_000);
			return String(store.place().id);
		});
	const exported = async (parameters = {}): Promise<string[]> => (await store.export(parameters)).orders.map(({ id }) => id);

	it('gives all pages as whole orders, in the form of the connection REST', async () => {
		const ids = place(7);
		const { orders, page, failed } = await store.export();
		expect(orders.map(({ id }) => id)).toEqual(ids);
		for (const order of orders) expect(orderSchema.safeParse(order).success).toBe(true);
		expect(orders[0]).toMatchObject({
			source: { siteKey: 'shop', flow: 'orders' }, total: '551', lines: [{ key: 'shirt', quantity: '2', price: '100.5' }, { key: 'cap', price: '50' }], shipments: [{ price: '300' }],
			cursor: page.cursor, snapshot: { type: 'exchangeorder', key: ids[0], flow: 'orders', snapshot: { id: ids[0], delivery: '300' } },
		});
		expect(page).toMatchObject({ orders: ids, more: false, confirmed: false, findings: [], cursor: { version: 1, flow: 'orders', siteKey: 'shop', after: null } });
		expect(failed).toEqual([]);
	});

	it('a site whose exchange knows no versions gives all it has, with a finding', async () => {
		await store.close();
		store = await ExchangeStore.open({ orderVersions: false });
		const ids = place(5);
		const { orders, page, failed } = await store.export();
		expect(orders.map(({ id }) => id)).toEqual(ids);
		expect(orders[0]).toMatchObject({ total: '551', payments: [{ id: 'payment', sum: '551', paid: false }], lines: [{ key: 'shirt' }, { key: 'cap' }] });
		expect(page.findings).toEqual([expect.objectContaining({ code: 'ORDER_EXCHANGE_OLD', count: 5 })]);
		expect(failed).toEqual([]);
	});

	it('a snapshot holds no personal data', async () => {
		place(1);
		const { orders } = await store.export();
		for (const word of ['Тестов', 'ivan@', '70000000001', 'Примерная', 'Позвоните']) {
			expect(JSON.stringify(orders[0])).toContain(word);
			expect(JSON.stringify(orders[0]?.snapshot)).not.toContain(word);
		}
	});

	it('orders come again until they are confirmed, and after that only when they change', async () => {
		const ids = place(4);
		expect(await exported()).toEqual(ids);
		expect(await exported()).toEqual(ids);
		const run = await store.flow();
		expect(run.error).toBeUndefined();
		expect(run.runsOf('Confirm')[0]?.json(1)).toMatchObject([{ confirmed: true, orders: ids, deadLetters: 0 }]);
		expect(await exported()).toEqual([]);
		store.touch(Number(ids[1]));
		expect(await exported()).toEqual([ids[1]]);
	});

	it('rule 9: nothing is confirmed while an order can still succeed', async () => {
		const ids = place(2);
		const run = await store.flow("={{ $itemIndex === 0 ? ({ status: 'created', bitrixId: $json.id }) : ({ status: 'failed', bitrixId: $json.id, error: { code: 'CONNECTION_FAILED', kind: 'connection', retryable: true } }) }}");
		expect(run.error?.description).toContain('ORDER_EXPORT_OPEN');
		expect(store.bitrix.exchange.site.exportMark.from).toBe(0);
		expect(await exported()).toEqual(ids);
	});

	it('an order that failed for good is handed on, and does not hold the others up', async () => {
		const ids = place(2);
		const run = await store.flow("={{ $itemIndex === 0 ? ({ status: 'created', bitrixId: $json.id }) : ({ status: 'failed', bitrixId: $json.id, error: { code: 'ORDER_GOODS_UNKNOWN', kind: 'missing', retryable: false } }) }}");
		expect(run.error).toBeUndefined();
		expect(run.runsOf('Confirm')[0]?.json(2)).toMatchObject([{ bitrixId: ids[1] }]);
		expect(await exported()).toEqual([]);
	});

	describe('when the session that read may not confirm any more', () => {
		/** The site takes a confirmation only from the last one who logged in. */
		const takeOver = async (): Promise<void> => void (await new ExchangeClient(store.bitrix, 'sale').login());

		it('what is stored already is confirmed', async () => {
			const ids = place(4);
			const { page, orders } = await store.export();
			await takeOver();
			const run = await store.confirm(page, stored(orders));
			expect(run.error).toBeUndefined();
			expect(run.json(1)).toMatchObject([{ confirmed: true, orders: ids }]);
			expect(await exported()).toEqual([]);
		});

		it('nothing is confirmed when an order has changed since', async () => {
			place(2);
			const { page, orders } = await store.export();
			store.touch(Number(orders[0]?.id), { comments: 'изменён', version: 9, payed: 'Y' });
			await takeOver();
			expect((await store.confirm(page, stored(orders))).error?.description).toContain('EXCHANGE_CONFIRM_OPEN');
			expect(await exported()).toHaveLength(2);
		});

		it('nothing is confirmed when an order is new', async () => {
			place(2);
			const { page, orders } = await store.export();
			place(1);
			await takeOver();
			expect((await store.confirm(page, stored(orders))).error?.description).toContain('EXCHANGE_CONFIRM_OPEN');
			expect(await exported()).toHaveLength(3);
		});
	});

	it('what changed after it was read comes again although the rest is confirmed', async () => {
		const [id = ''] = place(2);
		const { page, orders } = await store.export();
		store.touch(Number(id), { payed: 'Y' });
		const later = place(1);
		expect((await store.confirm(page, stored(orders))).json(1)).toMatchObject([{ confirmed: true }]);
		expect(await exported()).toEqual([id, ...later]);
	});

	it('I6: the first run exports nothing that was placed before it, and confirms it all the same', async () => {
		place(2);
		store.bitrix.clock.advance(60_000);
		const { orders, page } = await store.export({ startDate: '' });
		expect(orders).toEqual([]);
		expect(Object.keys(page.marks)).toHaveLength(2);
		expect((await store.confirm(page, [])).json(1)).toMatchObject([{ confirmed: true, orders: [] }]);
		const later = place(1);
		expect(await exported({ startDate: '', cursor: page.cursor as never })).toEqual(later);
	});

	it('filters leave orders out', async () => {
		const [paid = ''] = place(1);
		store.touch(Number(paid), { payed: 'Y' });
		const [other = ''] = place(1);
		expect(await exported({ filters: { paid: 'yes' } })).toEqual([paid]);
		expect(await exported({ filters: { paid: 'no' } })).toEqual([other]);
		expect(await exported({ filters: { sites: 's2' } })).toEqual([]);
		expect(await exported({ filters: { statuses: ['N'], canceled: 'no' } })).toEqual([paid, other]);
	});

	it('I5: the cursor of another store or flow is refused, before the site is called', async () => {
		const { page } = await store.export();
		const run = await store.run('bitrixOrderExport', { operation: 'exportChanged', siteKey: 'copy', cursor: page.cursor as never });
		expect(run.error?.description).toContain('ORDER_CURSOR_FOREIGN');
	});

	it('without a lock, and without the word that none is needed, nothing is called', async () => {
		const run = await store.run('bitrixOrderExport', { operation: 'exportChanged', exchangeLock: 'workflow', lockWorkflow: { __rl: true, mode: 'id', value: '' } });
		expect(run.error?.description).toContain('EXCHANGE_NO_LOCK');
	});

	it('a control character in a comment does not hold all orders up', async () => {
		const [id = ''] = place(2);
		store.touch(Number(id), { comments: 'до\u0008после' });
		const { orders, page } = await store.export();
		expect(orders.find((order) => order.id === id)?.managerComment).toBe('до после');
		expect(page.findings.map(({ code }) => code)).toEqual(['COMMERCEML_CHARACTERS_OMITTED']);
	});
});
