/**
 * What the files of CommerceML say about a catalog. Ids are external codes (XML_ID) of the store. Null: the file does not say it,
 * and the store leaves it as it is; '' or an empty list: it says that there is nothing. Numbers are decimal texts, as
 * Decimal prints them.
 */

/** A section of the goods. */
export interface CmlGroup {
	id: string;
	name: string | null;
	/** Null: at the top. */
	parentId: string | null;
	description: string | null;
	sort: string | null;
	/** Its part of an address. */
	code: string | null;
	picture: string | null;
	/** To be deactivated; nothing else of it counts. */
	removed: boolean;
}

/** Kinds of properties with the words that stand for them in `ТипЗначений`. */
export const CML_PROPERTY_KINDS = { list: 'Справочник', number: 'Число', string: 'Строка', date: 'Даты', moment: 'ДатаВремя' } as const;
/** `string` is what a property is that says nothing; `list` also stands for directories. */
export type CmlPropertyKind = keyof typeof CML_PROPERTY_KINDS;

/** A value that a list property can have. */
export interface CmlChoice {
	id: string;
	value: string;
}

/** `Свойство` of a classifier: what goods or offers can say of themselves. */
export interface CmlProperty {
	id: string;
	name: string | null;
	kind: CmlPropertyKind;
	/** Null: not said. */
	multiple: boolean | null;
	/** A directory of the store holds its values. */
	isDirectory: boolean;
	/** Of lists and directories. */
	choices: CmlChoice[];
}

/** `ТипЦены`. The site finds its own one by this id, or else by the name. */
export interface CmlPriceType {
	id: string;
	name: string | null;
	/** ISO 4217 letters. */
	currency: string | null;
	/** Null: prices say nothing of a tax. */
	tax: { name: string; included: boolean } | null;
}

/** `Склад` with its id in the exchange, which is the XML_ID on the site. */
export interface CmlStore {
	id: string;
	name: string | null;
	address: string | null;
	comment: string | null;
	/** `type` as the file says it: Телефон …. */
	contacts: Array<{ type: string; value: string }>;
}

/** `ЕдиницаИзмерения`, or the base unit of an item. */
export interface CmlUnit {
	/** OKEI. */
	code: string;
	/** As it is shown beside a quantity. */
	name: string | null;
	fullName: string | null;
	international: string | null;
}

/** A property of an item: its values are texts, of lists the ids of choices. None: the property is emptied. */
export interface CmlPropertyValue {
	id: string;
	values: string[];
}

/** `Картинка` of a good or an offer. */
export interface CmlPicture {
	/** Relative to the file that names it. */
	path: string;
	description: string | null;
}

/** A requisite or a characteristic: both are a name with a text. */
export interface CmlNamedValue {
	name: string;
	value: string;
}

/** `Цена` of an offer. Numbers are decimal texts; null for what the file does not say. */
export interface CmlPrice {
	typeId: string;
	/** Major units. */
	amount: string;
	currency: string | null;
	/** Name of the unit, as people read it. */
	unit: string | null;
	/** How many base units the price is for. */
	ratio: string | null;
	/** As people read it. */
	text: string | null;
	/** Quantities that it holds for. */
	from: string | null;
	to: string | null;
}

/** What lies in one store, as a decimal text in the item's base unit. */
export interface CmlStoreAmount {
	storeId: string;
	amount: string;
}

/** What goods and offers have in common. */
export interface CmlItem {
	id: string;
	/** To be deactivated; nothing else of it counts. */
	removed: boolean;
	/** By which the store can tell that nothing has changed. */
	version: string | null;
	name: string | null;
	article: string | null;
	barcode: string | null;
	/** A text with tags is HTML. */
	description: string | null;
	/** The same in HTML. */
	htmlDescription: string | null;
	fullName: string | null;
	/** The first one is the main group. */
	groups: string[] | null;
	/** The first one is the main picture. */
	pictures: CmlPicture[] | null;
	unit: CmlUnit | null;
	properties: CmlPropertyValue[];
	/** A rate that is no number means without tax. */
	taxes: Array<{ name: string; rate: string }>;
	requisites: CmlNamedValue[];
	characteristics: CmlNamedValue[];
	manufacturer: { id: string; name: string } | null;
	/** Kilograms. */
	weight: string | null;
	/** This and the next two as the site keeps them (millimetres in its catalog): the exchange names no unit. */
	width: string | null;
	length: string | null;
	height: string | null;
	/** Code of the group of marked goods. */
	marking: string | null;
}

/** `Товар`: it has no prices and no stock, these are said by its offers. */
export type CmlGood = CmlItem;

/** A variant, or what a product without variants is sold for. */
export interface CmlOffer extends CmlItem {
	/** Null: not said; the store deletes prices of types that are not among those said. */
	prices: CmlPrice[] | null;
	/** In all, in the item's base unit. */
	quantity: string | null;
	stores: CmlStoreAmount[] | null;
}

/** Properties, groups and units for the goods or offers of the same file. */
export interface CmlClassifier {
	groups: readonly CmlGroup[];
	properties: readonly CmlProperty[];
	units: readonly CmlUnit[];
}

const nothing = (): CmlItem => ({
	id: '', removed: false, version: null, name: null, article: null, barcode: null, description: null, htmlDescription: null, fullName: null, groups: null,
	pictures: null, unit: null, properties: [], taxes: [], requisites: [], characteristics: [], manufacturer: null, weight: null, width: null,
	length: null, height: null, marking: null,
});

/** A good of which nothing is said but what is given. */
export const cmlGood = (said: Partial<CmlGood> & { id: string }): CmlGood => Object.assign(nothing(), said);

/** An offer of which nothing is said but what is given. */
export const cmlOffer = (said: Partial<CmlOffer> & { id: string }): CmlOffer => Object.assign(nothing(), { prices: null, quantity: null, stores: null }, said);
