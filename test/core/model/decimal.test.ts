import * as fc from 'fast-check';
import { Decimal, lineSum, toKopecks, toRubles } from '../../../core';

/** Decimals as text, with up to six decimals, so that the expectation can be reckoned in whole numbers. */
const amounts = fc.tuple(fc.bigInt(-(10n ** 12n), 10n ** 12n), fc.integer({ min: 0, max: 6 })).map(([units, scale]) => ({ units, scale, text: written(units, scale) }));

function written(units: bigint, scale: number): string {
	const digits = (units < 0n ? -units : units).toString().padStart(scale + 1, '0');
	return `${units < 0n ? '-' : ''}${digits.slice(0, digits.length - scale)}.${digits.slice(digits.length - scale)}`;
}

describe('Decimal', () => {
	it.each([
		['1.005', '1.005'],
		['-0.50', '-0.5'],
		['  7,25 ', '7.25'],
		['1e-3', '0.001'],
		['2.5e3', '2500'],
		['.5', '0.5'],
		['100', '100'],
	])('reads %s as %s', (text, expected) => expect(Decimal.of(text).toString()).toBe(expected));

	it.each(['', 'abc', '1.2.3', 'NaN', 'Infinity', '1 000', '-', '1e9999', '0x10'])('refuses %p', (text) =>
		expect(() => Decimal.of(text)).toThrow(RangeError),
	);

	it('reads a number as it is printed', () => {
		expect(Decimal.of(0.1).plus(0.2).toString()).toBe('0.3');
		expect(Decimal.of(1e21).toString()).toBe('1000000000000000000000');
	});

	it('adds, multiplies and rounds as whole numbers do', () => {
		fc.assert(
			fc.property(amounts, amounts, (left, right) => {
				const scale = Math.max(left.scale, right.scale);
				const sum = left.units * 10n ** BigInt(scale - left.scale) + right.units * 10n ** BigInt(scale - right.scale);
				expect(Decimal.of(left.text).plus(right.text).equals(written(sum, scale))).toBe(true);
				const product = Decimal.of(left.text).times(right.text);
				expect(product.equals(written(left.units * right.units, left.scale + right.scale))).toBe(true);
			}),
		);
	});

	it('rounds half away from zero', () => {
		expect(Decimal.of('2.5').round().toString()).toBe('3');
		expect(Decimal.of('-2.5').round().toString()).toBe('-3');
		expect(Decimal.of('1.005').times(100).round().toString()).toBe('101');
		expect(Decimal.of('2.449999').round(1).toString()).toBe('2.4');
	});

	it('divides to the asked number of decimals, and the product comes back within half a unit', () => {
		fc.assert(
			fc.property(amounts, amounts, fc.integer({ min: 0, max: 8 }), (left, right, scale) => {
				fc.pre(right.units !== 0n);
				const quotient = Decimal.of(left.text).dividedBy(right.text, scale);
				const error = quotient.times(right.text).minus(left.text);
				const half = Decimal.of(right.text).times(`5e-${scale + 1}`);
				const bound = half.units < 0n ? half.negated() : half;
				expect(error.compare(bound) <= 0 && error.compare(bound.negated()) >= 0).toBe(true);
			}),
		);
		expect(() => Decimal.of(1).dividedBy(0, 2)).toThrow(RangeError);
	});

	it('floors to the next number below, of either sign', () => {
		expect(['2.9999', '-2.0001', '2', '0.129', '-0.121'].map((text, index) => Decimal.of(text).floor(index < 3 ? 0 : 2).toString())).toEqual(['2', '-3', '2', '0.12', '-0.13']);
		fc.assert(
			fc.property(amounts, fc.integer({ min: 0, max: 4 }), ({ text }, scale) => {
				const left = Decimal.of(text).minus(Decimal.of(text).floor(scale));
				expect(left.compare(0) >= 0 && left.compare(`1e-${scale}`) < 0).toBe(true);
			}),
		);
	});

	it('prints what it reads', () => {
		fc.assert(fc.property(amounts, ({ text }) => expect(Decimal.of(Decimal.of(text).toString()).equals(text)).toBe(true)));
	});
});

describe('money', () => {
	it('turns rubles into kopecks and back without a loss', () => {
		fc.assert(fc.property(fc.integer({ min: -1e12, max: 1e12 }), (kopecks) => expect(toKopecks(toRubles(kopecks))).toBe(kopecks)));
		expect(toKopecks('1.005')).toBe(101);
		expect(toKopecks(8.7)).toBe(870);
	});

	it('rounds a line half up to whole minor units', () => {
		expect(lineSum('3333.5', '3').toString()).toBe('10001');
		expect(lineSum('99.99', '0.333').toString()).toBe('33');
	});
});
