import * as fc from 'fast-check';
import { advance, exportedUntil, isSeen, passOf, readOrderCursor, type CursorOwner, type OrderCursor } from '../../../core';

const owner: CursorOwner = { flow: 'orders', siteKey: 'shop', host: 'shop.example.com' };
const MINUTE = 60_000;
const iso = (milliseconds: number): string => new Date(milliseconds).toISOString();
const NOW = Date.UTC(2026, 10, 21, 9);

/** A store whose orders change while they are exported in pages: moments in ms. */
interface Shop {
	orders: Map<number, number>;
	now: number;
}

const OVERLAP = 10;

/** One page as the node reads it: rows in the order of ids, of which `most` at a time. */
function exportPage(shop: Shop, cursor: OrderCursor | undefined, most: number): { cursor: OrderCursor; exported: number[]; more: boolean } {
	const pass = passOf(cursor, owner, { now: iso(shop.now), start: iso(0), overlapMinutes: OVERLAP });
	const rows = [...shop.orders]
		.filter(([id, at]) => id > pass.after && at >= Math.floor(Date.parse(pass.since) / 1000) * 1000)
		.sort(([one], [other]) => one - other);
	const fresh = rows.filter(([id, at]) => !isSeen(pass, { id: String(id), updatedAt: iso(at) })).slice(0, most);
	const more = fresh.length === most;
	const exported = fresh.map(([id, at]) => ({ id: String(id), updatedAt: iso(at) }));
	return { cursor: advance(pass, exported, more ? (fresh.at(-1)?.[0] ?? 0) : null, OVERLAP), exported: fresh.map(([id]) => id), more };
}

describe('the cursor of exported orders', () => {
	it('loses no change, whatever happens between and within pages', () => {
		const step = fc.record({
			id: fc.integer({ min: 1, max: 12 }),
			wait: fc.integer({ min: 0, max: 15 * MINUTE }),
			page: fc.boolean(),
			crash: fc.boolean(),
		});
		fc.assert(
			fc.property(fc.array(step, { maxLength: 60 }), fc.integer({ min: 1, max: 4 }), (steps, most) => {
				const shop: Shop = { orders: new Map(), now: NOW };
				const known = new Map<number, number>();
				let cursor: OrderCursor | undefined;
				const run = (confirm: boolean): boolean => {
					const page = exportPage(shop, cursor, most);
					if (!confirm) return true;
					for (const id of page.exported) known.set(id, shop.orders.get(id) ?? 0);
					cursor = page.cursor;
					return page.more;
				};
				for (const { id, wait, page, crash } of steps) {
					shop.now += wait;
					// The store keeps whole seconds.
					shop.orders.set(id, Math.floor(shop.now / 1000) * 1000);
					if (page) run(!crash);
				}
				shop.now += 2000;
				for (let pass = 0; pass < 2; pass += 1) while (run(true));
				expect(known).toEqual(shop.orders);
			}),
			{ numRuns: 500 },
		);
	});

	it('brings what rests only once', () => {
		const shop: Shop = {
			orders: new Map([
				[1, NOW],
				[2, NOW],
				[3, NOW],
			]),
			now: NOW + MINUTE,
		};
		const first = exportPage(shop, undefined, 10);
		expect(first.exported).toEqual([1, 2, 3]);
		shop.now += MINUTE;
		expect(exportPage(shop, first.cursor, 10).exported).toEqual([]);
	});

	it('brings again what changed in the second of the query, since it may change again in that second', () => {
		const shop: Shop = { orders: new Map([[1, NOW]]), now: NOW + 900 };
		const first = exportPage(shop, undefined, 10);
		shop.now += MINUTE;
		expect(exportPage(shop, first.cursor, 10).exported).toEqual([1]);
	});

	it('never reaches behind the start', () => {
		const first = advance(passOf(undefined, owner, { now: iso(NOW), overlapMinutes: 10 }), [], null, 10);
		expect(passOf(first, owner, { now: iso(NOW + MINUTE), overlapMinutes: 10 })).toMatchObject({
			since: iso(NOW),
			start: iso(NOW),
			at: iso(NOW + MINUTE),
			after: 0,
		});
		expect(passOf(first, owner, { now: iso(NOW + 60 * MINUTE), overlapMinutes: 10 }).since).toBe(iso(NOW));
	});

	it('remembers no more than the overlap needs', () => {
		const many = Array.from({ length: 5000 }, (_, index) => ({ id: String(index), updatedAt: iso(NOW - index * 100) }));
		const cursor = advance(passOf(undefined, owner, { now: iso(NOW), start: iso(0), overlapMinutes: 10 }), many, null, 10);
		expect(Object.keys(cursor.seen).length).toBe(2000);
		expect(cursor.seen['20']).toBe(iso(NOW - 2000));
		const later = advance(passOf(cursor, owner, { now: iso(NOW + 20 * MINUTE), overlapMinutes: 10 }), [], null, 10);
		expect(later.seen).toEqual({});
	});
});

describe('a cursor that is handed in', () => {
	const cursor = advance(passOf(undefined, owner, { now: iso(NOW), overlapMinutes: 10 }), [], null, 10);

	it('may be an object, a text, or nothing', () => {
		expect(readOrderCursor(cursor, owner)).toEqual(cursor);
		expect(readOrderCursor(JSON.stringify(cursor), owner)).toEqual(cursor);
		for (const none of [undefined, null, '']) expect(readOrderCursor(none, owner)).toBeUndefined();
	});

	it('S2: tells up to when all orders are exported; within a pass that is where it began', () => {
		expect(exportedUntil(cursor)).toBe(cursor.at);
		expect(exportedUntil(JSON.stringify({ ...cursor, after: 5, since: iso(NOW - MINUTE) }))).toBe(iso(NOW - MINUTE));
		for (const none of ['2026-11-21T10:00:00Z', {}, 5, null]) expect(exportedUntil(none)).toBeUndefined();
	});

	it.each(['siteKey', 'host', 'flow'] as const)('I5: of another %s is refused', (name) => {
		expect(() => readOrderCursor(cursor, { ...owner, [name]: 'other' })).toThrow(expect.objectContaining({ code: 'ORDER_CURSOR_FOREIGN' }));
	});

	it.each(['x', '{}', 5, [], { ...cursor, at: 'yesterday' }, { ...cursor, version: 2 }, { ...cursor, seen: null }])(
		'%j is refused',
		(wrong) => {
			expect(() => readOrderCursor(wrong, owner)).toThrow(expect.objectContaining({ code: 'ORDER_CURSOR_INVALID' }));
		},
	);
});
