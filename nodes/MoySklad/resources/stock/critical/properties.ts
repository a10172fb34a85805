import type { INodeProperties } from 'n8n-workflow';
import { locator } from '../../../../shared/locator';
import { optionsProperty } from '../../../../shared/properties';
import { rowsProperty } from '../../../../shared/rowsProperty';
import { bundlesOption, defaultStoreOption } from '../levels';

const READ = { show: { '/levels': ['read'] } };

const thresholds = rowsProperty({
	displayName: 'Thresholds',
	name: 'thresholds',
	row: 'Threshold',
	description: 'From which amount on goods are low. Of several rows that fit, the one for the product holds, then that for its nearest folder, then that for all goods; their order does not matter. Without any row nothing is read and nothing comes out.',
	values: [
		{
			displayName: 'For',
			name: 'scope',
			type: 'options',
			options: [
				{ name: 'All Goods', value: 'all' },
				{ name: 'Product', value: 'product', description: 'A product with its variants, or one variant or bundle' },
				{ name: 'Product Folder', value: 'folder', description: 'All goods in the folder and below it' },
			],
			default: 'all',
		},
		locator({ displayName: 'Product', name: 'product', searchListMethod: 'assortment', displayOptions: { show: { scope: ['product'] } } }),
		locator({ displayName: 'Product Folder', name: 'folder', searchListMethod: 'productFolders', displayOptions: { show: { scope: ['folder'] } } }),
		locator({ displayName: 'Store', name: 'store', searchListMethod: 'stores', description: 'The amount in this store counts; when empty, that of all stores together' }),
		{
			displayName: 'Amount',
			name: 'amount',
			type: 'number',
			typeOptions: { numberPrecision: 3 },
			default: 0,
			description: 'A good with this amount or less is low; 0 tells what is sold out',
		},
	],
});

/** The parameters of *Find Critical*. */
export const criticalProperties: INodeProperties[] = [
	thresholds,
	{
		displayName: 'Use Minimum Stock of MoySklad',
		name: 'useMinimum',
		type: 'boolean',
		default: false,
		description: 'Whether the minimum stock that MoySklad keeps in a product is the threshold of its total, and of each of its variants, where no row without a store fits',
	},
	{
		displayName: 'State',
		name: 'state',
		type: 'string',
		default: '',
		placeholder: "e.g. {{ $('Read Flow').first().json.state }}",
		description: 'The field state of the last item that the run before gave, so that each change is told once; empty in the first run',
	},
	{
		displayName: 'Stock Levels',
		name: 'levels',
		type: 'options',
		options: [
			{ name: 'Input Items', value: 'items', description: 'Items of Get Many or Get for Events. What they do not speak of stays as it was.' },
			{ name: 'Read Now', value: 'read', description: 'The current report of all goods, with one call' },
		],
		default: 'read',
	},
	{
		displayName: 'Amount That Counts',
		name: 'kind',
		type: 'options',
		options: [
			{ name: 'Expected', value: 'expected', description: 'Free and in transit together' },
			{ name: 'Free', value: 'free', description: 'What is there less what is reserved' },
			{ name: 'Physical', value: 'physical', description: 'What is there' },
		],
		default: 'free',
	},
	optionsProperty([
		{ ...bundlesOption, displayOptions: READ },
		{ ...defaultStoreOption, displayOptions: READ },
	]),
];
