import { crud } from '../fields/crud.cts';
import { externalize } from '../fields/values.cts';
import { mapOf, type Method, type MethodCall } from '../methods/method.cts';
import type { Portal } from '../portal.cts';
import { asInteger, type Params } from '../wire/params.cts';
import { RestError, zeroError } from '../wire/restError.cts';
import { blankOrder, blankShipment } from './blankRows.cts';
import { ORDER_FIELDS } from './fieldTables.cts';
import { touch } from './orderState.cts';
import { releaseReserve } from './reserves.cts';
import type { OrderRow } from './rows.cts';
import { orderParts } from './shown.cts';

export const noOrder = (): RestError => new RestError(200540400001, 'order is not exists');

/** Throws 200540400001 when there is no such order. */
export function orderOf(portal: Portal, id: unknown): OrderRow {
	const order = portal.store.orders.get(asInteger(id));
	if (!order) throw noOrder();
	return order;
}

/** Orders: made empty; whether they are paid and shipped follows from their parts. A list fetches all rows to count them. */
export const orderMethods: Method[] = crud<OrderRow>({
	prefix: 'sale.order',
	one: 'order',
	many: 'orders',
	scope: 'sale',
	area: 'sale',
	operations: ['getFields', 'get', 'list', 'add', 'update', 'delete'],
	fields: ORDER_FIELDS,
	countCost: 0.002,
	table: ({ store }) => store.orders,
	notFound: noOrder,
	defaults: ({ portal }) => blankOrder(portal),
	check: checkOrder,
	written: ({ portal, params }, order, before) => {
		if (!before) return void beginOrder(portal, order);
		touch(portal, order.id);
		if (mapOf(params, 'fields').updated1c !== undefined) portal.store.orders.update(order.id, { updated1c: order.updated1c });
	},
	beforeDelete: ({ portal }, order) => {
		checkNothingPaid(portal, order.id);
		if (portal.store.shipments.where('orderId', order.id).some(({ deducted }) => deducted === 'Y')) {
			throw new RestError('SALE_ORDER_CANCEL_SHIPMENT_EXIST_SHIPPED', 'The order has shipped shipments');
		}
		removeParts(portal, order);
	},
	deleted: ({ portal }, { id }) => portal.announce('order', 'delete', id),
	show: (portal, order, names) => externalize(ORDER_FIELDS, { ...order, ...linked(portal, order) }, names),
	showMore: orderParts,
});

function linked({ store }: Portal, { personTypeId, statusId }: OrderRow): Params {
	return {
		personTypeXmlId: store.personTypes.get(personTypeId)?.xmlId ?? '',
		statusXmlId: store.statuses.get(statusId)?.xmlId ?? '',
	};
}

/** An order number, the values of its properties to be filled in, and the technical shipment. */
export function beginOrder(portal: Portal, { id, personTypeId }: OrderRow): OrderRow {
	const { orders, orderProperties, orderPropertyValues, shipments, deliveries } = portal.store;
	const order = orders.update(id, { accountNumber: String(id) });
	for (const { id: orderPropsId, code, name, active, defaultValue } of orderProperties.where('personTypeId', personTypeId)) {
		if (active === 'Y')
			orderPropertyValues.add({ orderId: id, orderPropsId, code, name, value: defaultValue === '' ? null : defaultValue });
	}
	const delivery = deliveries.all()[0];
	shipments.add({
		...blankShipment(portal, order),
		system: 'Y',
		deliveryId: delivery?.id ?? 0,
		deliveryName: delivery?.NAME ?? '',
	});
	portal.announce('order', 'add', id);
	return order;
}

function checkOrder({ portal, caller }: MethodCall, values: Params, current?: OrderRow): void {
	const { store } = portal;
	if (!current && !store.personTypes.get(Number(values.personTypeId))) throw zeroError('Person type is not exists');
	if (!current && !store.sites.some((site) => site === values.lid)) throw zeroError('Site is not exists');
	if (!current && !store.hasCurrency(values.currency)) throw zeroError('Currency is not exists');
	Object.assign(
		values,
		statusChange(portal, values, current, caller.user.id),
		cancellation(portal, values, current, caller.user.id),
	);
	if (values.marked === 'Y' && current?.marked !== 'Y')
		Object.assign(values, { dateMarked: portal.now(), empMarkedId: caller.user.id });
}

function statusChange(portal: Portal, { statusId }: Params, current: OrderRow | undefined, userId: number): Params {
	if (statusId === undefined || statusId === current?.statusId) return {};
	if (portal.store.statuses.get(String(statusId))?.type !== 'O') throw zeroError(`Status ${String(statusId)} is not exists`);
	return { dateStatus: portal.now(), empStatusId: userId };
}

/** A paid order cannot be canceled. */
function cancellation(portal: Portal, { canceled }: Params, current: OrderRow | undefined, userId: number): Params {
	if (canceled === undefined || canceled === (current?.canceled ?? 'N')) return {};
	if (current && canceled === 'Y') checkNothingPaid(portal, current.id);
	return { dateCanceled: portal.now(), empCanceledId: userId };
}

function checkNothingPaid(portal: Portal, orderId: number): void {
	if (!portal.store.payments.where('orderId', orderId).some(({ paid }) => paid === 'Y')) return;
	throw new RestError('SALE_ORDER_CANCEL_PAYMENT_EXIST_ACTIVE', 'The order has active payments');
}

function removeParts(portal: Portal, { id }: OrderRow): void {
	const { basket, basketProperties, payments, shipments, shipmentItems, orderPropertyValues } = portal.store;
	for (const item of basket.where('orderId', id)) {
		releaseReserve(portal, item);
		for (const property of basketProperties.where('basketId', item.id)) basketProperties.remove(property.id);
		basket.remove(item.id);
	}
	for (const shipment of shipments.where('orderId', id)) {
		for (const line of shipmentItems.where('orderDeliveryId', shipment.id)) shipmentItems.remove(line.id);
		shipments.remove(shipment.id);
	}
	for (const payment of payments.where('orderId', id)) payments.remove(payment.id);
	for (const value of orderPropertyValues.where('orderId', id)) orderPropertyValues.remove(value.id);
}
