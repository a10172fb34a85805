import * as fc from 'fast-check';
import { journalRows, type JournalContext, type JournalResult, type JournalRow } from '../../../core';

/** Any text, and such as no table takes: NUL, and halves of character pairs, alone, in pairs, and around the place where texts are cut. */
const anyText = fc.oneof(
	fc.string({ unit: 'binary' }),
	fc.array(fc.constantFrom('\0', '\ud83d', '\ude00', '😀', 'я', 'a', '"', '\\', '\\u0000', '\n'), { maxLength: 12 }).map((parts) => parts.join('')),
	fc.integer({ min: 195, max: 205 }).map((length) => `${'a'.repeat(length)}😀😀\0`),
	fc.integer({ min: 795, max: 805 }).map((length) => `${'a'.repeat(length)}😀😀\0`),
);

const anyValue = fc.oneof(anyText, fc.dictionary(anyText, anyText, { maxKeys: 2 }), fc.array(anyText, { maxLength: 2 }), fc.double(), fc.constant(null));
const anyError = fc.oneof(anyText, fc.record({ code: anyText, message: anyText, retryable: anyText }, { requiredKeys: [] }));

const anyResult = fc.record(
	{
		status: fc.oneof(fc.constantFrom('updated', 'failed', 'conflict', 'unchanged'), anyText),
		key: anyText, moySkladId: anyText, bitrixId: anyText, correlationId: anyText,
		changes: fc.array(fc.record({ field: anyText, from: anyValue, to: anyValue }), { maxLength: 3 }),
		warnings: fc.array(fc.record({ code: anyText, message: anyText, advice: anyText }), { maxLength: 2 }),
		error: anyError,
	},
	{ requiredKeys: [] },
);

const anyContext = fc.record({ flow: anyText, run: anyText, operation: anyText, object: anyText, source: anyText, target: anyText, correlationId: anyText });

/** The rows of a call in which every text is whatever somebody could send. */
export const hostileRows: fc.Arbitrary<JournalRow[]> = fc
	.tuple(fc.array(anyResult, { minLength: 1, maxLength: 4 }), anyContext)
	.map(([results, texts]) => {
		const context: JournalContext = { now: Date.UTC(2026, 10, 30), started: null, calls: null, limits: [], ...texts };
		return journalRows(results as JournalResult[], context, { depth: 'all', mostRows: 10, mask: { fields: [] }, retention: { days: 30, errorDays: 180 } });
	});
