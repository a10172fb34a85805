import * as fc from 'fast-check';
import { journalReport, journalRows, reportCsv, reportPage, tallyOf, type JournalRow, type Period } from '../../../core';

const HOUR = 3_600_000;

const rowAt = (now: number, failed = false): JournalRow[] =>
	journalRows([{ status: failed ? 'failed' : 'updated' }], { now, started: null, flow: 'catalog', run: '', operation: '', object: 'item', source: '', target: '', correlationId: '', calls: null, limits: [] }, { depth: 'errors', mostRows: 1, mask: { fields: [] }, retention: { days: 1, errorDays: 1 } });

const report = (moments: readonly number[], period: Period, zone?: string) => journalReport(tallyOf(moments.flatMap((at) => rowAt(at)), period), period, { zone });

const moscowWeek = { from: Date.parse('2026-11-23T00:00+03:00'), to: Date.parse('2026-11-30T00:00+03:00') };

describe('R187: days of reports are those of the zone', () => {
	it('a week of Moscow is seven days, and two o’clock of Monday night is on Monday', () => {
		const { times } = report([Date.parse('2026-11-23T02:00+03:00'), Date.parse('2026-11-29T23:59+03:00')], moscowWeek, 'Europe/Moscow');
		expect(times.map(({ at, succeeded }) => [at, succeeded])).toEqual([['2026-11-23', 1], ['2026-11-24', 0], ['2026-11-25', 0], ['2026-11-26', 0], ['2026-11-27', 0], ['2026-11-28', 0], ['2026-11-29', 1]]);
	});

	it('hours have their offset, so that the one which comes twice in autumn is two', () => {
		const { times } = report([Date.parse('2026-10-25T02:30+01:00')], { from: Date.parse('2026-10-25T01:00+02:00'), to: Date.parse('2026-10-25T04:00+01:00') }, 'Europe/Berlin');
		expect(times.map(({ at, succeeded }) => [at, succeeded])).toEqual([['2026-10-25T01:00+02:00', 0], ['2026-10-25T02:00+02:00', 0], ['2026-10-25T02:00+01:00', 1], ['2026-10-25T03:00+01:00', 0]]);
		expect(report([], { from: 0, to: HOUR }, 'Asia/Kolkata').times).toMatchObject([{ at: '1970-01-01T05:30+05:30' }]);
	});

	it('every row of the period is counted once, in a day of the period, whatever the zone', () => {
		const zone = fc.constantFrom('Europe/Moscow', 'Asia/Vladivostok', 'UTC', 'America/New_York', 'Asia/Kolkata', 'Asia/Kathmandu', 'Australia/Lord_Howe');
		const moment = fc.integer({ min: Date.UTC(2026, 0, 1), max: Date.UTC(2027, 0, 1) });
		fc.assert(
			fc.property(zone, moment, fc.integer({ min: 1, max: 20 * 24 * HOUR }), fc.array(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), { maxLength: 5 }), (name, from, length, parts) => {
				const period = { from, to: from + length };
				const moments = parts.map((part) => from + Math.floor(part * length));
				const { times } = report(moments, period, name);
				expect(times.reduce((sum, { succeeded }) => sum + succeeded, 0)).toBe(moments.length);
				expect(new Set(times.map(({ at }) => at)).size).toBe(times.length);
				if (length > 72 * HOUR) {
					const day = (at: number): string => new Intl.DateTimeFormat('en-CA', { timeZone: name }).format(at);
					expect([times[0]?.at, times.at(-1)?.at]).toEqual([day(from), day(from + length - 1)]);
				}
			}),
			{ numRuns: 1000 },
		);
	});

	it('the page and the table name the zone, and the page writes its times in it', () => {
		const made = journalReport(tallyOf([], moscowWeek), moscowWeek, { zone: 'Europe/Moscow', journalBegins: Date.parse('2026-11-24T08:30+03:00') });
		expect(reportPage('Weekly report', made)).toMatch(/2026-11-23 00:00 – 2026-11-30 00:00 Europe\/Moscow[^]*the journal begins at 2026-11-24 08:30/);
		expect(reportCsv(made)).toContain('zone,Europe/Moscow');
		expect(report([], moscowWeek).zone).toBe('Europe/Moscow');
	});

	it('a zone that does not exist is told', () => expect(() => report([], moscowWeek, 'Moscow')).toThrow(expect.objectContaining({ code: 'JOURNAL_ZONE' })));
});
