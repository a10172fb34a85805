import type { SaleBasketItem, SaleOrder, SaleShipment } from '../../bitrix/saleSchema';
import { result, type Parameter } from '../../bitrix/query';
import { SyncError } from '../../errors';
import { Decimal } from '../../model/decimal';
import { warning, type Warning } from '../result';
import { isLineOf, ownLines, type LineIdentity } from './goods';
import { originKey, moySkladOrigin, releasedKey } from './origin';
import { sameText } from './payments';
import { shipmentChange, shipmentRemoval } from './shipmentWrites';
import type { WantedShipment } from './wish';
import type { PartPlan, StoreWrite } from './writes';

/** What may be done to shipments of a store. */
export interface ShipmentRules {
	/** Whether shipments are deducted, which takes the goods from the stock of the store. */
	deduct: boolean;
	/** What becomes of our shipments whose document is gone. */
	removed: 'undo' | 'delete' | 'ignore';
	/** Status of shipments that have gone out; null = it stays. */
	status: string | null;
}

/** How much of each line, by its id. */
type Amounts = Map<string, Decimal>;

/** A shipment of MoySklad on its way into the store. */
interface Due {
	one: WantedShipment;
	present?: SaleShipment;
	items: Amounts;
	/** A person deducted it: what it holds stays. */
	locked?: boolean;
}

/** Shipments of a store that stand for themselves: what no other holds lies in the technical one. */
export const visible = ({ shipments }: Pick<SaleOrder, 'shipments'>): SaleShipment[] => shipments.filter(({ system, canceled }) => !system && !canceled);

/**
 * Makes the shipments of an order those of MoySklad: each document has its own, found by its XML_ID, with the quantities that went out.
 * Throws ORDER_PART_TWICE.
 */
export function planShipments(given: SaleOrder, wanted: readonly WantedShipment[], rules: ShipmentRules, identity: LineIdentity): PartPlan {
	const order = withOwnLines(given);
	const warnings: Warning[] = [];
	const { due, open, left, freeing } = reckon(order, wanted, rules, warnings);
	allotAll(due, order, left, identity, warnings);
	adopt(due, open);
	const smaller = squeeze(due, open, left);
	const writes = due.map((one) => writesFor(one, order, rules, warnings));
	return {
		writes: [...freeing, ...smaller, ...writes.flatMap(({ opening }) => opening), ...writes.flatMap(({ smaller: some }) => some), ...writes.flatMap(({ larger }) => larger), ...writes.flatMap(({ closing }) => closing)],
		warnings,
	};
}

/** Components of sets go where their set goes, which Bitrix sees to itself. */
function withOwnLines(order: SaleOrder): SaleOrder {
	const own = new Set(ownLines(order).map(({ id }) => id));
	return { ...order, shipments: order.shipments.map((shipment) => ({ ...shipment, shipmentItems: shipment.shipmentItems.filter(({ basketId }) => own.has(basketId)) })) };
}

interface Reckoning {
	due: Due[];
	/** Not gone out yet, and free to be used for what did. */
	open: SaleShipment[];
	/** What is left of each line for them. */
	left: Amounts;
	freeing: StoreWrite[];
}

function reckon(order: SaleOrder, wanted: readonly WantedShipment[], rules: ShipmentRules, warnings: Warning[]): Reckoning {
	const left: Amounts = new Map(ownLines(order).map(({ id, quantity }) => [id, Decimal.of(quantity)]));
	const reckoning: Reckoning = { due: [], open: [], left, freeing: [] };
	const known = new Map<string, SaleShipment>();
	const ids = new Set(wanted.map(({ id }) => id));
	const born = new Set(wanted.flatMap(({ bornIn }) => bornIn ?? []));
	for (const shipment of order.shipments.filter(({ system }) => !system)) {
		const origin = moySkladOrigin(shipment.xmlId);
		if (origin?.kind === 'demand' && ids.has(origin.id)) {
			if (known.has(origin.id)) throw new SyncError('ORDER_PART_TWICE', { part: 'shipments', id: origin.id });
			known.set(origin.id, shipment);
		} else if (shipment.canceled || born.has(shipment.id)) take(left, amountsOf(shipment));
		else if (origin?.kind === 'demand') retire(reckoning, shipment, origin.id, rules, warnings);
		else if (shipment.deducted) take(left, amountsOf(shipment));
		else reckoning.open.push(shipment);
	}
	const due = wanted.filter(({ bornIn }) => bornIn === null).map((one): Due => ({ one, present: known.get(one.id), items: new Map() }));
	reckoning.due = due.map((one) => ({ ...one, locked: one.present?.deducted === true && !rules.deduct }));
	return reckoning;
}

/**
 * A shipment whose document is gone. One that carries the price of the delivery stays, or the order would become cheaper; it is the
 * store's own again.
 */
