import { isFailed, type WriteStatus } from '../sync/result';
import { maskedText } from './mask';
import type { JournalRow, Totals } from './row';

/** What a question to the journal is about; what is left out or empty narrows nothing. Texts are compared whole, in any case. */
export interface JournalFilters {
	flow?: string;
	/** Kind of the objects, e.g. `order`. */
	object?: string;
	/** What became of an object, e.g. `failed`. */
	status?: string;
	/** A code of an error. */
	code?: string;
	/** An object, by its key or its ID on either side. */
	key?: string;
}

const NAMES = ['flow', 'object', 'status', 'code', 'key'] as const;

/** Only what narrows something, in a fixed order: two questions are the same when this is. */
export function givenFilters(filters: JournalFilters): JournalFilters {
	const given = NAMES.map((name) => [name, (filters[name] ?? '').trim()] as const).filter(([, value]) => value !== '');
	return Object.fromEntries(given);
}

/** Whether a question is about single objects, which summaries do not tell apart. */
export const asksForObjects = ({ status, code, key }: JournalFilters): boolean => [status, code, key].some((value) => value !== undefined);

/**
 * The rows that answer a question. Of flows and kinds the summaries know, which count all objects. Of statuses, codes and keys only rows
 * of objects do: each of them is then given together with a summary of its own, and an object that has no row is not counted.
 */
export function answeringRows(rows: readonly JournalRow[], filters: JournalFilters): JournalRow[] {
	const given = givenFilters(filters);
	const ofWhole = rows.filter((row) => same(row.flow, given.flow) && same(row.object, given.object));
	if (!asksForObjects(given)) return ofWhole;
	return ofWhole
		.filter((row) => row.kind === 'operation' && same(row.status, given.status) && same(row.errorCode, given.code) && [row.key, row.moySkladId, row.bitrixId].some((name) => same(name, given.key)))
		.flatMap((row) => [row, summaryOf(row)]);
}

/** Texts of rows are masked, so what is looked for is, too. */
const same = (text: string, wanted: string | undefined): boolean => wanted === undefined || text.toLowerCase() === maskedText(wanted).toLowerCase();

function summaryOf(row: JournalRow): JournalRow {
	const status = row.status as WriteStatus;
	const totals: Totals = { total: 1, statuses: { [status]: 1 }, errors: isFailed({ status }) && row.errorCode !== '' ? { [row.errorCode]: 1 } : {}, warnings: {}, limits: [] };
	// How long the run took, its summary says; this is the share of one object.
	return { ...row, kind: 'summary', status: isFailed({ status }) ? 'failed' : 'succeeded', duration: null, calls: null, errorCode: '', totals: JSON.stringify(totals) };
}
