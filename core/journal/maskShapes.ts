/** Ids look like numbers of phones now and then; nobody is known by them. */
const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gi;

/** One separator, or a few, as people write them between groups of digits. */
const GAP = '[\\s\\u00a0().‑–-]{0,3}';

const PHONES = [
	/** With the code of a country. */
	new RegExp(`\\+${GAP}\\d(?:${GAP}\\d){8,14}`, 'gu'),
	/** Russian numbers with 7 or 8 before them, however they are grouped. */
	new RegExp(`(?<!\\d)[78](?:${GAP}\\d){10}(?!\\d)`, 'gu'),
	/** Mobile numbers of which the 8 was left out. */
	new RegExp(`(?<!\\d)\\(?9(?:${GAP}\\d){9}(?!\\d)`, 'gu'),
	/** The code of a city in brackets, and numbers within a city. */
	new RegExp(`\\(\\d{3,5}\\)${GAP}\\d(?:${GAP}\\d){4,6}(?!\\d)`, 'gu'),
	/(?<![\d-])\d{3}-\d{2}-\d{2}(?![\d-])/gu,
];

const EMAIL = /[^\s@,;<>"]+\s{0,3}@\s{0,3}[^\s@,;<>"]+\.[^\s@,;<>."]{2,}/gu;

/** Surname and given name before a patronymic, or the given name alone. */
const PATRONYMIC = /(?:[А-ЯЁ][а-яё-]+\s+){1,2}[А-ЯЁ][а-яё]+(?:ович|евич|ьич|овна|евна|ична)(?![а-яё])/gu;

const SNILS = /(?<!\d)\d{3}-\d{3}-\d{3}[\s-]\d{2}(?!\d)/gu;
const PASSPORT = /(?<!\d)\d{2}\s?\d{2}\s(?:№\s?)?\d{6}(?!\d)/gu;
const CARD = /(?<!\d)\d{4}[\s-]?\d{4}[\s-]?\d{4}[\s-]?\d{4}(?!\d)/gu;
const TWELVE_DIGITS = /(?<!\d)\d{12}(?!\d)/gu;

/**
 * A text in which phones, e-mails, patronymics with names, passports, SNILS, bank cards and the INN of persons are replaced.
 * In doubt something that only looks like one is replaced as well; UUIDs never are.
 */
export function maskShapes(text: string, mask: string): string {
	const ids = text.match(UUID) ?? [];
	return text
		.split(UUID)
		.map((part) => maskPart(part, mask))
		.reduce((whole, part, index) => whole + (ids[index - 1] ?? '') + part);
}

function maskPart(text: string, mask: string): string {
	if (text === '') return text;
	// Only what holds an @ is worth looking for an address: the search takes long in texts without one.
	const lettered = (text.includes('@') ? text.replace(EMAIL, mask) : text).replace(PATRONYMIC, mask);
	if (!/\d/.test(lettered)) return lettered;
	const numbered = lettered
		.replace(SNILS, mask)
		.replace(CARD, (digits) => (isCard(digits) ? mask : digits))
		.replace(PASSPORT, mask)
		.replace(TWELVE_DIGITS, (digits) => (isPersonsInn(digits) ? mask : digits));
	return PHONES.reduce((left, phone) => left.replace(phone, mask), numbered);
}

/** Luhn's rule. */
function isCard(text: string): boolean {
	const digits = text.replace(/\D/g, '').split('').reverse().map(Number);
	const sum = digits.reduce((total, digit, index) => total + (index % 2 === 0 ? digit : digit * 2 > 9 ? digit * 2 - 9 : digit * 2), 0);
	return sum % 10 === 0;
}

const WEIGHTS = [
	[7, 2, 4, 10, 3, 5, 9, 4, 6, 8],
	[3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8],
];

/** The last two of the twelve digits of a person's INN follow from the others. */
const isPersonsInn = (text: string): boolean =>
	WEIGHTS.every((weights) => (weights.reduce((sum, weight, index) => sum + weight * Number(text[index]), 0) % 11) % 10 === Number(text[weights.length]));
