import { fromJson, orderSchema, SyncError, type Order, type WriteResult } from '../../../../core';

/** The order in an item. Throws ORDER_UNREADABLE. */
export function readOrder(value: unknown): Order {
	const parsed = orderSchema.safeParse(typeof value === 'string' ? fromJson(value) : value);
	if (parsed.success) return parsed.data;
	const [issue] = parsed.error.issues;
	const id = (value as { id?: unknown } | null)?.id;
	throw new SyncError('ORDER_UNREADABLE', {
		id: typeof id === 'string' || typeof id === 'number' ? id : '?',
		reason: `${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}`,
	});
}

/** The result of an item whose order or link cannot be read. */
export const unreadable = (failure: SyncError, key: string, bitrixId: string | null): WriteResult => ({
	status: failure.kind === 'conflict' ? 'conflict' : 'failed',
	key,
	moySkladId: null,
	bitrixId,
	changes: [],
	warnings: [],
	error: failure.report(),
});
