import { SyncError } from '../errors';
import { EVENT_ACTIONS, type ObjectEvent } from './events';
import { isUuid } from './reference';

/** All events of one object among some input items. */
export interface FoldedEvents {
	entity: string;
	id: string;
	/** The newest one; where moments are equal or missing, the last in order. A deletion that is not the newest was undone. */
	newest: ObjectEvent;
	/** Places of the events among the input items. */
	items: number[];
}

/** An input item as an event. Throws MOYSKLAD_EVENT_INVALID when it names no object or no action. */
export function toObjectEvent(json: Record<string, unknown>): ObjectEvent {
	const { entity, id, action } = json;
	const invalid = (reason: string): SyncError => new SyncError('MOYSKLAD_EVENT_INVALID', { reason });
	if (typeof entity !== 'string' || entity === '') throw invalid('no entity');
	if (typeof id !== 'string' || !isUuid(id)) throw invalid('no id');
	if (!EVENT_ACTIONS.some((known) => known === action)) throw invalid('no action');
	return { ...json, entity, id: id.toLowerCase() } as ObjectEvent;
}

/** One entry an object, in the order of their first events. `item` is the place of the event's item. */
export function foldEvents(events: ReadonlyArray<{ event: ObjectEvent; item: number }>): FoldedEvents[] {
	const folded = new Map<string, FoldedEvents>();
	for (const { event, item } of events) {
		const key = `${event.entity} ${event.id}`;
		const known = folded.get(key);
		if (!known) folded.set(key, { entity: event.entity, id: event.id, newest: event, items: [item] });
		else {
			known.items.push(item);
			if (!isOlder(event, known.newest)) known.newest = event;
		}
	}
	return [...folded.values()];
}

const isOlder = (event: ObjectEvent, than: ObjectEvent): boolean =>
	Boolean(event.moment && than.moment) && Date.parse(event.moment ?? '') < Date.parse(than.moment ?? '');
