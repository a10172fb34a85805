import { SyncError } from '../errors';
import { isUuid } from '../moysklad/reference';
import { isFailed, type WriteStatus } from '../sync/result';
import { answeringRows, givenFilters, type JournalFilters } from './filters';
import type { LimitUse } from './limitUse';
import type { JournalRow, Totals } from './row';
import { closeRuns, joinRuns, noRuns, noteRun, type RunTally } from './runs';

/** Objects of one kind in one flow. */
export interface GroupTally {
	flow: string;
	object: string;
	statuses: Partial<Record<WriteStatus, number>>;
}

/** One code in all flows. */
export interface CodeTally {
	code: string;
	count: number;
	flows: string[];
	/** Of the objects that have a row of their own; `MOST_KEYS` at most. */
	keys: string[];
	/** The newest message, which has the details that the catalogue leaves open. */
	message: string;
}

/** One flow, from its summaries. */
export interface FlowTally extends RunTally {
	flow: string;
	/** The newest run, ISO 8601. */
	last: string;
}

/** What rows of the journal come to. Two tallies are joined by `joinTallies`, so that no one needs to hold all rows of a month. */
export interface Tally {
	/** Tells a tally from a row. */
	tally: 1;
	/** What it was narrowed to; left out for all rows. */
	filters?: JournalFilters;
	groups: Record<string, GroupTally>;
	codes: Record<string, CodeTally>;
	warnings: Record<string, number>;
	flows: Record<string, FlowTally>;
	/** By the hour, ISO 8601 up to the hour, UTC. */
	hours: Record<string, { succeeded: number; failed: number }>;
	calls: number;
	/** By limit and process: the first and the last that was seen, and the highest share. */
	limits: Record<string, { first: LimitUse; last: LimitUse; share: number }>;
}

/** Affected objects of a code that are told apart; a report says so when there are more. */
export const MOST_KEYS = 100;

const MOST_FLOWS = 20;

/** The tally of no rows: what joins with any other and changes nothing. */
function emptyTally(filters: JournalFilters): Tally {
	const given = givenFilters(filters);
	return { tally: 1, ...(Object.keys(given).length > 0 && { filters: given }), groups: {}, codes: {}, warnings: {}, flows: {}, hours: {}, calls: 0, limits: {} };
}

/** A time in which rows count, in milliseconds since 1970: from the first one on, up to before the second. */
export interface Period {
	from: number;
	to: number;
}

/**
 * Rows of a period together. Numbers come from the summaries alone, which count every object once; rows of objects only say which
 * they were. So a journal that keeps errors and one that keeps everything give the same numbers, unless filters ask for single objects.
 */
export function tallyOf(rows: readonly JournalRow[], { from, to }: Period, filters: JournalFilters = {}): Tally {
	const tally = emptyTally(filters);
	for (const row of answeringRows(rows, filters)) {
		const time = Date.parse(row.time);
		if (!(time >= from && time < to)) continue;
		if (row.kind === 'summary') addSummary(tally, row, totalsOf(row));
		else if (row.errorCode !== '' && isFailed({ status: row.status as WriteStatus })) addAffected(codeOf(tally, row.errorCode), row.flow, [nameOf(row)], row.message);
	}
	return tally;
}

/** By what people find an object again: the key, unless it is none or was made up by us; then its number in the store. */
const nameOf = ({ key, bitrixId, moySkladId }: JournalRow): string => (key !== '' && !isUuid(key) ? key : bitrixId || moySkladId || key);

/** The row's own counts; none for a row that somebody wrote or cut by hand. */
export function totalsOf({ totals }: Pick<JournalRow, 'totals'>): Totals {
	const none: Totals = { total: 0, statuses: {}, errors: {}, warnings: {}, limits: [] };
	try {
		return { ...none, ...(JSON.parse(totals) as Partial<Totals>) };
	} catch {
		return none;
	}
}

