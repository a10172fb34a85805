import type { Decimal } from '../../model/decimal';
import type { Discount, DiscountStrategy } from '../../model/discount';
import { readDiscount, type PriceRulesOfCompany } from '../../moysklad/discounts';
import type { DiscountFindings } from './findings';

/** What the user chose where MoySklad's terms leave it open. */
export interface BookSettings {
	/** Computed prices are cut down to whole units of the currency while MoySklad rounds off kopecks. */
	roundOff: boolean;
	/** A discount that names a product holds for its variants too. */
	forVariants: boolean;
	/** Goods that MoySklad sells without discounts get them all the same. */
	ignoreProhibition: boolean;
}

/** The discounts of an account that can be told in prices, and how they go together. */
export interface DiscountBook {
	discounts: Discount[];
	strategy: DiscountStrategy;
	/** Prices are never below the minimum price. */
	minimumHolds: boolean;
	/** Of fixed special prices. */
	currencyId: string | null;
	roundOff: boolean;
	forVariants: boolean;
	ignoreProhibition: boolean;
}

/** Reads all discounts of an account; what cannot be a price becomes a finding and nothing else. */
export function discountBook(rows: readonly unknown[], company: PriceRulesOfCompany, settings: BookSettings, findings: DiscountFindings): DiscountBook {
	const active = rows.flatMap((row) => readable(row, findings)).filter(({ active: isActive }) => isActive);
	if (company.strategy === null) findings.add('DISCOUNT_STRATEGY_UNKNOWN', { strategy: company.strategyWord || 'none' });
	const rounds = active.some(({ effect }) => effect.kind === 'rounding');
	return {
		discounts: active.filter((discount) => isPrice(discount, settings, findings)),
		strategy: company.strategy ?? 'byPriority',
		minimumHolds: company.minimumHolds,
		currencyId: company.currencyId,
		roundOff: settings.roundOff && rounds,
		forVariants: settings.forVariants,
		ignoreProhibition: settings.ignoreProhibition,
	};
}

function readable(row: unknown, findings: DiscountFindings): Discount[] {
	try {
		return [readDiscount(row)];
	} catch (error) {
		findings.take(error);
		return [];
	}
}

function isPrice({ name, effect }: Discount, { roundOff }: BookSettings, findings: DiscountFindings): boolean {
	switch (effect.kind) {
		case 'accumulating':
			findings.add('DISCOUNT_ACCUMULATING', { name });
			return false;
		case 'bonusProgram':
			findings.add('DISCOUNT_BONUS_PROGRAM', { name });
			return false;
		case 'rounding':
			if (!roundOff) findings.add('DISCOUNT_ROUNDING', { name });
			return false;
		case 'unknown':
			findings.add('DISCOUNT_KIND_UNKNOWN', { name, type: effect.type });
			return false;
		case 'percent':
			return isPercentage(name, effect.percent, findings);
		default:
			return true;
	}
}

/** 0 does nothing. A markup is no discount. */
export function isPercentage(name: string, percent: Decimal, findings: DiscountFindings): boolean {
	const fits = percent.compare(0) >= 0 && percent.compare(100) <= 0;
	if (!fits) findings.add('DISCOUNT_PERCENT_UNFIT', { name, percent: percent.toString() });
	return fits && !percent.equals(0);
}
