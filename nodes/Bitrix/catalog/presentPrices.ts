import { groupBy, readPrice, SyncError, type Parameters, type PresentPrice } from '../../../core';
import { BITRIX_PAGE, chunks } from '../../../transport';
import { askInParts } from './asking';
import type { CatalogSession } from './session';

const PRICES = { method: 'catalog.price.list', rows: 'prices' };

export interface LookedPrices {
	/** By item. */
	found: Map<number, PresentPrice[]>;
	failed: Map<number, SyncError>;
}

/** The prices of items in some price types; as many items a command as give one page. Throws BITRIX_FILTER_IGNORED. */
export async function presentPrices(session: CatalogSession, items: readonly number[], types: readonly number[]): Promise<LookedPrices> {
	const looked: LookedPrices = { found: new Map(), failed: new Map() };
	if (types.length === 0) return looked;
	const ofTypes: Parameters = types.length === 1 ? { catalogGroupId: types[0] } : { '@catalogGroupId': [...types] };
	await askInParts(session, chunks(items, Math.max(1, Math.floor(BITRIX_PAGE / types.length))), {
		list: PRICES,
		parameters: (part) => ({ filter: { '@productId': part, ...ofTypes } }),
		take: (rows, part) => {
			const prices = rows.map(readPrice);
			const asked = new Set(part);
			if (prices.some(({ productId }) => !asked.has(productId))) throw new SyncError('BITRIX_FILTER_IGNORED', { call: PRICES.method });
			for (const [item, some] of groupBy(prices, ({ productId }) => productId)) looked.found.set(item, some);
		},
		fail: (error, part) => part.forEach((item) => looked.failed.set(item, error)),
	});
	return looked;
}
