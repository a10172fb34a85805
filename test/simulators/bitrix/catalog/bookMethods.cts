import { crud } from '../fields/crud.cts';
import { YES_NO, type FieldTable } from '../fields/fieldTable.cts';
import { ok, type Method, type MethodCall } from '../methods/method.cts';
import type { Portal } from '../portal.cts';
import type { Table } from '../store/table.cts';
import { asInteger, type Params } from '../wire/params.cts';
import { plainError, zeroError } from '../wire/restError.cts';
import type {
	IblockRow,
	MeasureRow,
	PriceTypeLangRow,
	PriceTypeRow,
	RatioRow,
	StoreProductRow,
	StoreRow,
	VatRow,
} from './rows.cts';

const ALL = ['getFields', 'get', 'list', 'add', 'update', 'delete'] as const;
const READ = ['getFields', 'get', 'list'] as const;
const CATALOG = { scope: 'catalog', area: 'catalog' } as const;
const ID: FieldTable = { id: { type: 'integer', readOnly: true } };

const IBLOCK_FIELDS: FieldTable = {
	...ID,
	iblockId: { type: 'integer', required: 'add', immutable: true },
	name: { type: 'string', readOnly: true },
	iblockTypeId: { type: 'string', readOnly: true },
	lid: { type: 'string', readOnly: true },
	productIblockId: { type: 'integer', immutable: true },
	skuPropertyId: { type: 'integer', immutable: true },
	vatId: { type: 'integer' },
	subscription: { type: 'char', choices: YES_NO },
};

const MEASURE_FIELDS: FieldTable = {
	...ID,
	code: { type: 'integer', required: 'add' },
	isDefault: { type: 'char', choices: YES_NO },
	measureTitle: { type: 'string', required: 'add' },
	symbol: { type: 'string' },
	symbolIntl: { type: 'string' },
	symbolLetterIntl: { type: 'string' },
};

const VAT_FIELDS: FieldTable = {
	...ID,
	name: { type: 'string', required: 'add' },
	rate: { type: 'double', required: 'add' },
	active: { type: 'char', choices: YES_NO },
	sort: { type: 'integer' },
	xmlId: { type: 'string' },
	timestampX: { type: 'datetime', readOnly: true },
};

const PRICE_TYPE_FIELDS: FieldTable = {
	...ID,
	name: { type: 'string', required: 'add' },
	base: { type: 'char', choices: YES_NO },
	sort: { type: 'integer' },
	xmlId: { type: 'string' },
	timestampX: { type: 'datetime', readOnly: true },
	dateCreate: { type: 'datetime', readOnly: true },
	createdBy: { type: 'integer', readOnly: true },
	modifiedBy: { type: 'integer', readOnly: true },
};

const PRICE_TYPE_LANG_FIELDS: FieldTable = {
	...ID,
	catalogGroupId: { type: 'integer', required: 'add' },
	name: { type: 'string', required: 'add' },
	lang: { type: 'string', required: 'add' },
};

const RATIO_FIELDS: FieldTable = {
	...ID,
	productId: { type: 'integer' },
	ratio: { type: 'double' },
	isDefault: { type: 'char', choices: YES_NO },
};

const STORE_FIELDS: FieldTable = {
	...ID,
	title: { type: 'string' },
	active: { type: 'char', choices: YES_NO },
	address: { type: 'string', required: 'add' },
	description: { type: 'string' },
	gpsN: { type: 'double' },
	gpsS: { type: 'double' },
	imageId: { type: 'file' },
	dateModify: { type: 'datetime', readOnly: true },
	dateCreate: { type: 'datetime', readOnly: true },
	userId: { type: 'integer' },
	modifiedBy: { type: 'integer' },
	phone: { type: 'string' },
	schedule: { type: 'string' },
	xmlId: { type: 'string' },
	sort: { type: 'integer' },
	email: { type: 'string' },
	issuingCenter: { type: 'char', choices: YES_NO },
	code: { type: 'string' },
};

const STORE_PRODUCT_FIELDS: FieldTable = {
	...ID,
	productId: { type: 'integer', readOnly: true },
	storeId: { type: 'integer', readOnly: true },
	amount: { type: 'double', readOnly: true },
	quantityReserved: { type: 'double', readOnly: true },
};

