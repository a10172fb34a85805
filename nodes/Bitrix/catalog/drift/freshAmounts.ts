import type { IExecuteFunctions } from 'n8n-workflow';
import { toMoscow, type StockKind } from '../../../../core';
import { systemClock } from '../../../shared/clock';
import { moySkladOf } from '../openSession';

const MINUTE = 60_000;
/** MoySklad looks back a day at most; a little less, since its clock may be ahead. */
const LONGEST_MINUTES = 24 * 60 - 5;

/** What moved from one store to another is the same in sum; reserves of no store are no line of a store when they are gone. */
const REPORTS = ['all', 'bystore'] as const;

const STOCK_TYPES: Record<StockKind, string> = { free: 'freeStock', physical: 'stock', expected: 'quantity' };

/**
 * Ids of what MoySklad counts differently than so many minutes ago, in sum or in a store. Undefined where nobody asks for it, where the node
 * has no MoySklad credential, and for more time than MoySklad looks back.
 */
export async function freshAmounts(context: IExecuteFunctions, kind: StockKind, minutes: number): Promise<ReadonlySet<string> | undefined> {
	if (minutes === 0 || minutes > LONGEST_MINUTES) return undefined;
	const moySklad = await moySkladOf(context);
	if (!moySklad) return undefined;
	const changedSince = toMoscow(systemClock.now() - minutes * MINUTE).slice(0, -'.000'.length);
	const fresh = new Set<string>();
	for (const report of REPORTS)
		for (const { assortmentId } of (await moySklad.get(`report/stock/${report}/current`, { changedSince, stockType: STOCK_TYPES[kind] })) as Array<{ assortmentId?: unknown }>) fresh.add(String(assortmentId).toLowerCase());
	return fresh;
}
