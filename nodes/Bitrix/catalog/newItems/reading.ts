import { BLOCK_LISTS, readPresentItem, SyncError, type PresentItem } from '../../../../core';
import { BITRIX_PAGE, lastId, pageCommands, rowsOf, type ListMethod } from '../../../../transport';
import { rowsIn } from '../asking';
import { lookupSelect } from '../lookup';
import type { CatalogSession } from '../session';

/** Some items of the block of goods, in the order of their ids. */
export interface ItemPage {
	items: PresentItem[];
	/** Id of the last item that was looked at. */
	last: number;
	more: boolean;
}

const listOf = (session: CatalogSession, select: readonly string[]): ListMethod => ({
	...BLOCK_LISTS.goods, parameters: { select: [...select], filter: { iblockId: session.books.goods.iblockId } },
});

/** Up to about `most` items behind the id `after`, in one batch. Throws BITRIX_FILTER_IGNORED. */
export async function itemsAfter(session: CatalogSession, after: number, most: number): Promise<ItemPage> {
	const list = listOf(session, lookupSelect(session, 'goods'));
	const page: ItemPage = { items: [], last: after, more: true };
	const [outcomes = []] = await session.batches.run([pageCommands(list, after, Math.ceil(most / BITRIX_PAGE))], { repeatable: true });
	for (const outcome of outcomes) {
		const rows = rowsIn(outcome, list);
		const items = rows.map((row) => readPresentItem(row, session.service('goods')));
		if (items.some(({ iblockId }) => iblockId !== session.books.goods.iblockId)) throw new SyncError('BITRIX_FILTER_IGNORED', { call: list.method });
		page.items.push(...items);
		page.more = rows.length === BITRIX_PAGE;
		if (rows.length > 0) page.last = lastId(rows, page.last, list);
		if (!page.more) break;
	}
	return page;
}

/** Id of the newest item; 0 when there is none. */
export async function newestId(session: CatalogSession): Promise<number> {
	const list = listOf(session, ['id', 'iblockId']);
	const rows = rowsOf(await session.client.read(list.method, { ...list.parameters, order: { id: 'DESC' }, start: -1 }), list);
	return Math.max(0, ...rows.map(({ id }) => Number(id)));
}
