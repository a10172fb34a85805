/**
 * The sums of documents as MoySklad shows them, exact: no binary fractions are added or multiplied.
 * An independent reckoning for tests; MoySklad's own rounding on a real account was never checked.
 */

/** A decimal number: `units` / 10^`scale`. */
interface Decimal {
	units: bigint;
	scale: number;
}

export interface PricedLine {
	/** Minor units (kopecks) for one; may have a fraction. */
	price: number;
	quantity: number;
	/** Per cent, negative = markup, at most 100. Default 0. */
	discount?: number;
	/** VAT rate, per cent. Default 0. */
	vat?: number;
	/** Default false: «without VAT». */
	vatEnabled?: boolean;
}

export interface VatRule {
	/** Whether the document counts VAT at all. */
	vatEnabled: boolean;
	/** Whether prices contain it. */
	vatIncluded: boolean;
}

/** Minor units. */
export interface DocumentSums {
	sum: number;
	vatSum: number;
}

/** price × quantity × (1 − discount/100), rounded half up to a whole kopeck. */
export function lineSum({ price, quantity, discount = 0 }: PricedLine): number {
	const share = minus(decimal(100), decimal(discount));
	const product = times(times(decimal(price), decimal(quantity)), share);
	return Number(divideHalfUp(product.units, 10n ** BigInt(product.scale) * 100n));
}

/** The VAT of one line, rounded half up to a whole kopeck: inside the sum or on top of it. */
export function lineVat(line: PricedLine, rule: VatRule): number {
	const { vat = 0, vatEnabled = false } = line;
	if (!rule.vatEnabled || !vatEnabled || vat === 0) return 0;
	const rate = decimal(vat);
	const hundred = 100n * 10n ** BigInt(rate.scale);
	const whole = rule.vatIncluded ? hundred + rate.units : hundred;
	return Number(divideHalfUp(BigInt(lineSum(line)) * rate.units, whole));
}

/** The document's `sum` (with VAT in either case) and `vatSum`: rounded line by line, then added. */
export function documentSums(lines: readonly PricedLine[], rule: VatRule): DocumentSums {
	let sum = 0;
	let vatSum = 0;
	for (const line of lines) {
		const vat = lineVat(line, rule);
		sum += lineSum(line) + (rule.vatIncluded ? 0 : vat);
		vatSum += vat;
	}
	return { sum, vatSum };
}

/** `lineSum` of a part of the line's quantity, e.g. what is reserved. */
export const partSum = (line: PricedLine, quantity: number): number => lineSum({ ...line, quantity });

/** Adds without the noise of binary fractions (0.1 + 0.2 = 0.3). */
export function add(...numbers: number[]): number {
	const decimals = numbers.map(decimal);
	const scale = Math.max(0, ...decimals.map((one) => one.scale));
	const units = decimals.reduce((total, one) => total + scaled(one, scale), 0n);
	return Number(units) / 10 ** scale;
}

function decimal(number: number): Decimal {
	if (!Number.isFinite(number)) throw new RangeError(`Not a finite number: ${number}`);
	const [mantissa = '0', exponent = '0'] = String(number).split('e');
	const [whole = '0', fraction = ''] = mantissa.split('.');
	const scale = fraction.length - Number(exponent);
	const units = BigInt(whole + fraction);
	return scale < 0 ? { units: units * 10n ** BigInt(-scale), scale: 0 } : { units, scale };
}

const scaled = ({ units, scale }: Decimal, to: number): bigint => units * 10n ** BigInt(to - scale);

const times = (one: Decimal, other: Decimal): Decimal => ({
	units: one.units * other.units,
	scale: one.scale + other.scale,
});

function minus(one: Decimal, other: Decimal): Decimal {
	const scale = Math.max(one.scale, other.scale);
	return { units: scaled(one, scale) - scaled(other, scale), scale };
}

/** Halves go up, i.e. towards the greater number. */
function divideHalfUp(dividend: bigint, divisor: bigint): bigint {
	const doubled = dividend * 2n + divisor;
	const quotient = doubled / (divisor * 2n);
	return doubled < 0n && doubled % (divisor * 2n) !== 0n ? quotient - 1n : quotient;
}
