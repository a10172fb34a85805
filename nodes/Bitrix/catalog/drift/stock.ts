import { stockDifferences, isStockUnread, type ComparedStock } from '../../../../core';
import type { StockEntries, StockEntry } from '../stock/entry';
import type { Comparison } from '../../drift/outputs';

/** What a preview of *Update Stock* says of the items that came in, as differences. What is missing in Bitrix, *Compare Items* tells. */
export function compareAmounts({ entries, refused }: StockEntries, tolerance: number): Comparison {
	const compared: Comparison = { differences: [], unread: [] };
	for (const [input, result] of refused) if (result.error) compared.unread.push({ result, input });
	for (const entry of entries) {
		const { input, result } = entry;
		if (!result) continue;
		if (isStockUnread(result)) compared.unread.push({ result, input });
		else compared.differences.push(...stockDifferences(comparedStock(entry, result), tolerance).map((difference) => ({ ...difference, input })));
	}
	return compared;
}

function comparedStock({ level, present, steps }: StockEntry, { key, moySkladId, bitrixId, error }: NonNullable<StockEntry['result']>): ComparedStock {
	return { key, moySkladId, bitrixId, error, steps, entity: level.entity ?? (present?.family === 'offer' ? 'variant' : 'product'), name: present?.name ?? null };
}
