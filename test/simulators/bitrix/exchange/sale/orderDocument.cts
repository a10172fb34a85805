import type { Portal } from '../../portal.cts';
import type { OrderRow, PaymentRow, ShipmentRow } from '../../sale/rows.cts';
import type { ExchangeSite } from '../site.cts';
import { element, filled, leaf, requisites } from '../xml/writer.cts';
import { customer, deliveryAddress, valuesOf } from './customer.cts';
import { day, moment, money, plainMoney, time, type ExportFormat } from './format.cts';
import { orderLines, orderTaxes } from './lines.cts';

type Pair = [string, string | number | boolean];

/** An order as a `Документ`. `below`: sub-documents that stand inside. */
export function orderDocument(site: ExchangeSite, order: OrderRow, format: ExportFormat, below?: string): string {
	const { portal, settings } = site;
	return element(
		'Документ',
		leaf('Ид', order.id),
		leaf('Номер', `${settings.numberPrefix}${order.accountNumber}`),
		leaf('Дата', day(order.dateInsert)),
		leaf('ХозОперация', 'Заказ товара'),
		leaf('Роль', 'Продавец'),
		leaf('Валюта', currencyName(site, order.currency)),
		leaf('Курс', 1),
		leaf('Сумма', money(order.price)),
		...(format.isRicher ? [leaf('НомерВерсии', order.version), filled('Номер1С', order.id1c)] : []),
		customer(portal, order, format),
		leaf('Время', time(order.dateInsert)),
		leaf('Комментарий', order.comments),
		orderTaxes(portal, order),
		orderDiscount(order),
		orderLines(portal, order, format),
		orderRequisites(portal, order, format),
		below,
	);
}

/** Three characters, perhaps another name than the code. */
export const currencyName = ({ settings }: ExchangeSite, code: string): string =>
	(settings.currencyNames[code] ?? code).slice(0, 3);

function orderDiscount({ discountValue }: OrderRow): string | undefined {
	if (discountValue <= 0) return undefined;
	const sum = leaf('Сумма', plainMoney(discountValue));
	return element('Скидки', element('Скидка', leaf('Наименование', 'Скидка на заказ'), sum, leaf('УчтеноВСумме', 'false')));
}

/** What the site's name is shown as. */
export const siteName = (lid: string): string => `[${lid}] Мой магазин`;

/** Of several payments and shipments only the first is seen here. */
function orderRequisites(portal: Portal, order: OrderRow, format: ExportFormat): string {
	const { payments, shipments } = portal.store;
	const payment = payments.where('orderId', order.id)[0];
	const shipment = shipments.where('orderId', order.id).find(({ system }) => system === 'N');
	return requisites([
		...paymentPairs(order, payment, format),
		...shipmentPairs(shipment, format),
		...methodPairs(payment, shipment),
		['Заказ оплачен', order.payed === 'Y'],
		...(format.isDetailed ? [] : [['Доставка разрешена', shipment?.allowDelivery === 'Y'] satisfies Pair]),
		['Отменен', order.canceled === 'Y'],
		...statusPairs(portal, order, format),
		...given('Комментарии покупателя', order.userDescription),
		['Сайт', siteName(order.lid)],
		...given('Адрес доставки', deliveryAddress(valuesOf(portal, order))),
	]);
}

const given = (name: string, text: string): Pair[] => (text === '' ? [] : [[name, text]]);

const paymentPairs = ({ payed }: OrderRow, payment: PaymentRow | undefined, format: ExportFormat): Pair[] => [
	...(payed === 'Y' ? given('Дата оплаты', moment(format, payment?.datePaid ?? null)) : []),
	...given('Номер платежного документа', payment?.payVoucherNum ?? ''),
];

function shipmentPairs(shipment: ShipmentRow | undefined, format: ExportFormat): Pair[] {
	if (shipment?.allowDelivery !== 'Y') return [];
	const name = format.isDetailed ? 'Дата последнего разрешения по доставке' : 'Дата разрешения доставки';
	return given(name, moment(format, shipment.dateAllowDelivery));
}

const methodPairs = (payment: PaymentRow | undefined, shipment: ShipmentRow | undefined): Pair[] => [
	...given('Способ доставки', shipment?.deliveryName ?? ''),
	...(shipment ? [['Метод доставки ИД', shipment.deliveryId] satisfies Pair] : []),
	...given('Метод оплаты', payment?.paySystemName ?? ''),
	...(payment ? [['Метод оплаты ИД', payment.paySystemId] satisfies Pair] : []),
];

function statusPairs({ store }: Portal, order: OrderRow, format: ExportFormat): Pair[] {
	const name = store.statusLangs.where('statusId', order.statusId).find(({ lid }) => lid === 'ru')?.name ?? '';
	return [
		['Финальный статус', order.statusId === 'F'],
		['Статус заказа', `[${order.statusId}] ${name}`],
		['Статуса заказа ИД', order.statusId],
		...(order.canceled === 'Y' ? given('Дата отмены заказа', moment(format, order.dateCanceled)) : []),
		...given('Причина отмены', order.reasonCanceled),
		...given('Дата изменения статуса', moment(format, order.dateStatus)),
	];
}
