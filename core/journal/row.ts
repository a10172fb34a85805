import type { WriteStatus } from '../sync/result';
import type { LimitUse } from './limitUse';

/** One row of the journal, as both kinds of tables keep it: flat, texts are empty where there is nothing to say. */
export interface JournalRow {
	/** When the results were handed in, ISO 8601, UTC. */
	time: string;
	/** One object that was looked at or written, or the sum of all that one call of the journal was told. */
	kind: 'operation' | 'summary';
	flow: string;
	/** Id of the execution that began it: pages of a run, which are executions of their own, name that of the whole. */
	run: string;
	/** What was done, e.g. `Upsert Items`. */
	operation: string;
	/** Sides, e.g. `moySklad` and `bitrix`. */
	source: string;
	target: string;
	/** Kind of the objects, e.g. `item`, `stock`, `order`. */
	object: string;
	key: string;
	moySkladId: string;
	bitrixId: string;
	/** Of a summary: `failed` when one of its objects is. */
	status: WriteStatus | 'succeeded';
	/** JSON of `[{ field, from, to }]`, masked; the first ones, as many as fit. */
	changes: string;
	/** Milliseconds: of a summary from the beginning until now; of an operation its share of that, since objects are written together. */
	duration: number | null;
	/** Calls of both platforms that the run made since it told the journal last; of a summary only. */
	calls: number | null;
	errorCode: string;
	retryable: boolean;
	/** What happened, masked. */
	message: string;
	/** What joins rows of the same cause: given by the caller, or the run. */
	correlationId: string;
	/** Milliseconds since 1970 from which on the row may be deleted. */
	expires: number;
	/** Of a summary, JSON of Totals. */
	totals: string;
}

/** What a summary counts. */
export interface Totals {
	total: number;
	statuses: Partial<Record<WriteStatus, number>>;
	/** Errors by their codes. */
	errors: Record<string, number>;
	/** Remarks that stopped nothing, by their codes. */
	warnings: Record<string, number>;
	limits: LimitUse[];
}
