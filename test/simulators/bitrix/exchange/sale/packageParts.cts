import { toKopecks } from '../../fields/money.cts';
import { blankPayment, blankShipment } from '../../sale/blankRows.cts';
import { addShipmentItem } from '../../sale/distribution.cts';
import type { OrderRow, PaymentRow, ShipmentRow } from '../../sale/rows.cts';
import { parseMoment } from '../../wire/dates.cts';
import type { ExchangeSite } from '../site.cts';
import { child, childrenOf, isFlag, requisiteOf, textOf, toNumber, type XmlNode } from '../xml/node.cts';
import { deduct } from './progressOfOrder.cts';

interface Part {
	id: number;
	id1c: string;
}

const findPart = <Row extends Part>(rows: readonly Row[], document: XmlNode): Row | undefined => {
	const code = textOf(document, 'Ид') ?? '';
	return (
		rows.find(({ id1c }) => id1c === code) ?? rows.find(({ id }) => [code, textOf(document, 'Номер')].includes(String(id)))
	);
};

/** A payment that is paid on the site, and in the document is not, stays as it is. */
export function importPayment({ portal }: ExchangeSite, order: OrderRow, document: XmlNode, kept: Set<number>): string[] {
	const { payments, paySystems } = portal.store;
	const known = findPart(payments.where('orderId', order.id), document);
	const payment = known ?? payments.add(blankPayment(portal, order));
	kept.add(payment.id);
	const isPaid = isFlag(requisiteOf(document, 'Оплачен'));
	if (payment.paid === 'Y' && !isPaid) return [`Оплата №${payment.id} заказа №${order.accountNumber} уже проведена.`];
	const system = paySystems.get(Number(requisiteOf(document, 'Метод оплаты ИД')));
	const moment = parseMoment(requisiteOf(document, 'Дата оплаты по 1С') ?? '') ?? portal.now();
	const changes: Partial<PaymentRow> = {
		id1c: textOf(document, 'Ид') ?? '',
		updated1c: 'Y',
		sum: toKopecks(toNumber(textOf(document, 'Сумма'))),
		payVoucherNum: requisiteOf(document, 'Номер оплаты по 1С') ?? payment.payVoucherNum,
		isReturn: isFlag(requisiteOf(document, 'ПризнакВозврата')) ? 'Y' : 'N',
		payReturnComment: requisiteOf(document, 'Причина к Возврату') ?? payment.payReturnComment,
		...(system && { paySystemId: system.id, paySystemName: system.NAME }),
		...(isPaid && payment.paid === 'N' && { paid: 'Y', datePaid: moment }),
	};
	payments.update(payment.id, changes);
	portal.announce('payment', known ? 'update' : 'add', payment.id);
	return [];
}

/** A shipment that has left stays as it is. */
export function importShipment(site: ExchangeSite, order: OrderRow, document: XmlNode, kept: Set<number>): string[] {
	const { portal } = site;
	const { shipments, deliveries } = portal.store;
	const visible = shipments.where('orderId', order.id).filter(({ system }) => system === 'N');
	const known = findPart(visible, document);
	const shipment = known ?? shipments.add(blankShipment(portal, order));
	kept.add(shipment.id);
	const isDeducted = isFlag(requisiteOf(document, 'Отгружен'));
	if (shipment.deducted === 'Y')
		return isDeducted ? [] : [`Отгрузка №${shipment.id} заказа №${order.accountNumber} уже проведена.`];
	const service = deliveries.get(Number(requisiteOf(document, 'Метод доставки ИД')));
	const changed = shipments.update(shipment.id, {
		id1c: textOf(document, 'Ид') ?? '',
		updated1c: 'Y',
		deliveryDocNum: requisiteOf(document, 'Номер отгрузки по 1С') ?? shipment.deliveryDocNum,
		trackingNumber: requisiteOf(document, 'Идентификатор отправления') ?? shipment.trackingNumber,
		...(service && { deliveryId: service.id, deliveryName: service.NAME }),
	});
	putItems(site, changed, document);
	if (isDeducted) deduct(site, changed);
	portal.announce('shipment', known ? 'update' : 'add', shipment.id);
	return [];
}

/** The shipment holds what the document lists, as far as the order has it. */
function putItems({ portal }: ExchangeSite, shipment: ShipmentRow, document: XmlNode): void {
	const { shipmentItems, basket } = portal.store;
	for (const { id } of shipmentItems.where('orderDeliveryId', shipment.id)) shipmentItems.remove(id);
	for (const node of childrenOf(child(document, 'Товары'), 'Товар')) {
		const item = basket.where('orderId', shipment.orderId).find(({ productXmlId }) => productXmlId === textOf(node, 'Ид'));
		const quantity = Math.min(item?.quantity ?? 0, toNumber(textOf(node, 'Количество')));
		if (item && quantity > 0) addShipmentItem(portal, shipment, item, quantity);
	}
}

interface Kept {
	payments: ReadonlySet<number>;
	shipments: ReadonlySet<number>;
}

/** Payments and shipments of the site that no document is about go, unless money or goods have moved. */
export function removeMissing({ portal }: ExchangeSite, order: OrderRow, kept: Kept): string[] {
	const { payments, shipments, shipmentItems } = portal.store;
	const warnings: string[] = [];
	for (const { id, paid } of payments.where('orderId', order.id)) {
		if (kept.payments.has(id)) continue;
		if (paid === 'Y') warnings.push(`Оплата №${id} заказа №${order.accountNumber} уже проведена.`);
		else payments.remove(id);
	}
	for (const { id, deducted, system } of shipments.where('orderId', order.id)) {
		if (system === 'Y' || kept.shipments.has(id)) continue;
		if (deducted === 'Y') {
			warnings.push(`Отгрузка №${id} заказа №${order.accountNumber} уже проведена.`);
			continue;
		}
		for (const line of shipmentItems.where('orderDeliveryId', id)) shipmentItems.remove(line.id);
		shipments.remove(id);
	}
	return warnings;
}
