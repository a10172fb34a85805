import { crud } from '../fields/crud.cts';
import type { Method, MethodCall } from '../methods/method.cts';
import type { Portal } from '../portal.cts';
import { asInteger, type Params } from '../wire/params.cts';
import { RestError, zeroError } from '../wire/restError.cts';
import { blankShipment } from './blankRows.cts';
import { distribute, madeXmlId, undistributed } from './distribution.cts';
import { SHIPMENT_FIELDS, SHIPMENT_ITEM_FIELDS } from './fieldTables.cts';
import { orderOf } from './orderMethods.cts';
import { ownStatus, recalculate, touch } from './orderState.cts';
import { ship } from './reserves.cts';
import type { ShipmentItemRow, ShipmentRow } from './rows.cts';
import { shipmentParts, showShipment } from './shown.cts';

const noShipment = (): RestError => new RestError(201140400001, 'shipment is not exists');

const ALL = ['getFields', 'get', 'list', 'add', 'update', 'delete'] as const;

/** Shipments and what is in them. */
export const shipmentMethods: Method[] = [
	...crud<ShipmentRow>({
		prefix: 'sale.shipment',
		one: 'shipment',
		many: 'shipments',
		scope: 'sale',
		area: 'sale',
		operations: ALL,
		fields: SHIPMENT_FIELDS,
		table: ({ store }) => store.shipments,
		notFound: noShipment,
		defaults: ({ portal }, given) => blankShipment(portal, orderOf(portal, given.orderId)),
		check: checkShipment,
		written: ({ portal }, shipment, before) => {
			if (shipment.deducted !== (before?.deducted ?? 'N')) moveGoods(portal, shipment, shipment.deducted === 'Y' ? 1 : -1);
			portal.announce('shipment', before ? 'update' : 'add', shipment.id);
			if (shipment.allowDelivery === 'Y' && before?.allowDelivery !== 'Y') portal.store.orders.update(shipment.orderId, ownStatus(portal, portal.switches.statusOnDelivery));
			recalculate(portal, shipment.orderId);
		},
		beforeDelete: ({ portal }, { id, deducted, system }) => {
			if (system === 'Y') throw noShipment();
			if (deducted === 'Y') throw new RestError('SALE_SHIPMENT_EXIST_SHIPPED', 'A shipped shipment cannot be deleted');
			for (const line of portal.store.shipmentItems.where('orderDeliveryId', id)) portal.store.shipmentItems.remove(line.id);
		},
		deleted: ({ portal }, { id, orderId }) => {
			portal.announce('shipment', 'delete', id);
			recalculate(portal, orderId);
		},
		show: showShipment,
		showMore: shipmentParts,
	}),
	...crud<ShipmentItemRow>({
		prefix: 'sale.shipmentitem',
		one: 'shipmentItem',
		many: 'shipmentItems',
		scope: 'sale',
		area: 'sale',
		operations: ALL,
		fields: SHIPMENT_ITEM_FIELDS,
		table: ({ store }) => store.shipmentItems,
		notFound: () => new RestError(201240400001, 'shipment item is not exists'),
		defaults: ({ portal }, given) => ({
			dateInsert: portal.now(),
			reservedQuantity: Number(given.quantity),
			xmlId: madeXmlId('shipment item', portal.store.shipmentItems.size, String(given.basketId)),
		}),
		check: checkShipmentItem,
		written: ({ portal }, line) => settle(portal, line),
		beforeDelete: ({ portal }, line) => checkNotShipped(portal, line.orderDeliveryId),
		deleted: ({ portal }, line) => settle(portal, line),
	}),
];

/** What is not sent of price and status does not stay: both prices become 0, the status the first one. */
function checkShipment({ portal, caller }: MethodCall, values: Params, current?: ShipmentRow): void {
	if (!current) orderOf(portal, values.orderId);
	if (current?.system === 'Y') throw noShipment();
	const delivery = portal.store.deliveries.get(asInteger(values.deliveryId));
	if (!delivery) throw zeroError('Delivery service is not exists');
	const statusId = values.statusId ?? 'DN';
	if (portal.store.statuses.get(String(statusId))?.type !== 'D') throw zeroError(`Status ${String(statusId)} is not exists`);
	const price = givenPrice(values, current);
	Object.assign(values, {
		statusId,
		deliveryName: delivery.NAME,
		basePriceDelivery: price,
		priceDelivery: price,
		discountPrice: 0,
		...flagChange('allowDelivery', 'dateAllowDelivery', 'empAllowDeliveryId', values, current, portal.now(), caller.user.id),
		...flagChange('deducted', 'dateDeducted', 'empDeductedId', values, current, portal.now(), caller.user.id),
		...flagChange('canceled', 'dateCanceled', 'empCanceledId', values, current, portal.now(), caller.user.id),
	});
}

/** The base price decides for both; new shipments have their blank price for what is not given. */
function givenPrice(values: Params, current: ShipmentRow | undefined): number {
	if (!current) return asInteger(values.basePriceDelivery) || asInteger(values.priceDelivery);
	return asInteger(values.basePriceDelivery ?? values.priceDelivery ?? 0);
}

type Flag = 'allowDelivery' | 'deducted' | 'canceled';

function flagChange(
	flag: Flag,
	date: string,
	employee: string,
	values: Params,
	current: ShipmentRow | undefined,
	now: number,
	userId: number,
): Params {
	const value = values[flag];
	return value === undefined || value === (current?.[flag] ?? 'N') ? {} : { [date]: now, [employee]: userId };
}

function moveGoods(portal: Portal, { id }: ShipmentRow, sign: 1 | -1): void {
	for (const line of portal.store.shipmentItems.where('orderDeliveryId', id)) ship(portal, line, sign);
}

function checkShipmentItem({ portal }: MethodCall, values: Params, current?: ShipmentItemRow): void {
	const { shipments, shipmentItems, basket } = portal.store;
	const shipment = shipments.get(current?.orderDeliveryId ?? asInteger(values.orderDeliveryId));
	const item = basket.get(current?.basketId ?? asInteger(values.basketId));
	if (!shipment || shipment.system === 'Y') throw noShipment();
	if (item?.orderId !== shipment.orderId) throw new RestError(200140400001, 'basket item is not exists');
	const isDouble =
		!current && shipmentItems.where('orderDeliveryId', shipment.id).some(({ basketId }) => basketId === item.id);
	if (isDouble) throw new RestError(201250000001, 'Duplicate entry for key [basketId, orderDeliveryId]');
	checkNotShipped(portal, shipment.id);
	const quantity = Number(values.quantity);
	if (!(quantity > 0) || quantity > undistributed(portal, item, current?.id))
		throw zeroError('The quantity exceeds what is left to be shipped');
	values.reservedQuantity = quantity;
}

function checkNotShipped(portal: Portal, shipmentId: number): void {
	if (portal.store.shipments.get(shipmentId)?.deducted === 'Y')
		throw new RestError('SALE_SHIPMENT_EXIST_SHIPPED', 'The shipment is shipped already');
}

function settle(portal: Portal, { orderDeliveryId }: ShipmentItemRow): void {
	const shipment = portal.store.shipments.get(orderDeliveryId);
	if (!shipment) return;
	distribute(portal, shipment.orderId);
	touch(portal, shipment.orderId);
}
