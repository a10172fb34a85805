import { fieldsBody, plainValue, presentValue } from '../moysklad/presentValue';
import { referenceTo } from '../moysklad/reference';
import { deliveryPrice, propertyValues, type Order } from '../model/order';
import type { FilledField, Policy } from './mapping';
import { DELIVERY_LINE, type Charge } from './orderSums';

type Json = Record<string, unknown>;

/** What of an order can fill an additional field, as lists show it. */
export const ORDER_FIELDS = {
	cancelReason: { name: 'Cancellation Reason', read: ({ cancelReason }: Order) => cancelReason },
	company: { name: 'Company', read: ({ customer }: Order) => customer.company },
	customerComment: { name: 'Customer Comment', read: ({ customerComment }: Order) => customerComment },
	customerName: { name: 'Customer Name', read: ({ customer }: Order) => customer.name },
	address: { name: 'Delivery Address', read: ({ address }: Order) => address },
	deliveryService: { name: 'Delivery Service', read: ({ shipments }: Order) => listed(shipments.map(({ name }) => name)) },
	email: { name: 'E-Mail', read: ({ customer }: Order) => customer.email },
	id: { name: 'ID', read: ({ id }: Order) => id },
	managerComment: { name: 'Manager Comment', read: ({ managerComment }: Order) => managerComment },
	number: { name: 'Number', read: ({ number }: Order) => number },
	paid: { name: 'Paid', read: ({ paid }: Order) => String(paid) },
	paySystem: { name: 'Pay System', read: ({ payments }: Order) => listed(payments.map(({ name }) => name)) },
	payerType: { name: 'Payer Type', read: ({ customer }: Order) => customer.payerType.name },
	phone: { name: 'Phone', read: ({ customer }: Order) => customer.phone },
	createdAt: { name: 'Placed', read: ({ createdAt }: Order) => createdAt },
	site: { name: 'Site', read: ({ site }: Order) => site },
	siteKey: { name: 'Site Key', read: ({ source }: Order) => source.siteKey },
	status: { name: 'Status', read: ({ status }: Order) => status.name ?? status.id },
	trackingNumber: {
		name: 'Tracking Number',
		read: ({ shipments }: Order) => listed(shipments.map(({ trackingNumber }) => trackingNumber)),
	},
} satisfies Record<string, { name: string; read(order: Order): string | null }>;

/** A key of ORDER_FIELDS; mappings name it as their source. */
export type OrderField = keyof typeof ORDER_FIELDS;

const listed = (texts: Array<string | null>): string | null => [...new Set(texts.filter((text) => text))].join(', ') || null;

/** What of an order fills a field. */
export type OrderSource = { property: string } | { field: OrderField };

/** The text that the order has for a field, several values joined by commas. Null when it has none. */
export function orderText(source: OrderSource, order: Order): string | null {
	const text = 'property' in source ? listed(propertyValues(order, source.property)) : ORDER_FIELDS[source.field].read(order);
	return text?.trim() || null;
}

/** How customer orders are numbered. */
export type NumberPolicy = { kind: 'own' } | { kind: 'store'; prefix: string };

/** A field of the header that follows the store: what it is made from, and what MoySklad is sent. */
export interface TrackedField {
	/** MoySklad's keyword, or `attribute:<id>`. */
	name: string;
	/** As the text in which equal values are equal; empty = the store has none. */
	source: string;
	body: Json;
	policy: Policy;
}

/** What of the header does not follow from the order alone. */
export interface HeaderFacts {
	number: NumberPolicy;
	/** Id of the state in MoySklad; left out where the map gives none. */
	state?: string;
	/** What the mapping fills; it takes the place of what the order itself says of a field. */
	filled: readonly FilledField[];
	/** Policies of fields that the order itself fills, where they are not *Always*. */
	policies?: Readonly<Record<string, Policy>>;
	/** Lines for which a placeholder stands, for people to read; they do not come from the store alone. */
	standIns?: readonly string[];
}

const TEXT = 255;
const LONG_TEXT = 4096;

