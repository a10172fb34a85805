import { ask, attribute, bundle, deleted, folder, price, product, service, uuid, variant } from '../catalog/items.cts';
import { Proxy } from '../orders/proxy.cts';
import { Site, type Item, type Result } from '../catalog/site.cts';

const codes = (results: Result[]): unknown[] => results.map(({ status, error }) => error?.code ?? status);
const chosen = (value: string) => ({ __rl: true, mode: 'id', value });

describe('Bitrix Catalog Upsert: scope', () => {
	let site: Site;
	beforeEach(async () => (site = await Site.open()));
	afterEach(async () => await site.close());

	const inFolders = (...words: string[]) => ({ scope: { folders: { row: words.map((word) => ({ folder: chosen(uuid(word)) })) } } });
	const onSite = { scope: { checkbox: chosen(uuid('attribute On the site')) } };

	it('C3: folders with everything below them', async () => {
		const kitchen = folder('kitchen');
		const items = [product('a', { productFolder: kitchen }), product('b', { productFolder: folder('cups', { productFolder: kitchen }) }), product('c', { productFolder: folder('garden') }), product('d')];
		expect(codes(await site.upsert(items, inFolders('kitchen')))).toEqual(['created', 'created', 'skipped', 'skipped']);
	});

	it('C3: a folder of which too little is known is no reason to hide an item', async () => {
		await site.upsert([product('a', { productFolder: folder('cups', { productFolder: folder('kitchen') }) })]);
		const link = { meta: folder('cups').meta };
		expect(codes(await site.upsert([product('a', { productFolder: link as Item })], inFolders('kitchen')))).toEqual(['CATALOG_FOLDER_UNKNOWN']);
		expect(site.element('a').active).toBe('Y');
	});

	it('C3: a checkbox; leaving the scope hides, coming back shows again', async () => {
		const cup = (ticked?: boolean) => product('cup', ticked === undefined ? {} : { attributes: [attribute('On the site', ticked, 'boolean')] } as never);
		expect(codes(await site.upsert([cup(true), product('never')], onSite))).toEqual(['created', 'skipped']);
		expect(codes(await site.upsert([cup(false)], onSite))).toEqual(['deactivated']);
		expect(codes(await site.upsert([cup()], onSite))).toEqual(['unchanged']);
		expect(codes(await site.upsert([cup(true)], onSite))).toEqual(['updated']);
		expect(site.element('cup').active).toBe('Y');
	});

	it('C3: variants follow the folder and checkbox of their product', async () => {
		const shirt = (ticked: boolean) => product('shirt', { variantsCount: 1, attributes: [attribute('On the site', ticked, 'boolean')] as never });
		const red = (of: Item) => variant('red', of, { Цвет: 'Красный' });
		expect(codes(await site.upsert([shirt(false), red(shirt(false))], onSite))).toEqual(['skipped', 'skipped']);
		expect(codes(await site.upsert([shirt(true), red(shirt(true))], onSite))).toEqual(['created', 'created']);
		expect(codes(await site.upsert([red(shirt(false))], onSite))).toEqual(['deactivated']);
		const link = { meta: shirt(true).meta } as Item;
		expect(codes(await site.upsert([red(link)], onSite))).toEqual(['CATALOG_PARENT_UNKNOWN']);
	});

	it('C3: variants that left the scope with their product come back with it', async () => {
		const shirt = (ticked: boolean) => product('shirt', { variantsCount: 1, attributes: [attribute('On the site', ticked, 'boolean')] as never });
		const red = (of: Item) => variant('red', of, { Цвет: 'Красный' });
		await site.upsert([shirt(true), red(shirt(true))], onSite);
		await site.upsert([shirt(false), red(shirt(false))], onSite);
		expect([site.element('shirt').active, site.element('shirt#red').active]).toEqual(['N', 'N']);
		await site.upsert([shirt(true)], onSite);
		expect([site.element('shirt').active, site.element('shirt#red').active]).toEqual(['Y', 'Y']);
	});

	it('C3: kinds', async () => {
		const shirt = product('shirt', { variantsCount: 1 });
		const items = [shirt, variant('red', shirt, { Цвет: 'Красный' }), bundle('set'), service('fitting')];
		expect(codes(await site.upsert(items, { scope: { kinds: ['product', 'variant'] } }))).toEqual(['created', 'created', 'skipped', 'skipped']);
	});

	it('C3: a price above 0, for products with variants theirs', async () => {
		const shirt = product('shirt', { variantsCount: 2, salePrices: [price(0)] });
		const items = [
			product('free', { salePrices: [price(0)] }), product('paid'), shirt,
			variant('red', shirt, { Цвет: 'Красный' }), variant('blue', shirt, { Цвет: 'Синий' }, { salePrices: [price(0)] }),
		];
		expect(codes(await site.upsert(items, { scope: { pricedOnly: true } }))).toEqual(['skipped', 'created', 'created', 'created', 'skipped']);
	});
});

