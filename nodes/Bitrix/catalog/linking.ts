import { checkedKey, groupBy, linkedGoods, planLink, SyncError, type Identity } from '../../../core';
import { fail, finishMissing, newEntry, refuseRepeatedKeys, type Entry } from './entry';
import { finishPlanned } from './finishing';
import { writeItems } from './itemWrites';
import { byIds, byKeys, byMoySkladIds, type Looked } from './lookup';
import { postpone } from './present';
import { makeProperties } from './properties';
import { inRounds } from './rounds';
import type { CatalogSession } from './session';

/** Which item of Bitrix is to belong to which object of MoySklad. */
export interface LinkRequest {
	bitrixId: number;
	moySkladId: string;
	externalCode: string | null;
}

/** Throws CATALOG_KEY_EMPTY, CATALOG_KEY_FORBIDDEN, CATALOG_KEY_LONG. */
export function linkEntry(input: number, { bitrixId, moySkladId, externalCode }: LinkRequest, identity: Identity): Entry {
	const goods = linkedGoods(moySkladId.toLowerCase(), externalCode);
	return { ...newEntry(input, goods), key: checkedKey(goods, identity), bitrixId };
}

/** Writes the ids of MoySklad into items that are there, and the key if they have another one. Every entry gets a result. */
export async function linkItemsOf(session: CatalogSession, entries: readonly Entry[]): Promise<void> {
	await makeProperties(session, { attributes: [], characteristics: [] });
	refuseRepeatedKeys(entries);
	refuseRepeatedItems(entries);
	await inRounds(entries.filter(({ result }) => !result), async (pending) => {
		const items = await byIds(session, 'goods', pending.map(({ bitrixId }) => bitrixId ?? 0));
		const marked = await byMoySkladIds(session, 'goods', pending.map(({ goods }) => goods.id));
		const keyed = await byKeys(session, 'goods', pending.map(({ key = '' }) => key));
		for (const entry of pending) plan(session, entry, items, [marked, keyed]);
		await writeItems(session, pending.filter(({ result, unsure }) => !result && !unsure));
	});
}

/** An item belongs to one object. */
function refuseRepeatedItems(entries: readonly Entry[]): void {
	for (const [id, some] of groupBy(entries.filter(({ result }) => !result), ({ bitrixId }) => bitrixId))
		if (some.length > 1) for (const entry of some) fail(entry, new SyncError('NEW_ITEM_LINKED_TWICE', { id: id ?? 0 }));
}

/** `others` are looked up by the id of MoySklad and by the key: nobody else may have either. */
function plan(session: CatalogSession, entry: Entry, items: Looked, [marked, keyed]: [Looked, Looked]): void {
	const { bitrixId, goods, key = '' } = entry;
	const failed = items.failed.get(String(bitrixId)) ?? marked.failed.get(goods.id) ?? keyed.failed.get(key);
	if (failed) return postpone(entry, failed);
	const [present] = items.found.get(String(bitrixId)) ?? [];
	if (!present) return finishMissing(entry);
	const others = [...(marked.found.get(goods.id) ?? []), ...(keyed.found.get(key) ?? [])].filter(({ id }) => id !== present.id);
	if (others.length > 0) return fail(entry, new SyncError('CATALOG_KEY_DUPLICATE', { key, ids: [present, ...others].map(({ id }) => id).join(', ') }));
	if (present.moySkladId !== null && present.moySkladId !== goods.id) return fail(entry, new SyncError('CATALOG_KEY_TAKEN', { id: present.id, key }));
	if (!present.family) return fail(entry, new SyncError('CATALOG_TYPE_CONFLICT', { id: present.id, wanted: goods.kind, present: 'set' }));
	const made = planLink({ goods, key, family: present.family, values: {}, gone: undefined }, present, session.plan);
	if (entry.plan) entry.firstPlan ??= entry.plan;
	Object.assign(entry, { present, plan: made });
	if (made.outcome === 'unchanged' || session.settings.preview) finishPlanned(session, entry, made);
}
