/** Characters of a text. */
const TEXT = 255;
const LONG_TEXT = 4096;

const LONG: readonly string[] = ['description', 'legalTitle'];

/**
 * How many characters MoySklad takes in a field of a counterparty or of its lists. Source: github moysklad/api-remap-1.2-doc,
 * `md/_restrictions.md`.
 */
export const longestText = (field: string): number => (LONG.includes(field) ? LONG_TEXT : TEXT);

/** How many characters MoySklad takes in an additional field of that type. Source: github moysklad/api-remap-1.2-doc, `md/_restrictions.md`. */
export const longestAttribute = (type: string): number => ({ text: LONG_TEXT, link: 2048 })[type] ?? TEXT;

/** The beginning of a text, without half a character at its end. */
export const beginning = (text: string, longest: number): string => text.slice(0, longest).replace(/[\uD800-\uDBFF]$/, '');
