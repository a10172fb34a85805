import { SyncError, type Parameters } from '../../../core';
import { BITRIX_PAGE, readRows, rowsOf, type Batches, type BitrixClient, type ListMethod, type Outcome, type Row } from '../../../transport';
import { PARALLEL } from './session';

/** With what questions are asked. */
export interface Asking {
	readonly batches: Batches;
	readonly client: BitrixClient;
}

/** A question for the rows that belong to some values, and what to do with the answer. */
export interface Question<Value> {
	list: ListMethod;
	/** `select` and `filter` for some of the values. */
	parameters(part: Value[]): Parameters;
	/** Gets all rows of a part. May throw: then the part has failed. */
	take(rows: Row[], part: Value[]): void;
	fail(error: SyncError, part: Value[]): void;
}

/** Asks part by part, fifty parts a call. A part that cannot be read does not stop the others; what concerns the whole run is thrown. */
export async function askInParts<Value>(session: Asking, parts: readonly Value[][], question: Question<Value>): Promise<void> {
	const { list, parameters, take, fail } = question;
	const queries = parts.map((part) => parameters(part));
	// Counted, since only the total tells whether a full page was all.
	const commands = queries.map((query) => ({ method: list.method, parameters: { ...query, order: { [list.idField ?? 'id']: 'ASC' }, start: 0 } }));
	const outcomes = await session.batches.each(commands, { repeatable: true, parallel: PARALLEL });
	for (const [index, part] of parts.entries()) {
		try {
			take(await wholeList(session, { ...list, parameters: queries[index] }, outcomes[index]), part);
		} catch (error) {
			fail(partOnly(error), part);
		}
	}
}

/** More rows than a page mean that some value has several: then all are read. */
async function wholeList(session: Asking, list: ListMethod, outcome: Outcome | undefined): Promise<Row[]> {
	const rows = rowsIn(outcome, list);
	const total = outcome && 'total' in outcome ? outcome.total : undefined;
	if (rows.length < BITRIX_PAGE || rows.length === total) return rows;
	const all: Row[] = [];
	for await (const page of readRows(session.client, list)) all.push(...page);
	return all;
}

/** The rows in one answer of a batch. Throws the error of the catalogue that stands there instead. */
export function rowsIn(outcome: Outcome | undefined, list: ListMethod): Row[] {
	if (!outcome) throw new SyncError('ANSWER_UNEXPECTED', { call: list.method, reason: 'no answer' });
	if ('error' in outcome) throw outcome.error;
	return rowsOf(outcome.result, list);
}

/** Throws what concerns the whole run; gives what concerns only this part of it. */
export function partOnly(error: unknown): SyncError {
	if (error instanceof SyncError && error.code !== 'BITRIX_FILTER_IGNORED' && error.code !== 'STOPPED') return error;
	throw error;
}
