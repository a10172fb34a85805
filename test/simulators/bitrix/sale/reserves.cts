import { defaultStoreId, moveAmount, reserve, roundQuantity } from '../catalog/stock.cts';
import { ITEM_TYPE } from '../catalog/rows.cts';
import type { Portal } from '../portal.cts';
import type { BasketRow, OrderRow, ShipmentItemRow } from './rows.cts';

const RESERVE_DAYS = 3;

/** Brings what is held back for an order in line with its basket: ordered, not shipped, not canceled. */
export function syncReserves(portal: Portal, order: OrderRow): void {
	for (const item of portal.store.basket.where('orderId', order.id)) {
		setReserve(portal, item, order.canceled === 'Y' ? 0 : roundQuantity(item.quantity - shippedQuantity(portal, item.id)));
	}
}

export const releaseReserve = (portal: Portal, item: BasketRow): void => setReserve(portal, item, 0);

/** Goods leave the shop with a shipment (or come back: `sign` −1). */
export function ship(portal: Portal, line: ShipmentItemRow, sign: 1 | -1): void {
	const { basket, elements } = portal.store;
	const item = basket.get(line.basketId);
	const element = item && elements.get(item.productId);
	if (!item || !element || !isHeld(portal, item)) return;
	if (portal.inventory === 'Y') moveAmount(portal, element.id, defaultStoreId(portal), -sign * line.quantity);
	else
		elements.update(element.id, {
			quantity: roundQuantity(element.quantity - sign * line.quantity),
			timestampX: portal.now(),
		});
}

function setReserve(portal: Portal, item: BasketRow, wanted: number): void {
	const { reservations } = portal.store;
	const quantity = isHeld(portal, item) ? Math.max(0, wanted) : 0;
	const known = reservations.where('basketId', item.id)[0];
	const change = roundQuantity(quantity - (known?.quantity ?? 0));
	if (change === 0) return;
	const storeId = known?.storeId ?? defaultStoreId(portal);
	const now = portal.now();
	if (quantity === 0 && known) reservations.remove(known.id);
	else if (known) reservations.update(known.id, { quantity });
	else
		reservations.add({
			basketId: item.id,
			storeId,
			quantity,
			dateReserve: now,
			dateReserveEnd: now + RESERVE_DAYS * 86_400_000,
			reservedBy: null,
		});
	reserve(portal, item.productId, storeId, change);
}

/** Sets are held back by their components; services and free lines not at all. */
function isHeld(portal: Portal, { productId, type }: BasketRow): boolean {
	const element = portal.store.elements.get(productId);
	return element !== undefined && type !== 1 && element.type !== ITEM_TYPE.service && element.type !== ITEM_TYPE.skuParent;
}

function shippedQuantity(portal: Portal, basketId: number): number {
	const { shipmentItems, shipments } = portal.store;
	const shipped = shipmentItems
		.where('basketId', basketId)
		.filter(({ orderDeliveryId }) => shipments.get(orderDeliveryId)?.deducted === 'Y');
	return shipped.reduce((sum, { quantity }) => sum + quantity, 0);
}
