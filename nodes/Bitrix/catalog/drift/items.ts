import { driftKindOf, itemDifferences, type ComparedItem, type Kopecks, type TargetChange, type WriteResult } from '../../../../core';
import type { Entries, Entry } from '../entry';
import type { Comparison } from '../../drift/outputs';

/** What a preview of *Upsert Items* says of the items that came in, as differences. A product that only its variants brought along has its own page. */
export function compareEntries({ goods, offers, refused }: Entries, tolerance: Kopecks): Comparison {
	const compared: Comparison = { differences: [], unread: [] };
	for (const [input, result] of refused) if (result.error) compared.unread.push({ result, input });
	for (const entry of [...goods, ...offers]) if (entry.input !== undefined) compareEntry(entry, entry.input, tolerance, compared);
	return compared;
}

function compareEntry(entry: Entry, input: number | undefined, tolerance: Kopecks, { differences, unread }: Comparison): void {
	const { result } = entry;
	if (!result) return;
	const item = comparedItem(entry, result);
	if (item.error && !driftKindOf(item)) unread.push({ result, input });
	else differences.push(...itemDifferences(item, tolerance).map((difference) => ({ ...difference, input })));
}

/** The same for items that are there and have no input. */
export function compareGone(entries: readonly Entry[]): Comparison {
	const compared: Comparison = { differences: [], unread: [] };
	for (const entry of entries) compareEntry(entry, undefined, 0, compared);
	return compared;
}

function comparedItem({ goods, present, parent, plan }: Entry, result: WriteResult): ComparedItem {
	const { key, moySkladId, bitrixId, error } = result;
	return {
		key, moySkladId, bitrixId, error, entity: goods.kind, name: goods.name ?? present?.name ?? null, parentError: parent?.result?.error,
		plan: plan && { ...plan, changes: [...plan.changes, ...picturesOf(result, plan.changes)] },
	};
}

/** Pictures are compared after everything else, and are no part of the plan. */
const picturesOf = ({ changes }: WriteResult, planned: readonly TargetChange[]): TargetChange[] =>
	changes.slice(planned.length).map((change) => ({ ...change, target: 'pictures' }));
