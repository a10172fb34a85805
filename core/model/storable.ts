/** The text without NUL and without halves of character pairs that stand alone: PostgreSQL refuses both, and with them all rows of the statement. */
export const storable = (text: string): string => text.replaceAll('\0', '').replace(/\p{Surrogate}/gu, '');

/** A text of at most so many characters, with a sign where more of it was; no pair of halves is cut in two. */
export function shortened(text: string, longest: number): string {
	if (text.length <= longest) return text;
	// Two units a character at most, so that one more of them than wanted is in any case among these.
	const characters = Array.from(text.slice(0, 2 * longest + 2));
	return characters.length > longest ? `${characters.slice(0, longest).join('')}…` : text;
}
