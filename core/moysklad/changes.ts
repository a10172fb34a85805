import { SyncError } from '../errors';
import type { ObjectEvent } from './events';
import { withArchived, type Condition, withDeleted } from './filter';
import { isArchivable, isDocument } from './fields';
import { fromMoscow, toMoscow } from './moment';
import { idOf, type Meta } from './reference';

/** The source that comes after the entities: what was deleted, from the audit. */
export const DELETIONS = 'deleted';

/** A span of time whose changes are read page by page, and how far that has come. Moments in milliseconds since 1970. */
export interface ChangesWindow {
	since: number;
	until: number;
	/** The entity that is being read, or `DELETIONS`. */
	source: string;
	/** The last object that was handed out. */
	after?: ChangedAt;
	/** Records of the audit that were handed out. */
	offset: number;
}

/** Where a page of changes ended: several objects can have changed in one millisecond, so the id is part of it. */
export interface ChangedAt {
	/** Milliseconds since 1970. */
	updated: number;
	id: string;
}

/** How a window of changes is cut. */
export interface WindowSettings {
	/** What is read, in this order. */
	sources: readonly string[];
	/** The time of the query, in milliseconds since 1970. */
	now: number;
	/** How far to look back without a cursor, in milliseconds. */
	lookBack: number;
	/** How far to begin before the cursor: changes become visible up to five minutes after their time. In milliseconds. */
	overlap: number;
}

/**
 * The window that a cursor stands for. Between windows a cursor is the time at which the last one was asked for; inside
 * one it says how far that is. Throws MOYSKLAD_CURSOR_INVALID.
 */
export function changesWindow(cursor: string, { sources, now, lookBack, overlap }: WindowSettings): ChangesWindow {
	const begun = cursor.trim();
	const [first = '', until, source = sources[0] ?? DELETIONS, ...position] = begun.split('|');
	const begin = { source, offset: 0 };
	if (begun === '') return { ...begin, since: now - lookBack, until: now };
	const invalid = (): SyncError => new SyncError('MOYSKLAD_CURSOR_INVALID', { cursor });
	const moments = [first, until ?? first].map((text) => momentOf(text));
	const [since = NaN, end = NaN] = moments;
	if (moments.some(Number.isNaN) || !sources.includes(source)) throw invalid();
	if (until === undefined) return { ...begin, since: Math.min(since, now) - overlap, until: now };
	const window: ChangesWindow = { since, until: end, source, offset: 0 };
	const [at, id] = position;
	if (at === undefined) return window;
	const number = source === DELETIONS ? Number(at) : momentOf(at);
	if (source === DELETIONS ? !(Number.isInteger(number) && number >= 0) : Number.isNaN(number)) throw invalid();
	return source === DELETIONS ? { ...window, offset: number } : { ...window, after: { updated: number, id: id ?? '' } };
}

function momentOf(text: string): number {
	try {
		return /^\d{4}-\d{2}-\d{2} /.test(text) ? fromMoscow(text) : Date.parse(text);
	} catch {
		return NaN;
	}
}

/**
 * The cursor that goes on where the window stands; of a window that was read to its end, the time at which it was asked for
 * (`until`, milliseconds since 1970).
 */
export function changesCursor(window: ChangesWindow | undefined, until: number): string {
	if (!window) return iso(until);
	const { since, source, after, offset } = window;
	const position = source === DELETIONS ? [String(offset)] : after ? [iso(after.updated), after.id] : [];
	return [iso(since), iso(until), source, ...position].join('|');
}

const iso = (milliseconds: number): string => new Date(milliseconds).toISOString();

/** What to ask an entity's list for, so that nothing hidden is left out: archived and thrown away objects changed as well. */
export function changedConditions(entity: string, { since, until, after }: ChangesWindow): Condition[] {
	return [
		{ field: 'updated', operator: '>=', value: toMoscow(after?.updated ?? since) },
		{ field: 'updated', operator: '<=', value: toMoscow(until) },
		...hiddenToo(entity),
	];
}

/** Conditions under which a list hides nothing. Source: github moysklad/api-remap-1.2-doc, `md/_general.md`. */
export function hiddenToo(entity: string): Condition[] {
	if (isDocument(entity)) return withDeleted;
	return isArchivable(entity) ? withArchived : [];
}

/** Conditions under which the audit gives what was deleted in the window. */
export const deletedConditions = ({ since, until }: ChangesWindow): Condition[] => [
	...['delete', 'puttorecyclebin'].map((value) => ({ field: 'eventType', operator: '=' as const, value })),
	{ field: 'moment', operator: '>=', value: toMoscow(since) },
	{ field: 'moment', operator: '<=', value: toMoscow(until) },
];

type Row = Record<string, unknown>;

/** When a row was changed last, in milliseconds since 1970. Throws ANSWER_UNEXPECTED. */
export const updatedAt = ({ updated }: Row): number => answeredMoment(updated, 'updated');

function answeredMoment(value: unknown, field: string): number {
	try {
		return fromMoscow(String(value));
	} catch {
		throw lacking(field);
	}
}

const lacking = (field: string): SyncError => new SyncError('ANSWER_UNEXPECTED', { call: 'the list of changes', reason: `a row without ${field}` });

/** A changed object as an event; one in the recycle bin counts as deleted. Throws ANSWER_UNEXPECTED for a row without `updated`. */
export function changedEvent(row: Row, entity: string): Omit<ObjectEvent, 'index'> {
	const action = row.deleted === undefined ? 'UPDATE' : 'DELETE';
	return { ...unattributed, entity, id: String(row.id), action, moment: iso(updatedAt(row)), accountId: textOrNull(row.accountId) };
}

/**
 * The events of a record of the audit that concern one of the entities. Throws ANSWER_UNEXPECTED for a record without a moment.
 * Source: github moysklad/api-remap-1.2-doc, `md/audit/_audit.md`.
 */
export function deletedEvents(rows: readonly Row[], entities: readonly string[]): Array<Omit<ObjectEvent, 'index'>> {
	return rows.flatMap((row) => {
		const entity = String(row.entityType);
		const id = idOf(row.entity as { meta: Meta } | undefined);
		if (id === undefined || !entities.includes(entity)) return [];
		return [{ ...unattributed, entity, id, action: 'DELETE' as const, moment: iso(answeredMoment(row.moment, 'moment')), author: textOrNull(row.uid) }];
	});
}

const unattributed = { updatedFields: [], author: null, requestId: null, accountId: null };

const textOrNull = (value: unknown): string | null => (typeof value === 'string' ? value : null);
