import { SyncError } from '../../errors';
import { Decimal } from '../../model/decimal';
import { isMoney, plainText, type FieldValue, type FieldValues } from '../../sync/fieldValue';
import type { CmlPrice, CmlPriceType } from '../model';

/** In front of the id of a price type, among the targets of a mapping. */
export const PRICE_TARGET = 'price:';

export interface PriceSettings {
	/** All price types of the site. */
	types: readonly CmlPriceType[];
	/** Prices of 0 are written; otherwise they count as not set (rule P1). */
	writesZero: boolean;
	/** ISO code → code that the site uses. */
	currencies: ReadonlyMap<string, string>;
}

/**
 * The prices of an item, one of each type of the site (rule P2), to the kopeck. Throws COMMERCEML_PRICES_INCOMPLETE,
 * CATALOG_PRICE_ZERO, CATALOG_CURRENCY_UNKNOWN, CATALOG_VALUE_UNFIT: then none of them can be written.
 */
export const toCmlPrices = (values: FieldValues, settings: PriceSettings): CmlPrice[] =>
	settings.types.map((type) => priceOf(values[`${PRICE_TARGET}${type.id}`], type, settings));

function priceOf(value: FieldValue | undefined, { id, name }: CmlPriceType, { writesZero, currencies }: PriceSettings): CmlPrice {
	const type = name ?? id;
	if (value === undefined) throw new SyncError('COMMERCEML_PRICES_INCOMPLETE', { type });
	const amount = amountOf(value);
	if (!amount || amount.compare(0) < 0) throw new SyncError('CATALOG_VALUE_UNFIT', { value: plainText(value).slice(0, 100), field: type });
	if (amount.equals(0) && !writesZero) throw new SyncError('CATALOG_PRICE_ZERO', { type });
	const iso = isMoney(value) ? value.currency : null;
	if (iso === null) throw new SyncError('CATALOG_CURRENCY_UNKNOWN', { type });
	return { typeId: id, amount: amount.toString(), currency: currencies.get(iso) ?? iso, unit: null, ratio: null, text: null, from: null, to: null };
}

/** Undefined for what is no amount. */
function amountOf(value: FieldValue): Decimal | undefined {
	try {
		return Decimal.of(isMoney(value) ? value.amount : plainText(value)).round(2);
	} catch {
		return undefined;
	}
}
