import { SyncError } from '../errors';
import { Decimal } from '../model/decimal';
import { groupBy } from '../model/grouping';
import { idOf, type Meta } from './reference';

/**
 * Kinds of amounts, by MoySklad's words: `quantity` includes what is in transit, `freeStock` is stock less reserve. Source:
 * github moysklad/api-remap-1.2-doc, `md/reports/_report_stock.md`.
 */
export const STOCK_TYPES = ['freeStock', 'inTransit', 'quantity', 'reserve', 'stock'] as const;
/** MoySklad's word for a kind of amount. */
export type StockType = (typeof STOCK_TYPES)[number];

/** Amounts in the unit of the good, by kinds; a kind that nobody asked for is missing. */
export type StockAmounts = Partial<Record<StockType, number>>;

/** Amounts in one store; `id` is null for reserves and expectations of orders that name no store. */
export interface StoreStock extends StockAmounts {
	id: string | null;
	name?: string;
	/** MoySklad is recalculating: there are no amounts, and that is not zero. */
	unknown?: true;
}

/** Amounts of one product, variant or bundle. With `stores` the amounts beside them are their sums. */
export interface StockLevel extends StockAmounts {
	entity?: string;
	id: string;
	stores?: StoreStock[];
	/** MoySklad is recalculating at least one store: the sum is not known, and not zero. */
	unknown?: true;
	[raw: string]: unknown;
}

type Row = Record<string, unknown>;

/** Rows of `report/stock/bystore/current` for one kind of amount. Source: github moysklad/api-remap-1.2-doc, `md/reports/_report_stock.md`. */
export function currentLevels(type: StockType, rows: readonly Row[]): StockLevel[] {
	return [...groupBy(rows, ({ assortmentId }) => String(assortmentId))].map(([id, own]) =>
		withSums({ id, stores: own.map((row) => ({ id: typeof row.storeId === 'string' ? row.storeId : null, ...amountOrUnknown(type, row[type]) })) }),
	);
}

function amountOrUnknown(type: StockType, value: unknown): StockAmounts | { unknown: true } {
	const amount = toAmount(value);
	return amount === undefined ? { unknown: true } : { [type]: amount };
}

/** A number, or the text of one; undefined for anything else. */
function toAmount(value: unknown): number | undefined {
	const amount = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
	return typeof amount === 'number' && Number.isFinite(amount) ? amount : undefined;
}

/** Rows of `report/stock/all`, with all that they say beside the amounts. Throws ANSWER_UNEXPECTED for a row that names no object. */
export const fullLevels = (rows: readonly Row[]): StockLevel[] =>
	rows.map(({ meta, ...raw }) => ({ ...raw, ...objectOf(meta as Meta | undefined), ...withFree(amountsOf(raw)) }));

/** Rows of `report/stock/bystore`. Throws ANSWER_UNEXPECTED for a row that names no object or no store. */
export const storeLevels = (rows: readonly Row[]): StockLevel[] =>
	rows.map(({ meta, stockByStore }) => {
		const stores = stockByStore ?? [];
		if (!Array.isArray(stores)) throw unexpected('stores that are no list');
		return withSums({ ...objectOf(meta as Meta | undefined), stores: stores.map((row) => toStoreStock(row as Row)) });
	});

/** Orders without a store are not in this report: a row without one is none of theirs. */
function toStoreStock(row: Row): StoreStock {
	const id = idOf(row?.meta as Meta | undefined);
	if (id === undefined) throw unexpected('a row that names no store');
	return { id, name: String(row.name ?? ''), ...withFree(amountsOf(row)) };
}

const unexpected = (reason: string): SyncError => new SyncError('ANSWER_UNEXPECTED', { call: 'report/stock', reason });

/** Throws ANSWER_UNEXPECTED. */
function objectOf(meta: Meta | undefined): { entity: string; id: string } {
	const id = idOf(meta);
	if (id === undefined || typeof meta?.type !== 'string') throw unexpected('a row that names no object');
	return { entity: meta.type, id };
}

const amountsOf = (row: Row): StockAmounts =>
	Object.fromEntries(STOCK_TYPES.map((type) => [type, toAmount(row[type])] as const).filter(([, amount]) => amount !== undefined));

