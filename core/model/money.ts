import { Decimal } from './decimal';

/** A sum in whole minor units (kopecks, cents). */
export type Kopecks = number;

/**
 * Rubles (or another currency's major units) as a platform sends them: a number or a decimal string. Rounded to whole kopecks,
 * halves away from zero. Throws RangeError for what is no number.
 */
export const toKopecks = (rubles: Decimal | number | string): Kopecks => Decimal.of(rubles).times(100).round().toNumber();

/** Kopecks as major units, exact: 12345 → "123.45". */
export const toRubles = (kopecks: Kopecks | Decimal): string => Decimal.of(kopecks).times('0.01').toString();

/** An amount in major units as people write it, with both digits of the minor unit: "12.5" → "12.50". Throws RangeError for what is no number. */
export function writtenAmount(amount: Decimal | number | string): string {
	const [whole = '', fraction = ''] = Decimal.of(amount).round(2).toString().split('.');
	return `${whole}.${fraction.padEnd(2, '0')}`;
}

/**
 * What `quantity` pieces cost at a unit price in minor units, in minor units: rounded to a whole one, halves away from zero.
 * Throws RangeError for what is no number.
 */
export const lineSum = (unitPrice: Decimal | number | string, quantity: Decimal | number | string): Decimal =>
	Decimal.of(unitPrice).times(quantity).round();
