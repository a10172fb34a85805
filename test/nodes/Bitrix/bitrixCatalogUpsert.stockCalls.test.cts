import { chosen, level, MAIN, NORTH, outcomes, SHOP, SOUTH, StockSite, storeMap } from '../catalog/stockSite.cts';
import { uuid } from '../catalog/items.cts';

const words = (count: number): string[] => Array.from({ length: count }, (_, index) => `w${index}`);

/** Puts many items into the catalog: a third of them offers. */
function fill(shop: StockSite, count: number, quantity: number): string[] {
	shop.put('parent', { kind: 'emptySkuParent' });
	const all = words(count);
	all.forEach((word, index) => void shop.put(word, index % 3 === 0 ? { kind: 'offer', parent: 'parent', quantity } : { quantity }));
	return all;
}

describe('Update Stock calls Bitrix seldom', () => {
	let shop: StockSite;
	afterEach(async () => await shop.close());

	it('10,000 unchanged items take ten calls at most, whether or not they say what they are', async () => {
		shop = await StockSite.open('N');
		const all = fill(shop, 10_000, 5);
		shop.site.resetCounters();
		const results = await shop.update(all.map((word) => level(word, 5)));
		expect(new Set(outcomes(results))).toEqual(new Set(['unchanged']));
		expect(shop.site.calls()).toBeLessThanOrEqual(10);
		shop.site.resetCounters();
		await shop.update(all.map((word, index) => level(word, { freeStock: 5, entity: index % 3 === 0 ? 'variant' : 'product' })));
		expect(shop.site.calls()).toBeLessThanOrEqual(7);
		expect(shop.site.writes()).toBe(0);
	}, 120_000);

	it('500 changed of 5,000 are written by ten batches, one write each', async () => {
		shop = await StockSite.open('N');
		const all = fill(shop, 5_000, 5);
		const items = all.map((word, index) => level(word, index % 10 === 0 ? 4 : 5));
		shop.site.resetCounters();
		await shop.update(items, { preview: true });
		const reading = shop.site.calls();
		shop.site.resetCounters();
		await shop.update(items);
		expect(shop.site.calls() - reading).toBeLessThanOrEqual(10);
		expect(shop.site.writes()).toBe(500);
	}, 120_000);

	it('500 changed of 5,000 are booked by one document in less than twenty calls', async () => {
		shop = await StockSite.open('Y');
		const all = fill(shop, 5_000, 0);
		const items = all.map((word, index) => level(word, index % 10 === 0 ? 4 : 0));
		const total = { bitrixStore: chosen(MAIN) };
		shop.site.resetCounters();
		await shop.update(items, { ...total, preview: true });
		expect(shop.site.calls()).toBeLessThanOrEqual(8);
		const reading = shop.site.calls();
		shop.site.resetCounters();
		await shop.update(items, total);
		expect(shop.site.calls() - reading).toBeLessThanOrEqual(17);
		expect(shop.documents().map(({ status }) => status)).toEqual(['Y']);
	}, 120_000);

	it('orders since a moment take a call for their list and one for their lines', async () => {
		shop = await StockSite.open('N');
		shop.put('cup', { quantity: 100 });
		for (let count = 0; count < 60; count += 1) shop.order({ cup: 1 });
		const ordersSince = new Date(shop.site.bitrix.clock.now() - 60_000).toISOString();
		shop.site.resetCounters();
		await shop.update([level('cup', 100)], { preview: true });
		const without = shop.site.calls();
		shop.site.resetCounters();
		expect(await shop.update([level('cup', 100)], { preview: true, ordersSince })).toMatchObject([{ status: 'unchanged' }]);
		expect(shop.site.calls() - without).toBe(2);
	});

	it('several stores are read together', async () => {
		shop = await StockSite.open('Y');
		const all = fill(shop, 1_000, 0);
		const stores = [{ id: NORTH, freeStock: 0 }, { id: SOUTH, freeStock: 0 }];
		shop.site.resetCounters();
		await shop.update(all.map((word) => ({ id: uuid(word), freeStock: 0, stores })), storeMap([NORTH, MAIN], [SOUTH, SHOP]));
		expect(shop.site.calls()).toBeLessThanOrEqual(5);
	}, 60_000);
});
