import { result, SyncError, type Parameter, type Parameters } from '../../core';
import { resultOf, type Batches, type Command, type Outcome } from './batch';
import type { BitrixClient } from './client';

/** A row as Bitrix gives it, in the spelling of its method. */
export type Row = Record<string, unknown>;

/** How a list is asked for, and where in its answer the rows are. */
export interface ListMethod {
	method: string;
	/** Under which key of `result` the rows lie; methods differ, their pages in github bitrix24/b24restdocs say it. Undefined: `result` is the list. */
	rows?: string;
	parameters?: Parameters;
	/** The field by which its rows are told apart; `id` when left out, `ID` in the older methods of the CRM. */
	idField?: string;
}

/** Rows of a page, fixed by Bitrix. */
export const PAGE = 50;

/** Pages asked for in one batch, each beginning after the last row of the one before; fewer at first, since most lists are short. */
const PAGES_A_CALL = 50;
const PAGES_AT_FIRST = 4;

/**
 * All rows of a list that can be ordered and filtered by its id, page by page without counting (`start: -1`). Throws
 * BITRIX_CURSOR_STALLED when the ids do not rise, ANSWER_UNEXPECTED for what is no list; never BITRIX_FILTER_IGNORED: what the
 * filter was, only the caller knows. Source: github bitrix24/b24restdocs, `settings/performance`.
 */
export async function* readRows(client: BitrixClient, list: ListMethod): AsyncGenerator<Row[]> {
	for (let last = 0; ; ) {
		const rows = rowsOf(await client.read(list.method, page(list, last)), list);
		if (rows.length > 0) yield rows;
		if (rows.length < PAGE) return;
		last = lastId(rows, last, list);
	}
}

/** All rows of a list, 2,500 a call: the pages of one batch follow each other. For lists that are read whole. Throws what `readRows` throws. */
export async function readAllRows(batches: Batches, list: ListMethod, pagesAtFirst = PAGES_AT_FIRST): Promise<Row[]> {
	const [outcomes = []] = await batches.run([pageCommands(list, 0, pagesAtFirst)], { repeatable: true });
	return await restOfRows(batches, list, outcomes);
}

/**
 * All rows of a list, the first pages of which were read with `pageCommands`, so that several lists can share a batch. Throws
 * what `readRows` throws.
 */
export async function restOfRows(batches: Batches, list: ListMethod, first: readonly Outcome[]): Promise<Row[]> {
	const rows: Row[] = [];
	for await (const some of pagesFrom(batches, list, first)) rows.push(...some);
	return rows;
}

/** All rows of a list, 2,500 a call, but never more than those of one call in memory. Throws what `readRows` throws. */
export async function* readRowPages(batches: Batches, list: ListMethod): AsyncGenerator<Row[]> {
	const [outcomes = []] = await batches.run([pageCommands(list, 0, PAGES_AT_FIRST)], { repeatable: true });
	yield* pagesFrom(batches, list, outcomes);
}

async function* pagesFrom(batches: Batches, list: ListMethod, first: readonly Outcome[]): AsyncGenerator<Row[]> {
	for (let last = 0, outcomes = first; ; [outcomes = []] = await batches.run([pageCommands(list, last, PAGES_A_CALL)], { repeatable: true })) {
		for (const outcome of outcomes) {
			if ('error' in outcome) throw outcome.error;
			const rows = rowsOf(outcome.result, list);
			yield rows;
			if (rows.length < PAGE) return;
			last = lastId(rows, last, list);
		}
	}
}

/** Some rows of a list, in the order of their ids. */
export interface RowPage {
	rows: Row[];
	/** Id of the last row that was looked at. */
	last: number;
	more: boolean;
}

/**
 * Up to about `most` rows behind the id `after`, in one batch. Throws BITRIX_CURSOR_STALLED, ANSWER_UNEXPECTED, and the error of
 * a page that failed.
 */
export async function rowsAfter(batches: Batches, list: ListMethod, after: number, most: number): Promise<RowPage> {
	const page: RowPage = { rows: [], last: after, more: true };
	const [outcomes = []] = await batches.run([pageCommands(list, after, Math.ceil(most / PAGE))], { repeatable: true });
	for (const outcome of outcomes) {
		const rows = rowsOf(resultOf(outcome), list);
		page.rows.push(...rows);
		page.more = rows.length === PAGE;
		if (rows.length > 0) page.last = lastId(rows, page.last, list);
		if (!page.more) break;
	}
	return page;
}

/** One group: pages that each begin after the last row of the one before, the first one after the row `after`. */
export function pageCommands(list: ListMethod, after: number, pages: number): Command[] {
	return Array.from({ length: pages }, (_, index) => ({
		key: `p${index}`,
		method: list.method,
		parameters: page(list, index === 0 ? after : result(`p${index - 1}`, ...(list.rows === undefined ? [] : [list.rows]), String(PAGE - 1), list.idField ?? 'id')),
	}));
}

/** The rows of a list's `result`. Throws ANSWER_UNEXPECTED. */
export function rowsOf(answer: unknown, { method, rows: key }: ListMethod): Row[] {
	const found = key === undefined ? answer : (answer as Row | null)?.[key];
	// PHP makes an object of a list whose numbers have gaps.
	const rows = isRow(found) ? Object.values(found) : found;
	if (!Array.isArray(rows) || !rows.every(isRow)) throw new SyncError('ANSWER_UNEXPECTED', { call: method, reason: `no ${key ?? 'list'}` });
	return rows;
}

const isRow = (value: unknown): value is Row => typeof value === 'object' && value !== null && !Array.isArray(value);

function page({ parameters = {}, idField = 'id' }: ListMethod, after: Parameter): Parameters {
	const filter = (parameters.filter ?? {}) as Parameters;
	return { ...parameters, filter: { ...filter, [`>${idField}`]: after }, order: { [idField]: 'ASC' }, start: -1 };
}

/** The id of the last row. Throws BITRIX_CURSOR_STALLED when ids do not rise from `before` on. */
export function lastId(rows: Row[], before: number, { method, idField = 'id' }: Pick<ListMethod, 'method' | 'idField'>): number {
	const ids = rows.map((row) => Number(row[idField]));
	const last = ids.at(-1) ?? NaN;
	if (!(last > before) || ids.some((id, index) => !(id > (ids[index - 1] ?? before)))) throw new SyncError('BITRIX_CURSOR_STALLED', { call: method });
	return last;
}
