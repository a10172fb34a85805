import { fieldRefusal } from '../errors.cts';
import * as kinds from '../engine/kinds.cts';
import { readPriceTypeMeta, showPriceType } from '../engine/priceKinds.cts';
import { reference } from '../engine/references.cts';
import { isObject, type Field, type Kind, type Place, type Resource } from '../engine/schema.cts';
import { name, readOnly } from './common.cts';

/**
 * Discounts of all kinds, from the API's own pages (github moysklad/api-remap-1.2-doc, `md/dictionaries/_discount.md` and
 * `_bonus_program.md`; the fields also in its OpenAPI specification): special prices (a percentage, or a price type, or a fixed value
 * with one), personal and accumulating discounts, bonus programs, and the rounding off of kopecks, whose word is `discount` itself:
 * it can only be renamed and switched. None of them has a filter, an order or a search. Personal percentages stand in the
 * counterparty's `discounts`.
 */

const flag: Field = { kind: kinds.boolean, required: true };
const percent: Field = { kind: kinds.number() };

/** `[{meta}]` of goods or folders; the field goes away with an empty array. */
function metas(...types: string[]): Kind {
	const one = reference(...types);
	return {
		label: 'Array',
		parse(value, place) {
			if (!Array.isArray(value)) throw kinds.wrongType(place, 'Array');
			const refs = (value as unknown[]).map((entry) => one.parse(entry, place));
			return refs.length === 0 ? undefined : refs;
		},
		show: (stored, show) => (stored as unknown[]).map((ref) => one.show(ref, show)),
	};
}

const everybody: Record<string, Field> = { allAgents: flag, agentTags: { kind: kinds.words, initial: () => [] } };

const head: Record<string, Field> = { name, active: flag, ...everybody };

/** Which goods it is for. */
const goods: Record<string, Field> = {
	allProducts: flag,
	assortment: { kind: metas('product', 'service', 'variant', 'bundle') },
	productFolders: { kind: metas('productfolder') },
};

const discountResource = (type: string, fields: Record<string, Field>, more: Partial<Resource> = {}): Resource => ({
	type,
	page: 'discount',
	fields: { ...head, ...fields },
	...more,
});

interface SpecialPrice {
	/** Id of the price type. */
	priceType: string;
	/** Kopecks; 0 = the price of that type. */
	value: number;
}

/** Written as `{meta}` of the price type, or as it is shown: `{value, priceType}`. */
const specialPrice: Kind = {
	label: 'Object',
	parse(value, place): SpecialPrice {
		if (!isObject(value)) throw kinds.wrongType(place, 'Object');
		const given = isObject(value.priceType) ? value.priceType : value;
		const before = place.before as SpecialPrice | undefined;
		return { priceType: readPriceTypeMeta(given, place.session), value: amountIn(value.value, place) ?? before?.value ?? 0 };
	},
	show(stored, { session }) {
		const { priceType, value } = stored as SpecialPrice;
		const type = session.account.priceTypes.find(({ id }) => id === priceType);
		return type && { value, priceType: showPriceType(type, session) };
	},
};

const amountIn = (value: unknown, place: Place): number | undefined =>
	value === undefined || value === null ? undefined : (kinds.number({ notNegative: true }).parse(value, { ...place, field: 'value' }) as number);

export const specialpricediscount = discountResource(
	'specialpricediscount',
	{ ...goods, usePriceType: flag, discount: percent, specialPrice: { kind: specialPrice } },
	{
		prepare(draft) {
			if (draft.usePriceType === true && draft.specialPrice === undefined) throw fieldRefusal(3000, 'specialPrice', 'specialPrice');
		},
	},
);

export const personaldiscount = discountResource('personaldiscount', goods);

/** `[{amount, discount}]`: from so many kopecks of purchases on so many per cent. */
const levels: Kind = {
	label: 'Array',
	parse(value, place) {
		if (!Array.isArray(value)) throw kinds.wrongType(place, 'Array');
		return (value as unknown[]).map((level) => {
			if (!isObject(level)) throw kinds.wrongType(place, 'Object');
			const read = (field: string): unknown => kinds.number({ notNegative: true }).parse(level[field], { ...place, field });
			return { amount: read('amount'), discount: read('discount') };
		});
	},
	show: (stored) => stored,
};

export const accumulationdiscount = discountResource('accumulationdiscount', { ...goods, levels: { kind: levels } });

const rate: Field = { kind: kinds.number({ whole: true, notNegative: true }), required: true };

export const bonusprogram = discountResource('bonusprogram', {
	allProducts: flag,
	earnRateRoublesToPoint: rate,
	spendRatePointsToRouble: rate,
	maxPaidRatePercents: rate,
	earnWhileRedeeming: { kind: kinds.boolean, initial: () => false },
	postponedBonusesDelayDays: { kind: kinds.number({ whole: true, notNegative: true }) },
	welcomeBonusesEnabled: { kind: kinds.boolean, initial: () => false },
	welcomeBonusesMode: { kind: kinds.choice('REGISTRATION', 'FIRST_PURCHASE') },
	welcomeBonusesValue: { kind: kinds.number({ whole: true, notNegative: true }) },
});

/** The rounding off of kopecks. */
export const discount: Resource = {
	type: 'discount',
	page: 'discount',
	without: ['create', 'delete'],
	fields: { ...head, ...Object.fromEntries(Object.entries(everybody).map(([field, rule]) => [field, readOnly({ ...rule, required: false })])) },
};

/** Words of all kinds, in the order in which the common list gives them. */
export const DISCOUNT_KINDS: readonly Resource[] = [personaldiscount, specialpricediscount, accumulationdiscount, bonusprogram, discount];
