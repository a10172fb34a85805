import { recalculate, touch } from '../../sale/orderState.cts';
import type { OrderRow } from '../../sale/rows.cts';
import { isFlag, requisiteOf, textOf, type XmlNode } from '../xml/node.cts';
import type { ExchangeSite } from '../site.cts';
import { allowDelivery, payOrder } from './progressOfOrder.cts';
import { rewriteLines } from './rewriteLines.cts';

/**
 * A document about an order that the site has: its basket, whether it is cancelled, paid, shipped, its status. The order
 * counts as known to 1C from then on, whatever was refused. Returns what the site complains of.
 */
export function changeOrder(site: ExchangeSite, order: OrderRow, document: XmlNode): string[] {
	const { orders } = site.portal.store;
	const version = textOf(document, 'НомерВерсии') ?? '';
	const isSame = version !== '' && version === order.version1c;
	const warnings = isSame ? [] : rewrite(site, order, document);
	warnings.push(...follow(site, orders.get(order.id) ?? order, document));
	touch(site.portal, order.id);
	const id1c = textOf(document, 'Номер1С') ?? '';
	orders.update(order.id, { updated1c: 'Y', version1c: version, ...(id1c !== '' && { id1c }) });
	return warnings;
}

/** Only an order that is neither paid nor allowed to leave nor finished can be edited. */
function rewrite(site: ExchangeSite, order: OrderRow, document: XmlNode): string[] {
	const { orders, shipments } = site.portal.store;
	const mayLeave = shipments
		.where('orderId', order.id)
		.some((shipment) => shipment.system === 'N' && shipment.allowDelivery === 'Y');
	if (order.payed === 'Y' || mayLeave || order.statusId === 'F')
		return [`Заказ №${order.accountNumber} не может быть изменен: он оплачен, разрешен к доставке или завершен.`];
	const warnings = rewriteLines(site, order, document);
	const comments = textOf(document, 'Комментарий');
	if (comments !== undefined) orders.update(order.id, { comments });
	recalculate(site.portal, order.id);
	return warnings;
}

/** What a document says of payment and shipment does not count when it cancels. */
function follow(site: ExchangeSite, order: OrderRow, document: XmlNode): string[] {
	const warnings = cancelOrReopen(site, order, document);
	if (!cancels(document)) {
		payOrder(site, order, document);
		allowDelivery(site, order, document);
	}
	return site.settings.changeStatus === true ? [...warnings, ...setStatus(site, order, document)] : warnings;
}

const cancels = (document: XmlNode): boolean =>
	isFlag(requisiteOf(document, 'Отменен')) || isFlag(textOf(document, 'ПометкаУдаления'));

/** A document without the mark of a cancellation opens a cancelled order again. */
export function cancelOrReopen(site: ExchangeSite, order: OrderRow, document: XmlNode): string[] {
	if (cancels(document)) return cancel(site, order, document);
	if (order.canceled === 'Y') site.portal.store.orders.update(order.id, { canceled: 'N', dateCanceled: site.portal.now() });
	return [];
}

function cancel({ portal }: ExchangeSite, order: OrderRow, document: XmlNode): string[] {
	if (order.canceled === 'Y') return [];
	if (portal.store.payments.where('orderId', order.id).some(({ paid }) => paid === 'Y'))
		return [`Заказ №${order.accountNumber} не может быть отменен: есть оплаты.`];
	portal.store.orders.update(order.id, {
		canceled: 'Y',
		dateCanceled: portal.now(),
		reasonCanceled: textOf(document, 'Комментарий') ?? '',
	});
	return [];
}

/** Sets the status that the document names, if the site has it. */
export function setStatus({ portal }: ExchangeSite, order: OrderRow, document: XmlNode): string[] {
	const statusId = requisiteOf(document, 'Статуса заказа ИД') ?? '';
	if (statusId === '') return [];
	if (portal.store.statuses.get(statusId)?.type !== 'O')
		return [`Статус ${statusId} заказа №${order.accountNumber} не найден.`];
	if (portal.store.orders.get(order.id)?.statusId !== statusId)
		portal.store.orders.update(order.id, { statusId, dateStatus: portal.now() });
	return [];
}
