import type { Portal } from '../portal.cts';
import { catalogPrice, takeFromCatalog } from '../sale/basketItems.cts';
import { blankBasketItem, blankPayment } from '../sale/blankRows.cts';
import { trimShipments } from '../sale/distribution.cts';
import { recalculate, touch } from '../sale/orderState.cts';
import { unpaidSum } from '../sale/paymentMethods.cts';
import { releaseReserve } from '../sale/reserves.cts';
import type { OrderRow } from '../sale/rows.cts';
import type { Hit } from '../store/changes.cts';
import { toKopecks } from '../fields/money.cts';

/** What a person does to an order in the shop's own pages. Everything is optional but the id. */
export interface OrderEdit {
	id: number;
	statusId?: string;
	/** Marks the first unpaid payment as paid; makes one of what is left when there is none. */
	pay?: boolean;
	/** Takes payment back. */
	unpay?: boolean;
	cancel?: boolean;
	comments?: string;
	/** Values of the customer's properties by code. */
	properties?: Record<string, string>;
	/** Quantity 0 removes the line; a product that is not in the order is added; `price` in roubles. */
	lines?: Array<{ productId: number; quantity: number; price?: number }>;
}

/** One hit, however much it changes. Throws when there is no such order. */
export const editOrder = (portal: Portal, edit: OrderEdit): OrderRow =>
	portal.changes.during(byAdministrator(), () => edited(portal, edit));

/** A hit of its own each time. */
export const byAdministrator = (): Hit => ({ user: 1 });

function edited(portal: Portal, edit: OrderEdit): OrderRow {
	const { orders } = portal.store;
	const order = orders.get(edit.id);
	if (!order) throw new RangeError(`There is no order ${edit.id}`);
	orders.update(order.id, headChanges(portal, edit));
	for (const [code, value] of Object.entries(edit.properties ?? {})) setProperty(portal, order, code, value);
	for (const line of edit.lines ?? []) setLine(portal, order, line);
	if (edit.lines) recalculate(portal, order.id, 'person');
	if (edit.pay) pay(portal, orders.get(order.id) ?? order);
	if (edit.unpay) unpay(portal, order);
	return touch(portal, order.id, 'person');
}

function headChanges(portal: Portal, { statusId, cancel, comments }: OrderEdit): Partial<OrderRow> {
	const now = portal.now();
	return {
		...(statusId !== undefined && { statusId, dateStatus: now }),
		...(cancel !== undefined && { canceled: cancel ? 'Y' : 'N', dateCanceled: now }),
		...(comments !== undefined && { comments }),
	};
}

function setProperty(portal: Portal, { id }: OrderRow, code: string, value: string): void {
	const { orderPropertyValues } = portal.store;
	const row = orderPropertyValues.where('orderId', id).find((candidate) => candidate.code === code);
	if (!row) throw new RangeError(`The order has no property ${code}`);
	orderPropertyValues.update(row.id, { value });
}

function setLine(
	portal: Portal,
	order: OrderRow,
	{ productId, quantity, price }: { productId: number; quantity: number; price?: number },
): void {
	const { basket, shipmentItems } = portal.store;
	const known = basket.where('orderId', order.id).find((item) => item.productId === productId && item.setParentId === null);
	const prices = price === undefined ? {} : { price: toKopecks(price), basePrice: toKopecks(price), discountPrice: 0 };
	if (!known)
		return void basket.add({
			...blankBasketItem(portal, order),
			...takeFromCatalog(portal, productId),
			...catalogPrice(portal, productId),
			...prices,
			quantity,
		});
	if (quantity > 0) return trimShipments(portal, basket.update(known.id, { quantity, ...prices, dateUpdate: portal.now() }));
	releaseReserve(portal, known);
	for (const { id } of shipmentItems.where('basketId', known.id)) shipmentItems.remove(id);
	basket.remove(known.id);
}

function pay(portal: Portal, order: OrderRow): void {
	const { payments, paySystems } = portal.store;
	const open = payments.where('orderId', order.id).find(({ paid }) => paid === 'N');
	const system = paySystems.all()[0];
	const payment =
		open ??
		payments.add({
			...blankPayment(portal, order),
			sum: unpaidSum(portal, order),
			paySystemId: system?.id ?? 0,
			paySystemName: system?.NAME ?? '',
		});
	payments.update(payment.id, { paid: 'Y', datePaid: portal.now() });
	portal.announce('payment', 'update', payment.id, 'person');
}

function unpay(portal: Portal, order: OrderRow): void {
	for (const { id } of portal.store.payments.where('orderId', order.id))
		portal.store.payments.update(id, { paid: 'N', datePaid: portal.now() });
}
