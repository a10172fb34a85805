import { SyncError } from '../../errors';
import { isDecimalText } from '../codec/number';
import { FORBIDDEN_CLASS, writable } from '../xml/characters';
import type { CmlItem, CmlOffer, CmlPrice, CmlPriceType, CmlStore } from '../model';
import { checkExchangeFileName } from '../../exchange/fileName';
import { VARIANT_MARK } from '../../sync/identity';

/** Of an XML_ID: Bitrix cuts longer ones without a word. */
const MOST_LETTERS = 255;

/** Line ends and tabs, and what XML forbids. */
const UNFIT = new RegExp(`[\\t\\n\\r${FORBIDDEN_CLASS}]|\\p{Surrogate}`, 'u');

/** Properties that Bitrix itself has for goods of an exchange. */
const SERVICE_PROPERTIES: ReadonlySet<string> = new Set([
	'CML2_CODE', 'CML2_ACTIVE', 'CML2_SORT', 'CML2_ACTIVE_FROM', 'CML2_ACTIVE_TO', 'CML2_PREVIEW_TEXT', 'CML2_DETAIL_TEXT', 'CML2_PREVIEW_PICTURE',
]);

type Fault = SyncError | undefined;

/** An id that the store could not keep as it is. */
export function idFault(id: string): Fault {
	const isFit = id !== '' && id.length <= MOST_LETTERS && id === id.trim() && !UNFIT.test(id);
	return isFit ? undefined : new SyncError('COMMERCEML_ID_INVALID', { id: id.slice(0, 100) });
}

/** The store takes nothing without a name. What XML forbids will not be in it. */
export const nameFault = (name: string | null): Fault => (name === null || writable(name).trim() === '' ? new SyncError('COMMERCEML_NAME_MISSING') : undefined);

/** What is wrong with the id of a good. Bitrix takes goods for variants when there is a mark in their ids, and then passes over them. */
export const goodIdFault = (id: string): Fault => idFault(id) ?? (id.includes(VARIANT_MARK) ? new SyncError('CATALOG_KEY_FORBIDDEN', { key: id }) : undefined);

/** What is wrong with the id of an offer: it is the id of a product, or that and the id of its variant. Bitrix parts them at the first mark. */
export function offerIdFault(id: string): Fault {
	const [product = '', variant, ...more] = id.split(VARIANT_MARK);
	if (product === '' || variant === '' || more.length > 0) return new SyncError('COMMERCEML_ID_INVALID', { id: id.slice(0, 100) });
	return idFault(id);
}

/** What a file has beside its items. */
export interface ItemBooks {
	groups: ReadonlySet<string>;
	/** By id: the ids of the choices, null for properties without any. */
	properties: ReadonlyMap<string, ReadonlySet<string> | null>;
}

/** What of an item the store could not take as it is: its name, groups, properties, pictures or sizes. Undefined for a sound one. */
export function itemFault(item: CmlItem, books: ItemBooks): Fault {
	const nameless = nameFault(item.name);
	if (nameless) return nameless;
	for (const id of item.groups ?? []) if (!books.groups.has(id)) return new SyncError('COMMERCEML_GROUP_UNKNOWN', { group: id });
	return propertyFault(item, books) ?? pictureFault(item) ?? sizeFault(item);
}

function propertyFault({ properties }: CmlItem, books: ItemBooks): Fault {
	for (const { id, values } of properties) {
		const choices = books.properties.get(id);
		if (choices === undefined && !SERVICE_PROPERTIES.has(id)) return new SyncError('COMMERCEML_PROPERTY_UNKNOWN', { property: id });
		const unknown = choices && values.find((value) => !choices.has(value));
		if (unknown !== undefined && unknown !== null) return new SyncError('COMMERCEML_CHOICE_UNKNOWN', { property: id, choice: unknown.slice(0, 100) });
	}
	return undefined;
}

function pictureFault({ pictures }: CmlItem): Fault {
	try {
		for (const { path } of pictures ?? []) checkExchangeFileName(path);
		return undefined;
	} catch (error) {
		return error as SyncError;
	}
}

