import type { INodeProperties } from 'n8n-workflow';
import { locator } from '../../../../shared/locator';
import { stockProperties } from '../../parameters/stock';

const ofRest = (name: string): INodeProperties => stockProperties.find((property) => property.name === name) as INodeProperties;

/** Which amounts of MoySklad go where over the exchange. */
export const exchangeStockProperties: INodeProperties[] = [
	{
		displayName: 'Link of the Item',
		name: 'itemLink',
		type: 'string',
		default: '={{ $json.itemLink }}',
		description: 'What Upsert Items called link: it tells the key of the item on the site, which an amount does not say',
	},
	ofRest('kind'),
	{ ...ofRest('spread'), description: 'The last two need items with stores: a report by store in MoySklad Entity. By Store needs all stores of the site.' },
	ofRest('chosenStores'),
	{
		displayName: 'Stores of the Site',
		name: 'siteStores',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true },
		default: {},
		placeholder: 'Add Store',
		displayOptions: { show: { spread: ['byStore'] } },
		description: 'Every store of the site that is active. Several stores of MoySklad may go to one of the site, which gets their sum.',
		options: [
			{
				displayName: 'Store',
				name: 'row',
				values: [
					locator({ displayName: 'From MoySklad', name: 'from', searchListMethod: 'moySkladStores' }),
					{ displayName: 'External Code', name: 'id', type: 'string', default: '', description: 'XML_ID of the store on the site. When empty, the external code of the store in MoySklad.' },
					{ displayName: 'Name', name: 'name', type: 'string', default: '', description: 'The site gives its store this name. When empty, that of the store in MoySklad.' },
				],
			},
		],
	},
	{
		displayName: 'These Are All Stores of the Site',
		name: 'storesComplete',
		type: 'boolean',
		default: false,
		displayOptions: { show: { spread: ['byStore'] } },
		description: 'Whether the list names every active store of the site. Stores that are not sent do not count in the total that the site shows.',
	},
	ofRest('defaultStore'),
	{
		...locator({
			displayName: 'Sales Channel of This Store',
			name: 'salesChannel',
			searchListMethod: 'moySkladSalesChannels',
			description: 'By which orders of this very store are known in MoySklad. What they reserve there is added to what is free, because the site takes its own reserve off by itself. Leave it empty when the site keeps no reserve.',
		}),
		displayOptions: { show: { kind: ['free', 'expected'] } },
	},
	ofRest('buffer'),
];
