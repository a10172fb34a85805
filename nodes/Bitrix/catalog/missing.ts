import {
	BLOCK_LISTS, guardShare, outOfScope, planItem, presentItemSelect, readPresentItem, SyncError, warning,
	deletedGoods, type Goods, type Gone, type PlanSettings, type PresentItem, type Scope,
} from '../../../core';
import { readAllRows, type MoySkladClient } from '../../../transport';
import { moveOffersAlong } from './alongOffers';
import { entryOfPresent, fail, type Entry } from './entry';
import { finishPlanned } from './finishing';
import { writeItems } from './itemWrites';
import { MoySkladGoods } from './moySkladGoods';
import { inRounds } from './rounds';
import { scopeOf } from './rules';
import type { Block, CatalogSession } from './session';

/** An item that is visible in Bitrix and came from MoySklad. */
export interface Known {
	block: Block;
	present: PresentItem;
	moySkladId: string;
}

/**
 * Hides (or deletes) what carries a mark of MoySklad but is archived there, gone or out of scope (rule C4). Each candidate is read
 * again by its id before. Throws CATALOG_TOO_MANY_MISSING, before anything is written, when they are too many to be true.
 */
export async function hideMissing(session: CatalogSession, client: MoySkladClient): Promise<Entry[]> {
	const known = [...(await knownItems(session, 'goods')), ...(await knownItems(session, 'offers'))];
	const scope = scopeOf(session);
	const goods = new MoySkladGoods(client, scope);
	session.tell(`${known.length} items of MoySklad are visible in Bitrix`);
	const wanted = known.length > 0 ? await wantedIds(goods, scope) : new Set<string>();
	const entries = await confirmed(goods, scope, known.filter(({ moySkladId }) => !wanted.has(moySkladId)));
	guardShare(entries.length, known.length, session.settings.largestShare);
	for (const block of ['goods', 'offers'] as const) await hide(session, withoutFollowers(entries, block));
	return entries.filter(({ result }) => result);
}

/** Throws CATALOG_TARGET_MISSING when the block of goods cannot carry the mark. */
async function knownItems(session: CatalogSession, block: Block): Promise<Known[]> {
	const service = session.service(block);
	const iblockId = session.blockId(block);
	if (iblockId === undefined) return [];
	if (!service.id?.id) throw new SyncError('CATALOG_TARGET_MISSING', { what: 'property MOYSKLAD_ID; Upsert Items makes it' });
	const parameters = { select: presentItemSelect(service, block === 'offers'), filter: { iblockId, active: 'Y' } };
	const rows = await readAllRows(session.batches, { ...BLOCK_LISTS[block], parameters });
	return knownOf(block, rows.map((row) => readPresentItem(row, service)));
}

/** Those that are visible and came from MoySklad. */
export const knownOf = (block: Block, items: readonly PresentItem[]): Known[] =>
	items.flatMap((present) => (present.active && present.moySkladId !== null ? [{ block, present, moySkladId: present.moySkladId }] : []));

/** Ids of all goods that belong on the site. */
export async function wantedIds(goods: MoySkladGoods, scope: Scope): Promise<Set<string>> {
	const ids = new Set<string>();
	for await (const one of goods.alive()) if (!reasonFor(one, scope)) ids.add(one.id);
	return ids;
}

/** Why a good is not to be seen on the site; undefined when it is. */
export function reasonFor(goods: Goods, scope: Scope): Gone {
	if (goods.archived || goods.parent?.archived) return warning('CATALOG_ARCHIVED');
	const reason = outOfScope(goods, scope, (goods.variantsCount ?? 0) > 0);
	return reason === undefined ? undefined : warning('CATALOG_OUT_OF_SCOPE', { reason });
}

/** Reads the candidates again, each by its id: a list that was read while it changed may have left some out. */
export async function confirmed(goods: MoySkladGoods, scope: Scope, candidates: readonly Known[]): Promise<Entry[]> {
	const idsOf = (block: Block): string[] => candidates.filter((one) => one.block === block).map(({ moySkladId }) => moySkladId);
	const there = new Map([...(await goods.byIds('own', idsOf('goods'))), ...(await goods.byIds('variant', idsOf('offers')))]);
	return candidates.flatMap(({ block, present, moySkladId }) => {
		const found = there.get(moySkladId);
		const gone = found ? reasonFor(found, scope) : warning('CATALOG_ARCHIVED');
		const entity = block === 'offers' ? 'variant' : 'product';
		return gone ? [entryOfPresent(found ?? deletedGoods({ entity, id: moySkladId }), present, gone)] : [];
	});
}

/** Offers of a product that is hidden follow it. */
function withoutFollowers(entries: readonly Entry[], block: Block): Entry[] {
	if (block === 'goods') return entries.filter(({ present }) => present?.family !== 'offer');
	const hidden = new Set(entries.filter(({ present }) => present?.family === 'sku').map(({ present }) => present?.id));
	return entries.filter(({ present }) => present?.family === 'offer' && !hidden.has(present.parentId ?? 0));
}

async function hide(session: CatalogSession, entries: readonly Entry[]): Promise<void> {
	await inRounds(entries, async (pending) => {
		const settings = session.plan;
		for (const entry of pending) planGone(session, settings, entry);
		await moveOffersAlong(session, pending.filter(({ result }) => !result));
		await writeItems(session, pending.filter(({ result }) => !result));
	});
}

/** Plans what becomes of an item that is to be seen no more. In a preview that is its result. */
export function planGone(session: CatalogSession, settings: PlanSettings, entry: Entry): void {
	const { goods, key = '', present, gone } = entry;
	if (!present?.family) return fail(entry, new SyncError('CATALOG_TYPE_CONFLICT', { id: present?.id ?? 0, wanted: goods.kind, present: 'set' }));
	entry.plan = planItem({ goods, key, family: present.family, values: {}, gone }, present, [], settings);
	if (session.settings.preview) finishPlanned(session, entry, entry.plan);
}
