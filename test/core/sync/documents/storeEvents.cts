import fc from 'fast-check';
import { Decimal, orderSchema, type Order, type OrderPayment, type OrderShipment } from '../../../../core';

/** What happens to the payments and shipments of an order in the store. */
export interface StoreEvent {
	kind: (typeof KINDS)[number];
	/** Which of them. */
	index: number;
	/** Per cent of what is left. */
	share: number;
}

const KINDS = [
	'addPayment', 'pay', 'pay', 'unpay', 'deletePayment', 'refund',
	'split', 'ship', 'ship', 'unship', 'cancelShipment', 'deleteShipment',
] as const;

export const anEvent: fc.Arbitrary<StoreEvent> = fc.record({
	kind: fc.constantFrom(...KINDS),
	index: fc.nat(9),
	share: fc.integer({ min: 1, max: 100 }),
});

const aLine = fc.record({
	quantity: fc.oneof(fc.integer({ min: 1, max: 12 }).map(String), fc.integer({ min: 1, max: 9999 }).map((grams) => String(grams / 1000))),
	/** In hundredths of a kopeck: discounts leave prices that no single kopeck price can express. */
	price: fc.integer({ min: 1, max: 9_999_999 }).map((units) => Decimal.of(units).times('0.0001').toString()),
	vat: fc.constantFrom('20', '10', null),
});

/** An order as a customer places it: nothing paid, nothing shipped. */
export const aNewOrder: fc.Arbitrary<Order> = fc
	.record({ lines: fc.array(aLine, { minLength: 1, maxLength: 5 }), delivery: fc.integer({ min: 0, max: 50_000 }) })
	.map(({ lines, delivery }) => newOrder(lines, Decimal.of(delivery).times('0.01')));

export function newOrder(lines: Array<{ quantity: string; price: string; vat: string | null }>, delivery: Decimal): Order {
	const total = lines.reduce((sum, { price, quantity }) => sum.plus(Decimal.of(price).times(quantity).times(100).round().times('0.01')), delivery);
	return orderSchema.parse({
		source: { siteKey: 'shop', host: 'shop.example.com', flow: 'orders' },
		id: 17,
		number: '1017',
		createdAt: '2026-11-20T07:00:00.000Z',
		updatedAt: '2026-11-20T07:00:00.000Z',
		status: { id: 'N', name: 'Принят' },
		currency: 'RUB',
		total: total.toString(),
		customer: { kind: 'person', payerType: { id: '1' }, name: 'Иван' },
		lines: lines.map((line, index) => ({ id: String(index + 1), key: `ext-${index}`, name: 'Чай', vatIncluded: true, ...line })),
		shipments: [{ id: '1', price: delivery.toString(), items: lines.map(({ quantity }, index) => ({ lineId: String(index + 1), quantity })) }],
	});
}

/** The order after the event, a second later; events that cannot happen change nothing. */
export function after(order: Order, { kind, index, share }: StoreEvent): Order {
	const updatedAt = new Date(Date.parse(order.updatedAt) + 1000).toISOString();
	const next = { ...order, updatedAt, ...changed(order, kind, index, share) };
	const paid = next.payments.filter((one) => one.paid).reduce((sum, one) => sum.plus(one.sum), Decimal.zero);
	return { ...next, paid: paid.compare(next.total) >= 0 };
}

function changed(order: Order, kind: StoreEvent['kind'], index: number, share: number): Partial<Order> {
	const { payments, shipments } = order;
	switch (kind) {
		case 'addPayment':
			return { payments: [...payments, ...newPayment(order, share)] };
		case 'pay':
			return { payments: payments.map((one, at) => (at === index % payments.length ? { ...one, paid: true, refund: false } : one)) };
		case 'unpay':
			return { payments: payments.map((one, at) => (at === index % payments.length ? { ...one, paid: false, refund: false } : one)) };
		case 'refund':
			return { payments: payments.map((one, at) => (at === index % payments.length && one.paid ? { ...one, paid: false, refund: true } : one)) };
		case 'deletePayment':
			return { payments: payments.filter((_, at) => at !== index % payments.length) };
		case 'split':
			return { shipments: split(order, index, share) };
		case 'ship':
			return { shipments: shipments.map((one, at) => (at === index % shipments.length && !one.canceled ? { ...one, shipped: true } : one)) };
		case 'unship':
			return { shipments: shipments.map((one, at) => (at === index % shipments.length ? { ...one, shipped: false } : one)) };
		case 'cancelShipment':
			return { shipments: shipments.map((one, at) => (at === index % shipments.length && !one.shipped ? { ...one, canceled: !one.canceled } : one)) };
		case 'deleteShipment':
			return { shipments: shipments.filter((one, at) => at !== index % shipments.length || one.shipped) };
	}
}

/** Ids are never given twice in a store, and grow. */
const nextId = ({ id, createdAt, updatedAt }: Order): string =>
	`${id}${String(Math.round((Date.parse(updatedAt) - Date.parse(createdAt)) / 1000) + 2).padStart(8, '0')}`;

/** Of what no payment stands for yet. */
function newPayment(order: Order, share: number): OrderPayment[] {
	const asked = order.payments.filter(({ refund }) => !refund).reduce((sum, one) => sum.plus(one.sum), Decimal.zero);
	const sum = Decimal.of(order.total).minus(asked).times(share).dividedBy(100, 2);
	if (sum.compare(0) <= 0) return [];
	const id = nextId(order);
	const documentNumber = share % 2 === 0 ? id : null;
	return [
		{ id, paySystemId: '1', name: 'Карта', cash: share % 3 === 0, sum: sum.toString(), paid: false, paidAt: null, refund: false, documentNumber, documentDate: null },
	];
}

/** A part of a shipment that has not left becomes a shipment of its own. */
function split(order: Order, index: number, share: number): OrderShipment[] {
	const { shipments } = order;
	const source = shipments[index % shipments.length];
	if (!source || source.shipped || source.canceled) return shipments;
	const part = (quantity: string): string => {
		const amount = Decimal.of(quantity).times(share).dividedBy(100, 4);
		return (Decimal.of(quantity).isInteger ? amount.floor() : amount).toString();
	};
	const moved = source.items.map(({ lineId, quantity }) => ({ lineId, quantity: part(quantity) }));
	const rest = source.items.map(({ lineId, quantity }, at) => ({ lineId, quantity: Decimal.of(quantity).minus(moved[at]?.quantity ?? 0).toString() }));
	return [...shipments.map((one) => (one === source ? { ...one, items: rest } : one)), { ...source, id: nextId(order), price: '0', items: moved }];
}
