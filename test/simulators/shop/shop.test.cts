import { inflateSync } from 'node:zlib';
import { gs1CheckDigit } from './barcodes.cts';
import { ATTRIBUTE_TYPES, shopFrame } from './frame.cts';
import { shopGoods, type ShopGood, type ShopProduct, type ShopVariant } from './goods.cts';
import { picture } from './pictures.cts';
import { onlyProducts } from './size.cts';

const goods = (seed: number, size: Parameters<typeof shopGoods>[1]): ShopGood[] => [...shopGoods(seed, size)];
const plain = (value: unknown): string => JSON.stringify(value);
const products = (all: ShopGood[]): ShopProduct[] => all.filter((good) => good.kind === 'product');
const variants = (all: ShopGood[]): ShopVariant[] => all.filter((good) => good.kind === 'variant');

const shop = goods(7, { products: 600 });

describe('a generated shop', () => {
	it('is the same for the same seed, and another for another', () => {
		expect(plain(goods(7, { products: 40 }))).toBe(plain(goods(7, { products: 40 })));
		expect(plain(goods(8, { products: 40 }))).not.toBe(plain(goods(7, { products: 40 })));
	});

	it('is made lazily', () => {
		const stream = shopGoods(7, onlyProducts(1_000_000_000));
		expect(stream.next().value?.key).toBe('product-1');
	});

	it('may be products only, exactly so many', () => {
		const only = goods(7, onlyProducts(250));
		expect(only).toHaveLength(250);
		expect(only.every((good) => good.kind === 'product' && !good.archived)).toBe(true);
	});

	it('has all kinds of goods, and some are archived', () => {
		expect(new Set(shop.map(({ kind }) => kind))).toEqual(new Set(['product', 'variant', 'bundle', 'service']));
		expect(products(shop)).toHaveLength(600);
		const archived = shop.filter((good) => good.archived).length;
		expect(archived).toBeGreaterThan(0);
		expect(archived).toBeLessThan(shop.length / 10);
	});

	it('has keys, codes and external codes of which none occurs twice', () => {
		for (const field of ['key', 'code', 'externalCode'] as const)
			expect(new Set(shop.map((good) => good[field])).size).toBe(shop.length);
	});

	it('has names with everything that breaks things', () => {
		const names = products(shop)
			.map(({ name }) => name)
			.join('\n');
		for (const sign of ['«', '»', '"', "'", '&', '<', '>', ';', '%', 'ё', '\u00a0']) expect(names).toContain(sign);
		const descriptions = products(shop)
			.map(({ description }) => description ?? '')
			.join('');
		expect([descriptions.includes('\r\n'), /[^\r]\n/.test(descriptions)]).toEqual([true, true]);
		expect(products(shop).some(({ description }) => description === undefined)).toBe(true);
	});

	it('has every VAT, unit, and fractions only where they are sold', () => {
		expect(new Set(products(shop).map(({ vat }) => `${vat.rate} ${vat.enabled}`))).toEqual(
			new Set(['20 true', '10 true', '0 true', '0 false']),
		);
		const { units } = shopFrame(7, { products: 1 });
		expect(units.map(({ code }) => code)).toEqual(['796', '166', '006', undefined]);
		for (const { unit, stock } of products(shop)) {
			const fractional = units.find(({ key }) => key === unit)?.fractional;
			if (!fractional) expect(Object.values(stock).every(Number.isInteger)).toBe(true);
		}
		expect(
			products(shop).some(({ stock }) => Object.values(stock).some((quantity) => !Number.isInteger(quantity))),
		).toBe(true);
	});

	it('has barcodes of every kind with right check digits', () => {
		const all = products(shop).flatMap(({ barcodes }) => barcodes);
		expect(new Set(all.map(({ kind }) => kind))).toEqual(new Set(['ean13', 'ean8', 'code128', 'gtin', 'upc']));
		const lengths = { ean13: 13, ean8: 8, gtin: 14, upc: 12 };
		for (const { kind, value } of all) {
			if (kind === 'code128') continue;
			expect(value).toHaveLength(lengths[kind]);
			expect(gs1CheckDigit(value.slice(0, -1))).toBe(Number(value.at(-1)));
		}
	});

	it('has variants with three characteristics, each set once, and their parents hold no stock', () => {
		const parents = products(shop).filter((product) => product.variants > 0);
		expect(parents.length).toBeGreaterThan(0);
		for (const parent of parents) {
			const own = variants(shop).filter(({ product }) => product === parent.key);
			expect(own).toHaveLength(parent.variants);
			expect(parent.stock).toEqual({});
			expect(new Set(own.map(({ characteristics }) => plain(characteristics))).size).toBe(own.length);
			expect(own.every(({ characteristics }) => characteristics.length === 3)).toBe(true);
		}
		const many = variants(goods(7, { products: 1, variantShare: 1, variantsEach: 64 }));
		expect(new Set(many.map(({ characteristics }) => plain(characteristics))).size).toBe(64);
	});

	it('has prices in several types and currencies, some not set', () => {
		const { priceTypes, currencies } = shopFrame(7, { products: 1 });
		expect(priceTypes.length).toBeGreaterThanOrEqual(4);
		expect(priceTypes.map(({ currency }) => currency)).toContain('USD');
		expect(currencies.map(({ iso }) => iso)).toEqual(['RUB', 'USD', 'EUR']);
		expect(
			products(shop).every(({ prices }) =>
				Object.values(prices).every((price) => Number.isInteger(price) && price >= 0),
			),
		).toBe(true);
		expect(products(shop).some(({ prices }) => Object.values(prices).includes(0))).toBe(true);
		expect(products(shop).every(({ prices }) => (prices.retail ?? 0) > 0)).toBe(true);
	});

	it('has thirty attributes of every type, filled here and there', () => {
		const { attributes } = shopFrame(7, { products: 1 });
		expect(attributes).toHaveLength(30);
		expect(new Set(attributes.map(({ type }) => type))).toEqual(new Set(ATTRIBUTE_TYPES));
		for (const { key } of attributes)
			expect(products(shop).some(({ attributes: values }) => values[key] !== undefined)).toBe(true);
		expect(shopFrame(7, { products: 1, attributes: 40 }).attributes).toHaveLength(40);
	});

	it('has a tree of folders five levels deep that holds together', () => {
		const { folders } = shopFrame(7, { products: 1000 });
		const byKey = new Map(folders.map((folder) => [folder.key, folder]));
		expect(Math.max(...folders.map(({ depth }) => depth))).toBe(5);
		for (const { parent, depth } of folders) expect(depth).toBe((byKey.get(parent ?? '')?.depth ?? 0) + 1);
		const siblings = folders.map(({ parent, name }) => `${parent}/${name}`);
		expect(new Set(siblings).size).toBe(siblings.length);
		for (const { folder } of products(goods(7, { products: 1000 })))
			if (folder !== undefined) expect(byKey.has(folder)).toBe(true);
	});

	it('has bundles of products that exist', () => {
		const keys = new Set(products(shop).map(({ key }) => key));
		for (const good of shop)
			if (good.kind === 'bundle') for (const { product } of good.components) expect(keys.has(product)).toBe(true);
	});

	it('refuses sizes that are none', () => {
		expect(() => goods(1, { products: -1 })).toThrow(RangeError);
		expect(() => goods(1, { products: NaN })).toThrow(RangeError);
	});
});

describe('a picture', () => {
	it('is a PNG of the size that was told, and differs by key', () => {
		const one = picture('a', 'a.png');
		const bytes = one.content();
		expect(bytes).toHaveLength(one.size);
		expect(bytes.subarray(1, 4).toString()).toBe('PNG');
		const side = bytes.readUInt32BE(16);
		const start = bytes.indexOf('IDAT') + 4;
		expect(inflateSync(bytes.subarray(start, start + bytes.readUInt32BE(start - 8)))).toHaveLength(
			side * (side * 3 + 1),
		);
		expect(bytes.equals(picture('a', 'a.png').content())).toBe(true);
		expect(bytes.equals(picture('b', 'a.png').content())).toBe(false);
	});
});
