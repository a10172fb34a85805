import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { webhookTask, type RegisteredWebhook, type Webhook, type WebhookTask } from '../../../../core';
import type { BulkOperation } from '../../../shared/operation';
import { chosenWebhooks, webhooksField } from './choice';
import { carryOut, outputs, termsOf, writeFields } from './writing';

interface Edits {
	enabled?: boolean;
	changedFields?: boolean;
	url?: string;
}

const editsField: INodeProperties = {
	displayName: 'Changes',
	name: 'changes',
	type: 'collection',
	placeholder: 'Add Change',
	default: {},
	options: [
		{
			displayName: 'Address',
			name: 'url',
			type: 'string',
			default: '',
			placeholder: 'e.g. https://shop.example.com/hook',
			description: 'Where MoySklad sends the events',
		},
		{
			displayName: 'Enabled',
			name: 'enabled',
			type: 'boolean',
			default: true,
			description: 'Whether MoySklad sends the events',
		},
		{
			displayName: 'Name Changed Fields',
			name: 'changedFields',
			type: 'boolean',
			default: true,
			description: 'Whether events of updates say which fields were changed; without effect on other webhooks',
		},
	],
};

export const update: BulkOperation = {
	value: 'update',
	name: 'Update',
	action: 'Update webhooks',
	description: 'Switch webhooks on or off, or change what and where they report',
	properties: [webhooksField, editsField, ...writeFields],
	async all() {
		const terms = await termsOf(this);
		const { found, missing } = chosenWebhooks(this, terms.present);
		const jobs = found.map(({ item, work }) => ({ item, work: editTask(work, editsAt(this, item)) }));
		return outputs(this, [...missing, ...(await carryOut(jobs, terms))]);
	},
};

const editsAt = (context: IExecuteFunctions, item: number): Edits =>
	context.getNodeParameter('changes', item, {}) as IDataObject as Edits;

function editTask(webhook: RegisteredWebhook, { enabled = webhook.enabled, changedFields, url }: Edits): WebhookTask {
	const wanted: Webhook = { ...webhook, enabled, url: url?.trim() || webhook.url };
	if (wanted.kind === 'object' && wanted.diffType && changedFields !== undefined)
		wanted.diffType = changedFields ? 'FIELDS' : 'NONE';
	return webhookTask(wanted, webhook);
}
