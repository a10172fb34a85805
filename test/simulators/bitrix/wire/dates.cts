/** The portal's time: UTC+3. Moments are kept as milliseconds since 1970, UTC, in whole seconds as its database keeps them. */
const OFFSET = 3 * 3_600_000;
const ISO = /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?)?\s*(Z|[+-]\d{2}:?\d{2})?$/i;
const RUSSIAN = /^(\d{2})\.(\d{2})\.(\d{4})(?: (\d{2}):(\d{2})(?::(\d{2}))?)?$/;

export const toSecond = (moment: number): number => Math.floor(moment / 1000) * 1000;

/** `2026-11-21T10:00:00+03:00` */
export const formatMoment = (moment: number): string => `${local(moment).slice(0, 19)}+03:00`;

/** `2026-11-21` */
export const formatDay = (moment: number): string => local(moment).slice(0, 10);

/** `2026-11-21 10:00:00` */
export const formatDatabaseMoment = (moment: number): string => local(moment).slice(0, 19).replace('T', ' ');

/** Midnight of the day in the portal's time. */
export const startOfDay = (moment: number): number => Math.floor((moment + OFFSET) / 86_400_000) * 86_400_000 - OFFSET;

/**
 * Reads ISO 8601 (with an offset, or without one in the portal's time) and `DD.MM.YYYY HH:mm:ss`.
 * Undefined when it is not a moment.
 */
export function parseMoment(text: string): number | undefined {
	const iso = ISO.exec(text.trim());
	if (iso) return momentOf(iso.slice(1, 7), iso[7]);
	const [, day, month, year, ...time] = RUSSIAN.exec(text.trim()) ?? [];
	return year === undefined ? undefined : momentOf([year, month, day, ...time]);
}

function momentOf(parts: Array<string | undefined>, zone?: string): number | undefined {
	const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts.map((part) => Number(part ?? 0));
	if (month < 1 || month > 12 || day < 1 || day > 31 || hour > 23 || minute > 59 || second > 59) return undefined;
	return Date.UTC(year, month - 1, day, hour, minute, second) - offsetOf(zone);
}

function offsetOf(zone: string | undefined): number {
	if (zone === undefined) return OFFSET;
	if (zone.toUpperCase() === 'Z') return 0;
	const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(-2));
	return (zone.startsWith('-') ? -minutes : minutes) * 60_000;
}

const local = (moment: number): string => new Date(moment + OFFSET).toISOString();
