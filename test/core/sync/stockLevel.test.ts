import * as fc from 'fast-check';
import { amountOf, kindMissing, readStockLevel, STOCK_TYPES, type StockKind } from '../../../core';

const KINDS: StockKind[] = ['free', 'physical', 'expected'];
const level = (amounts: Record<string, unknown>) => readStockLevel({ id: 'A', ...amounts });

describe('A stock level', () => {
	it('is read with whatever else it carries, ids in lower case', () => {
		const read = readStockLevel({ id: 'ABC', name: 'Cup', stock: 5, stores: [{ id: 'S1', name: 'Main', stock: 5 }, { id: null, reserve: 2 }] });
		expect(read).toMatchObject({ id: 'abc', stock: 5, stores: [{ id: 's1', stock: 5 }, { id: null, reserve: 2 }] });
	});

	it.each([
		['no object', 5], ['no id', { stock: 1 }], ['an empty id', { id: ' ' }], ['an amount that is text', { id: 'a', stock: '5' }],
		['an amount that is no number', { id: 'a', stock: NaN }], ['a store without id', { id: 'a', stores: [{ stock: 1 }] }],
	])('is not %s', (_what, json) => {
		expect(() => readStockLevel(json)).toThrow(expect.objectContaining({ code: 'STOCK_ITEM_UNREADABLE' }));
	});
});

describe('S1: the kinds', () => {
	const full = level({ stock: 10, reserve: 3, inTransit: 4, quantity: 11 });

	it('are free (stock less reserve), physical, and expected with what is in transit', () => {
		expect(KINDS.map((kind) => amountOf(full, kind))).toEqual([7, 10, 11]);
	});

	it('come from any fields that say them', () => {
		expect(amountOf(level({ freeStock: 7 }), 'free')).toBe(7);
		expect(amountOf(level({ freeStock: 7, inTransit: 4 }), 'expected')).toBe(11);
		expect(amountOf(level({ stock: 10, reserve: 3, inTransit: 4 }), 'expected')).toBe(11);
		expect(amountOf(level({ stock: 0.3, reserve: 0.1 }), 'free')).toBe(0.2);
	});

	it('that the fields do not say are not guessed: available is not free, and physical neither', () => {
		expect(amountOf(level({ stock: 10, quantity: 11 }), 'free')).toBeUndefined();
		expect(amountOf(level({ freeStock: 7 }), 'physical')).toBeUndefined();
		expect(amountOf(level({ stock: 10, reserve: 3 }), 'expected')).toBeUndefined();
	});

	it.each(KINDS)('tell what to read for %s', (kind) => {
		expect(kindMissing(kind).message).not.toContain('{');
		expect(kindMissing(kind).advice).toMatch(/^Let MoySklad Entity read the amount \w+/);
	});

	it('S3: what is being recalculated is never an amount', () => {
		const amounts = fc.record(Object.fromEntries(STOCK_TYPES.map((type) => [type, fc.option(fc.integer({ min: -5, max: 5 }))])));
		fc.assert(
			fc.property(amounts, fc.constantFrom(...KINDS), (values, kind) => {
				expect(amountOf(level({ ...values, unknown: true }), kind)).toBeNull();
				const nulls = level(Object.fromEntries(Object.keys(values).map((type) => [type, null])));
				expect(amountOf(nulls, kind)).toBeNull();
			}),
		);
	});
});
