import * as fc from 'fast-check';
import { Decimal, DELIVERY_LINE, orderSums, type Charge, type PricedPosition } from '../../../core';
import { documentSums, lineSum } from '../../simulators/moysklad/arithmetic.cts';

const charge = (line: string, price: string, quantity: string, vat: string | null = '20', vatIncluded = true): Charge => ({
	line,
	price,
	quantity,
	vat,
	vatIncluded,
});

const sumOf = (positions: PricedPosition[]): number =>
	documentSums(
		positions.map(({ price, quantity }) => ({ price: price.toNumber(), quantity: quantity.toNumber() })),
		{ vatEnabled: true, vatIncluded: true },
	).sum;

const shown = (positions: PricedPosition[]): string[] =>
	positions.map(({ line, quantity, price }) => `${line}: ${quantity.toString()} × ${price.toString()}`);

/** What the store reckons for the lines: each rounded to a kopeck. In kopecks. */
const storeSum = (charges: Charge[]): number =>
	charges.reduce((sum, { price, quantity, vat, vatIncluded }) => {
		const line = { price: Decimal.of(price).times(100).toNumber(), quantity: Number(quantity) };
		const onTop = vatIncluded || vat === null ? 0 : lineSum({ price: Decimal.of(price).times(vat).toNumber(), quantity: Number(quantity) });
		return sum + lineSum(line) + onTop;
	}, 0);

const rubles = (kopecks: number): string => Decimal.of(kopecks).times('0.01').toString();

const scaled = (most: number, decimals: number) =>
	fc
		.tuple(fc.integer({ min: 0, max: most }), fc.integer({ min: 0, max: decimals }))
		.map(([units, scale]) => Decimal.of(`${units}e-${scale}`).toString());

const charges = fc.array(
	fc.record({
		line: fc.uuid(),
		price: scaled(9_999_999, 4),
		quantity: scaled(99_999, 3),
		vat: fc.constantFrom(null, '0', '10', '20'),
		vatIncluded: fc.boolean(),
	}),
	{ minLength: 1, maxLength: 12 },
);

const countable = ({ quantity }: Charge): boolean => Number(quantity) > 0;

describe('sums of an order', () => {
	it('O1: whole quantities are split to the kopeck into at most two positions', () => {
		expect(shown(orderSums([charge('1', '33.3333', '3')], '100').positions)).toEqual(['1: 2 × 3333', '1: 1 × 3334']);
		expect(shown(orderSums([charge('1', '12.5', '4')], '50').positions)).toEqual(['1: 4 × 1250']);
		expect(shown(orderSums([charge('1', '0.003', '7')], '0.02').positions)).toEqual(['1: 5 × 0', '1: 2 × 1']);
	});

	it('O1: fractional quantities get one price with as few decimals as are enough', () => {
		expect(shown(orderSums([charge('1', '100', '0.333')], '33.30').positions)).toEqual(['1: 0.333 × 10000']);
		expect(shown(orderSums([charge('1', '99.99', '12.5')], '1249.88').positions)).toEqual(['1: 12.5 × 9999']);
		expect(shown(orderSums([charge('1', '99.994', '12.5')], '1249.93').positions)).toEqual(['1: 12.5 × 9999.4']);
	});

	it('O1: 10,000 random orders come out to the kopeck by the arithmetic of MoySklad', () => {
		fc.assert(
			fc.property(charges, fc.boolean(), fc.double({ min: -1, max: 1, noNaN: true }), (lines, wholeKopecks, share) => {
				const counted = lines.filter(countable);
				const residue = Math.trunc(counted.length * share);
				const total = storeSum(counted) + residue;
				fc.pre(total >= 0 && counted.some((line) => storeSum([line]) + residue >= 0));
				const { positions, difference } = orderSums(lines, rubles(total), { wholeKopecks });
				expect(difference).toBe(0);
				expect(sumOf(positions)).toBe(total);
				expect(positions.every(({ price, quantity }) => price.compare(0) >= 0 && quantity.compare(0) > 0)).toBe(true);
			}),
			{ numRuns: 10_000 },
		);
	});

	it('O1: every line keeps its quantity in at most two neighbouring positions', () => {
		fc.assert(
			fc.property(charges, fc.boolean(), (lines, wholeKopecks) => {
				const { positions } = orderSums(lines, rubles(storeSum(lines)), { wholeKopecks });
				expect([...new Set(positions.map(({ line }) => line))]).toEqual(lines.filter(countable).map(({ line }) => line));
				for (const { line, quantity } of lines.filter(countable)) {
					const own = positions.filter((position) => position.line === line);
					expect(own.length).toBeLessThanOrEqual(2);
					expect(own.reduce((sum, position) => sum.plus(position.quantity), Decimal.zero).equals(quantity)).toBe(true);
				}
			}),
		);
	});

	it('whole kopecks, when asked for, also for fractional quantities', () => {
		fc.assert(
			fc.property(charges, (lines) => {
				const { positions } = orderSums(lines, rubles(storeSum(lines)), { wholeKopecks: true });
				expect(positions.filter(({ price }) => !price.isInteger)).toEqual([]);
			}),
		);
		expect(shown(orderSums([charge('1', '99.994', '12.5')], '1249.93', { wholeKopecks: true }).positions)).toEqual([
			'1: 7.5 × 9999',
			'1: 5 × 10000',
		]);
	});

	it('a residue of one kopeck a line goes to the largest line of goods, not to the delivery', () => {
		const lines = [charge('1', '10', '1'), charge('2', '20', '1'), charge(DELIVERY_LINE, '500', '1')];
		const { positions, difference } = orderSums(lines, '529.98');
		expect(difference).toBe(0);
		expect(shown(positions)).toEqual(['1: 1 × 1000', '2: 1 × 1998', 'delivery: 1 × 50000']);
	});

	it('O1: a larger difference is told and not hidden in a line', () => {
		const { positions, difference } = orderSums([charge('1', '10', '1'), charge('2', '20', '1')], '25');
		expect(difference).toBe(-500);
		expect(shown(positions)).toEqual(['1: 1 × 1000', '2: 1 × 2000']);
	});

	it('VAT on top goes into the price', () => {
		expect(shown(orderSums([charge('1', '100', '2', '20', false)], '240').positions)).toEqual(['1: 2 × 12000']);
		expect(shown(orderSums([charge('1', '100', '2', null, false)], '200').positions)).toEqual(['1: 2 × 10000']);
	});

	it('a line that costs less than nothing cannot be a position and shows as a difference', () => {
		expect(orderSums([charge('1', '100', '1'), charge('2', '-10', '1')], '90').difference).toBe(-1000);
	});

	it('gifts stay in the order', () => {
		expect(shown(orderSums([charge('1', '100', '1'), charge('2', '0', '2')], '100').positions)).toEqual(['1: 1 × 10000', '2: 2 × 0']);
	});
});
