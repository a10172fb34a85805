import { ask, assortment, folder, product } from '../catalog/items.cts';
import { ExchangeSite, statuses, withLinks } from '../catalog/exchangeSite.cts';
import type { Item } from '../catalog/site.cts';

const png = (seed: number): string => Buffer.concat([Buffer.from('89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489', 'hex'), Buffer.from(String(seed))]).toString('base64');

describe('Bitrix Catalog Upsert over the exchange: sections, pictures, what is missing', () => {
	let shop: ExchangeSite;
	beforeEach(async () => (shop = await ExchangeSite.open()));
	afterEach(async () => await shop.close());

	it('makes, renames, moves and hides sections; unchanged ones are not sent', async () => {
		const home = folder('home');
		const dishes = (more: Item = {}): Item => folder('dishes', { productFolder: home, ...more });
		const upsert = async (items: Item[], parameters = {}) => await shop.results('upsertSections', items, parameters);
		const first = await upsert([home, dishes()]);
		expect(statuses(first)).toEqual(['unverified', 'unverified']);
		expect(shop.site.section('dishes').iblockSectionId).toBe(shop.site.section('home').id);
		shop.site.resetCounters();
		expect(statuses(await upsert(withLinks([home, dishes()], first)))).toEqual(['unchanged', 'unchanged']);
		expect(shop.calls()).toBe(0);
		const changed = await upsert(withLinks([home, dishes({ name: 'Plates', productFolder: undefined })], first));
		expect(changed[1]?.changes).toEqual([{ field: 'Name', from: null, to: 'Plates' }, { field: 'Parent Section', from: null, to: null }]);
		expect(shop.site.section('dishes')).toMatchObject({ name: 'Plates', iblockSectionId: null });
		const gone = await upsert(withLinks([home, dishes({ archived: true, name: 'Plates', productFolder: undefined }), folder('new', { archived: true })], changed));
		expect(statuses(gone)).toEqual(['unverified', 'unverified', 'skipped'].map((status, index) => (index === 0 ? 'unchanged' : status)));
		expect(shop.site.section('dishes').active).toBe('N');
	});

	it('C2: a hidden section stays hidden when one below it is sent', async () => {
		const home = folder('home');
		const first = await shop.results('upsertSections', [home, folder('dishes', { productFolder: home })]);
		shop.site.bitrix.portal.store.sections.update(shop.site.section('home').id, { active: 'N' });
		const items = withLinks([home, folder('dishes', { productFolder: home, name: 'Plates' })], first);
		expect(statuses(await shop.results('upsertSections', items, { options: { hidden: 'home' } }))).toEqual(['skipped', 'unverified']);
		expect([shop.site.section('home').active, shop.site.section('dishes')]).toMatchObject(['N', { name: 'Plates', active: 'Y' }]);
	});

	it('C6: pictures go as files, those that the link proves only by their path', async () => {
		const { id } = await ask<Item>(shop.site, 'entity/product', 'POST', { name: 'cup', externalCode: 'cup' });
		const add = async (seed: number) => await ask(shop.site, `entity/product/${String(id)}/images`, 'POST', { filename: `p${seed}.png`, content: png(seed) });
		const read = async (): Promise<Item> => (await assortment(shop.site, 'product')).find(({ externalCode }) => externalCode === 'cup') as Item;
		await add(1);
		await add(2);
		const always = { pictures: 'always', sitePriceTypes: {} };
		const first = await shop.upsert([await read()], always);
		const { files } = shop.site.bitrix.portal.store;
		const bytes = (): string | undefined => files.get(shop.site.element('cup').detailPicture ?? 0)?.bytes.toString('base64');
		expect(bytes()).toBe(png(1));
		expect(shop.site.values('cup', 'MORE_PHOTO')).toHaveLength(1);
		expect(Object.keys(first[0]?.link?.pictures ?? {})).toHaveLength(2);
		await add(3);
		shop.site.moySklad.counters.reset();
		const second = await shop.upsert(withLinks([await read()], first), always);
		expect(second[0]?.changes).toEqual([{ field: 'Pictures', from: null, to: '3 sent' }]);
		expect([bytes(), shop.site.values('cup', 'MORE_PHOTO').length]).toEqual([png(1), 2]);
		expect(Object.entries(shop.site.moySklad.counters.snapshot().routes).filter(([route]) => route.includes('download')).reduce((sum, [, { calls }]) => sum + calls, 0)).toBe(1);
		expect(statuses(await shop.upsert(withLinks([await read()], second), always))).toEqual(['unchanged']);
	});

	it('C1: pictures of an item that is there are not sent unless they are to follow MoySklad always', async () => {
		const { id } = await ask<Item>(shop.site, 'entity/product', 'POST', { name: 'cup', externalCode: 'cup' });
		const read = async (): Promise<Item> => (await assortment(shop.site, 'product')).find(({ externalCode }) => externalCode === 'cup') as Item;
		const first = await shop.upsert([await read()], { sitePriceTypes: {} });
		const own = shop.site.bitrix.portal.store.files.add('own.jpg', Buffer.from('x'), 0);
		shop.site.edit('cup', { detailPicture: own.id });
		await ask(shop.site, `entity/product/${String(id)}/images`, 'POST', { filename: 'p.png', content: png(1) });
		await shop.upsert(withLinks([{ ...(await read()), name: 'Cup' }], first), { sitePriceTypes: {} });
		expect(shop.site.element('cup')).toMatchObject({ name: 'Cup', detailPicture: own.id });
	});

	it('C4: Deactivate Missing goes by links, looks at MoySklad, and stops when too much is missing', async () => {
		for (const externalCode of ['cup', 'plate', 'bowl']) await ask(shop.site, 'entity/product', 'POST', { name: externalCode, externalCode });
		const items = await assortment(shop.site, 'product');
		const results = await shop.upsert([...items, product('stranger')], { sitePriceTypes: {} });
		const cup = items.find(({ externalCode }) => externalCode === 'cup');
		await ask(shop.site, `entity/product/${String(cup?.id)}`, 'PUT', { archived: true });
		const links = results.slice(0, 3).map(({ link }): Item => ({ link: JSON.stringify(link) }));
		const run = await shop.run('deactivateMissing', links);
		expect(run.error?.description).toContain('CATALOG_TOO_MANY_MISSING');
		const hidden = await shop.results('deactivateMissing', [...links, { key: 'no link' }], { options: { largestShare: 50 } });
		expect(hidden.map(({ status, key }) => [status, key])).toEqual([['unverified', 'cup'], ['skipped', '']].sort((one) => (one[1] === '' ? 1 : -1)));
		expect(['cup', 'plate', 'stranger'].map((key) => shop.site.element(key).active)).toEqual(['N', 'Y', 'Y']);
		expect(shop.calls('deactivate')).toBe(0);
	});
});
