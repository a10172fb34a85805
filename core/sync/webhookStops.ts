import { placeOf, type RegisteredWebhook, type Webhook } from '../moysklad/webhook';
import { stopOf, stopped, type StopReason } from '../moysklad/webhookStop';
import { withCheckString } from '../moysklad/webhookUrl';
import { webhookTask, type WebhookTask } from './webhookPlan';

const SECOND = 1000;

/**
 * Tasks that switch webhooks off for a reason, as of `now` (milliseconds since 1970). One that is stopped already keeps its
 * time, since what happened from then on is what was missed. Throws WEBHOOK_URL_TOO_LONG.
 */
export function stopTasks(webhooks: readonly RegisteredWebhook[], reason: StopReason, now: number): WebhookTask[] {
	const taken = new Set(webhooks.map(placeOf));
	return webhooks.map((webhook) => {
		const before = stopOf(webhook);
		if (before?.reason === reason) return webhookTask(webhook, webhook);
		const task = freeTask(webhook, reason, before ? Date.parse(before.since) : now, taken);
		taken.add(placeOf(task.wanted));
		return task;
	});
}

/** MoySklad takes an address once for each subject. Of two webhooks that a trigger has for one, the second stops a second earlier. */
function freeTask(webhook: RegisteredWebhook, reason: StopReason, from: number, taken: ReadonlySet<string>): WebhookTask {
	const wanted = stopped(webhook, { reason, since: new Date(from).toISOString() });
	// What is not of a trigger has no mark that could clash.
	const clashes = wanted.url !== webhook.url && taken.has(placeOf(wanted));
	return clashes ? freeTask(webhook, reason, from - SECOND, taken) : webhookTask(wanted, webhook);
}

/** A webhook of a trigger as it is when it is on, at the address with the given check string. Throws WEBHOOK_URL_TOO_LONG. */
export const resumed = (webhook: RegisteredWebhook, checkString: string): Webhook => ({ ...webhook, url: withCheckString(webhook.url, checkString), enabled: true });
