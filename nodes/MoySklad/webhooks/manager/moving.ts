import type { RegisteredWebhook, WebhookMoves } from '../../../../core';
import { carryOut, carryOutDeletions, type Done, type Job, type Terms } from './writing';

/** Gives webhooks their new addresses, then deletes those that have become surplus. Results belong to the items that chose the webhooks. */
export async function moveWebhooks({ tasks, surplus }: WebhookMoves, chosen: ReadonlyArray<Job<RegisteredWebhook>>, terms: Terms): Promise<Done[]> {
	const itemOf = new Map(chosen.map(({ item, work }) => [work.id, item]));
	const pair = <Work>(work: Work, id: string | undefined): Job<Work> => ({ item: itemOf.get(id ?? '') ?? 0, work });
	const moved = await carryOut(
		tasks.map((task) => pair(task, task.found?.id)),
		terms,
	);
	const deleted = await carryOutDeletions(
		surplus.map((webhook) => pair(webhook, webhook.id)),
		terms,
	);
	return [...moved, ...deleted];
}
