import { deleted, folder, product, uuid } from '../catalog/items.cts';
import { Site, type Item, type Result } from '../catalog/site.cts';

const codes = (results: Result[]): unknown[] => results.map(({ status, error }) => error?.code ?? status);
const remarks = (results: Result[]): string[] => results.flatMap(({ warnings }) => warnings.map(({ code }) => code));

describe('Bitrix Catalog Upsert: sections', () => {
	let site: Site;
	beforeEach(async () => (site = await Site.open()));
	afterEach(async () => await site.close());

	const upsert = async (items: Item[], parameters: object = {}): Promise<Result[]> => await site.results('upsertSections', items, parameters as never);
	/** `below(a, b, c)`: c in b in a. */
	const below = (...words: string[]): Item => words.reduce<Item | undefined>((parent, word) => folder(word, parent && { productFolder: parent }), undefined) as Item;
	const path = (xmlId: string): string[] => {
		const { name, iblockSectionId } = site.section(xmlId);
		const parent = site.sections().find(({ id }) => id === iblockSectionId);
		return [...(parent ? path(parent.xmlId ?? '') : []), name];
	};
	const deep = ['a', 'b', 'c', 'd', 'e'];

	it('I4: are made for the folders of items, parents first, with the folder\'s own key', async () => {
		expect(codes(await site.upsert([product('cup', { productFolder: below(...deep) })]))).toEqual(['created']);
		expect(path('e')).toEqual(deep.map((word) => `Folder ${word}`));
		expect(site.element('cup').iblockSectionId).toBe(site.section('e').id);
		expect(site.sections()).toHaveLength(5);
	});

	it('are made once for many items, with one call a level', async () => {
		const items = Array.from({ length: 60 }, (_, index) => product(`p${index}`, { productFolder: below('a', `b${index % 3}`) }));
		await site.upsert([product('first')]);
		site.resetCounters();
		await site.upsert(items);
		expect(site.sections().map(({ xmlId }) => xmlId)).toEqual(['a', 'b0', 'b1', 'b2']);
		// Books, lookups by key and by id, tree, two levels, and the items with their prices.
		expect(site.calls()).toBe(1 + 2 + 1 + 2 + 3);
	});

	it('are not made where the folder is not included; it is found by its key all the same', async () => {
		const link = { meta: folder('a').meta } as Item;
		const results = await site.upsert([product('cup', { productFolder: link })]);
		expect(remarks(results)).toEqual(['CATALOG_FOLDER_UNKNOWN']);
		await upsert([folder('a')], { identity: 'id' });
		await site.upsert([product('mug', { productFolder: link })], { identity: 'id' });
		expect(site.element(uuid('mug')).iblockSectionId).toBe(site.section(uuid('a')).id);
	});

	it('that were made by hand take items without a folder', async () => {
		const { id } = site.bitrix.portal.store.sections.add({ iblockId: site.catalog, iblockSectionId: null, name: 'Other', xmlId: null, code: null, sort: 500, active: 'Y', description: null, descriptionType: 'text' });
		await site.upsert([product('cup')], { options: { defaultSection: { __rl: true, mode: 'id', value: String(id) } } });
		expect(site.element('cup').iblockSectionId).toBe(id);
	});

	it('of a key that occurs twice are a conflict of their items', async () => {
		await upsert([folder('a'), folder('b')]);
		site.bitrix.portal.store.sections.update(site.section('b').id, { xmlId: 'a' });
		expect(remarks(await site.upsert([product('cup', { productFolder: folder('a') }), product('mug')]))).toEqual(['CATALOG_KEY_DUPLICATE']);
		expect(codes(await upsert([folder('a')]))).toEqual(['CATALOG_KEY_DUPLICATE']);
	});

	it('are upserted as a tree, whatever the order of the items', async () => {
		const links = [folder('c', { productFolder: { meta: folder('b').meta } }), folder('b', { productFolder: { meta: folder('a').meta } }), folder('a')] as Item[];
		expect(codes(await upsert(links))).toEqual(['created', 'created', 'created']);
		expect(path('c')).toEqual(['Folder a', 'Folder b', 'Folder c']);
		site.resetCounters();
		expect(codes(await upsert(links))).toEqual(['unchanged', 'unchanged', 'unchanged']);
		expect(site.writes()).toBe(0);
		expect(site.calls()).toBe(2);
	});

	it('are renamed and moved, branches with everything below them', async () => {
		await upsert([below('a', 'b', 'c'), folder('x')]);
		const [moved] = await upsert([folder('b', { name: 'New', productFolder: folder('x') })]);
		expect(moved?.changes).toEqual([{ field: 'Name', from: 'Folder b', to: 'New' }, { field: 'Parent Section', from: 'Folder a', to: 'Folder x' }]);
		expect(path('c')).toEqual(['Folder x', 'New', 'Folder c']);
		await upsert([folder('b', { name: 'New' })]);
		expect(path('c')).toEqual(['New', 'Folder c']);
	});

	it('change places without ever lying in themselves', async () => {
		await upsert([below('a', 'b')]);
		expect(codes(await upsert([below('b', 'a'), folder('b')]))).toEqual(['updated', 'updated']);
		expect(path('a')).toEqual(['Folder b', 'Folder a']);
	});

	it('of archived folders are hidden, and shown again on request only', async () => {
		await upsert([folder('a')]);
		expect(codes(await upsert([folder('a', { archived: true }), folder('b', { archived: true })]))).toEqual(['deactivated', 'skipped']);
		expect(site.section('a').active).toBe('N');
		expect(remarks(await upsert([folder('a')]))).toEqual(['CATALOG_SECTION_HIDDEN']);
		expect(codes(await upsert([folder('a')], { options: { showSectionsAgain: true } }))).toEqual(['updated']);
		await upsert([folder('a', { archived: true })], { gone: 'ignore' });
		expect(site.section('a').active).toBe('Y');
	});

	describe('without a folder', () => {
		const hide = { options: { hideMissingSections: true, largestShare: 40 } };

		it('are hidden on request, but not those without a key', async () => {
			await upsert([folder('a'), folder('b'), folder('c')]);
			const { sections } = site.bitrix.portal.store;
			const { id } = sections.add({ ...site.section('a'), id: undefined, name: 'By hand', xmlId: null } as never);
			sections.add({ ...site.section('a'), id: id + 1, name: 'By hand too', xmlId: String(id + 1) });
			expect(codes(await upsert([folder('a'), folder('b')]))).toEqual(['unchanged', 'unchanged']);
			const results = await upsert([folder('a'), folder('b')], hide);
			expect(results.map(({ key, status }) => [key, status])).toEqual([['a', 'unchanged'], ['b', 'unchanged'], ['c', 'deactivated']]);
			expect(site.sections().map(({ active }) => active)).toEqual(['Y', 'Y', 'N', 'Y', 'Y']);
		});

		it('are not hidden when they are too many, or not all items could be read', async () => {
			await upsert([folder('a'), folder('b'), folder('c')]);
			site.resetCounters();
			const run = await site.run('upsertSections', [folder('new')], hide);
			expect(run.error?.description).toContain('CATALOG_TOO_MANY_MISSING');
			expect(site.writes()).toBe(0);
			await upsert([folder('a'), folder('b'), { broken: true }], hide);
			expect(site.section('c').active).toBe('Y');
		});
	});

	it('I3: keys that are empty, hold # or occur twice are conflicts', async () => {
		const results = await upsert([folder('a', { externalCode: '' }), folder('b', { externalCode: 'b#' }), folder('c', { externalCode: 'x' }), folder('d', { externalCode: 'x' })]);
		expect(codes(results)).toEqual(['CATALOG_KEY_EMPTY', 'CATALOG_KEY_FORBIDDEN', 'CATALOG_KEY_REPEATED', 'CATALOG_KEY_REPEATED']);
		expect(site.sections()).toEqual([]);
	});

	it('of deleted folders are found by their id where that is the key', async () => {
		await upsert([folder('a')], { identity: 'id' });
		expect(codes(await upsert([deleted('productfolder', 'a')], { identity: 'id' }))).toEqual(['deactivated']);
		expect(codes(await upsert([deleted('productfolder', 'a')]))).toEqual(['skipped']);
	});

	it('are only announced in a preview', async () => {
		const results = await upsert([below('a', 'b')], { preview: true });
		expect(results).toMatchObject([{ status: 'planned', changes: [{ field: 'Name', from: null, to: 'Folder b' }] }]);
		const [item] = await site.upsert([product('cup', { productFolder: below('a', 'b') })], { preview: true });
		expect(item?.changes).toContainEqual({ field: 'Section', from: null, to: 'Folder b' });
		expect(site.writes()).toBe(0);
	});

	it('T13: are not made twice when the answer is lost', async () => {
		await upsert([folder('x')]);
		site.fail({ kind: 'cut', share: 0.5, route: '^batch$' });
		const tree = Array.from({ length: 12 }, (_, index) => below('a', `b${index}`));
		await upsert(tree);
		site.fail();
		expect(codes(await upsert(tree)).every((status) => status === 'unchanged' || status === 'created')).toBe(true);
		expect(new Set(site.sections().map(({ xmlId }) => xmlId)).size).toBe(14);
		expect(site.sections()).toHaveLength(14);
	});
});
