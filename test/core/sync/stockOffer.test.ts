import * as fc from 'fast-check';
import {
	countsOwnReserve, lyingAmount, offered, placedAmounts, readStockLevel, sameAmount, tooManyEmptied, WHOLE, type PlacedAmounts, type StockRule,
} from '../../../core';

const TOTAL: StockRule = { kind: 'free', places: undefined, total: WHOLE, defaultStore: undefined, buffer: 0 };
const byStore = (pairs: Array<[string, number]>, more: Partial<StockRule> = {}): StockRule => ({ ...TOTAL, places: new Map(pairs), ...more });
const level = (stores: Array<[string | null, number | null]>) => readStockLevel({ id: 'x', stores: stores.map(([id, freeStock]) => ({ id, freeStock })) });
const placed = (...args: Parameters<typeof placedAmounts>) => {
	const { places, storeless } = placedAmounts(...args);
	return { places: [...places], storeless };
};
const offers = (places: Array<[number, number]>, { storeless = 0, taken = 0, buffer = 0 } = {}) => [...offered({ places: new Map(places), storeless }, taken, buffer)];

describe('Amounts by place', () => {
	it('are one total, in which orders without a store are', () => {
		expect(placed(readStockLevel({ id: 'x', freeStock: -2 }), TOTAL)).toEqual({ places: [[WHOLE, -2]], storeless: 0 });
	});

	it('are those of the chosen stores; several may go to one place, and others go nowhere', () => {
		const amounts = level([['a', 1], ['b', 2], ['c', 4], ['d', 8]]);
		expect(placed(amounts, byStore([['a', 5], ['b', 6], ['c', 5]])).places).toEqual([[5, 5], [6, 2]]);
	});

	it('are nothing where a store is not mentioned', () => {
		expect(placed(level([['a', 3]]), byStore([['a', 5], ['b', 6]])).places).toEqual([[5, 3], [6, 0]]);
	});

	it('S3: begin with the default store, and orders without a store are kept apart for it', () => {
		const amounts = level([['a', 1], [null, -4], ['b', 2]]);
		expect(placed(amounts, byStore([['a', 5], ['b', 6]], { defaultStore: 'b' }))).toEqual({ places: [[6, 2], [5, 1]], storeless: -4 });
		expect(placed(amounts, byStore([['a', 5], ['b', 6]])).storeless).toBe(-4);
		expect(placed(amounts, byStore([['a', 5]], { defaultStore: 'elsewhere' })).storeless).toBe(0);
	});

	it('S3: are refused when one of them is being recalculated, wherever it is needed', () => {
		const unknown = expect.objectContaining({ code: 'STOCK_UNKNOWN' });
		expect(() => placed(readStockLevel({ id: 'x', unknown: true }), TOTAL)).toThrow(unknown);
		expect(() => placed(readStockLevel({ id: 'x', freeStock: null }), TOTAL)).toThrow(unknown);
		expect(() => placed(level([['a', null]]), byStore([['a', 5]]))).toThrow(unknown);
		expect(() => placed(level([['a', 1], [null, null]]), byStore([['a', 5]]))).toThrow(unknown);
		expect(placed(level([['a', 1], ['b', null]]), byStore([['a', 5]])).places).toEqual([[5, 1]]);
	});

	it('S3: a null never becomes an amount', () => {
		const stores = fc.uniqueArray(fc.tuple(fc.constantFrom('a', 'b', null), fc.option(fc.integer({ min: -9, max: 9 }))), { selector: ([id]) => id });
		fc.assert(
			fc.property(stores, (rows) => {
				const read = () => placed(level(rows), byStore([['a', 5], ['b', 6]]));
				if (rows.some(([, amount]) => amount === null)) expect(read).toThrow(expect.objectContaining({ code: 'STOCK_UNKNOWN' }));
				else if (rows.length > 0) expect(read).not.toThrow();
			}),
		);
	});

	it('are refused when the item does not say them', () => {
		const missing = expect.objectContaining({ code: 'STOCK_KIND_MISSING' });
		expect(() => placed(readStockLevel({ id: 'x', stock: 5 }), TOTAL)).toThrow(missing);
		expect(() => placed(readStockLevel({ id: 'x', stock: 5, stores: [{ id: 'a', stock: 5 }] }), byStore([['a', 5]]))).toThrow(missing);
		expect(() => placed(readStockLevel({ id: 'x', stock: 0, stores: [] }), byStore([['a', 5]]))).toThrow(missing);
		expect(placed(readStockLevel({ id: 'x', freeStock: 0, stores: [] }), byStore([['a', 5]])).places).toEqual([[5, 0]]);
		expect(() => placed(readStockLevel({ id: 'x', freeStock: 5 }), byStore([['a', 5]]))).toThrow(expect.objectContaining({ code: 'STOCK_STORES_MISSING' }));
	});
});

