import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { isProfile, profileWebhooks, SyncError, type StockReportType, type Webhook } from '../../../../core';
import { changedFieldsField, stockReportField } from '../eventFields';

const profilesField: INodeProperties = {
	displayName: 'Profiles',
	name: 'profiles',
	type: 'multiOptions',
	options: [
		{ name: 'Base', value: 'base', description: 'Customer orders that were changed' },
		{ name: 'Catalog', value: 'catalog', description: 'Products, variants, bundles, services and product folders' },
		{ name: 'Counterparties', value: 'counterparties', description: 'Counterparties that were created or changed' },
		{
			name: 'Order Import',
			value: 'orderImport',
			description: 'Customer orders that were created in MoySklad, for flows that bring them to the site',
		},
		{ name: 'Payments', value: 'payments', description: 'Incoming payments and cash in: created, changed and deleted' },
		{ name: 'Shipments', value: 'shipments', description: 'Shipments that were created or changed' },
		{ name: 'Stock', value: 'stock', description: 'Changed stock, and receipts without a supplier' },
	],
	default: ['base'],
	description: 'Sets of webhooks that belong together',
};

const fullField: INodeProperties = {
	displayName: 'Full Mode',
	name: 'full',
	type: 'boolean',
	default: true,
	description:
		'Whether deletions are reported for every profile, so that what is deleted in MoySklad is noticed at once',
};

/** Which webhooks there should be. */
export const expectedFields: INodeProperties[] = [
	profilesField,
	fullField,
	changedFieldsField,
	{ ...stockReportField, displayName: 'Stock Report', displayOptions: { show: { profiles: ['stock'] } } },
];

/** The webhooks that an item expects at an address. Throws WEBHOOK_NOTHING_CHOSEN for profiles that there are not. */
export function expectedWebhooks(context: IExecuteFunctions, item: number, url: string): Webhook[] {
	const profiles = [context.getNodeParameter('profiles', item)].flat().map(String);
	if (!profiles.every(isProfile)) throw new SyncError('WEBHOOK_NOTHING_CHOSEN');
	const options = {
		full: context.getNodeParameter('full', item) as boolean,
		diffType: context.getNodeParameter('changedFields', item) ? 'FIELDS' : 'NONE',
		stockReport: context.getNodeParameter('reportType', item, 'bystore') as StockReportType,
	} as const;
	return profileWebhooks(profiles, options, url);
}
