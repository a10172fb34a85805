import { answeredId } from '../bitrix/answeredId';
import type { PriceType } from '../bitrix/catalogBooks';
import { textOf } from '../bitrix/property';
import { SyncError } from '../errors';
import { Decimal } from '../model/decimal';
import { allows } from './conflictPolicy';
import { isMoney, plainText, type FieldValue } from './fieldValue';
import type { Policy } from './mapping';
import { warning, type Warning } from './result';
import type { TargetChange } from './targetChange';

/** A price in Bitrix. `amount` in major units. */
export interface PresentPrice {
	id: number;
	productId: number;
	typeId: number;
	amount: Decimal;
	currency: string;
	/** Holds for some quantities only. */
	ranged: boolean;
}

/** What happens with a price that is 0 in MoySklad, which means "not set" (rule P1). */
export type ZeroPrice = 'skip' | 'deactivate' | 'delete' | 'write';

/** What the user chose for all prices. */
export interface PriceSettings {
	zero: ZeroPrice;
	/** A price that falls by more per cent holds the item; 0 = no limit. */
	largestFall: number;
	/** ISO code → code that the catalog uses; what the user entered is not questioned. */
	currencies: ReadonlyMap<string, string>;
	/** Of amounts that are given without one, by an expression. */
	plainCurrency: string | null;
	/** Currencies that this Bitrix uses; undefined = it has no prices yet to tell by. */
	usedCurrencies: ReadonlySet<string> | undefined;
}

/** One change of a price of an item: `amount` in major units as a decimal text, `currency` as Bitrix calls it, `id` that of the price. */
export type PriceWrite =
	| { kind: 'add'; typeId: number; amount: string; currency: string }
	| { kind: 'update'; id: number; amount: string; currency: string }
	| { kind: 'delete'; id: number };

/** What becomes of the prices of one item. */
export interface PricePlan {
	writes: PriceWrite[];
	changes: TargetChange[];
	warnings: Warning[];
	/** A fall that a person has to look at: nothing of the item is written. */
	hold?: SyncError;
	/** The item has no price that it could be sold for. */
	unpriced: boolean;
}

/** What a price type of Bitrix is to get for an item. */
export interface WantedPrice {
	type: PriceType;
	value: FieldValue;
	policy: Policy;
}

/** Compares the wanted prices of one item with those it has. Prices of other types are never touched. */
export function planPrices(wanted: readonly WantedPrice[], present: readonly PresentPrice[], isNew: boolean, settings: PriceSettings): PricePlan {
	const plan: PricePlan = { writes: [], changes: [], warnings: [], unpriced: isUnpriced(wanted) };
	for (const one of wanted) planPrice(plan, one, present.filter(({ typeId }) => typeId === one.type.id), isNew, settings);
	return plan;
}

/** The base price decides; without one among the wanted, all of them. */
function isUnpriced(wanted: readonly WantedPrice[]): boolean {
	const deciding = wanted.filter(({ type }) => type.base);
	const those = deciding.length > 0 ? deciding : wanted;
	return those.length > 0 && those.every(({ value }) => amountOf(value)?.equals(0) ?? false);
}

function planPrice(plan: PricePlan, { type, value, policy }: WantedPrice, present: readonly PresentPrice[], isNew: boolean, settings: PriceSettings): void {
	const amount = amountOf(value);
	if (!amount) return void plan.warnings.push(warning('CATALOG_VALUE_UNFIT', { value: plainText(value).slice(0, 100), field: type.name }));
	if (present.length > 1 || present.some(({ ranged }) => ranged)) return void plan.warnings.push(warning('CATALOG_PRICE_RANGES', { type: type.name }));
	const [before] = present;
	const hasOne = before !== undefined && !before.amount.equals(0);
	if (!allows(policy, { isNew, isEmpty: !hasOne })) return;
	if (amount.equals(0) && settings.zero !== 'write') return planZero(plan, type, before, settings.zero);
	const currency = currencyOf(value, type, settings);
	if (currency instanceof SyncError) return void plan.warnings.push(warning(currency.code, currency.details));
	const after = { amount: amount.toString(), currency };
	if (before && before.amount.equals(amount) && before.currency === currency) return;
	if (before && fallsTooFar(before, amount, currency, settings))
		plan.hold ??= new SyncError('CATALOG_PRICE_FALL', { type: type.name, from: shown(before), to: shown({ amount, currency }), percent: settings.largestFall });
	plan.writes.push(before ? { kind: 'update', id: before.id, ...after } : { kind: 'add', typeId: type.id, ...after });
	plan.changes.push({ target: priceTarget(type), field: type.name, from: before ? shown(before) : null, to: shown({ amount, currency }) });
}