function retire({ open, left, freeing }: Reckoning, shipment: SaleShipment, id: string, { removed, deduct }: ShipmentRules, warnings: Warning[]): void {
	const byHand = shipment.deducted && !deduct;
	if (removed === 'ignore' || byHand) {
		if (byHand && removed !== 'ignore') warnings.push(warning('ORDER_SHIPMENT_LOCKED', { id: shipment.id }));
		take(left, amountsOf(shipment));
		return;
	}
	const priced = Decimal.of(shipment.priceDelivery ?? 0).compare(0) > 0;
	if (removed === 'delete' && priced) warnings.push(warning('ORDER_SHIPMENT_PRICED', { id: shipment.id }));
	const undone = { allowDelivery: 'N', deducted: 'N' };
	if (removed === 'delete' && !priced) {
		freeing.push(...(shipment.deducted || shipment.allowDelivery ? [shipmentChange(shipment, 'undone', undone)] : []), shipmentRemoval(shipment));
		return;
	}
	freeing.push(shipmentChange(shipment, 'undone', { ...undone, xmlId: releasedKey('demand', id) }));
	open.push({ ...shipment, allowDelivery: false, deducted: false });
}

function amountsOf(shipment: SaleShipment | undefined): Amounts {
	const amounts: Amounts = new Map();
	for (const { basketId, quantity } of shipment?.shipmentItems ?? []) amounts.set(basketId, (amounts.get(basketId) ?? Decimal.zero).plus(quantity));
	return amounts;
}

function take(left: Amounts, amounts: Amounts): void {
	for (const [line, amount] of amounts) left.set(line, (left.get(line) ?? Decimal.zero).minus(amount));
}

/** Which lines the goods of each document are of: those that its shipment holds already come before all others, for all documents. */
function allotAll(due: readonly Due[], order: SaleOrder, left: Amounts, identity: LineIdentity, warnings: Warning[]): void {
	const open = due.flatMap((one) => one.one.items.map((item) => ({ one, item, lines: ownLines(order).filter((line) => isLineOf(line, item, identity)), rest: Decimal.of(item.quantity) })));
	for (const one of due) if (one.locked) keep(one, open.filter((part) => part.one === one), left, warnings);
	const free = open.filter(({ one }) => !one.locked);
	for (const part of free) allot(part, left, amountsOf(part.one.present));
	for (const part of free) allot(part, left);
	for (const { item, rest, lines } of free) if (rest.compare(0) > 0 && (lines.length > 0 || !item.service)) warnings.push(warning('ORDER_SHIPMENT_EXCEEDS', { name: item.name, quantity: rest.toString() }));
}

/** What a locked shipment holds is not there for others, and should be what its document says. */
function keep(one: Due, parts: readonly Open[], left: Amounts, warnings: Warning[]): void {
	const held = amountsOf(one.present);
	take(left, held);
	const unused = new Map(held);
	for (const part of parts) allot(part, unused);
	one.items = held;
	if (parts.some(({ rest }) => rest.compare(0) > 0) || [...unused.values()].some((amount) => amount.compare(0) > 0)) warnings.push(warning('ORDER_SHIPMENT_LOCKED', { id: one.present?.id ?? '' }));
}

interface Open {
	one: Due;
	lines: readonly SaleBasketItem[];
	rest: Decimal;
}

/** @param most of each line; as much as is left when undefined */
function allot(part: Open, left: Amounts, most?: Amounts): void {
	const { items } = part.one;
	for (const { id } of part.lines) {
		const given = items.get(id) ?? Decimal.zero;
		const free = left.get(id) ?? Decimal.zero;
		const amount = smaller(part.rest, most ? smaller(free, (most.get(id) ?? Decimal.zero).minus(given)) : free);
		if (amount.compare(0) <= 0) continue;
		items.set(id, given.plus(amount));
		left.set(id, free.minus(amount));
		part.rest = part.rest.minus(amount);
	}
}

const smaller = (one: Decimal, other: Decimal): Decimal => (one.compare(other) < 0 ? one : other);

/** What the order was placed with goes out first: it carries the price of the delivery, and the customer knows it. */
function adopt(due: readonly Due[], open: readonly SaleShipment[]): void {
	for (const one of due) {
		if (one.present || one.items.size === 0) continue;
		const left = free(open, due);
		one.present = left.find(({ deliveryId }) => deliveryId === one.one.delivery) ?? left[0];
	}
}

const free = (open: readonly SaleShipment[], due: readonly Due[]): SaleShipment[] => open.filter((shipment) => !due.some(({ present }) => present === shipment));

/** Shipments that did not go out hold no more than what is left. */
function squeeze(due: readonly Due[], open: readonly SaleShipment[], left: Amounts): StoreWrite[] {
	return free(open, due).flatMap((shipment) => {
		const wanted: Amounts = new Map();
		for (const [line, amount] of amountsOf(shipment)) wanted.set(line, smaller(amount, left.get(line) ?? Decimal.zero));
		take(left, wanted);
		return itemWrites(shipment, wanted, shipment.id).smaller;
	});
}

interface Writes {
	/** Takes goods back that went out already, so that they can be changed. */
	opening: StoreWrite[];
	smaller: StoreWrite[];
	larger: StoreWrite[];
	closing: StoreWrite[];
}

const NOTHING: Writes = { opening: [], smaller: [], larger: [], closing: [] };

