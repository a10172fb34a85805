import { CATALOGUE, SyncError, type CatalogueEntry, type ErrorCode, type ErrorKind } from '../errors';
import { isZone } from '../model/wallClock';
import { isFailed, type WriteStatus } from '../sync/result';
import type { JournalFilters } from './filters';
import type { LimitUse } from './limitUse';
import { maskedText } from './mask';
import { closeRuns, joinRuns, noRuns } from './runs';
import { quantile } from './spread';
import { MOST_KEYS, type Period, type Tally } from './tally';
import { timesOf, type TimeShare } from './times';

/** Objects: how many, and what became of them. `written` is what was changed in the target. */
export interface Share {
	total: number;
	written: number;
	unchanged: number;
	failed: number;
	/** Percent that did not fail, one decimal; null where there was nothing. */
	success: number | null;
}

/** One flow in the period. A run is an execution that handed results in. */
export interface FlowReport extends Share {
	flow: string;
	runs: number;
	/** Milliseconds that half of the runs did not exceed, and (`p95`) 95 of 100; null where no run told its duration. */
	p50: number | null;
	p95: number | null;
	/** The newest run, ISO 8601. */
	last: string;
}

/** One code of errors in all flows, with what the catalogue says of it. */
export interface ErrorReportRow {
	code: string;
	count: number;
	/** Empty for a code that is not of the catalogue, such as another node's. */
	kind: ErrorKind | '';
	retryable: boolean;
	message: string;
	advice: string;
	flows: string[];
	/** How many objects are known to be affected; `moreAffected`: there may be more. */
	affected: number;
	moreAffected: boolean;
	/** Some of their keys. */
	examples: string[];
}

/** How far the processes of one account together used a limit of a platform in the period. */
export interface LimitReport {
	platform: LimitUse['platform'];
	limit: LimitUse['limit'];
	account: string;
	processes: number;
	calls: number;
	refused: number;
	waitedMilliseconds: number;
	/** The highest part of the limit that one process used, 0 to 1. */
	share: number;
}

/** All that a report says. */
export interface JournalReport {
	from: string;
	to: string;
	/** What the report is narrowed to, masked as in rows; empty for all. */
	filters: JournalFilters;
	/** IANA name of the time zone whose days they are, e.g. `Europe/Moscow`. */
	zone: string;
	/** The beginning of the journal, ISO 8601, where that is later than `from`: what was before is not in the numbers. Null where it has all. */
	journalBegins: string | null;
	all: Share & { runs: number; failedRuns: number; p50: number | null; p95: number | null; calls: number };
	flows: FlowReport[];
	objects: Array<Share & { object: string }>;
	errors: ErrorReportRow[];
	warnings: Array<{ code: string; count: number; message: string }>;
	/** By the days of the zone, or by the hour in a period of three days or less. */
	times: TimeShare[];
	/** Rows that wait somewhere, by the name that the caller gave. */
	queues: Record<string, number>;
	limits: LimitReport[];
}

const MOST_EXAMPLES = 5;

const WRITTEN: readonly WriteStatus[] = ['created', 'updated', 'deactivated', 'deleted', 'unverified'];

/** What a report says beside the counts. */
export interface ReportFrame {
	/** Rows that wait somewhere now, by the name of the place. */
	queues?: Record<string, number>;
	/** IANA name of the time zone in which days are cut and times are written; left out: that of MoySklad’s times. */
	zone?: string;
	/** When the oldest summary that the journal still has was written, milliseconds since 1970; left out where nobody knows. */
	journalBegins?: number;
}

