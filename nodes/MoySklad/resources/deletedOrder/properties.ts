import type { INodeProperties } from 'n8n-workflow';
import { linkOptions, policyProperties, previewFirst } from '../orderDocuments/properties';

/** The parameters of *Settle Deleted Bitrix Order*. */
export const deletedOrderProperties: INodeProperties[] = [
	{
		displayName: 'Order ID',
		name: 'orderId',
		type: 'string',
		default: '={{ $json.bitrixId ?? $json.id }}',
		required: true,
		description: 'ID of the order that is gone from the store',
	},
	{
		displayName: 'Site Key',
		name: 'siteKey',
		type: 'string',
		default: '',
		required: true,
		description: 'The same as in Bitrix Order Export: it tells whose order it was',
	},
	{
		displayName: 'Flow',
		name: 'flow',
		type: 'string',
		default: 'orders',
		required: true,
		description: 'The same as in Bitrix Order Export',
	},
	{
		displayName: 'Deleted At',
		name: 'deletedAt',
		type: 'dateTime',
		default: '={{ $json.deletedAt ?? $now.toISO() }}',
		description: 'When it was deleted; states of the order from before are left out from now on',
	},
	...policyProperties({
		displayName: 'When Deleted in the Store',
		description: 'What becomes of the customer order and of the documents that were made of its payments and shipments. One that other documents count on is left in any case.',
	}),
	previewFirst,
	linkOptions('What Create or Update From Bitrix Order called link. Without it nobody knows whether a person changed the customer order since.'),
];
