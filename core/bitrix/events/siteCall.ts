import { z } from 'zod';
import { SyncError } from '../../errors';
import { eventEntity } from './entities';
import type { BitrixEvent } from './event';
import { eventId, momentOfSeconds, reasonOf } from './portalCall';

/** Our own handler sends at most 500 events a call. */
export const MOST_SITE_BYTES = 512 * 1024;
const MOST_SITE_EVENTS = 2_000;

/** How far the clocks of site and n8n may differ, in seconds. */
export const CLOCK_TOLERANCE_SECONDS = 300;

/** The headers by which the handler of a site signs; in lower case. */
export const SITE_TIMESTAMP_HEADER = 'x-handler-timestamp';
/** `sha256=` and 64 hex characters. */
export const SITE_SIGNATURE_HEADER = 'x-handler-signature';

/** What is signed by HMAC-SHA256: the moment, so that the call cannot be used later, and the body as it was sent. */
export const signedBytes = (timestamp: string, body: Uint8Array): Uint8Array[] => [new TextEncoder().encode(`${timestamp}.`), body];

/**
 * Whether a call was signed lately. `now` in milliseconds since 1970.
 * Throws BITRIX_CALL_SIGNATURE_MISSING for what is no moment, BITRIX_CALL_TIME_OFF for one too far away.
 */
export function checkTimestamp(timestamp: string | undefined, now: number): void {
	if (timestamp === undefined || !/^\d{10}$/.test(timestamp)) throw new SyncError('BITRIX_CALL_SIGNATURE_MISSING');
	const seconds = Math.round(Math.abs(now / 1000 - Number(timestamp)));
	if (seconds > CLOCK_TOLERANCE_SECONDS) throw new SyncError('BITRIX_CALL_TIME_OFF', { seconds });
}

/** The signature, 64 hex characters. Throws BITRIX_CALL_SIGNATURE_MISSING. */
export function readSignature(header: string | undefined): string {
	const [, signature] = /^sha256=([0-9a-f]{64})$/i.exec(header ?? '') ?? [];
	if (signature === undefined) throw new SyncError('BITRIX_CALL_SIGNATURE_MISSING');
	return signature.toLowerCase();
}

const call = z.object({
	site: z.string().max(255).nullish().catch(null),
	events: z.array(z.unknown()),
});
const event = z.object({
	entity: z.string().refine((keyword) => eventEntity(keyword)?.onSite === true),
	id: z.union([eventId, z.number().int().positive().transform(String)]),
	action: z.enum(['SAVE', 'DELETE']),
	at: z.number().int().nonnegative().optional().catch(undefined),
});

/**
 * The events that the handler of a site sent. One that cannot be read does not take the others along.
 * Throws BITRIX_CALL_MALFORMED when none can be read, BITRIX_CALL_TOO_LARGE for too many.
 */
export function readSiteCall(body: unknown): { events: BitrixEvent[]; unreadable: number } {
	const parsed = call.safeParse(body);
	if (!parsed.success) throw new SyncError('BITRIX_CALL_MALFORMED', { reason: reasonOf(parsed.error) });
	const { events: given, site } = parsed.data;
	if (given.length > MOST_SITE_EVENTS) throw new SyncError('BITRIX_CALL_TOO_LARGE', { size: `${given.length} events` });
	const events = given.flatMap((row) => event.safeParse(row).data ?? []);
	if (events.length === 0 && given.length > 0) throw new SyncError('BITRIX_CALL_MALFORMED', { reason: 'no event with an object and an action' });
	return {
		events: events.map(({ entity, id, action, at }) => ({
			entity,
			id,
			action,
			event: null,
			xmlId: null,
			moment: momentOfSeconds(at),
			memberId: null,
			domain: site?.toLowerCase() || null,
		})),
		unreadable: given.length - events.length,
	};
}
