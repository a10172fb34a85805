import { alongWithProduct, BLOCK_LISTS, followFields, groupBy, readPresentItem, SyncError, type PresentItem } from '../../../core';
import { BITRIX_PAGE, chunks } from '../../../transport';
import { askInParts } from './asking';
import { fail, type Entry } from './entry';
import { isGoneAlready } from './itemWrites';
import { lookupSelect } from './lookup';
import { PARALLEL, type CatalogSession } from './session';

/**
 * Lets the offers of products that are hidden or shown again follow them, and deletes those of products that are to be deleted.
 * That comes before the product itself: as long as it fails, the product is looked at again in the next run.
 */
export async function moveOffersAlong(session: CatalogSession, entries: readonly Entry[]): Promise<void> {
	const products = entries.filter(({ plan, present }) => present?.family === 'sku' && (plan?.offers !== undefined || plan?.outcome === 'delete'));
	if (products.length === 0 || !session.books.offers) return;
	const offers = await offersOf(session, products);
	const writes = products.flatMap((entry) => (offers.get(entry.present?.id ?? 0) ?? []).flatMap((offer) => follow(session, entry, offer)));
	const outcomes = await session.batches.each(writes.map(({ method, parameters }) => ({ method, parameters })), { repeatable: true, parallel: PARALLEL });
	writes.forEach(({ entry }, index) => {
		const outcome = outcomes[index];
		const error = outcome && 'error' in outcome ? outcome.error : undefined;
		if (error && !entry.result && !(entry.plan?.outcome === 'delete' && isGoneAlready(error))) fail(entry, error);
	});
}

async function offersOf(session: CatalogSession, products: readonly Entry[]): Promise<Map<number, PresentItem[]>> {
	const found: PresentItem[] = [];
	const byId = new Map(products.map((entry) => [entry.present?.id ?? 0, entry]));
	const iblockId = session.blockId('offers');
	const service = session.service('offers');
	await askInParts(session, chunks([...byId.keys()], BITRIX_PAGE), {
		list: BLOCK_LISTS.offers,
		parameters: (part) => ({ select: lookupSelect(session, 'offers'), filter: { iblockId, parentId: part } }),
		take: (rows) => {
			const items = rows.map((row) => readPresentItem(row, service));
			if (items.some(({ parentId }) => !byId.has(parentId ?? 0))) throw new SyncError('BITRIX_FILTER_IGNORED', { call: BLOCK_LISTS.offers.method });
			found.push(...items);
		},
		fail: (error, part) => part.forEach((id) => fail(byId.get(id) as Entry, error)),
	});
	return groupBy(found, ({ parentId }) => parentId ?? 0);
}

type FollowWrite = { entry: Entry; method: string; parameters: { id: number; fields?: ReturnType<typeof followFields> } };

function follow({ books }: CatalogSession, entry: Entry, offer: PresentItem): FollowWrite[] {
	const { plan } = entry;
	if (plan?.outcome === 'delete') return [{ entry, method: 'catalog.product.offer.delete', parameters: { id: offer.id } }];
	const after = plan?.offers ? alongWithProduct(offer, plan.offers) : undefined;
	const fields = after ? followFields(offer, after, books) : {};
	return Object.keys(fields).length > 0 ? [{ entry, method: 'catalog.product.offer.update', parameters: { id: offer.id, fields } }] : [];
}
