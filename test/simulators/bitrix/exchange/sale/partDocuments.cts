import type { OrderRow, PaymentRow, ShipmentRow } from '../../sale/rows.cts';
import { lineSum, total } from '../../sale/sums.cts';
import type { ExchangeSite } from '../site.cts';
import { element, leaf, requisites } from '../xml/writer.cts';
import { day, moment, money, time, type ExportFormat } from './format.cts';
import { basketLine } from './lines.cts';
import { currencyName, siteName } from './orderDocument.cts';

const PAYMENT_OPERATIONS: Record<string, string> = {
	Y: 'Выплата наличных денег',
	A: 'Эквайринговая операция',
};

const NON_CASH = 'Выплата безналичных денег';

/** The documents of an order's payments and shipments, under the given element name. */
export function partDocuments(site: ExchangeSite, order: OrderRow, format: ExportFormat, name: string): string {
	const { payments, shipments } = site.portal.store;
	const visible = shipments.where('orderId', order.id).filter(({ system }) => system === 'N');
	const removed = site.removedShipments(
		order.id,
		visible.map(({ id }) => id),
	);
	return [
		...payments.where('orderId', order.id).map((payment) => paymentDocument(site, order, payment, format, name)),
		...visible.map((shipment) => shipmentDocument(site, order, shipment, format, name)),
		...removed.map((id) => removedDocument(order, id, name)),
	].join('');
}

interface Head {
	id: number;
	code: string;
	made: number;
	operation: string;
	/** Kopecks. */
	sum: number;
	comment: string;
}

const head = (site: ExchangeSite, order: OrderRow, { id, code, made, operation, sum, comment }: Head): string[] => [
	leaf('Ид', code || id),
	leaf('Номер', id),
	leaf('Дата', day(made)),
	leaf('ХозОперация', operation),
	leaf('Роль', 'Продавец'),
	leaf('Валюта', currencyName(site, order.currency)),
	leaf('Курс', 1),
	leaf('Сумма', money(sum)),
	leaf('НомерВерсии', order.version),
	leaf('Основание', order.id),
	leaf('Время', time(made)),
	leaf('Комментарий', comment),
];

function paymentDocument(
	site: ExchangeSite,
	order: OrderRow,
	payment: PaymentRow,
	format: ExportFormat,
	name: string,
): string {
	const isCash = site.portal.store.paySystems.get(payment.paySystemId)?.IS_CASH ?? 'N';
	const { id, id1c, dateBill, sum, comments } = payment;
	const operation = PAYMENT_OPERATIONS[isCash] ?? NON_CASH;
	return element(
		name,
		...head(site, order, { id, code: id1c, made: dateBill, operation, sum, comment: comments }),
		requisites([
			['Дата оплаты', payment.paid === 'Y' ? moment(format, payment.datePaid) : ''],
			['Отменен', order.canceled === 'Y'],
			['Метод оплаты ИД', payment.paySystemId],
			['Метод оплаты', payment.paySystemName],
			['Оплачено', payment.paid === 'Y'],
			['Признак возврата', payment.isReturn !== 'N' && payment.isReturn !== ''],
			['Причина к возврату', payment.payReturnComment],
			['Сайт', siteName(order.lid)],
		]),
	);
}

function shipmentDocument(
	site: ExchangeSite,
	order: OrderRow,
	shipment: ShipmentRow,
	format: ExportFormat,
	name: string,
): string {
	const { shipmentItems, basket } = site.portal.store;
	const lines = shipmentItems.where('orderDeliveryId', shipment.id).flatMap((line) => {
		const item = basket.get(line.basketId);
		return item && item.type !== 1 ? [{ item, amount: line.quantity }] : [];
	});
	const { id, id1c, dateInsert, priceDelivery, comments } = shipment;
	const sum = total([priceDelivery, ...lines.map(({ item, amount }) => lineSum({ ...item, quantity: amount }))]);
	return element(
		name,
		...head(site, order, { id, code: id1c, made: dateInsert, operation: 'Отпуск товара', sum, comment: comments }),
		element('Товары', ...lines.map(({ item, amount }) => basketLine(site.portal, item, amount, format))),
		shipmentRequisites(
			order,
			shipment,
			format,
			isReserved(
				site,
				lines.map(({ item }) => item.id),
			),
		),
	);
}

const isReserved = ({ portal }: ExchangeSite, basketIds: readonly number[]): boolean =>
	basketIds.length > 0 && basketIds.every((id) => portal.store.reservations.where('basketId', id).length > 0);

function shipmentRequisites(order: OrderRow, shipment: ShipmentRow, format: ExportFormat, reserved: boolean): string {
	return requisites([
		['Сумма доставки', money(shipment.priceDelivery)],
		['Дата разрешения доставки', moment(format, shipment.dateAllowDelivery)],
		['Местоположения доставки', ''],
		['Статус отгрузки', shipment.statusId],
		['Отгружено', shipment.deducted === 'Y'],
		['Дата отгрузки', shipment.deducted === 'Y' ? moment(format, shipment.dateDeducted) : ''],
		['Причина отмены отгрузки', shipment.reasonUndoDeducted],
		['Резервирование', reserved],
		['Метод доставки ИД', shipment.deliveryId],
		['Метод доставки', shipment.deliveryName],
		['Отменен', shipment.canceled === 'Y'],
		['Дата отмены', moment(format, shipment.dateCanceled)],
		['Причина отмены', ''],
		['Ошибка отгрузки', shipment.marked === 'Y'],
		['Идентификатор отправления', shipment.trackingNumber],
		['Сайт', siteName(order.lid)],
	]);
}

/** A shipment that was exported once and is no more. */
const removedDocument = (order: OrderRow, id: number, name: string): string =>
	element(
		name,
		leaf('Ид', id),
		leaf('Номер', id),
		leaf('ХозОперация', 'Отпуск товара'),
		leaf('Роль', 'Продавец'),
		leaf('Основание', order.id),
		leaf('ПометкаУдаления', 'true'),
	);
