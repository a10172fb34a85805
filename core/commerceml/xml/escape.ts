import { FORBIDDEN_CLASS, normalLines, oneLine, writable } from './characters';

/** Most texts have none of these: they are written as they are. */
const SPECIAL = new RegExp(`[&<>"\\r\\uD800-\\uDFFF${FORBIDDEN_CLASS}]`);
const SPECIAL_IN_VALUE = new RegExp(`[&<>"\\t\\n\\r\\uD800-\\uDFFF${FORBIDDEN_CLASS}]`);

/** Those references alone that Bitrix reads in a catalog: it knows neither &apos; nor numbered ones. */
const REFERENCES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

const referred = (text: string): string => text.replace(/[&<>"]/g, (character) => REFERENCES[character] ?? character);

/** A text as it is written. */
export interface Escaped {
	text: string;
	/** Something was left out that XML forbids. */
	isShortened: boolean;
}

/** Whether a text cannot stand between tags as it is. */
export const needsEscape = (text: string): boolean => SPECIAL.test(text);

/** A text as it stands between tags. Line ends become line feeds. */
export const escapeText = (text: string): Escaped => escaped(normalLines(text));

/** Whether a text cannot stand between quotation marks as it is. */
export const valueNeedsEscape = (text: string): boolean => SPECIAL_IN_VALUE.test(text);

/** A text as it stands between quotation marks, where line ends and tabs become spaces, as every reader takes them. */
export const escapeValue = (text: string): Escaped => escaped(oneLine(text));

function escaped(text: string): Escaped {
	const rest = writable(text);
	return { text: referred(rest), isShortened: rest.length < text.length };
}
