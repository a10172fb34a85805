import type { IExecuteFunctions, ILoadOptionsFunctions, INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { entityName, hostOfUrl, shownUrl, SyncError, type RegisteredWebhook } from '../../../../core';
import { readWebhooks } from '../../../../transport';
import { moySkladClient } from '../../../shared/moySklad';
import { missingResult } from './results';
import type { Done, Job } from './writing';

export const webhooksField: INodeProperties = {
	displayName: 'Webhook Names or IDs',
	name: 'webhooks',
	type: 'multiOptions',
	typeOptions: { loadOptionsMethod: 'getWebhooks' },
	required: true,
	default: [],
	description:
		'Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>',
};

/** All webhooks of the account, for the list of the field. */
export async function getWebhooks(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	const webhooks = await readWebhooks(await moySkladClient(this));
	return webhooks
		.map((webhook) => ({ name: nameOf(webhook), value: webhook.id, description: shownUrl(webhook.url) }))
		.sort((one, other) => one.name.localeCompare(other.name));
}

function nameOf(webhook: RegisteredWebhook): string {
	const subject =
		webhook.kind === 'object' ? `${entityName(webhook.entity)} ${webhook.action}` : `Stock (${webhook.reportType})`;
	return `${subject}, ${hostOfUrl(webhook.url)}${webhook.enabled ? '' : ', disabled'}`;
}

/** The webhooks that the items choose, each for the first item that does; ids that the account does not have are failed results. */
export function chosenWebhooks(
	context: IExecuteFunctions,
	present: readonly RegisteredWebhook[],
): { found: Array<Job<RegisteredWebhook>>; missing: Done[] } {
	const byId = new Map(present.map((webhook) => [webhook.id, webhook]));
	const found: Array<Job<RegisteredWebhook>> = [];
	const missing: Done[] = [];
	for (const [id, item] of chosenIds(context)) {
		const work = byId.get(id);
		if (work) found.push({ item, work });
		else missing.push({ item, work: missingResult(id, new SyncError('WEBHOOK_NOT_FOUND', { id })) });
	}
	return { found, missing };
}

/** The chosen ids, each with the first item that names it. */
function chosenIds(context: IExecuteFunctions): Map<string, number> {
	const chosen = new Map<string, number>();
	context.getInputData().forEach((_item, item) => {
		for (const id of idsAt(context, item)) if (!chosen.has(id)) chosen.set(id, item);
	});
	return chosen;
}

/** An expression may give one id, or several with commas. */
function idsAt(context: IExecuteFunctions, item: number): string[] {
	const ids: unknown = context.getNodeParameter('webhooks', item);
	return (Array.isArray(ids) ? ids : String(ids ?? '').split(',')).map((id) => String(id ?? '').trim()).filter((id) => id !== '');
}
