import type { INodeProperties } from 'n8n-workflow';
import { locator } from '../../../../shared/locator';
import { rowsProperty } from '../../../../shared/rowsProperty';
import { documentRow } from './documentRows';

const VALUES: INodeProperties[] = [
	locator({ displayName: 'Store in MoySklad', name: 'store', searchListMethod: 'stores', description: 'The store that the goods leave; any when empty' }),
	...documentRow({ what: 'shipment', attributes: 'demandAttributes', example: 'Carrier', target: 'Delivery Service', targets: 'getDeliveries' }),
];

const deliveryMapProperty: INodeProperties = rowsProperty({
	displayName: 'Delivery Services',
	name: 'deliveryMap',
	row: 'Delivery Service',
	sortable: true,
	description: 'Which delivery service a shipment gets that the store does not have yet; the first row that fits counts, else that of the order',
	values: VALUES,
	displayOptions: { show: { shipments: ['full'] } },
});

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
