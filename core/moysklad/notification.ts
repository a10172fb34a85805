import { z } from 'zod';
import { SyncError } from '../errors';
import { EVENT_ACTIONS, type ObjectEvent, type StockEvent } from './events';
import { fromMoscow } from './moment';
import { idOf, pathOf } from './reference';

/** One call of MoySklad, understood. */
export interface Notification {
	objects: ObjectEvent[];
	/** Null for a notification of objects. */
	stock: StockEvent | null;
	/** Accounts that the call names. */
	accountIds: string[];
	/** Events that have not the documented form. */
	unreadable: number;
}

/** Our own cap, below that of n8n: MoySklad's arrays have at most a thousand elements. */
export const MOST_EVENTS = 10_000;
/** Of the body of one call; more is not read. */
export const MOST_BYTES = 8 * 1024 * 1024;

const objectCall = z.object({
	auditContext: z.object({ moment: z.string(), uid: z.string() }).partial().nullish().catch(null),
	events: z.array(z.unknown()),
});
const objectEvent = z.object({
	// A keyword of MoySklad; anybody may call, and what is called so goes into logs.
	meta: z.object({ type: z.string().regex(/^[A-Za-z][A-Za-z0-9]{0,63}$/), href: z.string() }),
	action: z.enum(EVENT_ACTIONS),
	updatedFields: z.array(z.string()).nullish().catch(null),
	accountId: z.string().nullish(),
});
const stockCall = z.object({
	accountId: z.string().nullish(),
	stockType: z.string(),
	reportType: z.enum(['all', 'bystore']),
	reportUrl: z.string(),
});

/**
 * The events of a notification's body. An event that cannot be read does not take the others along: MoySklad repeats a refused
 * notification three times and then drops it for good, with everything in it. Throws WEBHOOK_CALL_MALFORMED when nothing of it
 * can be read, WEBHOOK_CALL_TOO_LARGE above `MOST_EVENTS`. Source: github moysklad/api-remap-1.2-doc,
 * `md/dictionaries/_webhook.md`, `md/dictionaries/_webhookstock.md`.
 */
export function readNotification(body: unknown, requestId: string | null): Notification {
	const stock = stockCall.safeParse(body);
	if (stock.success) return stockNotification(stock.data, requestId);
	const objects = objectCall.safeParse(body);
	if (!objects.success) throw malformed('neither events nor a stock report');
	return objectNotification(objects.data, requestId);
}

function objectNotification(
	{ auditContext, events }: z.infer<typeof objectCall>,
	requestId: string | null,
): Notification {
	if (events.length > MOST_EVENTS) throw new SyncError('WEBHOOK_CALL_TOO_LARGE', { size: `${events.length} events` });
	const occasion = { moment: utc(auditContext?.moment), author: auditContext?.uid ?? null, requestId };
	const read = events.map((event, index) => toEvent(event, { ...occasion, index }));
	const readable = read.filter((event) => event !== undefined);
	if (readable.length === 0 && events.length > 0) throw malformed('no event with an object and an action');
	return {
		objects: readable,
		stock: null,
		accountIds: accounts(readable),
		unreadable: events.length - readable.length,
	};
}

function toEvent(
	value: unknown,
	occasion: Pick<ObjectEvent, 'moment' | 'author' | 'requestId' | 'index'>,
): ObjectEvent | undefined {
	const { data } = objectEvent.safeParse(value);
	const id = idOf(data?.meta);
	if (!data || id === undefined) return undefined;
	const { meta, action, updatedFields, accountId } = data;
	return {
		entity: meta.type,
		id,
		action,
		updatedFields: updatedFields ?? [],
		...occasion,
		accountId: accountId ?? null,
	};
}

function stockNotification(
	{ accountId = null, stockType, reportType, reportUrl }: z.infer<typeof stockCall>,
	requestId: string | null,
): Notification {
	const reportPath = pathOf(reportUrl).replaceAll(' ', '%20');
	// The path is called with the account's authorization later, so it must be what it claims to be.
	if (!/^\/report\/stock\/[a-z]+\/current(\?|$)/.test(reportPath)) throw malformed('no report of current stock');
	const occasion = { moment: null, author: null, requestId, index: 0 } as const;
	const stock: StockEvent = {
		entity: 'stock',
		action: 'UPDATE',
		reportType,
		stockType,
		reportPath,
		...occasion,
		accountId,
	};
	return { objects: [], stock, accountIds: accounts([stock]), unreadable: 0 };
}

const accounts = (events: ReadonlyArray<{ accountId: string | null }>): string[] => [
	...new Set(events.flatMap(({ accountId }) => accountId ?? [])),
];

const malformed = (reason: string): SyncError => new SyncError('WEBHOOK_CALL_MALFORMED', { reason });

/** ISO 8601; null for what is no moment. */
function utc(moment: string | undefined): string | null {
	if (moment === undefined) return null;
	try {
		return new Date(fromMoscow(moment)).toISOString();
	} catch {
		return null;
	}
}
