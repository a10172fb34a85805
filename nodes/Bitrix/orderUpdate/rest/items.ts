import { fromJson, originKey, readDeleted, readFullOrder, readStoreLink, storeReference, SyncError, warning } from '../../../../core';
import { itemFailure } from '../../../shared/errors';
import { fail, newEntry, skip, type Entry } from './entry';
import type { OrderSession } from './session';

/** Reads the input items: which customer order, and which order of the store. What cannot be read, or is not of this store, gets its result. */
export function readItems(session: OrderSession): Entry[] {
	return session.context.getInputData().map((_, item) => {
		const entry = newEntry(item);
		try {
			readItem(session, entry);
		} catch (error) {
			fail(entry, error instanceof SyncError ? error : itemFailure(error));
		}
		return entry;
	});
}

function readItem({ context, owner }: OrderSession, entry: Entry): void {
	const given = context.getNodeParameter('customerOrder', entry.item, undefined);
	// Expressions and other nodes may hand in the JSON as text.
	const json = typeof given === 'string' ? fromJson(given) : given;
	const deleted = readDeleted(json);
	if (!deleted) entry.order = readFullOrder(json);
	entry.moySkladId = deleted?.id ?? entry.order?.id ?? null;
	const reference = entry.order && storeReference(entry.order, owner.siteKey);
	entry.key = entry.moySkladId === null ? (entry.order?.externalCode ?? '') : originKey('order', entry.moySkladId);
	entry.link = readStoreLink(context.getNodeParameter('link', entry.item, undefined), entry.key, owner);
	const chosen = chosenId(context.getNodeParameter('storeOrderId', entry.item, ''));
	if (chosen !== undefined) entry.bitrixId = chosen;
	else if (reference && 'other' in reference && !entry.link) skip(entry, warning('ORDER_NOT_OF_STORE'));
	else entry.bitrixId = entry.link?.bitrixId ?? (reference && 'id' in reference ? reference.id : null);
	if (entry.key === '') entry.key = `bitrix:${owner.siteKey}:${entry.bitrixId ?? '?'}`;
}

/** Throws ORDER_UPDATE_INVALID. */
function chosenId(value: unknown): string | undefined {
	const text = String(value ?? '').trim();
	if (text === '') return undefined;
	if (!/^\d+$/.test(text)) throw new SyncError('ORDER_UPDATE_INVALID', { reason: 'the ID of an order is a number' });
	return text;
}

/** An order comes once in a run: the second one does not know what the first one wrote. */
export function refuseRepeated(entries: readonly Entry[]): void {
	const seen = new Set<string>();
	for (const entry of entries) {
		if (entry.result) continue;
		const names = [entry.key, ...(entry.bitrixId === null ? [] : [`store ${entry.bitrixId}`])];
		if (names.some((name) => seen.has(name))) fail(entry, new SyncError('ORDER_UPDATE_TWICE'));
		else names.forEach((name) => seen.add(name));
	}
}
