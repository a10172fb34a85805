import { z } from 'zod';
import { SyncError } from '../../errors';
import { fromJson } from '../../sync/json';
import type { Link } from '../../sync/link';
import { orderCopySchema, type OrderCopy } from './copy';

/** Kind of the link that holds the copy of an order. */
const ORDER_COPY_LINK = 'exchangeorder';

/** What is remembered of an order of a site that cannot be read again when it is to be changed (rule I2). */
export interface OrderCopyLink extends Link {
	type: typeof ORDER_COPY_LINK;
	snapshot: OrderCopy;
}

/** `written`: marks of what the site was told; an export knows of none. */
export const orderCopyLink = (flow: string, snapshot: OrderCopy, written: Record<string, string> = {}): OrderCopyLink => ({
	flow, type: ORDER_COPY_LINK, key: snapshot.id, moySkladId: null, externalCode: null, bitrixId: snapshot.id, parent: null, written, pictures: {}, snapshot,
});

/**
 * The copy in a link of an order, or the copy itself; either may have been kept as text.
 * Throws ORDER_UPDATE_NO_SNAPSHOT, ORDER_UPDATE_SNAPSHOT_INVALID.
 */
export function readOrderCopy(value: unknown, order: string, flow: string): OrderCopy {
	const given = typeof value === 'string' && value !== '' ? fromJson(value) : value;
	if (given === undefined || given === null || given === '') throw new SyncError('ORDER_UPDATE_NO_SNAPSHOT');
	const link = given as Partial<OrderCopyLink>;
	if (link.snapshot !== undefined && link.flow !== flow) throw invalid('it belongs to another flow');
	const parsed = orderCopySchema.safeParse(link.snapshot ?? given);
	if (!parsed.success) throw invalid(parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`)[0] ?? 'unknown form');
	if (parsed.data.id !== order) throw invalid(`it is that of the order ${parsed.data.id}`);
	return parsed.data;
}

const toldSchema = z.object({ type: z.literal(ORDER_COPY_LINK), key: z.string(), flow: z.string(), written: z.record(z.string()) });

/** What the site was told last, by the link that the last change of the order gave; undefined when nobody remembers, or it is another order's. */
export function toldBefore(value: unknown, order: string, flow: string): Record<string, string> | undefined {
	const parsed = toldSchema.safeParse(typeof value === 'string' ? fromJson(value) : value);
	if (!parsed.success || parsed.data.key !== order || parsed.data.flow !== flow) return undefined;
	return Object.keys(parsed.data.written).length > 0 ? parsed.data.written : undefined;
}

const invalid = (reason: string): SyncError => new SyncError('ORDER_UPDATE_SNAPSHOT_INVALID', { reason });
