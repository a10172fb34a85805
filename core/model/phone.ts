/** Russian numbers are known by their last ten digits: before them stand +7, 8, or nothing at all. Shorter ones tell nobody from anybody. */
const SIGNIFICANT = 10;

/** With the code of the country. */
const LONGEST_FOREIGN = 15;

/** Longer texts are no lists of somebody's numbers. */
const LONGEST_LIST = 4096;

/** What stands between two numbers, or before an extension: letters and punctuation, but not what is written inside a number. */
const BETWEEN = /[\p{L},;/|\\#*&:\n\r]+|(?=\+)/u;

/**
 * Each number in a text such as "+7 (916) 123-45-67, 8 495 765-43-21 доб. 12" in the form in which it is compared: the ten digits of a
 * Russian number, `+` and all digits of a foreign one. Shorter numbers and extensions are left out.
 */
export function phoneKeys(text: string | null | undefined): string[] {
	return [...new Set((text ?? '').slice(0, LONGEST_LIST).split(BETWEEN).flatMap(keysIn))];
}

function keysIn(part: string): string[] {
	const digits = part.replace(/\D/g, '');
	if (digits.length < SIGNIFICANT) return [];
	const foreign = foreignDigits(part.trim(), digits);
	if (foreign !== undefined) return foreign.length >= SIGNIFICANT && foreign.length <= LONGEST_FOREIGN ? [`+${foreign}`] : [];
	return russianKeys(digits);
}

/** The digits from the country's code on; undefined when the number is Russian. */
function foreignDigits(part: string, digits: string): string | undefined {
	if (digits.startsWith('810') && digits.length > 12) return digits.slice(3);
	if (digits.startsWith('00') && digits.length > 11) return digits.startsWith('007') ? undefined : digits.slice(2);
	if (digits.startsWith('7') || isWrittenWithPlusEight(digits)) return undefined;
	if (part.startsWith('+')) return digits;
	const own = digits.startsWith('8') || digits.length === SIGNIFICANT;
	return own || digits.length >= 2 * SIGNIFICANT ? undefined : digits;
}

/** "+8 916 …" and "+8 800 …": no country has such numbers. */
const isWrittenWithPlusEight = (digits: string): boolean => /^8(9\d{9}|800\d{7})$/.test(digits);

/** Numbers one after the other without anything between them; what is left at the end is an extension. */
function russianKeys(digits: string): string[] {
	const [, doubled] = /^(?:00)?78(\d{10})$/.exec(digits) ?? [];
	if (doubled !== undefined) return [doubled];
	const keys: string[] = [];
	let rest = digits.startsWith('007') && digits.length > 11 ? digits.slice(2) : digits;
	while (rest.length >= SIGNIFICANT) {
		const begin = /^[78]/.test(rest) && rest.length > SIGNIFICANT ? 1 : 0;
		keys.push(rest.slice(begin, begin + SIGNIFICANT));
		rest = rest.slice(begin + SIGNIFICANT);
	}
	return keys;
}

/** A Russian number as +79161234567, in which form a search by digits finds it; any other text as it is. */
export function internationalPhone(text: string): string {
	const digits = text.replace(/\D/g, '');
	const own = /^[78]\d{10}$/.test(digits) ? digits.slice(1) : /^9\d{9}$/.test(digits) ? digits : undefined;
	return own === undefined || text.trim().startsWith('+8') ? text.trim() : `+7${own}`;
}

/** The digits of a key by which a search for a piece of text finds the number where it is written without separators. */
export const lastDigits = (key: string): string => key.slice(-SIGNIFICANT);

/** How people write the end of a number: "9161234567" → "123-45-67". */
export const writtenEnd = (key: string): string => key.slice(-7).replace(/^(\d{3})(\d{2})(\d{2})$/, '$1-$2-$3');
