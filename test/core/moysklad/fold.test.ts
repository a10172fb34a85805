import fc from 'fast-check';
import { foldEvents, foldStockEvents, toObjectEvent, toStockEvent, type ObjectEvent, type StockEvent } from '../../../core';

const ID = '7944ef04-f831-11e5-7a69-971500188b19';
const event = (more: Partial<ObjectEvent> = {}): ObjectEvent => ({
	entity: 'product', id: ID, action: 'UPDATE', updatedFields: [], moment: null, author: null, requestId: null, index: 0, accountId: null, ...more,
});

describe('toObjectEvent', () => {
	it.each([
		[{}, 'no entity'],
		[{ entity: 'product' }, 'no id'],
		[{ entity: 'product', id: 'x' }, 'no id'],
		[{ entity: 'product', id: ID }, 'no action'],
		[{ entity: 'product', id: ID, action: 'TOUCH' }, 'no action'],
	])('refuses %j', (json, reason) => {
		expect(() => toObjectEvent(json)).toThrow(reason);
	});

	it('takes an event of any source and keeps what else it says', () => {
		expect(toObjectEvent({ ...event(), id: ID.toUpperCase(), inboxId: 7 })).toEqual({ ...event(), inboxId: 7 });
	});
});

describe('foldEvents', () => {
	it('makes one entry an object, with the newest event and all places', () => {
		const events = [
			event({ moment: '2026-11-21T10:00:00.000Z' }),
			event({ entity: 'variant' }),
			event({ moment: '2026-11-21T12:00:00.000Z', action: 'DELETE' }),
			event({ moment: '2026-11-21T11:00:00.000Z' }),
		];
		const folded = foldEvents(events.map((one, item) => ({ event: one, item })));
		expect(folded.map(({ entity, newest, items }) => [entity, newest.action, items])).toEqual([
			['product', 'DELETE', [0, 2, 3]],
			['variant', 'UPDATE', [1]],
		]);
	});

	it('takes the last in order where a moment is missing or equal', () => {
		const at = '2026-11-21T10:00:00.000Z';
		const folded = foldEvents([event({ moment: at }), event({ requestId: 'b' }), event({ moment: at, requestId: 'c' })].map((one, item) => ({ event: one, item })));
		expect(folded[0]?.newest.requestId).toBe('c');
	});

	it('neither loses nor doubles an item', () => {
		const anEvent = fc.record({ entity: fc.constantFrom('product', 'variant'), id: fc.constantFrom(ID, ID.replace('79', '80')), moment: fc.option(fc.constantFrom('2026-01-01T00:00:00Z', '2026-01-02T00:00:00Z')) });
		fc.assert(
			fc.property(fc.array(anEvent), (given) => {
				const folded = foldEvents(given.map((more, item) => ({ event: event(more), item })));
				expect(folded.flatMap(({ items }) => items).sort((one, other) => one - other)).toEqual(given.map((_, item) => item));
				expect(new Set(folded.map(({ entity, id }) => `${entity} ${id}`)).size).toBe(folded.length);
			}),
		);
	});
});

describe('foldStockEvents', () => {
	const stock = (kind: string, since: string): StockEvent =>
		toStockEvent({ entity: 'stock', reportPath: `/report/stock/${kind}/current?changedSince=${encodeURIComponent(since)}` });

	it('reads once since the earliest moment, by store when one is about stores', () => {
		const events = [stock('all', '2026-11-21 13:00:00'), stock('bystore', '2026-11-21 13:10:00'), stock('all', '2026-11-21 12:00:00')];
		expect(foldStockEvents(events.map((one, item) => ({ event: one, item })))).toEqual({ byStore: true, changedSince: Date.parse('2026-11-21T09:00:00Z'), items: [0, 1, 2] });
		expect(foldStockEvents([])).toBeUndefined();
	});

	it('takes a receipt for a notice of changed stock (rule W2); one without a moment asks for everything', () => {
		const receipt = (moment: unknown): StockEvent => toStockEvent({ entity: 'enter', id: 'x', action: 'CREATE', moment });
		expect(foldStockEvents([{ event: receipt('2026-11-21T09:30:00.000Z'), item: 3 }])).toEqual({ byStore: false, changedSince: Date.parse('2026-11-21T09:20:00Z'), items: [3] });
		expect(receipt('2026-11-21T09:30:00.000Z').reportPath).toBe('/report/stock/all/current?changedSince=2026-11-21%2012%3A20%3A00');
		expect(foldStockEvents([{ event: receipt(null), item: 0 }])?.changedSince).toBe(0);
	});

	it.each([{ entity: 'product' }, { entity: 'stock' }, { entity: 'stock', reportPath: '/report/stock/all/current' }, { entity: 'stock', reportPath: '/x?changedSince=soon' }])(
		'refuses %j',
		(json) => {
			expect(() => toStockEvent(json)).toThrow(/stock|event/i);
		},
	);
});
