import type { RegisteredWebhook, Webhook } from './webhook';
import { readAddress, withCheckString } from './webhookUrl';

/** Why a webhook was switched off on purpose: by *Pause*, or because its workflow was unpublished or does not want it any more. */
export type StopReason = 'paused' | 'unpublished';

/** That a webhook was switched off on purpose, and since when. */
export interface Stop {
	reason: StopReason;
	/** ISO 8601, UTC: what happened since was not reported. */
	since: string;
}

/**
 * What stands in the address in place of the check string, with the second of the stop behind it. So MoySklad itself keeps the
 * stop, where every workflow and every n8n of the account sees it; a node has no other store (trap N16). Always shorter than a
 * check string may be, so it neither is one nor makes an address too long.
 */
const MARKS: Record<StopReason, string> = { paused: 'paused', unpublished: 'off' };
const MARK = /^(paused|off)-([0-9a-z]{1,7})$/;
const SECOND = 1000;

/**
 * Why and since when a webhook is off. Undefined for one that is on, that is not one of a MoySklad Trigger, or that was switched
 * off by other means.
 */
export const stopOf = ({ url, enabled }: Pick<Webhook, 'url' | 'enabled'>): Stop | undefined => (enabled ? undefined : markedStop(url));

/** The stop that an address tells of, also when somebody has switched the webhook on since, by other means than *Resume*. */
export function markedStop(url: string): Stop | undefined {
	const [, mark, second] = MARK.exec(readAddress(url)?.checkString ?? '') ?? [];
	if (mark === undefined || second === undefined) return undefined;
	const reason = mark === MARKS.paused ? 'paused' : 'unpublished';
	return { reason, since: new Date(parseInt(second, 36) * SECOND).toISOString() };
}

/**
 * The webhook as it shall be while it is stopped. One that is not of a MoySklad Trigger is only switched off. `since` in ISO
 * 8601. Throws WEBHOOK_URL_TOO_LONG.
 */
export function stopped(webhook: RegisteredWebhook, { reason, since }: Stop): Webhook {
	const mark = `${MARKS[reason]}-${Math.floor(Date.parse(since) / SECOND).toString(36)}`;
	return { ...webhook, url: withCheckString(webhook.url, mark), enabled: false };
}
