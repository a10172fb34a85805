import type { INodeProperties } from 'n8n-workflow';

/** Which customer order of MoySklad, and which order of the store. */
export const orderProperties: INodeProperties[] = [
	{
		displayName: 'Customer Order',
		name: 'customerOrder',
		type: 'json',
		default: '={{ $json }}',
		required: true,
		description: 'The customer order as MoySklad Entity gives it. Payments, shipments and positions that it does not hold are read with the MoySklad API credential.',
	},
	{
		displayName: 'Order ID in the Store',
		name: 'storeOrderId',
		type: 'string',
		default: '',
		placeholder: 'e.g. {{ $json.bitrixId }}',
		description: 'When empty, the external code of the customer order (bitrix:site key:ID) or its link says it, and orders that were born in MoySklad are found by their XML_ID',
	},
	{
		displayName: 'Link',
		name: 'link',
		type: 'json',
		default: '={{ $json.link }}',
		description: 'What the result of the last run called link. With it a change on one side only is never a conflict, and what this flow did can be taken back.',
	},
];

export const placedSinceProperty: INodeProperties = {
	displayName: 'Placed Since',
	name: 'placedSince',
	type: 'dateTime',
	default: '',
	required: true,
	description: 'Orders that were placed in the store before are left alone: no status, payment or shipment',
};
