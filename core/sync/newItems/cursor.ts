import { z } from 'zod';
import { SyncError } from '../../errors';
import { fromJson } from '../json';
import type { CursorOwner } from '../orderCursor';

const schema = z.object({
	version: z.literal(1),
	flow: z.string(),
	siteKey: z.string(),
	host: z.string(),
	catalog: z.number().int().positive(),
	/** Id of the last item that was looked at. Bitrix numbers its items upwards. */
	after: z.number().int().nonnegative(),
});

/** How far the items of a catalog were looked through for new ones. */
export type ItemCursor = z.output<typeof schema>;

/** Whose items a cursor is for: the cursor of another catalog says nothing. */
export interface ItemCursorOwner extends CursorOwner {
	/** Id of the block of goods. */
	catalog: number;
}

/** The cursor behind the item with the id `after`. */
export const itemCursor = (owner: ItemCursorOwner, after: number): ItemCursor => ({ version: 1, ...owner, after });

const WORDS = { siteKey: 'site key', host: 'host', flow: 'flow', catalog: 'catalog' };

/**
 * How far the run before has come; undefined for none. A cursor may have been kept as text. Throws NEW_ITEM_CURSOR_INVALID,
 * NEW_ITEM_CURSOR_FOREIGN (rule I5).
 */
export function readItemCursor(value: unknown, owner: ItemCursorOwner): ItemCursor | undefined {
	if (value === undefined || value === null || value === '') return undefined;
	const parsed = schema.safeParse(typeof value === 'string' ? fromJson(value) : value);
	if (!parsed.success) throw new SyncError('NEW_ITEM_CURSOR_INVALID', { reason: parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join(', ') });
	const wrong = (['siteKey', 'host', 'flow', 'catalog'] as const).find((name) => parsed.data[name] !== owner[name]);
	if (wrong) throw new SyncError('NEW_ITEM_CURSOR_FOREIGN', { what: WORDS[wrong], stored: parsed.data[wrong], present: owner[wrong] });
	return parsed.data;
}
