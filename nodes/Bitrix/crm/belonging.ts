import { groupBy, SyncError, type Parameters } from '../../../core';
import { chunks, type ListMethod, type Row } from '../../../transport';
import { askInParts, type Asking } from '../catalog/asking';

/** A list of rows that are asked for by what they belong to. */
export interface Belonging<Key extends string | number, Found> {
	list: ListMethod;
	/** Keys in one question. */
	size: number;
	query(part: Key[]): Parameters;
	read(row: Row): Found;
	keyOf(found: Found): Key;
}

/** Rows by what they belong to. Throws BITRIX_FILTER_IGNORED, and what the portal refuses. */
export async function belonging<Key extends string | number, Found>(
	session: Asking,
	keys: readonly Key[],
	{ list, size, query, read, keyOf }: Belonging<Key, Found>,
): Promise<Map<Key, Found[]>> {
	const all = new Map<Key, Found[]>();
	await askInParts(session, chunks([...new Set(keys)], size), {
		list,
		parameters: query,
		take: (rows, part) => {
			const found = rows.map(read);
			const asked = new Set(part);
			// A filter that Bitrix does not know is dropped, and the whole table comes (trap T1).
			if (found.some((one) => !asked.has(keyOf(one)))) throw new SyncError('BITRIX_FILTER_IGNORED', { call: list.method });
			for (const [key, some] of groupBy(found, keyOf)) all.set(key, some);
		},
		fail: (error) => {
			throw error;
		},
	});
	return all;
}