function planZero(plan: PricePlan, type: PriceType, before: PresentPrice | undefined, zero: ZeroPrice): void {
	if (zero === 'delete') {
		if (!before) return;
		plan.writes.push({ kind: 'delete', id: before.id });
		plan.changes.push({ target: priceTarget(type), field: type.name, from: shown(before), to: null });
	} else if (before || type.base) plan.warnings.push(warning('CATALOG_PRICE_ZERO', { type: type.name }));
}

/** Bitrix keeps eighteen digits, two of them behind the point. */
const LARGEST = '1e16';

/** Undefined for what is no amount. */
function amountOf(value: FieldValue): Decimal | undefined {
	try {
		const amount = Decimal.of(isMoney(value) ? value.amount : plainText(value)).round(2);
		return amount.compare(0) < 0 || amount.compare(LARGEST) >= 0 ? undefined : amount;
	} catch {
		return undefined;
	}
}

function currencyOf(value: FieldValue, type: PriceType, { currencies, usedCurrencies, plainCurrency }: PriceSettings): string | SyncError {
	const iso = isMoney(value) ? value.currency : plainCurrency;
	if (iso === null) return new SyncError('CATALOG_CURRENCY_UNKNOWN', { type: type.name });
	const entered = currencies.get(iso);
	if (entered !== undefined) return entered;
	return usedCurrencies && !usedCurrencies.has(iso) ? new SyncError('CATALOG_CURRENCY_UNUSED', { type: type.name, currency: iso }) : iso;
}

/** Amounts in different currencies cannot be compared. A 0 is only written where the user chose that. */
function fallsTooFar(before: PresentPrice, amount: Decimal, currency: string, { largestFall }: PriceSettings): boolean {
	if (largestFall === 0 || before.currency !== currency || amount.equals(0)) return false;
	return amount.times(100).compare(before.amount.times(100 - largestFall)) < 0;
}

const priceTarget = ({ id }: PriceType): string => `price:${id}`;

interface Amount {
	amount: Decimal;
	currency: string;
}

const shown = ({ amount, currency }: Amount): string => `${amount.toString()} ${currency}`;

/** One side of the change of a price, in major units; null where there is none. Throws RangeError for a text that `planPrices` did not make. */
export function shownAmount(side: unknown): Amount | null {
	const [amount = '', currency = ''] = typeof side === 'string' ? side.split(' ') : [];
	return amount === '' ? null : { amount: Decimal.of(amount), currency };
}

type Row = Record<string, unknown>;

const PRICES = 'catalog.price.list';

/** A row of `catalog.price.list`. Throws ANSWER_UNEXPECTED when it lacks an id, or its price is no number. */
export const readPrice = (row: Row): PresentPrice => ({
	id: answeredId(row, PRICES),
	productId: answeredId(row, PRICES, 'productId'),
	typeId: answeredId(row, PRICES, 'catalogGroupId'),
	amount: presentAmount(row.price),
	currency: textOf(row.currency) ?? '',
	ranged: isBound(row.quantityFrom) || isBound(row.quantityTo),
});

function presentAmount(price: unknown): Decimal {
	try {
		return Decimal.of(price === null || price === undefined || price === '' ? 0 : (textOf(price) ?? NaN));
	} catch {
		throw noNumber();
	}
}

const noNumber = (): SyncError => new SyncError('ANSWER_UNEXPECTED', { call: PRICES, reason: 'a price that is no number' });

const isBound = (value: unknown): boolean => value !== null && value !== undefined && value !== '' && Number(value) !== 0;
