import { ITEM_TYPE } from '../catalog/rows.cts';
import type { Portal } from '../portal.cts';
import type { BasketRow } from './rows.cts';

/** What the catalog knows of a product that is put into a basket, but for its price. Empty for a product that is not there. */
export function takeFromCatalog(portal: Portal, productId: number): Partial<BasketRow> {
	const { elements, measures, vats, iblocks } = portal.store;
	const element = elements.get(productId);
	if (!element) return {};
	const measure = measures.get(element.measure ?? 0);
	const rate = element.vatId === null ? null : (vats.get(element.vatId)?.rate ?? null);
	const catalog = iblocks.get(element.iblockId);
	return {
		productId,
		name: element.name,
		productXmlId: element.xmlId,
		catalogXmlId: catalog ? (catalog.xmlId ?? `catalog-${catalog.id}`) : '',
		weight: element.weight,
		measureCode: String(measure?.code ?? 796),
		measureName: measure?.symbol ?? 'шт',
		vatRate: rate === null ? null : rate / 100,
		vatIncluded: element.vatIncluded,
		type: element.type === ITEM_TYPE.set ? 1 : element.type === ITEM_TYPE.service ? 2 : null,
		module: 'catalog',
		productProviderClass: '\\Bitrix\\Catalog\\Product\\CatalogProvider',
	};
}

/** The price of the base type, if the product has one. */
export function catalogPrice(portal: Portal, productId: number): Partial<BasketRow> {
	const { prices, priceTypes } = portal.store;
	const type = priceTypes.all().find(({ base }) => base === 'Y');
	const price = prices.where('productId', productId).find(({ catalogGroupId }) => catalogGroupId === type?.id);
	if (!type || !price) return {};
	return {
		price: price.price,
		basePrice: price.price,
		discountPrice: 0,
		productPriceId: price.id,
		priceTypeId: type.id,
		notes: type.name,
	};
}

/** Whether so much more of a product can be ordered. */
export function isOrderable(portal: Portal, productId: number, quantity: number): boolean {
	const element = portal.store.elements.get(productId);
	if (!element || quantity <= 0 || element.type === ITEM_TYPE.service) return true;
	return element.quantityTrace === 'N' || element.canBuyZero === 'Y' || element.quantity >= quantity;
}
