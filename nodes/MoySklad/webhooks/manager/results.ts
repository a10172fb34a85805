import {
	hasNoSlot,
	isDone,
	shownUrl,
	slotsFull,
	subjectOf,
	viewWebhook,
	type OwnPlace,
	type RegisteredWebhook,
	type SyncError,
	type WebhookTask,
	type WebhookView,
	type WriteResult,
	type WriteStatus,
} from '../../../../core';
import type { WebhookOutcome } from '../../../../transport';

/** What became, or in a preview would become, of one webhook. */
export interface WebhookResult extends WriteResult {
	/** As it is now; null when there is none. */
	webhook: WebhookView | null;
	/** Of a webhook that was switched on again: what happened since was not reported (ISO 8601). */
	catchUpFrom?: string;
}

/** A task that was carried out or refused; without an outcome it was only planned, beside the webhooks that are present. */
export function taskResult(
	task: WebhookTask,
	outcome: WebhookOutcome | undefined,
	own: OwnPlace,
	present: readonly RegisteredWebhook[],
): WebhookResult {
	const { wanted, found, changes } = task;
	const now = outcome && 'webhook' in outcome ? outcome.webhook : found;
	const warnings = !outcome && !found && hasNoSlot(wanted, present) ? [slotsFull(wanted, present).report()] : [];
	return {
		...common(subjectOf(wanted), now, own),
		changes,
		warnings,
		...ending(outcome, isDone(task) ? 'unchanged' : statusOf(task)),
	};
}

/** The same of a deletion. */
export function deletionResult(
	webhook: RegisteredWebhook,
	outcome: WebhookOutcome | undefined,
	own: OwnPlace,
): WebhookResult {
	const gone = outcome !== undefined && 'webhook' in outcome;
	const changes = [{ field: 'url', from: shownUrl(webhook.url), to: null }];
	return {
		...common(subjectOf(webhook), webhook, own),
		...(gone && { webhook: null }),
		changes,
		...ending(outcome, 'deleted'),
	};
}

/** An id that the account does not have. */
export const missingResult = (id: string, error: SyncError): WebhookResult => ({
	key: id,
	moySkladId: id,
	bitrixId: null,
	webhook: null,
	changes: [],
	warnings: [],
	status: 'failed',
	error: error.report(),
});

function common(
	key: string,
	webhook: RegisteredWebhook | null,
	own: OwnPlace,
): Pick<WebhookResult, 'key' | 'moySkladId' | 'bitrixId' | 'webhook' | 'warnings'> {
	return {
		key,
		moySkladId: webhook?.id ?? null,
		bitrixId: null,
		webhook: webhook && viewWebhook(webhook, own),
		warnings: [],
	};
}

function ending(outcome: WebhookOutcome | undefined, done: WriteStatus): Pick<WebhookResult, 'status' | 'error'> {
	if (!outcome) return { status: done === 'unchanged' ? 'unchanged' : 'planned' };
	if ('error' in outcome)
		return { status: outcome.error.kind === 'conflict' ? 'conflict' : 'failed', error: outcome.error.report() };
	return { status: done };
}

function statusOf({ wanted, found }: WebhookTask): WriteStatus {
	if (!found) return 'created';
	return found.enabled && !wanted.enabled ? 'deactivated' : 'updated';
}
