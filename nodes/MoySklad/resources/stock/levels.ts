import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { idOf, inStores, STOCK_TYPES, withDefaultStore, withoutStores, type StockLevel, type StockType } from '../../../../core';
import { composeBundles, readBundleParts, readCurrentStock, type CurrentStockQuery, type MoySkladClient } from '../../../../transport';
import { locator } from '../../../shared/locator';

const TYPE_NAMES: Record<StockType, { name: string; description: string }> = {
	freeStock: { name: 'Free', description: 'What is there less what is reserved: what a store can sell' },
	inTransit: { name: 'In Transit', description: 'What suppliers have been asked for' },
	quantity: { name: 'Available', description: 'Free and in transit together: sells what has not arrived yet' },
	reserve: { name: 'Reserved', description: 'What open orders keep' },
	stock: { name: 'Physical', description: 'What is there' },
};

const typesChoice: Omit<INodeProperties, 'type'> = {
	displayName: 'Amounts',
	name: 'stockTypes',
	options: STOCK_TYPES.map((value) => ({ value, ...TYPE_NAMES[value] })).sort((one, other) => one.name.localeCompare(other.name)),
	default: ['freeStock'],
	description: 'Kinds of amounts to read; one call each',
};

export const typesProperty: INodeProperties = { ...typesChoice, type: 'multiOptions' };

export const defaultStoreOption = locator({
	displayName: 'Store for Orders Without Store',
	name: 'defaultStore',
	searchListMethod: 'stores',
	description: 'Orders that name no store reserve from this one. When empty, their reserves come as amounts of a store without ID.',
});

export const bundlesOption: INodeProperties = {
	displayName: 'Include Bundles',
	name: 'includeBundles',
	type: 'boolean',
	default: false,
	description: 'Whether bundles whose components are concerned come along, with as many as can be put together; one call more for each 100 bundles of the account',
};

export interface LevelOptions {
	includeBundles?: boolean;
	defaultStore?: IDataObject | string;
}

/** In which form amounts leave the node. */
export interface Shape extends LevelOptions {
	byStore: boolean;
	/** Only these stores; all when empty. */
	stores?: readonly string[];
}

export const typesOf = (context: IExecuteFunctions, item: number): StockType[] => context.getNodeParameter('stockTypes', item) as StockType[];

/** Amounts of the short report in the form in which they leave the node, with bundles where they are wanted. */
export async function currentStock(client: MoySkladClient, query: CurrentStockQuery, shape: Shape): Promise<StockLevel[]> {
	const read = async (part: CurrentStockQuery): Promise<StockLevel[]> => placed(await readCurrentStock(client, part), shape);
	const { assortment, changedSince, types } = query;
	const partial = assortment !== undefined || changedSince !== undefined;
	const missing = async (ids: string[]): Promise<StockLevel[]> => await read({ types, assortment: ids });
	return await withBundles(client, await read(query), shape, { wanted: assortment, missing: partial ? missing : undefined });
}

/** Adds bundles, and takes the stores away where only sums are wanted. */
export async function withBundles(client: MoySkladClient, levels: StockLevel[], { includeBundles, byStore }: Shape, parts: Parameters<typeof composeBundles>[2] = {}): Promise<StockLevel[]> {
	const bundles = includeBundles ? await composeBundles(await readBundleParts(client), levels, parts) : [];
	const all = [...levels, ...bundles];
	return byStore ? all : all.map(withoutStores);
}

/** Amounts of orders without a store in their place (rule S3), and of the wanted stores only. */
export function placed(levels: StockLevel[], { defaultStore, stores = [] }: Shape): StockLevel[] {
	const store = idOf(typeof defaultStore === 'object' ? String(defaultStore.value) : defaultStore);
	const whole = store === undefined ? levels : levels.map((level) => withDefaultStore(level, store));
	return stores.length === 0 ? whole : whole.map((level) => inStores(level, stores));
}
