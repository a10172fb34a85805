import type { IDataObject, INodeParameters } from 'n8n-workflow';
import type { ExportPage } from '../../../core';
import { Store } from '../orders/store.cts';

const START = { startDate: '2020-01-01T00:00:00Z' };

describe('Bitrix Order Export: Confirm Export', () => {
	let store: Store;
	let page: ExportPage;
	let ids: string[];

	beforeEach(async () => {
		store = await Store.open();
		ids = [store.place(), store.place(), store.place()].map(String);
		store.later(2000);
		({ page } = await store.page(START));
	});
	afterEach(async () => await store.close());

	const result = (bitrixId: string, status: string, error?: object): IDataObject =>
		({ status, key: `key ${bitrixId}`, bitrixId, moySkladId: null, changes: [], warnings: [], ...(error && { error }) }) as IDataObject;
	const given = (): INodeParameters => ({ page: page as unknown as INodeParameters });
	const final = { code: 'ORDER_GOODS_UNKNOWN', kind: 'missing', retryable: false, message: 'm', advice: 'a' };

	it('N2: gives the cursor once all orders of the page are stored', async () => {
		const run = await store.run('confirm', given(), [
			result(ids[0] ?? '', 'created'),
			result(ids[1] ?? '', 'unchanged'),
			result(ids[2] ?? '', 'updated'),
		]);
		expect(run.json(1)).toEqual([{ cursor: page.cursor, orders: ids, more: false, confirmed: true, deadLetters: 0 }]);
		expect(run.outputs[1]?.[0]?.pairedItem).toEqual([{ item: 0 }, { item: 1 }, { item: 2 }]);
		expect(run.json(2)).toEqual([]);
	});

	it('hands final failures to Failed and still confirms', async () => {
		const run = await store.run('confirm', given(), [
			result(ids[0] ?? '', 'created'),
			result(ids[1] ?? '', 'failed', final),
			result(ids[2] ?? '', 'conflict', { ...final, kind: 'conflict' }),
		]);
		expect(run.json(1)).toEqual([expect.objectContaining({ confirmed: true, deadLetters: 2 })]);
		expect(run.json(2).map(({ bitrixId }) => bitrixId)).toEqual(ids.slice(1));
		expect(run.outputs[2]?.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 1 }, { item: 2 }]);
	});

	it('N2: stops while an order can still succeed, or has no result', async () => {
		const open = await store.run('confirm', given(), [
			result(ids[0] ?? '', 'created'),
			result(ids[1] ?? '', 'failed', { ...final, retryable: true }),
		]);
		expect(open.error?.description).toContain('ORDER_EXPORT_OPEN');
		expect(open.error?.message).toContain(`${ids[1]}, ${ids[2]}`);
	});

	it('finds the page among the items when it is not given', async () => {
		const items = [
			result(ids[0] ?? '', 'created'),
			page as unknown as IDataObject,
			result(ids[1] ?? '', 'created'),
			result(ids[2] ?? '', 'created'),
		];
		expect((await store.run('confirm', {}, items)).json(1)).toEqual([expect.objectContaining({ confirmed: true })]);
	});

	it('confirms an empty page by itself', async () => {
		store.later(60_000);
		const { page: empty } = await store.page({}, page.cursor);
		expect((await store.run('confirm', {}, [empty as unknown as IDataObject])).json(1)).toEqual([
			{ cursor: empty.cursor, orders: [], more: false, confirmed: true, deadLetters: 0 },
		]);
	});

	it('I5: a page of another store is refused', async () => {
		const run = await store.run(
			'confirm',
			{ ...given(), siteKey: 'copy' },
			ids.map((id) => result(id, 'created')),
		);
		expect(run.error?.description).toContain('ORDER_CURSOR_FOREIGN');
	});

	it('anything that is no page is refused', async () => {
		expect((await store.run('confirm', { page: { cursor: 'x' } }, [{}])).error?.description).toContain('ORDER_CURSOR_INVALID');
		expect((await store.run('confirm', {}, [result('1', 'created')])).error?.description).toContain('ORDER_CURSOR_INVALID');
	});

	it('writes nothing into Bitrix', async () => {
		store.bitrix.counters.reset();
		await store.run(
			'confirm',
			given(),
			ids.map((id) => result(id, 'created')),
		);
		expect(store.calls()).toBe(0);
	});
});
