import { takeFromCatalog } from '../../sale/basketItems.cts';
import { forget } from '../../sale/basketMethods.cts';
import { blankBasketItem } from '../../sale/blankRows.cts';
import { trimShipments } from '../../sale/distribution.cts';
import type { BasketRow, OrderRow } from '../../sale/rows.cts';
import type { Portal } from '../../portal.cts';
import type { ExchangeSite } from '../site.cts';
import type { XmlNode } from '../xml/node.cts';
import { readLines, type ImportedLine } from './readLine.cts';

const SITE_CURRENCY = 'RUB';

/**
 * The basket becomes what the document lists: lines are found by the product's external code and changed, those that are
 * not listed go, others are added. A line of a service that is not in the basket is the price of the delivery.
 */
export function rewriteLines({ portal }: ExchangeSite, order: OrderRow, document: XmlNode): string[] {
	const left = portal.store.basket.where('orderId', order.id).filter(({ type }) => type !== 1);
	const warnings: string[] = [];
	let delivery: number | undefined;
	let isFree = false;
	for (const line of readLines(document)) {
		const place = left.findIndex(({ productXmlId }) => isSameProduct(productXmlId, line.xmlId));
		const [item] = place < 0 ? [] : left.splice(place, 1);
		if (item) changeLine(portal, item, line);
		else if (line.kind === 'Услуга') delivery = line.price;
		else if (line.kind === 'Товар') {
			warnings.push(...addLine(portal, order, line));
			// A line that is added before the delivery was read sets its price to nothing.
			isFree ||= delivery === undefined;
		}
	}
	for (const item of left) removeLine(portal, item);
	if (isFree || delivery !== undefined) setDelivery(portal, order, isFree ? 0 : (delivery ?? 0));
	return warnings;
}

const isSameProduct = (held: string, given: string): boolean => held === given || held === `${given}#${given}`;

function changeLine(portal: Portal, item: BasketRow, line: ImportedLine): void {
	trimShipments(portal, portal.store.basket.update(item.id, { ...pricedFields(line), dateUpdate: portal.now() }));
}

const pricedFields = ({ quantity, price, discountPrice, vat }: ImportedLine): Partial<BasketRow> => ({
	quantity,
	price,
	discountPrice,
	basePrice: price + discountPrice,
	customPrice: 'Y',
	...vat,
});

/** The product is looked for in all blocks; one that is nowhere is a free line. */
export function addLine(portal: Portal, order: OrderRow, line: ImportedLine): string[] {
	if (order.currency !== SITE_CURRENCY)
		return [`В заказ №${order.accountNumber} нельзя добавить «${line.name}»: валюта заказа ${order.currency}.`];
	const element = line.xmlId === '' ? undefined : portal.store.elements.where('xmlId', line.xmlId)[0];
	portal.store.basket.add({
		...blankBasketItem(portal, order),
		productXmlId: line.xmlId,
		...(element && takeFromCatalog(portal, element.id)),
		...pricedFields(line),
		name: line.name,
	});
	return [];
}

function removeLine(portal: Portal, item: BasketRow): void {
	forget(portal, item);
	portal.store.basket.remove(item.id);
}

/** The order's first shipment costs what the delivery does. */
export function setDelivery({ store }: Portal, { id }: OrderRow, price: number): void {
	const shipment = store.shipments.where('orderId', id).find(({ system }) => system === 'N');
	if (!shipment || shipment.priceDelivery === price) return;
	store.shipments.update(shipment.id, { priceDelivery: price, basePriceDelivery: price, customPriceDelivery: 'Y' });
}
