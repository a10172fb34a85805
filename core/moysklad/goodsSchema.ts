import { z } from 'zod';
import { wellFormed } from '../model/wellFormed';
import { optional, rows } from './collection';

/**
 * MoySklad's goods and folders, as far as they are read here. Tolerant where the API is known to vary (numbers as text,
 * lists as bare arrays or as `{meta, rows}`, links with or without their object), strict in what would be misread.
 */

const text = optional(z.union([z.string(), z.number()]).transform((value) => wellFormed(String(value))));
const amount = z.union([z.number(), z.string().trim().min(1).transform(Number)]).pipe(z.number().finite());
const number = optional(amount);
const flag = z.boolean().nullish().transform((value) => value === true);
const meta = z.object({ href: z.string(), type: z.string().optional() });

const identified = { meta: meta.optional(), id: text, externalCode: text, name: text };

const named = optional(z.object({ meta: meta.optional(), id: text, name: text }));

const currency = optional(z.object({ meta: meta.optional(), id: text, isoCode: text }));

const price = z.object({ value: amount, currency });

const salePrice = price.extend({ priceType: named });

/** What *Get Computed Prices* adds; null where it could not be reckoned. */
const computedPrice = z.object({ name: z.string(), value: number, currency });

const attribute = z.object({
	meta: meta.optional(),
	id: text,
	name: z.string(),
	type: z.string(),
	value: z.union([z.string(), z.number(), z.boolean(), z.object({ meta: meta.optional(), id: text, name: text }), z.null()]).optional(),
});

/** Additional fields of any object. */
export const attributesSchema = rows(attribute);

const image = z.object({
	meta: meta.extend({ downloadHref: z.string().optional() }),
	filename: text,
	size: number,
	updated: text,
});

/** Its form is MoySklad's keyword: `{"ean13": "…"}`. */
const barcode = z.union([z.string(), z.number()]).transform(String);

const folderFields = { ...identified, archived: flag };

/** A product folder as the schema leaves it: what is missing is null. */
export type FolderJson = z.output<z.ZodObject<typeof folderFields>> & { productFolder?: FolderJson | null };

/** Source: github moysklad/api-remap-1.2-doc, `md/dictionaries/_productFolder.md`. */
export const folderSchema: z.ZodType<FolderJson, z.ZodTypeDef, unknown> = z.object({
	...folderFields,
	productFolder: z.lazy(() => folderSchema.nullish()),
});

const goodsFields = {
	...identified,
	code: text,
	article: text,
	description: text,
	archived: flag,
	productFolder: folderSchema.nullish(),
	variantsCount: number,
	effectiveVat: number,
	effectiveVatEnabled: z.boolean().nullish(),
	vat: number,
	vatEnabled: z.boolean().nullish(),
	uom: optional(z.object({ name: text, code: text })),
	weight: number,
	volume: number,
	salePrices: optional(z.array(salePrice)),
	buyPrice: optional(price),
	minPrice: optional(price),
	computedPrices: optional(z.array(computedPrice)),
	discountProhibited: flag,
	barcodes: optional(z.array(z.union([barcode, z.record(barcode)]))),
	attributes: attributesSchema,
	characteristics: optional(z.array(z.object({ id: text, name: z.string(), value: z.union([z.string(), z.number()]).transform(String) }))),
	country: named,
	supplier: named,
	images: rows(image),
};

/** A good as the schema leaves it: what is missing is null. Prices in kopecks. */
export type GoodsJson = z.output<z.ZodObject<typeof goodsFields>> & { product?: GoodsJson | null };

/** All four kinds of goods. Source: github moysklad/api-remap-1.2-doc, `md/dictionaries/_product.md`, `_variant.md`, `_bundle.md`, `_service.md`. */
export const goodsSchema: z.ZodType<GoodsJson, z.ZodTypeDef, unknown> = z.object({
	...goodsFields,
	product: z.lazy(() => goodsSchema.nullish()),
});

/** Only by what a good is found, and its product. */
const keyFields = { meta: meta.optional(), id: text, externalCode: text };

/** Takes the ids of a good and of its product, and leaves everything else unread. */
export const goodsKeysSchema = z.object({ ...keyFields, product: z.object(keyFields).nullish() });

/** Kopecks in `value`, with their currency. */
export type PriceJson = z.output<typeof price>;
/** The same of one price type. */
export type SalePriceJson = z.output<typeof salePrice>;
/** A price that this package reckoned, in kopecks; null where it could not. */
export type ComputedPriceJson = z.output<typeof computedPrice>;
/** A value of an additional field with its definition. */
export type AttributeJson = z.output<typeof attribute>;
/** A picture with the link to its bytes; `size` in bytes. */
export type ImageJson = z.output<typeof image>;