function writesFor(due: Due, order: SaleOrder, rules: ShipmentRules, warnings: Warning[]): Writes {
	const { one, present, items } = due;
	if (!present) return items.size === 0 ? NOTHING : added(due, order, rules, warnings);
	const changes = itemWrites(present, items, present.id);
	const moves = [...changes.smaller, ...changes.larger].length > 0;
	const wanted = wantedFields(one, rules);
	const reopened = moves && present.deducted;
	const differs = reopened || Object.entries(wanted).some(([field, value]) => !isSo(present, field, value));
	const opened = reopened ? { ...present, deducted: false } : present;
	return {
		opening: reopened ? [{ ...shipmentChange(present, 'opened', { deducted: 'N' }), changes: [] }] : [],
		...changes,
		closing: differs ? [shipmentChange(opened, 'shipped', wanted)] : [],
	};
}

/** Fields of a shipment that went out. */
export const shippedFields = ({ deduct, status }: ShipmentRules): Record<string, string> => ({
	allowDelivery: 'Y',
	...(deduct && { deducted: 'Y' }),
	...(status !== null && { statusId: status }),
});

const wantedFields = ({ id, number, trackingNumber }: WantedShipment, rules: ShipmentRules): Record<string, string> => ({
	...shippedFields(rules),
	xmlId: originKey('demand', id),
	...(number !== null && { deliveryDocNum: number }),
	...(trackingNumber !== null && { trackingNumber }),
});

/** Whether a field of a shipment is already as it is to be written: flags are Y and N, texts may have been cut by the store. */
export function isSo(shipment: SaleShipment, field: string, value: string): boolean {
	const present = shipment[field as keyof SaleShipment];
	if (typeof present === 'boolean') return present === (value === 'Y');
	return sameText(value, (present as string | null) ?? '');
}

/** Brings the items of a shipment in line. `id`: that of the shipment, or where it will come from. */
function itemWrites(shipment: SaleShipment, wanted: Amounts, id: Parameter): Pick<Writes, 'smaller' | 'larger'> {
	const writes: Pick<Writes, 'smaller' | 'larger'> = { smaller: [], larger: [] };
	const field = `shipment ${shipment.id}`;
	const open = new Map(wanted);
	for (const { id: itemId, basketId, quantity } of shipment.shipmentItems) {
		const amount = open.get(basketId) ?? Decimal.zero;
		open.delete(basketId);
		if (itemId === null || amount.equals(quantity)) continue;
		const [method, fields] = amount.compare(0) > 0 ? ['update', { fields: { quantity: amount.toString() } }] : ['delete', {}];
		const write = { key: `item${itemId}`, method: `sale.shipmentitem.${method}`, parameters: { id: itemId, ...fields }, changes: [{ field, from: `line ${basketId}: ${quantity}`, to: `line ${basketId}: ${amount.toString()}` }] };
		writes[amount.compare(quantity) < 0 ? 'smaller' : 'larger'].push(write);
	}
	for (const [line, amount] of open) if (amount.compare(0) > 0) writes.larger.push(itemAdded(id, shipment.id, line, amount, field));
	return writes;
}

const itemAdded = (shipmentId: Parameter, name: string, line: string, amount: Decimal, field: string): StoreWrite => ({
	key: `item${name}line${line}`,
	method: 'sale.shipmentitem.add',
	parameters: { fields: { orderDeliveryId: shipmentId, basketId: line, quantity: amount.toString() } },
	changes: [{ field, from: null, to: `line ${line}: ${amount.toString()}` }],
});

/** A further shipment. It costs nothing: the price of the delivery lies on the first. */
function added({ one, items }: Due, order: SaleOrder, rules: ShipmentRules, warnings: Warning[]): Writes {
	const delivery = one.delivery ?? visible(order)[0]?.deliveryId ?? null;
	if (delivery === null) {
		warnings.push(warning('ORDER_SHIPMENT_UNMAPPED'));
		return NOTHING;
	}
	const key = `shipment${one.id}`;
	const { deducted, statusId = 'DN', ...wanted } = wantedFields(one, rules) as { deducted?: string; statusId?: string };
	const fields = { deliveryId: delivery, statusId, basePriceDelivery: '0', priceDelivery: '0', ...wanted };
	const made: StoreWrite = {
		key,
		method: 'sale.shipment.add',
		parameters: { fields: { orderId: order.id, deducted: 'N', ...fields } },
		changes: [{ field: 'shipment', from: null, to: one.number ?? one.id }],
		expect: { one: 'shipment', values: { xmlId: originKey('demand', one.id) } },
	};
	const id = result(key, 'shipment', 'id');
	const shipped: StoreWrite = {
		key: `${key}shipped`,
		method: 'sale.shipment.update',
		parameters: { id, fields: { deducted: 'Y', ...fields } },
		changes: [],
		expect: { one: 'shipment', values: { deducted: 'Y' } },
	};
	return {
		...NOTHING,
		larger: [made, ...[...items].map(([line, amount]) => itemAdded(id, one.id, line, amount, 'shipment'))],
		closing: deducted === undefined ? [] : [shipped],
	};
}
