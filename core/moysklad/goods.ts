import type { z } from 'zod';
import { SyncError } from '../errors';
import { computedTypeId } from '../model/computedPrice';
import { GOODS_KINDS, type Attribute, type DeletedObject, type Folder, type Goods, type GoodsKind, type Picture, type SalePrice, type Vat } from '../model/catalog';
import { fromMoscow } from './moment';
import { folderSchema, goodsKeysSchema, goodsSchema, type AttributeJson, type ComputedPriceJson, type FolderJson, type GoodsJson, type ImageJson, type PriceJson, type SalePriceJson } from './goodsSchema';
import { idOf, type Meta } from './reference';

/** `{ deleted: true, entity, id }`, as *Get for Events* gives it for an object that is gone. */
export function readDeleted(json: unknown): DeletedObject | undefined {
	const { deleted, entity, id } = (json ?? {}) as { deleted?: unknown; entity?: unknown; id?: unknown };
	return deleted === true && typeof entity === 'string' && typeof id === 'string' ? { entity, id: id.toLowerCase() } : undefined;
}

/** A good as MoySklad's API gives it. Throws CATALOG_ITEM_UNREADABLE. */
export function readGoods(json: unknown): Goods {
	return toGoods(parse(goodsSchema, json), undefined);
}

interface GoodsKeys {
	id: string;
	externalCode: string | null;
	/** The product of a variant. */
	parent: Omit<GoodsKeys, 'parent'> | null;
}

/** Only by what a good is found: to read the whole good is most of the work with an order of many lines. Throws CATALOG_ITEM_UNREADABLE. */
export function readGoodsKeys(json: unknown): GoodsKeys {
	const parsed = parse(goodsKeysSchema, json);
	const { product, externalCode } = parsed;
	if (kindOf(parsed, undefined) === 'variant' && !product) throw unreadable('a variant without its product');
	return { id: idIn(parsed, 'the item'), externalCode, parent: product ? { id: idIn(product, 'the product'), externalCode: product.externalCode } : null };
}

/** A product folder as MoySklad's API gives it. Throws CATALOG_ITEM_UNREADABLE. */
export function readFolder(json: unknown): Folder {
	return toFolder(parse(folderSchema, json));
}

function parse<Output>(schema: z.ZodType<Output, z.ZodTypeDef, unknown>, json: unknown): Output {
	const parsed = schema.safeParse(json);
	if (parsed.success) return parsed.data;
	const [issue] = parsed.error.issues;
	throw unreadable(issue ? `${issue.path.join('.') || 'item'}: ${issue.message}` : 'unknown form');
}

const unreadable = (reason: string): SyncError => new SyncError('CATALOG_ITEM_UNREADABLE', { reason });

type LinkJson = { meta?: { href: string; type?: string | undefined } | undefined; id?: string | null };

function idIn(json: LinkJson, what: string): string {
	const id = json.id?.toLowerCase() ?? linkedId(json);
	if (!id) throw unreadable(`${what} has no id`);
	return id;
}

const linkedId = ({ meta }: LinkJson): string | null => idOf(meta as Meta | undefined) ?? null;

function kindOf({ meta }: LinkJson, expected: GoodsKind | undefined): GoodsKind {
	const kind = GOODS_KINDS.find((one) => one === (meta?.type ?? expected));
	if (!kind) throw unreadable(`its kind is ${meta?.type ?? 'not said'}`);
	return kind;
}

function toGoods(json: GoodsJson, expected: GoodsKind | undefined): Goods {
	const kind = kindOf(json, expected);
	if (kind === 'variant' && !json.product) throw unreadable('a variant without its product');
	const goods = {
		...nothing(kind, idIn(json, 'the item')),
		externalCode: json.externalCode,
		name: json.name,
		code: json.code,
		article: json.article,
		description: json.description,
		archived: json.archived,
		folder: json.productFolder ? toFolder(json.productFolder) : null,
		variantsCount: json.variantsCount,
		vat: toVat(json),
		unit: toUnit(json),
		weight: json.weight,
		volume: json.volume,
		prices: [...(json.salePrices ?? []).map(toSalePrice), ...(json.computedPrices ?? []).flatMap(toComputedPrice)],
		buyPrice: json.buyPrice && toPrice(json.buyPrice),
		minPrice: json.minPrice && toPrice(json.minPrice),
		discountsProhibited: json.discountProhibited || json.product?.discountProhibited === true,
		barcodes: (json.barcodes ?? []).flatMap((barcode) => (typeof barcode === 'string' ? [barcode] : Object.values(barcode))),
		attributes: (json.attributes ?? []).flatMap(toAttribute),
		characteristics: json.characteristics ?? [],
		country: json.country?.name ?? null,
		supplier: json.supplier?.name ?? null,
		pictures: json.images && json.images.map(toPicture),
	};
	return json.product ? withProduct(goods, toGoods(json.product, 'product')) : goods;
}