/** All fields that follow the store, except the counterparty and the positions. */
export function trackedFields(order: Order, { number, state, filled, policies = {}, standIns = [] }: HeaderFacts): TrackedField[] {
	const own: TrackedField[] = [
		{ ...text('description', describe(order, standIns), LONG_TEXT), source: describe(order, []) },
		text('shipmentAddress', order.address ?? '', TEXT),
	];
	if (number.kind === 'store') own.push(text('name', `${number.prefix}${order.number}`, TEXT));
	if (state !== undefined) own.push({ name: 'state', source: state, body: { state: stateReference(state) }, policy: 'always' });
	const mapped = new Set(filled.map(({ target }) => target));
	const kept = own.filter(({ name }) => !mapped.has(name)).map((field) => ({ ...field, policy: policies[field.name] ?? field.policy }));
	return [...kept, ...filled.map((field) => toTracked(field, standIns))].filter(({ policy }) => policy !== 'never');
}

const stateReference = (id: string): Json => ({ ...referenceTo('state', `entity/customerorder/metadata/states/${id}`) });

function text(name: string, value: string, longest: number): TrackedField {
	const cut = value.slice(0, longest);
	return { name, source: cut, body: { [name]: cut }, policy: 'always' };
}

function toTracked({ target, policy, value }: FilledField, standIns: readonly string[]): TrackedField {
	const sent = target === 'description' && standIns.length > 0 ? [value, ...standIns].join('\n') : value;
	return { name: target, source: comparedText(value), body: fieldsBody([{ target, value: sent }]), policy };
}

/** A moment as MoySklad writes it, whose seconds it may drop. */
const MOMENT = /^(\d{4}-\d{2}-\d{2} \d{2}:\d{2})(:\d{2}(\.\d{1,3})?)?$/;

/** A value as the text in which equal ones are equal; empty for none. */
function comparedText(value: unknown): string {
	const inner = plainValue(value) ?? '';
	return typeof inner === 'string' ? inner.replace(MOMENT, '$1') : JSON.stringify(inner);
}

/** What MoySklad has in a field, in the form of `source`. Placeholders that were named last are no change of a person's. */
export function presentText(row: Json, { name }: Pick<TrackedField, 'name'>, standIns: readonly string[]): string {
	const present = comparedText(presentValue(row, name));
	const named = standIns.map((one) => `\n${one}`).join('');
	return name === 'description' && named !== '' && present.endsWith(named) ? present.slice(0, -named.length) : present;
}

/** The store's number, which the document's own may not be, and what the customer wrote. */
const describe = ({ source, number, customerComment }: Order, standIns: readonly string[]): string =>
	[`${source.siteKey} ${number}`, customerComment?.trim() ?? '', ...standIns].filter((part) => part !== '').join('\n');

/** One body of several fields: their additional fields in one list. */
export function joinBodies(fields: readonly TrackedField[]): Json {
	const attributes = fields.flatMap(({ body }) => (body.attributes as unknown[] | undefined) ?? []);
	return { ...Object.assign({}, ...fields.map(({ body }) => body)), ...(attributes.length > 0 && { attributes }) } as Json;
}

/** What the order charges for: its lines, and the delivery when it costs anything. `deliveryVat`: per cent, null = without. */
export function chargesOf(order: Order, deliveryVat: string | null): Charge[] {
	const lines = order.lines.map(({ id, price, quantity, vat, vatIncluded }) => ({ line: id, price, quantity, vat, vatIncluded }));
	const delivery = deliveryPrice(order);
	if (delivery.compare(0) <= 0) return lines;
	return [...lines, { line: DELIVERY_LINE, price: delivery.toString(), quantity: '1', vat: deliveryVat, vatIncluded: true }];
}

/** All that the positions are made from; when it is the same as before, the lines did not change in the store. */
export const linesSource = (order: Order): unknown => [
	order.total,
	deliveryPrice(order).toString(),
	order.lines.map(({ id, key, name, price, quantity, vat, vatIncluded }) => [id, key ?? name, price, quantity, vat, vatIncluded]),
];

/** Under which external code a customer order of a store is found by people and by rebuilt link tables. */
export const orderExternalCode = ({ source, id }: { source: Pick<Order['source'], 'siteKey' | 'entity'>; id: string }): string =>
	source.entity === 'deal' ? `bitrix:${source.siteKey}:deal:${id}` : `bitrix:${source.siteKey}:${id}`;
