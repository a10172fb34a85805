import * as fc from 'fast-check';
import { folder, link, percent, percents, personal, price, product, reckon, RUB, special, type Case, type Json } from './discounts';

/** What must hold for any discounts, goods and settings. */

const kopecks = fc.oneof(fc.integer({ min: 1, max: 50_000_000 }), fc.integer({ min: 1, max: 9 }));
const percentage = fc.integer({ min: 0, max: 10_000 }).map((hundredths) => hundredths / 100);
const reach = fc.oneof(
	fc.constant<Json>({}),
	fc.constant<Json>({ allProducts: false, assortment: [link('product', 'cup')] }),
	fc.constant<Json>({ allProducts: false, productFolders: [link('productfolder', 'top')] }),
	fc.constant<Json>({ allProducts: false, assortment: [link('product', 'other')] }),
);
const buyers = fc.constantFrom<Json>({}, { allAgents: false, agentTags: ['vip'] }, { allAgents: false, agentTags: ['other'] }, { active: false });
const named = <Value>(value: fc.Arbitrary<Value>) => fc.tuple(fc.integer({ min: 0, max: 1e6 }).map((n) => `d${n}`), value, reach, buyers);

const discount: fc.Arbitrary<Json> = fc.oneof(
	named(percentage).map(([name, value, on, to]) => percent(name, value, { ...on, ...to })),
	named(fc.constantFrom('Wholesale', 'Export')).map(([name, type, on, to]) => special(name, type, 0, { ...on, ...to })),
	named(kopecks).map(([name, value, on, to]) => special(name, 'Retail', value, { ...on, ...to })),
	named(fc.constant(0)).map(([name, , on, to]) => personal(name, { ...on, ...to })),
);
const discounts = fc.array(discount, { maxLength: 8 });

const shop = fc.record({ retail: kopecks, wholesale: fc.integer({ min: 0, max: 50_000_000 }), minimum: fc.integer({ min: 0, max: 50_000_000 }) });
type Shop = { retail: number; wholesale: number; minimum: number };

const cup = ({ retail, wholesale, minimum }: Shop) => product('cup', {
	salePrices: [price('Retail', retail), price('Wholesale', wholesale)], minPrice: { value: minimum, currency: RUB }, productFolder: folder('deep', folder('top')),
});

const settings: fc.Arbitrary<Case> = fc.record({
	settings: fc.record({ discountStrategy: fc.constantFrom('bySum', 'byPriority', 'else'), checkMinPrice: fc.boolean() }),
	row: fc.constantFrom({ tag: null }, { tag: 'vip' }),
	book: fc.record({ roundOff: fc.boolean() }),
	personal: fc.constantFrom(percents(), percents(['d1', 5])),
});

const value = (at: Shop, some: readonly Json[], given: Case): number => reckon(cup(at), some, given).value ?? NaN;

it('is a whole number of kopecks, not below zero and never above the base price', () => {
	fc.assert(fc.property(shop, discounts, settings, (at, some, given) => {
		const found = value(at, some, given);
		expect(Number.isInteger(found)).toBe(true);
		expect(found).toBeGreaterThanOrEqual(0);
		expect(found).toBeLessThanOrEqual(at.retail);
	}), { numRuns: 400 });
});

it('does not depend on the order of the discounts, and the findings neither', () => {
	fc.assert(fc.property(shop, discounts.chain((some) => fc.tuple(fc.constant(some), fc.shuffledSubarray(some, { minLength: some.length }))), settings, (at, [some, mixed], given) => {
		const one = reckon(cup(at), some, given);
		const other = reckon(cup(at), mixed, given);
		expect(other.value).toBe(one.value);
		expect([...other.codes].sort()).toEqual([...one.codes].sort());
	}), { numRuns: 400 });
});

it('one discount more never makes it dearer', () => {
	fc.assert(fc.property(shop, discounts, discount, settings, (at, some, more, given) => {
		expect(value(at, [...some, more], given)).toBeLessThanOrEqual(value(at, some, given));
	}), { numRuns: 400 });
});

it('a greater percentage never makes it dearer', () => {
	fc.assert(fc.property(shop, discounts, percentage, percentage, settings, (at, some, one, other, given) => {
		const [less, more] = one < other ? [one, other] : [other, one];
		expect(value(at, [...some, percent('more', more)], given)).toBeLessThanOrEqual(value(at, [...some, percent('less', less)], given));
	}), { numRuns: 400 });
});

it('a dearer base never makes it cheaper', () => {
	fc.assert(fc.property(shop, kopecks, discounts, settings, (at, more, some, given) => {
		expect(value({ ...at, retail: at.retail + more }, some, given)).toBeGreaterThanOrEqual(value(at, some, given));
	}), { numRuns: 400 });
});

it('by priority it is the best that one of the discounts alone gives', () => {
	fc.assert(fc.property(shop, discounts, settings, (at, some, given) => {
		const best = { ...given, settings: { ...given.settings, discountStrategy: 'byPriority' } };
		const alone = some.map((one) => value(at, [one], best));
		expect(value(at, some, best)).toBe(Math.min(value(at, [], best), ...alone));
	}), { numRuns: 400 });
});

it('added up it is never dearer than by priority', () => {
	fc.assert(fc.property(shop, discounts, settings, (at, some, given) => {
		const with_ = (discountStrategy: string): Case => ({ ...given, settings: { ...given.settings, discountStrategy } });
		expect(value(at, some, with_('bySum'))).toBeLessThanOrEqual(value(at, some, with_('byPriority')));
	}), { numRuns: 400 });
});

it('percentages that are added up are reckoned from the base in one step, to the kopeck', () => {
	fc.assert(fc.property(kopecks, fc.array(percentage, { maxLength: 4 }), (retail, all) => {
		const hundredths = Math.min(10_000, all.reduce((sum, one) => sum + Math.round(one * 100), 0));
		const exact = BigInt(retail) * BigInt(10_000 - hundredths);
		const expected = Number((exact * 2n + 10_000n) / 20_000n);
		expect(value({ retail, wholesale: 0, minimum: 0 }, all.map((one, index) => percent(`d${index}`, one)), {})).toBe(expected);
	}), { numRuns: 400 });
});
