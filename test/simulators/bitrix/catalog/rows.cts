/** Rows of the catalog's tables. Money in kopecks, moments in milliseconds since 1970, weight in grams, sizes in millimetres. */
export type Flag = 'Y' | 'N';

/** An information block; those that sell are catalogs. */
export type IblockRow = {
	id: number;
	iblockId: number;
	name: string;
	description: string | null;
	/** By which an exchange with 1C finds it. */
	xmlId: string | null;
	iblockTypeId: string;
	lid: string;
	/** For a block of offers: the block of their products, and the property that links them. */
	productIblockId: number | null;
	skuPropertyId: number | null;
	vatId: number | null;
	subscription: Flag;
	isCatalog: boolean;
	uniqueCodes: boolean;
};

export type SectionRow = {
	id: number;
	iblockId: number;
	iblockSectionId: number | null;
	name: string;
	xmlId: string | null;
	code: string | null;
	sort: number;
	active: Flag;
	description: string | null;
	descriptionType: string;
};

/** What an item of a catalog is. */
export const ITEM_TYPE = { simple: 1, set: 2, skuParent: 3, offer: 4, freeOffer: 5, emptySkuParent: 6, service: 7 } as const;

export type PropertyValue = {
	valueId: number;
	/** Text; for files the id of the file, for list properties the id of the variant, for HTML `{ text, type }`. */
	value: unknown;
	/** Of properties that have one. */
	description?: string;
};

export type ElementRow = {
	id: number;
	iblockId: number;
	name: string;
	active: Flag;
	code: string | null;
	xmlId: string;
	sort: number;
	iblockSectionId: number | null;
	iblockSection: readonly number[];
	previewText: string | null;
	previewTextType: string;
	previewPicture: number | null;
	detailText: string | null;
	detailTextType: string;
	detailPicture: number | null;
	dateActiveFrom: number | null;
	dateActiveTo: number | null;
	dateCreate: number;
	timestampX: number;
	createdBy: number;
	modifiedBy: number;
	type: number;
	quantity: number;
	quantityReserved: number;
	quantityTrace: string;
	canBuyZero: string;
	subscribe: string;
	vatId: number | null;
	vatIncluded: Flag;
	purchasingPrice: number | null;
	purchasingCurrency: string | null;
	barcodeMulti: Flag;
	weight: number;
	length: number;
	width: number;
	height: number;
	measure: number | null;
	recurSchemeLength: number | null;
	recurSchemeType: string;
	trialPriceId: number | null;
	withoutOrder: Flag;
	/** By property id. */
	properties: Readonly<Record<number, readonly PropertyValue[]>>;
	/** For offers: the id of the SKU parent; the value of the link property again, for quick lookups. */
	parent: number | null;
};

/** Under which keys an element can be looked up by the texts of its properties. */
export const propertyKeys = (properties: ElementRow['properties']): string[] =>
	Object.entries(properties).flatMap(([id, values]) => values.flatMap(({ value }) => (isKey(value) ? [propertyKey(Number(id), value)] : [])));

export const propertyKey = (id: number, value: string | number): string => `${id} ${value}`;

const isKey = (value: unknown): value is string | number => (typeof value === 'string' && value.length <= 100) || typeof value === 'number';

export type PropertyRow = {
	id: number;
	iblockId: number;
	name: string;
	code: string | null;
	xmlId: string | null;
	propertyType: string;
	userType: string | null;
	multiple: Flag;
	isRequired: Flag;
	active: Flag;
	sort: number;
	linkIblockId: number | null;
	listType: string;
	withDescription: Flag;
	filtrable: Flag;
	searchable: Flag;
	multipleCnt: number | null;
	hint: string | null;
	defaultValue: string | null;
	userTypeSettings: unknown;
	timestampX: number;
};

export type EnumRow = { id: number; propertyId: number; value: string; xmlId: string; def: Flag; sort: number };

export type PropertySectionRow = {
	id: number;
	propertyId: number;
	iblockId: number;
	sectionId: number;
	smartFilter: Flag;
	displayType: string;
	displayExpanded: Flag;
	filterHint: string | null;
};

export type PriceTypeRow = {
	id: number;
	name: string;
	base: Flag;
	sort: number;
	xmlId: string | null;
	timestampX: number;
	dateCreate: number;
	createdBy: number;
	modifiedBy: number;
};

export type PriceTypeLangRow = { id: number; catalogGroupId: number; name: string; lang: string };

export type PriceRow = {
	id: number;
	productId: number;
	catalogGroupId: number;
	price: number;
	currency: string;
	priceScale: number;
	quantityFrom: number | null;
	quantityTo: number | null;
	extraId: number | null;
	timestampX: number;
};

export type MeasureRow = {
	id: number;
	code: number;
	isDefault: Flag;
	measureTitle: string | null;
	symbol: string | null;
	symbolIntl: string | null;
	symbolLetterIntl: string | null;
};

/** `rate` in per cent; null = without VAT. */
export type VatRow = {
	id: number;
	name: string;
	active: Flag;
	rate: number | null;
	sort: number;
	xmlId: string | null;
	timestampX: number;
};

export type RatioRow = { id: number; productId: number; ratio: number; isDefault: Flag };

export type StoreRow = {
	id: number;
	title: string;
	active: Flag;
	address: string;
	description: string | null;
	gpsN: number | null;
	gpsS: number | null;
	imageId: number | null;
	dateModify: number;
	dateCreate: number;
	userId: number;
	modifiedBy: number;
	phone: string | null;
	schedule: string | null;
	xmlId: string | null;
	sort: number;
	email: string | null;
	issuingCenter: Flag;
	code: string | null;
};

export type StoreProductRow = { id: number; productId: number; storeId: number; amount: number; quantityReserved: number };

export type DocumentRow = {
	id: number;
	docType: string;
	siteId: string;
	contractorId: number | null;
	responsibleId: number;
	dateModify: number;
	dateCreate: number;
	createdBy: number;
	modifiedBy: number;
	currency: string | null;
	/** `N` draft, `Y` conducted. */
	status: Flag;
	wasCancelled: Flag;
	dateStatus: number | null;
	dateDocument: number | null;
	statusBy: number | null;
	total: number | null;
	commentary: string | null;
	title: string | null;
	docNumber: string | null;
};

export type DocumentElementRow = {
	id: number;
	docId: number;
	storeFrom: number | null;
	storeTo: number | null;
	elementId: number;
	amount: number;
	purchasingPrice: number | null;
};
