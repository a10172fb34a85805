import { orderList, readOrderRow, type OrderCursor, type OrderFilter } from '../../../core';
import type { Batches } from '../../../transport';
import { changedRows, type ChangedQuery } from './changedRows';

export interface ChangedOrdersQuery extends ChangedQuery {
	filter: Pick<OrderFilter, 'statuses' | 'sites' | 'paid' | 'canceled'>;
	skipBornElsewhere: boolean;
}

export interface ChangedOrdersPage {
	ids: string[];
	/** Whether the pass goes on behind this page. */
	more: boolean;
	/** How far the export has come once the page is stored. */
	cursor: OrderCursor;
}

/** Which orders changed since the cursor. One call as long as fewer than fifty did. */
export async function changedOrders(batches: Batches, query: ChangedOrdersQuery): Promise<ChangedOrdersPage> {
	const { found, more, cursor } = await changedRows(batches, query, ({ since, start }) => {
		const filter: OrderFilter = { ...query.filter, since, start };
		return {
			list: orderList(filter),
			read: (row) => {
				const { id, dateUpdate, externalOrder } = readOrderRow(row, filter);
				return { id, updatedAt: dateUpdate, skip: query.skipBornElsewhere && externalOrder };
			},
		};
	});
	return { ids: found.map(({ id }) => String(id)), more, cursor };
}
