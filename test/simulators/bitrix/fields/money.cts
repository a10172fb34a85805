import { asText } from '../wire/params.cts';

/**
 * Money is kept as whole kopecks. A number or text in roubles becomes kopecks exactly, halves away from zero;
 * what is no number is 0.
 */
export function toKopecks(roubles: unknown): number {
	const text = typeof roubles === 'number' ? plain(roubles) : asText(roubles).trim();
	const [, sign = '', whole = '', fraction = ''] = /^([+-]?)(\d*)(?:\.(\d*))?/.exec(text) ?? [];
	const thousandths = BigInt(whole || '0') * 1000n + BigInt(fraction.slice(0, 3).padEnd(3, '0'));
	const kopecks = Number((thousandths + 5n) / 10n);
	return sign === '-' && kopecks !== 0 ? -kopecks : kopecks;
}

/** Roubles with at most two decimals. */
export const toRoubles = (kopecks: number): number => kopecks / 100;

const plain = (number: number): string => (Math.abs(number) >= 1e21 || !Number.isFinite(number) ? '0' : number.toFixed(8));
