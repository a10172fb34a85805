import { stableUuid } from '../../kernel/random.cts';
import { roundQuantity } from '../catalog/stock.cts';
import type { Portal } from '../portal.cts';
import type { BasketRow, ShipmentItemRow, ShipmentRow } from './rows.cts';

/** An external code as the shop makes them. */
export const madeXmlId = (...words: Array<string | number>): string =>
	`bx_${stableUuid(...words)
		.replaceAll('-', '')
		.slice(0, 13)}`;

/** What no shipment holds yet lies in the order's technical (system) shipment. */
export function distribute(portal: Portal, orderId: number): void {
	const { basket, shipments, shipmentItems } = portal.store;
	const system = shipments.where('orderId', orderId).find((shipment) => shipment.system === 'Y');
	if (!system) return;
	for (const item of shipmentItems.where('orderDeliveryId', system.id)) shipmentItems.remove(item.id);
	for (const item of basket.where('orderId', orderId)) {
		const left = undistributed(portal, item);
		if (left > 0) addShipmentItem(portal, system, item, left);
	}
}

/** How much of a basket item is in no shipment but the system's. */
export function undistributed(portal: Portal, item: BasketRow, exceptId?: number): number {
	const { shipments, shipmentItems } = portal.store;
	const lines = shipmentItems
		.where('basketId', item.id)
		.filter(({ id, orderDeliveryId }) => id !== exceptId && shipments.get(orderDeliveryId)?.system === 'N');
	return roundQuantity(item.quantity - lines.reduce((sum, { quantity }) => sum + quantity, 0));
}

export function addShipmentItem(portal: Portal, shipment: ShipmentRow, item: BasketRow, quantity: number): ShipmentItemRow {
	const { shipmentItems } = portal.store;
	const row = shipmentItems.add({
		orderDeliveryId: shipment.id,
		basketId: item.id,
		quantity,
		reservedQuantity: quantity,
		xmlId: '',
		dateInsert: portal.now(),
	});
	return shipmentItems.update(row.id, { xmlId: madeXmlId('shipment item', row.id) });
}

/** A basket item became smaller than what its shipments hold: the last shipments give way. */
export function trimShipments(portal: Portal, item: BasketRow): void {
	const { shipments, shipmentItems } = portal.store;
	const lines = shipmentItems
		.where('basketId', item.id)
		.filter(({ orderDeliveryId }) => shipments.get(orderDeliveryId)?.system === 'N');
	let left = item.quantity;
	for (const line of lines) {
		const kept = Math.min(line.quantity, left);
		left = roundQuantity(left - kept);
		if (kept === 0) shipmentItems.remove(line.id);
		else if (kept < line.quantity) shipmentItems.update(line.id, { quantity: kept });
	}
}
