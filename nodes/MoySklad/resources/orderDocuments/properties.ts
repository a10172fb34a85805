import type { INodeProperties } from 'n8n-workflow';
import { conflictPolicyProperty } from '../../../shared/fieldPolicies';
import { identityProperty } from '../../../shared/identityProperty';
import { locator } from '../../../shared/locator';
import { optionsProperty, showFor } from '../../../shared/properties';
import { rowsProperty } from '../../../shared/rowsProperty';
import { suppressWebhooksOption } from '../../../shared/suppressWebhooks';
import { failAfterAllOption, previewProperty } from '../../../shared/writeOutputs';

/** The parameters of *Create or Update Documents From Bitrix Order*. Their lists are `moySkladLists`. */

const order: INodeProperties = {
	displayName: 'Order',
	name: 'order',
	type: 'json',
	default: '={{ $json }}',
	required: true,
	description: 'The order with its payments and shipments, as Bitrix Order Export gives it',
};

const payments: INodeProperties = {
	displayName: 'Payments',
	name: 'payments',
	type: 'options',
	options: [
		{ name: 'Off', value: 'off' },
		{ name: 'Simple', value: 'simple', description: 'One document for an order, when it is paid' },
		{ name: 'Full', value: 'full', description: 'A document for each payment of the store' },
	],
	default: 'off',
	description: 'Which payments of the store become documents of MoySklad, linked to the customer order',
};

const paymentDetails: INodeProperties[] = [
	rowsProperty({
		displayName: 'Pay Systems',
		name: 'paySystems',
		row: 'Pay System',
		description: 'Which document belongs to which pay system of the store',
		values: [
			{
				displayName: 'Document in MoySklad',
				name: 'document',
				type: 'options',
				options: [
					{ name: 'Cash In', value: 'cashin' },
					{ name: 'Incoming Payment', value: 'paymentin' },
					{ name: 'None', value: 'none' },
				],
				default: 'paymentin',
			},
			{
				displayName: 'Pay System in Bitrix',
				name: 'paySystem',
				type: 'string',
				default: '',
				placeholder: 'e.g. 3',
				description: 'ID or name of the pay system',
			},
		],
	}),
	{
		displayName: 'Pay System Pairs From an Expression',
		name: 'paySystemPairs',
		type: 'json',
		default: '',
		description: 'A list of pairs { from, to }, such as the wizard keeps them: ID or name of a pay system, and cashin, paymentin or none. It counts where no pay system is added above.',
	},
	{
		displayName: 'Other Pay Systems',
		name: 'otherPaySystems',
		type: 'options',
		options: [
			{ name: 'As the Store Says', value: 'store', description: 'Cash In for those that the store marks as cash, else Incoming Payment' },
			{ name: 'Cash In', value: 'cashin' },
			{ name: 'Incoming Payment', value: 'paymentin' },
			{ name: 'None', value: 'none' },
		],
		default: 'store',
		description: 'Which document belongs to pay systems that are not listed above',
	},
	{
		displayName: 'Refunds',
		name: 'refunds',
		type: 'options',
		options: [
			{ name: 'Make Outgoing Payment', value: 'outgoing', description: 'The payment stays, unlinked, and the same sum goes out' },
			{ name: 'Report', value: 'report', description: 'Write nothing, and tell of it in a warning' },
			{ name: 'Treat as Not Paid', value: 'unpaid' },
		],
		default: 'report',
		description: 'What becomes of a payment that the store gave back',
	},
	locator({
		displayName: 'Expense Item of Refunds',
		name: 'expenseItem',
		searchListMethod: 'expenseItems',
		description: 'What outgoing payments are booked on; MoySklad demands it',
		displayOptions: { show: { refunds: ['outgoing'] } },
	}),
];

const shipments: INodeProperties = {
	displayName: 'Shipments',
	name: 'shipments',
	type: 'options',
	options: [
		{ name: 'Off', value: 'off' },
		{ name: 'Simple', value: 'simple', description: 'One shipment of everything, when the whole order is shipped' },
		{ name: 'Full', value: 'full', description: 'A shipment for each shipment of the store, with its items' },
	],
	default: 'off',
	description: 'Which shipments of the store become shipments of MoySklad, linked to the customer order. The delivery charge goes with the first.',
};

const shipmentStore = locator({
	displayName: 'Store',
	name: 'shipmentStore',
	searchListMethod: 'stores',
	description: 'Which store the goods leave; that of the customer order when empty',
});

const identity = identityProperty('only needed where the link of the customer order is not handed in');

/** What becomes of something that both sides changed. */
export const documentConflicts = conflictPolicyProperty({ name: 'conflicts', sides: { source: 'the store', target: 'MoySklad' }, default: 'review' });

/** What becomes of documents when the two sides disagree. */
export const policyProperties = (whenTakenBack: Pick<INodeProperties, 'displayName' | 'description'>): INodeProperties[] => [
	{
		...whenTakenBack,
		name: 'withdrawal',
		type: 'options',
		options: [
			{ name: 'Delete to Bin', value: 'bin', description: 'Unpost it and move it to the recycle bin, which must be switched on in MoySklad' },
			{ name: 'Leave', value: 'leave', description: 'Leave it as it is, and tell of it in a warning' },
			{ name: 'Unpost', value: 'unpost', description: 'Leave it there, but let it count no more' },
		],
		default: 'leave',
	},
	documentConflicts,
];

const startDate: INodeProperties = {
	displayName: 'Start Date',
	name: 'startDate',
	type: 'dateTime',
	default: '',
	description: 'Orders that were placed before get no documents; set it to the day from which on MoySklad is to know payments and shipments by this flow',
};

/** The first run of a flow that books money only shows what it would do (rule O6). */
export const previewFirst: INodeProperties = {
	...previewProperty,
	default: true,
	description: 'Whether to only show what would change, without writing anything. Switch it off once the first run shows what you expect.',
};

/** The memories that come with an order, and what every operation that writes can be told. */
export const linkOptions = (orderLinkDescription: string): INodeProperties =>
	optionsProperty([
		suppressWebhooksOption,
		failAfterAllOption,
		{
			displayName: 'Link',
			name: 'link',
			type: 'json',
			default: '={{ $json.documentsLink }}',
			description: 'What the last result of Create or Update Documents From Bitrix Order called link. With it changes of both sides are told apart.',
		},
		{
			displayName: 'Link of Customer Order',
			name: 'orderLink',
			type: 'json',
			default: '={{ $json.link }}',
			description: orderLinkDescription,
		},
	]);

export const orderDocumentsProperties: INodeProperties[] = [
	order,
	payments,
	...showFor(paymentDetails, { payments: ['simple', 'full'] }),
	shipments,
	...showFor([shipmentStore], { shipments: ['simple', 'full'] }),
	...showFor([identity], { shipments: ['full'] }),
	...policyProperties({
		displayName: 'When Taken Back',
		description: 'What becomes of the document of a payment or shipment that the store deleted, cancelled or took back. Only documents that this node made are touched.',
	}),
	startDate,
	previewFirst,
	linkOptions(
		'What Create or Update From Bitrix Order called link. It tells which position of the customer order is which line of the store, and finds customer orders that others made.',
	),
];
