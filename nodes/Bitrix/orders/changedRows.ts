import { advance, isSeen, passOf, SyncError, type CursorOwner, type Exported, type OrderCursor, type Pass } from '../../../core';
import { BITRIX_PAGE, lastId, pageCommands, rowsOf, type Batches, type Command, type ListMethod, type Outcome, type Row } from '../../../transport';

export interface ChangedQuery {
	owner: CursorOwner;
	cursor: OrderCursor | undefined;
	/** For the first run, ISO; undefined = now, so that nothing older comes. */
	start?: string;
	/** The same as so many days before the store's time. */
	daysBack?: number;
	overlapMinutes: number;
	/** Objects of one page at most. */
	most: number;
}

/** One row of the list of what changed. */
export interface ChangedRow {
	id: number;
	/** ISO 8601. */
	updatedAt: string;
	/** Whether it is left out for good. */
	skip: boolean;
}

/** What is listed in a pass, and how its rows are read. Reading throws for rows that were not asked for (trap T1). */
export interface ChangedList<Found extends ChangedRow> {
	list: ListMethod;
	read(row: Row): Found;
}

export interface ChangedPage<Found extends ChangedRow = ChangedRow> {
	found: Found[];
	/** Those that are left out for good. */
	skipped: Found[];
	/** Whether the pass goes on behind this page. */
	more: boolean;
	/** How far the export has come once the page is stored. */
	cursor: OrderCursor;
}

/** The store's clock counts, not the one of this machine. */
const TIME: Command = { key: 'time', method: 'server.time', parameters: {} };

const DAY = 86_400_000;

/** What changed since the cursor. One call as long as fewer than fifty did. `listOf` gives the list for the bounds of the pass. */
export async function changedRows<Found extends ChangedRow>(
	batches: Batches,
	query: ChangedQuery,
	listOf: (pass: Pick<Pass, 'since' | 'start'>) => ChangedList<Found>,
): Promise<ChangedPage<Found>> {
	const { owner, cursor, overlapMinutes } = query;
	const planned = passOf(cursor, owner, { now: '', start: await startOf(batches, query), overlapMinutes });
	const changed = listOf(planned);
	const [[time] = [], first = []] = await batches.run([[TIME], pageCommands(changed.list, planned.after, 1)], { repeatable: true });
	const pass: Pass = planned.at === '' ? { ...planned, at: momentOf(time) } : planned;
	const { after, ...rows } = await collect(batches, changed, first, pass, query.most);
	return { ...rows, more: after !== null, cursor: advance(pass, rows.found.map(toExported), after, overlapMinutes) };
}

const toExported = ({ id, updatedAt }: ChangedRow): Exported => ({ id: String(id), updatedAt });

async function startOf(batches: Batches, { start, cursor, daysBack = 0 }: ChangedQuery): Promise<string | undefined> {
	if (start !== undefined || cursor !== undefined) return start;
	const [[time] = []] = await batches.run([[TIME]], { repeatable: true });
	return new Date(Date.parse(momentOf(time)) - daysBack * DAY).toISOString();
}

interface Collected<Found> {
	found: Found[];
	skipped: Found[];
	/** Id of the last row that was looked at; null = there are no more. */
	after: number | null;
}

/** Rows page after page until there are enough, or no more. Those that the overlap brings again are left out. */
async function collect<Found extends ChangedRow>(batches: Batches, { list, read }: ChangedList<Found>, first: Outcome[], pass: Pass, most: number): Promise<Collected<Found>> {
	const found: Found[] = [];
	const skipped: Found[] = [];
	let { after } = pass;
	for (let pages = first; ; ) {
		for (const outcome of pages) {
			const rows = rowsOf(resultOf(outcome), list);
			if (rows.length > 0) lastId(rows, after, list);
			for (const row of rows.map(read)) {
				if (found.length === most) return { found, skipped, after };
				after = row.id;
				if (row.skip) skipped.push(row);
				else if (!isSeen(pass, toExported(row))) found.push(row);
			}
			if (rows.length < BITRIX_PAGE) return { found, skipped, after: null };
		}
		if (found.length === most) return { found, skipped, after };
		[pages = []] = await batches.run([pageCommands(list, after, Math.ceil((most - found.length) / BITRIX_PAGE))], { repeatable: true });
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
