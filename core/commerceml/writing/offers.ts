import { Fields } from '../codec/field';
import { SyncError } from '../../errors';
import type { CmlClassifier, CmlOffer, CmlStore } from '../model';
import { writtenFields } from '../objects/item';
import { PRICES } from '../objects/price';
import { RESTS, STOCK } from '../objects/rests';
import type { XmlWriter } from '../xml/writer';
import { booksOf, NO_CLASSIFIER, writeClassifier } from './classifier';
import { beginChanges, beginRoot, type CmlDocument } from './document';
import { checkedIds, itemFault, offerIdFault, pricesFault, stockFault } from './faults';
import { writeItem } from './goods';
import type { CatalogIds } from './ids';
import { beginPackage, endPackage } from './package';
import { checkedPriceTypes, type SitePriceTypes } from './priceTypes';

/** What a list of offers says beside its offers. */
export interface OffersSettings {
	ids: CatalogIds;
	/** When the file is made, by the clocks of the site: YYYY-MM-DDTHH:MM:SS. */
	formed: string;
	/** Properties of the offers: all that they name. */
	classifier?: CmlClassifier;
	/** Undefined: the offers say no prices. */
	priceTypes?: SitePriceTypes;
	/** All stores of the site; none: stock is said in all. Undefined: the offers say no stock. */
	stores?: readonly CmlStore[];
	/** As of goods. */
	version?: string;
}

/**
 * Offers with all that belongs to them (`offers.xml`); every other offer stays as it is. Throws
 * COMMERCEML_PRICE_TYPES_UNCONFIRMED, COMMERCEML_CURRENCY_INVALID, COMMERCEML_ID_INVALID, COMMERCEML_ID_REPEATED,
 * COMMERCEML_NAME_MISSING; its `begin` throws what `writeClassifier` throws.
 */
export const offersDocument = (settings: OffersSettings): CmlDocument<CmlOffer> => offersOf(settings, beginChanges);

/** The same with a choice: how a list of offers begins decides what becomes of the others. Throws as offersDocument does. */
export function offersOf(settings: OffersSettings, beginList: (writer: XmlWriter, name: string) => void): CmlDocument<CmlOffer> {
	const { ids, formed, classifier = NO_CLASSIFIER, priceTypes, stores, version } = settings;
	const books = booksOf(classifier);
	const known = { types: priceTypes && checkedPriceTypes(priceTypes), stores: stores && checkedIds('stores', stores) };
	const fields = new Fields<CmlOffer>([...writtenFields((id) => Boolean(books.properties.get(id))), PRICES, ...STOCK]);
	return {
		kind: 'offers',
		begin: (writer) => {
			beginRoot(writer, formed);
			writeClassifier(writer, classifier, ids);
			beginPackage(writer, { ids, priceTypes: priceTypes?.types, stores }, beginList);
		},
		fault: (offer) => offerIdFault(offer.id) ?? (offer.removed ? undefined : (itemFault(offer, books) ?? saidFault(offer, known))),
		item: (writer, offer) => writeItem(writer, 'Предложение', fields, offer, version),
		end: endPackage,
		idOf: ({ id }) => id,
	};
}

interface Known {
	types: ReadonlySet<string> | undefined;
	stores: ReadonlySet<string> | undefined;
}

/** Prices and stock may be left out, but are not said by halves. */
function saidFault(offer: CmlOffer, { types, stores }: Known): SyncError | undefined {
	const fault = offer.prices === null ? undefined : pricesFault(offer.prices, types ?? new Set());
	if (fault || (offer.quantity === null && offer.stores === null)) return fault;
	return stores ? stockFault(offer, stores) : new SyncError('COMMERCEML_STORES_INCOMPLETE', { store: '' });
}

/** What a file of prices says beside them. */
export interface PricesSettings {
	ids: CatalogIds;
	/** When the file is made, by the clocks of the site: YYYY-MM-DDTHH:MM:SS. */
	formed: string;
	priceTypes: SitePriceTypes;
}

/** Prices of an item that the store has. */
export interface CmlPrices {
	id: string;
	prices: NonNullable<CmlOffer['prices']>;
}

const PRICE_UPDATE = new Fields<Pick<CmlOffer, 'prices'>>([PRICES]);

/** Prices of what the store has (`prices.xml`): nothing else of it changes. Throws as offersDocument does. */
export function pricesDocument({ ids, formed, priceTypes }: PricesSettings): CmlDocument<CmlPrices> {
	const types = checkedPriceTypes(priceTypes);
	return {
		kind: 'prices',
		begin: (writer) => {
			beginRoot(writer, formed);
			beginPackage(writer, { ids, priceTypes: priceTypes.types }, beginChanges);
		},
		fault: ({ id, prices }) => offerIdFault(id) ?? pricesFault(prices, types),
		item: (writer, offer) => writeLight(writer, PRICE_UPDATE, offer),
		end: endPackage,
		idOf: ({ id }) => id,
	};
}

/** What a file of stock says beside it. */
export interface RestsSettings {
	ids: CatalogIds;
	/** When the file is made, by the clocks of the site: YYYY-MM-DDTHH:MM:SS. */
	formed: string;
	/** All stores of the site; none: stock is said in all. */
	stores: readonly CmlStore[];
}

/** Stock of an item that the store has: in all, or in every store. */
export type CmlRests = Pick<CmlOffer, 'id' | 'quantity' | 'stores'>;

const STOCK_UPDATE = new Fields<Pick<CmlOffer, 'quantity' | 'stores'>>([RESTS]);

/** Stock of what the store has (`rests.xml`): nothing else of it changes. Throws as offersDocument does. */
export function restsDocument({ ids, formed, stores }: RestsSettings): CmlDocument<CmlRests> {
	const known = checkedIds('stores', stores);
	return {
		kind: 'rests',
		begin: (writer) => {
			beginRoot(writer, formed);
			// A store that the site does not know would make the quantity 0: it learns of all of them first.
			beginPackage(writer, { ids, stores }, beginChanges);
		},
		fault: (rests) => offerIdFault(rests.id) ?? stockFault(rests, known),
		item: (writer, rests) => writeLight(writer, STOCK_UPDATE, rests),
		end: endPackage,
		idOf: ({ id }) => id,
	};
}

/** Only an id and one more element are a light update to Bitrix. */
function writeLight<Said, Item extends Said & { id: string }>(writer: XmlWriter, fields: Fields<Said>, item: Item): void {
	writer.begin('Предложение');
	writer.leaf('Ид', item.id);
	fields.write(writer, item);
	writer.end('Предложение');
}
