import { Decimal } from '../model/decimal';
import { lineSum, toKopecks, type Kopecks } from '../model/money';

/** What an order charges for: a line of the basket, or the delivery. */
export interface Charge {
	/** By which its positions are known again. */
	line: string;
	/** Of one unit, in major units. */
	price: string;
	/** A decimal text in the unit of the line. */
	quantity: string;
	/** Per cent; null = without VAT. */
	vat: string | null;
	vatIncluded: boolean;
}

/** The delivery is a charge of its own. */
export const DELIVERY_LINE = 'delivery';

/** A position of the document: VAT is in its price, a discount is never applied again. */
export interface PricedPosition {
	line: string;
	quantity: Decimal;
	/** Kopecks; with decimals only where the quantity has some too. */
	price: Decimal;
}

/** The positions of a document, and what of the total they cannot carry. */
export interface OrderSums {
	/** At most two for a charge, next to each other. */
	positions: PricedPosition[];
	/** Kopecks by which the order's total exceeds what its lines charge, beyond the order's own rounding; 0 = equal. */
	difference: Kopecks;
}

/** MoySklad keeps four decimals of a quantity. */
export const QUANTITY_DECIMALS = 4;

interface Line {
	charge: Charge;
	quantity: Decimal;
	sum: Kopecks;
}

/**
 * Positions whose sums, each rounded to a kopeck as MoySklad does, add up to the order's total. Whole quantities are split
 * in two where one price does not do. What the order's own rounding left over, at most a kopeck a line, goes to the largest line.
 * @param wholeKopecks also for quantities with decimals, which otherwise get one price with decimals
 */
export function orderSums(charges: readonly Charge[], total: string, { wholeKopecks = false } = {}): OrderSums {
	const lines = charges.map(toLine).filter(({ quantity, sum }) => quantity.compare(0) > 0 && sum >= 0);
	const residue = toKopecks(total) - lines.reduce((sum, line) => sum + line.sum, 0);
	const carrier = largest(lines);
	const rounding = residue !== 0 && carrier !== undefined && Math.abs(residue) <= lines.length && carrier.sum + residue >= 0;
	if (rounding) carrier.sum += residue;
	return { positions: lines.flatMap((line) => split(line, wholeKopecks)), difference: rounding ? 0 : residue };
}

function toLine(charge: Charge): Line {
	const quantity = Decimal.of(charge.quantity).round(QUANTITY_DECIMALS);
	const amount = Decimal.of(charge.price).times(quantity).times(100);
	return { charge, quantity, sum: amount.round().plus(vatOnTop(charge, amount)).toNumber() };
}

/** Kopecks; stores round the sum of a line and its VAT each for itself. */
const vatOnTop = ({ vat, vatIncluded }: Charge, amount: Decimal): Decimal =>
	vatIncluded || vat === null ? Decimal.zero : amount.times(vat).times('0.01').round();

/** The delivery keeps the price that the customer saw, as long as there are goods. */
function largest(lines: readonly Line[]): Line | undefined {
	const goods = lines.filter(({ charge }) => charge.line !== DELIVERY_LINE);
	return (goods.length > 0 ? goods : lines).reduce<Line | undefined>(
		(most, line) => (most && most.sum >= line.sum ? most : line),
		undefined,
	);
}

function split({ charge: { line }, quantity, sum }: Line, wholeKopecks: boolean): PricedPosition[] {
	const whole = wholeKopecks || quantity.isInteger;
	const parts = whole ? splitInKopecks(quantity, sum) : [{ quantity, price: closestPrice(quantity, sum) }];
	return parts.filter((part) => part.quantity.compare(0) > 0).map((part) => ({ line, ...part }));
}

type Part = Omit<PricedPosition, 'line'>;

/** As many units as are needed cost a kopeck more than the others. */
function splitInKopecks(quantity: Decimal, sum: Kopecks): Part[] {
	const low = floorOf(sum, quantity);
	const high = low.plus(1);
	const dearer = roundHalfDown(Decimal.of(sum).minus(low.times(quantity)));
	if (dearer.compare(quantity) > 0) return [{ quantity, price: high }];
	return [
		{ quantity: quantity.minus(dearer), price: low },
		{ quantity: dearer, price: high },
	];
}

function floorOf(sum: Kopecks, quantity: Decimal): Decimal {
	const nearest = Decimal.of(sum).dividedBy(quantity, 0);
	return nearest.times(quantity).compare(sum) > 0 ? nearest.minus(1) : nearest;
}

function roundHalfDown(amount: Decimal): Decimal {
	const nearest = amount.round();
	return nearest.minus(amount).equals('0.5') ? nearest.minus(1) : nearest;
}

/**
 * The price of one, in kopecks, with as few decimals as give the sum (kopecks). It ends where a unit of the last decimal, times
 * the quantity, is less than a kopeck.
 */
export function closestPrice(quantity: Decimal, sum: Kopecks): Decimal {
	for (let decimals = 0; ; decimals += 1) {
		const price = Decimal.of(sum).dividedBy(quantity, decimals);
		if (lineSum(price, quantity).equals(sum)) return price;
	}
}
