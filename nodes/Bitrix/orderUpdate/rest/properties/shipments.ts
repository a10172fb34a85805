import type { INodeProperties } from 'n8n-workflow';
import { locator } from '../../../../shared/locator';

const VALUES: INodeProperties[] = [
	locator({ displayName: 'Store in MoySklad', name: 'store', searchListMethod: 'stores', description: 'The store that the goods leave; any when empty' }),
	locator({
		displayName: 'Additional Field',
		name: 'attribute',
		searchListMethod: 'demandAttributes',
		description: 'An additional field of the shipment; any shipment when empty',
		typed: { displayName: 'By ID or Name', placeholder: 'e.g. Carrier' },
	}),
	{ displayName: 'Value of the Field', name: 'value', type: 'string', default: '', description: 'What the additional field says; anything when empty' },
	{
		displayName: 'Delivery Service Name or ID',
		name: 'target',
		type: 'options',
		typeOptions: { loadOptionsMethod: 'getDeliveries' },
		default: '',
		description: 'Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>',
	},
];

export const deliveryMapProperty: INodeProperties = {
	displayName: 'Delivery Services',
	name: 'deliveryMap',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true, sortable: true },
	default: {},
	placeholder: 'Add Delivery Service',
	description: 'Which delivery service a shipment gets that the store does not have yet; the first row that fits counts, else that of the order',
	options: [{ displayName: 'Delivery Service', name: 'row', values: VALUES }],
	displayOptions: { show: { shipments: ['full'] } },
};

/** How shipments of MoySklad become shipments of the store. */
export const shipmentProperties: INodeProperties[] = [
	{
		displayName: 'Shipments',
		name: 'shipments',
		type: 'options',
		options: [
			{ name: 'Full', value: 'full', description: 'Each shipment of MoySklad has its own in the store, with what went out, also several, partial, changed and deleted ones' },
			{ name: 'Off', value: 'off', description: 'Shipments are left alone' },
			{ name: 'Simple', value: 'simple', description: 'The delivery of an order is allowed when it is shipped in full' },
		],
		default: 'off',
	},
	deliveryMapProperty,
	{
		displayName: 'Deduct',
		name: 'deduct',
		type: 'boolean',
		default: false,
		description: 'Whether shipments are deducted, which takes the goods from the stock of the store. Leave it off when the stock comes from MoySklad.',
		displayOptions: { show: { shipments: ['simple', 'full'] } },
	},
];
