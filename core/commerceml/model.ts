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

export const CML_PROPERTY_KINDS = { list: 'Справочник', number: 'Число', string: 'Строка', date: 'Даты', moment: 'ДатаВремя' } as const;
export type CmlPropertyKind = keyof typeof CML_PROPERTY_KINDS;

/** A value that a list property can have. */
export interface CmlChoice {
	id: string;
	value: string;
}

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

export interface CmlPriceType {
	id: string;
	name: string | null;
	/** ISO 4217 letters. */
	currency: string | null;
	tax: { name: string; included: boolean } | null;
}

export interface CmlStore {
	id: string;
	name: string | null;
	address: string | null;
	comment: string | null;
	/** `type` as the file says it: Телефон …. */
	contacts: Array<{ type: string; value: string }>;
}

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

export interface CmlPicture {
	/** Relative to the file that names it. */
	path: string;
	description: string | null;
}

export interface CmlNamedValue {
	name: string;
	value: string;
}

export interface CmlPrice {
	typeId: string;
	/** Major units. */
	amount: string;
	currency: string | null;
	unit: string | null;
	/** How many base units the price is for. */
	ratio: string | null;
	/** As people read it. */
	text: string | null;
	/** Quantities that it holds for. */
	from: string | null;
	to: string | null;
}

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
	width: string | null;
	length: string | null;
	height: string | null;
	/** Code of the group of marked goods. */
	marking: string | null;
}

export type CmlGood = CmlItem;

/** A variant, or what a product without variants is sold for. */
export interface CmlOffer extends CmlItem {
	/** Null: not said; the store deletes prices of types that are not among those said. */
	prices: CmlPrice[] | null;
	/** In all. */
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

/** The same for an offer. */
export const cmlOffer = (said: Partial<CmlOffer> & { id: string }): CmlOffer => Object.assign(nothing(), { prices: null, quantity: null, stores: null }, said);
