import { placeOf, type RegisteredWebhook, type Webhook } from '../moysklad/webhook';
import { switchTask, webhookTask, type WebhookTask } from './webhookPlan';

/** What moves webhooks, in the order in which MoySklad takes it. */
export interface WebhookMoves {
	tasks: WebhookTask[];
	/** Those whose new address reports the same already: they are to be deleted after the tasks. */
	surplus: RegisteredWebhook[];
}

/**
 * What gives webhooks other addresses. MoySklad takes an address once for each subject: a webhook whose new address is there
 * already is surplus, and the one that is there is switched on when the other was to be.
 */
export function planMoves(
	moving: readonly RegisteredWebhook[],
	present: readonly RegisteredWebhook[],
	destination: (webhook: RegisteredWebhook) => Webhook,
): WebhookMoves {
	const moves: WebhookMoves = { tasks: [], surplus: [] };
	const places = new Map(present.map((webhook) => [placeOf(webhook), webhook]));
	const journeys = moving.map((webhook) => ({ webhook, wanted: destination(webhook) }));
	// Those that are to be on go first, so that none of them meets one that is off in its new place.
	for (const { webhook, wanted } of journeys.sort((one, other) => Number(other.wanted.enabled) - Number(one.wanted.enabled))) {
		const there = places.get(placeOf(wanted)) ?? webhook;
		if (there.id === webhook.id) moves.tasks.push(webhookTask(wanted, webhook));
		else moves.surplus.push(webhook);
		if (there.id !== webhook.id && wanted.enabled && !there.enabled) moves.tasks.push(switchTask(there, true));
		places.set(placeOf(wanted), { ...there, enabled: there.enabled || wanted.enabled });
	}
	return moves;
}
