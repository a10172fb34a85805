import { Decimal } from '../../model/decimal';

const CANONICAL = /^(?:0|-?[1-9]\d*|-?(?:0|[1-9]\d*)\.\d*[1-9])$/;
/** As long as numbers of a shop are, so that no file makes us reckon with millions of digits. */
const LONGEST = 40;

/** Whether a text is a number as Decimal prints it. */
export const isDecimalText = (text: string): boolean => text.length <= LONGEST && CANONICAL.test(text);

/**
 * A number as it may be written in a file, with spaces between its digits, a comma or the mark that the file names before
 * its decimals, or an exponent; as Decimal prints it. Undefined for what is no number.
 */
export function decimalText(text: string, mark: string): string | undefined {
	if (isDecimalText(text)) return text;
	const plain = text.replace(/[\s\u00A0]/g, '');
	const pointed = mark === '' ? plain : plain.replaceAll(mark, '.');
	if (!/^[+-]?(?:\d+[.,]?\d*|[.,]\d+)(?:e[+-]?\d{1,2})?$/i.test(pointed) || pointed.length > LONGEST) return undefined;
	return Decimal.of(pointed).toString();
}
