import { BLOCK_LISTS, readPresentItem, SyncError, type Parameters, type PresentItem } from '../../../core';
import { rowsAfter, rowsOf, type ListMethod } from '../../../transport';
import { lookupSelect } from './lookup';
import type { Block, CatalogSession } from './session';

/** Some items of a block, in the order of their ids. */
export interface ItemPage {
	items: PresentItem[];
	/** Id of the last item that was looked at. */
	last: number;
	more: boolean;
}

const listOf = (session: CatalogSession, block: Block, select: readonly string[], filter: Parameters = {}): ListMethod => ({
	...BLOCK_LISTS[block], parameters: { select: [...select], filter: { iblockId: session.blockId(block), ...filter } },
});

/** Up to about `most` items of a block behind the id `after`, in one batch. Throws BITRIX_FILTER_IGNORED. */
export async function itemsAfter(session: CatalogSession, block: Block, after: number, most: number, filter?: Parameters): Promise<ItemPage> {
	const list = listOf(session, block, lookupSelect(session, block), filter);
	const { rows, last, more } = await rowsAfter(session.batches, list, after, most);
	const items = rows.map((row) => readPresentItem(row, session.service(block)));
	if (items.some(({ iblockId }) => iblockId !== session.blockId(block))) throw new SyncError('BITRIX_FILTER_IGNORED', { call: list.method });
	return { items, last, more };
}

/** Id of the newest item of the block of goods; 0 when there is none. */
export async function newestId(session: CatalogSession): Promise<number> {
	const list = listOf(session, 'goods', ['id', 'iblockId']);
	const rows = rowsOf(await session.client.read(list.method, { ...list.parameters, order: { id: 'DESC' }, start: -1 }), list);
	return Math.max(0, ...rows.map(({ id }) => Number(id)));
}
