/** Characters of a text (`moysklad-api.md`, 1.4). */
const TEXT = 255;
const LONG_TEXT = 4096;

const LONG: readonly string[] = ['description', 'legalTitle'];

/** How many characters MoySklad takes in a field of a counterparty or of its lists. */
export const longestText = (field: string): number => (LONG.includes(field) ? LONG_TEXT : TEXT);

/** The same of an additional field, by its type. */
export const longestAttribute = (type: string): number => ({ text: LONG_TEXT, link: 2048 })[type] ?? TEXT;

/** The beginning of a text, without half a character at its end. */
export const beginning = (text: string, longest: number): string => text.slice(0, longest).replace(/[\uD800-\uDBFF]$/, '');
