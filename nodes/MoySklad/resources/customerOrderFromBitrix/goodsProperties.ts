import type { INodeProperties } from 'n8n-workflow';
import { identityProperty } from '../../../shared/identityProperty';
import { locator } from '../../../shared/locator';

/** How the lines of an order become positions. */
export const goodsProperties: INodeProperties[] = [
	identityProperty(),
	{
		displayName: 'Unknown Goods',
		name: 'unknownGoods',
		type: 'options',
		options: [
			{ name: 'Create Product', value: 'create', description: 'Make a product with the name of the line' },
			{ name: 'Stop Order', value: 'stop', description: 'Do not write the order' },
			{ name: 'Use Placeholder', value: 'placeholder', description: 'Take the product or service that is chosen below' },
		],
		default: 'stop',
		description: 'What to do with lines that MoySklad has no goods for',
	},
	locator({
		displayName: 'Placeholder',
		name: 'placeholder',
		searchListMethod: 'assortment',
		description: 'Stands for unknown goods; their names go into the description of the order',
		displayOptions: { show: { unknownGoods: ['placeholder'] } },
	}),
	locator({
		displayName: 'Delivery Service',
		name: 'deliveryService',
		searchListMethod: 'services',
		description: 'Stands for the delivery as a line of the order, at its own VAT rate',
	}),
	{
		displayName: 'Create Delivery Service As',
		name: 'deliveryServiceName',
		type: 'string',
		default: '',
		placeholder: 'e.g. Delivery',
		description:
			'Name under which the service is made when none is chosen above. When both are empty, orders with paid delivery are not written.',
	},
];
