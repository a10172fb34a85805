import { BLOCK_LISTS, isLineOf, ownLines, readCatalog, SyncError, type StoreWish } from '../../../../core';
import { BITRIX_PAGE, chunks, type ListMethod } from '../../../../transport';
import { rowsIn } from '../../catalog/asking';
import type { StoreOrder } from '../../orders/reading';
import { fail, type Entry } from './entry';
import type { OrderSession } from './session';

const CATALOGS: ListMethod = { method: 'catalog.catalog.list', rows: 'catalogs' };

/** Keys of goods that no line of the order is of. */
export function missingKeys({ settings, identity }: OrderSession, wish: StoreWish | undefined, order: StoreOrder): string[] {
	if (settings.lines === null) return [];
	return (wish?.lines ?? []).filter((line) => !ownLines(order).some((present) => isLineOf(present, line, identity))).flatMap(({ key }) => key ?? []);
}

/**
 * Looks up the products of goods for all orders at once. What is hidden, or the webhook may not see, is no product that can be bought.
 * Entries whose goods are ambiguous get their result.
 */
export async function findProducts(session: OrderSession, wanted: ReadonlyMap<Entry, readonly string[]>): Promise<void> {
	const keys = [...new Set([...wanted.values()].flat())].filter((key) => !session.products.has(key));
	if (keys.length === 0 || !(await session.features.has(BLOCK_LISTS.goods.method))) return;
	const products = await idsByKey(session, keys);
	for (const [entry, some] of wanted) {
		const key = some.find((one) => (products.get(one)?.length ?? 0) > 1);
		if (key !== undefined) fail(entry, new SyncError('ORDER_STORE_GOODS_AMBIGUOUS', { key, ids: (products.get(key) ?? []).join(', ') }));
	}
	for (const key of keys) session.products.set(key, products.get(key)?.[0] ?? null);
}

/** Ids of products that can be bought. Every catalog of the store is asked; sites often have several. Throws BITRIX_FILTER_IGNORED (trap T1). */
async function idsByKey({ batches }: OrderSession, keys: readonly string[]): Promise<Map<string, string[]>> {
	const [catalogs] = await batches.each([{ method: CATALOGS.method, parameters: {} }], { repeatable: true });
	const questions = rowsIn(catalogs, CATALOGS).map(readCatalog).flatMap(({ iblockId, productIblockId }) =>
		chunks(keys, BITRIX_PAGE / 2).map((part) => ({ list: productIblockId === null ? BLOCK_LISTS.goods : BLOCK_LISTS.offers, iblockId, part })),
	);
	const commands = questions.map(({ list, iblockId, part }) => ({
		method: list.method,
		parameters: { select: ['id', 'iblockId', 'xmlId', 'active'], filter: { iblockId, '=xmlId': part }, order: { id: 'ASC' }, start: -1 },
	}));
	const outcomes = await batches.each(commands, { repeatable: true });
	const ids = new Map<string, string[]>();
	questions.forEach(({ list, part }, index) => {
		for (const { id, xmlId, active } of rowsIn(outcomes[index], list)) {
			const key = String(xmlId);
			if (!part.some((one) => one.toLowerCase() === key.toLowerCase())) throw new SyncError('BITRIX_FILTER_IGNORED', { call: list.method });
			if (active === 'Y') ids.set(key, [...(ids.get(key) ?? []), String(id)]);
		}
	});
	return ids;
}
