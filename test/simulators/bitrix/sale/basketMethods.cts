import { crud, type Entity } from '../fields/crud.cts';
import { describeFields } from '../fields/fieldTable.cts';
import { ok, type Method, type MethodCall } from '../methods/method.cts';
import type { Portal } from '../portal.cts';
import { asInteger, asText, type Params } from '../wire/params.cts';
import { requiredFields, RestError } from '../wire/restError.cts';
import { catalogPrice, isOrderable, takeFromCatalog } from './basketItems.cts';
import { blankBasketItem } from './blankRows.cts';
import { madeXmlId, trimShipments } from './distribution.cts';
import { BASKET_FIELDS, BASKET_PROPERTY_FIELDS, CATALOG_BASKET_FIELDS } from './fieldTables.cts';
import { orderOf } from './orderMethods.cts';
import { recalculate, touch } from './orderState.cts';
import { releaseReserve } from './reserves.cts';
import type { BasketPropertyRow, BasketRow } from './rows.cts';
import { basketItemParts, showBasketItem } from './shown.cts';

const noItem = (): RestError => new RestError(200140400001, 'basket item is not exists');

const items: Entity<BasketRow> = {
	prefix: 'sale.basketitem',
	one: 'basketItem',
	many: 'basketItems',
	scope: 'sale',
	area: 'sale',
	operations: ['getFields', 'get', 'list', 'add', 'update', 'delete'],
	fields: BASKET_FIELDS,
	table: ({ store }) => store.basket,
	notFound: noItem,
	defaults: ({ portal }, given) => {
		const order = orderOf(portal, given.orderId);
		const productId = asInteger(given.productId);
		return { ...blankBasketItem(portal, order), ...(productId > 0 && takeFromCatalog(portal, productId)) };
	},
	check: checkItem,
	written: ({ portal }, item, before) => {
		if (!before) describeOrigin(portal, item);
		trimShipments(portal, item);
		portal.announce('basketItem', before ? 'update' : 'add', item.id);
		recalculate(portal, item.orderId);
	},
	beforeDelete: ({ portal }, item) => {
		const { basket } = portal.store;
		for (const component of basket.where('orderId', item.orderId).filter(({ setParentId }) => setParentId === item.id)) {
			forget(portal, component);
			basket.remove(component.id);
		}
		forget(portal, item);
	},
	deleted: ({ portal }, item) => {
		portal.announce('basketItem', 'delete', item.id);
		recalculate(portal, item.orderId);
	},
	show: showBasketItem,
	showMore: basketItemParts,
};

/** The price of the catalog's base type, and everything else that the catalog knows. */
const catalogItems: Entity<BasketRow> = {
	...items,
	fields: CATALOG_BASKET_FIELDS,
	operations: ['add', 'update'],
	check: (call, values, current) => {
		const productId = current?.productId ?? asInteger(values.productId);
		Object.assign(values, takeFromCatalog(call.portal, productId), catalogPrice(call.portal, productId), {
			customPrice: 'N',
			module: 'catalog',
			productProviderClass: '\\Bitrix\\Catalog\\Product\\CatalogProvider',
		});
		checkItem(call, values, current);
		const quantity = Number(values.quantity ?? current?.quantity) - (current?.quantity ?? 0);
		if (!isOrderable(call.portal, productId, quantity))
			throw new RestError('SALE_BASKET_AVAILABLE_QUANTITY', 'The requested quantity is not available');
	},
};

/** Lines of orders and their properties. */
export const basketMethods: Method[] = [
	...crud(items),
	...crud(catalogItems).map((method) => ({ ...method, name: `${method.name}CatalogProduct` })),
	{
		name: 'sale.basketitem.getFieldsCatalogProduct',
		scope: 'sale',
		right: 'any',
		run: () => ok({ basketItem: describeFields(CATALOG_BASKET_FIELDS) }),
	},
	...crud<BasketPropertyRow>({
		prefix: 'sale.basketproperties',
		one: 'basketProperty',
		many: 'basketProperties',
		scope: 'sale',
		area: 'sale',
		operations: ['getFields', 'get', 'list', 'add', 'update', 'delete'],
		fields: BASKET_PROPERTY_FIELDS,
		table: ({ store }) => store.basketProperties,
		notFound: () => new RestError(200240400001, 'basket properties is not exists'),
		defaults: ({ portal }, given) => ({
			sort: 100,
			xmlId: madeXmlId('basket property', portal.store.basketProperties.size, String(given.basketId)),
		}),
		check: ({ portal }, values, current) => {
			if (!current && !portal.store.basket.get(asInteger(values.basketId))) throw noItem();
		},
		written: ({ portal }, { basketId }) => touchOrderOf(portal, basketId),
		deleted: ({ portal }, { basketId }) => touchOrderOf(portal, basketId),
	}),
];

function checkItem({ portal }: MethodCall, values: Params, current?: BasketRow): void {
	const order = orderOf(portal, current?.orderId ?? values.orderId);
	const productId = current?.productId ?? asInteger(values.productId);
	if (values.currency !== undefined && values.currency !== order.currency)
		throw new RestError('200140400011', 'Currency must be the currency of the order');
	if (!current && productId > 0) checkProduct(portal, productId);
	if (productId === 0 && asText(values.name ?? current?.name) === '') throw requiredFields(['name']);
	if (values.quantity !== undefined && !(Number(values.quantity) > 0))
		throw new RestError('200140400009', 'The quantity must be above zero');
	if (values.setParentId === 0) values.setParentId = null;
	if (values.type === 0) values.type = null;
	completePrices(values, current);
	values.dateUpdate = portal.now();
}

function checkProduct(portal: Portal, productId: number): void {
	const element = portal.store.elements.get(productId);
	if (!element) throw new RestError('200140400008', 'The product is not found');
	if (element.active !== 'Y') throw new RestError('200140400007', 'The product is not available for purchase');
}

/**
 * What is given is believed: nobody checks that basePrice = price + discountPrice. What is missing of a new item
 * follows from the rest.
 */
function completePrices(values: Params, current: BasketRow | undefined): void {
	if (current) return;
	const [price, basePrice, discount] = [
		asInteger(values.price),
		asInteger(values.basePrice),
		asInteger(values.discountPrice),
	];
	if (basePrice === 0) values.basePrice = price + discount;
	else if (price === 0 && values.customPrice !== 'Y') values.price = basePrice - discount;
}

/** The shop notes where a catalog product comes from. */
function describeOrigin(portal: Portal, { id, productId, productXmlId, catalogXmlId }: BasketRow): void {
	if (productId === 0) return;
	const { basketProperties } = portal.store;
	const origins = [
		['CATALOG.XML_ID', 'Catalog XML_ID', catalogXmlId],
		['PRODUCT.XML_ID', 'Product XML_ID', productXmlId],
	] as const;
	for (const [code, name, value] of origins)
		basketProperties.add({ basketId: id, code, name, value, sort: 100, xmlId: madeXmlId(code, id) });
}

/** What hangs on an item that goes. */
export function forget(portal: Portal, item: BasketRow): void {
	const { basketProperties, shipmentItems } = portal.store;
	releaseReserve(portal, item);
	for (const { id } of basketProperties.where('basketId', item.id)) basketProperties.remove(id);
	for (const { id } of shipmentItems.where('basketId', item.id)) shipmentItems.remove(id);
}

function touchOrderOf(portal: Portal, basketId: number): void {
	const item = portal.store.basket.get(basketId);
	if (item) touch(portal, item.orderId);
}