function sizeFault({ weight, width, length, height }: CmlItem): Fault {
	return numberFault('Вес', weight) ?? numberFault('Ширина', width) ?? numberFault('Длина', length) ?? numberFault('Высота', height);
}

/** A number below 0 makes no sense anywhere in a catalog. */
function numberFault(field: string, value: string | null): Fault {
	if (value === null || (isDecimalText(value) && !value.startsWith('-'))) return undefined;
	return new SyncError('COMMERCEML_NUMBER_UNFIT', { field, value: value.slice(0, 40) });
}

/** Prices that are not said are deleted: each type of the site has to be there (rule P2), and nothing else. */
export function pricesFault(prices: readonly CmlPrice[], types: ReadonlySet<string>): Fault {
	const said = new Set(prices.map(({ typeId }) => typeId));
	const missing = [...types].find((id) => !said.has(id));
	if (missing !== undefined || prices.length === 0) return new SyncError('COMMERCEML_PRICES_INCOMPLETE', { type: missing ?? '' });
	return prices.map((price) => priceFault(price, types)).find(Boolean) ?? repeatedPrice(prices);
}

function priceFault({ typeId, amount, currency, ratio, from, to }: CmlPrice, types: ReadonlySet<string>): Fault {
	if (!types.has(typeId)) return new SyncError('COMMERCEML_PRICE_TYPE_UNKNOWN', { type: typeId.slice(0, 100) });
	if (currency === null || !isCurrency(currency)) return new SyncError('COMMERCEML_CURRENCY_INVALID', { currency: currency ?? '' });
	return numberFault('ЦенаЗаЕдиницу', amount) ?? numberFault('Коэффициент', ratio) ?? numberFault('КоличествоОт', from) ?? numberFault('КоличествоДо', to);
}

/** A type has several prices only for different quantities. */
function repeatedPrice(prices: readonly CmlPrice[]): Fault {
	const repeated = prices.find(({ typeId, from }, index) => prices.findIndex((other) => other.typeId === typeId && other.from === from) !== index);
	return repeated && new SyncError('COMMERCEML_ID_REPEATED', { what: 'prices of an item', id: repeated.typeId });
}

/** Bitrix stores a price in another currency than was meant when it does not know the letters. */
export const isCurrency = (text: string): boolean => /^[A-Z]{3}$/.test(text);

/** Stores that are not said count for nothing in the total: all have to be there, and nothing else. Without stores, the total. */
export function stockFault({ quantity, stores }: Pick<CmlOffer, 'quantity' | 'stores'>, known: ReadonlySet<string>): Fault {
	const said = (stores ?? []).map(({ storeId }) => storeId);
	const odd = [...known].find((id) => !said.includes(id)) ?? said.find((id, index) => !known.has(id) || said.indexOf(id) !== index);
	if (odd !== undefined) return new SyncError('COMMERCEML_STORES_INCOMPLETE', { store: odd });
	if ((quantity === null) === (known.size === 0)) return new SyncError('COMMERCEML_NUMBER_UNFIT', { field: 'Количество', value: quantity ?? '' });
	return [quantity, ...(stores ?? []).map(({ amount }) => amount)].map((amount) => numberFault('Количество', amount)).find(Boolean);
}

/**
 * The ids of a list of the file, all of which have to be fit, different and named. Throws COMMERCEML_ID_INVALID,
 * COMMERCEML_ID_REPEATED, COMMERCEML_NAME_MISSING.
 */
export function checkedIds(what: string, list: ReadonlyArray<CmlPriceType | CmlStore>): ReadonlySet<string> {
	const ids = new Set<string>();
	for (const { id, name } of list) {
		const fault = idFault(id) ?? (ids.has(id) ? new SyncError('COMMERCEML_ID_REPEATED', { what, id }) : undefined) ?? nameFault(name);
		if (fault) throw fault;
		ids.add(id);
	}
	return ids;
}
