import type { ErrorReport } from '../errors';
import type { WriteResult } from '../sync/result';
import { driftOf, type Compared, type Drift } from './drift';
import { driftKindOf } from './itemDrift';
import type { DriftKind } from './kinds';

/** An item with the amounts that *Update Stock* would change. */
export interface ComparedStock extends Compared {
	/** `from` is what Bitrix has. */
	steps: ReadonlyArray<{ field: string; from: number; to: number }>;
	error: Pick<ErrorReport, 'code' | 'message'> | undefined;
}

/** Whether it is left open how an item differs: it could not be read, or MoySklad is reckoning (rule S3). */
export const isStockUnread = ({ error, warnings }: Pick<WriteResult, 'error' | 'warnings'>): boolean =>
	error ? !driftKindOf({ error }) : warnings.some(({ code }) => code === 'STOCK_UNKNOWN');

/** How the amounts of an item differ by more than `tolerance` pieces. */
export function stockDifferences(item: ComparedStock, tolerance: number): Drift[] {
	const { error, steps } = item;
	const finding = driftKindOf({ error });
	if (error) return finding ? [driftOf(item, { kind: finding, field: 'Item', moySklad: item.moySkladId, bitrix: error.message }, error)] : [];
	return steps
		.filter(({ from, to }) => Math.abs(to - from) > tolerance)
		.map(({ field, from, to }) => driftOf(item, { kind: kindOf(from, to), field, moySklad: to, bitrix: from }, 'stock'));
}

/** Nothing, and less than nothing, cannot be bought. */
function kindOf(from: number, to: number): DriftKind {
	if (to <= 0 && from > 0) return 'soldOut';
	return from <= 0 && to > 0 ? 'notOffered' : 'stock';
}
