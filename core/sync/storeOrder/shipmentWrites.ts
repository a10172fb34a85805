import type { Parameters } from '../../bitrix/query';
import type { SaleShipment } from '../../bitrix/saleSchema';
import type { StoreWrite } from './writes';

const flag = (value: boolean): string => (value ? 'Y' : 'N');

/**
 * What must be sent with every change of a shipment, or it is lost: prices become 0, the status the first one (trap T6). Where the
 * delivery has a discount, what the customer pays stays.
 */
const kept = ({ deliveryId, allowDelivery, deducted, statusId, priceDelivery, trackingNumber, deliveryDocNum }: SaleShipment): Parameters => ({
	deliveryId: deliveryId ?? '',
	allowDelivery: flag(allowDelivery),
	deducted: flag(deducted),
	...(statusId !== null && { statusId }),
	basePriceDelivery: priceDelivery ?? '0',
	priceDelivery: priceDelivery ?? '0',
	...(trackingNumber !== null && { trackingNumber }),
	...(deliveryDocNum !== null && { deliveryDocNum }),
});

/** Changes some fields of a shipment and keeps the others. */
export function shipmentChange(shipment: SaleShipment, what: string, fields: Record<string, string>): StoreWrite {
	const before = shipment as unknown as Record<string, unknown>;
	const present = (name: string): unknown => (typeof before[name] === 'boolean' ? flag(before[name]) : (before[name] ?? null));
	const changed = Object.entries(fields).filter(([name, value]) => present(name) !== value);
	const price = fields.priceDelivery ?? shipment.priceDelivery ?? '0';
	return {
		key: `shipment${shipment.id}${what}`,
		method: 'sale.shipment.update',
		parameters: { id: shipment.id, fields: { ...kept(shipment), ...fields } },
		changes: changed.map(([name, value]) => ({ field: `shipment ${shipment.id} ${name}`, from: present(name), to: value })),
		expect: { one: 'shipment', values: { ...flagsIn(fields), priceDelivery: price } },
	};
}

/** What the answer is looked at for; long texts may be cut. */
const flagsIn = (fields: Record<string, string>): Record<string, string> =>
	Object.fromEntries(Object.entries(fields).filter(([name]) => ['allowDelivery', 'deducted', 'statusId', 'xmlId'].includes(name)));

/** Deletes a shipment; its goods go back to the technical one. */
export const shipmentRemoval = (shipment: SaleShipment): StoreWrite => ({
	key: `shipment${shipment.id}removed`,
	method: 'sale.shipment.delete',
	parameters: { id: shipment.id },
	changes: [{ field: `shipment ${shipment.id}`, from: shipment.deliveryName ?? shipment.id, to: null }],
});
