import { shopFrame, type ShopFrame } from '../../shop/frame.cts';
import {
	shopGoods,
	type ShopBundle,
	type ShopGood,
	type ShopProduct,
	type ShopService,
	type ShopVariant,
} from '../../shop/goods.cts';
import type { ShopSize } from '../../shop/size.cts';
import { addElement } from '../catalog/elements.cts';
import type { CatalogPair } from '../catalog/furnish.cts';
import { ITEM_TYPE, type ElementRow } from '../catalog/rows.cts';
import type { Portal } from '../portal.cts';
import type { Params } from '../wire/params.cts';

/** How price types of the generated shop are called in Bitrix. */
const PRICE_TYPES: Record<string, { name: string; currency: string }> = {
	retail: { name: 'BASE', currency: 'RUB' },
	wholesale: { name: 'OPT', currency: 'RUB' },
	old: { name: 'OLD', currency: 'RUB' },
	export: { name: 'EXPORT', currency: 'USD' },
};

/** What is needed while goods are put in. */
interface Filling {
	portal: Portal;
	pair: CatalogPair;
	frame: ShopFrame;
	sections: ReadonlyMap<string, number>;
	/** Element by the key of its product. */
	made: Map<string, { element: ElementRow; product: ShopProduct }>;
}

/**
 * Puts a generated shop into a catalog, as an exchange with the same shop in MoySklad would have done: a good's external
 * code becomes its XML_ID, a variant's is `<product>#<variant>`. Returns how many elements were made.
 */
export function putGoods(portal: Portal, pair: CatalogPair, seed: number, size: ShopSize): number {
	const frame = shopFrame(seed, size);
	const filling: Filling = { portal, pair, frame, sections: putSections(portal, pair, frame), made: new Map() };
	let count = 0;
	for (const good of shopGoods(seed, size)) {
		putGood(filling, good);
		count += 1;
	}
	return count;
}

function putSections(portal: Portal, { products }: CatalogPair, frame: ShopFrame): Map<string, number> {
	const ids = new Map<string, number>();
	for (const { key, name, parent } of frame.folders) {
		const { id } = portal.store.sections.add({
			iblockId: products,
			iblockSectionId: (parent !== undefined && ids.get(parent)) || null,
			name,
			xmlId: `ext-${key}`,
			code: null,
			sort: 500,
			active: 'Y',
			description: null,
			descriptionType: 'text',
		});
		ids.set(key, id);
	}
	return ids;
}

function putGood(filling: Filling, good: ShopGood): void {
	switch (good.kind) {
		case 'product':
			return putProduct(filling, good);
		case 'variant':
			return putVariant(filling, good);
		case 'bundle':
		case 'service':
			return putComposed(filling, good);
	}
}

function putProduct(filling: Filling, good: ShopProduct): void {
	const { portal, pair, frame } = filling;
	const unit = frame.units.find(({ key }) => key === good.unit);
	const measure = portal.store.measures.all().find(({ code }) => code === Number(unit?.code));
	const values = {
		...described(filling, good),
		quantity: sum(good.stock),
		weight: good.grams,
		...(measure && { measure: measure.id }),
	};
	const element = make(filling, pair.products, values, good.variants > 0 ? ITEM_TYPE.emptySkuParent : ITEM_TYPE.simple);
	filling.made.set(good.key, { element, product: good });
	if (good.variants === 0) putPrices(portal, element, good.prices);
}

function putVariant(filling: Filling, good: ShopVariant): void {
	const parent = filling.made.get(good.product);
	if (!parent) return;
	const { portal, pair } = filling;
	const name = `${parent.product.name} (${good.characteristics.map(({ value }) => value).join(', ')})`;
	const values = {
		name,
		parentId: { value: String(parent.element.id) },
		xmlId: `${parent.product.externalCode}#${good.externalCode}`,
		active: good.archived ? 'N' : 'Y',
		quantity: sum(good.stock),
		vatId: vatOf(portal, parent.product),
		vatIncluded: 'Y',
		weight: parent.product.grams,
	};
	const element = make(filling, pair.offers, values, ITEM_TYPE.offer);
	putPrices(portal, element, { ...parent.product.prices, ...good.prices });
}

/** A set's components are known to the shop only; REST does not tell them. */
function putComposed(filling: Filling, good: ShopBundle | ShopService): void {
	const type = good.kind === 'bundle' ? ITEM_TYPE.set : ITEM_TYPE.service;
	const element = make(
		filling,
		filling.pair.products,
		{ ...described(filling, good), quantity: good.kind === 'bundle' ? 10 : 0 },
		type,
	);
	putPrices(filling.portal, element, good.prices);
}

function described(filling: Filling, good: ShopProduct | ShopBundle | ShopService): Params {
	const section = good.folder === undefined ? undefined : filling.sections.get(good.folder);
	return {
		name: good.name,
		xmlId: good.externalCode,
		active: good.archived ? 'N' : 'Y',
		vatId: vatOf(filling.portal, good),
		vatIncluded: 'Y',
		...(good.description !== undefined && { detailText: good.description }),
		...(section !== undefined && { iblockSectionId: section }),
	};
}

function make({ portal }: Filling, iblockId: number, values: Params, type: number): ElementRow {
	const iblock = portal.store.iblocks.get(iblockId);
	if (!iblock) throw new RangeError(`There is no block ${iblockId}`);
	return addElement(
		portal,
		{ iblock, properties: portal.store.properties.where('iblockId', iblockId), values, userId: 1 },
		type,
	);
}

const sum = (stock: Record<string, number>): number => Object.values(stock).reduce((whole, amount) => whole + amount, 0);

function vatOf(portal: Portal, { vat }: ShopProduct | ShopBundle | ShopService): number | undefined {
	return portal.store.vats.all().find(({ rate }) => (vat.enabled ? rate === vat.rate : rate === null))?.id;
}

function putPrices(portal: Portal, { id }: ElementRow, prices: Record<string, number>): void {
	for (const [key, price] of Object.entries(prices)) {
		const { name, currency } = PRICE_TYPES[key] ?? {};
		const type = portal.store.priceTypes.all().find((candidate) => candidate.name === name);
		if (!type || currency === undefined || price === 0) continue;
		portal.store.prices.add({
			productId: id,
			catalogGroupId: type.id,
			price,
			currency,
			priceScale: price,
			quantityFrom: null,
			quantityTo: null,
			extraId: null,
			timestampX: portal.now(),
		});
	}
}
