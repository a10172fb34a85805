import type { INodeProperties } from 'n8n-workflow';
import { rowsProperty } from '../../../../shared/rowsProperty';
import { documentRow } from './documentRows';

const paid = { show: { payments: ['simple', 'full'] } };

const VALUES: INodeProperties[] = [
	{
		displayName: 'Document',
		name: 'kind',
		type: 'options',
		options: [
			{ name: 'Any', value: 'any' },
			{ name: 'Cash In', value: 'cashin' },
			{ name: 'Incoming Payment', value: 'paymentin' },
		],
		default: 'any',
	},
	...documentRow({ what: 'payment', attributes: 'paymentAttributes', example: 'Bank', target: 'Pay System', targets: 'getPaySystems' }),
];

/** How payments of MoySklad become payments of the store. */
export const paymentProperties: INodeProperties[] = [
	{
		displayName: 'Payments',
		name: 'payments',
		type: 'options',
		options: [
			{ name: 'Full', value: 'full', description: 'Each payment of MoySklad has its own in the store, also several, partial, changed and deleted ones' },
			{ name: 'Off', value: 'off', description: 'Payments are left alone' },
			{ name: 'Simple', value: 'simple', description: 'The payments of an order are marked as paid when it is paid in full' },
		],
		default: 'off',
		description: 'Marking a payment as paid can send receipts and mails: look at a preview first',
	},
	rowsProperty({
		displayName: 'Pay Systems',
		name: 'paySystemMap',
		row: 'Pay System',
		sortable: true,
		description: 'Which pay system a payment gets that the store does not have yet; the first row that fits counts',
		values: VALUES,
		displayOptions: { show: { payments: ['full'] } },
	}),
	{
		displayName: 'Pay System for Others Name or ID',
		name: 'paySystem',
		type: 'options',
		typeOptions: { loadOptionsMethod: 'getPaySystems' },
		default: '',
		description:
			'For payments that fit no row. When empty they are left out with a warning, unless the store has an unpaid payment of the same sum. Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
		displayOptions: paid,
	},
	{
		displayName: 'Online and Fiscal Pay System Names or IDs',
		name: 'protectedSystems',
		type: 'multiOptions',
		typeOptions: { loadOptionsMethod: 'getPaySystems' },
		default: [],
		description:
			'Payments of these are never marked, changed or deleted: they send receipts and mails of their own. Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
		displayOptions: paid,
	},
];
