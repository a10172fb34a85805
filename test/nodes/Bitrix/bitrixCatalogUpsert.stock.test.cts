import { uuid } from '../catalog/items.cts';
import { byStore, chosen, level, MAIN, NORTH, outcomes, SOUTH, StockSite, storeMap } from '../catalog/stockSite.cts';

const MINUTE = 60_000;

describe('Update Stock without inventory management', () => {
	let shop: StockSite;
	beforeEach(async () => (shop = await StockSite.open('N')));
	afterEach(async () => await shop.close());

	it('S2: writes what is free into the quantity, and a second run writes nothing', async () => {
		shop.put('cup', { quantity: 1 });
		const levels = [level('cup', { stock: 10, reserve: 3, freeStock: 7 })];
		const [result] = await shop.update(levels);
		const { id } = shop.element('cup');
		expect(result).toEqual({
			status: 'updated', key: 'cup', moySkladId: uuid('cup'), bitrixId: String(id), changes: [{ field: 'Quantity', from: 1, to: 7 }], warnings: [],
		});
		expect(shop.quantity('cup')).toBe(7);
		shop.site.resetCounters();
		expect(await shop.update(levels)).toMatchObject([{ status: 'unchanged', changes: [] }]);
		expect(shop.site.writes()).toBe(0);
	});

	it('S1: writes the kind that is chosen', async () => {
		const amounts = { stock: 10, reserve: 3, inTransit: 4, quantity: 11 };
		shop.put('cup');
		for (const [kind, quantity] of [['free', 7], ['physical', 10], ['expected', 11]] as const) {
			expect(outcomes(await shop.update([level('cup', amounts)], { kind }))).toEqual(['updated']);
			expect(shop.quantity('cup')).toBe(quantity);
		}
	});

	it('S1: a kind that the items do not say is an error that tells what to read', async () => {
		shop.put('cup', { quantity: 5 });
		const results = await shop.update([level('cup', { stock: 10, quantity: 9 })]);
		expect(results).toMatchObject([{ status: 'failed', error: { code: 'STOCK_KIND_MISSING', kind: 'configuration' } }]);
		expect(results[0]?.error?.advice).toContain('Free');
		expect(shop.quantity('cup')).toBe(5);
	});

	it('S2: what is physical is offered less what orders of the site have reserved', async () => {
		shop.put('cup', { quantity: 20 });
		shop.order({ cup: 3 });
		await shop.update([level('cup', { stock: 10 })], { kind: 'physical' });
		expect(shop.quantity('cup')).toBe(7);
	});

	it('S2: orders that were placed since the export are subtracted, cancelled ones and those from elsewhere are not', async () => {
		for (const word of ['cup', 'pot']) shop.put(word, { quantity: 50 });
		shop.order({ cup: 1 }, { age: 60 * MINUTE });
		shop.order({ cup: 2, pot: 1 }, { age: MINUTE });
		shop.order({ cup: 4 });
		shop.order({ cup: 8 }, { canceled: true });
		shop.site.bitrix.portal.store.orders.update(shop.order({ cup: 16 }), { externalOrder: 'Y' });
		const since = new Date(shop.site.bitrix.clock.now() - 30 * MINUTE).toISOString();
		await shop.update([level('cup', 30), level('pot', 30)], { ordersSince: since });
		expect([shop.quantity('cup'), shop.quantity('pot')]).toEqual([24, 29]);
	});

	it('S2: the moment may be the cursor of the order export', async () => {
		shop.put('cup', { quantity: 50 });
		shop.order({ cup: 2 }, { age: 20 * MINUTE });
		shop.order({ cup: 4 });
		const at = (ago: number): string => new Date(shop.site.bitrix.clock.now() - ago * MINUTE).toISOString();
		const cursor = { version: 1, flow: 'f', siteKey: 's', host: 'h', start: at(90), at: at(10), since: at(30), after: null, seen: {} };
		await shop.update([level('cup', 30)], { ordersSince: JSON.stringify(cursor) });
		expect(shop.quantity('cup')).toBe(26);
		await shop.update([level('cup', 30)], { ordersSince: JSON.stringify({ ...cursor, after: 7 }) });
		expect(shop.quantity('cup')).toBe(24);
		const run = await shop.run([level('cup', 30)], { ordersSince: 'yesterday' });
		expect(run.error).toMatchObject({ message: expect.stringContaining('yesterday') as string });
	});

	it('S3: what MoySklad is recalculating is left alone, never set to zero', async () => {
		for (const word of ['cup', 'pot']) shop.put(word, { quantity: 5 });
		const results = await shop.update([level('cup', { unknown: true, stores: [{ id: NORTH, unknown: true }] }), level('pot', { freeStock: null })]);
		expect(results).toMatchObject([{ status: 'skipped' }, { status: 'skipped' }]);
		expect(outcomes(results)).toEqual(['STOCK_UNKNOWN', 'STOCK_UNKNOWN']);
		expect([shop.quantity('cup'), shop.quantity('pot')]).toEqual([5, 5]);
	});

	it('S3: orders without a store lower the chosen stores', async () => {
		shop.put('cup');
		const item = byStore('cup', [[NORTH, 5], [SOUTH, 20], [null, -2]]);
		const stores = { spread: 'chosen', chosenStores: { row: [{ from: chosen(NORTH) }] } };
		await shop.update([item], stores);
		expect(shop.quantity('cup')).toBe(3);
		await shop.update([item], { ...stores, defaultStore: chosen(SOUTH) });
		expect(shop.quantity('cup')).toBe(5);
		await shop.update([item], { ...stores, defaultStore: chosen(NORTH) });
		expect(shop.quantity('cup')).toBe(3);
		await shop.update([item]);
		expect(shop.quantity('cup')).toBe(23);
	});

	it('never writes less than zero, keeps the buffer back and rounds down', async () => {
		for (const word of ['a', 'b', 'c', 'd']) shop.put(word, { quantity: 1 });
		await shop.update([level('a', -4), level('b', 10), level('c', 2), level('d', 3.75)], { buffer: 2.5 });
		expect(['a', 'b', 'c', 'd'].map((word) => shop.quantity(word))).toEqual([0, 7, 0, 1.25]);
	});

	it('S5: an amount of a product that has offers is a warning; offers have their own', async () => {
		shop.put('shirt', { kind: 'emptySkuParent' });
		shop.put('red', { kind: 'offer', parent: 'shirt' });
		shop.put('hat', { kind: 'emptySkuParent' });
		const results = await shop.update([level('shirt', 4), level('red', 3), level('hat', 0)]);
		expect(results).toMatchObject([{ status: 'skipped' }, { status: 'updated' }, { status: 'unchanged' }]);
		expect(results[0]?.warnings).toMatchObject([{ code: 'STOCK_ON_PARENT', message: expect.stringContaining('4') as string }]);
		expect([shop.quantity('shirt'), shop.quantity('red')]).toEqual([0, 3]);
	});

	it('leaves alone what is not in Bitrix, what has no amount, and what is there twice', async () => {
		shop.put('wash', { kind: 'service' });
		shop.put('kit', { kind: 'set' });
		shop.put('one', { moySkladId: uuid('twin') });
		shop.put('two', { moySkladId: uuid('twin') });
		shop.put('three', { kind: 'offer', moySkladId: uuid('variant') });
		const results = await shop.update([level('gone', 1), level('wash', 1), level('kit', 1), level('twin', 1), level('variant', { freeStock: 1, entity: 'product' })]);
		expect(outcomes(results)).toEqual(['CATALOG_ITEM_MISSING', 'STOCK_NOT_KEPT', 'STOCK_NOT_KEPT', 'CATALOG_KEY_DUPLICATE', 'CATALOG_ITEM_MISSING']);
		expect(results.map(({ status }) => status)).toEqual(['skipped', 'skipped', 'skipped', 'conflict', 'skipped']);
		expect(shop.site.writes()).toBe(0);
	});

	it('takes the last of several items of one object, and hands over what is no stock level', async () => {
		shop.put('cup');
		const results = await shop.update([level('cup', 1), { name: 'no level' }, level('cup', 2)]);
		expect(outcomes(results)).toEqual(['CATALOG_REPEATED_ITEM', 'STOCK_ITEM_UNREADABLE', 'updated']);
		expect(shop.quantity('cup')).toBe(2);
	});

	it('writes nothing in a preview', async () => {
		shop.put('cup', { quantity: 1 });
		expect(await shop.update([level('cup', 7)], { preview: true })).toMatchObject([{ status: 'planned', changes: [{ field: 'Quantity', from: 1, to: 7 }] }]);
		expect(shop.site.writes()).toBe(0);
		expect(shop.quantity('cup')).toBe(1);
	});

	it('refuses amounts by store, which REST cannot write without inventory management', async () => {
		shop.put('cup');
		const run = await shop.run([byStore('cup', [[NORTH, 5]])], storeMap([NORTH, MAIN]));
		expect(run.error).toMatchObject({ description: expect.stringContaining('STOCK_TOTAL_ONLY') as string });
	});

	it('refuses a catalog whose items carry no MoySklad id', async () => {
		shop.site.bitrix.portal.store.properties.remove(shop.site.property('MOYSKLAD_ID').id);
		const run = await shop.run([level('cup', 5)]);
		expect(run.error).toMatchObject({ description: expect.stringContaining('CATALOG_TARGET_MISSING') as string });
	});

	describe('S6: a run that would empty more than its share', () => {
		const words = Array.from({ length: 20 }, (_, index) => `item ${index}`);
		const levels = (emptied: number) => words.map((word, index) => level(word, index < emptied ? 0 : 6));
		beforeEach(() => words.forEach((word) => void shop.put(word, { quantity: 5 })));

		it('stops and writes nothing at all', async () => {
			const run = await shop.run(levels(10));
			expect(run.error).toMatchObject({ description: expect.stringContaining('STOCK_TOO_MANY_EMPTIED') as string, message: expect.stringContaining('10 of 20') as string });
			expect(words.map((word) => shop.quantity(word))).toEqual(words.map(() => 5));
			expect(shop.site.writes()).toBe(0);
		});

		it('goes on up to the share, and above it when the user raises it or few items are concerned', async () => {
			expect((await shop.run(levels(6), { options: { fewestEmptied: 1 } })).error).toBeUndefined();
			for (const word of words) shop.site.edit(word, { quantity: 5 });
			expect((await shop.run(levels(7), { options: { fewestEmptied: 1 } })).error).toBeDefined();
			expect((await shop.run(levels(7))).error).toBeUndefined();
			for (const word of words) shop.site.edit(word, { quantity: 5 });
			expect((await shop.run(levels(20), { options: { largestEmptied: 100 } })).error).toBeUndefined();
		});

		it('is shown by a preview', async () => {
			const run = await shop.run(levels(20), { preview: true });
			expect(run.json(0).map(({ status }) => status)).toEqual(words.map(() => 'planned'));
			expect(run.hints.map(({ message }) => message).join()).toContain('20 of 20');
		});
	});
});
