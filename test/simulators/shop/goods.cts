import { Random } from '../kernel/random.cts';
import { attributeValues, type ShopAttributeValue } from './attributeValues.cts';
import { BARCODE_KINDS, barcode, type ShopBarcode } from './barcodes.cts';
import { shopFrame, type ShopFrame } from './frame.cts';
import { picture, type ShopPicture } from './pictures.cts';
import { fullSize, type ShopSize } from './size.cts';
import { ADJECTIVES, BRANDS, NOUNS, SENTENCES, SERVICES, TRICKY_TAILS } from './words.cts';

/** `{ rate: 0, enabled: false }` is «without VAT», `{ rate: 0, enabled: true }` is 0 %. */
export interface ShopVat {
	rate: number;
	enabled: boolean;
}

interface Sellable {
	key: string;
	code: string;
	externalCode: string;
	/** By price type; minor units of that type's currency. */
	prices: Record<string, number>;
	archived: boolean;
}

interface Described extends Sellable {
	name: string;
	description?: string;
	/** Key of a folder; none = at the root. */
	folder?: string;
	vat: ShopVat;
	attributes: Record<string, ShopAttributeValue>;
}

export interface ShopProduct extends Described {
	kind: 'product';
	article: string;
	unit: string;
	/** Minor units, roubles. */
	buyPrice: number;
	grams: number;
	cubicCentimetres: number;
	weighed: boolean;
	barcodes: ShopBarcode[];
	pictures: ShopPicture[];
	/** By store; empty for a product with variants (its stock lies on them). */
	stock: Record<string, number>;
	variants: number;
}

export interface ShopVariant extends Sellable {
	kind: 'variant';
	product: string;
	characteristics: Array<{ name: string; value: string }>;
	article: string;
	barcodes: ShopBarcode[];
	pictures: ShopPicture[];
	stock: Record<string, number>;
}

export interface ShopBundle extends Described {
	kind: 'bundle';
	article: string;
	/** Keys of products and how many of each. */
	components: Array<{ product: string; quantity: number }>;
}

export interface ShopService extends Described {
	kind: 'service';
}

export type ShopGood = ShopProduct | ShopVariant | ShopBundle | ShopService;

const VATS: ShopVat[] = [
	{ rate: 20, enabled: true },
	{ rate: 10, enabled: true },
	{ rate: 0, enabled: true },
	{ rate: 0, enabled: false },
];

/**
 * All goods of a shop, one by one: each product followed by its variants, then bundles, then services.
 * The same for the same seed and size; product N does not depend on how many there are.
 */
export function* shopGoods(seed: number, size: ShopSize): Generator<ShopGood, void, undefined> {
	const full = fullSize(size);
	const frame = shopFrame(seed, size);
	for (let index = 1; index <= full.products; index++) {
		const product = makeProduct(new Random(`product ${seed} ${index}`), frame, full, index);
		yield product;
		for (let number = 0; number < product.variants; number++) yield makeVariant(seed, frame, product, number);
	}
	if (full.products > 0) for (let index = 1; index <= full.bundles; index++) yield makeBundle(seed, frame, full, index);
	for (let index = 1; index <= full.services; index++) yield makeService(seed, frame, full, index);
}

function makeProduct(random: Random, frame: ShopFrame, full: Required<ShopSize>, index: number): ShopProduct {
	const key = `product-${index}`;
	const unit = random.pick(frame.units);
	const variants = random.chance(full.variantShare) ? full.variantsEach : 0;
	return {
		kind: 'product',
		...described(random, frame, full, key, `${name(random)} ${index}`),
		article: `A-${String(index).padStart(6, '0')}`,
		unit: unit.key,
		buyPrice: random.integer(1000, 500_000),
		grams: random.integer(1, 30_000),
		cubicCentimetres: random.integer(10, 90_000),
		weighed: unit.key === 'kilogram',
		barcodes: barcodes(random, index),
		pictures: random.chance(full.pictures) ? pictures(random, key) : [],
		stock: variants > 0 ? {} : stock(random, frame, unit.fractional),
		variants,
	};
}

