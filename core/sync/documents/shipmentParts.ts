import { Decimal } from '../../model/decimal';
import { lineSum, type Kopecks } from '../../model/money';
import type { Order, OrderShipment } from '../../model/order';
import type { KnownPosition } from '../../moysklad/documentParts';
import { closestPrice, DELIVERY_LINE, QUANTITY_DECIMALS } from '../orderSums';
import type { GoodsLine } from './documentField';
import type { Pairs } from './pairing';

/** What of a position of the order goes with a shipment. */
export interface ShipmentPart extends GoodsLine {
	/** Kopecks. */
	sum: Kopecks;
}

/** What a shipment of the store holds, in positions of the customer order. */
export interface ShipmentParts {
	parts: ShipmentPart[];
	/** Basket lines of which it holds more than the customer order has. */
	excess: string[];
	/** Basket lines that stand for no position. */
	unpaired: string[];
}

/**
 * How the positions of an order are divided among its shipments that are not cancelled, shipped or not, in the order of their ids:
 * so it does not matter which of them leaves first. Sums of the parts of a position add up to the position's. The delivery goes with
 * the first shipment. A single shipment that names no items holds everything.
 */
export function divide(order: Pick<Order, 'shipments' | 'lines'>, pairs: Pairs): Map<string, ShipmentParts> {
	const shipments = order.shipments.filter(({ canceled }) => !canceled).sort(byId);
	const open = new Map([...pairs.values()].flat().map((position) => [position.id, new Rest(position)]));
	const [first, ...others] = shipments;
	const divided = new Map<string, ShipmentParts>();
	for (const shipment of shipments) {
		const whole = others.length === 0 && shipment.items.length === 0;
		const held: ShipmentParts = { parts: [], excess: [], unpaired: [] };
		for (const [line, quantity] of whole ? everything(order) : itemsOf(order, shipment)) take(held, line, quantity, pairs, open);
		if (shipment === first) for (const { id } of pairs.get(DELIVERY_LINE) ?? []) held.parts.push(...(open.get(id)?.take(undefined) ?? []));
		divided.set(shipment.id, held);
	}
	return divided;
}

const byId = (one: OrderShipment, other: OrderShipment): number => one.id.localeCompare(other.id, 'en', { numeric: true });

const everything = ({ lines }: Pick<Order, 'lines'>): Array<[string, Decimal]> => lines.map(({ id, quantity }) => [id, Decimal.of(quantity).round(QUANTITY_DECIMALS)]);

/** Components of sets are items of shipments too, but no lines of the order: the set goes as a whole. */
function itemsOf({ lines }: Pick<Order, 'lines'>, { items }: OrderShipment): Array<[string, Decimal]> {
	const known = new Set(lines.map(({ id }) => id));
	const held = items.map(({ lineId, quantity }): [string, Decimal] => [lineId, Decimal.of(quantity).round(QUANTITY_DECIMALS)]);
	return held.filter(([line, quantity]) => known.has(line) && quantity.compare(0) > 0);
}

function take(held: ShipmentParts, line: string, quantity: Decimal, pairs: Pairs, open: ReadonlyMap<string, Rest>): void {
	const positions = pairs.get(line);
	if (!positions) return void held.unpaired.push(line);
	let wanted = quantity;
	for (const { id } of positions) {
		const [part] = open.get(id)?.take(wanted) ?? [];
		if (!part) continue;
		held.parts.push(part);
		wanted = wanted.minus(part.quantity);
	}
	if (wanted.compare(0) > 0) held.excess.push(line);
}

/** What of a position no shipment has taken yet. */
class Rest {
	private taken = Decimal.zero;
	private readonly sum: Decimal;

	constructor(private readonly position: KnownPosition) {
		this.sum = lineSum(effectivePrice(position), position.quantity);
	}

	/** At most so much; everything when undefined. Nothing when nothing is left. */
	take(wanted: Decimal | undefined): ShipmentPart[] {
		const { quantity } = this.position;
		const left = Decimal.of(quantity).minus(this.taken);
		const amount = wanted === undefined || wanted.compare(left) > 0 ? left : wanted;
		if (amount.compare(0) <= 0) return [];
		const before = this.share();
		this.taken = this.taken.plus(amount);
		return [partOf(this.position, amount, this.share().minus(before))];
	}

	/** What all that was taken comes to, in whole kopecks. */
	private share(): Decimal {
		return this.sum.times(this.taken).dividedBy(this.position.quantity, 0);
	}
}

const effectivePrice = ({ price, discount }: Pick<KnownPosition, 'price' | 'discount'>): Decimal =>
	Decimal.of(price).times(Decimal.of(100).minus(discount)).times('0.01');

/** At the position's own price wherever that gives the sum. */
function partOf({ good, price, discount, vat, vatEnabled }: KnownPosition, quantity: Decimal, sum: Decimal): ShipmentPart {
	const fits = lineSum(effectivePrice({ price, discount }), quantity).equals(sum);
	const priced = fits ? { price, discount } : { price: closestPrice(quantity, sum.toNumber()).toNumber(), discount: 0 };
	return { good, quantity: quantity.toNumber(), ...priced, vat, vatEnabled, sum: sum.toNumber() };
}

/** All positions of a customer order as they are: what one shipment of everything holds. */
export const wholeParts = (positions: readonly KnownPosition[]): ShipmentPart[] =>
	positions.flatMap((position) => new Rest(position).take(undefined));
