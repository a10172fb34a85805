import * as fc from 'fast-check';
import { anyToMoscow, fromMoscow, toMoscow } from '../../../core';

describe('Moscow time', () => {
	it('is three hours ahead of UTC all the year', () => {
		expect(toMoscow(Date.UTC(2026, 0, 1, 0, 0, 0, 7))).toBe('2026-01-01 03:00:00.007');
		expect(toMoscow(Date.UTC(2026, 6, 1, 21, 30))).toBe('2026-07-02 00:30:00.000');
	});

	it('comes back as it went', () => {
		fc.assert(fc.property(fc.integer({ min: 0, max: 4102444800000 }), (moment) => expect(fromMoscow(toMoscow(moment))).toBe(moment)));
	});

	it.each(['2026-11-21T15:51:16', 'yesterday', '2026-11-21', '2026-13-01 00:00:00'])('refuses %s', (text) =>
		expect(() => fromMoscow(text)).toThrow(RangeError),
	);

	it('takes what users and n8n hand in', () => {
		expect(anyToMoscow('2026-11-21T12:00:00Z')).toBe('2026-11-21 15:00:00.000');
		expect(anyToMoscow('2026-11-21T12:00:00+05:00')).toBe('2026-11-21 10:00:00.000');
		expect(anyToMoscow('2026-11-21 10:00')).toBe('2026-11-21 10:00:00.000');
		expect(() => anyToMoscow('soon')).toThrow(RangeError);
	});
});
