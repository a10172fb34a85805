import { ask, assortment } from '../catalog/items.cts';
import { Site, type Item, type Result } from '../catalog/site.cts';

const codes = (results: Result[]): unknown[] => results.map(({ status, error }) => error?.code ?? status);

/** A PNG of one pixel whose bytes differ. */
const png = (seed: number): string => Buffer.concat([Buffer.from('89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489', 'hex'), Buffer.from(String(seed))]).toString('base64');

describe('Bitrix Catalog Upsert: pictures', () => {
	let site: Site;
	beforeEach(async () => (site = await Site.open()));
	afterEach(async () => await site.close());

	/** A product of the account with so many pictures, as an item. */
	async function withPictures(name: string, count: number): Promise<Item> {
		const { id } = await ask<Item>(site, 'entity/product', 'POST', { name, externalCode: name });
		for (let index = 0; index < count; index += 1) await addPicture(String(id), index);
		return await again(name);
	}
	const addPicture = async (id: string, seed: number) => await ask(site, `entity/product/${id}/images`, 'POST', { filename: `p${seed}.png`, content: png(seed) });
	const again = async (name: string): Promise<Item> => (await assortment(site, 'product')).find(({ externalCode }) => externalCode === name) as Item;
	const idsOf = (item: Item): string[] => ((item.images as Item).rows as Item[]).map(({ meta }) => String((meta as Item).href).split('/').at(-1) ?? '');

	/** Names of what an item shows, the detail picture first. */
	function shown(xmlId: string): { detail: string | undefined; more: Array<string | undefined> } {
		const { files } = site.bitrix.portal.store;
		const element = site.element(xmlId);
		const photos = element.properties[site.property('MORE_PHOTO', element.iblockId).id] ?? [];
		return { detail: files.get(element.detailPicture ?? 0)?.name, more: photos.map(({ value }) => files.get(Number(value))?.name) };
	}
	const uploads = () => site.bitrix.counters.snapshot().routes['catalog.productImage.add']?.calls ?? 0;

	it('of new items are sent, the first as the detail picture, bytes and all', async () => {
		const cup = await withPictures('cup', 3);
		const [result] = await site.upsert([cup]);
		expect(result).toMatchObject({ status: 'created', changes: expect.arrayContaining([{ field: 'Pictures', from: null, to: '3 added' }]) });
		const [first, ...others] = idsOf(cup);
		expect(shown('cup').detail).toContain(`ms_${first}_`);
		expect(shown('cup').more).toEqual(others.map((id) => expect.stringContaining(`ms_${id}_`)));
		const bytes = site.bitrix.portal.store.files.get(site.element('cup').detailPicture ?? 0)?.bytes.toString('base64');
		expect(bytes).toBe(png(0));
		expect(Object.keys(result?.link?.pictures ?? {}).sort()).toEqual(idsOf(cup).sort());
	});

	it('C1: are only sent when there is none, and then no calls are made for them', async () => {
		const cup = await withPictures('cup', 2);
		await site.upsert([cup]);
		await addPicture(String(cup.id), 7);
		site.resetCounters();
		site.moySklad.counters.reset();
		expect(codes(await site.upsert([await again('cup')]))).toEqual(['unchanged']);
		expect(site.bitrix.counters.snapshot().routes['batch > catalog.productImage.list']).toBeUndefined();
		expect(site.moySklad.counters.snapshot().calls).toBe(1);
	});

	it('of a person are never touched', async () => {
		const cup = await withPictures('cup', 2);
		await site.upsert([{ ...cup, images: undefined }]);
		const { files } = site.bitrix.portal.store;
		const own = files.add('own.jpg', Buffer.from('x'), 0);
		site.edit('cup', { detailPicture: own.id });
		await site.upsert([cup], { pictures: 'always' });
		expect(shown('cup')).toEqual({ detail: 'own.jpg', more: idsOf(cup).map((id) => expect.stringContaining(`ms_${id}_`)) });
		site.resetCounters();
		expect(codes(await site.upsert([cup], { pictures: 'always' }))).toEqual(['unchanged']);
		expect(uploads()).toBe(0);
	});

	it('follow MoySklad with Always: new, changed and removed ones, and nothing else is sent', async () => {
		const always = { pictures: 'always' };
		const cup = await withPictures('cup', 3);
		await site.upsert([cup], always);
		site.resetCounters();
		expect(codes(await site.upsert([cup], always))).toEqual(['unchanged']);
		expect([uploads(), site.writes()]).toEqual([0, 0]);
		const [first, second] = idsOf(cup);
		await ask(site, `entity/product/${String(cup.id)}/images/${second}`, 'DELETE');
		await addPicture(String(cup.id), 9);
		const changed = await again('cup');
		const [result] = await site.upsert([changed], always);
		expect(result?.changes).toEqual([{ field: 'Pictures', from: '1 removed', to: '1 added' }]);
		expect(uploads()).toBe(1);
		expect(shown('cup').detail).toContain(String(first));
		expect(shown('cup').more).toEqual(idsOf(changed).slice(1).map((id) => expect.stringContaining(`ms_${id}_`)));
		expect(codes(await site.upsert([changed], always))).toEqual(['unchanged']);
	});

	it('that changed under the same id are sent anew', async () => {
		const cup = await withPictures('cup', 2);
		await site.upsert([cup], { pictures: 'always' });
		const rows = (cup.images as Item).rows as Item[];
		const edited = { ...cup, images: { ...(cup.images as Item), rows: rows.map((row) => ({ ...row, updated: '2030-01-01 00:00:00.000' })) } };
		site.resetCounters();
		await site.upsert([edited], { pictures: 'always' });
		expect(uploads()).toBe(2);
		expect(shown('cup').more).toHaveLength(1);
		expect(codes(await site.upsert([edited], { pictures: 'always' }))).toEqual(['unchanged']);
	});

	it('are complete after an interruption: the detail picture comes last', async () => {
		const cup = await withPictures('cup', 3);
		site.fail({ kind: 'serverError', share: 1, times: 30, route: '^catalog.productImage.add$' });
		expect(codes(await site.upsert([cup]))).toEqual(['BITRIX_UNVERIFIED']);
		site.fail();
		expect(codes(await site.upsert([cup]))).toEqual(['updated']);
		expect(shown('cup').more).toHaveLength(2);
	}, 60_000);

	it('T13: are not sent twice when the answer was lost', async () => {
		const cup = await withPictures('cup', 3);
		site.fail({ kind: 'cut', share: 1, times: 2, route: '^catalog.productImage.add$' });
		expect(codes(await site.upsert([cup]))).toEqual(['created']);
		expect(shown('cup').more).toHaveLength(2);
		expect(site.bitrix.portal.store.files.count).toBe(3);
	}, 60_000);

	it('that MoySklad does not give fail the item, which is tried again', async () => {
		const cup = await withPictures('cup', 1);
		const broken = { ...cup, images: { rows: [{ ...((cup.images as Item).rows as Item[])[0], meta: { href: 'https://api.moysklad.ru/api/remap/1.2/entity/product/x/images/7944ef04-f831-11e5-7a69-971500188b19' } }] } };
		const [result] = await site.upsert([broken as never]);
		expect(result).toMatchObject({ status: 'failed', error: { code: 'CATALOG_PICTURE' } });
		expect(codes(await site.upsert([cup]))).toEqual(['updated']);
	});

	it('need the credential of MoySklad, and say so', async () => {
		const cup = await withPictures('cup', 1);
		const run = await site.run('upsertItems', [cup], {}, { withMoySklad: false });
		expect(run.json()[0]?.status).toBe('created');
		expect(run.hints.map(({ message }) => message)).toEqual([expect.stringContaining('Pictures were left out')]);
	});

	it('that are not included are left alone, and the run says so', async () => {
		const cup = await withPictures('cup', 1);
		const run = await site.run('upsertItems', [{ ...cup, images: { meta: (cup.images as Item).meta } }] as never);
		expect(run.hints.map(({ message }) => message)).toEqual([expect.stringContaining('1 items come without Pictures')]);
		expect(shown('cup').detail).toBeUndefined();
	});

	it('beyond the first need the property MORE_PHOTO', async () => {
		site.bitrix.portal.store.properties.remove(site.property('MORE_PHOTO').id);
		const cup = await withPictures('cup', 3);
		const run = await site.run('upsertItems', [cup]);
		expect(run.json()[0]?.status).toBe('created');
		expect(run.hints.map(({ message }) => message)).toEqual([expect.stringContaining('MORE_PHOTO')]);
		expect(uploads()).toBe(1);
	});

	it('of variants go to their offers', async () => {
		await ask(site, 'entity/variant/metadata/characteristics', 'POST', { name: 'Цвет' }).catch(() => undefined);
		const shirt = await withPictures('shirt', 1);
		const { id } = await ask<Item>(site, 'entity/variant', 'POST', { product: { meta: shirt.meta }, externalCode: 'red', characteristics: [{ name: 'Цвет', value: 'Красный' }] });
		await ask(site, `entity/variant/${String(id)}/images`, 'POST', { filename: 'red.png', content: png(5) });
		expect(codes(await site.upsert(await assortment(site, 'product', 'variant')))).toEqual(['created', 'created']);
		expect(shown('shirt').detail).toMatch(/^ms_/);
		expect(shown('shirt#red').detail).toMatch(/^ms_/);
	});

	it('of products with offers go through the item itself on old versions', async () => {
		site.bitrix.portal.switches.oldCore = true;
		const shirt = { ...(await withPictures('shirt', 2)), variantsCount: 1 };
		expect(codes(await site.upsert([shirt]))).toEqual(['created']);
		expect(shown('shirt').detail).toMatch(/^ms_/);
		site.resetCounters();
		expect(codes(await site.upsert([shirt], { pictures: 'always' }))).toEqual(['unchanged']);
		expect(uploads()).toBe(0);
	});

	it('are only announced in a preview', async () => {
		const cup = await withPictures('cup', 2);
		const [result] = await site.upsert([cup], { preview: true });
		expect(result?.changes).toContainEqual({ field: 'Pictures', from: null, to: '2 added' });
		expect(site.bitrix.portal.store.files.count).toBe(0);
	});
});
