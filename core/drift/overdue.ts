import type { ErrorCode } from '../errors';
import { toBundleParts } from '../moysklad/bundles';
import { anyMoment } from '../moysklad/moment';
import type { Drift } from './drift';
import type { DriftKind } from './kinds';

/** A difference with the time for which it has been one. */
export interface TimedDrift extends Drift {
	/** When MoySklad's side changed last, ISO 8601; null where nobody can tell. */
	changedAt: string | null;
	/** The code of a change that came long ago and still is not on the other side; null for fresh ones and where nobody can tell. */
	overdue: ErrorCode | null;
}

const OVERDUE: ErrorCode = 'DRIFT_OVERDUE';
const MINUTE = 60_000;

/** What no operation writes has the code of why, with which the flows fail: they are not silent of it. */
const isSilent = ({ code }: Drift): boolean => code === null;

/**
 * A flow that reports success and does nothing leaves no failure behind: only this shows it.
 * @param changedAt milliseconds since 1970
 * @param now milliseconds since 1970
 * @param minutes 0: nothing is overdue
 */
export const timedDrift = <T extends Drift>(drift: T, changedAt: number | null, now: number, minutes: number): T & TimedDrift => ({
	...drift,
	changedAt: changedAt === null ? null : new Date(changedAt).toISOString(),
	overdue: isSilent(drift) && minutes > 0 && changedAt !== null && now - changedAt > minutes * MINUTE ? OVERDUE : null,
});

/**
 * The same of amounts, of which MoySklad tells no moments, only what changed within some time.
 * @param fresh ids of what changed within the time allowed; undefined where that could not be learnt
 */
export const timedAmount = <T extends Drift>(drift: T, fresh: ReadonlySet<string> | undefined): T & TimedDrift => ({
	...drift,
	changedAt: null,
	overdue: isSilent(drift) && fresh && drift.moySkladId !== null && !fresh.has(drift.moySkladId) ? OVERDUE : null,
});

/**
 * Whether a bundle may have come to another amount within some time: when it, its list or a component changed, and when nobody can tell.
 * @param bundle as MoySklad shows it, with its components
 * @param fresh ids of the components that changed within that time
 * @param since milliseconds since 1970
 */
export function bundleIsFresh(bundle: Parameters<typeof toBundleParts>[0], fresh: ReadonlySet<string>, since: number): boolean {
	const changed = momentOf(bundle.updated);
	const { components } = toBundleParts(bundle);
	return changed === null || changed >= since || components.length === 0 || components.some(({ id }) => fresh.has(id.toLowerCase()));
}

/** Kinds that follow from documents of their own, and in which lists of the order these are. Whether they change the order's own `updated`, MoySklad's documents do not say. */
const LINKED: Partial<Record<DriftKind, string>> = { orderPaid: 'payments', orderShipped: 'demands' };

/** Kinds that follow from nothing but the order itself. */
const OF_ORDER: readonly DriftKind[] = ['orderStatus', 'orderCanceled', 'orderSum', 'orderLines'];

/**
 * When what MoySklad tells with a row changed last: the row itself or anything that came opened with it. A variant takes most from
 * its product: without that nobody can tell, nor can anybody where the documents of payments or shipments did not come along.
 * @returns milliseconds since 1970
 */
export function changedAt(row: unknown, { kind, entity }: Pick<Drift, 'kind' | 'entity'>): number | null {
	const own = momentOf(updatedOf(row));
	if (own === null || OF_ORDER.includes(kind)) return own;
	const linked = LINKED[kind];
	if (linked !== undefined) return latest([own, ...momentsOf((row as Record<string, unknown>)[linked])]);
	if (entity === 'variant' && momentOf(updatedOf((row as { product?: unknown }).product)) === null) return null;
	return newest(row);
}

/** Of each document; null alone where there is no list of them. */
const momentsOf = (documents: unknown): Array<number | null> => (Array.isArray(documents) && documents.length > 0 ? documents.map((one) => momentOf(updatedOf(one))) : [null]);

/** Null when one of them is unknown. */
const latest = (moments: ReadonlyArray<number | null>): number | null => moments.reduce((last, moment) => (last === null || moment === null ? null : Math.max(last, moment)), 0);

const updatedOf = (value: unknown): unknown => (value as { updated?: unknown } | null | undefined)?.updated;

function momentOf(value: unknown): number | null {
	const moment = typeof value === 'string' ? anyMoment(value) : null;
	return moment === null ? null : Date.parse(moment);
}

function newest(value: unknown): number | null {
	if (typeof value !== 'object' || value === null) return null;
	const moments = Object.entries(value).map(([name, inner]) => (name === 'updated' ? momentOf(inner) : newest(inner)));
	const known = moments.filter((moment) => moment !== null);
	return known.length > 0 ? latest(known) : null;
}
