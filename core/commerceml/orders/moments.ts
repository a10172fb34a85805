import { SyncError } from '../../errors';
import { momentIn, siteClock } from '../../model/wallClock';
import type { Reading } from '../codec/reading';

/** Documents write what the clocks of the site show, without saying where that is: `21.11.2026 10:00:00`, or ISO. */
const RUSSIAN = /^(\d{2})\.(\d{2})\.(\d{4})(?:[T ](\d{2}:\d{2}(?::\d{2})?))?$/;

/** ISO in UTC; undefined for what is no moment. */
export function siteMoment(text: string, zone: string): string | undefined {
	const [, day, month, year, time = '00:00:00'] = RUSSIAN.exec(text.trim()) ?? [];
	const milliseconds = momentIn(zone, day === undefined ? text : `${year}-${month}-${day}T${time}`);
	return Number.isNaN(milliseconds) ? undefined : new Date(milliseconds).toISOString();
}

/** The same of a requisite, ISO in UTC: null when it is empty, and a finding when it is no moment. */
export function momentIfSaid(text: string, name: string, zone: string, reading: Reading): string | null {
	if (text === '') return null;
	const moment = siteMoment(text, zone);
	if (moment === undefined) reading.note('COMMERCEML_VALUE_INVALID', name, { value: text.slice(0, 100), expected: 'a moment' });
	return moment ?? null;
}

/**
 * What the clocks of a time zone show at a moment that a user gave; `now` (milliseconds since 1970) when he gave none. Throws
 * ORDER_UPDATE_INVALID.
 */
export function siteTime(zone: string, text: string, now: number): { day: string; time: string } {
	const moment = text.trim() === '' ? now : momentIn(zone, text);
	if (Number.isNaN(moment)) throw new SyncError('ORDER_UPDATE_INVALID', { reason: `“${text.slice(0, 40)}” is not a moment` });
	return siteClock(zone, moment);
}
