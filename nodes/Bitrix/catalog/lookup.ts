import { BLOCK_LISTS, groupBy, presentItemSelect, propertyField, readPresentItem, SyncError, type PresentItem } from '../../../core';
import { BITRIX_PAGE, chunks } from '../../../transport';
import { askInParts } from './asking';
import type { Block, CatalogSession } from './session';

/** Items by the value they were looked up by. Those whose lookup failed are missing, and `failed` says why. */
export interface Looked {
	found: Map<string, PresentItem[]>;
	failed: Map<string, SyncError>;
}

/**
 * Items whose XML_ID is one of the keys, in their exact spelling: the database compares without regard to case.
 * Hidden ones come too. Throws BITRIX_FILTER_IGNORED.
 */
export async function byKeys(session: CatalogSession, block: Block, keys: readonly string[]): Promise<Looked> {
	return await look(session, block, keys, '=xmlId', (item) => item.xmlId);
}

/** Items by their ids. Throws BITRIX_FILTER_IGNORED. */
export async function byIds(session: CatalogSession, block: Block, ids: readonly number[]): Promise<Looked> {
	return await look(session, block, ids.map(String), '=id', ({ id }) => String(id));
}

/** Items that carry one of MoySklad's ids; none where the block has no property for it, or a new one. Throws BITRIX_FILTER_IGNORED. */
export async function byMoySkladIds(session: CatalogSession, block: Block, ids: readonly string[]): Promise<Looked> {
	const { id: property } = session.service(block);
	if (!property?.id || session.unmarked.has(property.iblockId)) return { found: new Map(), failed: new Map() };
	return await look(session, block, ids, `=${propertyField(property.id)}`, (item) => item.moySkladId ?? '');
}

/** Fields of a list with which its rows can be planned. */
export function lookupSelect(session: CatalogSession, block: Block): string[] {
	const pictures = ['always', 'empty'].includes(session.settings.pictures) ? ['detailPicture'] : [];
	return [...new Set([...presentItemSelect(session.service(block), block === 'offers'), ...session.comparedFields(block), ...session.moreFields, ...pictures])];
}

async function look(session: CatalogSession, block: Block, values: readonly string[], field: string, valueOf: (item: PresentItem) => string): Promise<Looked> {
	const looked: Looked = { found: new Map(), failed: new Map() };
	const iblockId = session.blockId(block);
	if (iblockId === undefined) return looked;
	const select = lookupSelect(session, block);
	const service = session.service(block);
	await askInParts(session, chunks([...new Set(values)], BITRIX_PAGE), {
		list: BLOCK_LISTS[block],
		parameters: (part) => ({ select, filter: { iblockId, [field]: part } }),
		take: (rows, part) => {
			const items = rows.map((row) => readPresentItem(row, service));
			checkAsked(items, part, valueOf, BLOCK_LISTS[block].method);
			for (const [value, some] of groupBy(items, valueOf)) looked.found.set(value, some);
		},
		fail: (error, part) => part.forEach((value) => looked.failed.set(value, error)),
	});
	return looked;
}

/** A filter that Bitrix does not know is dropped, and the whole table comes (trap T1): nothing may be built on that. */
function checkAsked(items: readonly PresentItem[], asked: readonly string[], valueOf: (item: PresentItem) => string, call: string): void {
	const known = new Set(asked.map(folded));
	if (items.some((item) => !known.has(folded(valueOf(item))))) throw new SyncError('BITRIX_FILTER_IGNORED', { call });
}

/** As the database compares: without case, accents and spaces at the end. */
const folded = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().trimEnd();