function addSummary(tally: Tally, row: JournalRow, totals: Totals): void {
	addCounts(groupOf(tally, row.flow, row.object).statuses, totals.statuses);
	for (const [code, count] of Object.entries(totals.errors)) {
		const known = codeOf(tally, code);
		known.count += count;
		addAffected(known, row.flow, [], '');
	}
	addCounts(tally.warnings, totals.warnings);
	const flow = flowOf(tally, row.flow);
	noteRun(flow, row);
	flow.last = row.time > flow.last ? row.time : flow.last;
	const failed = Object.values(totals.errors).reduce((sum, count) => sum + count, 0);
	addCounts((tally.hours[row.time.slice(0, 13)] ??= { succeeded: 0, failed: 0 }), { succeeded: totals.total - failed, failed });
	tally.calls += row.calls ?? 0;
	for (const use of totals.limits) addLimit(tally, { first: use, last: use, share: use.share });
}

const groupOf = (tally: Tally, flow: string, object: string): GroupTally => (tally.groups[JSON.stringify([flow, object])] ??= { flow, object, statuses: {} });

const flowOf = (tally: Tally, flow: string): FlowTally => (tally.flows[flow] ??= { flow, ...noRuns(), last: '' });

const codeOf = (tally: Tally, code: string): CodeTally => (tally.codes[code] ??= { code, count: 0, flows: [], keys: [], message: '' });

function addAffected(code: CodeTally, flow: string, keys: readonly string[], message: string): void {
	if (flow !== '' && !code.flows.includes(flow) && code.flows.length < MOST_FLOWS) code.flows.push(flow);
	for (const key of keys) if (key !== '' && !code.keys.includes(key) && code.keys.length < MOST_KEYS) code.keys.push(key);
	if (message !== '') code.message = message;
}

function addCounts<K extends string>(into: Partial<Record<K, number>>, more: Partial<Record<K, number>>): void {
	for (const name of Object.keys(more) as K[]) into[name] = (into[name] ?? 0) + (more[name] ?? 0);
}

const narrowing = ({ filters }: Tally): string => JSON.stringify(givenFilters(filters ?? {}));

function addLimit({ limits }: Tally, more: Tally['limits'][string]): void {
	const { platform, limit, account, process } = more.last;
	const key = JSON.stringify([platform, limit, account, process]);
	const known = limits[key] ?? more;
	limits[key] = {
		first: more.first.calls < known.first.calls ? more.first : known.first,
		last: more.last.calls >= known.last.calls ? more.last : known.last,
		share: Math.max(known.share, more.share),
	};
}

/**
 * Several tallies as one; the order does not matter for numbers, the newest message is that of the last one.
 * Throws JOURNAL_FILTERS when one is narrowed to something else.
 * @param filters what all are narrowed to; left out: what the first one is
 */
export function joinTallies(tallies: readonly Tally[], filters: JournalFilters = tallies[0]?.filters ?? {}): Tally {
	const joined = emptyTally(filters);
	if (tallies.some((tally) => narrowing(tally) !== narrowing(joined))) throw new SyncError('JOURNAL_FILTERS');
	for (const tally of tallies) {
		for (const { flow, object, statuses } of Object.values(tally.groups)) addCounts(groupOf(joined, flow, object).statuses, statuses);
		for (const { code, count, flows, keys, message } of Object.values(tally.codes)) {
			const known = codeOf(joined, code);
			known.count += count;
			for (const flow of flows) addAffected(known, flow, [], '');
			addAffected(known, '', keys, message);
		}
		addCounts(joined.warnings, tally.warnings);
		for (const more of Object.values(tally.flows)) {
			const known = flowOf(joined, more.flow);
			joinRuns(known, more);
			known.last = more.last > known.last ? more.last : known.last;
		}
		for (const [hour, counts] of Object.entries(tally.hours)) addCounts((joined.hours[hour] ??= { succeeded: 0, failed: 0 }), counts);
		joined.calls += tally.calls;
		for (const more of Object.values(tally.limits)) addLimit(joined, more);
	}
	// What is open is judged by the newest row of its flow: rows are read in the order in which they were written.
	for (const flow of Object.values(joined.flows)) Object.assign(flow, closeRuns(flow, Date.parse(flow.last)));
	return joined;
}
