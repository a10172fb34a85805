import { FAMILIES, type Family } from '../bitrix/families';
import { SyncError } from '../errors';
import type { Goods } from '../model/catalog';
import type { PresentItem } from './presentItem';

/** Bundles are products here: REST knows no composition. A product that has offers in Bitrix keeps them. */
function wantedFamily({ kind }: Goods, hasVariants: boolean, present: PresentItem | undefined): Family {
	if (kind === 'variant') return 'offer';
	if (kind === 'service') return 'service';
	return kind === 'product' && (hasVariants || present?.family === 'sku') ? 'sku' : 'product';
}

/** As what a good is written, or why it cannot be (CATALOG_BECAME_SKU by rule C5, CATALOG_TYPE_CONFLICT): Bitrix turns no item into another kind. */
export function familyFor(goods: Goods, hasVariants: boolean, present: PresentItem | undefined): Family | SyncError {
	const wanted = wantedFamily(goods, hasVariants, present);
	if (!present || present.family === wanted) return wanted;
	const id = present.id;
	if (wanted === 'sku' && present.family === 'product') return new SyncError('CATALOG_BECAME_SKU', { id, variants: goods.variantsCount ?? 'at least one' });
	return new SyncError('CATALOG_TYPE_CONFLICT', { id, wanted: goods.kind, present: present.family ? FAMILIES[present.family].label : 'set' });
}

/** The key of the product with offers that is being built to take the place of a simple one. */
export const replacementKey = (key: string): string => `${key}~sku`;

/** The key of the simple product after that. */
export const replacedKey = (key: string): string => `${key}~simple`;
