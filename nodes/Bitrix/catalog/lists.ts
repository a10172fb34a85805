import type { ILoadOptionsFunctions, INodeListSearchItems, INodeListSearchResult } from 'n8n-workflow';
import { EXCHANGE_FIELDS, FIELD_TARGETS, GOODS_SOURCES, PROPERTY_PREFIX, propertyKind, readCatalog, readPriceType, readProperty, readSection, readStore, SectionTree, type Catalog, type Property } from '../../../core';
import { Batches, readAll, readAllRows, readAttributeDefinitions, rowsOf, type BitrixClient, type ListMethod } from '../../../transport';
import { bitrixClient } from '../../shared/bitrix';
import { bitrixAuthentication } from '../../shared/bitrixConnection';
import { moySkladClient } from '../../shared/moySklad';
import { attributeEntry, moySkladLists, shortList, type ListMethod as Search } from '../../shared/moySkladLists';
import { STORES } from './stock/inventory';

const CATALOGS: ListMethod = { method: 'catalog.catalog.list', rows: 'catalogs' };

/** Entries of a Bitrix list that is short enough to be read whole; those whose names hold what the user typed, in their order. */
export const bitrixList = (read: (client: BitrixClient, context: ILoadOptionsFunctions) => Promise<INodeListSearchItems[]>): Search =>
	async function (filter) {
		return matching(await read(await bitrixClient(this, bitrixAuthentication(this)), this), filter);
	};

export function matching(entries: INodeListSearchItems[], filter = ''): INodeListSearchResult {
	const wanted = filter.trim().toLowerCase();
	return { results: entries.filter(({ name }) => name.toLowerCase().includes(wanted)) };
}

/** The catalog that the user chose; undefined while it is an expression that cannot be resolved yet (trap N21). */
function chosenCatalog(context: ILoadOptionsFunctions): number | undefined {
	const chosen = context.getCurrentNodeParameter('catalog', { extractValue: true });
	const id = Number(chosen);
	return Number.isInteger(id) && id > 0 ? id : undefined;
}

/** Blocks of goods and of offers; there are few, and one call gives them. */
export const readCatalogs = async (client: BitrixClient): Promise<Catalog[]> => rowsOf(await client.read(CATALOGS.method), CATALOGS).map(readCatalog);

const catalogs = bitrixList(async (client) =>
	(await readCatalogs(client)).filter(({ productIblockId }) => productIblockId === null).map(({ iblockId, name }) => ({ name: `${name} (${iblockId})`, value: iblockId })),
);

const priceTypes = bitrixList(async (client) => await priceTypeEntries(client, ''));

async function priceTypeEntries(client: BitrixClient, prefix: string): Promise<INodeListSearchItems[]> {
	const rows = await readAllRows(new Batches(client), { method: 'catalog.priceType.list', rows: 'priceTypes' }, 1);
	return rows.map(readPriceType).map(({ id, name, base }) => ({ name: base ? `${name} (base)` : name, value: prefix === '' ? id : `${prefix}${id}` }));
}

/** Blocks in question: the chosen catalog with its offers, or all of them with their names in front. */
async function blocks(client: BitrixClient, context: ILoadOptionsFunctions): Promise<Array<{ iblockId: number; prefix: string }>> {
	const chosen = chosenCatalog(context);
	const all = await readCatalogs(client);
	const some = chosen === undefined ? all : all.filter(({ iblockId, productIblockId }) => iblockId === chosen || productIblockId === chosen);
	return some.map(({ iblockId, productIblockId, name }) => ({
		iblockId, prefix: chosen === undefined ? `${name}: ` : productIblockId === null ? 'Property: ' : 'Property of Offers: ',
	}));
}

const sections = bitrixList(async (client, context) => {
	const entries: INodeListSearchItems[] = [];
	const chosen = chosenCatalog(context);
	for (const { iblockId, prefix } of chosen === undefined ? await blocks(client, context) : [{ iblockId: chosen, prefix: '' }]) {
		const parameters = { select: ['id', 'xmlId', 'name', 'iblockSectionId', 'active'], filter: { iblockId } };
		const tree = new SectionTree((await readAllRows(new Batches(client), { method: 'catalog.section.list', rows: 'sections', parameters })).map(readSection));
		entries.push(...tree.all().map(({ id }) => ({ name: `${prefix}${tree.path(id)}`, value: id })));
	}
	return entries.sort((one, other) => one.name.localeCompare(other.name));
});

