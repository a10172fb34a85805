import type { Portal } from '../portal.cts';
import { asInteger } from '../wire/params.cts';
import { plainError, RestError } from '../wire/restError.cts';
import { ITEM_TYPE, type IblockRow } from './rows.cts';

/** The block of a list or write. Throws 200040300000 when there is none, or it sells nothing. */
export function catalogOf(portal: Portal, iblockId: unknown): IblockRow {
	const iblock = portal.store.iblocks.get(asInteger(iblockId));
	if (!iblock?.isCatalog) throw new RestError(200040300000, 'Iblock Not Found');
	return iblock;
}

/** The block of offers that belongs to a block of goods. */
const offersBlockOf = (portal: Portal, iblock: IblockRow): IblockRow | undefined =>
	portal.store.iblocks.all().find(({ productIblockId }) => productIblockId === iblock.id);

/** The families of methods, and the types that each shows. */
export const FAMILIES = {
	product: { made: ITEM_TYPE.simple, shown: undefined, one: 'product', many: 'products', written: 'element' },
	sku: {
		made: ITEM_TYPE.emptySkuParent,
		shown: [ITEM_TYPE.skuParent, ITEM_TYPE.emptySkuParent],
		one: 'sku',
		many: 'units',
		written: 'sku',
	},
	offer: {
		made: ITEM_TYPE.offer,
		shown: [ITEM_TYPE.offer, ITEM_TYPE.freeOffer],
		one: 'offer',
		many: 'offers',
		written: 'offer',
	},
	service: { made: ITEM_TYPE.service, shown: [ITEM_TYPE.service], one: 'service', many: 'services', written: 'service' },
} as const;
export type Family = keyof typeof FAMILIES;

/** Throws when items of the family cannot lie in the block. */
export function checkFamily(portal: Portal, family: Family, iblock: IblockRow): void {
	const isOffers = iblock.productIblockId !== null;
	const allowed =
		family === 'offer' ? isOffers : !isOffers && (family !== 'sku' || offersBlockOf(portal, iblock) !== undefined);
	if (!allowed) throw plainError('productType is not allowed for this catalog');
}
