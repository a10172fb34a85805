import { conflictShown, SyncError, type FieldChange, type FullOrder, type StoreOrderLink, type StoreWish, type Warning, type WriteResult, type WriteStatus } from '../../../../core';

export type StoreOrderResult = WriteResult<StoreOrderLink>;

/** One input item on its way into the store. */
export interface Entry {
	item: number;
	/** Undefined for an item that could not be read, and for an order that was deleted in MoySklad. */
	order: FullOrder | undefined;
	/** By which the link is looked up. */
	key: string;
	moySkladId: string | null;
	link: StoreOrderLink | undefined;
	/** Id of the order of the store, as soon as it is known. */
	bitrixId: string | null;
	/** What the store is to be told; made when the order of the store was read. */
	wish: StoreWish | undefined;
	/** What the making of the wish, and the store's abilities, have to say. */
	remarks: Warning[];
	/** What was written, in this run. */
	changes: FieldChange[];
	/** What was sent, and nobody knows whether it was carried out. */
	open: FieldChange[];
	/** This run made the order. */
	made: boolean;
	result: StoreOrderResult | undefined;
	/** Why nobody knows what became of the last attempt. */
	unsure: SyncError | undefined;
}

export const newEntry = (item: number, known: Partial<Entry> = {}): Entry => ({
	item, order: undefined, key: '', moySkladId: null, link: undefined, bitrixId: null, wish: undefined, remarks: [], changes: [], open: [], made: false, result: undefined, unsure: undefined, ...known,
});

/** Ends the way of an entry. */
export function finish(entry: Entry, status: WriteStatus, warnings: readonly Warning[] = [], link?: StoreOrderLink): void {
	const { key, moySkladId, bitrixId, changes, remarks } = entry;
	entry.result = { status, key, moySkladId, bitrixId, changes, warnings: unique([...remarks, ...warnings]), ...(link && { link }) };
}

/** A failure, or a decision that somebody else has to take. */
export function fail(entry: Entry, error: unknown, warnings: readonly Warning[] = []): void {
	const failure = error instanceof SyncError ? error : new SyncError('UNEXPECTED', { reason: error instanceof Error ? error.message : String(error) }, { cause: error });
	const shown = conflictShown(failure);
	entry.changes.push(...shown.changes);
	finish(entry, failure.kind === 'conflict' ? 'conflict' : 'failed', [...warnings, ...shown.warnings]);
	if (entry.result) entry.result.error = failure.report();
}

/** Left out by a rule. */
export function skip(entry: Entry, reason: Warning): void {
	finish(entry, 'skipped', [reason]);
}

const unique = (warnings: readonly Warning[]): Warning[] => [...new Map(warnings.map((warning) => [`${warning.code} ${warning.message}`, warning])).values()];
