import fc from 'fast-check';
import {
	composedLevel, currentLevels, exactSum, fullLevels, inStores, mergedLevels, storeLevels, toBundleParts, withDefaultStore, withoutStores, zeroLevel,
	type StockLevel,
} from '../../../core';

const PRODUCT = '7944ef04-f831-11e5-7a69-971500188b19';
const STORE = '8044ef04-f831-11e5-7a69-971500188b19';
const OTHER = '9044ef04-f831-11e5-7a69-971500188b19';
const API = 'https://api.moysklad.ru/api/remap/1.2/entity';

const row = (storeId: string | null, freeStock: number | null) => ({ assortmentId: PRODUCT, storeId, freeStock });

describe('Current amounts', () => {
	it('come by store with their sums, exactly', () => {
		expect(currentLevels('freeStock', [row(STORE, 0.1), row(OTHER, 0.2)])).toEqual([
			{ id: PRODUCT, freeStock: 0.3, stores: [{ id: STORE, freeStock: 0.1 }, { id: OTHER, freeStock: 0.2 }] },
		]);
	});

	it('S3: what is being recalculated is unknown, not zero, and so is the sum', () => {
		const [level] = currentLevels('freeStock', [row(STORE, 5), row(OTHER, null)]);
		expect(level).toEqual({ id: PRODUCT, unknown: true, stores: [{ id: STORE, freeStock: 5 }, { id: OTHER, unknown: true }] });
		expect(withoutStores(level as StockLevel)).toEqual({ id: PRODUCT, unknown: true });
	});

	it('S1: of several kinds are put together, and free is stock less reserve', () => {
		const reports = [
			{ type: 'stock' as const, levels: currentLevels('stock', [{ assortmentId: PRODUCT, storeId: STORE, stock: 5 }]) },
			{ type: 'reserve' as const, levels: currentLevels('reserve', [{ assortmentId: PRODUCT, storeId: OTHER, reserve: 2 }]) },
		];
		expect(mergedLevels(reports)).toEqual([
			{
				id: PRODUCT, stock: 5, reserve: 2, freeStock: 3,
				stores: [{ id: STORE, stock: 5, reserve: 0, freeStock: 5 }, { id: OTHER, stock: 0, reserve: 2, freeStock: -2 }],
			},
		]);
	});

	it('unknown in one report are unknown in all', () => {
		const reports = [
			{ type: 'stock' as const, levels: currentLevels('stock', [{ assortmentId: PRODUCT, storeId: STORE, stock: null }]) },
			{ type: 'reserve' as const, levels: currentLevels('reserve', [{ assortmentId: PRODUCT, storeId: STORE, reserve: 2 }]) },
		];
		expect(mergedLevels(reports)).toEqual([{ id: PRODUCT, unknown: true, stores: [{ id: STORE, unknown: true }] }]);
	});

	it('S3: orders without a store lower the default store, even one that has nothing', () => {
		const [level] = currentLevels('freeStock', [row(STORE, 5), row(null, -2)]);
		expect(withDefaultStore(level as StockLevel, STORE)).toEqual({ id: PRODUCT, freeStock: 3, stores: [{ id: STORE, freeStock: 3 }] });
		expect(withDefaultStore(level as StockLevel, OTHER)).toEqual({ id: PRODUCT, freeStock: 3, stores: [{ id: STORE, freeStock: 5 }, { id: OTHER, freeStock: -2 }] });
		const [unknown] = currentLevels('freeStock', [row(STORE, null), row(null, -2)]);
		expect(withDefaultStore(unknown as StockLevel, STORE)).toEqual({ id: PRODUCT, unknown: true, stores: [{ id: STORE, unknown: true }] });
		expect(withDefaultStore({ id: PRODUCT, freeStock: 1 }, STORE)).toEqual({ id: PRODUCT, freeStock: 1 });
	});

	it('of some stores only have their own sums', () => {
		const [level] = currentLevels('freeStock', [row(STORE, 5), row(OTHER, 7), row(null, -2)]);
		expect(inStores(level as StockLevel, [OTHER])).toEqual({ id: PRODUCT, freeStock: 7, stores: [{ id: OTHER, freeStock: 7 }] });
	});

	it('that are gone are zero', () => {
		expect(zeroLevel(PRODUCT, ['stock', 'reserve'])).toEqual({ id: PRODUCT, stock: 0, reserve: 0, freeStock: 0, stores: [] });
	});
});

