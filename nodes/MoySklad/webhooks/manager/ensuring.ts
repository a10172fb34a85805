import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import {
	planWebhooks,
	placeOf,
	warning,
	type OwnUrl,
	type RegisteredWebhook,
	type StopReason,
	type Webhook,
	type WebhookTask,
} from '../../../../core';
import type { WebhookResult } from './results';
import { carryOut, outputs, termsOf, type Job } from './writing';

/** What one input item asks for. */
export interface Wish {
	webhooks: Webhook[];
	/** Tells which addresses lead to the same receiver as those of the wish. */
	isOwn: OwnUrl;
}

/** Compares what the input items wish with what the account has, and makes the difference: two calls when there is none. */
export async function ensureWishes(
	context: IExecuteFunctions,
	wishAt: (item: number) => Wish,
): Promise<INodeExecutionData[][]> {
	const wishes = context.getInputData().map((_item, item) => wishAt(item));
	const terms = await termsOf(context);
	const jobs = wishes.flatMap((wish, item) => tasksOf(wish, terms.present).map((work) => ({ item, work })));
	const done = await carryOut(once(jobs), terms);
	return outputs(
		context,
		done.map(({ item, work }) => ({ item, work: withoutStopped(work) })),
	);
}

/** A pause is ended by *Resume* only, and what unpublishing switched off by publishing. */
const RESPECTED: StopReason[] = ['paused', 'unpublished'];

const tasksOf = ({ webhooks, isOwn }: Wish, present: readonly RegisteredWebhook[]): WebhookTask[] =>
	planWebhooks(webhooks, present, isOwn, RESPECTED).tasks;

/** Says of webhooks that were left off why. */
function withoutStopped(result: WebhookResult): WebhookResult {
	const { key: subject, webhook, status } = result;
	if (status !== 'unchanged' || !webhook?.since) return result;
	const code = webhook.status === 'paused' ? 'WEBHOOK_PAUSED' : 'WEBHOOK_UNPUBLISHED';
	return { ...result, status: 'skipped', warnings: [warning(code, { subject, since: webhook.since })] };
}

/** The same webhook wished by two items is made for the first of them. */
function once(jobs: ReadonlyArray<Job<WebhookTask>>): Array<Job<WebhookTask>> {
	const seen = new Set<string>();
	return jobs.filter(({ work: { wanted } }) => {
		const place = placeOf(wanted);
		const first = !seen.has(place);
		seen.add(place);
		return first;
	});
}
