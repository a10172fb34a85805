import type { INodeProperties } from 'n8n-workflow';
import { locator } from '../../../../shared/locator';
import { rowsProperty } from '../../../../shared/rowsProperty';

/** What the state of a customer order means in the store. */
export const statusProperties: INodeProperties[] = [
	rowsProperty({
		displayName: 'Statuses',
		name: 'statusMap',
		row: 'Status',
		sortable: true,
		description:
			'Which status of the store belongs to what. The row for cancelled orders counts first, then the first row that fits. An order that fits no row keeps its status, with a warning.',
		values: [
			{
				displayName: 'When',
				name: 'when',
				type: 'options',
				options: [
					{ name: 'Order Has State', value: 'state' },
					{ name: 'Order Is Cancelled', value: 'canceled', description: 'It is in one of the Cancelling States' },
					{ name: 'Order Is Paid', value: 'paid', description: 'In full' },
					{ name: 'Order Is Shipped', value: 'shipped', description: 'In full' },
					{ name: 'Order Is Shipped in Part', value: 'partlyShipped' },
				],
				default: 'state',
			},
			locator({ displayName: 'State in MoySklad', name: 'state', searchListMethod: 'customerOrderStates', displayOptions: { show: { when: ['state'] } } }),
			{
				displayName: 'Status in the Store Name or ID',
				name: 'status',
				type: 'options',
				typeOptions: { loadOptionsMethod: 'getOrderStatuses' },
				default: '',
				description: 'Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>',
			},
			{
				displayName: 'Even Out of a Final Status',
				name: 'beyondFinal',
				type: 'boolean',
				default: false,
				description: 'Whether orders leave a final status for this one',
			},
		],
	}),
	rowsProperty({
		displayName: 'Cancelling States',
		name: 'cancelStates',
		row: 'State',
		description:
			'States of MoySklad in which an order is cancelled. An order that leaves them is reopened in the store when this flow had cancelled it, which its link shows.',
		values: [locator({ displayName: 'State in MoySklad', name: 'one', searchListMethod: 'customerOrderStates' })],
	}),
];
