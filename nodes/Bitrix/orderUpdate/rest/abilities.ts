import { isOrderField, STORE_ORDER_FIELDS, warning, type Warning } from '../../../../core';
import type { OrderSession } from './session';
import type { StoreOrderSettings } from './settings';

/** What this Bitrix can do of what the user wants, and what it cannot. */
export interface Abilities {
	settings: StoreOrderSettings;
	/** Order properties cannot be written. */
	withoutProperties: boolean;
	remarks: Warning[];
}

/** Methods that a part needs beside the reading of orders. */
const NEEDED = {
	payments: ['sale.payment.update'],
	allPayments: ['sale.payment.add', 'sale.payment.delete'],
	shipments: ['sale.shipment.update'],
	allShipments: ['sale.shipment.add', 'sale.shipment.delete', 'sale.shipmentitem.add', 'sale.shipmentitem.update', 'sale.shipmentitem.delete'],
	lines: ['sale.basketitem.add', 'sale.basketitem.update', 'sale.basketitem.delete'],
	properties: ['sale.propertyvalue.modify'],
};
type Part = keyof typeof NEEDED;

/** Asks once which of the methods are there. What an older version lacks makes the work smaller, and is said with each order. */
export async function findAbilities({ features, batches, settings }: OrderSession, birth = false): Promise<Abilities> {
	const parts = neededParts(settings, birth);
	await features.probe(batches, parts.flatMap((part) => NEEDED[part]));
	const lacking = new Map<Part, string>();
	for (const part of parts) for (const method of NEEDED[part]) if (!lacking.has(part) && !(await features.has(method))) lacking.set(part, method);
	const remarks: Warning[] = [];
	const lacks = (part: Part, consequence: string): boolean => {
		const call = lacking.get(part);
		if (call !== undefined) remarks.push(warning('ORDER_PART_UNSUPPORTED', { call, part: consequence }));
		return call !== undefined;
	};
	const { payments, shipments, lines } = settings;
	const able = {
		payments: lacks('payments', 'payments were left alone') ? ('off' as const) : lacks('allPayments', 'orders are only marked as paid when they are paid in full') ? ('simple' as const) : payments,
		shipments: lacks('shipments', 'shipments were left alone') ? ('off' as const) : lacks('allShipments', 'orders are only marked as shipped when they are shipped in full') ? ('simple' as const) : shipments,
		lines: lacks('lines', 'lines were left alone') ? null : lines,
	};
	const fields = await knownFields({ features, settings }, remarks);
	return { settings: { ...settings, ...able, fields }, withoutProperties: lacks('properties', 'order properties were left alone'), remarks };
}

/** Rows of the mapping whose field this version has: it would drop others without a word, again in every run (trap T1). */
async function knownFields({ features, settings: { fields } }: Pick<OrderSession, 'features' | 'settings'>, remarks: Warning[]): Promise<StoreOrderSettings['fields']> {
	const ofOrder = fields.filter(({ target }) => isOrderField(target));
	const known = ofOrder.length > 0 ? await features.fields('sale.order.getFields') : undefined;
	const lacking = known ? ofOrder.filter(({ target }) => !known.has(target)) : [];
	for (const { target } of lacking)
		remarks.push(warning('ORDER_PART_UNSUPPORTED', { call: `sale.order.update with ${target}`, part: `the field “${isOrderField(target) ? STORE_ORDER_FIELDS[target] : target}” was left alone` }));
	return fields.filter((row) => !lacking.includes(row));
}

function neededParts({ payments, shipments, lines, fields }: StoreOrderSettings, birth: boolean): Part[] {
	return [
		...(payments === 'off' ? [] : (['payments'] as const)),
		...(payments === 'full' ? (['allPayments'] as const) : []),
		...(shipments === 'off' ? [] : (['shipments'] as const)),
		...(shipments === 'full' ? (['allShipments'] as const) : []),
		...(lines === null ? [] : (['lines'] as const)),
		...(birth || fields.some(({ target }) => target.startsWith('property:')) ? (['properties'] as const) : []),
	];
}
