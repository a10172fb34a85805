import { checkFinding, type CheckArea, type CheckFinding } from './finding';

const DAY = 86_400_000;
const SOON_DAYS = 30;

/**
 * Neither platform tells when a token or webhook ends: the date is what somebody entered.
 * @param ends ISO 8601; empty or no date: nothing is said
 * @param now milliseconds since 1970
 */
export function expiryFindings(area: CheckArea, system: string, ends: string, now: number): CheckFinding[] {
	const moment = Date.parse(ends);
	if (Number.isNaN(moment)) return [];
	const date = ends.slice(0, 10);
	const days = Math.floor((moment - now) / DAY);
	if (moment <= now) return [checkFinding(area, 'error', 'CHECK_EXPIRED', { system, date })];
	return days <= SOON_DAYS ? [checkFinding(area, 'warning', 'CHECK_EXPIRES_SOON', { system, date, days })] : [];
}
