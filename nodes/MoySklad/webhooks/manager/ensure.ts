import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { isProfile, profileWebhooks, SyncError, type StockReportType } from '../../../../core';
import { MOYSKLAD_CREDENTIAL, type MoySkladCredential } from '../../../shared/moySklad';
import type { BulkOperation } from '../../../shared/operation';
import { changedFieldsField, stockReportField } from '../eventFields';
import { addressFor } from '../ownReceiver';
import { ensureWishes, type Wish } from './ensuring';
import { ownUrl, receiverAt } from './place';
import { writeFields } from './writing';

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

export const ensure: BulkOperation = {
	value: 'ensure',
	name: 'Ensure',
	action: 'Ensure own webhooks',
	description: 'Make the webhooks of the chosen profiles that are missing, and switch on those that are off',
	properties: [
		profilesField,
		fullField,
		changedFieldsField,
		{ ...stockReportField, displayName: 'Stock Report', displayOptions: { show: { profiles: ['stock'] } } },
		...writeFields,
	],
	async all() {
		const credential = await this.getCredentials<MoySkladCredential>(MOYSKLAD_CREDENTIAL);
		return await ensureWishes(this, (item) => wishAt(this, item, credential));
	},
};

function wishAt(context: IExecuteFunctions, item: number, credential: MoySkladCredential): Wish {
	const receiver = receiverAt(context, item);
	const profiles = [context.getNodeParameter('profiles', item)].flat().map(String);
	if (profiles.length === 0 || !profiles.every(isProfile)) throw new SyncError('WEBHOOK_NOTHING_CHOSEN');
	const options = {
		full: context.getNodeParameter('full', item) as boolean,
		diffType: context.getNodeParameter('changedFields', item) ? 'FIELDS' : 'NONE',
		stockReport: context.getNodeParameter('reportType', item, 'bystore') as StockReportType,
	} as const;
	return { webhooks: profileWebhooks(profiles, options, addressFor(receiver, credential)), isOwn: ownUrl(receiver) };
}
