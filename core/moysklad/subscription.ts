import { SyncError } from '../errors';
import type { EventAction, ObjectEvent, StockEvent } from './events';
import type { Notification } from './notification';
import { subjectOf, type DiffType, type StockReportType, type Subject, type Webhook } from './webhook';
import { actionsOf } from './webhookEntities';

/** How the events of one subscription are handed on: worked at once, stored first, or the first of each notification at once. */
export type Execution = 'immediate' | 'queued' | 'firstImmediate';

export interface ObjectSubscription {
	entity: string;
	actions: EventAction[];
	/** Whether updates shall name the changed fields. */
	diffType: DiffType;
	execution: Execution;
}

export interface StockSubscription {
	reportType: StockReportType;
	execution: Execution;
}

/** What one trigger wants to hear of. */
export interface Subscriptions {
	objects: ObjectSubscription[];
	stock: StockSubscription[];
}

/** Events by the output on which they leave. */
export interface Routed {
	immediate: Array<ObjectEvent | StockEvent>;
	queued: Array<ObjectEvent | StockEvent>;
	/** Objects that no subscription names. */
	unknown: string[];
}

/** The webhooks that subscriptions need at an address, each subject once. */
export function subscribedWebhooks({ objects, stock }: Subscriptions, url: string): Webhook[] {
	const subjects: Subject[] = [
		...objects.flatMap(({ entity, actions, diffType }) =>
			actionsOf(entity, actions).map((action) => objectSubject(entity, action, diffType)),
		),
		...stock.map(({ reportType }) => ({ kind: 'stock', reportType }) as const),
	];
	return webhooksAt(subjects, url);
}

/** Enabled webhooks at an address, each subject once; a subject that names changed fields goes before one that does not. */
export function webhooksAt(subjects: readonly Subject[], url: string): Webhook[] {
	const unique = new Map<string, Subject>();
	for (const subject of subjects) {
		const before = unique.get(subjectOf(subject));
		if (!before || namesFields(subject)) unique.set(subjectOf(subject), subject);
	}
	return [...unique.values()].map((subject) => ({ ...subject, url, enabled: true }));
}

const namesFields = (subject: Subject): boolean => subject.kind === 'object' && subject.diffType === 'FIELDS';

export const objectSubject = (entity: string, action: EventAction, diffType: DiffType): Subject => ({
	kind: 'object',
	entity,
	action,
	diffType: action === 'UPDATE' ? diffType : null,
});

/**
 * Divides the events of one notification by how they are to be executed. Actions that are not wanted are left out, and so is
 * what was changed by one of the `ignored` logins (any case).
 * Throws WEBHOOK_CALL_UNKNOWN_ENTITY when no subscription names any of them; if only some are unknown, the others go on.
 */
export function routeNotification(
	{ objects, stock }: Notification,
	subscriptions: Subscriptions,
	ignored: readonly string[] = [],
): Routed {
	const routed = stock ? routeStock(stock, subscriptions) : routeObjects(objects, subscriptions, ignored);
	const events = stock ? 1 : objects.length;
	if (events > 0 && routed.unknown.length === events)
		throw new SyncError('WEBHOOK_CALL_UNKNOWN_ENTITY', { entities: [...new Set(routed.unknown)].join(', ') });
	return routed;
}

function routeObjects(events: readonly ObjectEvent[], { objects }: Subscriptions, ignored: readonly string[]): Routed {
	const routed: Routed = { immediate: [], queued: [], unknown: [] };
	const begun = new Set<ObjectSubscription>();
	const silent = new Set(ignored.map((login) => login.trim().toLowerCase()));
	for (const event of events) {
		const rows = objects.filter(({ entity }) => entity === event.entity);
		if (rows.length === 0) routed.unknown.push(event.entity);
		const row = rows.find(({ actions }) => actionsOf(event.entity, actions).includes(event.action));
		if (!row || (event.author !== null && silent.has(event.author.toLowerCase()))) continue;
		routed[outputOf(row.execution, begun.has(row))].push(event);
		begun.add(row);
	}
	return routed;
}

function routeStock(event: StockEvent, { stock }: Subscriptions): Routed {
	const row = stock.find(({ reportType }) => reportType === event.reportType);
	if (!row) return { immediate: [], queued: [], unknown: [`stock ${event.reportType}`] };
	return { immediate: [], queued: [], unknown: [], [outputOf(row.execution, false)]: [event] };
}

const outputOf = (execution: Execution, begun: boolean): 'immediate' | 'queued' =>
	execution === 'immediate' || (execution === 'firstImmediate' && !begun) ? 'immediate' : 'queued';
