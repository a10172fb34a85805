import * as fc from 'fast-check';
import { CriticalStock, lowState, readLow, readStockLevel, watchedGood, type CriticalReport, type Threshold, type WatchedGood } from '../../../core';

const IDS = ['cup', 'mug-red', 'mug-blue', 'plate'];
const STORES = ['main', 'shop'];
const DEPTHS: Record<string, string[]> = { cup: ['cups', 'kitchen'], 'mug-red': ['cups', 'kitchen'], 'mug-blue': ['cups', 'kitchen'], plate: ['kitchen'] };
const good = (id: string, more: Partial<WatchedGood> = {}): WatchedGood => ({ id, folders: DEPTHS[id] ?? [], name: id, code: '', ...(id.startsWith('mug') && { parent: 'mug' }), ...more });
const GOODS = new Map(IDS.map((id) => [id, good(id)]));

type Amounts = Record<string, number | null>;

/** A level with amounts by store; null while MoySklad is recalculating. */
function level(id: string, amounts: Amounts) {
	const stores = Object.entries(amounts).map(([store, freeStock]) => (freeStock === null ? { id: store, unknown: true } : { id: store, freeStock }));
	const isKnown = Object.values(amounts).every((amount) => amount !== null);
	return readStockLevel({ id, stores, ...(isKnown ? { freeStock: Object.values(amounts).reduce<number>((sum, amount) => sum + (amount ?? 0), 0) } : { unknown: true }) });
}

const compare = (thresholds: Threshold[], amounts: Record<string, Amounts>, low: string[] = [], goods: ReadonlyMap<string, WatchedGood> = GOODS, minimum: number | null = null): CriticalReport =>
	new CriticalStock('free', thresholds, minimum).compare(Object.entries(amounts).map(([id, own]) => level(id, own)), goods, low);

const told = ({ changes }: CriticalReport): string[] => changes.map(({ change, good: { id }, store, amount, threshold }) => `${change} ${id} ${store ?? 'total'} ${amount}<=${threshold}`);

describe('Critical stock', () => {
	it('is told once when crossed and once when restored; the threshold itself is low', () => {
		const thresholds = [{ amount: 5 }];
		const first = compare(thresholds, { cup: { main: 3, shop: 2 }, plate: { main: 6 } });
		expect(told(first)).toEqual(['crossed cup total 5<=5']);
		const second = compare(thresholds, { cup: { main: 1 }, plate: { main: 6 } }, first.low);
		expect(told(second)).toEqual([]);
		const third = compare(thresholds, { cup: { main: 6 } }, second.low);
		expect(told(third)).toEqual(['restored cup total 6<=5']);
		expect(third.low).toEqual([]);
	});

	it('goes by the most specific row: the variant, its product, the nearest folder, all goods', () => {
		const rows: Threshold[] = [{ amount: 1 }, { folder: 'kitchen', amount: 2 }, { folder: 'cups', amount: 3 }, { product: 'mug', amount: 4 }, { product: 'mug-red', amount: 0 }];
		const all = { cup: { main: 3 }, 'mug-red': { main: 1 }, 'mug-blue': { main: 4 }, plate: { main: 3 } };
		expect(told(compare(rows, all))).toEqual(['crossed cup total 3<=3', 'crossed mug-blue total 4<=4']);
	});

	it('of a store is watched beside the total, and a store that is not named is not empty', () => {
		const rows: Threshold[] = [{ amount: 2 }, { store: 'shop', amount: 1 }];
		const report = compare(rows, { cup: { main: 9, shop: 1 }, plate: { main: 2 } });
		expect(told(report)).toEqual(['crossed cup shop 1<=1', 'crossed plate total 2<=2']);
		expect(report.low).toEqual(['cup shop', 'plate']);
	});

	it("is by MoySklad's own minimum only where no row without a store fits", () => {
		const goods = new Map([['cup', good('cup', { minimum: 7 })], ['plate', good('plate', { minimum: 7 })], ['mug-red', good('mug-red')]]);
		const amounts = { cup: { main: 6 }, plate: { main: 6 }, 'mug-red': { main: 0 } };
		expect(told(compare([{ folder: 'cups', amount: 1 }], amounts, [], goods, 7))).toEqual(['crossed plate total 6<=7', 'crossed mug-red total 0<=1']);
		expect(told(compare([{ store: 'main', amount: 1 }], amounts, [], goods, 7))).toEqual(['crossed cup total 6<=7', 'crossed plate total 6<=7', 'crossed mug-red main 0<=1']);
		expect(told(compare([{ folder: 'cups', amount: 1 }], amounts, [], goods))).toEqual(['crossed mug-red total 0<=1']);
	});

	it('S3: stays what it was while MoySklad recalculates, and where nothing is said', () => {
		const report = compare([{ amount: 5 }], { cup: { main: null }, plate: { main: null } }, ['cup', 'mug-red']);
		expect(report).toEqual({ changes: [], low: ['cup', 'mug-red'], unknown: 2 });
	});

	it('forgets what is archived or watched no more, without a word', () => {
		expect(compare([{ product: 'plate', amount: 5 }], { cup: { main: 9 }, plate: { main: 1 } }, ['cup', 'cup shop', 'plate'], GOODS)).toMatchObject({ changes: [], low: ['plate'] });
		expect(compare([{ amount: 5 }], { cup: { main: 9 } }, ['cup'], new Map())).toMatchObject({ changes: [], low: [] });
	});

	it('needs the stores and the kind of amount that its rows ask for', () => {
		const rule = new CriticalStock('free', [{ store: 'main', amount: 1 }]);
		expect(() => rule.candidates([readStockLevel({ id: 'cup', freeStock: 1 })], [])).toThrow(expect.objectContaining({ code: 'STOCK_STORES_MISSING' }));
		expect(() => new CriticalStock('free', [{ amount: 1 }]).candidates([readStockLevel({ id: 'cup', stock: 1 })], [])).toThrow(expect.objectContaining({ code: 'STOCK_KIND_MISSING' }));
	});
});

