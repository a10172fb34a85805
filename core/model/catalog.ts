/** Goods as every converter of the package sees them: sections, products, variants, bundles, services. */

export const GOODS_KINDS = ['product', 'variant', 'bundle', 'service'] as const;
/** MoySklad's keywords of the four kinds of goods. */
export type GoodsKind = (typeof GOODS_KINDS)[number];

/** What other objects are found by. `externalCode` is null when the object is only known by a link to it. */
export interface Identified {
	/** The API's id, in lower case. */
	id: string;
	externalCode: string | null;
}

/** A product folder: a section of the store. */
export interface Folder extends Identified {
	/** Null when the folder is only known by a link to it. */
	name: string | null;
	archived: boolean;
	parent: Folder | null;
}

/** A price of one type. A purchase or minimum price is one without a type. */
export interface SalePrice {
	typeId: string | null;
	typeName: string | null;
	/** Minor units of the currency; 0 = not set. */
	value: number;
	currencyId: string | null;
	/** ISO 4217 letters, where the source says them. */
	currency: string | null;
}

/** A value without a name is a plain one; a reference to an object has its id too. */
export type AttributeValue = string | number | boolean | { id: string | null; name: string };

/** An additional field of an object that has a value; fields without one are left out. */
export interface Attribute {
	id: string;
	name: string;
	/** MoySklad's keyword: string, text, long, double, boolean, time, link, file, customentity, … */
	type: string;
	/** Moments as ISO 8601. */
	value: AttributeValue;
}

/** What tells a variant from its siblings, such as its size. */
export interface Characteristic {
	/** Of the characteristic, not of the value; null when the source does not say. */
	id: string | null;
	name: string;
	value: string;
}

/** What a quantity counts. */
export interface Unit {
	name: string;
	/** OKEI code; null for a custom unit without one. */
	code: string | null;
}

/** `without` = without VAT; 0 is the rate of 0 %. */
export type Vat = number | 'without';

/** A picture of a good, known by MoySklad's id. */
export interface Picture {
	id: string;
	filename: string;
	/** Bytes. */
	size: number;
	/** When it was changed, in MoySklad's form; only compared. */
	updated: string;
	/** Where its bytes are; null when the source does not say. */
	downloadHref: string | null;
}

/** A product, variant, bundle or service. What the source does not say is null or an empty list. */
export interface Goods extends Identified {
	kind: GoodsKind;
	/** Null when the good is only known by a link to it. */
	name: string | null;
	code: string | null;
	article: string | null;
	description: string | null;
	archived: boolean;
	/** Null: not in a folder. */
	folder: Folder | null;
	/** Of a variant: its product, as far as the source tells. */
	parent: Goods | null;
	/** Null when the source does not say. */
	variantsCount: number | null;
	vat: Vat | null;
	unit: Unit | null;
	/** In whatever unit the account uses; a setting says which. Null or 0 = not set. */
	weight: number | null;
	volume: number | null;
	prices: SalePrice[];
	buyPrice: SalePrice | null;
	minPrice: SalePrice | null;
	/** It is sold without discounts. */
	discountsProhibited: boolean;
	barcodes: string[];
	attributes: Attribute[];
	characteristics: Characteristic[];
	country: string | null;
	supplier: string | null;
	/** Null: the source does not include them. */
	pictures: Picture[] | null;
}

/** An object that is gone: only its kind and id are known. */
export interface DeletedObject {
	/** MoySklad's keyword: product, variant, productfolder, … */
	entity: string;
	id: string;
}
