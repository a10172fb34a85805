import { SyncError, type DriftCursor } from '../../../../core';
import type { MoySkladClient } from '../../../../transport';
import { itemsAfter } from '../itemPages';
import { confirmed, knownOf, planGone } from '../missing';
import { MoySkladGoods } from '../moySkladGoods';
import { scopeOf } from '../rules';
import type { CatalogSession } from '../session';
import { compareGone } from './items';
import type { Comparison } from '../../drift/outputs';

/** Cursor null: the pass is at its end. */
export interface ExtraPage extends Comparison {
	looked: number;
	cursor: DriftCursor | null;
}

/**
 * One page of the visible items that came from MoySklad, goods before offers: those that MoySklad has no more, archived, or that left
 * the scope. What *Deactivate Missing* would hide. Throws CATALOG_TARGET_MISSING where items carry no mark.
 */
export async function extraItems(session: CatalogSession, client: MoySkladClient, { part, after }: DriftCursor, most: number): Promise<ExtraPage> {
	const block = part === 'offers' ? 'offers' : 'goods';
	if (block === 'offers' && session.blockId('offers') === undefined) return { differences: [], unread: [], looked: 0, cursor: null };
	if (block === 'goods' && !session.service('goods').id?.id) throw new SyncError('CATALOG_TARGET_MISSING', { what: 'property MOYSKLAD_ID; Upsert Items makes it' });
	const { items, last, more } = await itemsAfter(session, block, after, most, { active: 'Y' });
	const scope = scopeOf(session);
	const entries = await confirmed(new MoySkladGoods(client, scope), scope, knownOf(block, items));
	const settings = session.plan;
	for (const entry of entries) planGone(session, settings, entry);
	const next: DriftCursor | null = more ? { part: block, after: last } : block === 'goods' && session.books.offers ? { part: 'offers', after: 0 } : null;
	return { ...compareGone(entries), looked: items.length, cursor: next };
}
