import type { IExecuteFunctions } from 'n8n-workflow';
import { SyncError, WHOLE, type CmlStore, type Place, type StockRule } from '../../../../core';
import { readByValues, type MoySkladClient } from '../../../../transport';
import { textIn, type Located } from '../settings';
import { invalid, storeIn, type StockSettings } from '../stock/settings';

/** A store of MoySklad and that of the site which gets its amounts. */
interface StoreRow {
	from: string;
	/** XML_ID; empty: the external code of MoySklad's, as in its own exchange. */
	id: string;
	/** Empty: that of MoySklad's. */
	name: string;
}

/** Stores of the site; none: it gets one total of each item. */
export interface SiteStores {
	stores: CmlStore[];
	/** Stores of MoySklad, and their place: n for the n-th store, counted from 1. */
	places: ReadonlyMap<string, Place>;
}

/** The stores of the site. Throws STOCK_MAP_INVALID, EXCHANGE_STORES_UNCONFIRMED, CATALOG_NEEDS_MOYSKLAD. */
export async function siteStores(context: IExecuteFunctions, moySklad: MoySkladClient | undefined): Promise<SiteStores> {
	if (context.getNodeParameter('storesComplete', 0, false) !== true) throw new SyncError('EXCHANGE_STORES_UNCONFIRMED');
	const rows = await named(readRows(context), moySklad);
	const stores = new Map<string, CmlStore>();
	const places = new Map<string, Place>();
	for (const { from, id, name } of rows) {
		if (places.has(from)) throw invalid(`the store ${from} of MoySklad comes twice`);
		if (!stores.has(id)) stores.set(id, { id, name, address: null, comment: null, contacts: [] });
		places.set(from, [...stores.keys()].indexOf(id) + 1);
	}
	return { stores: [...stores.values()], places };
}

function readRows(context: IExecuteFunctions): StoreRow[] {
	const { row = [] } = context.getNodeParameter('siteStores', 0, {}) as { row?: Array<{ from?: Located; id?: string; name?: string }> };
	const rows = row.flatMap(({ from, id = '', name = '' }) => {
		const store = storeIn(from);
		if (store === undefined && textIn(id) !== '') throw invalid('a row names only one of its two stores');
		return store === undefined ? [] : [{ from: store, id: id.trim(), name: name.trim() }];
	});
	if (rows.length === 0) throw invalid('there is none');
	return rows;
}

/** What the user left open is as in MoySklad. */
async function named(rows: StoreRow[], moySklad: MoySkladClient | undefined): Promise<StoreRow[]> {
	const open = rows.filter(({ id, name }) => id === '' || name === '');
	if (open.length === 0) return rows;
	if (!moySklad) throw new SyncError('CATALOG_NEEDS_MOYSKLAD', { what: 'A store without an external code or a name' });
	const found = new Map((await readByValues(moySklad, 'entity/store', 'id', open.map(({ from }) => from))).map((store) => [String(store.id).toLowerCase(), store]));
	return rows.map(({ from, id, name }) => {
		const own = found.get(from);
		const filled = { from, id: id || String(own?.externalCode ?? ''), name: name || String(own?.name ?? '') };
		if (filled.id === '' || filled.name === '') throw invalid(`MoySklad has no store ${from}`);
		return filled;
	});
}

/** Where amounts go. */
export function stockRule({ kind, spread, stores, defaultStore, buffer }: StockSettings, { places }: SiteStores): StockRule {
	const chosen = spread === 'byStore' ? places : new Map(stores.map(({ from }) => [from, WHOLE]));
	return { kind, total: WHOLE, defaultStore, buffer, places: spread === 'total' ? undefined : chosen };
}
