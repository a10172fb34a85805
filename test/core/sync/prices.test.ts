import fc from 'fast-check';
import { Decimal, planPrices, presetPricePairs, type PresentPrice, type PriceSettings, type PriceType, type WantedPrice } from '../../../core';

const BASE: PriceType = { id: 1, name: 'BASE', base: true };
const OPT: PriceType = { id: 2, name: 'Opt', base: false };
const settings: PriceSettings = { zero: 'skip', largestFall: 50, currencies: new Map(), plainCurrency: 'RUB', usedCurrencies: undefined };
const want = (amount: string, type = BASE, policy: WantedPrice['policy'] = 'always'): WantedPrice => ({ type, value: { amount, currency: 'RUB' }, policy });
const present = (amount: string, type = BASE, more: Partial<PresentPrice> = {}): PresentPrice => ({ id: 9, productId: 5, typeId: type.id, amount: Decimal.of(amount), currency: 'RUB', ranged: false, ...more });

describe('prices', () => {
	it('are written when they differ, and only then', () => {
		expect(planPrices([want('10')], [present('10.00')], false, settings).writes).toEqual([]);
		expect(planPrices([want('10.5')], [present('10')], false, settings).writes).toEqual([{ kind: 'update', id: 9, amount: '10.5', currency: 'RUB' }]);
		expect(planPrices([want('10')], [], true, settings).writes).toEqual([{ kind: 'add', typeId: 1, amount: '10', currency: 'RUB' }]);
		expect(planPrices([want('10')], [present('10', BASE, { currency: 'USD' })], false, settings).writes).toHaveLength(1);
	});

	it('T4: of types that are not wanted never appear in a plan', () => {
		expect(planPrices([want('10')], [present('10'), present('7', OPT)], false, settings)).toMatchObject({ writes: [], warnings: [] });
		expect(planPrices([], [present('7', OPT)], false, settings).writes).toEqual([]);
	});

	it('P1: hold the item exactly when they fall by more than the limit', () => {
		const kopecks = fc.integer({ min: 1, max: 10_000_000 });
		fc.assert(fc.property(kopecks, kopecks, fc.integer({ min: 1, max: 100 }), (from, to, largestFall) => {
			const plan = planPrices([want(String(to / 100))], [present(String(from / 100))], false, { ...settings, largestFall });
			expect(plan.hold !== undefined).toBe(to * 100 < from * (100 - largestFall));
		}));
	});

	it('P1: are never held without a limit, in another currency, or when they are new', () => {
		expect(planPrices([want('1')], [present('100')], false, { ...settings, largestFall: 0 }).hold).toBeUndefined();
		expect(planPrices([want('1')], [present('100', BASE, { currency: 'USD' })], false, settings).hold).toBeUndefined();
		expect(planPrices([want('1')], [], true, settings).hold).toBeUndefined();
		expect(planPrices([want('0')], [present('100')], false, { ...settings, zero: 'write' }).hold).toBeUndefined();
	});

	it('P1: of 0 leave the item without a price only when the base price is among them', () => {
		const unpriced = (...wanted: WantedPrice[]): boolean => planPrices(wanted, [], false, settings).unpriced;
		expect(unpriced(want('0'))).toBe(true);
		expect(unpriced(want('1'), want('0', OPT))).toBe(false);
		expect(unpriced(want('0'), want('1', OPT))).toBe(true);
		expect(unpriced(want('0', OPT))).toBe(true);
		expect(unpriced()).toBe(false);
	});

	it('obey their policy', () => {
		const written = (policy: WantedPrice['policy'], before: PresentPrice[], isNew = false): number => planPrices([want('10', BASE, policy)], before, isNew, settings).writes.length;
		expect([written('creating', [], true), written('creating', [present('11')])]).toEqual([1, 0]);
		expect([written('empty', [present('11')]), written('empty', [present('0')]), written('empty', [])]).toEqual([0, 1, 1]);
	});

	it('are no prices when they are no numbers, or negative', () => {
		for (const amount of ['-1', 'cheap']) expect(planPrices([want(amount)], [], true, settings)).toMatchObject({ writes: [], warnings: [{ code: 'CATALOG_VALUE_UNFIT' }] });
	});

	it('go by equal names; the first goes to the base price if that is free', () => {
		const types = [{ id: 'a', name: 'Retail' }, { id: 'b', name: ' opt ' }];
		expect(presetPricePairs(types, [BASE, OPT]).map(({ from, to }) => [from, to.name])).toEqual([['a', 'BASE'], ['b', 'Opt']]);
		expect(presetPricePairs([{ id: 'a', name: 'Retail' }, { id: 'c', name: 'Base' }], [BASE]).map(({ from }) => from)).toEqual(['c']);
		expect(presetPricePairs([{ id: 'b', name: 'Opt' }], [BASE, OPT]).map(({ to }) => to.name)).toEqual(['Opt']);
		expect(presetPricePairs([], [BASE])).toEqual([]);
	});
});
