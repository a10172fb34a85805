import { z } from 'zod';
import { SyncError } from '../errors';
import { fromJson } from '../sync/json';

const schema = z.object({
	/** Goods come before offers; a list that has no parts has one. */
	part: z.enum(['goods', 'offers', 'orders']),
	/** Id of the last row that was looked at. Bitrix numbers upwards. */
	after: z.number().int().nonnegative(),
});

/** How far one pass over what Bitrix has is done. It lives as long as the pass. */
export type DriftCursor = z.output<typeof schema>;

/** The cursor that a page before gave, as an object or as text; the beginning for none. Throws DRIFT_CURSOR_INVALID. */
export function readDriftCursor(value: unknown, parts: ReadonlyArray<DriftCursor['part']>, operation: string): DriftCursor {
	if (value === undefined || value === null || value === '') return { part: parts[0] ?? 'goods', after: 0 };
	const parsed = schema.safeParse(typeof value === 'string' ? fromJson(value) : value);
	if (!parsed.success || !parts.includes(parsed.data.part)) throw new SyncError('DRIFT_CURSOR_INVALID', { operation });
	return parsed.data;
}
