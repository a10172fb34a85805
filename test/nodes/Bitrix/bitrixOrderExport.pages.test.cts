import type { OrderCursor } from '../../../core';
import { control } from '../../simulators/bitrix/restClient.ts';
import { MINUTE, Store } from '../orders/store.cts';

const START = { startDate: '2020-01-01T00:00:00Z' };

describe('Bitrix Order Export: Export Changed Orders', () => {
	let store: Store;

	beforeEach(async () => (store = await Store.open()));
	afterEach(async () => await store.close());

	const page = async (cursor?: OrderCursor, parameters = {}): Promise<{ ids: string[]; cursor: OrderCursor; more: boolean }> => {
		const { orders, page: told } = await store.page(parameters, cursor);
		expect(told.orders).toEqual(orders.map(({ id }) => id));
		expect(orders.map((order) => (order as unknown as { cursor: OrderCursor }).cursor)).toEqual(orders.map(() => told.cursor));
		return { ids: told.orders, cursor: told.cursor, more: told.more };
	};

	const edit = async (id: number | string, change: object): Promise<unknown> =>
		await control(store.bitrix, 'POST order', { id: Number(id), ...change });

	const errorOf = async (parameters: object, cursor?: unknown, webhook?: string): Promise<unknown> =>
		(await store.run('exportChanged', parameters as never, [{ cursor: (cursor ?? null) as never }], webhook)).error?.description;

	describe('I6: the first run', () => {
		it('exports nothing older than its own moment, and what comes after it', async () => {
			store.place({}, 5 * MINUTE);
			const first = await page();
			expect(first).toMatchObject({ ids: [], more: false });
			store.later(MINUTE);
			const id = store.place();
			expect((await page(first.cursor)).ids).toEqual([String(id)]);
		});

		it('leaves an old order out even when it changes later', async () => {
			const old = store.place({}, 60 * MINUTE);
			const first = await page();
			store.later(MINUTE);
			await edit(old, { statusId: 'P' });
			expect((await page(first.cursor)).ids).toEqual([]);
		});

		it('takes the orders from a chosen date on', async () => {
			store.place({}, 60 * MINUTE);
			const recent = store.place({}, 10 * MINUTE);
			const startDate = new Date(store.bitrix.clock.now() - 30 * MINUTE).toISOString();
			expect((await page(undefined, { startDate })).ids).toEqual([String(recent)]);
		});
	});

	it('R114: a second run of unchanged orders brings nothing and takes one call', async () => {
		const ids = [store.place(), store.place()];
		store.later(2000);
		const first = await page(undefined, START);
		expect(first.ids).toEqual(ids.map(String));
		store.later(MINUTE);
		store.bitrix.counters.reset();
		const second = await page(first.cursor, START);
		expect(second).toMatchObject({ ids: [], more: false });
		expect(store.calls()).toBe(1);
	});

	it('an empty page says so on the output Cursor', async () => {
		const run = await store.run('exportChanged', START);
		expect(run.outputs.map((items) => items.length)).toEqual([0, 1, 0]);
		expect(run.json(1)).toEqual([expect.objectContaining({ orders: [], more: false, confirmed: false })]);
	});

	it('a changed order comes again, in its new state', async () => {
		const id = store.place();
		store.later(2000);
		const first = await page(undefined, START);
		store.later(MINUTE);
		await edit(id, { statusId: 'P' });
		const { orders } = await store.page(START, first.cursor);
		expect(orders).toEqual([expect.objectContaining({ id: String(id), status: { id: 'P', name: 'Оплачен, формируется к отправке' } })]);
	});

	it('a change in the very second of the query is not taken for the state that was exported', async () => {
		const id = store.place();
		const first = await page(undefined, START);
		await edit(id, { statusId: 'P' });
		store.later(MINUTE);
		const { orders } = await store.page(START, first.cursor);
		expect(orders.map(({ status }) => status.id)).toEqual(['P']);
	});

	it('T15: a change that becomes visible minutes late is not lost, though no event tells of it', async () => {
		const id = store.place({}, 5 * MINUTE);
		const { cursor } = await page(undefined, START);
		store.later(MINUTE);
		store.bitrix.portal.store.orders.update(id, { statusId: 'P', dateUpdate: store.bitrix.clock.now() - 4 * MINUTE });
		expect((await page(cursor)).ids).toEqual([String(id)]);
	});

	it('a Start Date is one of the time zone of the workflow', async () => {
		const old = store.place();
		store.bitrix.portal.store.orders.update(old, { dateInsert: Date.parse('2026-07-01T03:59:00Z') });
		const id = store.place();
		store.bitrix.portal.store.orders.update(id, { dateInsert: Date.parse('2026-07-01T04:00:00Z') });
		// Without a setting n8n's zone is that of New York.
		expect((await page(undefined, { startDate: '2026-07-01T00:00:00' })).ids).toEqual([String(id)]);
	});

	describe('pages', () => {
		it('go through all orders, each once, with few calls', async () => {
			const ids = Array.from({ length: 230 }, () => String(store.place()));
			store.later(2000);
			store.bitrix.counters.reset();
			const first = await page(undefined, START);
			expect(first.ids).toEqual(ids.slice(0, 200));
			expect(first.more).toBe(true);
			// One list with the time, one for the three pages behind it, the books, and ten batches of twenty orders.
			expect(store.calls()).toBe(13);
			const second = await page(first.cursor, START);
			expect(second.ids).toEqual(ids.slice(200));
			expect(second.more).toBe(false);
		});

		it('may end anywhere: every size gives the same orders', async () => {
			const ids = Array.from({ length: 60 }, () => String(store.place()));
			store.later(2000);
			for (const pageSize of [1, 7, 50, 51, 60, 100]) {
				const seen: string[] = [];
				let cursor: OrderCursor | undefined;
				for (let more = true; more; ) {
					const next = await page(cursor, { ...START, pageSize });
					expect(next.ids.length).toBeLessThanOrEqual(pageSize);
					seen.push(...next.ids);
					({ cursor, more } = next);
					if (pageSize === 1 && seen.length === 3) more = false;
				}
				expect(seen).toEqual(pageSize === 1 ? ids.slice(0, 3) : ids);
			}
		});

		it.each([0, -5, NaN, 'many', null])('a size that is none gives orders all the same: %p', async (pageSize) => {
			const ids = Array.from({ length: 3 }, () => String(store.place()));
			store.later(2000);
			const seen: string[] = [];
			let cursor: OrderCursor | undefined;
			for (let more = true, pages = 0; more && pages < 5; pages += 1) {
				const next = await page(cursor, { ...START, pageSize: pageSize as never });
				seen.push(...next.ids);
				({ cursor, more } = next);
			}
			expect(seen).toEqual(ids);
		});

		it.each([-60, NaN, '', 'none'])('an overlap that is none leaves no order out: %p', async (overlap) => {
			store.later(2000);
			const first = await page(undefined, { ...START, options: { overlap: overlap as never } });
			store.later(1000);
			const id = store.place();
			store.later(30 * MINUTE);
			const second = await page(first.cursor, { ...START, options: { overlap: overlap as never } });
			expect(second.ids).toContain(String(id));
		});

		it('R115: an order that changes while the pages are read is not lost', async () => {
			const ids = [store.place(), store.place(), store.place()];
			store.later(2000);
			const first = await page(undefined, { ...START, pageSize: 2 });
			expect(first.ids).toEqual(ids.slice(0, 2).map(String));
			store.later(1000);
			await edit(ids[0] ?? 0, { statusId: 'P' });
			const added = store.place();
			const second = await page(first.cursor, { ...START, pageSize: 2 });
			expect(second.ids).toEqual([String(ids[2]), String(added)]);
			store.later(30 * MINUTE);
			const third = await page(second.cursor, { ...START, pageSize: 2 });
			const fourth = await page(third.cursor, { ...START, pageSize: 2 });
			expect([...third.ids, ...fourth.ids]).toContain(String(ids[0]));
		});

		it('R116: a page that was not confirmed comes again', async () => {
			const ids = Array.from({ length: 4 }, () => String(store.place()));
			store.later(2000);
			const first = await page(undefined, { ...START, pageSize: 2 });
			const lost = await page(first.cursor, { ...START, pageSize: 2 });
			expect(await page(first.cursor, { ...START, pageSize: 2 })).toMatchObject({ ids: lost.ids });
			expect([...first.ids, ...lost.ids]).toEqual(ids);
		});
	});

	describe('filters', () => {
		it('by status, payment, cancellation and site', async () => {
			const plain = store.place();
			const paid = store.place({ payments: [{ paySystem: 'pay-card', sum: 39_999, paid: true }] });
			const done = store.place({ statusId: 'F' });
			const canceled = store.place({ canceled: true });
			const other = store.place({ site: 's2' });
			const ids = async (filters: object): Promise<string[]> => (await page(undefined, { ...START, filters })).ids;
			const all = [plain, paid, done, canceled, other].map(String);
			const without = (...some: number[]): string[] => all.filter((id) => !some.map(String).includes(id));
			expect(await ids({})).toEqual(all);
			expect(await ids({ statuses: ['F'] })).toEqual([String(done)]);
			expect(await ids({ paid: 'yes' })).toEqual([String(paid)]);
			expect(await ids({ paid: 'no' })).toEqual(without(paid));
			expect(await ids({ canceled: 'no' })).toEqual(without(canceled));
			expect(await ids({ sites: 's2, s3' })).toEqual([String(other)]);
		});

		it('R117: orders born elsewhere stay out, unless they are asked for', async () => {
			const id = store.place();
			store.bitrix.portal.store.orders.update(id, { externalOrder: 'Y' });
			expect((await page(undefined, START)).ids).toEqual([]);
			expect((await page(undefined, { ...START, filters: { bornElsewhere: true } })).ids).toEqual([String(id)]);
		});
	});

	describe('a cursor of something else', () => {
		it.each([
			['I5: another host', { host: 'test.example.com' }],
			['I5: another site key', { siteKey: 'other' }],
			['another flow', { flow: 'other' }],
		])('%s', async (_name, more) => {
			const { cursor } = await page();
			expect(await errorOf({}, { ...cursor, ...more })).toContain('ORDER_CURSOR_FOREIGN');
		});

		it('nonsense', async () => expect(await errorOf({}, { at: 'x' })).toContain('ORDER_CURSOR_INVALID'));

		it('no moment as Start Date', async () => expect(await errorOf({ startDate: 'soon' })).toContain('ORDER_CURSOR_INVALID'));
	});
});
