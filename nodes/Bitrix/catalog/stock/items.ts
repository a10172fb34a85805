import { exactSum, SyncError, warning, type PresentItem, type Warning } from '../../../../core';
import { byMoySkladIds } from '../lookup';
import type { Block, CatalogSession } from '../session';
import { fail, finish, skip, type StockEntry } from './entry';

/** What a stock level calls the goods of the block of goods; variants are offers, and many levels do not say what they are of. */
const GOODS = ['product', 'bundle', 'service'];

/** Finds the items by MoySklad's ids. Ends the way of those that are not there or have no amount of their own. Throws CATALOG_TARGET_MISSING. */
export async function findItems(session: CatalogSession, entries: readonly StockEntry[]): Promise<void> {
	if (!session.service('goods').id?.id) throw new SyncError('CATALOG_TARGET_MISSING', { what: 'property MOYSKLAD_ID; Upsert Items makes it' });
	for (const entry of entries) entry.present = undefined;
	await findIn(session, 'goods', entries.filter(({ level }) => level.entity !== 'variant'));
	await findIn(session, 'offers', entries.filter((entry) => isOpen(entry) && !GOODS.includes(entry.level.entity ?? '')));
	for (const entry of entries.filter(isOpen)) skip(entry, warning('CATALOG_ITEM_MISSING'));
}

const isOpen = ({ present, result, unsure }: StockEntry): boolean => !present && !result && !unsure;

async function findIn(session: CatalogSession, block: Block, entries: readonly StockEntry[]): Promise<void> {
	const { found, failed } = await byMoySkladIds(session, block, entries.map(({ level }) => level.id));
	for (const entry of entries) take(entry, found.get(entry.level.id) ?? [], failed.get(entry.level.id));
}

function take(entry: StockEntry, found: readonly PresentItem[], failed: SyncError | undefined): void {
	const [present, other] = found;
	if (failed?.retryable) entry.unsure = failed;
	else if (failed) fail(entry, failed);
	else if (present && other) fail(entry, new SyncError('CATALOG_KEY_DUPLICATE', { key: entry.level.id, ids: found.map(({ id }) => id).join(', ') }));
	else if (present) takeOne(entry, present);
}

/** Only simple products and offers have amounts (rule S5). */
function takeOne(entry: StockEntry, present: PresentItem): void {
	entry.present = present;
	const { id, family } = present;
	if (family === 'sku') endParent(entry, id);
	else if (family !== 'product' && family !== 'offer') skip(entry, warning('STOCK_NOT_KEPT', { id, present: family ?? 'set' }));
}

/** No amount of a product that has variants is how it should be. */
function endParent(entry: StockEntry, id: number): void {
	const { places, storeless } = entry.amounts ?? { places: new Map<number, number>(), storeless: 0 };
	const amount = exactSum([...places.values(), storeless]);
	const warnings: Warning[] = amount === 0 ? [] : [warning('STOCK_ON_PARENT', { amount, id })];
	finish(entry, amount === 0 ? 'unchanged' : 'skipped', warnings);
}
