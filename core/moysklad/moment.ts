/**
 * MoySklad's dates: "2026-11-21 15:51:16.123" in Moscow time, which is UTC+3 without daylight saving.
 * Everywhere else in the package a moment is ISO 8601 in UTC or milliseconds since 1970.
 */
const MOSCOW_OFFSET = 3 * 60 * 60 * 1000;

/** Milliseconds since 1970 → "2026-11-21 15:51:16.123". Source: github moysklad/api-remap-1.2-doc, `md/_general.md` (dates are in Moscow time). */
export const toMoscow = (milliseconds: number): string =>
	new Date(milliseconds + MOSCOW_OFFSET).toISOString().replace('T', ' ').replace('Z', '');

/** "2026-11-21 15:51:16(.123)" → milliseconds since 1970. Throws RangeError when it is not such a moment. */
export function fromMoscow(moment: string): number {
	const match = /^(\d{4}-\d{2}-\d{2}) (\d{2}:\d{2})(:\d{2}(?:\.\d{1,3})?)?$/.exec(moment);
	const parsed = match ? Date.parse(`${match[1]}T${match[2]}${match[3] ?? ':00'}Z`) : NaN;
	if (Number.isNaN(parsed)) throw new RangeError(`Not a MoySklad moment: ${moment}`);
	return parsed - MOSCOW_OFFSET;
}

/**
 * Any moment that users and n8n hand in (ISO 8601, a Luxon-like object's text, MoySklad's own form) → MoySklad's form. Throws
 * RangeError when it is no moment.
 */
export function anyToMoscow(moment: string): string {
	if (/^\d{4}-\d{2}-\d{2} \d{2}:\d{2}/.test(moment)) return toMoscow(fromMoscow(moment));
	const parsed = Date.parse(moment);
	if (Number.isNaN(parsed)) throw new RangeError(`Not a moment: ${moment}`);
	return toMoscow(parsed);
}

/** A moment in an answer as ISO 8601 in UTC; null for none, and for what is no moment. */
export function anyMoment(moment: string | null): string | null {
	try {
		return moment === null ? null : new Date(fromMoscow(moment)).toISOString();
	} catch {
		return null;
	}
}
