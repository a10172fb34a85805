import { match, replacementKey, SyncError, type PresentItem } from '../../../core';
import { fail, type Entry } from './entry';
import { byKeys, byMoySkladIds, type Looked } from './lookup';
import { presentPrices } from './presentPrices';
import type { Block, CatalogSession } from './session';

/**
 * Finds what is there of each entry: by its key, and what has none or is not found so, by MoySklad's id. Ends the way of
 * conflicts. Gives what was begun to be built in the place of simple products, by the key of the product.
 */
export async function findPresent(session: CatalogSession, block: Block, entries: readonly Entry[]): Promise<Map<string, PresentItem>> {
	const keys = entries.flatMap(({ key }) => (key === undefined ? [] : [key]));
	const begun = session.settings.becameSku === 'replace' ? entries.flatMap(({ key, goods }) => (key !== undefined && goods.kind === 'product' ? [replacementKey(key)] : [])) : [];
	const keyed = await byKeys(session, block, [...keys, ...begun]);
	const rest = entries.filter(({ key }) => key === undefined || !(keyed.found.has(key) || keyed.failed.has(key)));
	const identified = await byMoySkladIds(session, block, rest.map(({ goods }) => goods.id));
	for (const entry of entries) decide(session, entry, keyed, identified);
	return new Map(begun.flatMap((key) => (keyed.found.get(key) ?? []).map((item) => [key, item] as const)));
}

function decide({ settings }: CatalogSession, entry: Entry, keyed: Looked, identified: Looked): void {
	const { key, goods } = entry;
	const failed = (key === undefined ? undefined : keyed.failed.get(key)) ?? identified.failed.get(goods.id);
	if (failed) return postpone(entry, failed);
	const byKey = key === undefined ? [] : (keyed.found.get(key) ?? []);
	const found = match({ key: key ?? null, moySkladId: goods.id, name: goods.name }, byKey, identified.found.get(goods.id) ?? [], settings.takeOverKeys);
	if ('conflict' in found) return fail(entry, found.conflict);
	entry.present = found.present;
	entry.key ??= found.present?.xmlId;
}

/** A lookup that failed for now is repeated in the next round, any other ends the way. */
export function postpone(entry: Entry, error: SyncError): void {
	if (error.retryable) entry.unsure = error;
	else fail(entry, error);
}

/** Reads the prices of those items that are there, in the price types of the rules. */
export async function findPrices(session: CatalogSession, entries: readonly Entry[]): Promise<void> {
	const types = session.rules.flatMap(({ target }) => (target.startsWith('price:') ? [Number(target.slice('price:'.length))] : []));
	const priced = entries.filter(({ present, result, unsure }) => present && present.family !== 'sku' && !result && !unsure);
	const looked = await presentPrices(session, priced.map(({ present }) => present?.id ?? 0), types);
	for (const entry of priced) {
		const id = entry.present?.id ?? 0;
		const failed = looked.failed.get(id);
		if (failed) postpone(entry, failed);
		entry.prices = looked.found.get(id) ?? [];
	}
}