describe('The laws of critical stock', () => {
	const place = fc.option(fc.constantFrom(...STORES), { nil: undefined });
	const threshold: fc.Arbitrary<Threshold> = fc
		.tuple(fc.constantFrom({}, { product: 'cup' }, { product: 'mug' }, { product: 'mug-red' }, { folder: 'cups' }, { folder: 'kitchen' }), place, fc.integer({ min: -1, max: 6 }))
		.map(([scope, store, amount]) => ({ ...scope, ...(store !== undefined && { store }), amount }));
	const thresholds = fc.array(threshold, { minLength: 1, maxLength: 8 });
	const stock = fc.record(Object.fromEntries(IDS.map((id) => [id, fc.record(Object.fromEntries(STORES.map((store) => [store, fc.option(fc.integer({ min: 0, max: 8 }), { freq: 6 })])))])));

	it('an alert comes exactly when a place crosses, a restoration exactly when it was low, and both take turns', () => {
		fc.assert(
			fc.property(thresholds, fc.array(stock, { minLength: 1, maxLength: 8 }), (rows, history) => {
				let low: string[] = [];
				const last = new Map<string, string>();
				for (const now of history) {
					const report = compare(rows, now, low);
					for (const { change, good: { id }, store, amount, threshold: limit } of report.changes) {
						const key = store === null ? id : `${id} ${store}`;
						expect(last.get(key) ?? 'restored').not.toBe(change);
						last.set(key, change);
						expect(amount <= limit).toBe(change === 'crossed');
					}
					low = report.low;
					expect(low).toEqual([...last].filter(([, change]) => change === 'crossed').map(([key]) => key).sort());
					expect(compare(rows, now, low)).toMatchObject({ changes: [], low });
				}
			}),
		);
	});

	it('every known place at or below its threshold is low, and no other', () => {
		fc.assert(
			fc.property(thresholds, stock, (rows, now) => {
				const { low } = compare(rows, now);
				const expected = Object.entries(now).flatMap(([id, own]) => {
					const amounts: Array<[string | undefined, number | null]> = [...Object.entries(own), [undefined, Object.values(own).includes(null) ? null : Object.values(own).reduce<number>((sum, one) => sum + (one ?? 0), 0)]];
					return amounts.filter(([store, amount]) => amount !== null && amount <= limitOf(rows, id, store)).map(([store]) => (store === undefined ? id : `${id} ${store}`));
				});
				expect(low).toEqual(expected.sort());
			}),
		);
	});

	it('the order of the rows does not matter', () => {
		fc.assert(
			fc.property(thresholds.chain((rows) => fc.tuple(fc.constant(rows), fc.shuffledSubarray(rows, { minLength: rows.length }))), stock, ([rows, shuffled], now) => {
				expect(compare(shuffled, now)).toEqual(compare(rows, now));
			}),
		);
	});

	it('only candidates can change, so that nothing else has to be read', () => {
		fc.assert(
			fc.property(thresholds, stock, stock, fc.option(fc.integer({ min: 1, max: 6 })), (rows, before, now, minimum) => {
				const goods = new Map([...GOODS].map(([id, one]) => [id, minimum === null ? one : { ...one, minimum }]));
				const { low } = compare(rows, before, [], goods, minimum);
				const levels = Object.entries(now).map(([id, own]) => level(id, own));
				const rule = new CriticalStock('free', rows, minimum);
				const read = new Map(rule.candidates(levels, low).map((id) => [id, goods.get(id) as WatchedGood]));
				expect(rule.compare(levels, read, low)).toEqual(rule.compare(levels, goods, low));
			}),
		);
	});

	/** The same said plainly: the rows of the place, the most specific kind of them that fits, the highest amount. */
	function limitOf(rows: Threshold[], id: string, store?: string): number {
		const { parent, folders } = GOODS.get(id) as WatchedGood;
		const own = rows.filter((row) => row.store === store);
		const kinds = [...[id, parent ?? '-'].map((product) => own.filter((row) => row.product === product)), ...folders.map((folder) => own.filter((row) => row.folder === folder)), own.filter((row) => !row.product && !row.folder)];
		return Math.max(...(kinds.find((fitting) => fitting.length > 0) ?? []).map(({ amount }) => amount));
	}
});

