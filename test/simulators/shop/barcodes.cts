import type { Random } from '../kernel/random.cts';

export const BARCODE_KINDS = ['ean13', 'ean8', 'code128', 'gtin', 'upc'] as const;
export type BarcodeKind = (typeof BARCODE_KINDS)[number];

export interface ShopBarcode {
	kind: BarcodeKind;
	value: string;
}

const LENGTHS: Record<Exclude<BarcodeKind, 'code128'>, number> = { ean13: 13, ean8: 8, gtin: 14, upc: 12 };

/** A barcode with a right check digit (GS1: weights 3 and 1 from the right). */
export function barcode(random: Random, kind: BarcodeKind): ShopBarcode {
	if (kind === 'code128') return { kind, value: `SHOP-${random.integer(100_000, 999_999)}` };
	const length = LENGTHS[kind];
	let body = kind === 'ean13' ? '2' : String(random.integer(1, 9));
	while (body.length < length - 1) body += String(random.integer(0, 9));
	return { kind, value: body + String(gs1CheckDigit(body)) };
}

/** The digit that makes `body` plus digit a valid GS1 number. `body` is digits only. */
export function gs1CheckDigit(body: string): number {
	const sum = [...body].reverse().reduce((total, digit, index) => total + Number(digit) * (index % 2 === 0 ? 3 : 1), 0);
	return (10 - (sum % 10)) % 10;
}
