import {
	readCatalog, readMeasure, readPriceType, readProperty, readVatRate, result, SyncError,
	type Catalog, type CatalogBooks, type Parameters, type Property,
} from '../../../core';
import { pageCommands, restOfRows, type Batches, type Command, type ListMethod, type Outcome } from '../../../transport';
import { rowsIn } from './asking';

const CATALOGS: ListMethod = { method: 'catalog.catalog.list', rows: 'catalogs' };
const PRICE_TYPES: ListMethod = { method: 'catalog.priceType.list', rows: 'priceTypes' };
const MEASURES: ListMethod = { method: 'catalog.measure.list', rows: 'measures' };
const VATS: ListMethod = { method: 'catalog.vat.list', rows: 'vats' };
const PRICES: ListMethod = { method: 'catalog.price.list', rows: 'prices' };

const propertiesOf = (iblockId: Parameters[string]): ListMethod => ({
	method: 'catalog.productProperty.list', rows: 'productProperties', parameters: { filter: { iblockId } },
});

/** The books of a catalog, and which currencies its prices use. */
export interface CatalogReading {
	books: CatalogBooks;
	/** Of the currencies that were asked about; undefined when this Bitrix has no prices at all. */
	usedCurrencies: Set<string> | undefined;
}

const PAGES = 4;

/**
 * Everything about a catalog but its items and sections, in one batch (longer lists need a second one).
 * Throws CATALOG_NOT_FOUND when `iblockId` is no catalog of goods.
 */
export async function readBooks(batches: Batches, iblockId: number, currencies: readonly string[]): Promise<CatalogReading> {
	const offersBlock: Command = { key: 'o', method: CATALOGS.method, parameters: { filter: { productIblockId: iblockId } } };
	const offersOfIt = pageCommands(propertiesOf(result('o', 'catalogs', '0', 'iblockId')), 0, PAGES);
	const lists = [PRICE_TYPES, MEASURES, VATS];
	const [all = [], goodsProperties = [], offers = [], prices = [], ...rest] = await batches.run(
		[
			[{ key: 'c', method: CATALOGS.method, parameters: { filter: { iblockId } } }],
			pageCommands(propertiesOf(iblockId), 0, PAGES),
			[offersBlock, ...offersOfIt],
			currencyCommands(currencies),
			...lists.map((list) => pageCommands(list, 0, PAGES)),
		],
		{ repeatable: true },
	);
	const catalogs = [all[0], offers[0]].flatMap((outcome) => rowsIn(outcome, CATALOGS)).map(readCatalog);
	const goods = catalogs.find((catalog) => catalog.iblockId === iblockId && catalog.productIblockId === null);
	if (!goods) throw new SyncError('CATALOG_NOT_FOUND', { id: iblockId });
	const offersCatalog = catalogs.find(({ productIblockId }) => productIblockId === iblockId);
	const [priceTypes = [], measures = [], vats = []] = await Promise.all(lists.map(async (list, index) => await restOfRows(batches, list, rest[index] ?? [])));
	const properties = [
		...(await readProperties(batches, goods, goodsProperties)),
		...(offersCatalog ? await readProperties(batches, offersCatalog, isBlock(offers[0], offersCatalog) ? offers.slice(1) : undefined) : []),
	];
	const books = {
		goods, offers: offersCatalog, properties,
		priceTypes: priceTypes.map(readPriceType), measures: measures.map(readMeasure), vats: vats.map(readVatRate),
	};
	return { books, usedCurrencies: usedCurrencies(currencies, prices) };
}

/** Whether the filter was kept, so that the properties behind it are those of the block. */
const isBlock = (outcome: Outcome | undefined, { iblockId }: Catalog): boolean => Number(rowsIn(outcome, CATALOGS)[0]?.iblockId) === iblockId;

async function readProperties(batches: Batches, { iblockId }: Catalog, first: readonly Outcome[] | undefined): Promise<Property[]> {
	const list = propertiesOf(iblockId);
	const outcomes = first ?? (await batches.run([pageCommands(list, 0, PAGES)], { repeatable: true }))[0] ?? [];
	const properties = (await restOfRows(batches, list, outcomes)).map(readProperty);
	if (properties.some((property) => property.iblockId !== iblockId)) throw new SyncError('BITRIX_FILTER_IGNORED', { call: list.method });
	return properties;
}

/** The properties of a block as they are now. */
export const readPropertiesAgain = async (batches: Batches, catalog: Catalog): Promise<Property[]> => await readProperties(batches, catalog, undefined);

/** Is there any price at all, and is there one in each of the currencies? */
const currencyCommands = (currencies: readonly string[]): Command[] => [
	{ key: 'any', method: PRICES.method, parameters: { select: ['id'], start: -1 } },
	...currencies.map((currency, index) => ({
		key: `c${index}`, method: PRICES.method, parameters: { select: ['id', 'currency'], filter: { currency }, start: -1 },
	})),
];

function usedCurrencies(currencies: readonly string[], [any, ...each]: Outcome[]): Set<string> | undefined {
	if (rowsIn(any, PRICES).length === 0) return undefined;
	return new Set(currencies.filter((currency, index) => rowsIn(each[index], PRICES).some((row) => row.currency === currency)));
}
