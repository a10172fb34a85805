/** MoySklad speaks Moscow time (UTC+3, no summer time) everywhere. Moments are kept as milliseconds since 1970, UTC. */
const MOSCOW = 3 * 3_600_000;
const MINUTE = 60_000;
const PATTERN = /^(\d{4})-(\d{2})-(\d{2}) (\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{3}))?)?$/;

/** `2026-11-21 15:51:16.123` */
export const formatMoment = (moment: number): string =>
	new Date(moment + MOSCOW).toISOString().slice(0, 23).replace('T', ' ');

/** `2026-11-21 15:51:16` */
export const formatSecond = (moment: number): string => formatMoment(moment).slice(0, 19);

export const toMinute = (moment: number): number => Math.floor(moment / MINUTE) * MINUTE;

/**
 * Reads `YYYY-MM-DD HH:mm:ss` with or without milliseconds, and without seconds where `shortToo` (filters only).
 * Undefined when it is not a moment; no zone and no `T` are allowed.
 */
export function parseMoment(text: string, shortToo = false): number | undefined {
	const parts = PATTERN.exec(text);
	if (!parts || (parts[6] === undefined && !shortToo)) return undefined;
	const [year, month, day, hour, minute] = parts.slice(1, 6).map(Number) as [number, number, number, number, number];
	const moment = Date.UTC(year, month - 1, day, hour, minute, Number(parts[6] ?? 0), Number(parts[7] ?? 0)) - MOSCOW;
	return formatMoment(moment).startsWith(text.slice(0, 16)) && Number(parts[6] ?? 0) < 60 ? moment : undefined;
}
