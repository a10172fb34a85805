import { isOwnLine } from '../../bitrix/saleOrder';
import type { SaleBasketItem, SaleOrder } from '../../bitrix/saleSchema';
import { syncId, type Sha1 } from '../syncId';
import { moySkladOrigin } from './origin';
import type { WantedGood } from './wish';

/** The lines of an order that stand for themselves; components of sets are the set's. */
export const ownLines = ({ basketItems }: Pick<SaleOrder, 'basketItems'>): SaleBasketItem[] => basketItems.filter(({ setParentId }) => isOwnLine(setParentId));

/** By what lines of one store are known again. */
export interface LineIdentity {
	siteKey: string;
	sha1: Sha1;
}

/** What a line of a store is known by: its key, or its name where it has none. */
const lineKey = ({ key, name }: { key: string | null; name: string }): string => key ?? `name ${name}`;

/** The syncId of the product that is made in MoySklad for lines of which it has no goods. */
export const lineSyncId = ({ siteKey, sha1 }: LineIdentity, line: { key: string | null; name: string }): string =>
	syncId(sha1, { siteKey, documentType: 'product', sourceEntity: 'line', sourceId: lineKey(line) });

/** Whether a line of the store is of that good. It is never told by the name alone. */
export function isLineOf(line: SaleBasketItem, good: WantedGood, identity: LineIdentity): boolean {
	if (good.key !== null && line.productXmlId === good.key) return true;
	const origin = moySkladOrigin(line.xmlId);
	if (origin?.kind === 'line') return origin.id === good.id.toLowerCase();
	return good.syncId !== null && good.syncId === lineSyncId(identity, { key: line.productXmlId, name: line.name ?? line.productXmlId ?? line.id });
}
