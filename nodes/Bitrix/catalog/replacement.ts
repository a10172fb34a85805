import { isFailed, propertyField, replacedKey, replacementKey, SyncError, type Parameters, type PresentItem } from '../../../core';
import type { Command } from '../../../transport';
import { fail, type Entry } from './entry';
import type { CatalogSession } from './session';

/**
 * A simple product that got variants is replaced by one with offers (rule C5): that is built beside it under a key of its
 * own, hidden, with all its offers; only when it is complete the two change places. `begun` is what an earlier run left half
 * built. False when not all variants are among the items.
 */
export function beginReplacement(entry: Entry, begun: ReadonlyMap<string, PresentItem>): boolean {
	const { goods, variants, key = '', present } = entry;
	if (goods.name === null || variants.length === 0 || variants.length < (goods.variantsCount ?? 0)) return false;
	entry.replaces = present;
	entry.present = begun.get(replacementKey(key));
	return true;
}

/** Under which key an entry is written for now. */
export const writtenKey = ({ key = '', replaces }: Entry): string => (replaces ? replacementKey(key) : key);

/** Lets complete replacements take the place of the old products. What is not complete waits for the next run. */
export async function finishReplacements(session: CatalogSession, entries: readonly Entry[]): Promise<void> {
	if (session.settings.preview) return;
	const built = entries.filter(({ replaces, result }) => replaces && result && !isFailed(result));
	const complete = built.filter((entry) => !incomplete(entry));
	const outcomes = await session.batches.run(complete.map((entry) => swap(session, entry)), { repeatable: true });
	complete.forEach((entry, index) => {
		const error = outcomes[index]?.flatMap((outcome) => ('error' in outcome ? [outcome.error] : []))[0];
		if (error) fail(entry, error);
		else entry.result?.changes.push({ field: 'Product Without Offers', from: 'visible', to: `hidden (${entry.replaces?.id ?? ''})` });
	});
}

function incomplete(entry: Entry): boolean {
	const failed = entry.variants.find(({ result }) => !result || isFailed(result));
	if (failed) fail(entry, new SyncError('CATALOG_BECAME_SKU', { id: entry.replaces?.id ?? 0, variants: entry.variants.length }));
	return failed !== undefined;
}

/** First the old one gives the key and the mark away, then the new one takes them. */
function swap(session: CatalogSession, { replaces, bitrixId, present, key = '', goods }: Entry): Command[] {
	const { id } = session.service('goods');
	const mark = (value: string): Parameters => (id?.id ? { [propertyField(id.id)]: { value } } : {});
	return [
		{ key: 'old', method: 'catalog.product.update', parameters: { id: replaces?.id, fields: { xmlId: replacedKey(key), active: 'N', ...mark('') } } },
		{ key: 'new', method: 'catalog.product.sku.update', parameters: { id: bitrixId ?? present?.id, fields: { xmlId: key, active: 'Y', ...mark(goods.id) } } },
	];
}
