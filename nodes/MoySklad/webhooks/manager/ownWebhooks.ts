import type { IExecuteFunctions } from 'n8n-workflow';
import { ownerOf, type OwnUrl, type RegisteredWebhook } from '../../../../core';
import { hasTriggerUrl, ownPlace, ownUrl, receiverAt } from './place';
import type { Job } from './writing';

/** Webhooks that the input items select, each for the first item that does. */
export function selected(
	context: IExecuteFunctions,
	present: readonly RegisteredWebhook[],
	selects: (item: number) => (webhook: RegisteredWebhook) => boolean,
): Array<Job<RegisteredWebhook>> {
	const taken = new Set<string>();
	return context.getInputData().flatMap((_item, item) => {
		const isWanted = selects(item);
		const some = present.filter((webhook) => !taken.has(webhook.id) && isWanted(webhook));
		some.forEach(({ id }) => taken.add(id));
		return some.map((work) => ({ item, work }));
	});
}

/** Tells the webhooks of the trigger whose URL was pasted; where none was, those of all triggers of this n8n. */
export function ownAt(context: IExecuteFunctions, item: number): OwnUrl {
	if (hasTriggerUrl(context, item)) return ownUrl(receiverAt(context, item));
	const own = ownPlace(context, item);
	return (url) => ownerOf(url, own) === 'ours';
}
