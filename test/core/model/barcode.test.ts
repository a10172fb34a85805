import * as fc from 'fast-check';
import { barcodeKind } from '../../../core';

/** The check digit of GS1, from its definition: the sum with weights 3 and 1 from the right, filled up to a ten. */
function checked(digits: number[]): string {
	const sum = digits.reduce((total, digit, index) => total + digit * ((digits.length - index) % 2 === 1 ? 3 : 1), 0);
	return [...digits, (10 - (sum % 10)) % 10].join('');
}

const KINDS = { 7: 'ean8', 11: 'upc', 12: 'ean13', 13: 'gtin' } as const;

describe('the kind of a barcode', () => {
	it('is known by its length and check digit', () => {
		expect(['4006381333931', '73513537', '036000291452', '10012345678902'].map(barcodeKind)).toEqual(['ean13', 'ean8', 'upc', 'gtin']);
	});

	it.each(Object.entries(KINDS))('every code of %s digits and its check digit is one; with any other check digit it is not', (length, kind) => {
		const digits = fc.array(fc.integer({ min: 0, max: 9 }), { minLength: Number(length), maxLength: Number(length) });
		fc.assert(
			fc.property(digits, fc.integer({ min: 1, max: 9 }), (some, error) => {
				const code = checked(some);
				expect(barcodeKind(code)).toBe(kind);
				expect(barcodeKind(code.slice(0, -1) + String((Number(code.at(-1)) + error) % 10))).toBe('code128');
			}),
		);
	});

	it('is that of any text for what is no code of GS1', () => {
		expect(['', 'AB-12', '4006381333930', '12345', '４００６３８１３３３９３１'].map(barcodeKind)).toEqual(['code128', 'code128', 'code128', 'code128', 'code128']);
	});
});
