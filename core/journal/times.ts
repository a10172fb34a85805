import { siteClock } from '../model/wallClock';
import type { Period, Tally } from './tally';

/** A day, or an hour in a period of three days or less, as the clocks of the zone have it: `2026-11-30`, `2026-11-30T05:00+03:00`. */
export interface TimeShare {
	at: string;
	succeeded: number;
	failed: number;
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const BY_THE_HOUR = 72 * HOUR;

/**
 * What was counted in each day of a period, or in each hour of a short one, the earliest first. Counts are by the hours of UTC: where the
 * zone is half an hour off, the hour that midnight cuts in two belongs to the day in which it begins.
 * Throws RangeError for a zone that does not exist.
 */
export function timesOf({ hours }: Tally, { from, to }: Period, zone: string): TimeShare[] {
	const named = to - from <= BY_THE_HOUR ? hourName : dayName;
	const sums = new Map<string, TimeShare>();
	const open = (name: string): void => void (sums.has(name) || sums.set(name, { at: name, succeeded: 0, failed: 0 }));
	// Hour by hour, since a day is not always 24 of them.
	for (let at = from; at < to; at = nextHour(at)) open(named(zone, at));
	open(named(zone, to - 1));
	for (const [hour, { succeeded, failed }] of Object.entries(hours)) {
		const begins = Date.parse(`${hour}:00:00Z`);
		if (!(begins < to && nextHour(begins) > from)) continue;
		const known = sums.get(named(zone, Math.max(begins, from)));
		if (!known) continue;
		known.succeeded += succeeded;
		known.failed += failed;
	}
	return [...sums.values()];
}

const hourOf = (at: number): number => Math.floor(at / HOUR) * HOUR;
const nextHour = (at: number): number => hourOf(at) + HOUR;

const dayName = (zone: string, at: number): string => siteClock(zone, at).day;

/** With its offset: the hour that comes twice when the clocks are set back is two. */
function hourName(zone: string, at: number): string {
	const { day, time } = siteClock(zone, hourOf(at));
	const minutes = Math.round((Date.parse(`${day}T${time}Z`) - hourOf(at)) / MINUTE);
	const [hours, rest] = [Math.floor(Math.abs(minutes) / 60), Math.abs(minutes) % 60].map((part) => String(part).padStart(2, '0'));
	return `${day}T${time.slice(0, 5)}${minutes < 0 ? '-' : '+'}${hours}:${rest}`;
}
