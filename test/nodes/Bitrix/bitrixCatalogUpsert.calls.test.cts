import { price, product, variant } from '../catalog/items.cts';
import { Site, type Item, type Result } from '../catalog/site.cts';

const many = (count: number, more: (index: number) => Item = () => ({})): Item[] => Array.from({ length: count }, (_, index) => product(`p${index}`, more(index)));
const statuses = (results: Result[]): Set<string> => new Set(results.map(({ status }) => status));

describe('Bitrix Catalog Upsert needs few calls', () => {
	let site: Site;
	beforeEach(async () => (site = await Site.open()));
	afterEach(async () => await site.close());

	/** Copies an item with its price as if the other products had been written too. */
	function copyAs(first: string, others: readonly Item[]): void {
		const { elements, prices } = site.bitrix.portal.store;
		const { id, ...element } = site.element(first);
		const { id: _, ...amount } = prices.where('productId', id)[0] ?? fail();
		const mark = site.property('MOYSKLAD_ID').id;
		for (const [index, item] of others.entries()) {
			const properties = { ...element.properties, [mark]: [{ valueId: 1_000_000 + index, value: item.id }] };
			const copy = elements.add({ ...element, xmlId: String(item.externalCode), name: String(item.name), properties });
			prices.add({ ...amount, productId: copy.id });
		}
	}

	function fail(): never {
		throw new RangeError('The first item has no price');
	}

	it('10,000 unchanged products with a price: at most ten, and no write', async () => {
		const [first, ...others] = many(10_000);
		await site.upsert([first as Item]);
		copyAs('p0', others);
		site.resetCounters();
		expect(statuses(await site.upsert([first as Item, ...others]))).toEqual(new Set(['unchanged']));
		expect(site.calls()).toBeLessThanOrEqual(10);
		expect(site.writes()).toBe(0);
	}, 60_000);

	it('1,000 new products with a price: 25 a call', async () => {
		expect(statuses(await site.upsert(many(1000)))).toEqual(new Set(['created']));
		// Books, properties and one lookup come before.
		expect(site.calls()).toBe(3 + 40);
	}, 60_000);

	it('a changed item is one write beside the reading', async () => {
		await site.upsert(many(100));
		site.resetCounters();
		await site.upsert(many(100, (index) => (index === 50 ? { weight: 9, salePrices: [price(101)] } : {})));
		expect(site.writes()).toBe(2);
		expect(site.calls()).toBe(4);
	});

	it('offers are written as many at once as products', async () => {
		const items = many(50, () => ({ variantsCount: 2 })).flatMap((parent) => [parent, ...['red', 'blue'].map((word) => variant(`${String(parent.externalCode)}-${word}`, parent, { Цвет: word }))]);
		await site.upsert([product('first')]);
		site.resetCounters();
		await site.upsert(items);
		// Books; the property of the characteristic; products by key and by id, 1 batch of parents; offers by key and by id; variants of the list; 4 batches of offers.
		expect(site.calls()).toBeLessThanOrEqual(1 + 1 + 2 + 1 + 2 + 1 + 4);
		expect(site.elements(site.offersCatalog)).toHaveLength(100);
	});

	it('several price types at once', async () => {
		const items = many(100, () => ({ salePrices: [price(100), price(90, 'OPT'), price(80, 'OLD')] }));
		await site.upsert(items);
		site.resetCounters();
		expect(statuses(await site.upsert(items))).toEqual(new Set(['unchanged']));
		expect(site.calls()).toBe(3);
	});

	it('no items, no calls', async () => {
		await site.upsert([{ junk: true }]);
		expect(site.calls()).toBe(0);
	});
});
