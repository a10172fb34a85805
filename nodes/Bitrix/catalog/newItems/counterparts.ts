import { groupBy, isByChance, isUuid, SyncError, VARIANT_MARK, withArchived, type Identity, type Meta, type NewItem, type PresentItem } from '../../../../core';
import { readByValues, type Entity, type MoySkladClient } from '../../../../transport';

/** An item of Bitrix that nothing in MoySklad is linked with. */
export interface Candidate {
	present: PresentItem;
	/** What it would become; undefined for what is not taken over. */
	kind: NewItem['kind'] | undefined;
	/** Under which it is made in MoySklad. */
	syncId: string;
}

/** What MoySklad has of an item. */
export interface Counterpart {
	moySkladId: string;
	externalCode: string | null;
}

/**
 * What MoySklad has of the items already, by the ids of these: what an earlier run made, or what has the key of the item.
 * An error where that cannot be the item's own.
 */
export async function counterparts(client: MoySkladClient, identity: Identity, candidates: readonly Candidate[]): Promise<Map<number, Counterpart | SyncError>> {
	const made = await madeBefore(client, candidates);
	const keyed = await withKeys(client, identity, candidates.filter(({ syncId }) => !made.has(syncId)));
	return new Map(candidates.flatMap((candidate) => {
		const own = made.get(candidate.syncId);
		const found = own ? counterpart(own) : judged(candidate, keyed.get(candidate.present.xmlId) ?? []);
		return found ? [[candidate.present.id, found]] : [];
	}));
}

const counterpart = ({ id, externalCode }: Entity): Counterpart => ({
	moySkladId: String(id), externalCode: typeof externalCode === 'string' ? externalCode : null,
});

async function madeBefore(client: MoySkladClient, candidates: readonly Candidate[]): Promise<Map<string, Entity>> {
	const rows: Entity[] = [];
	for (const [kind, some] of groupBy(candidates, (one) => one.kind))
		if (kind !== undefined) rows.push(...(await readByValues(client, `entity/${kind}`, 'syncId', some.map(({ syncId }) => syncId), { conditions: withArchived })));
	return new Map(rows.map((row) => [String(row.syncId), row]));
}

/** Archived ones too. MoySklad refuses a whole filter for one value that cannot be an id, and compares codes without regard to case. */
async function withKeys(client: MoySkladClient, identity: Identity, candidates: readonly Candidate[]): Promise<Map<string, Entity[]>> {
	const keys = candidates.map(({ present }) => present.xmlId).filter((key) => (identity === 'id' ? isUuid(key) : key !== '' && !key.includes(VARIANT_MARK)));
	if (keys.length === 0) return new Map();
	const rows = await readByValues(client, 'entity/assortment', identity, keys, { conditions: withArchived });
	return groupBy(rows, (row) => String(row[identity]));
}

const KINDS: Record<string, ReadonlyArray<Candidate['kind']>> = { product: ['product', undefined], bundle: ['product', undefined], service: ['service'] };

function judged({ present, kind }: Candidate, [found, ...others]: readonly Entity[]): Counterpart | SyncError | undefined {
	if (!found) return undefined;
	const key = present.xmlId;
	if (others.length > 0) return new SyncError('NEW_ITEM_KEY_REPEATED', { key });
	const { type } = found.meta as Meta;
	if (!KINDS[type]?.includes(kind)) return new SyncError('NEW_ITEM_KEY_FOREIGN', { key, entity: type });
	if (isByChance(present, key, String(found.name))) return new SyncError('NEW_ITEM_KEY_FOREIGN', { key, entity: `${type} of another name` });
	return counterpart(found);
}
