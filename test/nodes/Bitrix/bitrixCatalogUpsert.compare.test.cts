import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { toMoscow, type Drift, type TimedDrift } from '../../../core';
import { ask, deleted, folder, price, product, service, uuid, variant } from '../catalog/items.cts';
import { Site, type Item } from '../catalog/site.cts';

/** *Compare Items*, *Compare Stock* and *Get Extra Items*: what they find is what the write operations would repair. */
describe('Bitrix Catalog Upsert: comparing', () => {
	let site: Site;
	beforeEach(async () => (site = await Site.open()));
	afterEach(async () => await site.close());

	const compare = async (operation: string, items: Item[], parameters: INodeParameters = {}): Promise<Drift[]> => {
		const run = await site.run(operation, items, parameters);
		if (run.error) throw run.error;
		expect(run.json(1)).toEqual([]);
		return run.json(0) as unknown as Drift[];
	};
	const chosen = (value: string): INodeParameters => ({ __rl: true, mode: 'id', value });
	const always = (target: string, field: string): INodeParameters => ({ target: chosen(target), value: 'field', field: chosen(field), policy: 'always' });
	/** Name and section belong to the site, unless the mapping says otherwise. */
	const cardFollows: INodeParameters = { mapping: { change: [always('name', 'name'), always('section', 'folder')] } };
	const shown = (found: Drift[]): unknown[] => found.map(({ kind, key, field, moySklad, bitrix, repair, code }) => [key, kind, field, moySklad, bitrix, repair ?? code]);
	const shirt = product('shirt', { variantsCount: 1 });
	const catalog = (): Item[] => [product('cup'), product('pan', { productFolder: folder('kitchen') }), service('fitting'), shirt, variant('red', shirt, { Цвет: 'Красный' })];

	it('finds nothing after a write, and writes nothing itself', async () => {
		await site.upsert(catalog());
		site.resetCounters();
		expect(await compare('compareItems', catalog())).toEqual([]);
		expect(site.writes()).toBe(0);
	});

	it('finds what people changed, each kind by its name, and Upsert Items repairs exactly that', async () => {
		await site.upsert(catalog());
		site.edit('cup', { name: 'Mug', weight: 7 });
		site.edit('pan', { iblockSectionId: null, iblockSection: [] });
		const { prices } = site.bitrix.portal.store;
		const [cupPrice] = prices.where('productId', site.element('cup').id);
		const [redPrice] = prices.where('productId', site.element('shirt#red').id);
		prices.update(cupPrice?.id ?? 0, { price: 9900 });
		prices.remove(redPrice?.id ?? 0);
		site.resetCounters();
		const items = [...catalog(), product('new')];
		expect((await compare('compareItems', items)).map(({ kind }) => kind).sort()).toEqual(['itemMissing', 'price', 'priceMissing', 'size']);
		const found = await compare('compareItems', items, cardFollows);
		expect(site.writes()).toBe(0);
		expect(shown(found)).toEqual(expect.arrayContaining([
			['cup', 'name', 'Name', 'Product cup', 'Mug', 'items'], ['cup', 'size', 'Weight', '1500 g', '7 g', 'items'], ['cup', 'price', 'BASE', '100 RUB', '99 RUB', 'items'],
			['shirt#red', 'priceMissing', 'BASE', '100 RUB', null, 'items'], ['new', 'itemMissing', 'Item', 'Product new', null, 'items'],
		]));
		expect(found.map(({ kind }) => kind).sort()).toEqual(['itemMissing', 'name', 'price', 'priceMissing', 'section', 'size']);
		expect(await compare('compareItems', items, { ...cardFollows, priceTolerance: 100 })).toHaveLength(5);
		await site.upsert(items.filter(({ id }) => found.some(({ moySkladId }) => moySkladId === id)), cardFollows);
		expect(await compare('compareItems', items, cardFollows)).toEqual([]);
	});

	it('tells what no write repairs with the code of why', async () => {
		await site.upsert(catalog());
		site.edit('cup', { active: 'N' });
		site.edit('pan', { xmlId: 'other' });
		const { prices } = site.bitrix.portal.store;
		prices.update(prices.where('productId', site.element('fitting').id)[0]?.id ?? 0, { price: 100_000_00 });
		expect(shown(await compare('compareItems', catalog())).map((row) => [(row as unknown[])[1], (row as unknown[])[5]])).toEqual([
			['hiddenByHand', 'CATALOG_HIDDEN_BY_HAND'], ['keyChanged', 'CATALOG_KEY_CHANGED'], ['priceFall', 'CATALOG_PRICE_FALL'],
		]);
		expect(shown(await compare('compareItems', [product('pan', { productFolder: folder('kitchen') })], { options: { takeOverKeys: true } }))).toEqual([['pan', 'keyChanged', 'XML_ID', 'pan', 'other', 'items']]);
	});

	it('archived and deleted ones that are still shown', async () => {
		await site.upsert(catalog());
		expect(shown(await compare('compareItems', [product('cup', { archived: true }), deleted('product', 'pan')]))).toEqual([['cup', 'itemGone', 'Visible', 'no', 'yes', 'items'], ['pan', 'itemGone', 'Visible', 'no', 'yes', 'items']]);
	});

	it('a price of another currency, and one that MoySklad does not have', async () => {
		await site.upsert([product('cup'), product('pan')]);
		const { prices } = site.bitrix.portal.store;
		prices.update(prices.where('productId', site.element('cup').id)[0]?.id ?? 0, { currency: 'USD' });
		const found = await compare('compareItems', [product('cup'), product('pan', { salePrices: [price(0)] })], { priceOptions: { zero: 'delete' } });
		expect(found.map(({ kind }) => kind)).toEqual(['priceCurrency', 'priceExtra']);
	});

	it('what MoySklad changed long ago and no flow took over is overdue, and what it changed just now is not', async () => {
		const moment = (minutes: number): Item => ({ updated: toMoscow(Date.now() - minutes * 60_000) });
		const at = (minutes: Record<string, number>): Item[] => Object.entries(minutes).map(([word, age]) => product(word, { ...moment(age), weight: 9 }));
		const [stuckShirt, freshShirt] = [90, 2].map((age) => ({ ...shirt, ...moment(age) }));
		const variants = [variant('red', stuckShirt as Item, { Цвет: 'Красный' }, moment(90)), variant('blue', freshShirt as Item, { Цвет: 'Синий' }, moment(90))];
		await site.upsert([...catalog(), product('pot'), variant('blue', shirt, { Цвет: 'Синий' })]);
		for (const word of ['shirt#red', 'shirt#blue']) site.bitrix.portal.store.prices.update(site.bitrix.portal.store.prices.where('productId', site.element(word).id)[0]?.id ?? 0, { price: 9900 });
		const overdue = async (parameters: INodeParameters): Promise<string[]> => (await compare('compareItems', [...at({ cup: 61, pan: 59, pot: 5000 }), ...variants], parameters) as TimedDrift[]).filter((one) => one.overdue === 'DRIFT_OVERDUE').map(({ key }) => key).sort();
		expect(await overdue({ overdueAfter: 60 })).toEqual(['cup', 'pot', 'shirt#red']);
		expect(await overdue({ overdueAfter: 6000 })).toEqual([]);
		expect(await overdue({})).toEqual([]);
	});

	it('an item of which too little is known goes to Failed: nobody knows whether it differs', async () => {
		const run = await site.run('compareItems', [product('cup'), variant('red', { meta: shirt.meta } as Item, { Цвет: 'Красный' })]);
		expect(run.json(0).map(({ kind }) => kind)).toEqual(['itemMissing']);
		expect(run.json(1)).toMatchObject([{ error: { code: 'CATALOG_PARENT_FAILED' } }]);
	});

	it('a Bitrix that does not answer ends the run, and says nothing of items', async () => {
		const run = await site.run('compareItems', catalog(), {}, { webhook: 'http://127.0.0.1:9/rest/1/secret/' });
		expect(run.error).toBeDefined();
		expect(run.outputs.flat()).toEqual([]);
	});

	describe('what Bitrix has and MoySklad has not', () => {
		const pass = async (parameters: INodeParameters = {}): Promise<{ found: Drift[]; pages: number }> => {
			const found: Drift[] = [];
			for (let cursor: unknown, pages = 1; ; pages += 1) {
				const run = await site.run('getExtraItems', [{ cursor: cursor as IDataObject }], { pageSize: 50, ...parameters });
				if (run.error) throw run.error;
				const [page] = run.json(0) as unknown as Array<{ differences: Drift[]; cursor: unknown }>;
				found.push(...(page?.differences ?? []));
				cursor = page?.cursor;
				if (cursor === null || cursor === undefined) return { found, pages };
			}
		};

		it('is found page by page, and hidden by Upsert Items', async () => {
			const names = Array.from({ length: 60 }, (_, index) => `p${index}`);
			for (const name of names) await ask(site, 'entity/product', 'POST', { name, externalCode: name });
			const items = (await ask<{ rows: Item[] }>(site, 'entity/product?limit=100')).rows;
			await site.upsert(items);
			expect(await pass()).toEqual({ found: [], pages: 3 });
			const idOf = (name: string): string => String(items.find((item) => item.externalCode === name)?.id);
			await ask(site, `entity/product/${idOf('p3')}`, 'DELETE');
			await ask(site, `entity/product/${idOf('p55')}`, 'PUT', { archived: true });
			site.resetCounters();
			const { found } = await pass();
			expect(site.writes()).toBe(0);
			expect(shown(found)).toEqual([['p3', 'itemGone', 'Visible', 'no', 'yes', 'items'], ['p55', 'itemGone', 'Visible', 'no', 'yes', 'items']]);
			await site.upsert(found.map(({ entity, moySkladId }) => ({ deleted: true, entity, id: moySkladId })));
			expect((await pass()).found).toEqual([]);
			expect(['p3', 'p4', 'p55'].map((key) => site.element(key).active)).toEqual(['N', 'Y', 'N']);
		});

		it('a MoySklad that does not answer ends the run', async () => {
			await site.upsert(catalog());
			const run = await site.run('getExtraItems', [{}], {}, { moySkladUrl: 'http://127.0.0.1:9/api/remap/1.2' });
			expect(run.error).toBeDefined();
			expect(run.outputs.flat()).toEqual([]);
		});

		it('asks for a credential of MoySklad, and for its own cursor', async () => {
			await site.upsert(catalog());
			expect((await site.run('getExtraItems', [{}], {}, { withMoySklad: false })).error?.description).toContain('CATALOG_NEEDS_MOYSKLAD');
			expect((await site.run('getExtraItems', [{ cursor: { part: 'orders', after: 0 } }])).error?.description).toContain('DRIFT_CURSOR_INVALID');
		});
	});

	describe('stock', () => {
		const level = (word: string, freeStock: number | null): Item => ({ id: uuid(word), entity: 'product', freeStock });

		it('sold out, not offered, different; Update Stock repairs exactly that', async () => {
			await site.upsert(['a', 'b', 'c', 'd'].map((word) => product(word)));
			const levels = [level('a', 0), level('b', 5), level('c', 8), level('d', 2), level('nowhere', 3)];
			await site.results('updateStock', levels);
			expect(await compare('compareStock', levels)).toEqual([]);
			site.edit('a', { quantity: 4 });
			site.edit('b', { quantity: 0 });
			site.edit('c', { quantity: 7 });
			site.resetCounters();
			const found = await compare('compareStock', levels);
			expect(site.writes()).toBe(0);
			expect(shown(found)).toEqual([['a', 'soldOut', 'Quantity', 0, 4, 'stock'], ['b', 'notOffered', 'Quantity', 5, 0, 'stock'], ['c', 'stock', 'Quantity', 8, 7, 'stock']]);
			expect(await compare('compareStock', levels, { stockTolerance: 1 })).toHaveLength(2);
			await site.results('updateStock', levels);
			expect(await compare('compareStock', levels)).toEqual([]);
		});

		it('an amount that MoySklad did not change lately is overdue, and one that it changed just now is not', async () => {
			const ids: Record<string, string> = {};
			for (const name of ['stuck', 'fresh', 'kept']) ids[name] = String((await ask<Item>(site, 'entity/product', 'POST', { name, externalCode: name })).id);
			const metaOf = (name: string): Item => ({ href: `${site.moySklad.baseUrl}/entity/product/${ids[name]}`, type: 'product', mediaType: 'application/json' });
			for (const [name, components] of Object.entries({ stuckSet: ['stuck', 'kept'], freshSet: ['stuck', 'fresh'], newSet: ['stuck'] }))
				ids[name] = String((await ask<Item>(site, 'entity/bundle', 'POST', { name, externalCode: name, components: components.map((one) => ({ quantity: 1, assortment: { meta: metaOf(one) } })) })).id);
			for (const name of ['stuckSet', 'freshSet']) Object.assign(site.moySklad.account.table('bundle').get(ids[name] ?? '') as object, { updated: Date.now() - 90 * 60_000 });
			const items = [...(await ask<{ rows: Item[] }>(site, 'entity/product?limit=100')).rows, ...(await ask<{ rows: Item[] }>(site, 'entity/bundle?limit=100')).rows];
			await site.upsert(items);
			const [organization, store] = [await ask<{ rows: Item[] }>(site, 'entity/organization'), await ask<{ rows: Item[] }>(site, 'entity/store')].map(({ rows }) => ({ meta: rows[0]?.meta }));
			const assortment = { meta: items.find(({ id }) => id === ids.fresh)?.meta };
			await ask(site, 'entity/enter', 'POST', { organization, store, positions: [{ quantity: 5, price: 100, assortment }] });
			const levels = [{ id: ids.stuck, entity: 'product', freeStock: 7 }, { id: ids.fresh, entity: 'product', freeStock: 5 }, { id: ids.kept, entity: 'product', freeStock: 0 }, ...['stuckSet', 'freshSet', 'newSet'].map((name) => ({ id: ids[name], entity: 'bundle', freeStock: 2 }))];
			const overdue = async (parameters: INodeParameters, options = {}): Promise<unknown[]> => {
				const run = await site.run('compareStock', levels, parameters, options);
				if (run.error) throw run.error;
				return run.json(0).map((one) => [one.key, one.overdue]);
			};
			expect(await overdue({ overdueAfter: 60 })).toEqual([['stuck', 'DRIFT_OVERDUE'], ['fresh', null], ['stuckSet', 'DRIFT_OVERDUE'], ['freshSet', null], ['newSet', null]]);
			const untold = ['stuck', 'fresh', 'stuckSet', 'freshSet', 'newSet'].map((name) => [name, null]);
			expect(await overdue({ overdueAfter: 60 }, { withMoySklad: false })).toEqual(untold);
			expect(await overdue({ overdueAfter: 60 * 24 })).toEqual(untold);
		});

		it('an amount that MoySklad is reckoning is unknown, not zero', async () => {
			await site.upsert([product('a')]);
			const run = await site.run('compareStock', [level('a', null)]);
			expect([run.json(0), run.json(1)]).toMatchObject([[], [{ warnings: [{ code: 'STOCK_UNKNOWN' }] }]]);
		});
	});
});
