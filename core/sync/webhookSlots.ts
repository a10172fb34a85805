import { SyncError } from '../errors';
import { subjectOf, type RegisteredWebhook, type Subject } from '../moysklad/webhook';
import { hostOfUrl } from '../moysklad/webhookUrl';

/** Webhooks that the users of an account may have for one object and action, or for one stock report; solutions have places of their own. */
const SLOTS = 5;

/** WEBHOOK_SLOTS_FULL with the hosts, not the addresses, of those that report the same. */
export function slotsFull(wanted: Subject, present: readonly RegisteredWebhook[]): SyncError {
	const owners = rivals(wanted, present).map(({ url, enabled }) => `${hostOfUrl(url)}${enabled ? '' : ' (disabled)'}`);
	return new SyncError('WEBHOOK_SLOTS_FULL', { reason: `${subjectOf(wanted)}: ${owners.join(', ')}` });
}

/** Places that MoySklad has for one subject. Source: github moysklad/api-remap-1.2-doc, `md/dictionaries/_webhook.md`. */
export interface SlotUse {
	used: number;
	of: number;
}

/** How many of the places for this subject are taken. */
export const slotUse = (wanted: Subject, present: readonly RegisteredWebhook[]): SlotUse => ({
	used: rivals(wanted, present).filter(({ ofSolution }) => !ofSolution).length,
	of: SLOTS,
});

/** Whether MoySklad will refuse to a user one more webhook for this. */
export const hasNoSlot = (wanted: Subject, present: readonly RegisteredWebhook[]): boolean => slotUse(wanted, present).used >= SLOTS;

const rivals = (wanted: Subject, present: readonly RegisteredWebhook[]): RegisteredWebhook[] =>
	present.filter((webhook) => subjectOf(webhook) === subjectOf(wanted));
