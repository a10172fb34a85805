import { SyncError, warning, type Goods, type Gone, type Scope } from '../../../../core';
import { reasonFor } from '../missing';
import { MoySkladGoods } from '../moySkladGoods';
import { scopeOf } from '../rules';
import type { CatalogSession } from '../session';
import { fail, skip, type StockEntry } from './entry';

/**
 * Leaves items alone that do not belong on the site (rule C3). An amount does not say that, so MoySklad is asked, but only about
 * items that would be written. Throws CATALOG_NEEDS_MOYSKLAD.
 */
export async function leaveOutOfScope(session: CatalogSession, entries: readonly StockEntry[]): Promise<void> {
	const scope = scopeOf(session);
	if (isWhole(scope) || entries.length === 0) return;
	if (!session.moySklad) throw new SyncError('CATALOG_NEEDS_MOYSKLAD', { what: 'Update Stock with a scope' });
	const goods = new MoySkladGoods(session.moySklad, scope);
	for (const kind of ['own', 'variant'] as const) {
		const some = entries.filter(({ present }) => (present?.family === 'offer') === (kind === 'variant'));
		const there = await goods.byIds(kind, some.map(({ level }) => level.id));
		for (const entry of some) judge(entry, there.get(entry.level.id), scope);
	}
}

const isWhole = ({ kinds, folders, checkbox, price }: Scope): boolean => kinds.length === 0 && folders.length === 0 && checkbox === null && price === null;

function judge(entry: StockEntry, goods: Goods | undefined, scope: Scope): void {
	try {
		const gone: Gone = goods ? reasonFor(goods, scope) : warning('CATALOG_ARCHIVED');
		if (gone) skip(entry, gone);
	} catch (error) {
		fail(entry, error);
	}
}
