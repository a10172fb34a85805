/** An order's money, exact and in kopecks: what Bitrix rounds is rounded here, half away from zero, and nothing else. */
export interface PricedLine {
	/** For one, kopecks. */
	price: number;
	quantity: number;
	/** A fraction (0.2); null = without VAT. */
	vatRate: number | null;
	vatIncluded: 'Y' | 'N';
}

const SCALE = 10_000n;

/** price × quantity to the kopeck. */
export const lineSum = ({ price, quantity }: PricedLine): number => round(BigInt(price) * scaled(quantity), SCALE);

/** The VAT of a line, inside its sum or on top of it. */
export function lineVat({ price, quantity, vatRate, vatIncluded }: PricedLine): number {
	const rate = scaled(vatRate ?? 0);
	const whole = vatIncluded === 'Y' ? SCALE + rate : SCALE;
	return round(BigInt(price) * rate * scaled(quantity), whole * SCALE);
}

/** What the line adds to the order. */
export const lineTotal = (line: PricedLine): number => lineSum(line) + (line.vatIncluded === 'Y' ? 0 : lineVat(line));

export const total = (amounts: readonly number[]): number => amounts.reduce((sum, amount) => sum + amount, 0);

/** amount × numerator / denominator to the kopeck. */
export const shareOf = (amount: number, numerator: number, denominator: number): number =>
	round(BigInt(amount) * scaled(numerator), scaled(denominator));

/** The database keeps four decimals of quantities and rates. */
const scaled = (number: number): bigint => BigInt(Math.round(number * Number(SCALE)));

function round(dividend: bigint, divisor: bigint): number {
	const absolute = dividend < 0n ? -dividend : dividend;
	const rounded = Number((absolute * 2n + divisor) / (divisor * 2n));
	return dividend < 0n ? -rounded : rounded;
}
