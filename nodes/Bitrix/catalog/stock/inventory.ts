import { readStore, SyncError, WHOLE, type StockRule } from '../../../../core';
import { pageCommands, restOfRows, type ListMethod, type Outcome } from '../../../../transport';
import type { CatalogSession } from '../session';
import type { StockSettings } from './settings';

export const STORES: ListMethod = { method: 'catalog.store.list', rows: 'stores', parameters: { select: ['id', 'title', 'address', 'active'] } };

/** How this Bitrix keeps amounts: one total of each item, or by store and changed by documents only. */
export type Inventory =
	| { on: false }
	| {
			on: true;
			/** Titles of active stores by id. */
			stores: ReadonlyMap<number, string>;
			/** Id of the user whom the credential belongs to: documents need somebody responsible. */
			user: number;
	  };

/** Asks for all of it in one batch. */
export async function readInventory({ batches }: CatalogSession): Promise<Inventory> {
	const [[mode] = [], [profile] = [], stores = []] = await batches.run(
		[
			[{ key: 'mode', method: 'catalog.document.mode.status', parameters: {} }],
			[{ key: 'user', method: 'profile', parameters: {} }],
			pageCommands(STORES, 0, 2),
		],
		{ repeatable: true },
	);
	if (!isOn(mode)) return { on: false };
	const user = Number((resultOf(profile, 'profile') as { ID?: unknown } | null)?.ID);
	const active = (await restOfRows(batches, STORES, stores)).map(readStore).filter((store) => store.active);
	return { on: true, user, stores: new Map(active.map(({ id, title }) => [id, title])) };
}

/** Versions that do not know the question have no documents over REST. */
function isOn(mode: Outcome | undefined): boolean {
	if (mode && 'error' in mode && mode.error.code === 'BITRIX_METHOD_MISSING') return false;
	return resultOf(mode, 'catalog.document.mode.status') === 'Y';
}

function resultOf(outcome: Outcome | undefined, call: string): unknown {
	if (!outcome) throw new SyncError('ANSWER_UNEXPECTED', { call, reason: 'no answer' });
	if ('error' in outcome) throw outcome.error;
	return outcome.result;
}

/** Throws STOCK_TOTAL_ONLY, STOCK_STORE_MISSING, STOCK_STORE_UNKNOWN where what was chosen does not fit this Bitrix. */
export function ruleFor(settings: StockSettings, inventory: Inventory): StockRule {
	const { kind, spread, stores, defaultStore, buffer } = settings;
	if (spread === 'byStore' && !inventory.on) throw new SyncError('STOCK_TOTAL_ONLY');
	const total = inventory.on && spread !== 'byStore' ? storeForTotals(settings, inventory) : WHOLE;
	const places = new Map(stores.map(({ from, to }) => [from, spread === 'byStore' ? (to ?? WHOLE) : total]));
	if (inventory.on) for (const id of [...places.values(), ...(places.size === 0 ? [total] : [])]) checkStore(id, inventory.stores);
	return { kind, total, defaultStore, buffer, places: spread === 'total' ? undefined : places };
}

/** The only store there is need not be chosen. */
function storeForTotals({ bitrixStore }: StockSettings, { stores }: Inventory & { on: true }): number {
	const [only] = stores.size === 1 ? stores.keys() : [];
	const store = bitrixStore ?? only;
	if (store === undefined) throw new SyncError('STOCK_STORE_MISSING');
	return store;
}

function checkStore(id: number, stores: ReadonlyMap<number, string>): void {
	if (!stores.has(id)) throw new SyncError('STOCK_STORE_UNKNOWN', { id });
}
