import { readStoreAmount, SyncError, type Place, type StoreAmount } from '../../../../core';
import { BITRIX_PAGE, chunks, type ListMethod } from '../../../../transport';
import { askInParts } from '../asking';
import type { CatalogSession } from '../session';

const AMOUNTS: ListMethod = { method: 'catalog.storeproduct.list', rows: 'storeProducts' };

/** What lies in some stores of some items; what is not mentioned is nothing. Items whose amounts could not be read are in `failed`. */
export interface LyingAmounts {
	in(place: Place, item: number): Pick<StoreAmount, 'amount' | 'reserved'>;
	failed: ReadonlyMap<number, SyncError>;
}

const NOTHING = { amount: 0, reserved: 0 };

/** As many items a command as give one page. Throws BITRIX_FILTER_IGNORED. */
export async function readAmounts(session: CatalogSession, places: readonly Place[], items: readonly number[]): Promise<LyingAmounts> {
	const found = new Map<string, StoreAmount>();
	const failed = new Map<number, SyncError>();
	const wanted = new Set(places);
	const inStores = places.length === 1 ? { storeId: places[0] } : { '@storeId': [...places] };
	await askInParts(session, chunks(items, Math.max(1, Math.floor(BITRIX_PAGE / places.length))), {
		list: AMOUNTS,
		parameters: (part) => ({ select: ['id', 'productId', 'storeId', 'amount', 'quantityReserved'], filter: { ...inStores, '@productId': part } }),
		take: (rows, part) => {
			const asked = new Set(part);
			const amounts = rows.map(readStoreAmount);
			if (amounts.some(({ productId, storeId }) => !asked.has(productId) || !wanted.has(storeId))) throw new SyncError('BITRIX_FILTER_IGNORED', { call: AMOUNTS.method });
			for (const amount of amounts) found.set(keyOf(amount.storeId, amount.productId), amount);
		},
		fail: (error, part) => part.forEach((item) => failed.set(item, error)),
	});
	return { in: (place, item) => found.get(keyOf(place, item)) ?? NOTHING, failed };
}

const keyOf = (place: Place, item: number): string => `${place} ${item}`;