/** The report of a period. The tally is of rows of that period. Throws JOURNAL_ZONE for a time zone that does not exist. */
export function journalReport(tally: Tally, period: Period, { queues = {}, zone = 'Europe/Moscow', journalBegins = period.from }: ReportFrame = {}): JournalReport {
	if (!isZone(zone)) throw new SyncError('JOURNAL_ZONE', { zone });
	const groups = Object.values(tally.groups);
	const flows = Object.values(tally.flows).map(({ flow, last, ...runs }) => ({ flow, last, ...closeRuns(runs) }));
	const all = noRuns();
	for (const flow of flows) joinRuns(all, flow);
	return {
		from: new Date(period.from).toISOString(),
		to: new Date(period.to).toISOString(),
		filters: Object.fromEntries(Object.entries(tally.filters ?? {}).map(([name, value]) => [name, maskedText(String(value))])),
		zone,
		journalBegins: journalBegins > period.from ? new Date(journalBegins).toISOString() : null,
		all: {
			...shareOf(groups),
			runs: all.runs,
			failedRuns: all.failedRuns,
			p50: quantile(all.durations, 0.5),
			p95: quantile(all.durations, 0.95),
			calls: tally.calls,
		},
		flows: byCount(flows.map(({ flow, runs, durations: own, last }) => ({ flow, ...shareOf(groups.filter((group) => group.flow === flow)), runs, p50: quantile(own, 0.5), p95: quantile(own, 0.95), last }))),
		objects: byCount(unlike(groups.map(({ object }) => object)).map((object) => ({ object, ...shareOf(groups.filter((group) => group.object === object)) }))),
		errors: Object.values(tally.codes).filter(({ count }) => count > 0).sort((one, other) => other.count - one.count || (one.code < other.code ? -1 : 1)).map(errorOf),
		warnings: Object.entries(tally.warnings).map(([code, count]) => ({ code, count, message: open(entryOf(code)?.message ?? '') })).sort((one, other) => other.count - one.count || (one.code < other.code ? -1 : 1)),
		times: timesOf(tally, period, zone),
		queues,
		limits: limitsOf(tally, period),
	};
}

function shareOf(groups: ReadonlyArray<{ statuses: Partial<Record<WriteStatus, number>> }>): Share {
	const entries = groups.flatMap(({ statuses }) => Object.entries(statuses) as Array<[WriteStatus, number]>);
	const count = (which: (status: WriteStatus) => boolean): number => sum(entries.filter(([status]) => which(status)).map(([, number]) => number));
	const [total, failed] = [count(() => true), count((status) => isFailed({ status }))];
	return { total, written: count((status) => WRITTEN.includes(status)), unchanged: count((status) => status === 'unchanged'), failed, success: successShare(total, failed) };
}

/** Rounded down, so that 100 means that nothing failed. */
const successShare = (total: number, failed: number): number | null => (total === 0 ? null : Math.floor((1000 * (total - failed)) / total) / 10);

const entryOf = (code: string): CatalogueEntry | undefined => (code in CATALOGUE ? CATALOGUE[code as ErrorCode] : undefined);

/** What the catalogue's sentences leave open differs from object to object. */
const open = (text: string): string => text.replace(/\{\w+\}/g, '…');

function errorOf({ code, count, flows, keys, message }: Tally['codes'][string]): ErrorReportRow {
	const entry = entryOf(code);
	return {
		code,
		count,
		kind: entry?.kind ?? '',
		retryable: entry?.retryable ?? false,
		message: message || open(entry?.message ?? ''),
		advice: open(entry?.advice ?? ''),
		flows,
		affected: keys.length,
		moreAffected: keys.length >= MOST_KEYS,
		examples: keys.slice(0, MOST_EXAMPLES),
	};
}

/** What was counted in the period: up to the last that was seen, from the first one on, or from zero where the process began in it. */
function limitsOf({ limits }: Tally, { from }: Period): LimitReport[] {
	const joined: Record<string, LimitReport> = {};
	for (const { first, last, share } of Object.values(limits)) {
		const { platform, limit, account } = last;
		const before = last.since >= from ? { calls: 0, refused: 0, waitedMilliseconds: 0 } : first;
		const known = (joined[JSON.stringify([platform, limit, account])] ??= { platform, limit, account, processes: 0, calls: 0, refused: 0, waitedMilliseconds: 0, share: 0 });
		known.processes += 1;
		known.calls += last.calls - before.calls;
		known.refused += last.refused - before.refused;
		known.waitedMilliseconds += last.waitedMilliseconds - before.waitedMilliseconds;
		known.share = Math.max(known.share, share);
	}
	return Object.values(joined).sort((one, other) => other.share - one.share);
}

const byCount = <T extends Share>(rows: T[]): T[] => rows.sort((one, other) => other.total - one.total);
const unlike = (texts: readonly string[]): string[] => [...new Set(texts)];
const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);
