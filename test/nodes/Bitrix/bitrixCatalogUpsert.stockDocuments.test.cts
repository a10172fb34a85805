import { documentMark } from '../../../core';
import { conduct } from '../../simulators/bitrix/catalog/documents.cts';
import { byStore, chosen, FAR, level, MAIN, NORTH, outcomes, SHOP, SOUTH, StockSite, storeMap } from '../catalog/stockSite.cts';

const TOTAL = { bitrixStore: chosen(MAIN) };

describe('Update Stock with inventory management', () => {
	let shop: StockSite;
	beforeEach(async () => (shop = await StockSite.open('Y')));
	afterEach(async () => await shop.close());

	const addDraft = (title: string, more: object = {}) => {
		const { portal } = shop.site.bitrix;
		const { id } = portal.store.documents.add({
			docType: 'S', siteId: 's1', contractorId: null, responsibleId: 1, dateModify: 0, dateCreate: 0, createdBy: 1, modifiedBy: 1, currency: 'RUB',
			status: 'N', wasCancelled: 'N', dateStatus: null, dateDocument: null, statusBy: null, total: null, commentary: null, title, docNumber: null, ...more,
		});
		portal.store.documentElements.add({ docId: id, storeFrom: null, storeTo: MAIN, elementId: shop.element('cup').id, amount: 5, purchasingPrice: null });
		return id;
	};

	it('S2: what lies in the store is what is free and what the site has reserved; a second run makes no document', async () => {
		shop.put('cup');
		shop.lay('cup', MAIN, 2, 3);
		const [result] = await shop.update([level('cup', { stock: 10, reserve: 3, freeStock: 7 })], TOTAL);
		expect(result).toMatchObject({ status: 'updated', changes: [{ field: 'Amount in Основной склад', from: 2, to: 10 }] });
		expect(shop.amount('cup', MAIN)).toBe(10);
		shop.site.resetCounters();
		expect(await shop.update([level('cup', 7)], TOTAL)).toMatchObject([{ status: 'unchanged' }]);
		expect(shop.site.writes()).toBe(0);
		expect(shop.documents()).toHaveLength(1);
	});

	it('S2: customers can buy exactly what is free, however many orders the site keeps', async () => {
		shop.put('cup');
		shop.lay('cup', MAIN, 20);
		shop.order({ cup: 4 });
		await shop.update([level('cup', 9)], TOTAL);
		expect(shop.quantity('cup')).toBe(9);
		await shop.update([level('cup', { stock: 12 })], { ...TOTAL, kind: 'physical' });
		expect([shop.amount('cup', MAIN), shop.quantity('cup')]).toEqual([12, 8]);
	});

	it('S2: orders that MoySklad does not know yet are subtracted here too', async () => {
		shop.put('cup');
		shop.lay('cup', MAIN, 20);
		shop.order({ cup: 4 });
		await shop.update([level('cup', 9)], { ...TOTAL, ordersSince: new Date(shop.site.bitrix.clock.now() - 60_000).toISOString() });
		expect(shop.quantity('cup')).toBe(5);
	});

	it('T2, S4: brings in by a document S and takes out by a document D, one of each for a store', async () => {
		for (const word of ['more', 'less', 'same', 'new']) shop.put(word);
		shop.lay('more', MAIN, 1);
		shop.lay('less', MAIN, 9);
		shop.lay('same', MAIN, 5);
		const results = await shop.update([level('more', 4.5), level('less', 2), level('same', 5), level('new', 1)], TOTAL);
		expect(outcomes(results)).toEqual(['updated', 'updated', 'unchanged', 'updated']);
		expect(['more', 'less', 'same', 'new'].map((word) => shop.amount(word, MAIN))).toEqual([4.5, 2, 5, 1]);
		expect(shop.documents().map(({ docType, status, currency, responsibleId }) => [docType, status, currency, responsibleId])).toEqual([['D', 'Y', 'RUB', 1], ['S', 'Y', 'RUB', 1]]);
		expect([shop.moved('S'), shop.moved('D')]).toEqual([4.5, 7]);
	});

	it('S4: says in the title which store and which run the document is of', async () => {
		shop.put('cup');
		await shop.update([level('cup', 1)], TOTAL);
		await shop.update([level('cup', 2)], TOTAL);
		const titles = shop.documents().map(({ title }) => title ?? '');
		expect(titles.every((title) => title.startsWith(`${documentMark(MAIN)} `))).toBe(true);
		expect(new Set(titles).size).toBe(2);
	});

	it('by store goes by the pairs of an expression where the map has none', async () => {
		shop.put('cup');
		const given = (...pairs: Array<[string, number]>) => JSON.stringify(pairs.map(([from, to]) => ({ from, to: String(to) })));
		const item = byStore('cup', [[NORTH, 7], [SOUTH, 3]]);
		await shop.update([item], { spread: 'byStore', options: { storePairs: given([NORTH, MAIN], [SOUTH, SHOP]) } });
		expect([shop.amount('cup', MAIN), shop.amount('cup', SHOP)]).toEqual([7, 3]);
		await shop.update([item], { ...storeMap([NORTH, SHOP]), options: { storePairs: given([NORTH, MAIN]) } });
		expect([shop.amount('cup', MAIN), shop.amount('cup', SHOP)]).toEqual([7, 7]);
		const run = await shop.run([item], { spread: 'byStore', options: { storePairs: '{}' } });
		expect(run.error).toMatchObject({ description: expect.stringContaining('STOCK_MAP_INVALID') as string });
	});

	it('R098: by store each store gets its own, several of MoySklad may go to one, and others are not touched', async () => {
		shop.put('cup');
		shop.lay('cup', FAR, 8);
		const item = byStore('cup', [[NORTH, 5], [SOUTH, 7], ['elsewhere', 100]]);
		const [result] = await shop.update([item], storeMap([NORTH, MAIN], [SOUTH, SHOP]));
		expect(result?.changes).toEqual([{ field: 'Amount in Основной склад', from: 0, to: 5 }, { field: 'Amount in Магазин на Ленина', from: 0, to: 7 }]);
		await shop.update([item], storeMap([NORTH, SHOP], [SOUTH, SHOP]));
		expect([MAIN, SHOP, FAR].map((store) => shop.amount('cup', store))).toEqual([5, 12, 8]);
	});

	it('S3: orders without a store lower the default store, and what it lacks the others', async () => {
		shop.put('cup');
		const map = storeMap([NORTH, MAIN], [SOUTH, SHOP]);
		const defaultStore = chosen(SOUTH);
		await shop.update([byStore('cup', [[NORTH, 5], [SOUTH, 7], [null, -3]])], { ...map, defaultStore });
		expect([shop.amount('cup', MAIN), shop.amount('cup', SHOP)]).toEqual([5, 4]);
		await shop.update([byStore('cup', [[NORTH, 5], [SOUTH, 7], [null, -9]])], { ...map, defaultStore });
		expect([shop.amount('cup', MAIN), shop.amount('cup', SHOP)]).toEqual([3, 0]);
	});

	it('S3: an item of which one store is being recalculated is left alone in all', async () => {
		shop.put('cup');
		shop.lay('cup', MAIN, 5);
		const item = { ...byStore('cup', [[NORTH, 9]]), stores: [{ id: NORTH, freeStock: 9 }, { id: SOUTH, unknown: true }] };
		expect(outcomes(await shop.update([item], storeMap([NORTH, MAIN], [SOUTH, SHOP])))).toEqual(['STOCK_UNKNOWN']);
		expect(outcomes(await shop.update([item], storeMap([NORTH, MAIN])))).toEqual(['updated']);
		expect(shop.amount('cup', MAIN)).toBe(9);
	});

	it('S4: deletes the draft that a broken run left, and books its goods once', async () => {
		shop.put('cup');
		const draft = addDraft(`${documentMark(MAIN)} broken/1`);
		await shop.update([level('cup', 5)], TOTAL);
		expect(shop.documents().map(({ id }) => id)).not.toContain(draft);
		expect(shop.documents().every(({ status }) => status === 'Y')).toBe(true);
		expect(shop.amount('cup', MAIN)).toBe(5);
	});

	it('S4: leaves drafts of other stores, of other people, and documents that a person cancelled', async () => {
		shop.put('cup');
		const kept = [addDraft(`${documentMark(12)} other/1`), addDraft(`Copy of ${documentMark(MAIN)} mine`), addDraft(`${documentMark(MAIN)} old/1`, { wasCancelled: 'Y' })];
		await shop.update([level('cup', 5)], TOTAL);
		expect(shop.documents().map(({ id }) => id)).toEqual(expect.arrayContaining(kept));
	});

	it('S4: two runs at the same time book one after the other, so that nothing is booked twice', async () => {
		for (const word of ['cup', 'pot']) shop.put(word);
		const both = await Promise.all([1, 2].map(async () => await shop.update([level('cup', 5), level('pot', 3)], TOTAL)));
		expect([shop.amount('cup', MAIN), shop.amount('pot', MAIN)]).toEqual([5, 3]);
		expect(both.map(outcomes).sort()).toEqual([['unchanged', 'unchanged'], ['updated', 'updated']]);
		expect(shop.moved('S')).toBe(8);
		// The second run waits for its turn instead of making a draft that it then has to take back.
		expect(shop.site.bitrix.counters.snapshot().routes['catalog.document.add']?.calls).toBe(1);
	});

	it('S4: a run in another process is not overtaken: its older draft is booked first', async () => {
		shop.put('cup');
		const { portal } = shop.site.bitrix;
		const { documents } = portal.store;
		const add = documents.add.bind(documents);
		jest.spyOn(documents, 'add').mockImplementationOnce((row) => {
			const older = documents.get(addDraft(`${documentMark(MAIN)} other process/1`));
			setTimeout(() => older && conduct(portal, older, 1), 300);
			return add(row);
		});
		expect(outcomes(await shop.update([level('cup', 5)], TOTAL))).toEqual(['unchanged']);
		expect(shop.amount('cup', MAIN)).toBe(5);
		expect(shop.documents().map(({ title, status }) => [title, status])).toEqual([[`${documentMark(MAIN)} other process/1`, 'Y']]);
	});

	it('S4: amounts that change while the document is filled are read again before it is conducted', async () => {
		for (const word of ['cup', 'pot', 'pan', 'jug']) shop.put(word);
		shop.lay('jug', MAIN, 9);
		const { documentElements } = shop.site.bitrix.portal.store;
		const add = documentElements.add.bind(documentElements);
		jest.spyOn(documentElements, 'add').mockImplementationOnce((row) => {
			// Somebody ships, books and reserves at this very moment.
			shop.lay('cup', MAIN, 3);
			shop.lay('pot', MAIN, 7);
			shop.lay('pan', MAIN, 6, 2);
			return add(row);
		});
		const results = await shop.update([level('cup', 5), level('pot', 5), level('pan', 5), level('jug', 2)], TOTAL);
		expect(outcomes(results)).toEqual(['updated', 'updated', 'updated', 'updated']);
		expect(['cup', 'pot', 'pan', 'jug'].map((word) => shop.amount(word, MAIN))).toEqual([5, 5, 7, 2]);
		expect(shop.documents().every(({ status }) => status === 'Y')).toBe(true);
		expect(results[0]?.changes).toEqual([{ field: 'Amount in Основной склад', from: 3, to: 5 }]);
	});

	it('cuts many changes into documents that can be conducted in one call', async () => {
		const words = Array.from({ length: 1100 }, (_, index) => `w${index}`);
		for (const word of words) shop.put(word);
		const results = await shop.update(words.map((word) => level(word, 2)), TOTAL);
		expect(new Set(outcomes(results))).toEqual(new Set(['updated']));
		expect(shop.documents().map(({ status }) => status)).toEqual(['Y', 'Y', 'Y']);
		expect(shop.moved('S')).toBe(2200);
	});

	it('S5: writes amounts of offers, none of products with offers', async () => {
		shop.put('shirt', { kind: 'emptySkuParent' });
		shop.put('red', { kind: 'offer', parent: 'shirt' });
		expect(outcomes(await shop.update([level('shirt', 4), level('red', 3)], TOTAL))).toEqual(['STOCK_ON_PARENT', 'updated']);
		expect(shop.amount('red', MAIN)).toBe(3);
	});

	it('S6: stops a run that would empty too much, before any document', async () => {
		const words = Array.from({ length: 12 }, (_, index) => `w${index}`);
		for (const word of words) {
			shop.put(word);
			shop.lay(word, MAIN, 4, 1);
		}
		const run = await shop.run(words.map((word) => level(word, 0)), TOTAL);
		expect(run.error).toMatchObject({ description: expect.stringContaining('STOCK_TOO_MANY_EMPTIED') as string });
		expect(shop.documents()).toEqual([]);
		expect(shop.site.writes()).toBe(0);
	});

	it('writes nothing in a preview', async () => {
		shop.put('cup');
		expect(await shop.update([level('cup', 5)], { ...TOTAL, preview: true })).toMatchObject([{ status: 'planned', changes: [{ from: 0, to: 5 }] }]);
		expect(shop.documents()).toEqual([]);
	});

	it.each([
		['a total without a store, when there are several', { bitrixStore: chosen('') }, 'STOCK_STORE_MISSING'],
		['a store that is not there', { bitrixStore: chosen(99) }, 'STOCK_STORE_UNKNOWN'],
		['a map without rows', { spread: 'byStore', storeMap: {} }, 'STOCK_MAP_INVALID'],
		['a map with half a row', { spread: 'byStore', storeMap: { row: [{ from: chosen(NORTH), to: chosen('') }] } }, 'STOCK_MAP_INVALID'],
		['a store of MoySklad that goes to two stores', storeMap([NORTH, MAIN], [NORTH, SHOP]), 'STOCK_MAP_INVALID'],
		['a map with a store that is not there', storeMap([NORTH, 99]), 'STOCK_STORE_UNKNOWN'],
	])('refuses %s', async (_what, parameters, code) => {
		shop.put('cup');
		const run = await shop.run([byStore('cup', [[NORTH, 5]])], parameters);
		expect(run.error).toMatchObject({ description: expect.stringContaining(code) as string });
		expect(shop.site.writes()).toBe(0);
	});

	it('takes the only active store for totals', async () => {
		shop.put('cup');
		const { stores } = shop.site.bitrix.portal.store;
		for (const id of [MAIN, FAR]) stores.update(id, { active: 'N' });
		await shop.update([level('cup', 5)]);
		expect(shop.amount('cup', SHOP)).toBe(5);
	});

	it('items that do not say their stores are handed over', async () => {
		shop.put('cup');
		expect(outcomes(await shop.update([level('cup', 5)], storeMap([NORTH, MAIN])))).toEqual(['STOCK_STORES_MISSING']);
	});
});
