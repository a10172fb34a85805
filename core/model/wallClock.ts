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
	const { day, time } = siteClock(zone, moment);
	return Date.parse(`${day}T${time}Z`) - Math.floor(moment / 1000) * 1000;
}

/**
 * What the clocks of the zone show at a moment (milliseconds since 1970), as `2026-11-20` and `18:45:21`. Throws RangeError for
 * a zone that does not exist.
 */
export function siteClock(zone: string, moment: number): { day: string; time: string } {
	const part = Object.fromEntries(clockOf(zone).formatToParts(moment).map(({ type, value }) => [type, value]));
	return { day: `${part.year}-${part.month}-${part.day}`, time: `${part.hour}:${part.minute}:${part.second}` };
}

/** Whether there is a time zone of that name (IANA), e.g. `Europe/Moscow`. */
export function isZone(name: string): boolean {
	try {
		return clockOf(name) !== undefined;
	} catch {
		return false;
	}
}

/** To make one takes a thousand times as long as to ask it. */
const clocks = new Map<string, Intl.DateTimeFormat>();

function clockOf(zone: string): Intl.DateTimeFormat {
	const known = clocks.get(zone);
	if (known) return known;
	const clock = new Intl.DateTimeFormat('en-CA', {
		timeZone: zone, hourCycle: 'h23', year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', second: '2-digit',
	});
	clocks.set(zone, clock);
	return clock;
}
