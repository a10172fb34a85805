import type { ErrorReport } from '../errors';
import { storable } from '../model/storable';
import { isFailed, WRITE_STATUSES, type FieldChange, type WriteResult, type WriteStatus } from '../sync/result';
import type { LimitUse } from './limitUse';
import { masked, maskedText } from './mask';
import type { MaskRules } from './personalFields';
import { expiry, type Retention } from './retention';
import type { JournalRow, Totals } from './row';

/** Whose results they are. */
export interface JournalContext {
	/** Milliseconds since 1970. */
	now: number;
	/** When the work began, milliseconds since 1970; null when nobody knows. */
	started: number | null;
	flow: string;
	run: string;
	operation: string;
	object: string;
	source: string;
	target: string;
	/** Empty: the run. */
	correlationId: string;
	/** Calls of both platforms since the journal was told last; null when nobody counted. */
	calls: number | null;
	limits: readonly LimitUse[];
}

/** Which objects get a row of their own, beside the summary: failed ones; those and what was changed; all. */
export type JournalDepth = 'errors' | 'changes' | 'all';

/** What of the results is kept, as the user chose. */
export interface JournalRules {
	depth: JournalDepth;
	/** Rows of objects that one call makes at most; the summary counts all. */
	mostRows: number;
	mask: MaskRules;
	retention: Retention;
}

/** What reaches the journal of a result: other nodes and users may leave fields out. */
export type JournalResult = Omit<Partial<WriteResult>, 'error'> & { error?: Partial<ErrorReport> | string; correlationId?: unknown };

/** Beyond this the rest of the changes is only counted. */
const LONGEST_CHANGES = 2000;

/**
 * The rows of one call: one for each object that the rules want, and the summary at the end. None at all for no results, so that flows
 * which look every minute leave no trace of it.
 */
export function journalRows(results: readonly JournalResult[], context: JournalContext, rules: JournalRules): JournalRow[] {
	if (results.length === 0) return [];
	const failed = results.filter((result) => isFailed(asStatus(result)));
	// Failed ones first: where there is not room for all, they are what somebody looks for.
	const chosen = [...failed, ...results.filter((result) => !isFailed(asStatus(result)) && wanted(statusOf(result), rules.depth))];
	const duration = context.started === null ? null : Math.max(0, context.now - context.started);
	const share = duration === null ? null : Math.round(duration / results.length);
	return [...chosen.slice(0, rules.mostRows).map((result) => operationRow(result, context, rules, share)), summaryRow(results, failed.length > 0, context, rules, duration)];
}

/** Other nodes call their statuses as they like: theirs say nothing here. */
const statusOf = (result: JournalResult): WriteStatus => WRITE_STATUSES.find((status) => status === result.status) ?? (result.error ? 'failed' : 'unchanged');
const asStatus = (result: JournalResult): { status: WriteStatus } => ({ status: statusOf(result) });

/** Why an object failed: n8n's own errors are bare texts, and some conflicts say it in their warnings. */
function errorOf(result: JournalResult): { code: string; message: string; retryable: boolean } | undefined {
	if (!isFailed(asStatus(result))) return undefined;
	const { error = result.warnings?.[0] } = result;
	const report: Partial<ErrorReport> = typeof error === 'string' ? { message: error } : (error ?? {});
	return { code: codeOf(report.code), message: text(report.message), retryable: report.retryable === true };
}

/** Codes are labels of metrics and columns of reports, so what another node calls its code must not bring anything else in. */
const codeOf = (code: unknown): string => (/^[A-Z][A-Z0-9]*(_[A-Z0-9]+)*$/.test(text(code)) ? text(code) : 'UNEXPECTED');

const wanted = (status: WriteStatus, depth: JournalDepth): boolean => depth === 'all' || (depth === 'changes' && status !== 'unchanged');

function common({ now, flow, run, operation, source, target, object, correlationId }: JournalContext): Omit<JournalRow, 'kind' | 'status' | 'expires'> {
	return {
		time: new Date(now).toISOString(),
		flow: maskedText(flow), run: storable(run), operation: maskedText(operation), source: maskedText(source), target: maskedText(target), object: maskedText(object),
		key: '', moySkladId: '', bitrixId: '', changes: '', duration: null, calls: null, errorCode: '', retryable: false, message: '',
		correlationId: storable(correlationId || run),
		totals: '',
	};
}

function operationRow(result: JournalResult, context: JournalContext, rules: JournalRules, duration: number | null): JournalRow {
	const status = statusOf(result);
	const error = errorOf(result);
	return {
		...common(context),
		kind: 'operation',
		key: maskedText(text(result.key)),
		moySkladId: maskedText(text(result.moySkladId)),
		bitrixId: maskedText(text(result.bitrixId)),
		status,
		changes: changesText(result.changes ?? [], context.object, rules.mask),
		duration,
		errorCode: error?.code ?? '',
		retryable: error?.retryable ?? false,
		message: maskedText(error?.message ?? ''),
		correlationId: maskedText(text(result.correlationId)) || storable(context.correlationId || context.run),
		expires: expiry(context.now, isFailed({ status }), rules.retention),
	};
}

function summaryRow(results: readonly JournalResult[], failed: boolean, context: JournalContext, rules: JournalRules, duration: number | null): JournalRow {
	const totals: Totals = {
		total: results.length,
		statuses: countedBy(results.map(statusOf)),
		errors: countedBy(results.flatMap((result) => errorOf(result)?.code ?? [])),
		warnings: countedBy(results.flatMap((result) => (isFailed(asStatus(result)) ? [] : (result.warnings ?? []).map(({ code }) => codeOf(code))))),
		limits: [...context.limits],
	};
	return {
		...common(context),
		kind: 'summary',
		status: failed ? 'failed' : 'succeeded',
		duration,
		calls: context.calls,
		expires: expiry(context.now, true, rules.retention),
		totals: JSON.stringify(totals),
	};
}

function countedBy<T extends string>(values: readonly T[]): Partial<Record<T, number>> & Record<string, number> {
	const counts: Record<string, number> = {};
	for (const value of values) counts[value] = (counts[value] ?? 0) + 1;
	return counts as Partial<Record<T, number>> & Record<string, number>;
}

/** As many changes as a row takes; what is left out is counted in the last one. */
function changesText(changes: readonly FieldChange[], object: string, mask: MaskRules): string {
	if (changes.length === 0) return '';
	const shown: FieldChange[] = [];
	let length = 0;
	for (const { field, from, to } of changes) {
		const change = { field: maskedText(text(field)), from: masked(from, text(field), object, mask), to: masked(to, text(field), object, mask) };
		length += JSON.stringify(change).length;
		if (length > LONGEST_CHANGES) break;
		shown.push(change);
	}
	const left = changes.length - shown.length;
	return JSON.stringify(left > 0 ? [...shown, { field: '…', from: null, to: `${left} more` }] : shown);
}

const text = (value: unknown): string => (value === null || value === undefined ? '' : String(value));
