import { blankPayment } from '../../sale/blankRows.cts';
import { unpaidSum } from '../../sale/paymentMethods.cts';
import { ship } from '../../sale/reserves.cts';
import type { OrderRow, ShipmentRow } from '../../sale/rows.cts';
import { parseMoment } from '../../wire/dates.cts';
import type { ExchangeSite } from '../site.cts';
import { requisiteOf, type XmlNode } from '../xml/node.cts';

/** A date of payment pays what is not paid yet. Nothing takes a payment back. */
export function payOrder({ portal }: ExchangeSite, order: OrderRow, document: XmlNode): void {
	const date = requisiteOf(document, 'Дата оплаты по 1С') ?? '';
	if (date === '') return;
	const { payments } = portal.store;
	const moment = parseMoment(date) ?? portal.now();
	const known = payments.where('orderId', order.id).filter(({ isReturn }) => isReturn === 'N');
	const due = known.length > 0 ? known : [payments.add({ ...blankPayment(portal, order), sum: unpaidSum(portal, order) })];
	const payVoucherNum = requisiteOf(document, 'Номер оплаты по 1С') ?? '';
	for (const { id, paid } of due) {
		payments.update(id, { payVoucherNum, payVoucherDate: moment, ...(paid === 'N' && { paid: 'Y', datePaid: moment }) });
		portal.announce('payment', 'update', id);
	}
}

/** A date of shipment allows the delivery, and moves the order on to the site's status for that. */
export function allowDelivery(site: ExchangeSite, order: OrderRow, document: XmlNode): void {
	const date = requisiteOf(document, 'Дата отгрузки по 1С') ?? '';
	if (date === '') return;
	const { portal, settings } = site;
	const { shipments, orders, statuses } = portal.store;
	const deliveryDocNum = requisiteOf(document, 'Номер отгрузки по 1С') ?? '';
	for (const shipment of shipments.where('orderId', order.id).filter(({ system }) => system === 'N')) {
		const isNew = shipment.allowDelivery === 'N';
		shipments.update(shipment.id, {
			deliveryDocNum,
			deliveryDocDate: parseMoment(date) ?? portal.now(),
			...(isNew && { allowDelivery: 'Y', dateAllowDelivery: portal.now() }),
		});
		if (settings.deductOnDelivery) deduct(site, shipment);
		portal.announce('shipment', 'update', shipment.id);
	}
	const statusId = settings.finalStatusOnDelivery;
	if (statuses.get(statusId)?.type === 'O') orders.update(order.id, { statusId, dateStatus: portal.now() });
}

/** The goods leave. */
export function deduct({ portal }: ExchangeSite, shipment: ShipmentRow): void {
	if (shipment.deducted === 'Y') return;
	const { shipments, shipmentItems } = portal.store;
	shipments.update(shipment.id, { deducted: 'Y', dateDeducted: portal.now() });
	for (const line of shipmentItems.where('orderDeliveryId', shipment.id)) ship(portal, line, 1);
}
