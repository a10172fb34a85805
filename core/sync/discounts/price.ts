import { SyncError } from '../../errors';
import type { Goods, SalePrice } from '../../model/catalog';
import { computedTypeId } from '../../model/computedPrice';
import { Decimal } from '../../model/decimal';
import type { Discount } from '../../model/discount';
import { isBelow } from '../scope';
import type { DiscountBook } from './book';
import type { DiscountFindings } from './findings';
import type { GroupRules } from './groups';

/**
 * The price of one good for one group of buyers, in whole kopecks.
 *
 * - Percentages are of the base price. `bySum`: they are added up. `byPriority`: the best single discount counts.
 * - A special price (another price type, or a fixed value) stands beside them. How it goes together with percentages or with another
 *   special price when discounts are added up, MoySklad's terms do not say: the best of the alternatives for the buyer is taken, with a
 *   finding. That is never below what any of the possible readings gives, so the shop sells nothing below its own rules.
 * - The result is rounded half up to a whole kopeck; before that cut down to whole units where the book says so.
 * - It is raised to the minimum price where MoySklad's documents do that, and it is never above the base price.
 * - What is not known is no price: undefined.
 *
 * A base price of 0 is "not set" (rule P1): percentages of it are 0 too, and only a special price can be a price then.
 */
export function computedPrice(goods: Goods, { group, discounts }: GroupRules, book: DiscountBook, findings: DiscountFindings): SalePrice | undefined {
	const base = goods.prices.find(({ typeId }) => typeId === group.baseTypeId);
	if (!base) return undefined;
	try {
		const bearing = goods.discountsProhibited && !book.ignoreProhibition ? [] : discounts.filter((discount) => isOn(goods, discount, book, findings));
		const best = bestPrice(goods, base, bearing, book, findings);
		const value = bounded(best, goods, base, book);
		if (value === undefined) return void findings.add('DISCOUNT_MINIMUM_CURRENCY', { price: group.name });
		return { ...base, typeId: computedTypeId(group.name), typeName: group.name, value: value.round().toNumber() };
	} catch (error) {
		return void findings.take(error, 'DISCOUNT_GOOD_UNCLEAR');
	}
}

/** Whether a discount is on a good. Throws CATALOG_FOLDER_UNKNOWN, CATALOG_PARENT_UNKNOWN. */
function isOn(goods: Goods, { name, goods: { all, ids, folders } }: Discount, { forVariants }: DiscountBook, findings: DiscountFindings): boolean {
	if (all || ids.has(goods.id)) return true;
	if (folders.size > 0) {
		if (goods.parent?.name === null) throw new SyncError('CATALOG_PARENT_UNKNOWN');
		if (isBelow(goods, folders)) return true;
	}
	if (!goods.parent || !ids.has(goods.parent.id) || !forVariants) return false;
	findings.add('DISCOUNT_VARIANTS', { name });
	return true;
}

interface Special {
	name: string;
	value: Decimal;
}

function bestPrice(goods: Goods, base: SalePrice, discounts: readonly Discount[], { strategy, currencyId }: DiscountBook, findings: DiscountFindings): Decimal {
	const from = Decimal.of(base.value);
	const percents = discounts.flatMap(({ effect }) => (effect.kind === 'percent' ? [effect.percent] : []));
	const specials = discounts.flatMap((discount) => specialPrice(discount, goods, base, currencyId, findings));
	const sums = strategy === 'bySum' ? [percents.reduce((sum, one) => sum.plus(one), Decimal.zero)] : percents;
	const reduced = sums.map((percent) => from.times(least(Decimal.of(100), percent).negated().plus(100)).times('0.01'));
	if (strategy === 'bySum' && specials.length + Math.min(1, percents.length) > 1) findings.add('DISCOUNT_TOGETHER', { names: namesOf(discounts) });
	// Without a base price there is nothing to take per cent of.
	const alternatives = base.value > 0 ? [from, ...reduced, ...specials.map(({ value }) => value)] : specials.map(({ value }) => value);
	for (const { name, value } of specials) if (base.value > 0 && value.compare(from) > 0) findings.add('DISCOUNT_ABOVE_PRICE', { name });
	return alternatives.reduce(least, alternatives[0] ?? Decimal.zero);
}

const least = (one: Decimal, other: Decimal): Decimal => (one.compare(other) <= 0 ? one : other);
const greatest = (one: Decimal, other: Decimal): Decimal => (one.compare(other) >= 0 ? one : other);

const namesOf = (discounts: readonly Discount[]): string => discounts.map(({ name }) => name).sort().join(', ');

/** None for a percentage, for a price that is not set, and for one in another currency. */
function specialPrice({ name, effect }: Discount, goods: Goods, base: SalePrice, currencyId: string | null, findings: DiscountFindings): Special[] {
	const price =
		effect.kind === 'fixed' ? { value: effect.value, currencyId, currency: null }
		: effect.kind === 'priceType' ? goods.prices.find(({ typeId }) => typeId === effect.typeId)
		: undefined;
	if (!price || Decimal.of(price.value).compare(0) <= 0) return [];
	if (isSameCurrency(price, base)) return [{ name, value: Decimal.of(price.value) }];
	findings.add('DISCOUNT_CURRENCY', { name });
	return [];
}

type OfCurrency = Pick<SalePrice, 'currencyId' | 'currency'>;

/** A price that says nothing of its currency is in that of the other one. */
function isSameCurrency(one: OfCurrency, other: OfCurrency): boolean {
	if (one.currencyId !== null && other.currencyId !== null) return one.currencyId === other.currencyId;
	return one.currency === null || other.currency === null || one.currency === other.currency;
}

const WHOLE_UNIT = 100;

/** Undefined when the minimum price cannot be compared. */
function bounded(price: Decimal, { minPrice }: Goods, base: SalePrice, { minimumHolds, roundOff }: DiscountBook): Decimal | undefined {
	// A price below one unit is not cut down to nothing.
	const cut = roundOff && price.compare(WHOLE_UNIT) >= 0 ? price.times('0.01').floor().times(WHOLE_UNIT) : price;
	const isRaised = minimumHolds && minPrice !== null && minPrice.value > 0 && price.compare(0) > 0;
	if (isRaised && !isSameCurrency(minPrice, base)) return undefined;
	const raised = isRaised ? greatest(cut, Decimal.of(minPrice.value)) : cut;
	return base.value > 0 ? least(raised, Decimal.of(base.value)) : raised;
}