/** Adds what is free where stock and reserve are known. */
function withFree<Holder extends StockAmounts>(amounts: Holder): Holder {
	const { stock, reserve, freeStock } = amounts;
	return stock === undefined || reserve === undefined || freeStock !== undefined ? amounts : { ...amounts, freeStock: exactSum([stock, -reserve]) };
}

/** The same objects from reports about several kinds of amounts. What a report does not mention is zero. */
export function mergedLevels(reports: ReadonlyArray<{ type: StockType; levels: readonly StockLevel[] }>): StockLevel[] {
	const merged = new Map<string, StockLevel>();
	for (const level of reports.flatMap(({ levels }) => levels)) merged.set(level.id, mergedLevel(merged.get(level.id), level));
	const zeros = amounts(reports.map(({ type }) => type), 0);
	const fill = (store: StoreStock): StoreStock => (store.unknown ? { id: store.id, unknown: true } : withFree({ ...zeros, ...store }));
	return [...merged.values()].map((level) => withSums({ ...level, stores: (level.stores ?? []).map(fill) }));
}

function mergedLevel(one: StockLevel | undefined, other: StockLevel): StockLevel {
	const stores = new Map((one?.stores ?? []).map((store) => [store.id, store]));
	for (const store of other.stores ?? []) stores.set(store.id, { ...stores.get(store.id), ...store });
	return { ...one, ...other, stores: [...stores.values()] };
}

/** An object of which nothing is left, in no store. */
export const zeroLevel = (id: string, types: readonly StockType[]): StockLevel => withFree({ id, ...amounts(types, 0), stores: [] });

const amounts = (types: readonly StockType[], amount: number): StockAmounts => Object.fromEntries(types.map((type) => [type, amount]));

/** Puts the sums of the stores beside them; where one is not known, there is no sum. */
export function withSums(level: StockLevel & { stores: StoreStock[] }): StockLevel {
	const { stores, ...rest } = level;
	if (stores.some(({ unknown }) => unknown)) {
		const known = Object.entries(rest).filter(([name]) => !STOCK_TYPES.some((type) => type === name));
		return { ...Object.fromEntries(known), id: level.id, stores, unknown: true };
	}
	const types = STOCK_TYPES.filter((type) => rest[type] !== undefined || stores.some((store) => store[type] !== undefined));
	return { ...rest, ...Object.fromEntries(types.map((type) => [type, exactSum(stores.map((store) => store[type] ?? 0))])), stores };
}

/** Orders that name no store reserve from this one: their amounts are added to its own (rule S3). */
export function withDefaultStore(level: StockLevel, storeId: string): StockLevel {
	const storeless = level.stores?.find(({ id }) => id === null);
	if (!level.stores || !storeless) return level;
	const own = level.stores.find(({ id }) => id === storeId) ?? { id: storeId };
	const types = STOCK_TYPES.filter((type) => own[type] !== undefined || storeless[type] !== undefined);
	const together: StoreStock =
		own.unknown || storeless.unknown
			? { id: storeId, unknown: true }
			: { ...own, ...Object.fromEntries(types.map((type) => [type, exactSum([own[type] ?? 0, storeless[type] ?? 0])])) };
	return withSums({ ...level, stores: [...level.stores.filter(({ id }) => id !== null && id !== storeId), together] });
}

/** Only the amounts of some stores. */
export function inStores(level: StockLevel, storeIds: readonly string[]): StockLevel {
	return level.stores ? withSums({ ...level, stores: level.stores.filter(({ id }) => id !== null && storeIds.includes(id)) }) : level;
}

/** The level with its sums alone. */
export function withoutStores(level: StockLevel): StockLevel {
	const total = { ...level };
	delete total.stores;
	return total;
}

/** The sum of amounts in one unit, exact for the fractions that goods are sold in. */
export function exactSum(amounts: readonly number[]): number {
	if (amounts.every(Number.isInteger)) return amounts.reduce((total, amount) => total + amount, 0);
	return amounts.reduce((total, amount) => total.plus(amount), Decimal.zero).toNumber();
}
