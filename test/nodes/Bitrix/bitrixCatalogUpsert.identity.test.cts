import { deleted, price, product, uuid, variant } from '../catalog/items.cts';
import { Site, type Result } from '../catalog/site.cts';
import { startBitrix } from '../../simulators/bitrix/start.cts';

const codes = (results: Result[]): unknown[] => results.map(({ status, error }) => error?.code ?? status);

describe('Bitrix Catalog Upsert finds items', () => {
	let site: Site;
	beforeEach(async () => (site = await Site.open()));
	afterEach(async () => await site.close());

	it('I1: by the external code, and gives each its MoySklad id', async () => {
		expect(codes(await site.upsert([product('cup')]))).toEqual(['created']);
		expect(site.element('cup')).toMatchObject({ name: 'Product cup', active: 'Y', type: 1 });
		expect(site.values('cup', 'MOYSKLAD_ID')).toEqual([uuid('cup')]);
		expect(codes(await site.upsert([product('cup')]))).toEqual(['unchanged']);
		expect(site.elements()).toHaveLength(1);
	});

	it('by the id, when the user chose that', async () => {
		await site.upsert([product('cup')], { identity: 'id' });
		expect(site.element(uuid('cup')).name).toBe('Product cup');
		expect(codes(await site.upsert([product('cup')], { identity: 'id' }))).toEqual(['unchanged']);
	});

	it('that another exchange made with the same key, and marks them', async () => {
		await site.upsert([product('cup')], { options: { keepIds: false } });
		expect(() => site.property('MOYSKLAD_ID')).toThrow();
		const [result] = await site.upsert([product('cup')]);
		expect(result).toMatchObject({ status: 'updated', changes: [{ field: 'MoySklad ID', from: null, to: uuid('cup') }] });
	});

	it('T9: without taking % and _ for masks, and without mixing up letters of different case', async () => {
		await site.upsert([product('a_c'), product('aBc')]);
		const before = site.elements().length;
		expect(codes(await site.upsert([product('abc'), product('a%'), product('ab_')]))).toEqual(['created', 'created', 'created']);
		expect(site.elements()).toHaveLength(before + 3);
		expect(codes(await site.upsert([product('a_c'), product('aBc'), product('abc'), product('a%')]))).toEqual(Array(4).fill('unchanged'));
	});

	it('T11: an item whose XML_ID is only its own id is not ours', async () => {
		await site.upsert([product('cup')]);
		site.edit('cup', { xmlId: String(site.element('cup').id), properties: {} });
		expect(codes(await site.upsert([product('cup')]))).toEqual(['created']);
	});

	it('T11: nor is one whose id happens to be a key in MoySklad, unless it has the same name', async () => {
		await site.upsert([product('lamp'), product('cup')]);
		const withoutKey = (key: string): string => {
			const xmlId = String(site.element(key).id);
			site.edit(key, { xmlId, properties: {} });
			return xmlId;
		};
		const [lamp, cup] = [withoutKey('lamp'), withoutKey('cup')];
		const before = site.element(lamp);
		const items = [product('one', { externalCode: lamp, weight: 5 }), product('two', { externalCode: cup, name: site.element(cup).name })];
		expect(codes(await site.upsert(items))).toEqual(['CATALOG_KEY_BY_CHANCE', 'updated']);
		expect(site.element(lamp)).toEqual(before);
	});

	it('I3: refuses two objects with one key, both of them', async () => {
		const twin = product('twin', { externalCode: 'cup' });
		expect(codes(await site.upsert([product('cup'), twin, product('other')]))).toEqual(['CATALOG_KEY_REPEATED', 'CATALOG_KEY_REPEATED', 'created']);
		expect(site.elements()).toHaveLength(1);
	});

	it('I3: refuses an empty key and one with #', async () => {
		const results = await site.upsert([product('a', { externalCode: '' }), product('b', { externalCode: 'b#1' }), product('c', { externalCode: undefined })]);
		expect(codes(results)).toEqual(['CATALOG_KEY_EMPTY', 'CATALOG_KEY_FORBIDDEN', 'CATALOG_KEY_EMPTY']);
		expect(results.map(({ status }) => status)).toEqual(['conflict', 'conflict', 'conflict']);
	});

	it('I3: refuses a key that several items of Bitrix have', async () => {
		await site.upsert([product('cup'), product('copy')]);
		site.edit('copy', { xmlId: 'cup' });
		const [result] = await site.upsert([product('cup', { name: 'New' })], mapAlways('name'));
		expect(result?.error?.code).toBe('CATALOG_KEY_DUPLICATE');
		expect(site.elements().map(({ name }) => name)).toEqual(['Product cup', 'Product copy']);
	});

	it('I3: finds duplicates beyond a full page of answers', async () => {
		const items = Array.from({ length: 50 }, (_, index) => product(`p${index}`));
		await site.upsert([...items, product('copy')]);
		site.edit('copy', { xmlId: 'p7' });
		const results = await site.upsert(items);
		expect(results.filter(({ error }) => error?.code === 'CATALOG_KEY_DUPLICATE').map(({ moySkladId }) => moySkladId)).toEqual([uuid('p7')]);
		expect(results.filter(({ status }) => status === 'unchanged')).toHaveLength(49);
	});

	it('I3: a changed key is a conflict, and is taken over only on request', async () => {
		await site.upsert([product('cup')]);
		const renamed = product('cup', { externalCode: 'mug' });
		const [refused] = await site.upsert([renamed]);
		expect(refused).toMatchObject({ status: 'conflict', error: { code: 'CATALOG_KEY_CHANGED' } });
		expect(site.element('cup')).toBeDefined();
		const [taken] = await site.upsert([renamed], { options: { takeOverKeys: true } });
		expect(taken).toMatchObject({ status: 'updated', key: 'mug', changes: [{ field: 'XML_ID', from: 'cup', to: 'mug' }] });
		expect(site.elements()).toHaveLength(1);
		expect(codes(await site.upsert([renamed]))).toEqual(['unchanged']);
	});

	it('I3: a key that moved to another object is a conflict', async () => {
		await site.upsert([product('cup')]);
		const [result] = await site.upsert([product('other', { externalCode: 'cup' })]);
		expect(result).toMatchObject({ status: 'conflict', error: { code: 'CATALOG_KEY_TAKEN' } });
	});

	it('I3: finds hidden items too, and makes no second ones', async () => {
		await site.upsert([product('cup')]);
		site.edit('cup', { active: 'N' });
		await site.upsert([product('cup')]);
		expect(site.elements()).toHaveLength(1);
	});

	it('I4: variants by the key of their product and their own', async () => {
		const shirt = product('shirt', { variantsCount: 1 });
		const results = await site.upsert([shirt, variant('red', shirt, { Colour: 'red' })]);
		expect(results.map(({ key }) => key)).toEqual(['shirt', 'shirt#red']);
		expect(site.element('shirt#red')).toMatchObject({ parent: site.element('shirt').id, type: 4 });
		expect(codes(await site.upsert([shirt, variant('red', shirt, { Colour: 'red' })]))).toEqual(['unchanged', 'unchanged']);
	});

	it('I1: deleted objects by their MoySklad id alone', async () => {
		await site.upsert([product('cup')]);
		const results = await site.upsert([deleted('product', 'cup'), deleted('product', 'never seen')]);
		expect(results.map(({ status }) => status)).toEqual(['deactivated', 'skipped']);
		expect(site.element('cup').active).toBe('N');
	});

	it('and takes the last of several items of one object', async () => {
		const results = await site.upsert([product('cup', { salePrices: [price(1)] }), product('cup', { salePrices: [price(2)] })]);
		expect(results.map(({ status, warnings }) => [status, warnings.map(({ code }) => code)])).toEqual([['skipped', ['CATALOG_REPEATED_ITEM']], ['created', []]]);
		expect(site.prices('cup')).toEqual({ BASE: '2 RUB' });
	});

	it('and says which items it cannot read', async () => {
		const results = await site.upsert([{ name: 'no meta' }, product('a', { salePrices: 'cheap' }), product('b')]);
		expect(codes(results)).toEqual(['CATALOG_ITEM_UNREADABLE', 'CATALOG_ITEM_UNREADABLE', 'created']);
		expect(results[1]?.error?.message).toContain('salePrices');
	});

	it('in the chosen catalog only', async () => {
		const { decoy } = site.bitrix.catalogs;
		await site.upsert([product('cup')], { catalog: { __rl: true, mode: 'id', value: String(decoy.products) } });
		expect(site.elements()).toHaveLength(0);
		expect(site.elements(decoy.products)).toHaveLength(1);
		expect(codes(await site.upsert([product('cup')]))).toEqual(['created']);
	});

	it('not in a catalog that does not exist, or that holds offers', async () => {
		for (const value of ['9999', String(site.offersCatalog)]) {
			const run = await site.run('upsertItems', [product('cup')], { catalog: { __rl: true, mode: 'id', value } });
			expect(run.error?.description).toContain('CATALOG_NOT_FOUND');
		}
	});
});

const mapAlways = (target: string) => ({
	mapping: { change: [{ target: { __rl: true, mode: 'id', value: target }, value: 'field', field: { __rl: true, mode: 'id', value: target }, policy: 'always' }] },
});

it('Bitrix Catalog Upsert keeps two Bitrix apart', async () => {
	const site = await Site.open();
	const other = await startBitrix({ edition: 'box' });
	await site.upsert([product('cup')]);
	await site.upsert([product('cup')], {}, { webhook: other.webhookUrl });
	expect(other.portal.store.elements.size).toBe(1);
	await Promise.all([site.close(), other.close()]);
});
