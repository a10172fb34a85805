import type { Portal } from '../portal.cts';
import type { Change } from '../store/changes.cts';
import { distribute } from './distribution.cts';
import { syncReserves } from './reserves.cts';
import type { OrderRow } from './rows.cts';
import { lineTotal, lineVat, total } from './sums.cts';

/**
 * What follows from an order's basket, shipments and payments: its price and tax, whether it is paid and shipped, what
 * is held back. Every change of a part moves the order's `dateUpdate`.
 */
export function recalculate(portal: Portal, orderId: number, source: Change['source'] = 'rest'): OrderRow | undefined {
	const { basket, shipments, orders } = portal.store;
	const order = orders.get(orderId);
	if (!order) return undefined;
	distribute(portal, orderId);
	const lines = basket.where('orderId', orderId).filter(({ setParentId }) => setParentId === null);
	const deliveries = shipments
		.where('orderId', orderId)
		.filter((shipment) => shipment.system === 'N' && shipment.canceled === 'N');
	const price = total([...lines.map(lineTotal), ...deliveries.map(({ priceDelivery }) => priceDelivery)]);
	followPrice(portal, order, price);
	orders.update(orderId, { price, taxValue: total(lines.map(lineVat)) });
	return touch(portal, orderId, source);
}

/**
 * Derives the flags anew and moves `dateUpdate`, without counting the price again. From now on the order is one that
 * 1C does not know the last state of.
 */
export function touch(portal: Portal, orderId: number, source: Change['source'] = 'rest'): OrderRow {
	const { orders } = portal.store;
	const order = orders.get(orderId);
	if (!order) throw new RangeError(`There is no order ${orderId}`);
	const payed = isPaid(portal, order) ? 'Y' : 'N';
	const updated = orders.update(orderId, {
		payed,
		...(payed === 'Y' && order.payed === 'N' && ownStatus(portal, portal.switches.statusOnPaid)),
		deducted: isShipped(portal, orderId) ? 'Y' : 'N',
		dateUpdate: portal.now(),
		updated1c: 'N',
		version: order.version + 1,
	});
	syncReserves(portal, updated);
	portal.announce('order', 'update', orderId, source);
	return updated;
}

/** The shop's settings can change the status by themselves. */
export const ownStatus = (portal: Portal, statusId: string | null): Partial<OrderRow> => (statusId === null ? {} : { statusId, dateStatus: portal.now() });

function isPaid(portal: Portal, { id, price }: OrderRow): boolean {
	const paid = portal.store.payments
		.where('orderId', id)
		.filter((payment) => payment.paid === 'Y' && payment.isReturn === 'N');
	return paid.length > 0 && total(paid.map(({ sum }) => sum)) >= price;
}

function isShipped(portal: Portal, orderId: number): boolean {
	const { shipments, shipmentItems } = portal.store;
	const all = shipments.where('orderId', orderId);
	const visible = all.filter(({ system }) => system === 'N');
	const isRestEmpty = all
		.filter(({ system }) => system === 'Y')
		.every(({ id }) => shipmentItems.where('orderDeliveryId', id).length === 0);
	return visible.length > 0 && isRestEmpty && visible.every(({ deducted }) => deducted === 'Y');
}

/** The only payment of an order, unpaid and of the old price, follows the new one. */
function followPrice(portal: Portal, order: OrderRow, price: number): void {
	const { payments } = portal.store;
	const [payment, second] = payments.where('orderId', order.id);
	if (
		!payment ||
		second ||
		order.canceled === 'Y' ||
		payment.paid === 'Y' ||
		payment.isReturn !== 'N' ||
		payment.sum !== order.price
	)
		return;
	payments.update(payment.id, { sum: price });
}
