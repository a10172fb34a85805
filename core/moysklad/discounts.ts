import { z } from 'zod';
import { SyncError } from '../errors';
import { Decimal } from '../model/decimal';
import { foldTag, type Discount, type DiscountEffect, type DiscountGoods, type DiscountStrategy } from '../model/discount';
import { idOf } from './reference';

/**
 * Discounts as MoySklad's API gives them. Sources, in the words of its documentation (github moysklad/api-remap-1.2-doc, commit 1ec4104):
 * - `md/dictionaries/_discount.md`: `entity/discount` lists discounts of all kinds, told apart by `meta.type` (personaldiscount,
 *   specialpricediscount, accumulationdiscount, bonusprogram, and `discount` itself for the rounding off of kopecks); it takes `limit` and
 *   `offset` and no filter. `allAgents`, or `agentTags`: the counterparties. `allProducts`, or `assortment` and `productFolders` (the table
 *   of fields writes `productfolders`): the goods. A special price has `usePriceType`: false = `discount` per cent, true = `specialPrice`
 *   with a `priceType`, and a `value` where a fixed value was chosen (0 otherwise; like all sums taken for kopecks).
 * - `md/dictionaries/_counterparty.md`: the percentage of a personal discount stands in the counterparty's `discounts` as
 *   `personalDiscount`, and only if it was ever changed.
 * - `md/dictionaries/_companysettings.md`: `discountStrategy` is `bySum` (discounts are added up) or `byPriority` (the one that is best for
 *   the buyer); with `checkMinPrice` documents raise prices below the minimum price to it.
 */

/** `{meta}`: the id of the object that it names. */
const link = z.object({ meta: z.object({ href: z.string() }) }).transform(({ meta }) => idOf(meta.href));
const links = z.array(link).nullish();
const amount = z.union([z.number(), z.string().trim().min(1).transform(Number)]).pipe(z.number().finite());

const schema = z.object({
	meta: z.object({ href: z.string(), type: z.string() }),
	name: z.string().nullish(),
	active: z.boolean(),
	allAgents: z.boolean().nullish(),
	agentTags: z.array(z.string()).nullish(),
	allProducts: z.boolean().nullish(),
	assortment: links,
	productFolders: links,
	productfolders: links,
	usePriceType: z.boolean().nullish(),
	discount: amount.nullish(),
	specialPrice: z.object({ value: amount.nullish(), priceType: link }).nullish(),
});

type DiscountJson = z.output<typeof schema>;

/** A row of `entity/discount`. Throws DISCOUNT_UNREADABLE. */
export function readDiscount(json: unknown): Discount {
	const parsed = schema.safeParse(json);
	const name = String((json as { name?: unknown } | null)?.name ?? '');
	if (!parsed.success) {
		const [issue] = parsed.error.issues;
		throw unreadable(name, issue ? `${issue.path.join('.') || 'discount'}: ${issue.message}` : 'unknown form');
	}
	const { data } = parsed;
	return { id: idOf(data.meta.href) ?? '', name, active: data.active, tags: tagsOf(data), goods: goodsOf(data), effect: effectOf(data) };
}

const unreadable = (name: string, reason: string): SyncError => new SyncError('DISCOUNT_UNREADABLE', { name, reason });

function tagsOf({ allAgents, agentTags }: DiscountJson): Discount['tags'] {
	const tags = new Set((agentTags ?? []).map(foldTag));
	return (allAgents ?? tags.size === 0) ? null : tags;
}

const idsOf = (list: DiscountJson['assortment']): string[] => (list ?? []).filter((id) => id !== undefined);

const goodsOf = ({ allProducts, assortment, productFolders, productfolders }: DiscountJson): DiscountGoods => ({
	all: allProducts === true,
	ids: new Set(idsOf(assortment)),
	folders: new Set([...idsOf(productFolders), ...idsOf(productfolders)]),
});

function effectOf(json: DiscountJson): DiscountEffect {
	switch (json.meta.type) {
		case 'specialpricediscount':
			return specialEffect(json);
		case 'personaldiscount':
			return { kind: 'personal' };
		case 'accumulationdiscount':
			return { kind: 'accumulating' };
		case 'bonusprogram':
			return { kind: 'bonusProgram' };
		case 'discount':
			return { kind: 'rounding' };
		default:
			return { kind: 'unknown', type: json.meta.type };
	}
}

function specialEffect({ name, usePriceType, discount, specialPrice }: DiscountJson): DiscountEffect {
	// Old answers do not say which of the two holds; then only one of them is there.
	if (usePriceType ?? typeof discount !== 'number') {
		const value = Decimal.of(specialPrice?.value ?? 0);
		if (value.compare(0) > 0) return { kind: 'fixed', value };
		if (!specialPrice?.priceType) throw unreadable(name ?? '', 'it names no price type');
		return { kind: 'priceType', typeId: specialPrice.priceType };
	}
	return { kind: 'percent', percent: Decimal.of(discount ?? 0) };
}

const settingsSchema = z.object({
	discountStrategy: z.string().nullish(),
	checkMinPrice: z.boolean().nullish(),
	currency: link.nullish(),
	priceTypes: z.array(z.object({ id: z.string(), name: z.string() })).nullish(),
});

/** What the company's settings say about prices. */
export interface PriceRulesOfCompany {
	/** Null when it is none of the two that are known; `strategyWord` says what it is. */
	strategy: DiscountStrategy | null;
	strategyWord: string;
	/** Documents raise prices below the minimum price to it. */
	minimumHolds: boolean;
	/** Id of the currency of the account. */
	currencyId: string | null;
	/** In their order in MoySklad; the first one is the usual one. */
	priceTypes: Array<{ id: string; name: string }>;
}

/** `context/companysettings`. Throws ANSWER_UNEXPECTED. */
export function readPriceRulesOfCompany(json: unknown): PriceRulesOfCompany {
	const parsed = settingsSchema.safeParse(json);
	if (!parsed.success) throw new SyncError('ANSWER_UNEXPECTED', { call: 'GET context/companysettings', reason: parsed.error.issues[0]?.message ?? 'unknown form' });
	const { discountStrategy, checkMinPrice, currency, priceTypes } = parsed.data;
	const word = discountStrategy ?? '';
	return {
		strategy: word === 'bySum' || word === 'byPriority' ? word : null,
		strategyWord: word,
		minimumHolds: checkMinPrice === true,
		currencyId: currency ?? null,
		priceTypes: (priceTypes ?? []).map(({ id, name }) => ({ id: id.toLowerCase(), name })),
	};
}

const personalSchema = z.object({ discounts: z.array(z.object({ discount: link, personalDiscount: amount.nullish() })).nullish() });

/** The percentage that a counterparty has of a personal discount; 0 when nobody ever set one. Throws ANSWER_UNEXPECTED. */
export function personalPercent(counterparty: unknown, discountId: string): Decimal {
	const parsed = personalSchema.safeParse(counterparty);
	if (!parsed.success) throw new SyncError('ANSWER_UNEXPECTED', { call: 'GET entity/counterparty', reason: `discounts: ${parsed.error.issues[0]?.message ?? 'unknown form'}` });
	const own = parsed.data.discounts?.find(({ discount }) => discount === discountId);
	return Decimal.of(own?.personalDiscount ?? 0);
}
