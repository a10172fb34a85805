import * as fc from 'fast-check';
import { limited } from '../../../nodes/shared/limited';

describe('A number of a parameter', () => {
	it.each([[5, 5], ['7', 7], [-3, 1], [1e9, 10], [Infinity, 10], [2.5, 2.5]])('%s is kept between its limits: %d', (value, expected) => expect(limited(value, 4, 1, 10)).toBe(expected));

	it.each([[NaN], ['x'], [''], [null], [undefined], [{}], [[]], [true]])('%s is no number, so the usual one holds', (value) => expect(limited(value, 4, 1, 10)).toBe(4));

	it('never leaves its limits, whatever it is', () =>
		fc.assert(fc.property(fc.anything(), (value) => limited(value, 4, 1, 10) >= 1 && limited(value, 4, 1, 10) <= 10)));
});
