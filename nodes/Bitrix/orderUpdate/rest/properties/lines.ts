import type { IDisplayOptions, INodeProperties } from 'n8n-workflow';
import { locator } from '../../../../shared/locator';

export const identityProperty: INodeProperties = {
	displayName: 'Identity',
	name: 'identity',
	type: 'options',
	options: [
		{ name: 'External Code', value: 'externalCode', description: 'As the exchange of MoySklad itself does' },
		{ name: 'ID', value: 'id' },
	],
	default: 'externalCode',
	description: 'Which key of MoySklad is the XML_ID of goods in Bitrix; the same as in Bitrix Catalog Upsert',
};

export const conflictOptions = [
	{ name: 'MoySklad Wins', value: 'sourceWins' },
	{ name: 'Newer Wins', value: 'newerWins', description: 'The side that was changed last' },
	{ name: 'Review', value: 'review', description: 'Nothing is written, and the item goes to Failed' },
	{ name: 'Store Wins', value: 'targetWins' },
];

/** How positions become lines. */
export const linesProperties = {
	policy: {
		displayName: 'Lines',
		name: 'lines',
		type: 'options',
		options: [conflictOptions[0], conflictOptions[1], { name: 'Off', value: 'off', description: 'Lines are left alone' }, ...conflictOptions.slice(2)],
		default: 'off',
		description: 'Whether changed positions of the customer order become lines of the order, and who wins when both sides changed since the last run. Orders that are paid, shipped or cancelled keep their lines.',
	} as INodeProperties,
	more: (displayOptions: IDisplayOptions): INodeProperties[] => [
		{
			displayName: 'Unknown Goods',
			name: 'unknownGoods',
			type: 'options',
			options: [
				{ name: 'Free Line', value: 'free', description: 'A line that is only a name and a price' },
				{ name: 'Leave Lines', value: 'stop', description: 'The lines of the order are left alone, and a new order is not made' },
			],
			default: 'stop',
			description: 'What to do with goods that the store does not have',
			displayOptions,
		},
		{
			displayName: 'Delivery as Service',
			name: 'deliveryServices',
			type: 'fixedCollection',
			typeOptions: { multipleValues: true },
			default: {},
			placeholder: 'Add Service',
			description: 'Services of MoySklad that stand for the delivery: their sum is the price of the delivery, and they are no lines',
			options: [{ displayName: 'Service', name: 'row', values: [locator({ displayName: 'Service', name: 'one', searchListMethod: 'services' })] }],
			displayOptions,
		},
	],
};
