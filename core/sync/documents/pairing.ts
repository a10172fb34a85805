import type { Order } from '../../model/order';
import type { KnownOrder } from '../../moysklad/customerOrder';
import type { GoodReference, KnownPosition } from '../../moysklad/documentParts';
import { chargesOf } from '../orderFields';
import type { OrderLink } from '../orderLink';
import { orderSums } from '../orderSums';

/** The positions of a customer order that stand for each line of the basket, and for the delivery (`DELIVERY_LINE`). */
export type Pairs = ReadonlyMap<string, readonly KnownPosition[]>;

/** Pairs as they were written; undefined when the order is not as its link says any more. */
export function pairsByLink(order: Pick<Order, 'lines'>, { positions }: KnownOrder, { snapshot }: OrderLink): Pairs | undefined {
	const byId = new Map(positions.map((position) => [position.id, position]));
	const pairs = new Map<string, KnownPosition[]>();
	for (const { line, id, good } of snapshot.positions) {
		const position = byId.get(id);
		if (position?.good.id !== good) return undefined;
		if (line !== '') pairs.set(line, [...(pairs.get(line) ?? []), position]);
	}
	return order.lines.every(({ id }) => pairs.has(id)) ? pairs : undefined;
}

/** What a line of the basket comes to, as the customer order was made of it. */
interface Expected {
	line: string;
	quantity: number;
	price: number;
	/** Undefined where nobody knows it: free lines, placeholders. */
	good?: GoodReference;
}

/**
 * Pairs without a link: lines whose good is known by the good, the others by quantity and price. Lines that could be several
 * positions are left out.
 * @param goods the goods of the lines, by line
 */
export function pairsByGoods(order: Order, { positions }: KnownOrder, goods: ReadonlyMap<string, GoodReference>): Pairs {
	const expected = orderSums(chargesOf(order, null), order.total).positions.map(
		({ line, quantity, price }): Expected => ({ line, quantity: quantity.toNumber(), price: price.toNumber(), good: goods.get(line) }),
	);
	const pairing = new Pairing(positions);
	const known = expected.filter(({ good }) => good !== undefined);
	const inexact = known.filter((one) => !pairing.take(one, (position) => isGood(position, one) && isSame(position, one)));
	for (const one of inexact) pairing.take(one, (position) => isGood(position, one));
	const goodsOfLines = new Set(known.map(({ good }) => good?.id));
	const unknown = expected.filter(({ good }) => good === undefined);
	for (const one of unknown) {
		const candidates = pairing.left.filter((position) => !goodsOfLines.has(position.good.id) && isSame(position, one));
		const rivals = unknown.filter((other) => other.line !== one.line && isSame(other, one));
		const isPlain = rivals.length === 0 && new Set(candidates.map(({ good }) => good.id)).size === 1;
		if (isPlain) pairing.take(one, (position) => position === candidates[0]);
	}
	for (const position of pairing.left) {
		const owner = known.find((one) => isGood(position, one));
		if (owner) pairing.take(owner, (one) => one === position);
	}
	return pairing.pairs;
}

const isGood = (position: KnownPosition, { good }: Expected): boolean => position.good.id === good?.id;

const isSame = (one: Pick<KnownPosition, 'quantity' | 'price'>, other: Pick<KnownPosition, 'quantity' | 'price'>): boolean =>
	one.quantity === other.quantity && one.price === other.price;

class Pairing {
	readonly pairs = new Map<string, KnownPosition[]>();
	left: KnownPosition[];

	constructor(positions: readonly KnownPosition[]) {
		this.left = [...positions];
	}

	take({ line }: Pick<Expected, 'line'>, fits: (position: KnownPosition) => boolean): boolean {
		const found = this.left.find(fits);
		if (!found) return false;
		this.left = this.left.filter((position) => position !== found);
		this.pairs.set(line, [...(this.pairs.get(line) ?? []), found]);
		return true;
	}
}
