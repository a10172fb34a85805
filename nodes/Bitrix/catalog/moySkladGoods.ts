import { idOf, readGoods, type Goods, type GoodsKind, type Meta, type Scope } from '../../../core';
import { readAll, readByValues, readPages, type Entity, type MoySkladClient } from '../../../transport';

const OWN_KINDS: readonly GoodsKind[] = ['product', 'bundle', 'service'];

/** Goods of MoySklad, read to find out which of them are still there. */
export class MoySkladGoods {
	private folders: Map<string, Entity> | undefined;

	constructor(
		private readonly client: MoySkladClient,
		/** Folders are only read when the scope depends on them. */
		private readonly scope: Scope,
	) {}

	/** All goods that are not archived, page by page: products before their variants. */
	async *alive(): AsyncGenerator<Goods> {
		const products = new Map<string, Entity>();
		for (const kind of [...OWN_KINDS, 'variant'] as const) {
			for await (const { rows } of readPages(this.client, `entity/${kind}`, { order: 'id,asc' })) {
				for (const row of rows) {
					if (kind === 'product') products.set(idIn(row), kept(row));
					yield await this.toGoods(kind === 'variant' ? { ...row, product: products.get(idIn(row.product as Entity)) ?? row.product } : row);
				}
			}
		}
	}

	/** Those of the ids that MoySklad still has, archived ones too, each with its product. */
	async byIds(kind: 'own' | 'variant', ids: readonly string[]): Promise<Map<string, Goods>> {
		const found = new Map<string, Goods>();
		for (const entity of kind === 'variant' ? (['variant'] as const) : OWN_KINDS) {
			const open = ids.filter((id) => !found.has(id));
			for (const row of await readByValues(this.client, `entity/${entity}`, 'id', open, { query: { expand: entity === 'variant' ? 'product' : undefined } })) {
				const goods = await this.toGoods(row);
				found.set(goods.id, goods);
			}
		}
		return found;
	}

	private async toGoods(row: Entity): Promise<Goods> {
		if (this.scope.folders.length === 0) return readGoods({ ...row, productFolder: undefined });
		this.folders ??= new Map((await readAll(this.client, 'entity/productfolder', { filter: 'archived=true;archived=false' })).map((folder) => [idIn(folder), folder]));
		return readGoods(this.placed(row));
	}

	/** The row, and the product in it, with their whole chain of folders. */
	private placed(row: Entity): Entity {
		const product = row.product as Entity | undefined;
		return { ...row, productFolder: this.folder(row.productFolder as Entity | undefined, 0), ...(product && { product: this.placed(product) }) };
	}

	private folder(link: Entity | undefined, depth: number): Entity | undefined {
		const folder = link && this.folders?.get(idIn(link));
		return folder && depth < 100 ? { ...folder, productFolder: this.folder(folder.productFolder as Entity | undefined, depth + 1) } : link;
	}
}

const idIn = ({ meta, id }: Entity): string => (typeof id === 'string' ? id.toLowerCase() : (idOf(meta as Meta | undefined) ?? ''));

/** What the scope asks of a product, so that not all of it has to be kept until its variants come. */
const kept = ({ meta, id, name, externalCode, archived, attributes, productFolder, variantsCount }: Entity): Entity => ({
	meta, id, name, externalCode, archived, attributes, productFolder, variantsCount,
});
