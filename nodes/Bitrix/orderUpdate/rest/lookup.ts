import { groupBy, originKey, SyncError, warning } from '../../../../core';
import { BITRIX_PAGE, chunks, rowsOf, type Batches } from '../../../../transport';
import { fail, skip, type Entry } from './entry';
import type { OrderSession } from './session';

const LIST = { method: 'sale.order.list', rows: 'orders' };

/** Finds orders that were born in MoySklad by their XML_ID, for entries that say nothing of an order of the store. */
export async function findBorn({ batches }: OrderSession, entries: readonly Entry[]): Promise<void> {
	const open = entries.filter(({ result, bitrixId, moySkladId }) => !result && bitrixId === null && moySkladId !== null);
	const found = await byXmlIds(batches, open.map(xmlIdOf));
	for (const entry of open) {
		const [id, ...others] = found.get(xmlIdOf(entry)) ?? [];
		if (others.length > 0) fail(entry, new SyncError('ORDER_STORE_AMBIGUOUS', { ids: [id, ...others].join(', ') }));
		else entry.bitrixId = id ?? null;
	}
}

export const xmlIdOf = ({ moySkladId }: Entry): string => originKey('order', moySkladId ?? '');

/** Leaves out what belongs to no order of the store. */
export function skipUnknown(entries: readonly Entry[]): void {
	for (const entry of entries) if (!entry.result && entry.bitrixId === null) skip(entry, warning('ORDER_NOT_OF_STORE'));
}

/** Ids by XML_ID, without counting (trap T10). Throws BITRIX_FILTER_IGNORED for an order that was not asked for (trap T1). */
async function byXmlIds(batches: Batches, xmlIds: readonly string[]): Promise<Map<string, string[]>> {
	const parts = chunks([...new Set(xmlIds)], BITRIX_PAGE / 2);
	const commands = parts.map((part) => ({ method: LIST.method, parameters: { select: ['id', 'xmlId'], filter: { '@xmlId': part }, order: { id: 'ASC' }, start: -1 } }));
	const outcomes = await batches.each(commands, { repeatable: true });
	const rows = parts.flatMap((part, index) => {
		const outcome = outcomes[index];
		if (!outcome || 'error' in outcome) throw outcome?.error ?? new SyncError('ANSWER_UNEXPECTED', { call: LIST.method, reason: 'no answer' });
		const found = rowsOf(outcome.result, LIST).map(({ id, xmlId }) => ({ id: String(id), xmlId: String(xmlId).toLowerCase() }));
		if (found.some(({ xmlId }) => !part.includes(xmlId))) throw new SyncError('BITRIX_FILTER_IGNORED', { call: LIST.method });
		return found;
	});
	return new Map([...groupBy(rows, ({ xmlId }) => xmlId)].map(([xmlId, some]) => [xmlId, some.map(({ id }) => id)]));
}
