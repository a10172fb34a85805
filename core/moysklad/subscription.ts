import type { EventAction } from './events';
import { subjectOf, type DiffType, type StockReportType, type Subject, type Webhook } from './webhook';
import { actionsOf } from './webhookEntities';

/** How the events of one subscription are handed on: worked at once, stored first, or the first of those that come together at once. */
export type Execution = 'immediate' | 'queued' | 'firstImmediate';

/** One kind of object that a trigger listens to. */
export interface ObjectSubscription {
	/** MoySklad's keyword. */
	entity: string;
	actions: EventAction[];
	/** Whether updates shall name the changed fields. */
	diffType: DiffType;
	execution: Execution;
}

/** Changed stock, in all or store by store. */
export interface StockSubscription {
	reportType: StockReportType;
	execution: Execution;
}

/** What one trigger wants to hear of. */
export interface Subscriptions {
	objects: ObjectSubscription[];
	stock: StockSubscription[];
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

/** What a webhook for one action reports; only updates can name the changed fields. */
export const objectSubject = (entity: string, action: EventAction, diffType: DiffType): Subject => ({
	kind: 'object',
	entity,
	action,
	diffType: action === 'UPDATE' ? diffType : null,
});
