import { groupBy } from '../model/grouping';
import type { EventAction } from './events';
import { subjectOf, type RegisteredWebhook, type StockReportType, type WebhookKind } from './webhook';
import { purposeOf, type Purpose } from './webhookProfiles';
import { stopOf, type StopReason } from './webhookStop';
import { hostOfUrl, readAddress, receiverPrefix, shownUrl, type OwnReceiver } from './webhookUrl';

/** Whose a webhook is: of this n8n, of a MoySklad Trigger with another address (a clone, or before a move), or of anything else. */
export type WebhookOwner = 'ours' | 'otherHost' | 'foreign';

/** Whether a webhook reports, and if not, whether that is on purpose. */
export type WebhookStatus = 'active' | 'disabled' | StopReason;

/** This n8n, as it shows in the addresses of its webhooks. */
export type OwnPlace = Pick<OwnReceiver, 'base' | 'instanceKey'>;

/** A webhook as people and workflows see it, without secrets. */
export interface WebhookView {
	id: string;
	kind: WebhookKind;
	/** Null for stock. */
	entity: string | null;
	action: EventAction | null;
	/** Whether updates name the changed fields; null where that does not apply. */
	changedFields: boolean | null;
	/** Null for objects. */
	reportType: StockReportType | null;
	purpose: Purpose;
	/** Disabled is what was switched off by MoySklad or by hand, and not by *Pause* or by unpublishing. */
	status: WebhookStatus;
	/** Since when it is paused or unpublished, ISO 8601; else null. */
	since: string | null;
	owner: WebhookOwner;
	/** Another webhook that is switched on reports the same to the same receiver. */
	duplicate: boolean;
	host: string;
	/** Secret parts are masked. */
	url: string;
}

/** Ours is only what has both our base address and our key (rule W1): a clone has another key, another n8n another address. */
export function ownerOf(url: string, own: OwnPlace): WebhookOwner {
	const address = readAddress(url);
	if (!address) return 'foreign';
	if (address.base === own.base) return address.instanceKey === own.instanceKey ? 'ours' : 'foreign';
	return 'otherHost';
}

/** The webhooks of an account as views, in order of purpose, subject and address. */
export function viewWebhooks(webhooks: readonly RegisteredWebhook[], own: OwnPlace): WebhookView[] {
	const doubles = duplicates(webhooks);
	return webhooks.map((webhook) => viewWebhook(webhook, own, doubles.has(webhook.id))).sort(byPurpose);
}

/** One webhook as people and workflows see it. Whether it is a duplicate only shows beside the others: see `viewWebhooks`. */
export function viewWebhook(webhook: RegisteredWebhook, own: OwnPlace, duplicate = false): WebhookView {
	const object = webhook.kind === 'object' ? webhook : undefined;
	const stop = stopOf(webhook);
	return {
		id: webhook.id,
		kind: webhook.kind,
		entity: object?.entity ?? null,
		action: object?.action ?? null,
		changedFields: object?.diffType ? object.diffType === 'FIELDS' : null,
		reportType: webhook.kind === 'stock' ? webhook.reportType : null,
		purpose: purposeOf(webhook),
		status: webhook.enabled ? 'active' : (stop?.reason ?? 'disabled'),
		since: stop?.since ?? null,
		owner: ownerOf(webhook.url, own),
		duplicate,
		host: hostOfUrl(webhook.url),
		url: shownUrl(webhook.url),
	};
}

/** Ids of those webhooks that are switched on and report the same to the same receiver as another one that is. */
function duplicates(webhooks: readonly RegisteredWebhook[]): Set<string> {
	const groups = groupBy(
		webhooks.filter(({ enabled }) => enabled),
		(webhook) => `${subjectOf(webhook)} ${receiverOf(webhook.url)}`,
	);
	return new Set([...groups.values()].filter(({ length }) => length > 1).flatMap((group) => group.map(({ id }) => id)));
}

/** The address without what only proves or distinguishes the sender: the check string, the query, a slash at the end. */
function receiverOf(url: string): string {
	const address = readAddress(url);
	if (address) return receiverPrefix(address);
	return url
		.replace(/[?#].*$/, '')
		.replace(/\/+$/, '')
		.toLowerCase();
}

const PURPOSES: Purpose[] = ['orders', 'payments', 'shipments', 'catalog', 'counterparties', 'stock', 'other'];

const byPurpose = (one: WebhookView, other: WebhookView): number =>
	PURPOSES.indexOf(one.purpose) - PURPOSES.indexOf(other.purpose) || sortKey(one).localeCompare(sortKey(other));

const sortKey = ({ entity, action, reportType, url }: WebhookView): string =>
	[entity, action, reportType, url].join(' ');
