import { BLOCK_LISTS, checkedKey, ownKey, readCatalog, SyncError, textOf, variantKey, VARIANT_MARK, warning, type Goods, type Identity, type Warning } from '../../../core';
import { BITRIX_PAGE, rowsOf, type ListMethod } from '../../../transport';
import type { Asking } from '../catalog/asking';
import type { Block } from '../catalog/session';
import { belonging } from './belonging';
import type { GoodsChoice } from './settings';

const CATALOGS: ListMethod = { method: 'catalog.catalog.list', rows: 'catalogs' };

/** Ids of the blocks of goods and offers. */
export async function blocksOf(session: Asking, catalog: number): Promise<Record<Block, number | undefined>> {
	const catalogs = rowsOf(await session.client.read(CATALOGS.method), CATALOGS).map(readCatalog);
	if (!catalogs.some(({ iblockId, productIblockId }) => iblockId === catalog && productIblockId === null)) throw new SyncError('CATALOG_NOT_FOUND', { id: catalog });
	return { goods: catalog, offers: catalogs.find(({ productIblockId }) => productIblockId === catalog)?.iblockId };
}

/** The key under which a good was written into the catalog; null where it cannot have one. */
function keyOfGood(good: Goods, identity: Identity): string | null {
	try {
		return good.parent ? variantKey(checkedKey(good.parent, identity), good, identity) : checkedKey(good, identity);
	} catch {
		return null;
	}
}

/** Ids in the catalog of some goods. */
export class ProductIds {
	private readonly ids = new Map<string, number[]>();

	private constructor(private readonly choice: GoodsChoice) {}

	/** Looks all of them up with few calls. Without a catalog none is found. Throws CATALOG_NOT_FOUND, BITRIX_FILTER_IGNORED. */
	static async of(session: Asking, choice: GoodsChoice, goods: readonly Goods[]): Promise<ProductIds> {
		const products = new ProductIds(choice);
		const keys = [...new Set(goods.flatMap((good) => keyOfGood(good, choice.identity) ?? []))];
		if (choice.catalog === undefined || keys.length === 0) return products;
		const blocks = await blocksOf(session, choice.catalog);
		await products.read(session, 'goods', blocks.goods, keys.filter((key) => !key.includes(VARIANT_MARK)));
		await products.read(session, 'offers', blocks.offers, keys.filter((key) => key.includes(VARIANT_MARK)));
		return products;
	}

	/** The id of a good; null when the catalog does not have it. Throws CRM_GOODS_AMBIGUOUS. */
	idOf(good: Goods): number | null {
		const key = keyOfGood(good, this.choice.identity);
		const [id, another] = key === null ? [] : (this.ids.get(key) ?? []);
		if (another !== undefined) throw new SyncError('CRM_GOODS_AMBIGUOUS', { key: key ?? '' });
		return id ?? null;
	}

	/** What is to be said of goods that the catalog does not have. Throws CRM_GOODS_UNKNOWN where rows without a product are not allowed. */
	remarks(goods: readonly Goods[]): Warning[] {
		const unknown = this.choice.catalog === undefined ? [] : goods.filter((good) => this.idOf(good) === null);
		if (unknown.length === 0) return [];
		const names = named(unknown);
		if (this.choice.unknown === 'stop') throw new SyncError('CRM_GOODS_UNKNOWN', { names });
		return [warning('CRM_GOODS_FREE', { names })];
	}

	private async read(session: Asking, block: Block, iblockId: number | undefined, keys: readonly string[]): Promise<void> {
		if (iblockId === undefined) return;
		const found = await belonging(session, keys.map(folded), {
			list: BLOCK_LISTS[block],
			size: BITRIX_PAGE,
			query: (part) => ({ select: ['id', 'iblockId', 'xmlId'], filter: { iblockId, '=xmlId': part } }),
			read: ({ id, xmlId }) => ({ id: Number(id), key: textOf(xmlId) ?? '' }),
			// The database compares without regard to case.
			keyOf: ({ key }) => folded(key),
		});
		for (const { id, key } of [...found.values()].flat()) this.ids.set(key, [...(this.ids.get(key) ?? []), id]);
	}
}

const folded = (key: string): string => key.toLowerCase();

const MOST_NAMES = 10;

function named(goods: readonly Goods[]): string {
	const names = goods.slice(0, MOST_NAMES).map((good) => `${good.name ?? good.id} (${ownKey(good, 'externalCode') ?? 'no external code'})`);
	return goods.length > MOST_NAMES ? `${names.join(', ')} and ${goods.length - MOST_NAMES} more` : names.join(', ');
}
