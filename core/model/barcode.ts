/** The kinds of barcodes that both platforms know. */
export type BarcodeKind = 'ean13' | 'ean8' | 'upc' | 'gtin' | 'code128';

const BY_LENGTH: Record<number, BarcodeKind> = { 8: 'ean8', 12: 'upc', 13: 'ean13', 14: 'gtin' };

/** What kind of barcode a text is: one of the GS1 kinds only when its check digit is right. */
export function barcodeKind(code: string): BarcodeKind {
	const kind = /^\d+$/.test(code) ? BY_LENGTH[code.length] : undefined;
	return kind !== undefined && hasRightCheckDigit(code) ? kind : 'code128';
}

/** From the right every second digit weighs three, beginning with the one before the check digit. */
function hasRightCheckDigit(code: string): boolean {
	const weighed = [...code].reverse().map((digit, index) => Number(digit) * (index % 2 === 0 ? 1 : 3));
	return weighed.reduce((sum, value) => sum + value, 0) % 10 === 0;
}
