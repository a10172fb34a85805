import type { IExecuteFunctions } from 'n8n-workflow';
import { exportedUntil, idOf, momentIn, SyncError, type StockKind } from '../../../../core';
import { isExchange } from '../../../shared/bitrixConnection';
import { givenPairs } from '../../../shared/givenPairs';
import { limited } from '../../../shared/limited';
import { numberIn, textIn, type Located } from '../settings';

/** What the user chose for amounts. */
export interface StockSettings {
	kind: StockKind;
	spread: 'total' | 'chosen' | 'byStore';
	/** Stores of MoySklad; those of Bitrix beside them where amounts go by store. */
	stores: Array<{ from: string; to: number | undefined }>;
	/** The store of MoySklad that orders without a store lower. */
	defaultStore: string | undefined;
	/** The store of Bitrix that gets totals. */
	bitrixStore: number | undefined;
	/** Orders that were placed since then are not in MoySklad's reserve yet; ISO 8601. */
	ordersSince: string | undefined;
	buffer: number;
	/** Of documents. */
	currency: string;
	/** Per cent of the items that may be set to zero in one run, when they are so many at least. */
	largestEmptied: number;
	fewestEmptied: number;
}

interface Options {
	documentCurrency?: string;
	fewestEmptied?: number;
	largestEmptied?: number;
	/** A list of { from: store of MoySklad, to: store of Bitrix }, or its JSON. */
	storePairs?: unknown;
}

interface Rows {
	row?: Array<{ from?: Located; to?: Located }>;
}

/** Reads the parameters of *Update Stock*. Throws STOCK_MAP_INVALID, STOCK_MOMENT_INVALID. */
export function readStockSettings(context: IExecuteFunctions): StockSettings {
	const read = <Value>(name: string, otherwise: Value): Value => context.getNodeParameter(name, 0, otherwise) as Value;
	const options = read<Options>('options', {});
	const kind = read<StockKind>('kind', 'free');
	const spread = read<StockSettings['spread']>('spread', 'total');
	return {
		kind,
		spread,
		// Over the exchange stores go by external codes, which are read apart.
		stores: spread === 'total' || (spread === 'byStore' && isExchange(context)) ? [] : readStores(storeRows(read<Rows>(spread === 'chosen' ? 'chosenStores' : 'storeMap', {}), spread === 'byStore' ? options.storePairs : undefined), spread === 'byStore'),
		defaultStore: storeIn(read<Located>('defaultStore', {})),
		bitrixStore: bitrixStoreIn(read<Located>('bitrixStore', {})),
		ordersSince: kind === 'physical' ? undefined : momentOf(read<unknown>('ordersSince', ''), context.getTimezone()),
		buffer: limited(read<unknown>('buffer', 0), 0, 0, Number.MAX_SAFE_INTEGER),
		currency: options.documentCurrency?.trim() || 'RUB',
		largestEmptied: limited(options.largestEmptied, 30, 0, 100),
		fewestEmptied: limited(options.fewestEmptied, 10, 1, Number.MAX_SAFE_INTEGER),
	};
}

/** An id of MoySklad, or a link that ends with it. */
export const storeIn = (located: Located | undefined): string | undefined => idOf(textIn(located))?.toLowerCase();

const bitrixStoreIn = (located: Located | undefined): number | undefined => (textIn(located) === '' ? undefined : numberIn(located, 'store chosen'));

/** Rows that the user added; without any the pairs that an expression gave. Throws STOCK_MAP_INVALID. */
function storeRows(added: Rows, given: unknown): Rows {
	const pairs = givenPairs(given);
	if (pairs === undefined) throw invalid('the pairs of an expression are no list');
	return (added.row ?? []).length > 0 ? added : { row: pairs.map(({ from, to }) => ({ from: { value: from }, to: { value: to } })) };
}

/** Rows that name nothing at all say nothing. */
function readStores({ row = [] }: Rows, paired: boolean): StockSettings['stores'] {
	const stores = row.map(({ from, to }) => ({ from: storeIn(from), to: bitrixStoreIn(to) })).filter(({ from, to }) => from !== undefined || to !== undefined);
	const seen = new Set<string>();
	const read = stores.map(({ from, to }) => {
		if (from === undefined || (paired && to === undefined)) throw invalid('a row names only one of its two stores');
		if (seen.has(from)) throw invalid(`the store ${from} of MoySklad comes twice`);
		seen.add(from);
		return { from, to };
	});
	if (read.length === 0) throw invalid('there is none');
	return read;
}

export const invalid = (reason: string): SyncError => new SyncError('STOCK_MAP_INVALID', { reason });

/** A moment, or the cursor of the order export. One without an offset is of the workflow's time zone. */
function momentOf(value: unknown, zone: string): string | undefined {
	if (value === null || value === undefined || value === '') return undefined;
	const exported = exportedUntil(value);
	if (exported !== undefined) return exported;
	const moment = momentIn(zone, String(value));
	if (Number.isNaN(moment)) throw new SyncError('STOCK_MOMENT_INVALID', { value: String(value) });
	return new Date(moment).toISOString();
}
