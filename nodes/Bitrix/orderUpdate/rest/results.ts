import { SyncError } from '../../../../core';
import { fail, type Entry, type StoreOrderResult } from './entry';

/** One result an item, in their order. */
export function resultsOf(entries: readonly Entry[]): StoreOrderResult[] {
	return entries.map((entry) => {
		if (!entry.result) fail(entry, new SyncError('UNEXPECTED', { reason: 'the order was forgotten' }));
		return entry.result as StoreOrderResult;
	});
}
