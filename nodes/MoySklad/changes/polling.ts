import type { IDataObject, INodeExecutionData, IPollFunctions } from 'n8n-workflow';
import { changesCursor, keptMarks, SyncError, unseen, type ObjectEvent } from '../../../core';
import { latestChanges, PAGE, readChanges, type ChangesPage, type MoySkladClient } from '../../../transport';
import { systemClock } from '../../shared/clock';
import { limited } from '../../shared/limited';
import { moySkladClient } from '../../shared/moySklad';
import { overlapOf } from '../resources/reading/getChanges';
import { WATCHABLE } from './properties';

/** Events that a test run shows. */
const SHOWN = 10;

/** Pages of one look at most: with a long overlap after a large import they may hold nothing new. */
const MOST_PAGES = 20;

/** What the trigger keeps from look to look. */
interface Memory {
	/** How far it has read; missing before the first look. */
	cursor?: string;
	/** The time of the first look: nothing older is given. Milliseconds since 1970. */
	begun?: number;
	/** What `cursor` was made with. */
	sources?: string;
	marks?: string[];
	/** The user was told that deletions are hidden. */
	warned?: boolean;
}

interface Settings {
	entities: string[];
	deletions: boolean;
	/** Milliseconds. */
	overlap: number;
	limit: number;
}

/** One look: what changed since the last one; null when nothing did. The memory is only touched when all has been read. */
export async function pollChanges(context: IPollFunctions): Promise<INodeExecutionData[][] | null> {
	const settings = settingsOf(context);
	const client = await moySkladClient(context);
	if (context.getMode() === 'manual') return items(await latestChanges(client, settings.entities, SHOWN));
	const memory = context.getWorkflowStaticData('node') as Memory;
	const now = systemClock.now();
	if (memory.cursor === undefined) {
		Object.assign(memory, { cursor: changesCursor(undefined, now), begun: now, sources: sourcesOf(settings), marks: [] });
		return null;
	}
	const { events, page } = await look(client, memory, settings, now);
	remember(memory, settings, page, events, now);
	if (page.warnings.length > 0 && memory.warned !== true) context.logger.warn(page.warnings.map(({ message, advice }) => `${message}. ${advice}`).join(' '));
	memory.warned = page.warnings.length > 0;
	return items(events);
}

function settingsOf(context: IPollFunctions): Settings {
	const chosen = [context.getNodeParameter('entities')].flat().map(String);
	const entities = WATCHABLE.filter((entity) => chosen.includes(entity));
	if (entities.length === 0) throw new SyncError('MOYSKLAD_NOTHING_WATCHED');
	const options = context.getNodeParameter('options', {}) as IDataObject;
	return {
		entities,
		deletions: options.deletions !== false,
		overlap: overlapOf(options.overlap),
		limit: Math.floor(limited(options.eventsAtOnce, PAGE, 1, PAGE)),
	};
}

/** Reads pages until there are as many new events as wanted, or there is nothing more. */
async function look(client: MoySkladClient, memory: Memory, settings: Settings, now: number): Promise<{ events: ObjectEvent[]; page: ChangesPage }> {
	const { limit, ...query } = settings;
	const events: ObjectEvent[] = [];
	let page: ChangesPage = { events: [], cursor: startOf(memory, settings), more: true, warnings: [] };
	for (let read = 0; page.more && events.length < limit && read < MOST_PAGES; read += 1) {
		page = await readChanges(client, { ...query, cursor: page.cursor, now, lookBack: 0, limit: limit - events.length });
		const since = page.events.filter((event) => isSince(event, memory.begun ?? 0));
		events.push(...unseen(since, memory.marks ?? []));
	}
	return { events: events.map((event, index) => ({ ...event, index })), page };
}

const sourcesOf = ({ entities, deletions }: Settings): string => [...entities, deletions].join();

/** Of deletions the audit knows the second only. */
const isSince = ({ moment, action }: ObjectEvent, begun: number): boolean => Date.parse(moment ?? '') >= (action === 'DELETE' ? begun - (begun % 1000) : begun);

/** A place inside a window is only good for the sources that it was made with; with others that window begins anew. */
const startOf = ({ cursor = '', sources }: Memory, settings: Settings): string =>
	sources === sourcesOf(settings) ? cursor : (cursor.split('|')[0] ?? '');

function remember(memory: Memory, settings: Settings, { cursor }: ChangesPage, events: readonly ObjectEvent[], now: number): void {
	// A window that is not read to its end began before the last complete one; its marks are needed until then.
	const begin = Date.parse(cursor.split('|')[0] ?? '');
	memory.marks = keptMarks(memory.marks ?? [], events, Math.min(begin, now) - settings.overlap);
	memory.cursor = cursor;
	memory.sources = sourcesOf(settings);
}

const items = (events: readonly ObjectEvent[]): INodeExecutionData[][] | null =>
	events.length === 0 ? null : [events.map((event) => ({ json: { ...event } as unknown as IDataObject }))];
