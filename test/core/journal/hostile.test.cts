import * as fc from 'fast-check';
import { journalRows, maskedText, SyncError, type JournalResult } from '../../../core';
import { hostileRows } from './hostileResults.cts';
import { journalRowFaults } from './rowSchema.cts';

/** JSON writes the halves of character pairs that stand alone as escapes, and NUL always. A backslash of the text itself is two. */
const REFUSED = /(?<!\\)(?:\\\\)*\\u(?:0000|d[89a-f][0-9a-f]{2})/i;

describe('R174: rows of the journal that any table takes', () => {
	it('have no NUL and no half of a character pair, whatever the results hold, and are what the schema says', () => {
		fc.assert(
			fc.property(hostileRows, (rows) => {
				expect(JSON.stringify(rows)).not.toMatch(REFUSED);
				// PostgreSQL reads these as JSON of their own.
				for (const { changes, totals } of rows) expect(changes + totals).not.toMatch(REFUSED);
				expect(rows.flatMap((row) => journalRowFaults({ ...row }))).toEqual([]);
			}),
			{ numRuns: 500 },
		);
	});

	it('cut no character in two', () => {
		expect(maskedText(`${'я'.repeat(199)}😀`)).toBe(`${'я'.repeat(199)}😀`);
		expect(maskedText(`${'я'.repeat(199)}😀!`)).toBe(`${'я'.repeat(199)}😀…`);
		expect(maskedText('😀'.repeat(500))).toBe(`${'😀'.repeat(200)}…`);
	});

	it('show no phone that was hidden behind signs which are dropped', () => expect(maskedText('+7\u0000916\ud83d123\u000045\u000067')).toBe('***'));

	it('take no status that is none of ours: it would be a label of metrics', () => {
		const rows = journalRows([{ status: 'OK' }, { status: 'oops', error: 'No' }] as unknown as JournalResult[], { now: 0, started: null, flow: '', run: '1', operation: '', object: '', source: '', target: '', correlationId: '', calls: null, limits: [] }, { depth: 'all', mostRows: 10, mask: { fields: [] }, retention: { days: 1, errorDays: 1 } });
		expect(rows.map(({ status }) => status)).toEqual(['failed', 'unchanged', 'failed']);
	});
});

describe('Errors, which tables of failures keep', () => {
	it('have no NUL and no half of a character pair in what they say', () => {
		const { message, advice } = new SyncError('ORDER_GOODS_UNKNOWN', { names: `\0${'a'.repeat(999)}😀\ud83d` }).report();
		expect(JSON.stringify([message, advice])).not.toMatch(REFUSED);
		expect(message).toContain('😀');
	});
});
