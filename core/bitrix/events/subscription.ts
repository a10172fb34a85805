import { SyncError } from '../../errors';
import { warning, type Warning } from '../../sync/result';
import { eventEntity } from './entities';
import type { BitrixAction, BitrixEvent } from './event';

/** A row of what somebody wants to hear of. */
export interface BitrixSubscription {
	entity: string;
	actions: readonly BitrixAction[];
}

/** Names of events, each once, in upper case. */
export interface NeededEvents {
	/** What is wanted and offered. */
	names: string[];
	/** What is wanted where no event reports it: this portal or site is too old for it, or lacks a permission. */
	lacking: string[];
}

/**
 * The events that subscriptions need, of those that `offered` (the portal's own list, any case) has. An older portal gets what it has.
 * Throws BITRIX_EVENTS_NOTHING_CHOSEN, and BITRIX_EVENT_UNAVAILABLE when nothing of it is offered.
 */
export function neededEvents(subscriptions: readonly BitrixSubscription[], offered: readonly string[]): NeededEvents {
	const known = new Set(offered.map((name) => name.toUpperCase()));
	const wanted = subscriptions.flatMap(eventsOf);
	if (wanted.length === 0) throw new SyncError('BITRIX_EVENTS_NOTHING_CHOSEN');
	const lacking = [...new Set(wanted.filter((names) => !names.some((name) => known.has(name))).flat())];
	const names = [...new Set(wanted.flat())].filter((name) => known.has(name));
	if (names.length === 0) throw new SyncError('BITRIX_EVENT_UNAVAILABLE', { events: lacking.join(', ') });
	return { names, lacking };
}

/** What is to be said of events that are not offered. */
export function lackingEvents({ lacking }: NeededEvents): Warning[] {
	return lacking.length > 0 ? [warning('BITRIX_EVENTS_LACKING', { events: lacking.join(', ') })] : [];
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
