import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { viewWebhooks, webhookTable, type WebhookView } from '../../../../core';
import { readWebhooks } from '../../../../transport';
import { moySkladClient } from '../../../shared/moySklad';
import type { ItemOperation } from '../../../shared/operation';
import { ownPlace } from './place';
import { purposeOptions } from './purposes';

/** Each is only there when it was added; a webhook must satisfy all. */
interface Filters extends Partial<Pick<WebhookView, 'owner' | 'purpose' | 'status'>> {
	duplicatesOnly?: boolean;
}

const filtersField: INodeProperties = {
	displayName: 'Filters',
	name: 'filters',
	type: 'collection',
	placeholder: 'Add Filter',
	default: {},
	options: [
		{
			displayName: 'Duplicates Only',
			name: 'duplicatesOnly',
			type: 'boolean',
			default: true,
			description: 'Whether only webhooks are given that report the same to the same receiver as another one',
		},
		{
			displayName: 'Owner',
			name: 'owner',
			type: 'options',
			options: [
				{
					name: 'Another Address',
					value: 'otherHost',
					description: 'MoySklad Triggers at another address: a clone, or this n8n before it moved',
				},
				{ name: 'Other Systems', value: 'foreign' },
				{ name: 'This N8n', value: 'ours' },
			],
			default: 'ours',
		},
		{
			displayName: 'Purpose',
			name: 'purpose',
			type: 'options',
			options: purposeOptions,
			default: 'orders',
		},
		{
			displayName: 'Status',
			name: 'status',
			type: 'options',
			options: [
				{ name: 'Active', value: 'active' },
				{
					name: 'Disabled',
					value: 'disabled',
					description: 'Switched off by somebody, or by MoySklad after ten days of failures',
				},
				{ name: 'Paused', value: 'paused', description: 'Switched off by Pause, until Resume' },
				{ name: 'Unpublished', value: 'unpublished', description: 'Switched off with the workflow of the trigger' },
			],
			default: 'disabled',
		},
	],
};

const formatField: INodeProperties = {
	displayName: 'Output',
	name: 'format',
	type: 'options',
	options: [
		{
			name: 'HTML Table',
			value: 'table',
			description: 'One item with a coloured table for people, e.g. for a mail or a page',
		},
		{ name: 'One Item per Webhook', value: 'items' },
	],
	default: 'items',
	description: 'The form in which the webhooks leave the node',
};

export const getMany: ItemOperation = {
	value: 'getAll',
	name: 'Get Many',
	action: 'Get many webhooks',
	description: 'Show all webhooks of the account: whose they are, whether they are on, and which are there twice',
	properties: [formatField, filtersField],
	async item(item) {
		const webhooks = await readWebhooks(await moySkladClient(this));
		const filters = this.getNodeParameter('filters', item, {}) as IDataObject & Filters;
		const views = viewWebhooks(webhooks, ownPlace(this, item)).filter((view) => passes(view, filters));
		if (this.getNodeParameter('format', item) === 'table')
			return [{ json: { html: webhookTable(views), count: views.length } }];
		return views.map((view) => ({ json: { ...view } }));
	},
};

const passes = (view: WebhookView, { owner, purpose, status, duplicatesOnly = false }: Filters): boolean =>
	view.owner === (owner ?? view.owner) &&
	view.purpose === (purpose ?? view.purpose) &&
	view.status === (status ?? view.status) &&
	(view.duplicate || !duplicatesOnly);
