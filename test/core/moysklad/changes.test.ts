import fc from 'fast-check';
import { changedConditions, changedEvent, changesCursor, changesWindow, deletedEvents, DELETIONS, filterText, type WindowSettings } from '../../../core';

const ID = '7944ef04-f831-11e5-7a69-971500188b19';
const NOW = Date.parse('2026-11-21T12:00:00.000Z');
const settings: WindowSettings = { sources: ['product', 'variant', DELETIONS], now: NOW, lookBack: 3_600_000, overlap: 600_000 };

describe('A cursor', () => {
	it('is not there at first: the window looks back', () => {
		expect(changesWindow('', settings)).toEqual({ since: NOW - 3_600_000, until: NOW, source: 'product', offset: 0 });
	});

	it.each(['2026-11-21T11:00:00.000Z', '2026-11-21T14:00:00+03:00', '2026-11-21 14:00:00'])('can be a moment: %s', (cursor) => {
		expect(changesWindow(cursor, settings)).toEqual({ since: NOW - 3_600_000 - 600_000, until: NOW, source: 'product', offset: 0 });
	});

	it('of the future does not hide what is between now and then', () => {
		expect(changesWindow('2027-01-01T00:00:00Z', settings).since).toBe(NOW - 600_000);
	});

	it('goes on where it stands, whatever the time is by then', () => {
		const position = fc.oneof(
			fc.record({ source: fc.constantFrom('product', 'variant'), offset: fc.constant(0), after: fc.option(fc.record({ updated: fc.integer({ min: 0, max: NOW }), id: fc.uuid() }), { nil: undefined }) }),
			fc.record({ source: fc.constant(DELETIONS), offset: fc.nat() }),
		);
		fc.assert(
			fc.property(fc.integer({ min: 0, max: NOW }), position, (since, at) => {
				const window = { since, until: NOW, ...at };
				expect(changesWindow(changesCursor(window, NOW), { ...settings, now: NOW + 5000 })).toEqual(window);
			}),
		);
	});

	it('of a window that was read to its end is the time at which it was asked for', () => {
		expect(changesCursor(undefined, NOW)).toBe('2026-11-21T12:00:00.000Z');
	});

	it.each(['yesterday', '2026-11-21T11:00:00Z|soon', '2026-11-21T11:00:00Z|2026-11-21T12:00:00Z|customerorder', '2026-11-21T11:00:00Z|2026-11-21T12:00:00Z|deleted|x'])(
		'that is not one of this resource is refused: %s',
		(cursor) => {
			expect(() => changesWindow(cursor, settings)).toThrow('The cursor is not one of this resource');
		},
	);
});

describe('The list of changes', () => {
	it.each([
		['product', 'archived=true;archived=false'],
		['customerorder', 'isDeleted=true;isDeleted=false'],
	])('of %s hides nothing', (entity, hidden) => {
		const filter = filterText(changedConditions(entity, { since: NOW, until: NOW + 1, source: entity, offset: 0 }));
		expect(filter).toBe(`updated>=2026-11-21 15:00:00.000;updated<=2026-11-21 15:00:00.001;${hidden}`);
	});

	it('becomes events; a document in the bin is a deletion', () => {
		const row = { id: ID, accountId: 'a', updated: '2026-11-21 15:00:00.123' };
		expect(changedEvent(row, 'customerorder')).toMatchObject({ entity: 'customerorder', id: ID, action: 'UPDATE', moment: '2026-11-21T12:00:00.123Z', accountId: 'a' });
		expect(changedEvent({ ...row, deleted: '2026-11-21 15:00:00.000' }, 'customerorder').action).toBe('DELETE');
	});

	it('takes from the audit what concerns it', () => {
		const row = (entityType: string, entity?: object) => ({ entityType, entity, moment: '2026-11-21 15:00:00', uid: 'admin@shop' });
		const meta = { meta: { href: `https://api.moysklad.ru/api/remap/1.2/entity/product/${ID}`, type: 'product' } };
		const events = deletedEvents([row('product', meta), row('store', meta), row('product')], ['product', 'variant']);
		expect(events).toEqual([expect.objectContaining({ entity: 'product', id: ID, action: 'DELETE', moment: '2026-11-21T12:00:00.000Z', author: 'admin@shop' })]);
	});
});