describe('What is offered', () => {
	it('is what is there, less the buffer', () => {
		expect(offers([[1, 10], [2, 3]], { buffer: 4 })).toEqual([[1, 6], [2, 0]]);
	});

	it('S3: orders without a store lower the first place, and what it lacks the next', () => {
		expect(offers([[1, 5], [2, 3]], { storeless: -2 })).toEqual([[1, 3], [2, 3]]);
		expect(offers([[1, 5], [2, 3]], { storeless: -7 })).toEqual([[1, 0], [2, 1]]);
		expect(offers([[1, 5], [2, 3]], { storeless: 4 })).toEqual([[1, 9], [2, 3]]);
	});

	it('S2: so do orders that MoySklad does not know yet', () => {
		expect(offers([[1, 5]], { taken: 2 })).toEqual([[1, 3]]);
		expect(offers([[1, 5], [2, 3]], { storeless: -1, taken: 5 })).toEqual([[1, 0], [2, 2]]);
	});

	it('what one store owes is not taken from another', () => {
		expect(offers([[1, -5], [2, 3]])).toEqual([[1, 0], [2, 3]]);
	});

	it('is whole unless MoySklad has fractions, and rounded down', () => {
		expect(offers([[1, 5]], { buffer: 0.5 })).toEqual([[1, 4]]);
		expect(offers([[1, 5.25]], { buffer: 0.5 })).toEqual([[1, 4.75]]);
		expect(offers([[1, 0.12349]])).toEqual([[1, 0.1234]]);
	});

	const amount = fc.integer({ min: -200, max: 200 }).map((tenths) => tenths / 10);
	const places = fc.uniqueArray(fc.tuple(fc.integer({ min: 1, max: 5 }), amount), { selector: ([place]) => place, minLength: 1 });
	const positive = fc.integer({ min: 0, max: 100 }).map((tenths) => tenths / 10);
	const situation = fc.record({ places, storeless: amount, taken: positive, buffer: positive });
	const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

	it('is never below zero', () => {
		fc.assert(fc.property(situation, ({ places: there, ...rest }) => expect(offers(there, rest).every(([, offer]) => offer >= 0)).toBe(true)));
	});

	it('is never more in all than what the places have, less what orders want', () => {
		fc.assert(
			fc.property(situation, ({ places: there, storeless, taken }) => {
				const have = sum([...there.map(([, value]) => Math.max(0, value)), Math.max(0, storeless)]);
				const most = Math.max(0, have + Math.min(0, storeless) - taken);
				expect(sum(offers(there, { storeless, taken }).map(([, offer]) => offer))).toBeLessThanOrEqual(most + 1e-6);
			}),
		);
	});

	it('is exactly that when nothing is rounded and no store owes anything', () => {
		const whole = fc.uniqueArray(fc.tuple(fc.integer({ min: 1, max: 5 }), fc.nat(50)), { selector: ([place]) => place, minLength: 1 });
		fc.assert(
			fc.property(whole, fc.integer({ min: -60, max: 0 }), fc.nat(60), (there, storeless, taken) => {
				const total = sum(there.map(([, value]) => value));
				expect(sum(offers(there, { storeless, taken }).map(([, offer]) => offer))).toBe(Math.max(0, total + storeless - taken));
			}),
		);
	});

	it('leaves the buffer in each place', () => {
		fc.assert(
			fc.property(places, positive, (there, buffer) => {
				const amounts: PlacedAmounts = { places: new Map(there), storeless: 0 };
				for (const [place, offer] of offered(amounts, 0, buffer)) expect(offer).toBeLessThanOrEqual(Math.max(0, (amounts.places.get(place) ?? 0) - buffer) + 1e-9);
			}),
		);
	});
});

describe('S2: each reserve counts once', () => {
	it('S2: free and expected have taken it off already, so it has to lie in the store on top', () => {
		expect(lyingAmount(7, 3, 'free')).toBe(10);
		expect(lyingAmount(0, 3, 'expected')).toBe(3);
		expect(lyingAmount(0.1, 0.2, 'free')).toBe(0.3);
	});

	it('physical leaves it to Bitrix to take it off', () => {
		expect(lyingAmount(7, 3, 'physical')).toBe(7);
		expect(countsOwnReserve('physical')).toBe(true);
		expect(countsOwnReserve('free') || countsOwnReserve('expected')).toBe(false);
	});

	it('nothing negative lies in a store', () => expect(lyingAmount(0, -3, 'free')).toBe(0));
});

it('amounts are the same to the four decimals that Bitrix keeps', () => {
	expect(sameAmount(0.1 + 0.2, 0.3)).toBe(true);
	expect(sameAmount(1.23456, 1.2346)).toBe(true);
	expect(sameAmount(1.2345, 1.2346)).toBe(false);
});

describe('S6: a run that would empty too much', () => {
	const items = (emptied: number, kept: number, empty = 0) => [
		...Array.from({ length: emptied }, () => ({ before: 2, after: 0 })),
		...Array.from({ length: kept }, () => ({ before: 2, after: 1 })),
		...Array.from({ length: empty }, () => ({ before: 0, after: 0 })),
	];

	it('is stopped above the share, not at it', () => {
		expect(tooManyEmptied(items(31, 69), 30, 10)).toMatchObject({ code: 'STOCK_TOO_MANY_EMPTIED', details: { count: 31, total: 100, percent: 30 } });
		expect(tooManyEmptied(items(30, 70), 30, 10)).toBeUndefined();
	});

	it('is judged by what can be bought now: what is empty already proves nothing', () => {
		expect(tooManyEmptied(items(40, 0, 960), 30, 10)).toBeDefined();
	});

	it('is let through when only few items are emptied', () => {
		expect(tooManyEmptied(items(9, 0), 30, 10)).toBeUndefined();
		expect(tooManyEmptied(items(10, 0), 30, 10)).toBeDefined();
		expect(tooManyEmptied([], 30, 0)).toBeUndefined();
		expect(tooManyEmptied(items(1, 0), 0, 1)).toBeDefined();
	});
});
