import { SyncError } from '../../errors';
import type { Decimal } from '../../model/decimal';
import { foldTag, type Discount } from '../../model/discount';
import type { PriceRulesOfCompany } from '../../moysklad/discounts';
import { isPercentage, type DiscountBook } from './book';
import type { DiscountFindings } from './findings';

/** For whom a price is reckoned, and from which. */
export interface PriceGroup {
	/** The name of the computed price. */
	name: string;
	/** The group of counterparties, in lower case; null = everybody. */
	tag: string | null;
	/** Id of the price type that percentages are of. */
	baseTypeId: string;
}

/** A row as the user entered it. */
export interface PriceGroupRow {
	name: string;
	tag: string | null;
	/** Id or name; empty = the account's first price type. */
	base: string;
}

/**
 * The rows of the user with their price types found. Throws DISCOUNT_PRICES_NONE, DISCOUNT_PRICE_NAME, DISCOUNT_GROUP_EMPTY,
 * DISCOUNT_BASE_UNKNOWN.
 */
export function priceGroups(rows: readonly PriceGroupRow[], { priceTypes }: Pick<PriceRulesOfCompany, 'priceTypes'>): PriceGroup[] {
	if (rows.length === 0) throw new SyncError('DISCOUNT_PRICES_NONE');
	const taken = new Map<string, string>(priceTypes.map(({ name }) => [name.trim().toLowerCase(), 'a price type of MoySklad is called so']));
	return rows.map(({ name: entered, tag, base }) => {
		const name = entered.trim();
		const reason = name === '' ? 'it is empty' : taken.get(name.toLowerCase());
		if (reason) throw new SyncError('DISCOUNT_PRICE_NAME', { name, reason });
		taken.set(name.toLowerCase(), 'another one is called so');
		if (tag !== null && foldTag(tag) === '') throw new SyncError('DISCOUNT_GROUP_EMPTY', { name });
		const type = base === '' ? priceTypes[0] : priceTypes.find((one) => one.id === base.toLowerCase() || one.name === base);
		if (!type) throw new SyncError('DISCOUNT_BASE_UNKNOWN', { type: base, name });
		return { name, tag: tag === null ? null : foldTag(tag), baseTypeId: type.id };
	});
}

/** How a price of one group is reckoned: the discounts that these buyers have. */
export interface GroupRules {
	group: PriceGroup;
	discounts: Discount[];
}

/**
 * The percentage that all counterparties of a group have of a personal discount; `varies` when they have not all the same.
 * By id of the discount.
 */
export type PersonalPercents = ReadonlyMap<string, Decimal | 'varies'>;

/** Whether a discount is for all buyers of a group. */
const isFor = ({ tags }: Discount, tag: string | null): boolean => tags === null || (tag !== null && tags.has(tag));

/** Personal discounts of a group whose counterparties have to be asked for their percentages. */
export const personalOf = ({ discounts }: DiscountBook, { tag }: PriceGroup): Discount[] =>
	tag === null ? [] : discounts.filter((discount) => discount.effect.kind === 'personal' && isFor(discount, tag));

/** A personal discount becomes a percentage where the whole group has the same one; otherwise it is a finding. */
export function rulesOf({ discounts }: DiscountBook, group: PriceGroup, personal: PersonalPercents, findings: DiscountFindings): GroupRules {
	const own = discounts.filter((discount) => isFor(discount, group.tag));
	return { group, discounts: own.flatMap((discount) => (discount.effect.kind === 'personal' ? asPercentage(discount, group, personal, findings) : [discount])) };
}

function asPercentage(discount: Discount, { name: price, tag }: PriceGroup, personal: PersonalPercents, findings: DiscountFindings): Discount[] {
	const { id, name } = discount;
	if (tag === null) findings.add('DISCOUNT_PERSONAL_FOR_ALL', { name, price });
	const percent = personal.get(id);
	if (percent === 'varies') findings.add('DISCOUNT_PERSONAL_VARIES', { name, price, tag: tag ?? '' });
	if (percent === undefined || percent === 'varies' || !isPercentage(name, percent, findings)) return [];
	return [{ ...discount, effect: { kind: 'percent', percent } }];
}
