import {
	changedConditions, changedEvent, changesCursor, changesWindow, deletedConditions, deletedEvents, DELETIONS, filterText, SyncError, updatedAt, warning,
	type ChangedAt, type ChangesWindow, type ObjectEvent, type Warning,
} from '../../core';
import { inParallel } from '../parallel';
import type { MoySkladClient } from './client';
import { readAll, readPage, type Entity } from './lists';

/** Which changes are read, and how far at once. */
export interface ChangesQuery {
	/** MoySklad's keywords; their changes are read one entity after the other. */
	entities: readonly string[];
	/** As the page before gave it; empty at first. */
	cursor: string;
	/** The time of the query, in milliseconds since 1970. */
	now: number;
	/** How far to look back without a cursor, in milliseconds. */
	lookBack: number;
	/** How far to begin before the cursor, in milliseconds. */
	overlap: number;
	/** Most changed objects in a page; deletions come in whole records of the audit. */
	limit: number;
	/** Whether deleted objects are looked up as well. */
	deletions: boolean;
}

/** One page of what changed. Nothing is lost when objects change between pages: they come in a later page or window. */
export interface ChangesPage {
	events: ObjectEvent[];
	/** To be stored after the events are. */
	cursor: string;
	/** Whether there is more up to the time of the query. */
	more: boolean;
	warnings: Warning[];
}

/** Records of the audit in one call; each costs a call for its events. */
const RECORDS = 25;
const LANES = 5;

/**
 * Reads one page of changes. Throws MOYSKLAD_CURSOR_INVALID and what calls throw. Source: github moysklad/api-remap-1.2-doc,
 * `md/audit/_audit.md`.
 */
export async function readChanges(client: MoySkladClient, { cursor, limit, entities, deletions, ...settings }: ChangesQuery): Promise<ChangesPage> {
	const sources = deletions ? [...entities, DELETIONS] : entities;
	const found: Array<Omit<ObjectEvent, 'index'>> = [];
	const warnings: Warning[] = [];
	const window = changesWindow(cursor, { ...settings, sources });
	let rest: ChangesWindow | undefined = window;
	while (rest && found.length < limit) {
		const part: Part = rest.source === DELETIONS ? await readDeleted(client, rest, entities) : await readChanged(client, rest, limit - found.length);
		found.push(...part.events);
		if (part.warning) warnings.push(part.warning);
		rest = part.rest ?? nextSource(rest, sources);
	}
	const events = found.map((event, index) => ({ ...event, index }));
	return { events, cursor: changesCursor(rest, window.until), more: rest !== undefined, warnings };
}

interface Part {
	events: Array<Omit<ObjectEvent, 'index'>>;
	/** Where this source goes on; undefined at its end. */
	rest?: ChangesWindow;
	warning?: Warning;
}

function nextSource({ since, until, source }: ChangesWindow, sources: readonly string[]): ChangesWindow | undefined {
	const next = sources[sources.indexOf(source) + 1];
	return next === undefined ? undefined : { since, until, source: next, offset: 0 };
}

async function readChanged(client: MoySkladClient, window: ChangesWindow, limit: number): Promise<Part> {
	const { rows, last } = await rowsAfter(client, window, limit);
	const newest = rows.at(-1);
	const rest = last || !newest ? undefined : { ...window, after: { updated: updatedAt(newest), id: String(newest.id) } };
	return { events: rows.map((row) => changedEvent(row, window.source)), rest };
}

/**
 * The rows that follow the last one handed out, in the order of their change. The list begins at the moment of that row, and
 * what stands before the row in it was handed out as well. When the row is not there any more it has changed again:
 * then all rows of its moment are handed out once more.
 */
async function rowsAfter(client: MoySkladClient, window: ChangesWindow, limit: number): Promise<{ rows: Entity[]; last: boolean }> {
	const { source, after } = window;
	const query = { filter: filterText(changedConditions(source, window)), order: 'updated,asc;id,asc', limit: Math.max(2, limit) };
	const begin = await readPage(client, `entity/${source}`, query);
	let page = begin;
	for (;;) {
		const end = page.offset + page.rows.length;
		const last = end >= page.size || page.rows.length === 0;
		const place = after ? page.rows.findIndex((row) => isThat(row, after)) : -1;
		if (!after || (place >= 0 && (place < page.rows.length - 1 || last))) return { rows: page.rows.slice(place + 1), last };
		if (place < 0 && (last || updatedAt(page.rows.at(-1) ?? {}) > after.updated)) return { rows: begin.rows, last: begin.rows.length >= begin.size };
		// From the last row on: should it have moved up meanwhile, it is not found, and nothing behind it is passed over.
		page = await readPage(client, `entity/${source}`, { ...query, offset: end - 1 });
	}
}

const isThat = (row: Entity, { id, updated }: ChangedAt): boolean => row.id === id && updatedAt(row) === updated;

/** Deletions are known to the audit only, which only administrators may read. */
async function readDeleted(client: MoySkladClient, window: ChangesWindow, entities: readonly string[]): Promise<Part> {
	try {
		const { rows, size } = await readPage(client, 'audit', { filter: filterText(deletedConditions(window)), limit: RECORDS, offset: window.offset });
		const concerned = rows.filter(({ entityType }) => entityType === undefined || entities.includes(String(entityType)));
		const events = await inParallel(concerned, LANES, async ({ id }) => await readAll(client, `audit/${String(id)}/events`, { limit: 100 }));
		const offset = window.offset + rows.length;
		return { events: deletedEvents(events.flat(), entities), rest: rows.length > 0 && offset < size ? { ...window, offset } : undefined };
	} catch (error) {
		return { events: [], warning: hiddenDeletions(error) };
	}
}

/** Throws what is not a lack of rights. */
function hiddenDeletions(error: unknown): Warning {
	if (!(error instanceof SyncError) || error.code !== 'MOYSKLAD_NO_RIGHT') throw error;
	return warning('MOYSKLAD_DELETIONS_HIDDEN');
}

/**
 * The objects of some entities that were changed last, newest first, as events: to show what such events look like. Throws
 * ANSWER_UNEXPECTED for rows without `updated`, and what `MoySkladClient` throws.
 */
export async function latestChanges(client: MoySkladClient, entities: readonly string[], limit: number): Promise<ObjectEvent[]> {
	const lists = await inParallel(entities, LANES, async (entity) => {
		const { rows } = await readPage(client, `entity/${entity}`, { order: 'updated,desc', limit });
		return rows.map((row) => ({ row, entity }));
	});
	const newest = lists.flat().sort((one, other) => updatedAt(other.row) - updatedAt(one.row));
	return newest.slice(0, limit).map(({ row, entity }, index) => ({ ...changedEvent(row, entity), index }));
}
