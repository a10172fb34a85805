import { itemCursor, readItemCursor, SyncError, type ItemCursorOwner } from '../../../../core';

const owner: ItemCursorOwner = { flow: 'newGoods', siteKey: 'shop', host: 'shop.example.com', catalog: 15 };

function failure(value: unknown): SyncError {
	try {
		readItemCursor(value, owner);
	} catch (error) {
		if (error instanceof SyncError) return error;
	}
	throw new Error('the cursor was taken');
}

describe('the cursor of new items', () => {
	it('comes back as it was kept, as an object or as text', () => {
		const cursor = itemCursor(owner, 120);
		expect(readItemCursor(cursor, owner)).toEqual(cursor);
		expect(readItemCursor(JSON.stringify(cursor), owner)).toEqual(cursor);
	});

	it('is none while nothing was kept', () => {
		expect([undefined, null, ''].map((value) => readItemCursor(value, owner))).toEqual([undefined, undefined, undefined]);
	});

	it.each([
		['siteKey', 'the site key', { siteKey: 'copy' }],
		['host', 'the host', { host: 'copy.example.com' }],
		['flow', 'the flow', { flow: 'other' }],
		['catalog', 'the catalog', { catalog: 16 }],
	])('of another %s is refused', (_name, _words, other) => {
		expect(failure({ ...itemCursor(owner, 120), ...other })).toMatchObject({ code: 'NEW_ITEM_CURSOR_FOREIGN', details: { present: Object.entries(owner).find(([name]) => name in other)?.[1] } });
	});

	it.each([['text', 'nothing'], ['a cursor of orders', { version: 1, ...owner, at: '2026-01-01T00:00:00Z' }], ['a place that is none', { ...itemCursor(owner, 0), after: -1 }]])('%s is no cursor', (_name, value) => {
		expect(failure(value).code).toBe('NEW_ITEM_CURSOR_INVALID');
	});
});
