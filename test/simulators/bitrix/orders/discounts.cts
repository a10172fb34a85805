import { lineSum, shareOf, total } from '../sale/sums.cts';

/** A line before or after discounts; money in kopecks for one. */
export interface DiscountedLine {
	price: number;
	quantity: number;
}

/** What a shop takes off. */
export type Discount =
	| { kind: 'percent'; percent: number; coupon?: string }
	| { kind: 'fixed'; amount: number; coupon?: string }
	| { kind: 'threeForTwo' };

/**
 * Applies discounts one after another. Bitrix keeps the result as a price for one, rounded to the kopeck, so the sum of
 * the lines need not be what the discount promised.
 */
export const applyDiscounts = <Line extends DiscountedLine>(
	lines: readonly Line[],
	discounts: readonly Discount[],
): Line[] => discounts.reduce<Line[]>((current, discount) => apply(current, discount), [...lines]);

function apply<Line extends DiscountedLine>(lines: Line[], discount: Discount): Line[] {
	switch (discount.kind) {
		case 'percent':
			return lines.map((line) => ({ ...line, price: line.price - shareOf(line.price, discount.percent, 100) }));
		case 'fixed':
			return takeFixed(lines, discount.amount);
		case 'threeForTwo':
			return lines.map((line) => ({ ...line, price: priceOfThree(line) }));
	}
}

/** A sum off the basket is distributed over its lines in proportion to their prices. */
function takeFixed<Line extends DiscountedLine>(lines: Line[], amount: number): Line[] {
	const whole = total(lines.map((line) => lineSum({ ...line, vatRate: null, vatIncluded: 'Y' })));
	if (whole === 0) return lines;
	const taken = Math.min(amount, whole);
	return lines.map((line) => ({ ...line, price: line.price - shareOf(line.price, taken, whole) }));
}

/** Every third is free: the price for one is that of all, shared out. */
function priceOfThree({ price, quantity }: DiscountedLine): number {
	if (!Number.isInteger(quantity) || quantity < 3) return price;
	return shareOf(price, quantity - Math.floor(quantity / 3), quantity);
}
