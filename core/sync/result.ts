import { SyncError, type ErrorCode, type ErrorDetails, type ErrorReport } from '../errors';

/** What became of one input item of a write node. */
export const WRITE_STATUSES = [
	'created',
	'updated',
	'unchanged',
	'deactivated',
	'deleted',
	/** Preview: nothing was written; `changes` says what would have been. */
	'planned',
	/** Left out by a rule that the user chose; `warnings` says which. */
	'skipped',
	/** A decision is needed; nothing was written. */
	'conflict',
	/** Written where the answer is no proof. */
	'unverified',
	'failed',
] as const;

/** One of them. */
export type WriteStatus = (typeof WRITE_STATUSES)[number];

/** One field that differs. Values as the target shows them; money in major units with the currency, weights in grams. */
export interface FieldChange {
	field: string;
	from: unknown;
	to: unknown;
}

/** A remark that does not stop the item. `code` is one of the catalogue. */
export type Warning = Pick<ErrorReport, 'code' | 'message' | 'advice'>;

/** The result item of every write node. */
export interface WriteResult<Link = unknown> {
	status: WriteStatus;
	/** The key by which the object was looked up (XML_ID, syncId). */
	key: string;
	moySkladId: string | null;
	bitrixId: string | null;
	changes: FieldChange[];
	warnings: Warning[];
	link?: Link;
	error?: ErrorReport;
}

/** Results that go to the *Failed* output. */
export const isFailed = ({ status }: Pick<WriteResult, 'status'>): boolean => status === 'failed' || status === 'conflict';

/** A remark with what the catalogue says about its code. */
export function warning(code: ErrorCode, details: ErrorDetails = {}): Warning {
	const { message, advice } = new SyncError(code, details);
	return { code, message, advice };
}
