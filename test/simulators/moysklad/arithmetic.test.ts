import fc from 'fast-check';
import { add, documentSums, lineSum, lineVat } from './arithmetic.cts';

const kopecks = fc.integer({ min: 0, max: 10_000_000 });
const wholes = fc.integer({ min: 1, max: 1000 });

describe('lineSum', () => {
	it.each([
		[{ price: 1050, quantity: 2, discount: 10 }, 1890],
		[{ price: 33.335, quantity: 3 }, 100],
		[{ price: 1, quantity: 0.5 }, 1],
		[{ price: 1, quantity: 0.4999 }, 0],
		[{ price: 1.005, quantity: 100 }, 101],
		[{ price: 100, quantity: 1, discount: -15.5 }, 116],
		[{ price: 100, quantity: 1, discount: 100 }, 0],
		[{ price: 1e-7, quantity: 1e7 }, 1],
		[{ price: 12345678, quantity: 1.0005, discount: 33.33 }, 8234979],
	])('of %j is %d', (line, sum) => {
		expect(lineSum(line)).toBe(sum);
	});

	it('is price times quantity for whole numbers', () => {
		fc.assert(fc.property(kopecks, wholes, (price, quantity) => lineSum({ price, quantity }) === price * quantity));
	});

	it('differs from the exact value by at most half a kopeck', () => {
		const fraction = fc.integer({ min: 1, max: 99_999 }).map((units) => units / 1000);
		fc.assert(
			fc.property(kopecks, fraction, fc.integer({ min: -50, max: 100 }), (price, quantity, discount) => {
				const exactTimes100000 = BigInt(price) * BigInt(Math.round(quantity * 1000)) * BigInt(100 - discount);
				const rounded = BigInt(lineSum({ price, quantity, discount })) * 100_000n;
				const difference = rounded - exactTimes100000;
				return difference > -50_000n && difference <= 50_000n;
			}),
		);
	});

	it('refuses what is not a number', () => {
		expect(() => lineSum({ price: NaN, quantity: 1 })).toThrow(RangeError);
	});
});

describe('VAT', () => {
	const line = { price: 12_000, quantity: 1, vat: 20, vatEnabled: true };

	it('is inside the sum or on top of it', () => {
		expect(documentSums([line], { vatEnabled: true, vatIncluded: true })).toEqual({ sum: 12_000, vatSum: 2000 });
		expect(documentSums([line], { vatEnabled: true, vatIncluded: false })).toEqual({ sum: 14_400, vatSum: 2400 });
	});

	it('is nothing when the document or the line has none', () => {
		expect(documentSums([line], { vatEnabled: false, vatIncluded: false })).toEqual({ sum: 12_000, vatSum: 0 });
		expect(lineVat({ ...line, vatEnabled: false }, { vatEnabled: true, vatIncluded: true })).toBe(0);
	});

	it('is rounded line by line', () => {
		const three = Array.from({ length: 3 }, () => ({ price: 1, quantity: 3, vat: 20, vatEnabled: true }));
		expect(documentSums(three, { vatEnabled: true, vatIncluded: true })).toEqual({ sum: 9, vatSum: 3 });
	});
});

describe('add', () => {
	it('has no binary noise', () => {
		expect(add(0.1, 0.2)).toBe(0.3);
		expect(add()).toBe(0);
		expect(add(1.0005, -0.0005, 2)).toBe(3);
	});
});
