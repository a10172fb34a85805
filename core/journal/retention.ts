const DAY = 86_400_000;

/** For how many days rows are kept. */
export interface Retention {
	/** Objects that were written or were fine. */
	days: number;
	/** Failed objects, and summaries: what reports and questions are about. Never shorter than `days`. */
	errorDays: number;
}

/** From when on a row may be deleted, milliseconds since 1970. A row carries it, so one condition on the table is the whole rule. */
export const expiry = (now: number, lasting: boolean, { days, errorDays }: Retention): number =>
	now + DAY * (lasting ? Math.max(days, errorDays) : days);
