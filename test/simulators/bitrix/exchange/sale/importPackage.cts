import { recalculate, touch } from '../../sale/orderState.cts';
import type { OrderRow } from '../../sale/rows.cts';
import type { ExchangeSite } from '../site.cts';
import { textOf, type XmlNode } from '../xml/node.cts';
import { cancelOrReopen, setStatus } from './changeOrder.cts';
import { findOrder } from './findOrder.cts';
import { importPayment, importShipment, removeMissing } from './packageParts.cts';
import { rewriteLines } from './rewriteLines.cts';

const ORDER = 'Заказ товара';
const SHIPMENT = 'Отпуск товара';

/** Why this site takes no documents of payments and shipments; undefined when it does. */
export function packageRefusal({ portal, settings }: ExchangeSite): string[] | undefined {
	const { enableReservation, deductOnDelivery, saleConverted } = settings;
	if (portal.inventory === 'Y' || enableReservation) return ['Необходимо выключить складской учет и резервирование.'];
	if (deductOnDelivery) return ['Необходимо выключить автоматическую отгрузку при разрешении доставки.'];
	return saleConverted ? undefined : ['Модуль интернет-магазина не переведен на новое ядро.'];
}

/**
 * Documents of an order, its payments and its shipments. `isWhole`: they are all there are, and the site's others go.
 * What contradicts the state on the site marks the order. Returns what the site complains of.
 */
export function importPackage(site: ExchangeSite, documents: readonly XmlNode[], isWhole: boolean): string[] {
	const parts = documents.filter(({ name }) => name === 'Документ' || name === 'ПодчиненныйДокумент');
	if (parts.some((part) => (textOf(part, 'Ид') ?? '') === '')) return ['Не указан идентификатор документа.'];
	const order = orderOf(site, parts);
	if (!order) return [];
	const kept = { payments: new Set<number>(), shipments: new Set<number>() };
	const warnings: string[] = [];
	for (const part of parts) {
		const operation = textOf(part, 'ХозОперация') ?? '';
		if (operation === ORDER) warnings.push(...importOrder(site, order, part));
		else if (operation === SHIPMENT) warnings.push(...importShipment(site, order, part, kept.shipments));
		else warnings.push(...importPayment(site, order, part, kept.payments));
	}
	if (isWhole) warnings.push(...removeMissing(site, order, kept));
	return settle(site, order, warnings);
}

/** That of the order's own document, or the one that its parts are based on. */
function orderOf(site: ExchangeSite, parts: readonly XmlNode[]): OrderRow | undefined {
	const own = parts.find((part) => textOf(part, 'ХозОперация') === ORDER);
	if (own) return findOrder(site, own);
	const base = textOf(parts[0], 'Основание') ?? '';
	const { orders } = site.portal.store;
	return orders.get(Number(base)) ?? orders.all().find(({ id1c }) => base !== '' && id1c === base);
}

function importOrder(site: ExchangeSite, order: OrderRow, document: XmlNode): string[] {
	const { orders } = site.portal.store;
	const warnings =
		order.statusId === 'F' ? [`Заказ №${order.accountNumber} уже завершен.`] : rewriteLines(site, order, document);
	orders.update(order.id, { id1c: textOf(document, 'Ид') ?? '', version1c: textOf(document, 'НомерВерсии') ?? '' });
	warnings.push(...cancelOrReopen(site, orders.get(order.id) ?? order, document));
	if (site.settings.changeStatus !== false) warnings.push(...setStatus(site, order, document));
	recalculate(site.portal, order.id);
	return warnings;
}

function settle({ portal }: ExchangeSite, { id }: OrderRow, warnings: string[]): string[] {
	touch(portal, id);
	portal.store.orders.update(id, {
		updated1c: 'Y',
		...(warnings.length > 0 && { marked: 'Y', dateMarked: portal.now(), reasonMarked: warnings.join('\n') }),
	});
	return warnings;
}
