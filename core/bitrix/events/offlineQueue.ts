import { z } from 'zod';
import { SyncError } from '../../errors';
import { groupBy } from '../../model/grouping';
import { subjectOfEvent } from './entities';
import type { BitrixEvent } from './event';
import { eventId } from './portalCall';
import { latestOf } from './subscription';

/** Names a row of the queue that somebody has reserved: it comes again until it is confirmed. */
export interface Reservation {
	processId: string;
	/** Names the row within what the process reserved. */
	messageId: string;
}

/** An event of the offline queue, with what confirms it: several rows where Bitrix reports one change under several names. */
export interface OfflineEvent extends BitrixEvent {
	reservations: Reservation[];
	/** It was marked as failed before. */
	failedBefore: boolean;
	/** An earlier run reserved it and did not confirm it. */
	again: boolean;
}

/** Where events were read from. */
export interface QueueSource {
	memberId: string | null;
	domain: string | null;
}

const text = z.union([z.string(), z.number()]).transform(String);

const queueRow = z.object({
	EVENT_NAME: z.string(),
	EVENT_DATA: z.unknown(),
	MESSAGE_ID: text.pipe(z.string().min(1)),
	TIMESTAMP_X: z.string().nullish().catch(null),
	PROCESS_ID: text.nullish().catch(null),
	ERROR: text.nullish().catch(null),
});
const fields = z.object({
	FIELDS: z.object({
		ID: text.pipe(eventId),
		XML_ID: text.nullish().catch(null),
		ENTITY_TYPE_ID: text.nullish().catch(null),
	}),
});

/**
 * A row of the queue, reserved by a process; without an event when it is none that is supported. Undefined when it cannot even
 * be named. Source: github bitrix24/b24restdocs, `api-reference/events/offline-events.md`.
 */
export function readQueueRow(
	row: unknown,
	{ memberId, domain }: QueueSource,
	reserved: { processId: string; failedBefore?: boolean; again: boolean },
): { name: string; reservation: Reservation; event?: OfflineEvent } | undefined {
	const { data } = queueRow.safeParse(row);
	if (!data) return undefined;
	const name = data.EVENT_NAME.toUpperCase();
	const { processId, again, failedBefore = data.ERROR === '1' } = reserved;
	const reservation = { processId, messageId: data.MESSAGE_ID };
	const content = fields.safeParse(data.EVENT_DATA).data?.FIELDS;
	const subject = content && subjectOfEvent(name, content.ENTITY_TYPE_ID == null ? undefined : Number(content.ENTITY_TYPE_ID));
	if (!content || !subject) return { name, reservation };
	const occasion = { event: name, xmlId: content.XML_ID || null, moment: utc(data.TIMESTAMP_X), memberId, domain };
	return { name, reservation, event: { ...subject, id: content.ID, ...occasion, reservations: [reservation], failedBefore, again } };
}

/** Events of one object and action are one, which confirms all of their rows. */
export function foldOfflineEvents(events: readonly OfflineEvent[]): OfflineEvent[] {
	const groups = groupBy(events, ({ entity, id, action }) => `${entity} ${id} ${action}`);
	return [...groups.values()].flatMap((same) =>
		latestOf(same).map((latest) => ({
			...latest,
			reservations: same.flatMap(({ reservations }) => reservations),
			failedBefore: same.some(({ failedBefore }) => failedBefore),
			again: same.some(({ again }) => again),
		})),
	);
}

const reservations = z.array(z.object({ processId: text.pipe(z.string().min(1)), messageId: text.pipe(z.string().min(1)) })).min(1);

/** What an item says it confirms. Throws BITRIX_RESERVATION_MISSING. */
export function readReservations(value: unknown): Reservation[] {
	const { data } = reservations.safeParse(value);
	if (!data) throw new SyncError('BITRIX_RESERVATION_MISSING');
	return data;
}

/** What is to be said of the rows of one process. */
export interface Confirmation {
	processId: string;
	failed: boolean;
	messageIds: string[];
}

/** Rows by process and outcome, each once; a row that failed for one of its items is not cleared for another. */
export function confirmations(items: ReadonlyArray<{ reservations: readonly Reservation[]; failed: boolean }>): Confirmation[] {
	const rows = items.flatMap(({ reservations: own, failed }) => own.map((row) => ({ ...row, failed })));
	const outcomes = new Map<string, (typeof rows)[number]>();
	for (const row of rows) {
		const key = JSON.stringify([row.processId, row.messageId]);
		if (row.failed || !outcomes.has(key)) outcomes.set(key, row);
	}
	const groups = groupBy(outcomes.values(), ({ processId, failed }) => JSON.stringify([processId, failed]));
	return [...groups.values()].flatMap((group) => {
		const [first] = group;
		return first ? [{ processId: first.processId, failed: first.failed, messageIds: group.map(({ messageId }) => messageId) }] : [];
	});
}

/** The process that a row of event.offline.list belongs to; empty when nobody has reserved it. */
export const processOfRow = (row: unknown): string => queueRow.safeParse(row).data?.PROCESS_ID ?? '';

function utc(moment: string | null | undefined): string | null {
	const milliseconds = Date.parse(moment ?? '');
	return Number.isNaN(milliseconds) ? null : new Date(milliseconds).toISOString();
}
