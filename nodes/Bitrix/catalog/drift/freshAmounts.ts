import type { IExecuteFunctions } from 'n8n-workflow';
import { bundleIsFresh, toMoscow, withArchived, type Drift, type StockKind } from '../../../../core';
import { readByValues, type MoySkladClient } from '../../../../transport';
import { systemClock } from '../../../shared/clock';
import { moySkladOf } from '../openSession';

const MINUTE = 60_000;
/** MoySklad looks back a day at most; a little less, since its clock may be ahead. */
const LONGEST_MINUTES = 24 * 60 - 5;

/** What moved from one store to another is the same in sum; reserves of no store are no line of a store when they are gone. */
const REPORTS = ['all', 'bystore'] as const;

const STOCK_TYPES: Record<StockKind, string> = { free: 'freeStock', physical: 'stock', expected: 'quantity' };

/**
 * Ids of what MoySklad counts differently than so many minutes ago, in sum or in a store; of bundles those among the differences.
 * Undefined where nobody asks for it, where the node has no MoySklad credential, and for more time than MoySklad looks back.
 */
export async function freshAmounts(context: IExecuteFunctions, kind: StockKind, minutes: number, differences: readonly Drift[]): Promise<ReadonlySet<string> | undefined> {
	if (differences.length === 0 || minutes === 0 || minutes > LONGEST_MINUTES) return undefined;
	const moySklad = await moySkladOf(context);
	if (!moySklad) return undefined;
	const since = systemClock.now() - minutes * MINUTE;
	const changedSince = toMoscow(since).slice(0, -'.000'.length);
	const fresh = new Set<string>();
	for (const report of REPORTS)
		for (const { assortmentId } of (await moySklad.get(`report/stock/${report}/current`, { changedSince, stockType: STOCK_TYPES[kind] })) as Array<{ assortmentId?: unknown }>) fresh.add(String(assortmentId).toLowerCase());
	for (const id of await freshBundles(moySklad, differences, fresh, since)) fresh.add(id);
	return fresh;
}

/** The reports know no bundles: one is fresh with its components. One that is gone meanwhile is, too, since nobody can tell. */
async function freshBundles(moySklad: MoySkladClient, differences: readonly Drift[], fresh: ReadonlySet<string>, since: number): Promise<string[]> {
	const ids = differences.flatMap(({ entity, moySkladId }) => (entity === 'bundle' && moySkladId !== null ? [moySkladId] : []));
	if (ids.length === 0) return [];
	const bundles = await readByValues(moySklad, 'entity/bundle', 'id', ids, { conditions: withArchived, query: { expand: 'components' } });
	const stale = new Set(bundles.filter((bundle) => !bundleIsFresh(bundle, fresh, since)).map(({ id }) => String(id).toLowerCase()));
	return ids.filter((id) => !stale.has(id));
}
