import fc from 'fast-check';
import { Decimal } from '../../../../core';
import { decimalText, isDecimalText } from '../../../../core/commerceml/codec/number';

describe('numbers of files', () => {
	it('are given as Decimal prints them', () => {
		fc.assert(
			fc.property(fc.integer(), fc.nat({ max: 8 }), (digits, scale) => {
				const printed = Decimal.of(digits).times(Decimal.of(`1e-${scale}`)).toString();
				expect(isDecimalText(printed)).toBe(true);
				expect(decimalText(printed, '')).toBe(printed);
				expect(decimalText(`${printed.replace('.', ',')}`, '')).toBe(printed);
			}),
		);
	});

	it.each([
		['990.00', '', '990'], ['007', '', '7'], ['1 000,50', '', '1000.5'], ['1\u00A0000', '', '1000'], ['1e3', '', '1000'], ['-0', '', '0'], ['.5', '', '0.5'], ['5.', '', '5'], ['+1', '', '1'],
		['1·5', '·', '1.5'], ['1·5', '', undefined], ['', '', undefined], ['сто', '', undefined], ['1.2.3', '', undefined], ['1,2.3', '', undefined], ['NaN', '', undefined], ['Infinity', '', undefined],
		['0x10', '', undefined], ['1e999', '', undefined], ['9'.repeat(41), '', undefined], ['-', '', undefined],
	])('%j with the mark %j is %j', (text, mark, expected) => expect(decimalText(text, mark)).toBe(expected));

	it('are only taken as they are in one form', () => {
		for (const text of ['1.0', '01', '-0', '+1', '1,5', '', ' 1', '1e3', '.5']) expect(isDecimalText(text)).toBe(false);
		for (const text of ['0', '-1', '0.5', '-0.5', '10', '1.05']) expect(isDecimalText(text)).toBe(true);
	});
});
