import { Random } from '../../kernel/random.cts';
import type { Catalogs } from '../catalog/furnish.cts';
import type { Portal } from '../portal.cts';
import { catalogPrice, takeFromCatalog } from '../sale/basketItems.cts';
import { blankBasketItem, blankOrder, blankPayment, blankShipment } from '../sale/blankRows.cts';
import { addShipmentItem, madeXmlId } from '../sale/distribution.cts';
import { beginOrder } from '../sale/orderMethods.cts';
import { recalculate } from '../sale/orderState.cts';
import { ship } from '../sale/reserves.cts';
import type { BasketRow, OrderRow } from '../sale/rows.cts';
import { putGoods } from './goods.cts';
import { randomOrder, sellableGoods, type DraftLine, type DraftOrder } from './randomOrder.cts';

export interface PlaceOrders {
	count: number;
	/** Default 1. */
	seed?: number;
	/** The orders were made in so many past days; 0 (default) = now. */
	days?: number;
}

export const GOODS = { products: 36, variantShare: 0.2, variantsEach: 3, bundles: 4, services: 3, folders: 12, pictures: 0 };

/** Places random orders. A shop without goods first gets a few dozen. Returns the orders' ids. */
export function placeOrders(portal: Portal, catalogs: Catalogs, { count, seed = 1, days = 0 }: PlaceOrders): number[] {
	if (sellableGoods(portal).all.length === 0) putGoods(portal, catalogs.main, portal.options.seed, GOODS);
	const random = new Random(`orders ${seed}`);
	const goods = sellableGoods(portal);
	return Array.from(
		{ length: count },
		() => placeOrder(portal, randomOrder(random, portal, goods).draft, random.integer(0, days * 86_400) * 1000).id,
	);
}

/** Places one order as its customer would, in one hit; `age` milliseconds ago. */
export const placeOrder = (portal: Portal, draft: DraftOrder, age = 0): OrderRow =>
	portal.changes.during({}, () => placed(portal, draft, age));

function placed(portal: Portal, draft: DraftOrder, age: number): OrderRow {
	const { orders } = portal.store;
	const begun = beginOrder(portal, orders.add(headOf(portal, draft)));
	fillProperties(portal, begun, draft);
	for (const line of draft.lines) addLine(portal, begun, line);
	addShipment(portal, begun, draft);
	recalculate(portal, begun.id, 'person');
	addPayments(portal, begun, draft);
	const order = recalculate(portal, begun.id, 'person') ?? begun;
	const moment = order.dateUpdate - age;
	return age === 0 ? order : orders.update(order.id, { dateInsert: moment, dateUpdate: moment, dateStatus: moment });
}

function headOf(portal: Portal, { site, customer, statusId, canceled, managerComment }: DraftOrder): Omit<OrderRow, 'id'> {
	const personType = portal.store.personTypes.all().find(({ code }) => code === customer.kind);
	return {
		...blankOrder(portal),
		lid: site,
		userId: customer.userId,
		personTypeId: personType?.id ?? 0,
		statusId,
		userDescription: customer.comment,
		comments: managerComment,
		...(canceled && { canceled: 'Y', dateCanceled: portal.now(), reasonCanceled: 'Передумал «покупать»' }),
	};
}

function fillProperties(portal: Portal, { id }: OrderRow, { customer }: DraftOrder): void {
	const { orderPropertyValues } = portal.store;
	for (const { id: valueId, code } of orderPropertyValues.where('orderId', id)) {
		const value = customer.properties[code];
		if (value !== undefined && value !== '') orderPropertyValues.update(valueId, { value });
	}
}

function addLine(portal: Portal, order: OrderRow, line: DraftLine): void {
	const { components, coupon, ...values } = line;
	const fromCatalog =
		values.productId === 0
			? {}
			: { ...takeFromCatalog(portal, values.productId), ...catalogPrice(portal, values.productId) };
	const item = addItem(portal, order, {
		...fromCatalog,
		...values,
		discountPrice: values.basePrice - values.price,
		discountCoupon: coupon,
		...(components.length > 0 && { type: 1 }),
	});
	for (const { productId, quantity } of components) {
		addItem(portal, order, {
			...takeFromCatalog(portal, productId),
			...catalogPrice(portal, productId),
			quantity: quantity * values.quantity,
			setParentId: item.id,
		});
	}
}

function addItem(portal: Portal, order: OrderRow, values: Partial<BasketRow>): BasketRow {
	const item = portal.store.basket.add({ ...blankBasketItem(portal, order), ...values });
	if (item.productId > 0)
		portal.store.basketProperties.add({
			basketId: item.id,
			code: 'PRODUCT.XML_ID',
			name: 'Product XML_ID',
			value: item.productXmlId,
			sort: 100,
			xmlId: madeXmlId('PRODUCT.XML_ID', item.id),
		});
	return item;
}

function addShipment(portal: Portal, order: OrderRow, { delivery, shipped }: DraftOrder): void {
	const { shipments, deliveries, basket } = portal.store;
	const service = deliveries.all().find(({ XML_ID }) => XML_ID === delivery.service);
	const shipment = shipments.add({
		...blankShipment(portal, order),
		deliveryId: service?.id ?? 0,
		deliveryName: service?.NAME ?? '',
		basePriceDelivery: delivery.price,
		priceDelivery: delivery.price,
		...(shipped && {
			allowDelivery: 'Y',
			dateAllowDelivery: portal.now(),
			deducted: 'Y',
			dateDeducted: portal.now(),
			statusId: 'DF',
			trackingNumber: `RA${order.id}RU`,
		}),
	});
	for (const item of basket.where('orderId', order.id)) {
		const line = addShipmentItem(portal, shipment, item, item.quantity);
		if (shipped) ship(portal, line, 1);
	}
	portal.announce('shipment', 'add', shipment.id, 'person');
}

function addPayments(portal: Portal, order: OrderRow, { payments }: DraftOrder): void {
	const { paySystems, payments: table } = portal.store;
	for (const { paySystem, sum, paid } of payments) {
		const system = paySystems.all().find(({ XML_ID }) => XML_ID === paySystem);
		const { id } = table.add({
			...blankPayment(portal, order),
			paySystemId: system?.id ?? 0,
			paySystemName: system?.NAME ?? '',
			sum,
			...(paid && { paid: 'Y', datePaid: portal.now() }),
		});
		portal.announce('payment', 'add', id, 'person');
	}
}
