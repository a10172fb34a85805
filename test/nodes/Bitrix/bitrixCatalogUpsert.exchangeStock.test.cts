import { ask, assortment, product, uuid, variant } from '../catalog/items.cts';
import { ExchangeSite, statuses, withLinks } from '../catalog/exchangeSite.cts';
import type { Item, Result } from '../catalog/site.cts';

const STORES = { storesComplete: true, spread: 'byStore', siteStores: { row: [{ from: { __rl: true, mode: 'id', value: uuid('main store') }, id: 'main', name: 'Main' }, { from: { __rl: true, mode: 'id', value: uuid('shop store') }, id: 'shop', name: 'Shop' }] } };

const metaOf = (entity: string, id: string): Item => ({ href: `https://api.moysklad.ru/api/remap/1.2/entity/${entity}/${id}`, type: entity, mediaType: 'application/json' });

describe('Bitrix Catalog Upsert over the exchange: stock', () => {
	let shop: ExchangeSite;
	let links: Map<string, Item>;
	beforeEach(async () => {
		shop = await ExchangeSite.open();
		const shirt = product('shirt', { variantsCount: 1 });
		const items = [product('cup'), product('plate'), shirt, variant('small', shirt, { Size: 'S' })];
		links = new Map((await shop.upsert(items)).map(({ moySkladId, link }) => [String(moySkladId), link as unknown as Item]));
	});
	afterEach(async () => await shop.close());

	const level = (word: string, freeStock: number, more: Item = {}): Item => ({ id: uuid(word), freeStock, itemLink: links.get(uuid(word)) ?? null, ...more });
	const update = async (items: Item[], parameters: Item = {}): Promise<Result[]> => await shop.results('updateStock', items, { ...parameters, options: { flow: 'stock', ...(parameters.options as Item) } } as never);
	const quantity = (key: string): unknown => shop.site.element(key).quantity;

	it('writes totals of products and variants, and sends nothing that was sent', async () => {
		const items = [level('cup', 5), level('small', 2)];
		const first = await update(items);
		expect(statuses(first)).toEqual(['unverified', 'unverified']);
		expect(first[0]?.changes).toEqual([{ field: 'Quantity', from: null, to: 5 }]);
		expect([quantity('cup'), quantity('shirt#small')]).toEqual([5, 2]);
		shop.site.resetCounters();
		expect(statuses(await update(withLinks(items, first)))).toEqual(['unchanged', 'unchanged']);
		expect(shop.calls()).toBe(0);
		const second = await update(withLinks([level('cup', 4), level('small', 2)], first));
		expect([statuses(second), second[0]?.changes]).toEqual([['unverified', 'unchanged'], [{ field: 'Quantity', from: 5, to: 4 }]]);
	});

	it('S5: a product that is sold by its variants has no amount; what was never sent has no key', async () => {
		const results = await update([level('shirt', 0), level('shirt', 3), { id: uuid('other'), freeStock: 1 }]);
		expect(results.map(({ status, warnings }) => [status, ...warnings.map(({ code }) => code)])).toEqual([
			['skipped', 'CATALOG_REPEATED_ITEM'], ['skipped', 'STOCK_ON_PARENT'], ['skipped', 'EXCHANGE_LINK_MISSING'],
		]);
	});

	it('S3: what is being recalculated is left alone', async () => {
		shop.site.resetCounters();
		const [result] = await update([level('cup', 0, { freeStock: null, unknown: true })]);
		expect([result?.status, result?.warnings[0]?.code]).toEqual(['skipped', 'STOCK_UNKNOWN']);
		expect(shop.calls()).toBe(0);
	});

	it('by store: the site learns of all stores first, and their sum is its total', async () => {
		const stores = [{ id: uuid('main store'), freeStock: 3 }, { id: uuid('shop store'), freeStock: 4 }, { id: uuid('far store'), freeStock: 100 }];
		const results = await update([level('cup', 7, { stores })], STORES as never);
		expect([statuses(results), results[0]?.changes]).toEqual([['unverified'], [{ field: 'Main', from: null, to: 3 }, { field: 'Shop', from: null, to: 4 }]]);
		expect(quantity('cup')).toBe(7);
		const { stores: rows, storeProducts } = shop.site.bitrix.portal.store;
		const main = rows.all().find(({ xmlId }) => xmlId === 'main');
		expect(storeProducts.all().find(({ storeId, productId }) => storeId === main?.id && productId === shop.site.element('cup').id)?.amount).toBe(3);
	});

	it('by store: nothing goes before somebody confirmed that these are all stores', async () => {
		const run = await shop.run('updateStock', [level('cup', 7, { stores: [] })], { ...STORES, storesComplete: false } as never);
		expect(run.error?.description).toContain('EXCHANGE_STORES_UNCONFIRMED');
	});

	it('S2: what orders of this store reserve counts once: the site takes its own reserve off by itself', async () => {
		const { element, bitrix } = { element: shop.site.element('cup'), bitrix: shop.site.bitrix };
		bitrix.portal.store.elements.update(element.id, { quantityReserved: 2 });
		await update([level('cup', 3, { stock: 5 })], { kind: 'physical' });
		expect(quantity('cup')).toBe(3);
	});

	it('S2: what orders of this store reserve in MoySklad is added, since the site takes the reserve of the same orders off', async () => {
		const { site } = shop;
		const create = async (entity: string, body: Item): Promise<Item> => await ask<Item>(site, `entity/${entity}`, 'POST', body);
		const linked = (entity: string, { id }: Item): Item => ({ meta: metaOf(entity, String(id)) });
		const [organization] = site.moySklad.account.table('organization').all() as Item[];
		const mug = await create('product', { name: 'mug', externalCode: 'mug' });
		const channel = await create('saleschannel', { name: 'Site', type: 'ECOMMERCE' });
		const agent = await create('counterparty', { name: 'Buyer' });
		const order = (quantity: number, more: Item): Item => ({
			organization: linked('organization', organization ?? {}), agent: linked('counterparty', agent), ...more, positions: [{ quantity, price: 100, reserve: quantity, assortment: linked('product', mug) }],
		});
		await create('customerorder', order(2, { salesChannel: linked('saleschannel', channel) }));
		await create('customerorder', order(3, {}));
		const [card] = await shop.upsert((await assortment(site, 'product')).filter(({ externalCode }) => externalCode === 'mug'), { sitePriceTypes: {} });
		site.bitrix.portal.store.elements.update(site.element('mug').id, { quantityReserved: 2 });
		await update([{ id: String(mug.id), freeStock: 5, itemLink: card?.link as unknown as Item }], { salesChannel: { __rl: true, mode: 'id', value: String(channel.id) } });
		expect(quantity('mug')).toBe(5);
	});

	it('S6: a run that would empty most of what was offered stops, and so does one that would empty everything unknown', async () => {
		const options = { options: { fewestEmptied: 2 } };
		const all = async (amount: number, before?: Result[]): Promise<Item[]> => await Promise.resolve(before ? withLinks([level('cup', amount), level('plate', amount)], before) : [level('cup', amount), level('plate', amount)]);
		const unknown = await shop.run('updateStock', await all(0), options as never);
		expect(unknown.error?.description).toContain('EXCHANGE_ALL_EMPTY');
		const first = await update(await all(5), options as never);
		const emptied = await shop.run('updateStock', await all(0, first), { options: { fewestEmptied: 2, flow: 'stock' } } as never);
		expect(emptied.error?.description).toContain('STOCK_TOO_MANY_EMPTIED');
		expect([quantity('cup'), quantity('plate')]).toEqual([5, 5]);
	});

	it('Preview shows the amounts and their file', async () => {
		const run = await shop.run('updateStock', [level('cup', 5)], { preview: true, options: { flow: 'stock' } } as never);
		const [item] = run.outputs[0] ?? [];
		expect(item?.json).toMatchObject({ status: 'planned', key: 'cup', files: [{ name: 'rests0_1.xml', items: 1 }] });
		expect(quantity('cup')).toBe(0);
	});
});
