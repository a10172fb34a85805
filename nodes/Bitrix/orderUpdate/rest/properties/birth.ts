import type { INodeProperties } from 'n8n-workflow';
import { readingOptions } from '../../../orders/readingProperties';

/** What an order gets that was born in MoySklad. */
export const birthProperties: INodeProperties[] = [
	{
		displayName: 'Site Name or ID',
		name: 'site',
		type: 'options',
		typeOptions: { loadOptionsMethod: 'getSites' },
		default: 's1',
		required: true,
		description: 'The site of this Bitrix that the orders belong to. Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
	},
	{
		displayName: 'Currency',
		name: 'currency',
		type: 'string',
		default: 'RUB',
		required: true,
		description: 'Code of the currency that customer orders in the currency of the account have',
	},
	{
		displayName: 'Buyer',
		name: 'buyer',
		type: 'options',
		options: [
			{ name: 'Always the Same User', value: 'same' },
			{ name: 'User of Earlier Orders', value: 'earlier', description: 'Who ordered with the same e-mail or phone before; else the same user as always' },
		],
		default: 'earlier',
		description: 'Under which user of the store the orders are placed. REST makes no users of a store.',
	},
	{
		displayName: 'User ID',
		name: 'buyerId',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. 1',
		description: 'ID of the user of the store for customers who are not found, e.g. one that is called “Orders from MoySklad”',
	},
	{
		displayName: 'Payer Type of Persons Name or ID',
		name: 'personPayerType',
		type: 'options',
		typeOptions: { loadOptionsMethod: 'getPayerTypes' },
		default: '',
		description:
			'When empty, the one that Bitrix keeps for persons. Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
	},
	{
		displayName: 'Payer Type of Companies Name or ID',
		name: 'companyPayerType',
		type: 'options',
		typeOptions: { loadOptionsMethod: 'getPayerTypes' },
		default: '',
		description:
			'Also of entrepreneurs. When empty, the one that Bitrix keeps for companies. Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
	},
	{
		displayName: 'Delivery Service Name or ID',
		name: 'birthDelivery',
		type: 'options',
		typeOptions: { loadOptionsMethod: 'getDeliveries' },
		default: '',
		description:
			'Of the shipment that a new order gets; without one it gets none, and paid delivery stops it. Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
	},
	{
		displayName: 'Pay System Name or ID',
		name: 'birthPaySystem',
		type: 'options',
		typeOptions: { loadOptionsMethod: 'getPaySystems' },
		default: '',
		description:
			'Of the unpaid payment that a new order gets; it gets none when empty. Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
	},
];

/** Which order properties hold what of the customer, where their codes are not the usual ones. */
export const rolesOption = readingOptions.filter(({ name }) => name === 'roles');