describe('Full reports', () => {
	const meta = { href: `${API}/variant/${PRODUCT}?expand=supplier`, type: 'variant' };

	it('keep names and costs', () => {
		expect(fullLevels([{ meta, stock: 5, reserve: 2, inTransit: 1, quantity: 4, name: 'Lamp', price: 100 }])).toEqual([
			{ entity: 'variant', id: PRODUCT, stock: 5, reserve: 2, inTransit: 1, quantity: 4, freeStock: 3, name: 'Lamp', price: 100 },
		]);
	});

	it('name stores', () => {
		const stockByStore = [{ meta: { href: `${API}/store/${STORE}`, type: 'store' }, name: 'Main', stock: 5, reserve: 2, inTransit: 1 }];
		expect(storeLevels([{ meta, stockByStore }])).toEqual([
			{ entity: 'variant', id: PRODUCT, stock: 5, reserve: 2, inTransit: 1, freeStock: 3, stores: [{ id: STORE, name: 'Main', stock: 5, reserve: 2, inTransit: 1, freeStock: 3 }] },
		]);
	});
});

describe('S5: A bundle', () => {
	const parts = (...components: Array<[id: string, quantity: number]>) => ({ id: 'bundle', components: components.map(([id, quantity]) => ({ id, quantity })) });
	const levels = (...all: StockLevel[]): Map<string, StockLevel> => new Map(all.map((level) => [level.id, level]));

	it('is as many as its scarcest component allows', () => {
		const known = levels({ id: 'a', freeStock: 7, reserve: 1 }, { id: 'b', freeStock: 0.3 });
		expect(composedLevel(parts(['a', 2]), known)).toEqual({ entity: 'bundle', id: 'bundle', freeStock: 3 });
		expect(composedLevel(parts(['a', 2], ['b', 0.1]), known)).toMatchObject({ freeStock: 3 });
		expect(composedLevel(parts(['a', 1], ['missing', 1]), known)).toMatchObject({ freeStock: 0 });
	});

	it('is put together within each store; orders without a store only take away', () => {
		const known = levels(
			{ id: 'a', stores: [{ id: STORE, freeStock: 4 }, { id: OTHER, freeStock: 1 }, { id: null, freeStock: -1 }] },
			{ id: 'b', stores: [{ id: STORE, freeStock: 2 }, { id: null, freeStock: 3 }] },
		);
		expect(composedLevel(parts(['a', 1], ['b', 1]), known)).toEqual({
			entity: 'bundle', id: 'bundle', freeStock: 1, stores: [{ id: STORE, freeStock: 2 }, { id: OTHER, freeStock: 0 }, { id: null, freeStock: -1 }],
		});
	});

	it('is unknown while a component is', () => {
		const known = levels({ id: 'a', unknown: true, stores: [{ id: STORE, unknown: true }, { id: OTHER, freeStock: 5 }] }, { id: 'b', stores: [{ id: STORE, freeStock: 2 }] });
		expect(composedLevel(parts(['a', 1], ['b', 1]), known)).toEqual({ entity: 'bundle', id: 'bundle', unknown: true, stores: [{ id: STORE, unknown: true }, { id: OTHER, freeStock: 0 }] });
	});

	it('of services has no stock, and services do not limit', () => {
		const component = (type: string, id: string) => ({ assortment: { meta: { href: `${API}/${type}/${id}`, type } }, quantity: 2 });
		expect(toBundleParts({ id: 'bundle', components: { rows: [component('service', STORE), component('variant', PRODUCT)] } })).toEqual({ id: 'bundle', components: [{ id: PRODUCT, quantity: 2 }] });
		expect(composedLevel(parts(), levels())).toBeUndefined();
	});

	it('can always be put together so many times, and not once more', () => {
		const amount = fc.integer({ min: 0, max: 100_000 }).map((units) => units / 10_000);
		const quantity = fc.integer({ min: 1, max: 50_000 }).map((units) => units / 10_000);
		fc.assert(
			fc.property(fc.array(fc.tuple(amount, quantity), { minLength: 1, maxLength: 4 }), (components) => {
				const known = levels(...components.map(([freeStock], index) => ({ id: `${index}`, freeStock })));
				const count = composedLevel(parts(...components.map(([, each], index): [string, number] => [`${index}`, each])), known)?.freeStock ?? -1;
				const fits = (times: number): boolean => components.every(([has, each]) => Math.round(each * 10_000) * times <= Math.round(has * 10_000));
				expect(fits(count)).toBe(true);
				expect(fits(count + 1)).toBe(false);
			}),
		);
	});
});

it('Sums of fractions are exact', () => {
	expect([exactSum([]), exactSum([1, 2]), exactSum([0.1, 0.2, -0.3])]).toEqual([0, 3, 0]);
});
