import {
	composedLevel, currentLevels, filterText, fullLevels, mergedLevels, storeLevels, SyncError, toBundleParts, toMoscow, withArchived, zeroLevel,
	type BundleParts, type Condition, type StockLevel, type StockType,
} from '../../core';
import { chunks, inParallel } from '../parallel';
import type { MoySkladClient, Query } from './client';
import { PAGE_WITH_EXPAND, readAll, type Entity } from './lists';

/** What to read of the short report, which is about the present. */
export interface CurrentStockQuery {
	types: readonly StockType[];
	/** Only objects of which an amount changed since, at most 24 hours ago; milliseconds since 1970. */
	changedSince?: number;
	/** Also objects that are out of stock. */
	zeroLines?: boolean;
	/** Only these objects. */
	assortment?: readonly string[];
}

/** Ids in one filter, so that the address stays below 8 KB. */
const IDS = 150;
const LANES = 5;

/** From so many objects on, the report about all of them is cheaper than those about parts. */
const MANY = 4 * IDS;

/**
 * Current amounts, one entry an object, with its stores: only the report by stores says what MoySklad is recalculating. Amounts
 * of several types are put together. A report that is too big is read in parts. Throws ANSWER_UNEXPECTED for rows without a
 * good, and what `MoySkladClient` throws.
 */
export async function readCurrentStock(client: MoySkladClient, query: CurrentStockQuery): Promise<StockLevel[]> {
	const { types, changedSince } = query;
	if (changedSince !== undefined) return await changedStock(client, query, changedSince);
	const reports = await inParallel(types, LANES, async (type) => ({ type, levels: currentLevels(type, await currentRows(client, type, query)) }));
	return mergedLevels(reports);
}

/** The report of changes leaves out the stores in which nothing changed, so it only says which objects to ask for. */
async function changedStock(client: MoySkladClient, { types, assortment }: CurrentStockQuery, changedSince: number): Promise<StockLevel[]> {
	const changed = await inParallel(types, LANES, async (type) => await report(client, 'all', { stockType: type, changedSince: toMoscow(changedSince).slice(0, 19) }));
	const among = assortment && new Set(assortment);
	const ids = [...new Set(changed.flat().map(({ assortmentId }) => String(assortmentId)))].filter((id) => !among || among.has(id));
	const levels = await readCurrentStock(client, { types, zeroLines: true, assortment: ids.length > MANY ? undefined : ids });
	const known = new Map(levels.map((level) => [level.id, level]));
	return ids.map((id) => known.get(id) ?? zeroLevel(id, types));
}

async function currentRows(client: MoySkladClient, type: StockType, { assortment, zeroLines }: CurrentStockQuery): Promise<Entity[]> {
	const query: Query = { stockType: type, include: zeroLines ? 'zeroLines' : undefined, withRecalculate: true };
	if (assortment) return await inParts(client, query, assortment);
	try {
		return await report(client, 'bystore', query);
	} catch (error) {
		return await inParts(client, query, await allIds(client, error));
	}
}

const inParts = async (client: MoySkladClient, query: Query, ids: readonly string[]): Promise<Entity[]> =>
	(await inParallel(chunks([...new Set(ids)], IDS), LANES, async (part) => await report(client, 'bystore', { ...query, filter: `assortmentId=${part.join(',')}` }))).flat();

/** The ids of all goods, to ask for the report by; what is not about its size is thrown on. */
async function allIds(client: MoySkladClient, error: unknown): Promise<string[]> {
	if (!(error instanceof SyncError) || error.code !== 'MOYSKLAD_TOO_LARGE') throw error;
	const goods = await readAll(client, 'entity/assortment', { filter: filterText(withArchived), order: 'name,asc' });
	return goods.map(({ id }) => String(id));
}

async function report(client: MoySkladClient, kind: 'all' | 'bystore', query: Query): Promise<Entity[]> {
	const path = `report/stock/${kind}/current`;
	const answer = await client.get(path, query);
	if (!Array.isArray(answer)) throw new SyncError('ANSWER_UNEXPECTED', { call: `GET ${path}`, reason: 'no list' });
	return answer.map((row) => withAssortment(row, path));
}

function withAssortment(row: unknown, path: string): Entity {
	const { assortmentId } = (row ?? {}) as Entity;
	if (typeof assortmentId === 'string' && assortmentId !== '') return row as Entity;
	throw new SyncError('ANSWER_UNEXPECTED', { call: `GET ${path}`, reason: 'a row without assortmentId' });
}

/**
 * The long report with names, costs and folders; weighs as much as several calls a page. Throws MOYSKLAD_FILTER_VALUE,
 * ANSWER_UNEXPECTED, and what `MoySkladClient` throws.
 */
export async function readFullStock(client: MoySkladClient, { byStore, conditions, query }: { byStore: boolean; conditions: Condition[]; query: Query }): Promise<StockLevel[]> {
	const rows = await readAll(client, `report/stock/${byStore ? 'bystore' : 'all'}`, { ...query, filter: filterText(conditions) });
	return byStore ? storeLevels(rows) : fullLevels(rows);
}

/** What all bundles are made of; 100 bundles a call. Throws what `MoySkladClient` throws. */
export async function readBundleParts(client: MoySkladClient): Promise<BundleParts[]> {
	const rows = await readAll(client, 'entity/bundle', { expand: 'components', order: 'id,asc', limit: PAGE_WITH_EXPAND });
	return rows.map(toBundleParts);
}

/**
 * The bundles that the levels concern, composed from the amounts of their components (rule S5). `missing` reads the components that a
 * report about a part of the goods did not bring.
 */
export async function composeBundles(
	bundles: readonly BundleParts[],
	levels: readonly StockLevel[],
	{ wanted = [], missing }: { wanted?: readonly string[]; missing?: (ids: string[]) => Promise<StockLevel[]> },
): Promise<StockLevel[]> {
	const known = new Map(levels.map((level) => [level.id, level]));
	const concerned = bundles.filter(({ id, components }) => wanted.includes(id) || components.some((component) => known.has(component.id)));
	const lacking = new Set(concerned.flatMap(({ components }) => components.map(({ id }) => id)).filter((id) => !known.has(id)));
	if (missing && lacking.size > 0) for (const level of await missing([...lacking])) known.set(level.id, level);
	return concerned.flatMap((bundle) => composedLevel(bundle, known) ?? []);
}
