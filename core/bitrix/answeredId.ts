import { SyncError } from '../errors';

/** An id in a row of the answer to `call`: a number, or the text of one. Throws ANSWER_UNEXPECTED: what has no id cannot be told from others. */
export function answeredId(row: Record<string, unknown>, call: string, field = 'id'): number {
	const value = row[field];
	const id = typeof value === 'number' || typeof value === 'string' ? Number(value) : NaN;
	if (Number.isSafeInteger(id) && id > 0) return id;
	throw new SyncError('ANSWER_UNEXPECTED', { call, reason: `a row without ${field}` });
}
