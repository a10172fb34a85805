import { z } from 'zod';
import { SyncError } from '../../errors';
import { subjectOfEvent } from './entities';
import type { BitrixEvent } from './event';
import type { FormTree } from './form';

/** What a call of a portal shows of where it comes from; empty texts for what it does not say. */
export interface PortalProof {
	applicationToken: string;
	memberId: string;
	domain: string;
}

/** Longer calls than any event makes. */
export const MOST_PORTAL_BYTES = 256 * 1024;

const auth = z.object({ application_token: z.string().max(1000), member_id: z.string().max(1000), domain: z.string().max(1000) }).partial();

/**
 * By what a call says that it comes from the portal, to be compared with what is known of it. Never throws: a call that shows
 * nothing proves nothing.
 */
export function readPortalProof({ auth: given }: FormTree): PortalProof {
	const { application_token: applicationToken = '', member_id: memberId = '', domain = '' } = auth.safeParse(given).data ?? {};
	return { applicationToken, memberId, domain: domain.toLowerCase() };
}

/** Bitrix's ids. What is longer would not be a number any more, and goes into filters and addresses. */
export const eventId = z.string().regex(/^[1-9]\d{0,14}$/);

const call = z.object({
	// Anybody may call, and what is called so goes into logs.
	event: z.string().regex(/^[A-Za-z][A-Za-z0-9_.]{0,99}$/),
	ts: z.string().optional().catch(undefined),
	data: z.object({
		FIELDS: z.object({
			ID: eventId,
			XML_ID: z.string().max(255).optional().catch(undefined),
			ENTITY_TYPE_ID: z.string().optional().catch(undefined),
		}),
	}),
});

/**
 * The event of a call. Throws BITRIX_CALL_MALFORMED for what is no event, BITRIX_CALL_UNKNOWN_EVENT for one of an object that is
 * not supported. Source: github bitrix24/b24restdocs, `api-reference/events/*.md` and `_includes/auth-params-in-events.md`.
 */
export function readPortalCall(tree: FormTree): BitrixEvent {
	const parsed = call.safeParse(tree);
	if (!parsed.success) throw new SyncError('BITRIX_CALL_MALFORMED', { reason: reasonOf(parsed.error) });
	const { event, ts, data } = parsed.data;
	const { ID: id, XML_ID: xmlId, ENTITY_TYPE_ID: typeId } = data.FIELDS;
	const name = event.toUpperCase();
	const subject = subjectOfEvent(name, typeId === undefined ? undefined : Number(typeId));
	if (!subject) throw new SyncError('BITRIX_CALL_UNKNOWN_EVENT', { event: typeId === undefined ? name : `${name} ${typeId.slice(0, 20)}` });
	const { memberId, domain } = readPortalProof(tree);
	return { ...subject, id, event: name, xmlId: xmlId || null, moment: momentOfSeconds(ts), memberId: memberId || null, domain: domain || null };
}

/** Names of what is wrong, never what was sent. */
export const reasonOf = (error: z.ZodError): string => [...new Set(error.issues.map(({ path }) => path.join('.')))].slice(0, 5).join(', ') || 'body';

/** Seconds since 1970 as ISO 8601, UTC; null for what is none. */
export function momentOfSeconds(seconds: string | number | undefined): string | null {
	const text = String(seconds ?? '');
	return /^\d{1,11}$/.test(text) ? new Date(Number(text) * 1000).toISOString() : null;
}
