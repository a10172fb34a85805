import { isFailed, SyncError, variantKey } from '../../../core';
import { fail, refuseRepeatedKeys, type Entry } from './entry';
import type { CatalogSession } from './session';

/** Gives variants their keys, once those of their products are known. Ends the way of those whose product was not found or failed. */
export function placeVariants(session: CatalogSession, offers: readonly Entry[]): void {
	for (const entry of offers) placeVariant(session, entry);
	refuseRepeatedKeys(offers);
}

function placeVariant({ books, settings }: CatalogSession, entry: Entry): void {
	const { parent, goods } = entry;
	try {
		if (!books.offers) throw new SyncError('CATALOG_NO_OFFERS');
		if (!parent) return;
		if (parent.result && isFailed(parent.result)) throw new SyncError('CATALOG_PARENT_FAILED', { reason: parent.result.error?.message ?? '' });
		if (parent.key === undefined) throw new SyncError('CATALOG_PARENT_UNKNOWN');
		entry.key = variantKey(parent.key, goods, settings.identity);
	} catch (error) {
		fail(entry, error);
	}
}