describe('Bitrix Catalog Upsert: Deactivate Missing', () => {
	let site: Site;
	let items: Item[];
	beforeEach(async () => (site = await Site.open()));
	afterEach(async () => await site.close());

	const wide = { options: { largestShare: 100 } };
	const missing = async (parameters: object = wide, options?: object): Promise<Result[]> => await site.results('deactivateMissing', [{}], parameters as never, options);

	/** Objects that are in MoySklad and in Bitrix. */
	async function stock(...names: string[]): Promise<void> {
		for (const name of names) await ask(site, 'entity/product', 'POST', { name, externalCode: name });
		items = (await ask<{ rows: Item[] }>(site, 'entity/product?limit=100')).rows;
		await site.upsert(items);
	}
	const idOf = (name: string) => String(items.find((item) => item.externalCode === name)?.id);

	it('C4: hides what is gone or archived, and nothing else', async () => {
		await stock('a', 'b', 'c');
		site.addProperty({ name: 'x', code: 'OWN' });
		await ask(site, `entity/product/${idOf('a')}`, 'DELETE');
		await ask(site, `entity/product/${idOf('b')}`, 'PUT', { archived: true });
		const results = await missing();
		expect(results.map(({ key, status, warnings }) => [key, status, warnings[0]?.code])).toEqual([['a', 'deactivated', 'CATALOG_ARCHIVED'], ['b', 'deactivated', 'CATALOG_ARCHIVED']]);
		expect(['a', 'b', 'c'].map((key) => site.element(key).active)).toEqual(['N', 'N', 'Y']);
		expect(await missing()).toEqual([]);
		await ask(site, `entity/product/${idOf('b')}`, 'PUT', { archived: false });
		await site.upsert((await ask<{ rows: Item[] }>(site, 'entity/product?limit=100')).rows);
		expect(site.element('b').active).toBe('Y');
	});

	it('C4: items without the mark of MoySklad are not considered', async () => {
		await stock('a');
		const { id: _, ...own } = site.element('a');
		site.bitrix.portal.store.elements.add({ ...own, xmlId: 'by hand', properties: {} });
		expect(await missing()).toEqual([]);
		expect(site.element('by hand').active).toBe('Y');
	});

	it('C4: stops when too many are missing, before anything is written', async () => {
		await stock(...Array.from({ length: 20 }, (_, index) => `p${index}`));
		await ask(site, `entity/product/${idOf('p0')}`, 'DELETE');
		await ask(site, `entity/product/${idOf('p1')}`, 'DELETE');
		site.resetCounters();
		const run = await site.run('deactivateMissing', [{}]);
		expect(run.error?.description).toContain('CATALOG_TOO_MANY_MISSING');
		expect(run.error?.message).toContain('2 of 20 objects');
		expect(site.writes()).toBe(0);
		expect(await missing({ options: { largestShare: 10 } })).toHaveLength(2);
	});

	it('C4: exactly the allowed share passes', async () => {
		await stock(...Array.from({ length: 20 }, (_, index) => `p${index}`));
		await ask(site, `entity/product/${idOf('p0')}`, 'DELETE');
		expect(codes(await missing({}))).toEqual(['deactivated']);
	});

	it('C4: what the list left out is read again by its id before it is hidden', async () => {
		await stock('a', 'b');
		// A list that changes while it is read: the object is there, but on no page.
		const withoutA = (body: string): string => {
			const page = JSON.parse(body) as { rows: Item[] };
			return JSON.stringify({ ...page, rows: page.rows.filter(({ externalCode }) => externalCode !== 'a') });
		};
		const proxy = await Proxy.open(site.moySklad.url, { answer: (body, path) => (/entity\/product\?(?!.*filter=)/.test(path) ? withoutA(body) : body) });
		await ask(site, `entity/product/${idOf('b')}`, 'DELETE');
		const results = await missing(wide, { moySkladUrl: `${proxy.url}/api/remap/1.2` });
		await proxy.close();
		expect(results.map(({ key }) => key)).toEqual(['b']);
		expect(site.element('a').active).toBe('Y');
	});

	it('C4: leaving the scope counts as missing', async () => {
		await ask(site, 'entity/productfolder', 'POST', { name: 'On the site', externalCode: 'shop' });
		const { rows: [shop] } = await ask<{ rows: Item[] }>(site, 'entity/productfolder');
		await ask(site, 'entity/productfolder', 'POST', { name: 'Cups', externalCode: 'cups', productFolder: { meta: shop?.meta } });
		const cups = (await ask<{ rows: Item[] }>(site, 'entity/productfolder')).rows.find(({ externalCode }) => externalCode === 'cups');
		await ask(site, 'entity/product', 'POST', { name: 'in', externalCode: 'in', productFolder: { meta: cups?.meta } });
		await stock('out');
		const scope = { folders: { row: [{ folder: chosen(String(shop?.id)) }] } };
		const results = await missing({ ...wide, scope });
		expect(results.map(({ key, warnings }) => [key, warnings[0]?.code])).toEqual([['out', 'CATALOG_OUT_OF_SCOPE']]);
		expect(site.element('in').active).toBe('Y');
	});

	it('C4: variants of an archived product go along with it', async () => {
		await stock('shirt');
		await ask(site, 'entity/variant/metadata/characteristics', 'POST', { name: 'Цвет' }).catch(() => undefined);
		await ask(site, 'entity/variant', 'POST', { product: { meta: items[0]?.meta }, externalCode: 'red', characteristics: [{ name: 'Цвет', value: 'Красный' }] });
		site.bitrix.portal.store.elements.remove(site.element('shirt').id);
		const products = (await ask<{ rows: Item[] }>(site, 'entity/product?limit=100')).rows;
		const variants = (await ask<{ rows: Item[] }>(site, 'entity/variant?limit=100&expand=product')).rows;
		expect(codes(await site.upsert([...products, ...variants]))).toEqual(['created', 'created']);
		await ask(site, `entity/product/${String(products[0]?.id)}`, 'PUT', { archived: true });
		expect((await missing()).map(({ key, status }) => [key, status])).toEqual([['shirt', 'deactivated']]);
		expect(site.element('shirt#red').active).toBe('N');
	});

	it('only tells in a preview, and deletes on request', async () => {
		await stock('a', 'b');
		await ask(site, `entity/product/${idOf('a')}`, 'DELETE');
		site.resetCounters();
		expect(codes(await missing({ ...wide, preview: true }))).toEqual(['planned']);
		expect(site.writes()).toBe(0);
		expect(codes(await missing({ ...wide, gone: 'delete' }))).toEqual(['deleted']);
		expect(site.elements().map(({ xmlId }) => xmlId)).toEqual(['b']);
	});

	it('needs MoySklad, and a catalog with the mark', async () => {
		const without = await site.run('deactivateMissing', [{}], {}, { withMoySklad: false });
		expect(without.error?.description).toContain('CATALOG_NEEDS_MOYSKLAD');
		const unmarked = await site.run('deactivateMissing', [{}]);
		expect(unmarked.error?.description).toContain('CATALOG_TARGET_MISSING');
	});

	it('asks in pages: one call for each thousand objects', async () => {
		await site.upsert([product('x')]);
		site.moySklad.counters.reset();
		site.resetCounters();
		await missing();
		// Four kinds, and the one that is missing again by its id, among three kinds.
		expect(site.moySklad.counters.snapshot().calls).toBe(7);
		expect(site.calls()).toBe(4);
	});

	it('hides what a deleted event says, too, even when nothing is left of it but its id', async () => {
		await stock('a');
		expect(codes(await site.upsert([deleted('product', 'unknown'), { deleted: true, entity: 'product', id: idOf('a') }]))).toEqual(['skipped', 'deactivated']);
	});
});
