/** What MoySklad says happened to one object. Every source of changes (webhook, change list, audit) speaks this form. */
export interface ObjectEvent {
	/** MoySklad's keyword: product, variant, customerorder, … */
	entity: string;
	/** The API's id of the object. */
	id: string;
	action: EventAction;
	/** Names of the changed fields, when the webhook was made with them. */
	updatedFields: string[];
	/** ISO 8601, UTC; null when MoySklad did not say. */
	moment: string | null;
	/** Login of who changed it; null when MoySklad did not say. */
	author: string | null;
	/** The same for every delivery of one notification; null for changes that were read, not delivered. */
	requestId: string | null;
	/** Place in the notification or page. */
	index: number;
	accountId: string | null;
}

/** What webhooks can report; PROCESSED is only of asynchronous tasks. Source: github moysklad/api-remap-1.2-doc, `md/dictionaries/_webhook.md`. */
export const EVENT_ACTIONS = ['CREATE', 'UPDATE', 'DELETE', 'PROCESSED'] as const;
/** What happened to the object; sources that cannot tell creations apart say UPDATE. */
export type EventAction = (typeof EVENT_ACTIONS)[number];

/** A notification of changed stock: it names no objects, only the report that lists them. */
export interface StockEvent {
	entity: 'stock';
	action: 'UPDATE';
	reportType: 'all' | 'bystore';
	stockType: string;
	/** Path and query of the report below the API, encoded; its `changedSince` is at most 24 hours old. */
	reportPath: string;
	moment: null;
	author: null;
	requestId: string | null;
	index: 0;
	accountId: string | null;
}
