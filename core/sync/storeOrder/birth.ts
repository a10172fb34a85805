import { result } from '../../bitrix/query';
import type { SaleOrder } from '../../bitrix/saleSchema';
import { toKopecks, toRubles, type Kopecks } from '../../model/money';
import { ownLines } from './goods';
import { originKey } from './origin';
import { shownMoney, type StoreWrite } from './writes';

/** What an order of the store is given that was born in MoySklad, as soon as it has its lines. */
export interface BirthRules {
	/** Id of the order in MoySklad. */
	moySkladId: string;
	/** Id of the delivery service of its shipment; null = it has none. */
	delivery: string | null;
	/** Kopecks. */
	deliveryPrice: Kopecks;
	/** Id of the pay system of its payment; null = it has none. */
	paySystem: string | null;
}

/**
 * The shipment and the payment that every order of a store has. What is there already is left alone, also when an earlier run was
 * ended in the middle.
 */
export function birthWrites(order: SaleOrder, rules: BirthRules): StoreWrite[] {
	if (ownLines(order).length === 0) return [];
	return [...shipmentOf(order, rules), ...paymentOf(order, rules)];
}

/** All goods lie in it, but for those that another shipment holds. */
function shipmentOf(order: SaleOrder, { delivery, deliveryPrice, moySkladId }: BirthRules): StoreWrite[] {
	const xmlId = originKey('delivery', moySkladId);
	const present = order.shipments.find((shipment) => shipment.xmlId === xmlId);
	const others = order.shipments.some((shipment) => !shipment.system && shipment !== present);
	if (others || delivery === null) return [];
	const held = new Set(present?.shipmentItems.map(({ basketId }) => basketId));
	const items = ownLines(order).filter(({ id }) => !held.has(id));
	const id = present?.id ?? result('delivery', 'shipment', 'id');
	const price = toRubles(deliveryPrice);
	const made: StoreWrite = {
		key: 'delivery',
		method: 'sale.shipment.add',
		parameters: { fields: { orderId: order.id, deliveryId: delivery, allowDelivery: 'N', deducted: 'N', statusId: 'DN', basePriceDelivery: price, priceDelivery: price, xmlId } },
		changes: [{ field: 'delivery', from: null, to: shownMoney(deliveryPrice, order.currency) }],
		expect: { one: 'shipment', values: { priceDelivery: price, xmlId } },
	};
	const added = items.map((line): StoreWrite => ({
		key: `delivery${line.id}`,
		method: 'sale.shipmentitem.add',
		parameters: { fields: { orderDeliveryId: id, basketId: line.id, quantity: line.quantity } },
		changes: [],
	}));
	return present ? added : [made, ...added];
}

function paymentOf(order: SaleOrder, { paySystem, deliveryPrice, delivery }: BirthRules): StoreWrite[] {
	if (paySystem === null || order.payments.length > 0) return [];
	const coming = delivery !== null && order.shipments.every(({ system }) => system) ? deliveryPrice : 0;
	const sum = toRubles(toKopecks(order.price) + coming);
	return [
		{
			key: 'payment',
			method: 'sale.payment.add',
			parameters: { fields: { orderId: order.id, paySystemId: paySystem, sum, paid: 'N' } },
			changes: [{ field: 'payment', from: null, to: `${sum} ${order.currency}, unpaid` }],
			expect: { one: 'payment', values: { sum } },
		},
	];
}
