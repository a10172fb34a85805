import { SyncError } from '../errors';
import type { Goods, GoodsKind } from '../model/catalog';
import { lineage } from './sectionTree';

/** What of the assortment belongs on the site (rule C3). Shared by all catalog and stock work. */
export interface Scope {
	/** Empty = all. */
	kinds: readonly GoodsKind[];
	/** Ids of folders with everything below them; empty = all. */
	folders: readonly string[];
	/** Id of a checkbox ("on the site") that has to be ticked; null = none. */
	checkbox: string | null;
	/** Only goods whose price of this type (id or name; empty = any type) is above zero; null = no matter. */
	price: string | null;
}

/** The scope to which every good belongs. */
export const WHOLE_SCOPE: Scope = { kinds: [], folders: [], checkbox: null, price: null };

/**
 * Undefined when the good is in scope, otherwise why not. A variant is judged by its product's folder and checkbox, and by its own
 * price. Throws CATALOG_FOLDER_UNKNOWN and CATALOG_PARENT_UNKNOWN where the item does not say enough to judge: unknown is not "no".
 */
export function outOfScope(goods: Goods, scope: Scope, isSkuParent: boolean): string | undefined {
	const { kinds, folders, checkbox, price } = scope;
	if (kinds.length > 0 && !kinds.includes(goods.kind)) return `it is a ${goods.kind}`;
	if ((folders.length > 0 || checkbox !== null) && goods.parent?.name === null) throw new SyncError('CATALOG_PARENT_UNKNOWN');
	if (folders.length > 0 && !isBelow(goods, folders)) return 'its folder is not among those chosen';
	if (checkbox !== null && !isTicked(goods, checkbox)) return 'its checkbox is not ticked';
	// The variants of a product have prices of their own, and they decide.
	if (price !== null && !isSkuParent && !isPriced(goods, price)) return 'it has no price';
	return undefined;
}

/** Whether the good lies in one of the folders or below it. Throws CATALOG_FOLDER_UNKNOWN where the item does not say. */
export function isBelow({ folder }: Goods, folders: Iterable<string>): boolean {
	const chain = folder ? lineage(folder) : [];
	const wanted = new Set(folders);
	if (chain.some(({ id }) => wanted.has(id))) return true;
	if (chain[0]?.name === null) throw new SyncError('CATALOG_FOLDER_UNKNOWN');
	return false;
}

const isTicked = ({ attributes }: Goods, checkbox: string): boolean => attributes.some(({ id, value }) => id === checkbox && value === true);

const isPriced = ({ prices }: Goods, type: string): boolean =>
	prices.some(({ typeId, typeName, value }) => value > 0 && (type === '' || typeId === type || typeName === type));