const nothing = (kind: GoodsKind, id: string): Goods => ({
	kind, id, externalCode: null, name: null, code: null, article: null, description: null, archived: false, folder: null, parent: null,
	variantsCount: null, vat: null, unit: null, weight: null, volume: null, prices: [], buyPrice: null, minPrice: null, discountsProhibited: false, barcodes: [],
	attributes: [], characteristics: [], country: null, supplier: null, pictures: null,
});

/**
 * A variant has no folder, VAT, unit, weight and additional fields of its own: they are its product's. Source: github
 * moysklad/api-remap-1.2-doc, `md/dictionaries/_variant.md`.
 */
export const withProduct = (variant: Goods, product: Goods): Goods => ({
	...variant,
	parent: product,
	folder: product.folder,
	vat: product.vat,
	unit: product.unit,
	weight: product.weight,
	volume: product.volume,
	attributes: product.attributes,
	country: product.country,
	supplier: product.supplier,
});

/** A good of which nothing is left but its id. Throws CATALOG_ITEM_UNREADABLE for what is none. */
export function deletedGoods({ entity, id }: DeletedObject): Goods {
	const kind = GOODS_KINDS.find((one) => one === entity);
	if (!kind) throw unreadable(`a deleted ${entity} is no good`);
	return { ...nothing(kind, id), archived: true };
}

/** A good of which only its ids are known. */
export const linkedGoods = (id: string, externalCode: string | null): Goods => ({ ...nothing('product', id), externalCode });

const toFolder = (json: FolderJson): Folder => ({
	id: idIn(json, 'the folder'),
	externalCode: json.externalCode,
	name: json.name,
	archived: json.archived,
	parent: json.productFolder ? toFolder(json.productFolder) : null,
});

/** The effective rate counts; the good's own only where the effective one is not given. */
function toVat({ effectiveVat, effectiveVatEnabled, vat, vatEnabled }: GoodsJson): Vat | null {
	const enabled = effectiveVatEnabled ?? (effectiveVat === null ? vatEnabled : undefined);
	if (enabled === false) return 'without';
	return effectiveVat ?? (enabled === true ? vat : null);
}

const toUnit = ({ uom }: GoodsJson): Goods['unit'] => (uom?.name || uom?.code ? { name: uom.name ?? uom.code ?? '', code: uom.code } : null);

const toPrice = ({ value, currency }: PriceJson): SalePrice => ({
	typeId: null,
	typeName: null,
	value,
	currencyId: currency && (currency.id?.toLowerCase() ?? linkedId(currency)),
	currency: currency?.isoCode ?? null,
});

const toSalePrice = (json: SalePriceJson): SalePrice => ({
	...toPrice(json),
	typeId: json.priceType && (json.priceType.id?.toLowerCase() ?? linkedId(json.priceType)),
	typeName: json.priceType?.name ?? null,
});

const toComputedPrice = ({ name, value, currency }: ComputedPriceJson): SalePrice[] =>
	value === null ? [] : [{ ...toPrice({ value, currency }), typeId: computedTypeId(name), typeName: name }];

/** An additional field in the model, moments as ISO 8601 in UTC; none for a field without a value. Throws CATALOG_ITEM_UNREADABLE. */
export function toAttribute(json: AttributeJson): Attribute[] {
	const { value, name, type } = json;
	if (value === null || value === undefined) return [];
	const definition = { id: idIn(json, `the attribute ${name}`), name, type };
	if (typeof value === 'object') {
		const id = value.id?.toLowerCase() ?? linkedId(value);
		return value.name === null ? [] : [{ ...definition, value: { id, name: value.name } }];
	}
	return [{ ...definition, value: type === 'time' ? toMoment(value) : value }];
}

/** A moment that is not in MoySklad's form stays as it is: only fields for moments mind. */
function toMoment(value: string | number | boolean): string | number | boolean {
	if (typeof value !== 'string') return value;
	try {
		return new Date(fromMoscow(value)).toISOString();
	} catch {
		return value;
	}
}

function toPicture({ meta, filename, size, updated }: ImageJson): Picture {
	return {
		id: idIn({ meta }, 'a picture'),
		filename: filename ?? '',
		size: size ?? 0,
		updated: updated ?? '',
		downloadHref: meta.downloadHref ?? null,
	};
}
