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

/** Whether MoySklad will refuse to a user one more webhook for this. */
export const hasNoSlot = (wanted: Subject, present: readonly RegisteredWebhook[]): boolean =>
	rivals(wanted, present).filter(({ ofSolution }) => !ofSolution).length >= SLOTS;

const rivals = (wanted: Subject, present: readonly RegisteredWebhook[]): RegisteredWebhook[] =>
	present.filter((webhook) => subjectOf(webhook) === subjectOf(wanted));
