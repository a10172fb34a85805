import { SyncError } from '../../errors';
import type { CmlPriceType } from '../model';
import { checkedIds, isCurrency } from './faults';

/** The price types of a site. */
export interface SitePriceTypes {
	types: readonly CmlPriceType[];
	/** Somebody confirmed that the site has no others: prices of other types would be deleted (rule P2). */
	isComplete: boolean;
}

/** Their ids. Throws COMMERCEML_PRICE_TYPES_UNCONFIRMED, COMMERCEML_CURRENCY_INVALID, COMMERCEML_ID_INVALID, COMMERCEML_ID_REPEATED, COMMERCEML_NAME_MISSING. */
export function checkedPriceTypes({ types, isComplete }: SitePriceTypes): ReadonlySet<string> {
	if (!isComplete || types.length === 0) throw new SyncError('COMMERCEML_PRICE_TYPES_UNCONFIRMED');
	const wrong = types.find(({ currency }) => currency === null || !isCurrency(currency));
	if (wrong) throw new SyncError('COMMERCEML_CURRENCY_INVALID', { currency: wrong.currency ?? '' });
	return checkedIds('price types', types);
}
