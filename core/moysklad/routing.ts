import { SyncError } from '../errors';
import type { ObjectEvent, StockEvent } from './events';
import type { Notification } from './notification';
import type { Execution, StockSubscription, Subscriptions } from './subscription';
import { actionsOf } from './webhookEntities';

/** An event that a subscription wants. */
export interface WantedEvent {
	event: ObjectEvent | StockEvent;
	execution: Execution;
	/** Names the subscription: of each, the first event can be told from the rest. */
	row: string;
	/** Whether its notification brought several events, as that of a mass edit does. */
	together: boolean;
}

/** What a notification brings. */
export interface WantedEvents {
	wanted: WantedEvent[];
	/** Objects that no subscription names. */
	unknown: string[];
}

/** What may leave by *Immediate* (rule W3). */
export interface ImmediateLimits {
	/** Events at once at most. */
	most: number;
	/** Whether events that came together may. */
	together: boolean;
}

/** Events by the output on which they leave. */
export interface Routed {
	immediate: Array<ObjectEvent | StockEvent>;
	queued: Array<ObjectEvent | StockEvent>;
}

/**
 * The events of a notification that are wanted: not those whose action is not, and not what was changed by one of the `ignored`
 * logins (any case).
 * Throws WEBHOOK_CALL_UNKNOWN_ENTITY when no subscription names any of them; if only some are unknown, the others go on.
 */
export function wantedEvents(
	{ objects, stock }: Notification,
	subscriptions: Subscriptions,
	ignored: readonly string[] = [],
): WantedEvents {
	const brought = stock ? wantedStock(stock, subscriptions.stock) : wantedObjects(objects, subscriptions, ignored);
	const events = stock ? 1 : objects.length;
	if (events > 0 && brought.unknown.length === events)
		throw new SyncError('WEBHOOK_CALL_UNKNOWN_ENTITY', { entities: [...new Set(brought.unknown)].join(', ') });
	return brought;
}

function wantedObjects(
	events: readonly ObjectEvent[],
	{ objects }: Subscriptions,
	ignored: readonly string[],
): WantedEvents {
	const brought: WantedEvents = { wanted: [], unknown: [] };
	const silent = new Set(ignored.map((login) => login.trim().toLowerCase()));
	const together = events.length > 1;
	for (const event of events) {
		if (!objects.some(({ entity }) => entity === event.entity)) brought.unknown.push(event.entity);
		const index = objects.findIndex(
			({ entity, actions }) => entity === event.entity && actionsOf(entity, actions).includes(event.action),
		);
		const row = objects[index];
		if (!row || (event.author !== null && silent.has(event.author.toLowerCase()))) continue;
		brought.wanted.push({ event, execution: row.execution, row: `object ${index}`, together });
	}
	return brought;
}

function wantedStock(event: StockEvent, rows: readonly StockSubscription[]): WantedEvents {
	const { reportType } = event;
	const row = rows.find((candidate) => candidate.reportType === reportType);
	if (!row) return { wanted: [], unknown: [`stock ${reportType}`] };
	return { wanted: [{ event, execution: row.execution, row: `stock ${reportType}`, together: false }], unknown: [] };
}

/**
 * Divides events that go into one execution by how they are to be executed. What *Immediate* may not take leaves by *Queued*, and
 * what was delivered twice leaves once; nothing else is left out.
 */
export function divideEvents(wanted: readonly WantedEvent[], limits: ImmediateLimits): Routed {
	const routed: Routed = { immediate: [], queued: [] };
	const begun = new Set<string>();
	for (const { event, execution, row, together } of withoutRepeats(wanted)) {
		const chosen = execution === 'immediate' || (execution === 'firstImmediate' && !begun.has(row));
		const allowed = routed.immediate.length < limits.most && (limits.together || !together);
		routed[chosen && allowed ? 'immediate' : 'queued'].push(event);
		if (chosen && allowed) begun.add(row);
	}
	return routed;
}

/** MoySklad gives a notification the same request id whenever it delivers it. */
function withoutRepeats(wanted: readonly WantedEvent[]): WantedEvent[] {
	const known = new Set<string>();
	return wanted.filter(({ event }) => {
		if (event.requestId === null) return true;
		const { requestId, index, entity, action } = event;
		const identity = JSON.stringify([requestId, index, entity, action, 'id' in event ? event.id : event.reportPath]);
		if (known.has(identity)) return false;
		known.add(identity);
		return true;
	});
}
