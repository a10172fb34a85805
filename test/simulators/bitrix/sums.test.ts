import fc from 'fast-check';
import { applyDiscounts } from './orders/discounts.cts';
import { lineSum, lineTotal, lineVat, shareOf, total, type PricedLine } from './sale/sums.cts';
import { toKopecks, toRoubles } from './fields/money.cts';

const line = (price: number, quantity: number, vatRate: number | null = null, vatIncluded: 'Y' | 'N' = 'Y'): PricedLine => ({
	price,
	quantity,
	vatRate,
	vatIncluded,
});

describe('the sum of a line', () => {
	it.each([
		[line(10, 0.25), 3],
		[line(10, 0.2499), 2],
		[line(333, 3), 999],
		[line(10005, 1.5), 15008],
		[line(199, 0.005), 1],
		[line(100, 1.005), 101],
		[line(0, 7), 0],
		[line(123_456_789, 9999.999), 1_234_567_766_543],
	])('%j is %d kopecks', (priced, kopecks) => {
		expect(lineSum(priced)).toBe(kopecks);
	});

	it('is the nearest kopeck, halves up, for every price and quantity of three decimals', () => {
		fc.assert(
			fc.property(fc.integer({ min: 0, max: 10_000_000 }), fc.integer({ min: 1, max: 9_999_999 }), (price, thousandths) => {
				const exact = BigInt(price) * BigInt(thousandths);
				const rounded = (exact + 500n) / 1000n;
				expect(lineSum(line(price, thousandths / 1000))).toBe(Number(rounded));
			}),
		);
	});

	it('grows by VAT that is not included', () => {
		expect([lineVat(line(12000, 1, 0.2)), lineTotal(line(12000, 1, 0.2))]).toEqual([2000, 12000]);
		expect([lineVat(line(10000, 1, 0.2, 'N')), lineTotal(line(10000, 1, 0.2, 'N'))]).toEqual([2000, 12000]);
		expect([lineVat(line(10000, 1, null, 'N')), lineTotal(line(10000, 1, 0, 'N'))]).toEqual([0, 10000]);
		expect(lineVat(line(9999, 1.5, 0.1))).toBe(1364);
	});
});

describe('roubles and kopecks', () => {
	it.each([
		[1234.565, 123457],
		['1234.564', 123456],
		['0.005', 1],
		[-1.005, -101],
		['12abc', 1200],
		['abc', 0],
		[null, 0],
		['.5', 50],
		[0.1 + 0.2, 30],
	])('%p are %d', (roubles, kopecks) => {
		expect(toKopecks(roubles)).toBe(kopecks);
	});

	it('there and back is the same', () => {
		fc.assert(
			fc.property(
				fc.integer({ min: -1_000_000_000, max: 1_000_000_000 }),
				(kopecks) => void expect(toKopecks(toRoubles(kopecks))).toBe(kopecks),
			),
		);
	});
});

describe('discounts', () => {
	const plain = (lines: PricedLine[]): Array<[number, number]> => lines.map(({ price, quantity }) => [price, quantity]);

	it('take per cent off the price for one, to the kopeck', () => {
		expect(plain(applyDiscounts([line(999, 3), line(50, 1)], [{ kind: 'percent', percent: 10 }]))).toEqual([
			[899, 3],
			[45, 1],
		]);
	});

	it('share a fixed sum out in proportion; rounding may leave some of it', () => {
		const lines = applyDiscounts([line(10000, 3), line(5000, 1)], [{ kind: 'fixed', amount: 10000 }]);
		expect(plain(lines)).toEqual([
			[7143, 3],
			[3571, 1],
		]);
		expect(total(lines.map(lineSum))).toBe(25000);
		expect(plain(applyDiscounts([line(100, 1)], [{ kind: 'fixed', amount: 500 }]))).toEqual([[0, 1]]);
	});

	it('three for two: the price for one falls, fractions and small numbers stay', () => {
		expect(
			plain(applyDiscounts([line(1000, 3), line(1000, 7), line(1000, 2), line(1000, 3.5)], [{ kind: 'threeForTwo' }])),
		).toEqual([
			[667, 3],
			[714, 7],
			[1000, 2],
			[1000, 3.5],
		]);
	});

	it('never make a price negative, nor higher', () => {
		const discount = fc.oneof(
			fc.record({ kind: fc.constant('percent' as const), percent: fc.double({ min: 0, max: 100, noNaN: true }) }),
			fc.record({ kind: fc.constant('fixed' as const), amount: fc.integer({ min: 0, max: 10_000_000 }) }),
			fc.record({ kind: fc.constant('threeForTwo' as const) }),
		);
		const lines = fc.array(fc.tuple(fc.integer({ min: 0, max: 1_000_000 }), fc.integer({ min: 1, max: 9 })), {
			minLength: 1,
			maxLength: 5,
		});
		fc.assert(
			fc.property(lines, fc.array(discount, { maxLength: 4 }), (pairs, discounts) => {
				const before = pairs.map(([price, quantity]) => line(price, quantity));
				for (const [index, { price }] of applyDiscounts(before, discounts).entries()) {
					expect(price).toBeGreaterThanOrEqual(0);
					expect(price).toBeLessThanOrEqual(before[index]?.price ?? 0);
				}
			}),
		);
	});

	it('a share is rounded to the kopeck', () => {
		expect([shareOf(100, 1, 3), shareOf(101, 1, 2), shareOf(999, 33.33, 100)]).toEqual([33, 51, 333]);
	});
});