/** Catalogs, units, VAT rates, price types, ratios, stores, stocks. */
export const bookMethods: Method[] = [
	...crud<IblockRow>({
		...CATALOG,
		prefix: 'catalog.catalog',
		one: 'catalog',
		many: 'catalogs',
		operations: READ,
		fields: IBLOCK_FIELDS,
		table: ({ store }) => store.iblocks,
		belongs: (_portal, { isCatalog }) => isCatalog,
		notFound: () => plainError('Catalog does not exist.'),
	}).map((method) => ({ ...method, ofSettings: true })),
	...crud<MeasureRow>({
		...CATALOG,
		prefix: 'catalog.measure',
		one: 'measure',
		many: 'measures',
		operations: ALL,
		fields: MEASURE_FIELDS,
		table: ({ store }) => store.measures,
		notFound: () => plainError('Measure does not exist.'),
		defaults: () => ({ isDefault: 'N' }),
		check: ({ portal }, values, current) => {
			const taken = portal.store.measures.all().some(({ id, code }) => code === values.code && id !== current?.id);
			if (taken) throw zeroError('Measure with the specified code already exists');
		},
		written: ({ portal }, { id, isDefault }) =>
			keepOnlyOne(portal.store.measures, id, isDefault === 'Y', (row) => row.isDefault === 'Y', { isDefault: 'N' }),
	}),
	...crud<VatRow>({
		...CATALOG,
		prefix: 'catalog.vat',
		one: 'vat',
		many: 'vats',
		operations: ALL,
		fields: VAT_FIELDS,
		table: ({ store }) => store.vats,
		notFound: () => plainError('VAT does not exist.'),
		defaults: ({ portal }) => ({ active: 'Y', sort: 100, timestampX: portal.now() }),
	}),
	...crud<PriceTypeRow>({
		...CATALOG,
		prefix: 'catalog.priceType',
		one: 'priceType',
		many: 'priceTypes',
		operations: ALL,
		fields: PRICE_TYPE_FIELDS,
		table: ({ store }) => store.priceTypes,
		notFound: () => plainError('Price type does not exist.'),
		defaults: ({ portal, caller }) => ({ base: 'N', sort: 100, ...made(portal.now(), caller.user.id) }),
		written: ({ portal }, { id, base }) =>
			keepOnlyOne(portal.store.priceTypes, id, base === 'Y', (row) => row.base === 'Y', { base: 'N' }),
		beforeDelete: ({ portal }, { id, base }) => {
			if (base === 'Y') throw zeroError('The base price type cannot be deleted');
			for (const price of portal.store.prices.all()) if (price.catalogGroupId === id) portal.store.prices.remove(price.id);
		},
	}),
	...crud<PriceTypeLangRow>({
		...CATALOG,
		prefix: 'catalog.priceTypeLang',
		one: 'priceTypeLang',
		many: 'priceTypeLangs',
		operations: ALL,
		fields: PRICE_TYPE_LANG_FIELDS,
		table: ({ store }) => store.priceTypeLangs,
		notFound: () => plainError('Price type translation does not exist.'),
		check: ({ portal }, values) => {
			if (values.catalogGroupId !== undefined && !portal.store.priceTypes.get(asInteger(values.catalogGroupId)))
				throw zeroError('Price type does not exist.');
		},
	}),
	{ name: 'catalog.priceTypeLang.getLanguages', scope: 'catalog', right: 'catalog.read', run: languages },
	...crud<RatioRow>({
		...CATALOG,
		prefix: 'catalog.ratio',
		one: 'ratio',
		many: 'ratios',
		operations: READ,
		fields: RATIO_FIELDS,
		table: ({ store }) => store.ratios,
		notFound: () => plainError('Ratio does not exist.'),
	}),
	...crud<StoreRow>({
		...CATALOG,
		prefix: 'catalog.store',
		one: 'store',
		many: 'stores',
		operations: ALL,
		fields: STORE_FIELDS,
		table: ({ store }) => store.stores,
		notFound: () => plainError('Store does not exist.'),
		defaults: ({ portal, caller }) => ({
			active: 'Y',
			sort: 100,
			issuingCenter: 'N',
			...modified(portal, caller.user.id),
			dateCreate: portal.now(),
			userId: caller.user.id,
		}),
		check: ({ portal, caller }, values) => void Object.assign(values, modified(portal, caller.user.id), { imageId: null }),
	}),
	...crud<StoreProductRow>({
		...CATALOG,
		prefix: 'catalog.storeproduct',
		one: 'storeProduct',
		many: 'storeProducts',
		operations: READ,
		fields: STORE_PRODUCT_FIELDS,
		table: ({ store }) => store.storeProducts,
		notFound: () => plainError('StoreProduct does not exist.'),
	}),
];

const modified = (portal: Portal, userId: number): Params => ({ dateModify: portal.now(), modifiedBy: userId });

const made = (now: number, userId: number): Params => ({
	timestampX: now,
	dateCreate: now,
	createdBy: userId,
	modifiedBy: userId,
});

/** Of some flags only one row can have it: a new bearer takes it from the old one. */
function keepOnlyOne<Row extends { readonly id: number }>(
	table: Table<Row>,
	id: number,
	bears: boolean,
	isBearer: (row: Row) => boolean,
	without: Partial<Omit<Row, 'id'>>,
): void {
	if (!bears) return;
	for (const row of table.all()) if (row.id !== id && isBearer(row)) table.update(row.id, without);
}

function languages(_call: MethodCall): ReturnType<Method['run']> {
	return ok({
		languages: [
			{ lid: 'ru', name: 'Russian', active: 'Y' },
			{ lid: 'en', name: 'English', active: 'Y' },
		],
	});
}
