/** Numbers are compared by their last ten digits: before them stand +7, 8, or nothing at all. */
const SIGNIFICANT = 10;

/** The last ten digits of each number in a text such as "+7 (916) 123-45-67, 8 495 765-43-21"; shorter numbers are left out. */
export function phoneKeys(text: string | null | undefined): string[] {
	const numbers = (text ?? '').split(/[,;/\n]|доб|ext/i).map((part) => part.replace(/\D/g, ''));
	return [...new Set(numbers.filter(({ length }) => length >= SIGNIFICANT).map((digits) => digits.slice(-SIGNIFICANT)))];
}

/** A Russian number as +79161234567, in which form a search by digits finds it; any other text as it is. */
export function internationalPhone(text: string): string {
	const digits = text.replace(/\D/g, '');
	const own = /^[78]\d{10}$/.test(digits) ? digits.slice(1) : /^9\d{9}$/.test(digits) ? digits : undefined;
	return own === undefined || text.trim().startsWith('+8') ? text.trim() : `+7${own}`;
}

/** How people write the end of a ten-digit number: "9161234567" → "123-45-67". */
export const writtenEnd = (key: string): string => `${key.slice(3, 6)}-${key.slice(6, 8)}-${key.slice(8)}`;
