import { Decimal } from '../model/decimal';
import { lineSum } from '../model/money';
import type { GoodReference, KnownPosition } from '../moysklad/documentParts';
import { entityReference } from '../moysklad/reference';
import type { WrittenPosition } from './orderLink';
import type { Charge, PricedPosition } from './orderSums';

type Json = Record<string, unknown>;

/** A position as it is to be in MoySklad. Price in kopecks of one unit, VAT in per cent, quantity and reserve in the unit of the good. */
export interface WantedPosition {
	/** The line of the basket, or the delivery, that it stands for. */
	line: string;
	good: GoodReference;
	quantity: number;
	price: number;
	vat: number;
	/** False = without VAT; true with rate 0 = 0 %. */
	vatEnabled: boolean;
	reserve: number;
}

/** Prices and quantities joined with what they are for. Each line must have its good. Throws RangeError for a line without one. */
export function wantedPositions(
	priced: readonly PricedPosition[],
	charges: readonly Charge[],
	goods: ReadonlyMap<string, GoodReference>,
	reserve: boolean,
): WantedPosition[] {
	const vats = new Map(charges.map(({ line, vat }) => [line, vat]));
	return priced.map(({ line, quantity, price }) => {
		const good = goods.get(line);
		if (!good) throw new RangeError(`The line ${line} has no good`);
		const vat = vats.get(line) ?? null;
		const amount = quantity.toNumber();
		return {
			line,
			good,
			quantity: amount,
			price: price.toNumber(),
			vat: vat === null ? 0 : Number(vat),
			vatEnabled: vat !== null,
			reserve: reserve && canBeReserved(good) ? amount : 0,
		};
	});
}

const canBeReserved = ({ type }: GoodReference): boolean => type !== 'service';

/** A row of a customer order. With the id of a position that is kept, so that MoySklad changes it instead of making another. */
export const positionBody = (
	{ good, quantity, price, vat, vatEnabled, reserve }: Omit<WantedPosition, 'line'>,
	id?: string,
): Json => ({ ...goodsBody({ good, quantity, price, discount: 0, vat, vatEnabled }, id), reserve });

/** A row of any document with goods, which has no reserve. */
export const goodsBody = (
	{ good, quantity, price, discount, vat, vatEnabled }: Pick<KnownPosition, 'good' | 'quantity' | 'price' | 'discount' | 'vat' | 'vatEnabled'>,
	id?: string,
): Json => ({
	...(id !== undefined && { id }),
	assortment: entityReference(good.type, good.id),
	quantity,
	price,
	discount,
	vat,
	vatEnabled,
});

/** Bodies of all positions; those that stand for the same line and good as before keep their ids. */
export function replacingBodies(wanted: readonly WantedPosition[], written: readonly WrittenPosition[]): Json[] {
	const left = [...written];
	return wanted.map((position) => {
		const place = left.findIndex(({ line, good }) => line === position.line && good === position.good.id);
		const [kept] = place >= 0 ? left.splice(place, 1) : [];
		return positionBody(position, kept?.id);
	});
}

/** Whether MoySklad's positions are still what was written last (rule O2). Reserves do not count. */
export function stillAsWritten(present: readonly KnownPosition[], written: readonly WrittenPosition[]): boolean {
	if (present.length !== written.length) return false;
	const byId = new Map(written.map((position) => [position.id, position]));
	return present.every((position) => {
		const before = byId.get(position.id);
		return before !== undefined && before.good === position.good.id && position.discount === 0 && equalTerms(before, position);
	});
}

type Terms = Pick<WrittenPosition, 'quantity' | 'price' | 'vat' | 'vatEnabled'>;

const equalTerms = (one: Terms, other: Terms): boolean =>
	one.quantity === other.quantity && one.price === other.price && one.vatEnabled === other.vatEnabled && one.vat === other.vat;

/**
 * Whether the positions say the same as the order, however they are split: of each good the same quantity for the same sum.
 * @param withVat also at the same rates
 */
export function sameGoods(
	present: readonly KnownPosition[],
	wanted: readonly WantedPosition[],
	{ withVat }: { withVat: boolean },
): boolean {
	const totals = new Map<string, { quantity: Decimal; sum: Decimal }>();
	const add = (
		{ good, quantity, price, vat, vatEnabled }: Omit<WantedPosition, 'line' | 'reserve'>,
		discount: number,
		sign: 1 | -1,
	): void => {
		const key = withVat ? `${good.id} ${vatEnabled ? vat : 'without'}` : good.id;
		const total = totals.get(key) ?? { quantity: Decimal.zero, sum: Decimal.zero };
		const sum = lineSum(Decimal.of(price).times(Decimal.of(100).minus(discount)).times('0.01'), quantity);
		totals.set(key, { quantity: total.quantity.plus(Decimal.of(quantity).times(sign)), sum: total.sum.plus(sum.times(sign)) });
	};
	present.forEach((position) => add(position, position.discount, 1));
	wanted.forEach((position) => add(position, 0, -1));
	return [...totals.values()].every(({ quantity, sum }) => quantity.equals(0) && sum.equals(0));
}

/** Finds each wanted position among those that MoySklad has: the very same first, else one of the same good. */
export function pairPositions(wanted: readonly WantedPosition[], present: readonly KnownPosition[]): WrittenPosition[] {
	const left = [...present];
	const take = (fits: (position: KnownPosition) => boolean): KnownPosition | undefined => {
		const place = left.findIndex(fits);
		return place >= 0 ? left.splice(place, 1)[0] : undefined;
	};
	const exact = wanted.map((position) => ({
		position,
		found: take((one) => one.good.id === position.good.id && equalTerms(one, position)),
	}));
	const paired = exact.map(({ position, found }) => ({
		line: position.line,
		found: found ?? take((one) => one.good.id === position.good.id),
	}));
	const rest = left.map((found) => ({ line: '', found }));
	return [...paired, ...rest].flatMap(({ line, found }) => (found ? [asWritten(line, found)] : []));
}

const asWritten = (line: string, { id, good, quantity, price, vat, vatEnabled }: KnownPosition): WrittenPosition => ({
	line,
	id,
	good: good.id,
	quantity,
	price,
	vat,
	vatEnabled,
});

/**
 * Bodies of all positions with their reserves set to everything that is not shipped yet, or to nothing; undefined when they are so already.
 * Prices and discounts stay as they are.
 */
export function reserveBodies(present: readonly KnownPosition[], reserve: boolean): Json[] | undefined {
	const wanted = present.map((position) => ({
		...position,
		reserve: reserve && canBeReserved(position.good) ? unshipped(position) : 0,
	}));
	if (wanted.every((position, index) => position.reserve === present[index]?.reserve)) return undefined;
	return wanted.map((position) => ({ ...positionBody(position, position.id), discount: position.discount }));
}

function unshipped({ quantity, shipped }: KnownPosition): number {
	const rest = Decimal.of(quantity).minus(shipped);
	return rest.compare(0) > 0 ? rest.toNumber() : 0;
}
