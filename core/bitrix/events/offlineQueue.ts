import { z } from 'zod';
import { subjectOfEvent } from './entities';
import type { BitrixEvent } from './event';
import { eventId } from './portalCall';

/** An event of the offline queue, with what confirms it. */
export interface OfflineEvent extends BitrixEvent {
	/** Names the reservation; the event comes again until it is confirmed. */
	processId: string;
	/** Names the row within the reservation. */
	messageId: string;
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

/** A row of the queue: an event that is supported, or only what clears it. Undefined when it cannot even be named. */
export function readQueueRow(
	row: unknown,
	{ memberId, domain }: QueueSource,
	reserved: { processId: string; failedBefore?: boolean; again: boolean },
): { event?: OfflineEvent; processId: string; messageId: string } | undefined {
	const { data } = queueRow.safeParse(row);
	if (!data) return undefined;
	const name = data.EVENT_NAME.toUpperCase();
	const { processId, again, failedBefore = data.ERROR === '1' } = reserved;
	const key = { processId, messageId: data.MESSAGE_ID };
	const content = fields.safeParse(data.EVENT_DATA).data?.FIELDS;
	const subject = content && subjectOfEvent(name, content.ENTITY_TYPE_ID == null ? undefined : Number(content.ENTITY_TYPE_ID));
	if (!content || !subject) return key;
	const occasion = { moment: utc(data.TIMESTAMP_X), memberId, domain };
	return { ...key, event: { ...subject, id: content.ID, event: name, xmlId: content.XML_ID || null, ...occasion, ...key, failedBefore, again } };
}

/** The process that a row of event.offline.list belongs to; empty when nobody has reserved it. */
export const processOfRow = (row: unknown): string => queueRow.safeParse(row).data?.PROCESS_ID ?? '';

function utc(moment: string | null | undefined): string | null {
	const milliseconds = Date.parse(moment ?? '');
	return Number.isNaN(milliseconds) ? null : new Date(milliseconds).toISOString();
}
