import { MOYSKLAD_PRICE_TYPE_ID } from '../../commerceml/writing/ids';
import { isCurrency } from '../../commerceml/writing/faults';
import type { CmlPrice, CmlPriceType } from '../../commerceml/model';
import type { SitePriceTypes } from '../../commerceml/writing/priceTypes';
import { SyncError } from '../../errors';
import { Decimal } from '../../model/decimal';
import type { FieldValue } from '../fieldValue';
import { planPrices, type PresentPrice, type PriceSettings, type WantedPrice } from '../prices';
import { warning, type FieldChange, type Warning } from '../result';
import { shownChange } from '../targetChange';
import { VAT_NAME } from './item';

/** A price type of the site as the user entered it. */
export interface PriceTypeRow {
	/** Id or name of the price type of MoySklad. */
	from: string;
	/** XML_ID; empty for the first: that of MoySklad's own exchange. */
	id: string;
	name: string;
	currency: string;
	vatIncluded: boolean;
}

/** A price type of the site with the price of MoySklad that goes to it; the first one is the base. */
export interface SitePriceType extends CmlPriceType {
	from: string;
	currency: string;
}

/** All price types of the site (rule P2). Throws EXCHANGE_PRICE_TYPE_ID, and COMMERCEML_PRICE_TYPES_UNCONFIRMED unless somebody says that they are all. */
export function sitePriceTypes(rows: readonly PriceTypeRow[], isComplete: boolean): SitePriceType[] {
	if (!isComplete || rows.length === 0) throw new SyncError('COMMERCEML_PRICE_TYPES_UNCONFIRMED');
	const seen = new Set<string>();
	return rows.map(({ from, id: entered, name, currency: letters, vatIncluded }, index) => {
		const id = entered === '' && index === 0 ? MOYSKLAD_PRICE_TYPE_ID : entered;
		const currency = letters.toUpperCase();
		if (id === '') throw wrong(name || from, 'it has no external code');
		if (seen.has(id)) throw wrong(id, 'it comes twice');
		if (name === '') throw wrong(id, 'it has no name');
		if (!isCurrency(currency)) throw wrong(id, `its currency is “${letters}”`);
		seen.add(id);
		return { from, id, name, currency, tax: { name: VAT_NAME, included: vatIncluded } };
	});
}

const wrong = (type: string, reason: string): SyncError => new SyncError('EXCHANGE_PRICE_TYPE_ID', { type, reason });

/** The price types for a file, confirmed to be all of the site: `sitePriceTypes` takes no others. */
export const asSitePriceTypes = (types: readonly SitePriceType[]): SitePriceTypes => ({ types, isComplete: true });

/** What is to be sent of the prices of an item. */
export interface SentPrices {
	/** All of them; undefined when the item lacks one, so that nothing can be sent without deleting it (rule P2). */
	prices: CmlPrice[] | undefined;
	/** As they are remembered. */
	remembered: Record<string, string>;
	changes: FieldChange[];
	warnings: Warning[];
	/** A fall that a person has to look at (rule P1). */
	hold: SyncError | undefined;
	unpriced: boolean;
}

/**
 * The prices of an item for a file, compared with those that were sent last.
 * @param before prices as they were sent last, by type: `990 RUB`
 */
export function pricesToSend(types: readonly SitePriceType[], valueOf: (from: string) => FieldValue | undefined, before: Readonly<Record<string, string>>, settings: PriceSettings): SentPrices {
	const wanted = types.flatMap(({ from, name }, index): WantedPrice[] => {
		const value = valueOf(from);
		return value === undefined ? [] : [{ type: { id: index, name: name ?? '', base: index === 0 }, value, policy: 'always' }];
	});
	const all = planPrices(wanted, [], true, settings);
	const compared = planPrices(wanted, types.flatMap(({ id }, index) => presentPrice(index, before[id])), false, settings);
	const written = new Map(all.writes.flatMap((write) => (write.kind === 'add' ? [[write.typeId, write] as const] : [])));
	const missing = types.find((_, index) => !written.has(index));
	const prices = types.flatMap(({ id }, index) => {
		const write = written.get(index);
		return write ? [{ typeId: id, amount: write.amount, currency: write.currency, unit: null, ratio: null, text: null, from: null, to: null }] : [];
	});
	return {
		prices: missing ? undefined : prices,
		remembered: Object.fromEntries(prices.map(({ typeId, amount, currency }) => [typeId, `${amount} ${currency}`])),
		changes: compared.changes.map(shownChange),
		warnings: [...all.warnings, ...(missing ? [warning('COMMERCEML_PRICES_INCOMPLETE', { type: missing.name ?? missing.id })] : [])],
		hold: compared.hold,
		unpriced: all.unpriced,
	};
}

function presentPrice(typeId: number, shown: string | undefined): PresentPrice[] {
	const [amount, currency] = shown?.split(' ') ?? [];
	return amount !== undefined && currency !== undefined ? [{ id: typeId, productId: 0, typeId, amount: Decimal.of(amount), currency, ranged: false }] : [];
}
