import { subjectOf, type RegisteredWebhook, type Webhook } from '../moysklad/webhook';
import { stopOf, type StopReason } from '../moysklad/webhookStop';
import { shownUrl } from '../moysklad/webhookUrl';
import type { FieldChange } from './result';

/** What is to become of one webhook: made when nothing was found, changed when there are changes, else left alone. */
export interface WebhookTask {
	wanted: Webhook;
	found: RegisteredWebhook | null;
	/** Addresses without their secret parts. */
	changes: FieldChange[];
}

/** What brings the webhooks of one receiver to what it wants. */
export interface WebhookPlan {
	/** One for each wanted webhook, in order. */
	tasks: WebhookTask[];
	/** Enabled webhooks of the same receiver that nobody wants. */
	surplus: RegisteredWebhook[];
}

/** Whether an address leads to the receiver in question, also where it is an earlier address of it. */
export type OwnUrl = (url: string) => boolean;

/**
 * Compares the webhooks that one receiver wants with those that the account has. What reports the same to the wanted address,
 * or else to another one of the receiver (with an earlier check string or, when it moves, base), is taken over;
 * all webhooks that are not the receiver's are left out of account. What is stopped for one of the `respected` reasons stays
 * as it is (rule W2).
 */
export function planWebhooks(
	wanted: readonly Webhook[],
	present: readonly RegisteredWebhook[],
	isOwn: OwnUrl = () => false,
	respected: readonly StopReason[] = [],
): WebhookPlan {
	const tasks = wanted.map((webhook) => {
		const found = counterpart(webhook, present, isOwn);
		return isHeld(found, respected) ? webhookTask(found, found) : webhookTask(webhook, found);
	});
	const taken = new Set(tasks.map(({ found }) => found?.id));
	return { tasks, surplus: present.filter(({ id, url, enabled }) => enabled && isOwn(url) && !taken.has(id)) };
}

function counterpart(wanted: Webhook, present: readonly RegisteredWebhook[], isOwn: OwnUrl): RegisteredWebhook | null {
	const same = present.filter((webhook) => subjectOf(webhook) === subjectOf(wanted));
	return same.find(({ url }) => url === wanted.url) ?? same.find(({ url }) => isOwn(url)) ?? null;
}

function isHeld(found: RegisteredWebhook | null, respected: readonly StopReason[]): found is RegisteredWebhook {
	const stop = found && stopOf(found);
	return stop ? respected.includes(stop.reason) : false;
}

/** The task that brings a webhook from what it is, or from nothing, to what it should be. */
export const webhookTask = (wanted: Webhook, found: RegisteredWebhook | null): WebhookTask => ({
	wanted,
	found,
	changes: differences(found, wanted),
});

/** The task that switches a webhook on or off. */
export const switchTask = (webhook: RegisteredWebhook, enabled: boolean): WebhookTask =>
	webhookTask({ ...webhook, enabled }, webhook);

/** Whether the webhook is there and as it should be. */
export const isDone = ({ found, changes }: WebhookTask): boolean => found !== null && changes.length === 0;

function differences(found: RegisteredWebhook | null, wanted: Webhook): FieldChange[] {
	const before = found && fields(found);
	return Object.entries(fields(wanted))
		.filter(([field, to]) => to !== null && before?.[field] !== to)
		.map(([field, to]) => ({ field, from: shown(before?.[field] ?? null), to: shown(to) }));
}

const fields = (webhook: Webhook): Record<string, string | boolean | null> => ({
	url: webhook.url,
	enabled: webhook.enabled,
	diffType: webhook.kind === 'object' ? webhook.diffType : null,
});

const shown = (value: string | boolean | null): string | boolean | null =>
	typeof value === 'string' ? shownUrl(value) : value;

/**
 * What brings the webhooks of a receiver back to what they were: those made since are to be deleted,
 * those changed since are to be changed back.
 */
export function undoing(
	before: readonly RegisteredWebhook[],
	now: readonly RegisteredWebhook[],
	isOwn: OwnUrl,
): {
	remove: RegisteredWebhook[];
	restore: WebhookTask[];
} {
	const earlier = new Map(before.map((webhook) => [webhook.id, webhook]));
	const own = now.filter(({ url }) => isOwn(url));
	const restore = own.flatMap((webhook) => {
		const was = earlier.get(webhook.id);
		return was ? [webhookTask(was, webhook)] : [];
	});
	return { remove: own.filter(({ id }) => !earlier.has(id)), restore: restore.filter((task) => !isDone(task)) };
}