/** Everything that a mapping can fill. */
const targets = bitrixList(async (client, context) => {
	const fields = FIELD_TARGETS.map(({ name, label }) => ({ name: label, value: name }));
	const prices = (await priceTypeEntries(client, 'price:')).map((entry) => ({ ...entry, name: `Price: ${entry.name}` }));
	const properties = await propertiesOf(client, await blocks(client, context));
	return [...fields, ...prices, ...properties.map(({ name, id }) => ({ name, value: `property:${id}` }))];
});

/** Properties that a value can be written into. */
async function propertiesOf(client: BitrixClient, some: ReadonlyArray<{ iblockId: number; prefix: string }>): Promise<Array<{ id: number; name: string }>> {
	const properties: Array<{ id: number; name: string }> = [];
	for (const { iblockId, prefix } of some) {
		const parameters = { filter: { iblockId } };
		const rows = await readAllRows(new Batches(client), { method: 'catalog.productProperty.list', rows: 'productProperties', parameters });
		properties.push(...rows.map(readProperty).filter(isWritable).map(({ id, name, code }) => ({ id: id ?? 0, name: `${prefix}${name}${code ? ` (${code})` : ''}` })));
	}
	return properties;
}

const isWritable = (property: Property): boolean => property.type === 'L' || propertyKind(property) !== 'unsupported';

/** Properties of the chosen catalog itself, of all catalogs while none is chosen. */
const goodsProperties = bitrixList(async (client, context) => {
	const chosen = chosenCatalog(context);
	const properties = await propertiesOf(client, chosen === undefined ? await blocks(client, context) : [{ iblockId: chosen, prefix: '' }]);
	return properties.map(({ id, name }) => ({ name, value: id }));
});

/** Fields of goods; the additional fields and prices of the account too, if a MoySklad credential is chosen. */
const moySkladFields: Search = async function (filter) {
	const fields = GOODS_SOURCES.map(({ name, label }) => ({ name: label, value: name }));
	if (!this.getNode().credentials?.moySkladApi)
		return matching([{ name: 'Choose a MoySklad API Credential for Prices and Additional Fields', value: '' }, ...fields], filter);
	const client = await moySkladClient(this);
	const prices = await readAll(client, 'context/companysettings/pricetype');
	const attributes = await readAttributeDefinitions(client, 'product');
	return matching(
		[
			...fields,
			...prices.map(({ id, name }) => ({ name: `Price: ${String(name)}`, value: `price:${String(id)}` })),
			...attributes.map(attributeEntry),
		],
		filter,
	);
};

/** Everything that a mapping over the exchange can fill: the site does not tell its properties. */
const exchangeTargets: Search = async function (filter) {
	const fields = EXCHANGE_FIELDS.map(({ name, label }) => ({ name: label, value: name }));
	if (!this.getNode().credentials?.moySkladApi) return matching(fields, filter);
	const attributes = await readAttributeDefinitions(await moySkladClient(this), 'product');
	return matching([...fields, ...attributes.map(({ id, name }) => ({ name: `Property of Additional Field: ${name}`, value: `${PROPERTY_PREFIX}${id}` }))], filter);
};

const moySkladCheckboxes = shortList(async (client) =>
	(await readAttributeDefinitions(client, 'product')).filter(({ type }) => type === 'boolean').map(({ id, name }) => ({ name, value: id })),
);

const bitrixStores = bitrixList(async (client) => {
	const stores = (await readAllRows(new Batches(client), STORES, 1)).map(readStore);
	return stores.filter(({ active }) => active).map(({ id, title }) => ({ name: `${title} (${id})`, value: id }));
});

/** Live lists of the node. */
export const catalogLists = {
	bitrixStores,
	catalogs,
	exchangeTargets,
	goodsProperties,
	moySkladCheckboxes,
	moySkladFields,
	moySkladPriceTypes: moySkladLists.priceTypes,
	moySkladSalesChannels: moySkladLists.salesChannels,
	moySkladStores: moySkladLists.stores,
	priceTypes,
	productFolders: moySkladLists.productFolders,
	sections,
	targets,
};
