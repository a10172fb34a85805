import type { INodeProperties } from 'n8n-workflow';
import { conflictPolicyProperty } from '../../../../shared/fieldPolicies';
import { locator } from '../../../../shared/locator';
import { rowsProperty } from '../../../../shared/rowsProperty';
import { subWorkflowOption } from '../../../../shared/subWorkflow';
import { failAfterAllOption } from '../../../../shared/writeOutputs';
import { zoneOption } from '../../../orders/exchange/siteZone';
import { INTO_STORE } from './lines';

const OPTIONS: INodeProperties[] = [
	failAfterAllOption,
	{
		displayName: 'Deleted Payments',
		name: 'removedPayments',
		type: 'options',
		options: [
			{ name: 'Ignore', value: 'ignore', description: 'The payment of the store stays as it is' },
			{ name: 'Mark as Unpaid', value: 'unpaid' },
			{ name: 'Void', value: 'void', description: 'The payment of the store is deleted' },
		],
		default: 'unpaid',
		description: 'What becomes of a payment in the store when its document was deleted or unposted in MoySklad',
	},
	{
		displayName: 'Deleted Shipments',
		name: 'removedShipments',
		type: 'options',
		options: [
			{ name: 'Delete', value: 'delete', description: 'One that carries the price of the delivery is only taken back' },
			{ name: 'Ignore', value: 'ignore', description: 'The shipment of the store stays as it is' },
			{ name: 'Take Back', value: 'undo', description: 'Its delivery is not allowed any more' },
		],
		default: 'undo',
		description: 'What becomes of a shipment in the store when its document was deleted or unposted in MoySklad',
	},
	{
		displayName: 'Final Status Names or IDs',
		name: 'finalStatuses',
		type: 'multiOptions',
		typeOptions: { loadOptionsMethod: 'getOrderStatuses' },
		default: ['F'],
		description:
			'Statuses that an order does not leave, unless the row of another status says so. Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
	},
	{
		displayName: 'No 1C on This Site',
		name: 'noOneC',
		type: 'boolean',
		default: false,
		description: 'Whether no 1C exchanges with the site, so that its marks (ID and version in 1C, changed by 1C) are free for this node',
	},
	rowsProperty({
		displayName: 'Responsible',
		name: 'responsibles',
		row: 'Employee',
		description: 'Which user of Bitrix is responsible for the orders of an employee of MoySklad',
		values: [
			locator({ displayName: 'Employee in MoySklad', name: 'employee', searchListMethod: 'employees' }),
			{
				displayName: 'User in Bitrix Name or ID',
				name: 'user',
				type: 'options',
				typeOptions: { loadOptionsMethod: 'getUsers' },
				default: '',
				description: 'Sites do not list their users. Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
			},
		],
	}),
	{
		displayName: 'Status of Shipped Shipments Name or ID',
		name: 'shippedStatus',
		type: 'options',
		typeOptions: { loadOptionsMethod: 'getShipmentStatuses' },
		default: '',
		description: 'It stays when empty. Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
	},
	{
		displayName: 'Status Pairs From an Expression',
		name: 'statusPairs',
		type: 'json',
		default: '',
		description: 'A list of pairs { from, to }, such as the wizard keeps them: IDs of states in MoySklad, IDs of statuses in the store. It counts where no status is added above.',
	},
	subWorkflowOption('Gets an item for each order with its key and the wish that the store is told, and gives them back, changed as you like'),
	{ ...zoneOption, description: 'Documents get the day that the clocks of the site show; the time zone of the workflow when empty' },
	locator({
		displayName: 'Tracking Number Field',
		name: 'trackingField',
		searchListMethod: 'demandAttributes',
		description: 'The additional field of shipments in MoySklad that holds the tracking number',
		typed: { displayName: 'By ID or Name', placeholder: 'e.g. Track' },
	}),
	{
		displayName: 'Unpaid Payments of the Store',
		name: 'openPayments',
		type: 'options',
		options: [
			{ name: 'Leave Alone', value: 'keep', description: 'Only what they leave of the order is added as payments' },
			{ name: 'Use', value: 'use', description: 'One of the same sum is marked as paid; for a part, it becomes smaller by that part' },
		],
		default: 'use',
		description: 'What becomes of the unpaid payment that an order was placed with, when MoySklad receives the money',
	},
];

/** Only for orders that are there already. */
const UPDATE_OPTIONS: INodeProperties[] = [
	conflictPolicyProperty({ name: 'conflicts', sides: INTO_STORE }),
	{
		displayName: 'Deleted Customer Orders',
		name: 'deleted',
		type: 'options',
		options: [
			{ name: 'Cancel', value: 'cancel' },
			{ name: 'Leave', value: 'leave' },
		],
		default: 'leave',
		description: 'What becomes of the order of the store when its customer order was deleted in MoySklad; its link or its ID is needed to find it',
	},
	{
		displayName: 'Include Orders Born Elsewhere',
		name: 'bornElsewhere',
		type: 'boolean',
		default: false,
		description: 'Whether orders are changed that came into the store from another system, such as a marketplace',
	},
];

const sorted = (options: readonly INodeProperties[]): INodeProperties[] => [...options].sort((one, other) => one.displayName.localeCompare(other.displayName));

export const createOptions = sorted(OPTIONS);
export const updateOptions = sorted([...OPTIONS, ...UPDATE_OPTIONS]);
