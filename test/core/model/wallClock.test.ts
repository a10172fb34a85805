import { momentIn } from '../../../core';

const iso = (zone: string, text: string): string => new Date(momentIn(zone, text)).toISOString();

describe('moments as people write them', () => {
	it.each([
		['Europe/Moscow', '2026-11-01T00:00:00', '2026-10-31T21:00:00.000Z'],
		['Europe/Moscow', '2026-11-01', '2026-10-31T21:00:00.000Z'],
		['Europe/Moscow', '2026-11-01 10:30', '2026-11-01T07:30:00.000Z'],
		['America/New_York', '2026-07-01T00:00:00', '2026-07-01T04:00:00.000Z'],
		['America/New_York', '2026-12-01T00:00:00', '2026-12-01T05:00:00.000Z'],
		['America/New_York', '2026-03-08T03:30:00', '2026-03-08T07:30:00.000Z'],
		['America/New_York', '2026-03-08T01:30:00', '2026-03-08T06:30:00.000Z'],
		['Asia/Kathmandu', '2026-01-01T05:45:00.500', '2026-01-01T00:00:00.500Z'],
	])('in %s, %s is %s', (zone, text, expected) => expect(iso(zone, text)).toBe(expected));

	it('an offset says more than the zone', () => {
		expect(iso('Europe/Moscow', '2026-11-01T00:00:00Z')).toBe('2026-11-01T00:00:00.000Z');
		expect(iso('Europe/Moscow', '2026-11-01T00:00:00.000+05:00')).toBe('2026-10-31T19:00:00.000Z');
	});

	it.each(['', 'soon', '2026-13-01', '2026-11-01T25:00:00'])('%j is none', (text) => expect(momentIn('Europe/Moscow', text)).toBeNaN());
});
