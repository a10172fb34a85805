/** Written by people: no offset at its end. */
const WITHOUT_OFFSET = /^\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?$/;

/**
 * Milliseconds since 1970 of a moment in ISO 8601; one without an offset is what the clocks of the time zone show.
 * NaN when it is no moment. Throws RangeError for a zone that does not exist.
 */
export function momentIn(zone: string, text: string): number {
	const trimmed = text.trim();
	if (!WITHOUT_OFFSET.test(trimmed)) return Date.parse(trimmed);
	const shown = Date.parse(trimmed.length === 10 ? `${trimmed}T00:00:00Z` : `${trimmed.replace(' ', 'T')}Z`);
	// The offset of the first guess may be that of the other side of a change to summer time.
	const guess = shown - offsetAt(zone, shown);
	return shown - offsetAt(zone, guess);
}

/** How far the clocks of the zone are ahead of UTC at a moment, in milliseconds. */
function offsetAt(zone: string, moment: number): number {
	if (Number.isNaN(moment)) return NaN;
	const format = new Intl.DateTimeFormat('en-US', {
		timeZone: zone,
		hourCycle: 'h23',
		year: 'numeric',
		month: '2-digit',
		day: '2-digit',
		hour: '2-digit',
		minute: '2-digit',
		second: '2-digit',
	});
	const part = Object.fromEntries(format.formatToParts(moment).map(({ type, value }) => [type, Number(value)]));
	const shown = Date.UTC(part.year ?? 0, (part.month ?? 1) - 1, part.day, part.hour, part.minute, part.second);
	return shown - Math.floor(moment / 1000) * 1000;
}
