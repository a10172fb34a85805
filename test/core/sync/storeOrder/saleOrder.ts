import { readSaleOrder, toRubles, type SaleOrder } from '../../../../core';
import type { StoreWrite } from '../../../../core/sync/storeOrder/writes';

type Json = Record<string, unknown>;

/** An order as `sale.order.get` shows it; parts as they are given, with what they do not say filled in. */
export const aSaleOrder = (more: Json = {}): SaleOrder & { dateInsert: string; dateUpdate: string } =>
	readSaleOrder({
		id: 17,
		accountNumber: '17',
		lid: 's1',
		personTypeId: 3,
		statusId: 'N',
		dateInsert: '2026-11-20T10:00:00+03:00',
		dateUpdate: '2026-11-21T10:00:00+03:00',
		price: 1000,
		currency: 'RUB',
		payed: 'N',
		canceled: 'N',
		basketItems: [],
		payments: [],
		shipments: [],
		propertyValues: [],
		...more,
	});

export const aPayment = (id: number, sum: number, more: Json = {}): Json => ({ id, paySystemId: 1, sum: toRubles(sum), paid: 'N', isReturn: 'N', xmlId: `bx_${id}`, ...more });

export const aShipment = (id: number, items: ReadonlyArray<readonly [line: number, quantity: number]>, more: Json = {}): Json => ({
	id,
	deliveryId: 2,
	priceDelivery: 0,
	basePriceDelivery: 0,
	allowDelivery: 'N',
	deducted: 'N',
	canceled: 'N',
	system: 'N',
	statusId: 'DN',
	xmlId: `bx_${id}`,
	shipmentItems: items.map(([basketId, quantity]) => ({ id: id * 100 + basketId, basketId, quantity })),
	...more,
});

export const aLine = (id: number, quantity: number, more: Json = {}): Json => ({
	id,
	productId: id,
	productXmlId: `good-${id}`,
	name: `Good ${id}`,
	quantity,
	price: 100,
	basePrice: 100,
	vatIncluded: 'Y',
	vatRate: 0.2,
	xmlId: `bx_${id}`,
	setParentId: '',
	...more,
});

export const uuid = (number: number): string => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;

interface Rows {
	payments: Json[];
	shipments: Json[];
	basketItems: Json[];
}

/**
 * The order after one write, as Bitrix carries it out: what is not sent of a shipment's prices becomes 0 (T6), and a new row gets an id.
 * Not more than the laws of the plans need.
 */
export function afterWrite(order: Json, { key, method, parameters }: StoreWrite): Json {
	const rows = structuredClone(order) as unknown as Rows;
	const fields = (parameters.fields ?? {}) as Json;
	const id = Number(parameters.id);
	if (method.startsWith('sale.payment.')) rows.payments = changed(rows.payments, method, id, fields);
	if (method.startsWith('sale.shipment.')) rows.shipments = changed(rows.shipments, method, idOf(parameters.id, rows), method.endsWith('.update') ? { basePriceDelivery: 0, priceDelivery: 0, ...fields } : { shipmentItems: [], key, system: 'N', canceled: 'N', ...fields });
	if (method.startsWith('sale.shipmentitem.')) {
		const holder = rows.shipments.find((one) => String(one.id) === String(idOf(fields.orderDeliveryId, rows)) || (one.shipmentItems as Json[]).some((item) => item.id === id));
		if (holder) holder.shipmentItems = changed(holder.shipmentItems as Json[], method, id, fields);
	}
	return rows as unknown as Json;
}

const idOf = (value: unknown, rows?: Rows): unknown => {
	const { command } = (value ?? {}) as { command?: string };
	return command === undefined ? Number(value) : rows?.shipments.find(({ key }) => key === command)?.id;
};

let last = 100_000;

function changed(rows: Json[], method: string, id: unknown, fields: Json): Json[] {
	if (method.endsWith('.add')) return [...rows, { isReturn: 'N', ...fields, id: (last += 1) }];
	if (method.endsWith('.delete')) return rows.filter((row) => row.id !== id);
	return rows.map((row) => (row.id === id ? { ...row, ...fields } : row));
}
