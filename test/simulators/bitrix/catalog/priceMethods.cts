import { crud } from '../fields/crud.cts';
import { checkRequired, type FieldTable } from '../fields/fieldTable.cts';
import { externalize, internalize } from '../fields/values.cts';
import { idOf, mapOf, ok, type Method, type MethodCall } from '../methods/method.cts';
import type { Portal } from '../portal.cts';
import { asInteger, asList, isMap, type Params } from '../wire/params.cts';
import { plainError, zeroError } from '../wire/restError.cts';
import { checkPrices, type PriceDraft } from './priceRanges.cts';
import type { PriceRow } from './rows.cts';

const FIELDS: FieldTable = {
	id: { type: 'integer', readOnly: true },
	productId: { type: 'integer', required: 'add', immutable: true },
	catalogGroupId: { type: 'integer', required: 'add', immutable: true },
	price: { type: 'money', required: 'always' },
	currency: { type: 'string', required: 'always' },
	priceScale: { type: 'money', readOnly: true },
	quantityFrom: { type: 'integer' },
	quantityTo: { type: 'integer' },
	extraId: { type: 'integer' },
	timestampX: { type: 'datetime', readOnly: true },
};

const noPrice = (): Error => plainError('Price is not exists');

/** Prices. `modify` replaces all prices of a product. */
export const priceMethods: Method[] = [
	...crud<PriceRow>({
		prefix: 'catalog.price',
		one: 'price',
		many: 'prices',
		scope: 'catalog',
		area: 'catalog',
		operations: ['getFields', 'get', 'list', 'delete'],
		fields: FIELDS,
		table: ({ store }) => store.prices,
		notFound: () => plainError('Price is not exists'),
		beforeDelete: ({ portal }, { id }) => portal.announce('price', 'delete', id),
	}),
	{ name: 'catalog.price.add', scope: 'catalog', right: 'catalog.write', parameters: { fields: 'map' }, run: add },
	{
		name: 'catalog.price.update',
		scope: 'catalog',
		right: 'catalog.write',
		parameters: { id: 'integer', fields: 'map' },
		run: update,
	},
	{ name: 'catalog.price.modify', scope: 'catalog', right: 'catalog.write', parameters: { fields: 'map' }, run: modify },
];

function add({ portal, params }: MethodCall): ReturnType<Method['run']> {
	const fields = mapOf(params, 'fields');
	checkRequired(FIELDS, fields, 'add');
	const draft = draftOf(internalize(FIELDS, fields, 'add'));
	const others = portal.store.prices
		.where('productId', draft.productId)
		.filter(({ catalogGroupId }) => catalogGroupId === draft.catalogGroupId);
	checkDrafts(portal, [...others, draft]);
	return ok({ price: show(write(portal, draft)) });
}

function update({ portal, params }: MethodCall): ReturnType<Method['run']> {
	const current = portal.store.prices.get(idOf(params));
	if (!current) throw noPrice();
	const fields = mapOf(params, 'fields');
	checkRequired(FIELDS, fields, 'update');
	const draft = draftOf({ ...current, ...internalize(FIELDS, fields, 'update') });
	const others = portal.store.prices
		.where('productId', draft.productId)
		.filter(({ id, catalogGroupId }) => id !== current.id && catalogGroupId === draft.catalogGroupId);
	checkDrafts(portal, [...others, draft]);
	return ok({ price: show(write(portal, draft, current.id)) });
}

/** Every price of the product whose id is not listed is deleted, whatever its type. */
function modify({ portal, params }: MethodCall): ReturnType<Method['run']> {
	const product = mapOf(mapOf(params, 'fields'), 'product');
	const listed = asList(product.prices);
	if (!listed) throw plainError('Product prices are empty');
	const productId = asInteger(product.id);
	const drafts = listed.filter(isMap).map((price) => ({ id: asInteger(price.id), ...draftFrom(productId, price) }));
	checkDrafts(portal, drafts);
	const kept = new Set(drafts.map(({ id }) => id));
	for (const { id } of portal.store.prices.where('productId', productId)) if (!kept.has(id)) portal.store.prices.remove(id);
	const written = drafts.map(({ id, ...draft }) => write(portal, draft, portal.store.prices.get(id) ? id : undefined));
	return ok({ prices: written.map((price) => show(price)) });
}

type Draft = PriceDraft & Pick<PriceRow, 'productId' | 'price' | 'currency' | 'extraId'>;

function draftFrom(productId: number, price: Params): Draft {
	const fields = { ...price, productId };
	checkRequired(FIELDS, fields, 'add');
	return draftOf(internalize(FIELDS, fields, 'add'));
}

function draftOf(values: Params): Draft {
	const amount = (name: string): number | null => asInteger(values[name]) || null;
	return {
		productId: asInteger(values.productId),
		catalogGroupId: asInteger(values.catalogGroupId),
		price: asInteger(values.price),
		currency: String(values.currency),
		quantityFrom: amount('quantityFrom'),
		quantityTo: amount('quantityTo'),
		extraId: amount('extraId'),
	};
}

function checkDrafts(portal: Portal, drafts: ReadonlyArray<PriceDraft & Pick<Draft, 'productId' | 'currency'>>): void {
	const { store, options } = portal;
	for (const { catalogGroupId, productId, currency } of drafts) {
		if (!store.priceTypes.get(catalogGroupId)) throw plainError('Validate price error. Catalog price group is wrong');
		if (!store.elements.get(productId)) throw plainError('Product is not exists');
		if (!store.hasCurrency(currency)) throw zeroError(`Currency ${currency} is not exists`);
	}
	const base = store.priceTypes.all().find((type) => type.base === 'Y');
	checkPrices(drafts, base?.id ?? 0, options.priceRanges);
}

function write(portal: Portal, draft: Draft, id?: number): PriceRow {
	const rate = portal.store.currencies.find(({ code }) => code === draft.currency)?.rate ?? 1;
	const values = { ...draft, priceScale: Math.round(draft.price * rate), timestampX: portal.now() };
	const row = id === undefined ? portal.store.prices.add(values) : portal.store.prices.update(id, values);
	portal.announce('price', id === undefined ? 'add' : 'update', row.id);
	return row;
}

const show = (row: PriceRow): Params => externalize(FIELDS, row);