function makeVariant(seed: number, frame: ShopFrame, product: ShopProduct, number: number): ShopVariant {
	const key = `${product.key}-variant-${number + 1}`;
	const random = new Random(`${key} ${seed}`);
	return {
		kind: 'variant',
		...sellable(random, frame, key, product.archived),
		prices: random.chance(0.5) ? prices(random, frame) : {},
		product: product.key,
		characteristics: frame.characteristics.map(({ name, values }, place) => ({
			name,
			value: values[Math.floor(number / values.length ** place) % values.length] ?? '',
		})),
		article: `${product.article}/${number + 1}`,
		barcodes: [barcode(random, 'ean13')],
		pictures: product.pictures.length > 0 && random.chance(0.5) ? [picture(key, `variant-${number + 1}.png`)] : [],
		stock: stock(random, frame, product.weighed),
	};
}

function makeBundle(seed: number, frame: ShopFrame, full: Required<ShopSize>, index: number): ShopBundle {
	const key = `bundle-${index}`;
	const random = new Random(`${key} ${seed}`);
	const products = new Set(
		Array.from({ length: random.integer(2, 5) }, () => `product-${random.integer(1, full.products)}`),
	);
	return {
		kind: 'bundle',
		...described(random, frame, full, key, `Набор ${name(random)} ${index}`),
		article: `B-${String(index).padStart(5, '0')}`,
		components: [...products].map((product) => ({ product, quantity: random.integer(1, 3) })),
	};
}

function makeService(seed: number, frame: ShopFrame, full: Required<ShopSize>, index: number): ShopService {
	const key = `service-${index}`;
	const random = new Random(`${key} ${seed}`);
	return { kind: 'service', ...described(random, frame, full, key, `${random.pick(SERVICES)} ${index}`) };
}

function sellable(random: Random, frame: ShopFrame, key: string, archived: boolean): Sellable {
	return { key, code: key.toUpperCase(), externalCode: `ext-${key}`, prices: prices(random, frame), archived };
}

function described(
	random: Random,
	frame: ShopFrame,
	full: Required<ShopSize>,
	key: string,
	goodName: string,
): Described {
	return {
		...sellable(random, frame, key, random.chance(full.archivedShare)),
		name: goodName,
		...(random.chance(0.7) && { description: description(random) }),
		...(frame.folders.length > 0 && random.chance(0.95) && { folder: random.pick(frame.folders).key }),
		vat: random.pick(VATS),
		attributes: attributeValues(random, frame, key),
	};
}

function name(random: Random): string {
	const tail = random.chance(0.2) ? ` ${random.pick(TRICKY_TAILS)}` : '';
	return `${random.pick(NOUNS)} ${random.pick(ADJECTIVES)} «${random.pick(BRANDS)}»${tail}`;
}

function description(random: Random): string {
	return Array.from({ length: random.integer(1, 4) }, () => random.pick(SENTENCES)).join(
		random.pick(['\n', '\r\n', '\n\n']),
	);
}

/** A price of 0 means that the shop did not set it. */
function prices(random: Random, frame: ShopFrame): Record<string, number> {
	const retail = random.integer(50, 90_000) * 100 + random.pick([0, 0, 0, 50, 90, 99]);
	const values: Record<string, number> = {};
	for (const { key, currency } of frame.priceTypes) {
		const share = random.pick([0, 0.7, 0.8, 1, 1.2]);
		const rate = frame.currencies.find((candidate) => candidate.key === currency)?.rate ?? 1;
		values[key] = key === frame.priceTypes[0]?.key ? retail : Math.round((retail * share) / rate);
	}
	return values;
}

function barcodes(random: Random, index: number): ShopBarcode[] {
	const kind = BARCODE_KINDS[index % BARCODE_KINDS.length] ?? 'ean13';
	return random.chance(0.2) ? [barcode(random, kind), barcode(random, 'code128')] : [barcode(random, kind)];
}

function pictures(random: Random, key: string): ShopPicture[] {
	return Array.from({ length: random.integer(1, 3) }, (_, number) =>
		picture(`${key} ${number}`, `${key}-${number + 1}.png`),
	);
}

function stock(random: Random, frame: ShopFrame, fractional: boolean): Record<string, number> {
	const held: Record<string, number> = {};
	for (const store of frame.stores) {
		if (random.chance(0.25)) continue;
		held[store.key] = fractional ? random.integer(1, 500_000) / 1000 : random.integer(0, 120);
	}
	return held;
}
