import {
	advance,
	isSeen,
	orderList,
	passOf,
	readOrderRow,
	SyncError,
	type CursorOwner,
	type Exported,
	type OrderCursor,
	type OrderFilter,
	type Pass,
} from '../../../core';
import { BITRIX_PAGE, lastId, pageCommands, rowsOf, type Batches, type Command, type Outcome } from '../../../transport';

export interface ChangedQuery {
	owner: CursorOwner;
	cursor: OrderCursor | undefined;
	/** For the first run, ISO; undefined = now, so that nothing older comes. */
	start?: string;
	overlapMinutes: number;
	/** Orders of one page at most. */
	most: number;
	filter: Pick<OrderFilter, 'statuses' | 'sites' | 'paid' | 'canceled'>;
	skipBornElsewhere: boolean;
}

export interface ChangedPage {
	ids: string[];
	/** Whether the pass goes on behind this page. */
	more: boolean;
	/** How far the export has come once the page is stored. */
	cursor: OrderCursor;
}

/** The store's clock counts, not the one of this machine. */
const TIME: Command = { key: 'time', method: 'server.time', parameters: {} };

/** Which orders changed since the cursor. One call as long as fewer than fifty did. */
export async function changedOrders(batches: Batches, query: ChangedQuery): Promise<ChangedPage> {
	const { owner, cursor, overlapMinutes } = query;
	const start = query.start ?? (cursor === undefined ? await storeTime(batches) : undefined);
	const planned = passOf(cursor, owner, { now: '', start, overlapMinutes });
	const filter: OrderFilter = { ...query.filter, since: planned.since, start: planned.start };
	const [[time] = [], first = []] = await batches.run([[TIME], pageCommands(orderList(filter), planned.after, 1)], {
		repeatable: true,
	});
	const pass: Pass = planned.at === '' ? { ...planned, at: momentOf(time) } : planned;
	const { orders, after } = await collect(batches, filter, first, pass, query);
	return { ids: orders.map(({ id }) => id), more: after !== null, cursor: advance(pass, orders, after, overlapMinutes) };
}

async function storeTime(batches: Batches): Promise<string> {
	const [[time] = []] = await batches.run([[TIME]], { repeatable: true });
	return momentOf(time);
}

interface Collected {
	orders: Exported[];
	/** Id of the last order that was looked at; null = there are no more. */
	after: number | null;
}

/** Rows page after page until there are enough, or no more. Orders that the overlap brings again are left out. */
async function collect(
	batches: Batches,
	filter: OrderFilter,
	first: Outcome[],
	pass: Pass,
	{ most, skipBornElsewhere }: ChangedQuery,
): Promise<Collected> {
	const list = orderList(filter);
	const orders: Exported[] = [];
	let { after } = pass;
	for (let pages = first; ; ) {
		for (const outcome of pages) {
			const rows = rowsOf(resultOf(outcome), list);
			if (rows.length > 0) lastId(rows, after, list.method);
			for (const row of rows.map((one) => readOrderRow(one, filter))) {
				if (orders.length === most) return { orders, after };
				after = row.id;
				const order = { id: String(row.id), updatedAt: row.dateUpdate };
				if (!isSeen(pass, order) && !(skipBornElsewhere && row.externalOrder)) orders.push(order);
			}
			if (rows.length < BITRIX_PAGE) return { orders, after: null };
		}
		if (orders.length === most) return { orders, after };
		[pages = []] = await batches.run([pageCommands(list, after, Math.ceil((most - orders.length) / BITRIX_PAGE))], {
			repeatable: true,
		});
	}
}

function resultOf(outcome: Outcome | undefined): unknown {
	if (outcome && 'result' in outcome) return outcome.result;
	throw outcome?.error ?? new SyncError('ANSWER_UNEXPECTED', { call: 'batch', reason: 'no answer' });
}

function momentOf(outcome: Outcome | undefined): string {
	const parsed = Date.parse(String(resultOf(outcome)));
	if (Number.isNaN(parsed)) throw new SyncError('ANSWER_UNEXPECTED', { call: 'server.time', reason: 'not a moment' });
	return new Date(parsed).toISOString();
}
