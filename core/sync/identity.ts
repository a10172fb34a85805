import { SyncError } from '../errors';
import type { Identified } from '../model/catalog';

/** Which of MoySklad's ids is the XML_ID in Bitrix. MoySklad's own exchange uses the external code. */
export type Identity = 'externalCode' | 'id';

/** Between the key of a product and that of its variant. */
export const VARIANT_MARK = '#';

/** Of an XML_ID; Bitrix cuts longer ones without a word, and then nothing is found by them again. */
const MOST_LETTERS = 255;

/** The object's own key; null when it is only known by a link that does not say it. */
export const ownKey = (object: Identified, identity: Identity): string | null => (identity === 'id' ? object.id : object.externalCode);

/** The object's own key, fit to be an XML_ID. Throws CATALOG_KEY_EMPTY, CATALOG_KEY_FORBIDDEN, CATALOG_KEY_LONG. */
export function checkedKey(object: Identified, identity: Identity): string {
	const key = ownKey(object, identity)?.trim() ?? '';
	if (key === '') throw new SyncError('CATALOG_KEY_EMPTY', { field: identity === 'id' ? 'ID' : 'external code' });
	if (key.includes(VARIANT_MARK)) throw new SyncError('CATALOG_KEY_FORBIDDEN', { key });
	return fitting(key);
}

function fitting(key: string): string {
	if (key.length > MOST_LETTERS) throw new SyncError('CATALOG_KEY_LONG', { key, length: key.length, most: MOST_LETTERS });
	return key;
}

/** The XML_ID of a variant. `parentKey` is that of its product. Throws CATALOG_KEY_EMPTY, CATALOG_KEY_FORBIDDEN, CATALOG_KEY_LONG. */
export const variantKey = (parentKey: string, variant: Identified, identity: Identity): string =>
	fitting(`${parentKey}${VARIANT_MARK}${checkedKey(variant, identity)}`);

/** An object of the target, as far as identity is concerned. */
export interface Keyed {
	id: number;
	xmlId: string;
	/** What its property MOYSKLAD_ID says; null when it has none. */
	moySkladId: string | null;
	name: string;
}

/** What a lookup found: nothing, exactly one object, or a conflict that a person has to solve. */
export type Match<Present> = { present: Present | undefined } | { conflict: SyncError };

/**
 * Decides which object of the target belongs to one of MoySklad (rule I3). `byKey` have its key as XML_ID, `byId` its id in
 * MOYSKLAD_ID. An object with the right key that is bound to another id is not ours; one with another key and our id is ours,
 * but somebody changed the key: that is only accepted when `takeOver` says so.
 */
export function match<Present extends Keyed>(
	wanted: { key: string | null; moySkladId: string; name: string | null },
	byKey: readonly Present[],
	byId: readonly Present[],
	takeOver: boolean,
): Match<Present> {
	const key = wanted.key ?? '';
	const found = byKey.length > 0 ? byKey : byId;
	const [present] = found;
	if (!present) return { present: undefined };
	if (found.length > 1) return { conflict: new SyncError('CATALOG_KEY_DUPLICATE', { key: byKey.length > 0 ? key : wanted.moySkladId, ids: idsOf(found) }) };
	if (byKey.length > 0) {
		const other = present.moySkladId !== null && present.moySkladId !== wanted.moySkladId;
		if (other) return { conflict: new SyncError('CATALOG_KEY_TAKEN', { id: present.id, key }) };
		return present.moySkladId === null && isByChance(present, key, wanted.name) ? { conflict: new SyncError('CATALOG_KEY_BY_CHANCE', { id: present.id, name: present.name }) } : { present };
	}
	if (wanted.key === null || present.xmlId === key || takeOver) return { present };
	return { conflict: new SyncError('CATALOG_KEY_CHANGED', { id: present.id, from: present.xmlId, key }) };
}

/**
 * Whether an object of Bitrix has the key of one of MoySklad, though nobody has joined them. Bitrix fills an empty XML_ID with the
 * object's id (trap T11): that the same number is a key in MoySklad proves nothing where the names differ.
 */
export const isByChance = (present: { id: number | string | null; name: string }, key: string, wantedName: string | null): boolean =>
	key === String(present.id) && present.name !== wantedName;

const idsOf = (objects: readonly Keyed[]): string => objects.map(({ id }) => id).join(', ');
