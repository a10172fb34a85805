import { z } from 'zod';
import { SyncError } from '../../errors';

/** An online handler that an application has bound. */
export interface BoundHandler {
	/** In upper case. */
	event: string;
	handler: string;
}

/** An offline event that an application has bound. */
export interface BoundOffline {
	event: string;
	connector: string;
}

const row = z.object({
	event: z.string(),
	handler: z.string().nullish(),
	connector_id: z.string().nullish(),
	offline: z.union([z.number(), z.string()]).nullish(),
});

/** What `event.get` answered. Throws ANSWER_UNEXPECTED. */
export function readBoundEvents(answer: unknown): { handlers: BoundHandler[]; offline: BoundOffline[] } {
	const parsed = z.array(row).safeParse(answer);
	if (!parsed.success) throw new SyncError('ANSWER_UNEXPECTED', { call: 'event.get', reason: 'no list of handlers' });
	const isOffline = ({ offline }: z.infer<typeof row>): boolean => Number(offline ?? 0) === 1;
	return {
		handlers: parsed.data.flatMap((one) => (isOffline(one) || !one.handler ? [] : [{ event: one.event.toUpperCase(), handler: one.handler }])),
		offline: parsed.data.filter(isOffline).map(({ event, connector_id: connector }) => ({ event: event.toUpperCase(), connector: connector ?? '' })),
	};
}

/** What `events` answered: names that the portal offers. Throws ANSWER_UNEXPECTED. */
export function readOfferedEvents(answer: unknown): string[] {
	const parsed = z.array(z.string()).safeParse(answer);
	if (!parsed.success) throw new SyncError('ANSWER_UNEXPECTED', { call: 'events', reason: 'no list of names' });
	return parsed.data;
}

/** What is to be bound, and which of our own handlers nobody wants any more. What is not `isOwn` is never looked at. */
export function planHandlers(
	events: readonly string[],
	address: string,
	present: readonly BoundHandler[],
	isOwn: (handler: string) => boolean,
): { bind: BoundHandler[]; unbind: BoundHandler[] } {
	const own = present.filter(({ handler }) => isOwn(handler));
	const isThere = (event: string): boolean => own.some((one) => one.event === event && one.handler === address);
	const isWanted = ({ event, handler }: BoundHandler): boolean => events.includes(event) && handler === address;
	return {
		bind: events.filter((event) => !isThere(event)).map((event) => ({ event, handler: address })),
		unbind: own.filter((one) => !isWanted(one)),
	};
}
