import { externalize } from '../fields/values.cts';
import type { Portal } from '../portal.cts';
import type { Params } from '../wire/params.cts';
import {
	BASKET_FIELDS,
	BASKET_PROPERTY_FIELDS,
	PAYMENT_FIELDS,
	PROPERTY_VALUE_FIELDS,
	RESERVATION_FIELDS,
	SHIPMENT_FIELDS,
	SHIPMENT_ITEM_FIELDS,
} from './fieldTables.cts';
import type { BasketRow, OrderPropertyValueRow, OrderRow, PaymentRow, ShipmentRow } from './rows.cts';

/** Basket items show some ids as texts. */
export function showBasketItem(_portal: Portal, row: BasketRow, names?: readonly string[]): Params {
	const shown = externalize(BASKET_FIELDS, row, names);
	for (const name of ['id', 'orderId', 'setParentId']) if (name in shown) shown[name] = String(shown[name] ?? '');
	return shown;
}

export function basketItemParts({ store }: Portal, { id }: BasketRow): Params {
	return {
		properties: store.basketProperties.where('basketId', id).map((row) => externalize(BASKET_PROPERTY_FIELDS, row)),
		reservations: store.reservations.where('basketId', id).map((row) => externalize(RESERVATION_FIELDS, row)),
	};
}

export function showPayment({ store }: Portal, row: PaymentRow, names?: readonly string[]): Params {
	const system = store.paySystems.get(row.paySystemId);
	return externalize(
		PAYMENT_FIELDS,
		{ ...row, paySystemXmlId: system?.XML_ID ?? '', paySystemIsCash: system?.IS_CASH === 'Y' ? 'Y' : 'N' },
		names,
	);
}

export function showShipment({ store }: Portal, row: ShipmentRow, names?: readonly string[]): Params {
	const delivery = store.deliveries.get(row.deliveryId);
	return externalize(
		SHIPMENT_FIELDS,
		{ ...row, statusXmlId: store.statuses.get(row.statusId)?.xmlId ?? '', deliveryXmlId: delivery?.XML_ID ?? '' },
		names,
	);
}

export const shipmentParts = ({ store }: Portal, { id }: ShipmentRow): Params => ({
	shipmentItems: store.shipmentItems.where('orderDeliveryId', id).map((row) => externalize(SHIPMENT_ITEM_FIELDS, row)),
});

export function showPropertyValue({ store }: Portal, row: OrderPropertyValueRow, names?: readonly string[]): Params {
	const property = store.orderProperties.get(row.orderPropsId);
	return externalize(PROPERTY_VALUE_FIELDS, { ...row, orderPropsXmlId: property?.xmlId || null }, names);
}

/** What `sale.order.get` shows beside the fields of the order itself. */
export function orderParts(portal: Portal, { id }: OrderRow): Params {
	const { basket, payments, shipments, orderPropertyValues } = portal.store;
	return {
		basketItems: basket
			.where('orderId', id)
			.map((row) => ({ ...showBasketItem(portal, row), ...basketItemParts(portal, row) })),
		payments: payments.where('orderId', id).map((row) => showPayment(portal, row)),
		shipments: shipments
			.where('orderId', id)
			.map((row) => ({ ...showShipment(portal, row), ...shipmentParts(portal, row) })),
		propertyValues: orderPropertyValues.where('orderId', id).map((row) => {
			const { orderId: _order, ...shown } = showPropertyValue(portal, row);
			return shown;
		}),
		clients: [],
		tradeBindings: [],
		requisiteLink: [],
	};
}
