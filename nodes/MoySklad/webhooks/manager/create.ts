import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import {
	actionsOf,
	objectSubject,
	SyncError,
	webhooksAt,
	type EventAction,
	type StockReportType,
	type Subject,
} from '../../../../core';
import { MOYSKLAD_CREDENTIAL, type MoySkladCredential } from '../../../shared/moySklad';
import type { BulkOperation } from '../../../shared/operation';
import { showFor } from '../../../shared/properties';
import { actionsField, changedFieldsField, entityField, stockReportField } from '../eventFields';
import { addressFor } from '../ownReceiver';
import { ensureWishes, type Wish } from './ensuring';
import { ownUrl, receiverAt } from './place';
import { writeFields } from './writing';

const kindField: INodeProperties = {
	displayName: 'Reports',
	name: 'kind',
	type: 'options',
	options: [
		{ name: 'Changes of Objects', value: 'object' },
		{ name: 'Changes of Stock', value: 'stock' },
	],
	default: 'object',
	description: 'What the webhook reports',
};

const addressFields: INodeProperties[] = [
	{
		displayName: 'Address',
		name: 'address',
		type: 'options',
		options: [
			{
				name: 'Of the Trigger',
				value: 'trigger',
				description: 'The trigger whose URL is given above, with the check string of the credential',
			},
			{ name: 'Other', value: 'other', description: 'Another system' },
		],
		default: 'trigger',
		description: 'Where MoySklad sends the events',
	},
	{
		displayName: 'Other Address',
		name: 'url',
		type: 'string',
		required: true,
		displayOptions: { show: { address: ['other'] } },
		default: '',
		placeholder: 'e.g. https://shop.example.com/hook',
		description: 'At most 255 characters',
	},
];

export const create: BulkOperation = {
	value: 'create',
	name: 'Create',
	action: 'Create webhook',
	description: 'Register webhooks; one that is there already is switched on instead',
	properties: [
		kindField,
		...showFor([entityField, actionsField, changedFieldsField], { kind: ['object'] }),
		...showFor([stockReportField], { kind: ['stock'] }),
		...addressFields,
		...writeFields,
	],
	async all() {
		const credential = await this.getCredentials<MoySkladCredential>(MOYSKLAD_CREDENTIAL);
		return await ensureWishes(this, (item) => wishAt(this, item, credential));
	},
};

function wishAt(context: IExecuteFunctions, item: number, credential: MoySkladCredential): Wish {
	const subjects = subjectsAt(context, item);
	if (subjects.length === 0) throw new SyncError('WEBHOOK_NOTHING_CHOSEN');
	if (context.getNodeParameter('address', item) === 'other') {
		const url = (context.getNodeParameter('url', item) as string).trim();
		return { webhooks: webhooksAt(subjects, url), isOwn: (other) => other === url };
	}
	const receiver = receiverAt(context, item);
	return { webhooks: webhooksAt(subjects, addressFor(receiver, credential)), isOwn: ownUrl(receiver) };
}

function subjectsAt(context: IExecuteFunctions, item: number): Subject[] {
	if (context.getNodeParameter('kind', item) === 'stock')
		return [{ kind: 'stock', reportType: context.getNodeParameter('reportType', item) as StockReportType }];
	const entity = context.getNodeParameter('entity', item) as string;
	const actions = context.getNodeParameter('actions', item, []) as EventAction[];
	const diffType = context.getNodeParameter('changedFields', item) ? 'FIELDS' : 'NONE';
	return actionsOf(entity, actions).map((action) => objectSubject(entity, action, diffType));
}
