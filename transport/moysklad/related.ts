import { attachObjects, groupBy, hiddenToo, openReferences, type Meta, type OpenReference } from '../../core';
import { inParallel } from '../parallel';
import type { MoySkladClient } from './client';
import { readAll, readByValues, type Entity } from './lists';
import { readStates } from './metadata';

/** What can be put in the place of links: exactly what and where MoySklad's `expand` would. */
export type Include = 'agent' | 'components' | 'country' | 'images' | 'positions' | 'product' | 'productFolder' | 'state' | 'supplier' | 'uom';

/** Lists of an entity that only `expand` opens, 100 objects a call. */
const COLLECTIONS: Partial<Record<Include, string>> = { components: 'components.assortment', images: 'images', positions: 'positions.assortment' };

/** Dictionaries so short that they are read whole. */
const WHOLE = new Set(['country', 'productfolder', 'uom']);
const LANES = 5;

/**
 * The value of `expand` for a list of the entity; undefined when nothing needs it. The list of all goods opens one level only.
 * Source: github moysklad/api-remap-1.2-doc, `md/_general.md`, `md/dictionaries/_assortment.md`.
 */
export function expandFor(entity: string, includes: readonly Include[]): string | undefined {
	const fields = includes.flatMap((include) => COLLECTIONS[include] ?? []).map((path) => (entity === 'assortment' ? (path.split('.', 1)[0] ?? path) : path));
	return fields.length > 0 ? fields.join(',') : undefined;
}

/** Reads what objects refer to with as few calls as possible, each thing once in its life (an execution). */
export class Related {
	private readonly whole = new Map<string, Promise<Map<string, Entity>>>();
	private readonly known = new Map<string, Entity>();

	constructor(private readonly client: MoySkladClient) {}

	/** Puts objects in the place of links, in `rows` themselves. Links to what is gone or may not be seen stay links. */
	async attach(rows: readonly Entity[], includes: readonly Include[]): Promise<void> {
		await completeCollections(this.client, rows);
		const pictures = includes.includes('images');
		if (includes.includes('components')) await this.attachAll(openReferences(rows, ['components', 'rows', 'assortment']), pictures);
		if (includes.includes('product')) await this.attachAll(openReferences(rows, ['product']), pictures);
		const goods = includes.includes('product') ? [...rows, ...productsOf(rows)] : rows;
		for (const field of ['agent', 'country', 'productFolder', 'state', 'supplier', 'uom'] as const)
			if (includes.includes(field)) await this.attachAll(openReferences(goods, [field]), pictures);
	}

	/** All folders, each with its parents. */
	async folders(): Promise<Entity[]> {
		return [...(await this.once('productfolder', async (type) => await this.readWhole(type))).values()];
	}

	private async attachAll(references: OpenReference[], pictures: boolean): Promise<void> {
		for (const [type, some] of groupBy(references, ({ meta }) => meta.type)) attachObjects(some, await this.objects(type, some, pictures));
	}

	private async objects(type: string, references: readonly OpenReference[], pictures: boolean): Promise<Map<string, Entity>> {
		if (type === 'state') return await this.once(statesOwner(references), async (entity) => await readStates(this.client, entity));
		if (WHOLE.has(type)) return await this.once(type, async () => await this.readWhole(type));
		const ids = references.map(({ id }) => id).filter((id) => !this.known.has(id));
		const expand = type === 'product' && pictures ? 'images' : undefined;
		const rows = await readByValues(this.client, `entity/${type}`, 'id', ids, { conditions: hiddenToo(type), query: { expand } });
		for (const row of rows) this.known.set(String(row.id), row);
		return this.known;
	}

	/** Folders come with their parents, as deep as the tree is. */
	private async readWhole(type: string): Promise<Entity[]> {
		const rows = await readAll(this.client, `entity/${type}`, { filter: type === 'productfolder' ? 'archived=true;archived=false' : undefined });
		const byId = new Map(rows.map((row) => [String(row.id), row]));
		attachObjects(openReferences(rows, ['productFolder']), byId);
		return rows;
	}

	private async once(key: string, read: (key: string) => Promise<Entity[]>): Promise<Map<string, Entity>> {
		const present = this.whole.get(key) ?? read(key).then((rows) => new Map(rows.map((row) => [String(row.id), row])));
		this.whole.set(key, present);
		return await present;
	}
}

const productsOf = (rows: readonly Entity[]): Entity[] =>
	[...new Set(rows.map(({ product }) => product as Entity | undefined))].filter((product) => product?.id !== undefined) as Entity[];

/** `expand` opens the first hundred rows of a list inside an object: reads the longer lists whole. Throws what `MoySkladClient` throws. */
export async function completeCollections(client: MoySkladClient, rows: readonly Entity[]): Promise<void> {
	const cut = rows.flatMap((row) => Object.values(row)).filter(isCut);
	await inParallel(cut, LANES, async (collection) => {
		const opened = collection.rows.some(({ assortment }) => (assortment as Entity | undefined)?.id !== undefined);
		collection.rows = await readAll(client, collection.meta.href, { expand: opened ? 'assortment' : undefined });
	});
}

interface Collection {
	meta: Meta & { size: number };
	rows: Entity[];
}

function isCut(value: unknown): value is Collection {
	const { meta, rows } = (value ?? {}) as Partial<Collection>;
	return Array.isArray(rows) && meta?.size !== undefined && meta.size > rows.length;
}

/** …/entity/customerorder/metadata/states/<id> */
const statesOwner = (references: readonly OpenReference[]): string => /\/entity\/([a-z]+)\/metadata\//.exec(references[0]?.meta.href ?? '')?.[1] ?? '';
