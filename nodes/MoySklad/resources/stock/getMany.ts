import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { anyToMoscow, entityReference, fromMoscow, idOf, type Condition, type StockLevel } from '../../../../core';
import { readFullStock, type MoySkladClient } from '../../../../transport';
import { locator } from '../../../shared/locator';
import { moySkladClient } from '../../../shared/moySklad';
import type { ItemOperation } from '../../../shared/operation';
import { optionsProperty } from '../../../shared/properties';
import { bundlesOption, currentStock, defaultStoreOption, placed, typesOf, typesProperty, withBundles, type LevelOptions, type Shape } from './levels';

type Report = 'currentTotal' | 'currentByStore' | 'fullTotal' | 'fullByStore';

interface StockOptions extends LevelOptions {
	changedSince?: string;
	filterText?: string;
	productFolder?: IDataObject;
	zeroLines?: boolean;
}

const CURRENT = ['currentTotal', 'currentByStore'];
const FULL = ['fullTotal', 'fullByStore'];

const properties: INodeProperties[] = [
	{
		displayName: 'Report',
		name: 'report',
		type: 'options',
		options: [
			{ name: 'Current by Store', value: 'currentByStore', description: 'Amounts of each store; one call for each kind of amount, however many goods there are' },
			{ name: 'Current Total', value: 'currentTotal', description: 'Amounts of all stores together; one call for each kind of amount' },
			{ name: 'Full by Store', value: 'fullByStore', description: 'All kinds of amounts with names of stores, 1,000 objects a call; each call weighs more than others' },
			{ name: 'Full Total', value: 'fullTotal', description: 'All kinds of amounts with names, costs and folders, 1,000 objects a call; each call weighs more than others' },
		],
		default: 'currentByStore',
		description: 'Where the amounts come from. An amount that MoySklad is reckoning anew comes as unknown, not as zero.',
	},
	{ ...typesProperty, displayOptions: { show: { report: CURRENT } } },
	{
		displayName: 'Store Names or IDs',
		name: 'stores',
		type: 'multiOptions',
		typeOptions: { loadOptionsMethod: 'getStores' },
		default: [],
		description: 'Only these stores; all when empty. Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
	},
	{
		displayName: 'Product IDs',
		name: 'assortment',
		type: 'string',
		default: '',
		displayOptions: { show: { report: CURRENT } },
		description: 'Only these products, variants and bundles: IDs or links separated by commas, or a list from an expression; all when empty',
	},
	optionsProperty([
		{
			displayName: 'Changed Since',
			name: 'changedSince',
			type: 'dateTime',
			default: '',
			displayOptions: { show: { '/report': CURRENT } },
			description: 'Only what changed since, zeros included; at most 24 hours ago',
		},
		{
			displayName: 'Filter Text',
			name: 'filterText',
			type: 'string',
			default: '',
			placeholder: 'e.g. stockMode=positiveOnly;search=lamp',
			displayOptions: { show: { '/report': FULL } },
			description: "Conditions in MoySklad's own words",
		},
		bundlesOption,
		{
			...locator({ displayName: 'Product Folder', name: 'productFolder', searchListMethod: 'productFolders', description: 'Only what lies in this folder or below it' }),
			displayOptions: { show: { '/report': FULL } },
		},
		defaultStoreOption,
		{
			displayName: 'Zero Lines',
			name: 'zeroLines',
			type: 'boolean',
			default: false,
			displayOptions: { show: { '/report': CURRENT } },
			description: 'Whether goods that are out of stock come as well, as far as they ever stood in a document',
		},
	]),
];

export const getManyStock: ItemOperation = {
	value: 'getAll',
	name: 'Get Many',
	action: 'Get many stock levels',
	description: 'Read amounts: one item for each product, variant or bundle',
	properties,
	async item(itemIndex) {
		const client = await moySkladClient(this);
		const report = this.getNodeParameter('report', itemIndex) as Report;
		const options = this.getNodeParameter('options', itemIndex, {}) as StockOptions;
		const stores = this.getNodeParameter('stores', itemIndex) as string[];
		const shape = { ...options, stores, byStore: report === 'currentByStore' || report === 'fullByStore' };
		const levels = CURRENT.includes(report)
			? await currentStock(client, { types: typesOf(this, itemIndex), assortment: assortmentOf(this, itemIndex), ...currentOptions(options) }, shape)
			: await fullStock(client, fullConditions(stores, options), shape);
		return levels.map((level) => ({ json: level as IDataObject }));
	},
};

function assortmentOf(context: IExecuteFunctions, item: number): string[] | undefined {
	const value = context.getNodeParameter('assortment', item) as unknown;
	const texts = Array.isArray(value) ? value.map(String) : String(value ?? '').split(',');
	const ids = texts.map((text) => idOf(text)).filter((id) => id !== undefined);
	return ids.length > 0 ? ids : undefined;
}

const currentOptions = ({ changedSince, zeroLines }: StockOptions): { changedSince?: number; zeroLines?: boolean } => ({
	changedSince: changedSince ? fromMoscow(anyToMoscow(changedSince)) : undefined,
	zeroLines,
});

/** MoySklad leaves out what is not available by itself. */
function fullConditions(stores: string[], { productFolder, filterText = '' }: StockOptions): Condition[] {
	const folder = idOf(productFolder ? String(productFolder.value) : undefined);
	const own = filterText.split(';').flatMap((part) => {
		const [, field, operator, value] = /^([^=<>!~]+)(!=|>=|<=|=|>|<)(.*)$/.exec(part.trim()) ?? [];
		return field && operator ? [{ field, operator: operator as Condition['operator'], value: value ?? '' }] : [];
	});
	return [
		...(own.some(({ field }) => field === 'quantityMode') ? [] : [{ field: 'quantityMode', operator: '=' as const, value: 'all' }]),
		...(own.some(({ field }) => field === 'stockMode') ? [] : [{ field: 'stockMode', operator: '=' as const, value: 'all' }]),
		...stores.map((id) => ({ field: 'store', operator: '=' as const, value: entityReference('store', id).meta.href })),
		...(folder === undefined ? [] : [{ field: 'productFolder', operator: '=' as const, value: entityReference('productfolder', folder).meta.href }]),
		...own,
	];
}

async function fullStock(client: MoySkladClient, conditions: Condition[], shape: Shape): Promise<StockLevel[]> {
	const levels = await readFullStock(client, { byStore: shape.byStore, conditions, query: { groupBy: 'variant' } });
	return await withBundles(client, placed(levels, shape), shape);
}
