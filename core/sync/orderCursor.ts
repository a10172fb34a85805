import { z } from 'zod';
import { SyncError } from '../errors';
import { exportStatisticSchema } from './crm/exportStatistic';
import { fromJson } from './json';

/** Whose orders a cursor is for. A copy of a store has another host, and must not go on where the original was. */
export interface CursorOwner {
	flow: string;
	siteKey: string;
	host: string;
}

const moment = z.string().refine((text) => !Number.isNaN(Date.parse(text)), 'not a moment');

const cursorSchema = z.object({
	version: z.literal(1),
	flow: z.string(),
	siteKey: z.string(),
	host: z.string(),
	/** Orders that were placed before are never exported (rule I6). */
	start: moment,
	/** The store's time when the current pass over the orders began, or when the last one did if `after` is null. */
	at: moment,
	/** Lower bound of the current pass; the next one begins at `at`, less the overlap. */
	since: moment,
	/** Id of the order after which the pass goes on; null = it is done. */
	after: z.number().int().nonnegative().nullable(),
	/** `dateUpdate` of orders that the next pass would read again although nothing happened to them, by id. */
	seen: z.record(z.string()),
	/** Only while a first import is under way that is to end with a statistic: what it has come by so far. */
	statistic: exportStatisticSchema.optional(),
});

/** How far the export has come. All moments ISO 8601 in UTC by the store's clock. */
export type OrderCursor = z.output<typeof cursorSchema>;

/** One way through the orders that changed since a moment, in the order of their ids, in pages. */
export type Pass = Omit<OrderCursor, 'after' | 'version'> & { after: number };

/** How far the run before has come; undefined for none. A cursor may have been kept as text. Throws ORDER_CURSOR_INVALID, ORDER_CURSOR_FOREIGN. */
export function readOrderCursor(value: unknown, owner: CursorOwner): OrderCursor | undefined {
	if (value === undefined || value === null || value === '') return undefined;
	const parsed = cursorSchema.safeParse(typeof value === 'string' ? fromJson(value) : value);
	if (!parsed.success) {
		const [issue] = parsed.error.issues;
		throw new SyncError('ORDER_CURSOR_INVALID', { reason: `${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}` });
	}
	const cursor = parsed.data;
	const wrong = (['siteKey', 'host', 'flow'] as const).find((name) => cursor[name] !== owner[name]);
	if (wrong) throw new SyncError('ORDER_CURSOR_FOREIGN', { what: WORDS[wrong], stored: cursor[wrong], present: owner[wrong] });
	return cursor;
}

const WORDS = { siteKey: 'site key', host: 'host', flow: 'flow' };

/** How a pass begins; moments in ISO 8601. */
export interface PassSettings {
	/** The store's time now. */
	now: string;
	/** For the first run; the store's time now when left out. */
	start?: string;
	/** How far a pass reaches back behind the beginning of the one before. */
	overlapMinutes: number;
}

/** Goes on with the pass of the cursor, or begins a new one. */
export function passOf(
	cursor: OrderCursor | undefined,
	owner: CursorOwner,
	{ now, start = now, overlapMinutes }: PassSettings,
): Pass {
	if (cursor === undefined) return { ...owner, start, at: now, since: start, after: 0, seen: {} };
	if (cursor.after !== null) return { ...cursor, after: cursor.after };
	const since = Date.parse(cursor.at) - overlapMinutes * 60_000;
	return { ...cursor, at: now, since: new Date(Math.max(since, Date.parse(cursor.start))).toISOString(), after: 0 };
}

/** An order of a page and its `dateUpdate` when the page was listed, ISO 8601. */
export interface Exported {
	id: string;
	updatedAt: string;
}

/** More than so many are not remembered: an order that comes twice is found unchanged. */
const MOST_SEEN = 2000;

/**
 * The cursor behind a page. What was changed in the very second of the query, or after it, is not remembered:
 * it may change again under the same `dateUpdate`.
 * @param after id of the last order that was looked at; null = there are no more
 */
export function advance(pass: Pass, exported: readonly Exported[], after: number | null, overlapMinutes: number): OrderCursor {
	const nextSince = Date.parse(pass.at) - overlapMinutes * 60_000;
	const comesAgain = ({ updatedAt }: Exported): boolean =>
		Date.parse(updatedAt) >= nextSince && toSecond(updatedAt) < toSecond(pass.at);
	const seen = { ...pass.seen, ...Object.fromEntries(exported.filter(comesAgain).map(({ id, updatedAt }) => [id, updatedAt])) };
	return { version: 1, ...pass, after, seen: newest(seen, after === null ? nextSince : -Infinity) };
}

const toSecond = (moment: string): number => Math.floor(Date.parse(moment) / 1000);

function newest(seen: Record<string, string>, since: number): Record<string, string> {
	const kept = Object.entries(seen).filter(([, updatedAt]) => Date.parse(updatedAt) >= since);
	if (kept.length > MOST_SEEN) kept.sort(([, one], [, other]) => Date.parse(other) - Date.parse(one));
	return Object.fromEntries(kept.slice(0, MOST_SEEN));
}

/** Whether an order was exported as it is, and the pass only meets it again because of the overlap. */
export const isSeen = ({ seen }: Pick<Pass, 'seen'>, { id, updatedAt }: Exported): boolean => seen[id] === updatedAt;

/**
 * Orders that were placed before that moment (ISO 8601, UTC) have certainly been exported. In the middle of a pass that is where
 * the pass began. Undefined when the value is no cursor.
 */
export function exportedUntil(value: unknown): string | undefined {
	const parsed = cursorSchema.safeParse(typeof value === 'string' ? fromJson(value) : value);
	if (!parsed.success) return undefined;
	return parsed.data.after === null ? parsed.data.at : parsed.data.since;
}
