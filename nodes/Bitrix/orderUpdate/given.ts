/** What an expression gave, as a text without spaces around it; empty for nothing. */
export const givenText = (value: unknown): string => (typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '');

/** What an expression gave, as true or false: it may give words, and nothing (undefined) where nothing is known. */
export function givenFlag(value: unknown): boolean | undefined {
	if (value === true || value === 'true') return true;
	return value === false || value === 'false' ? false : undefined;
}
