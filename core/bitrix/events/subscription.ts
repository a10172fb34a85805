import { SyncError } from '../../errors';
import { eventEntity } from './entities';
import type { BitrixAction, BitrixEvent } from './event';

/** A row of what somebody wants to hear of. */
export interface BitrixSubscription {
	entity: string;
	actions: readonly BitrixAction[];
}

/**
 * The names of the events that subscriptions need, each once, in upper case: of those, what `offered` (the portal's own list,
 * any case) has. Throws BITRIX_EVENTS_NOTHING_CHOSEN, and BITRIX_EVENT_UNAVAILABLE when all events of a subscription's action are missing.
 */
export function neededEvents(subscriptions: readonly BitrixSubscription[], offered: readonly string[]): string[] {
	const known = new Set(offered.map((name) => name.toUpperCase()));
	const wanted = subscriptions.flatMap(eventsOf);
	if (wanted.length === 0) throw new SyncError('BITRIX_EVENTS_NOTHING_CHOSEN');
	const missing = wanted.filter((names) => !names.some((name) => known.has(name)));
	if (missing.length > 0) throw new SyncError('BITRIX_EVENT_UNAVAILABLE', { events: [...new Set(missing.flat())].join(', ') });
	return [...new Set(wanted.flat())].filter((name) => known.has(name));
}

/** For each action of a subscription, the names that report it. */
const eventsOf = ({ entity, actions }: BitrixSubscription): Array<readonly string[]> =>
	actions.flatMap((action) => {
		const names = eventEntity(entity)?.events[action];
		return names ? [names] : [];
	});

/** Those events that a subscription asks for, each object and action once: the latest. `unknown` names entities that no subscription has. */
export function wantedBitrixEvents<Event extends BitrixEvent>(
	events: readonly Event[],
	subscriptions: readonly BitrixSubscription[],
): { wanted: Event[]; unknown: string[] } {
	const unknown = events.filter(({ entity }) => !subscriptions.some((row) => row.entity === entity)).map(({ entity }) => entity);
	const wanted = events.filter(({ entity, action }) => subscriptions.some((row) => row.entity === entity && row.actions.includes(action)));
	return { wanted: latestOf(wanted), unknown: [...new Set(unknown)] };
}

/** An order that is saved is reported under two names, and by others again: to look at it once is enough. */
export function latestOf<Event extends BitrixEvent>(events: readonly Event[]): Event[] {
	const latest = new Map<string, Event>();
	for (const event of events) {
		const key = `${event.entity} ${event.id} ${event.action}`;
		const before = latest.get(key);
		if (!before || (event.moment ?? '') >= (before.moment ?? '')) latest.set(key, event);
	}
	return [...latest.values()];
}