describe('What the run before has left', () => {
	it('is nothing, or what a report said', () => {
		for (const nothing of ['', '  ', null, undefined]) expect(readLow(nothing)).toEqual([]);
		expect(readLow(lowState(['cup', 'plate shop']))).toEqual(['cup', 'plate shop']);
		expect(readLow({ low: ['cup'] })).toEqual(['cup']);
	});

	it.each(['{', '[]', '{"low":"cup"}', '5', '{"low":[1]}'])('is never guessed: %s', (text) => {
		expect(() => readLow(text)).toThrow(expect.objectContaining({ code: 'STOCK_STATE_UNREADABLE' }));
	});
});

describe('A good that is watched', () => {
	const uuid = (digit: number): string => `${String(digit).repeat(8)}-0000-4000-8000-000000000000`;
	const link = (entity: string, digit: number, more: object = {}): object => ({ meta: { type: entity, href: `https://api.moysklad.ru/api/remap/1.2/entity/${entity}/${uuid(digit)}` }, ...more });
	const folder = link('productfolder', 2, { productFolder: link('productfolder', 3) });

	it('has its chain of folders and its minimum, a variant those of its product', () => {
		expect(watchedGood({ id: uuid(1), name: 'Cup', code: '7', productFolder: folder, minimumBalance: 4 })).toEqual({ id: uuid(1), name: 'Cup', code: '7', folders: [uuid(2), uuid(3)], minimum: 4 });
		expect(watchedGood({ id: uuid(4), name: 'Cup (red)', product: link('product', 1, { productFolder: folder, minimumBalance: 4 }) })).toEqual({ id: uuid(4), parent: uuid(1), name: 'Cup (red)', code: '', folders: [uuid(2), uuid(3)], minimum: 4 });
	});

	it('has no minimum where MoySklad has none or zero, and is none when archived', () => {
		expect(watchedGood({ id: uuid(1), minimumBalance: 0 })).not.toHaveProperty('minimum');
		expect(watchedGood({ id: uuid(1), archived: true })).toBeUndefined();
		expect(watchedGood({ name: 'no id' })).toBeUndefined();
	});
});
