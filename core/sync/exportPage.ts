import { z } from 'zod';
import { SyncError, type ErrorKind } from '../errors';
import { fromJson } from './json';
import { readOrderCursor, type CursorOwner, type OrderCursor } from './orderCursor';
import { isFailed, type WriteResult } from './result';

/** What one run of the export gave, beside the orders themselves. */
export interface ExportPage {
	cursor: OrderCursor;
	/** Ids of the orders of the page; all of them need a result before the cursor is stored. */
	orders: string[];
	/** Whether the next page can be read at once. */
	more: boolean;
	confirmed: boolean;
}

const pageSchema = z.object({ cursor: z.unknown(), orders: z.array(z.string()), more: z.boolean(), confirmed: z.boolean() });

/** Whether it is the page of an export, not kept as text. Whose it is is not looked at: see `readExportPage`. */
export const isExportPage = (value: unknown): boolean => pageSchema.safeParse(value).success;

/** The page that an export gave; it may have been kept as text. Throws ORDER_CURSOR_INVALID, ORDER_CURSOR_FOREIGN. */
export function readExportPage(value: unknown, owner: CursorOwner): ExportPage {
	const parsed = pageSchema.safeParse(typeof value === 'string' ? fromJson(value) : value);
	const cursor = parsed.success ? readOrderCursor(parsed.data.cursor, owner) : undefined;
	if (!parsed.success || cursor === undefined)
		throw new SyncError('ORDER_CURSOR_INVALID', { reason: 'it is not the page that an export gave on its output Cursor' });
	return { ...parsed.data, cursor };
}

const marksSchema = z.object({ marks: z.record(z.string()) });

/** What tells whether orders of a page have changed since, by their ids: exports over the 1C exchange say it. Throws ORDER_CURSOR_INVALID. */
export function exportMarks(value: unknown): Record<string, string> {
	const parsed = marksSchema.safeParse(typeof value === 'string' ? fromJson(value) : value);
	if (parsed.success) return parsed.data.marks;
	throw new SyncError('ORDER_CURSOR_INVALID', { reason: 'it is not the page that an export over the 1C exchange gave' });
}

type Outcome = Pick<WriteResult, 'status' | 'bitrixId' | 'error'>;

/**
 * The results that are to be kept as dead letters: final failures of single orders. Everything else is stored.
 * Throws ORDER_EXPORT_OPEN when an order of the page has no result, or only one that a repetition can still turn into a success,
 * and PREVIEW_ONLY when what would be written was only shown: a cursor that moved on would leave such orders behind for good.
 */
export function deadLetters<Result extends Outcome>(orders: readonly string[], results: readonly Result[]): Result[] {
	const byOrder = new Map<string, Result>();
	for (const result of results) {
		const known = byOrder.get(result.bitrixId ?? '');
		if (known === undefined || isOpen(known) || (isFailed(known) && !isFailed(result)))
			byOrder.set(result.bitrixId ?? '', result);
	}
	const open = orders.filter((id) => isOpen(byOrder.get(id)));
	if (open.length > 0) throw new SyncError('ORDER_EXPORT_OPEN', { ids: shown(open) });
	const previewed = orders.filter((id) => byOrder.get(id)?.status === 'planned');
	if (previewed.length > 0) throw new SyncError('PREVIEW_ONLY', { ids: shown(previewed) });
	return orders.flatMap((id) => byOrder.get(id) ?? []).filter(isFailed);
}

/** Troubles of the connection or the account, e.g. a token that was revoked, are none of the order: it will succeed when they are over. */
const NOT_OF_THE_ORDER: ReadonlySet<ErrorKind> = new Set(['auth', 'connection', 'limit', 'server']);

function isOpen(result: Outcome | undefined): boolean {
	if (result === undefined) return true;
	const { error } = result;
	return isFailed(result) && (error === undefined || error.retryable || NOT_OF_THE_ORDER.has(error.kind));
}

const shown = (ids: readonly string[]): string =>
	ids.length > 20 ? `${ids.slice(0, 20).join(', ')} and ${ids.length - 20} more` : ids.join(', ');
