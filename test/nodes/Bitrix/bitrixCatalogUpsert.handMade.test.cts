import { deleted, folder, product, uuid } from '../catalog/items.cts';
import { Site, type Result } from '../catalog/site.cts';

const codes = (results: Result[]): unknown[] => results.map(({ status, error }) => error?.code ?? status);
const remarks = (results: Result[]): string[] => results.flatMap(({ warnings }) => warnings.map(({ code }) => code));

const row = (target: string, field: string, policy: string) => ({
	target: { __rl: true, mode: 'id', value: target }, value: 'field', field: { __rl: true, mode: 'id', value: field }, policy,
});
const mapping = (...change: object[]) => ({ mapping: { change } }) as never;

describe('Bitrix Catalog Upsert: what the shop wrote by hand', () => {
	let site: Site;
	beforeEach(async () => (site = await Site.open()));
	afterEach(async () => await site.close());

	const cup = (more = {}) => product('cup', { description: 'From MoySklad', productFolder: folder('kitchen'), ...more });

	it('C1: name and section stay, the description stays once there is one, other fields follow', async () => {
		await site.upsert([cup()]);
		const { id } = site.bitrix.portal.store.sections.add({ ...site.section('kitchen'), id: undefined, name: 'By hand', xmlId: null });
		site.edit('cup', { name: 'By hand', detailText: 'By hand', iblockSectionId: id, iblockSection: [id], weight: 7, vatIncluded: 'N' });
		const [result] = await site.upsert([cup({ name: 'Renamed', description: 'Rewritten', productFolder: folder('garden') })]);
		expect(site.element('cup')).toMatchObject({ name: 'By hand', detailText: 'By hand', iblockSectionId: id, weight: 1500, vatIncluded: 'Y' });
		expect(result?.changes).toEqual([{ field: 'VAT Included in Price', from: 'no', to: 'yes' }, { field: 'Weight', from: '7 g', to: '1500 g' }]);
		expect(site.sections().map(({ xmlId }) => xmlId)).toEqual(['kitchen', null]);
	});

	it('C1: an empty description is filled in', async () => {
		await site.upsert([cup({ description: undefined })]);
		await site.upsert([cup()]);
		expect(site.element('cup').detailText).toBe('From MoySklad');
	});

	it('C1: an empty source never clears a field', async () => {
		const property = site.addProperty({ name: 'Сорт', code: 'SORT' });
		const all = mapping(row(`property:${property.id}`, 'code', 'always'), row('detailText', 'description', 'always'));
		await site.upsert([cup({ code: '17' })], all);
		const [result] = await site.upsert([cup({ code: '  ', description: ' \r\n ', weight: 0, uom: undefined, effectiveVat: undefined, effectiveVatEnabled: undefined })], all);
		expect(result?.status).toBe('unchanged');
		expect(site.element('cup')).toMatchObject({ detailText: 'From MoySklad', weight: 1500, vatId: 4 });
		expect(site.values('cup', 'SORT')).toEqual(['17']);
	});

	it('C1, T3: properties that are not mapped are not touched, in create or update', async () => {
		await site.upsert([cup()], { options: { codedProperties: true } });
		const own = site.addProperty({ name: 'Подборка', code: 'PICKS', multiple: 'Y' });
		const { properties } = site.element('cup');
		const picks = [{ valueId: 1, value: 'spring' }, { valueId: 2, value: 'sale' }];
		site.edit('cup', { properties: { ...properties, [own.id]: picks } });
		await site.upsert([cup({ article: 'NEW' })]);
		expect(site.values('cup', 'CML2_ARTICLE')).toEqual(['NEW']);
		expect(site.element('cup').properties[own.id]).toEqual(picks);
	});

	it('T8: other sections of an item stay when its own one is changed', async () => {
		const always = mapping(row('section', 'folder', 'always'));
		await site.upsert([cup()], always);
		const { id: byHand } = site.bitrix.portal.store.sections.add({ ...site.section('kitchen'), id: undefined, name: 'Gifts', xmlId: null });
		const kitchen = site.section('kitchen').id;
		site.edit('cup', { iblockSection: [kitchen, byHand] });
		const [result] = await site.upsert([cup({ productFolder: folder('garden') })], always);
		const garden = site.section('garden').id;
		expect(result?.changes).toEqual([{ field: 'Section', from: 'Folder kitchen', to: 'Folder garden' }]);
		expect(site.element('cup')).toMatchObject({ iblockSectionId: garden, iblockSection: [garden, byHand] });
		expect(codes(await site.upsert([cup({ productFolder: folder('garden') })], always))).toEqual(['unchanged']);
	});

	it('T8: an item that somebody moved to a section of their own stays in that one too', async () => {
		const always = mapping(row('section', 'folder', 'always'));
		await site.upsert([cup()], always);
		const { id: byHand } = site.bitrix.portal.store.sections.add({ ...site.section('kitchen'), id: undefined, name: 'Gifts', xmlId: null });
		site.edit('cup', { iblockSectionId: byHand, iblockSection: [byHand] });
		await site.upsert([cup()], always);
		const kitchen = site.section('kitchen').id;
		expect(site.element('cup')).toMatchObject({ iblockSectionId: kitchen, iblockSection: [kitchen, byHand] });
	});

	it('C2: an item that a person hid stays hidden, and its other fields follow', async () => {
		await site.upsert([cup()]);
		site.edit('cup', { active: 'N' });
		const results = await site.upsert([cup({ weight: 2 })]);
		expect(site.element('cup')).toMatchObject({ active: 'N', weight: 2000 });
		expect(remarks(results)).toEqual(['CATALOG_HIDDEN_BY_HAND']);
	});

	it('C2: what we hid is shown again, and only that', async () => {
		await site.upsert([cup()]);
		const [hidden] = await site.upsert([cup({ archived: true })]);
		expect(hidden).toMatchObject({ status: 'deactivated', changes: [{ field: 'Visible', from: 'yes', to: 'no' }] });
		expect(site.values('cup', 'MOYSKLAD_HIDDEN')).toEqual(['Y']);
		const [shown] = await site.upsert([cup()]);
		expect(shown).toMatchObject({ status: 'updated', changes: [{ field: 'Visible', from: 'no', to: 'yes' }] });
		expect(site.element('cup').active).toBe('Y');
		expect(site.values('cup', 'MOYSKLAD_HIDDEN')).toEqual([]);
	});

	it('C2: an item that was hidden by hand before it was archived stays hidden when it comes back', async () => {
		await site.upsert([cup()]);
		site.edit('cup', { active: 'N' });
		await site.upsert([cup({ archived: true })]);
		await site.upsert([cup()]);
		expect(site.element('cup').active).toBe('N');
	});

	it('C2: an item that a person showed again loses our mark, so that their next decision holds', async () => {
		await site.upsert([cup()]);
		await site.upsert([cup({ archived: true })]);
		site.edit('cup', { active: 'Y' });
		await site.upsert([cup()]);
		expect(site.values('cup', 'MOYSKLAD_HIDDEN')).toEqual([]);
		site.edit('cup', { active: 'N' });
		await site.upsert([cup()]);
		expect(site.element('cup').active).toBe('N');
	});

	it('archived items are not made; they are ignored or deleted on request', async () => {
		expect(remarks(await site.upsert([cup({ archived: true })]))).toEqual(['CATALOG_ARCHIVED']);
		expect(site.elements()).toEqual([]);
		await site.upsert([cup()]);
		expect(codes(await site.upsert([cup({ archived: true })], { gone: 'ignore' }))).toEqual(['skipped']);
		expect(site.element('cup').active).toBe('Y');
		expect(codes(await site.upsert([deleted('product', 'cup')], { gone: 'delete' }))).toEqual(['deleted']);
		expect(site.elements()).toEqual([]);
	});

	it('a property of another kind with our code stops the run', async () => {
		site.addProperty({ name: 'x', code: 'MOYSKLAD_ID', propertyType: 'N' });
		const run = await site.run('upsertItems', [cup()]);
		expect(run.error?.description).toContain('CATALOG_PROPERTIES_TAKEN');
		expect(site.elements()).toEqual([]);
	});

	it('each policy of the mapping does what it says', async () => {
		const named = Object.fromEntries(['ALWAYS', 'CREATING', 'EMPTY', 'NEVER'].map((code) => [code, site.addProperty({ name: code, code })]));
		const change = Object.entries(named).map(([code, { id }]) => row(`property:${id}`, 'article', code.toLowerCase()));
		const values = () => Object.keys(named).map((code) => site.values('cup', code)[0]);
		await site.upsert([cup({ article: '1' })], mapping(...change));
		expect(values()).toEqual(['1', '1', '1', undefined]);
		await site.upsert([cup({ article: '2' })], mapping(...change));
		expect(values()).toEqual(['2', '1', '1', undefined]);
		site.edit('cup', { properties: {} });
		await site.upsert([cup({ article: '3' })], mapping(...change));
		expect(values()).toEqual(['3', undefined, '3', undefined]);
		expect(site.values('cup', 'MOYSKLAD_ID')).toEqual([uuid('cup')]);
	});

	it('a row of the mapping takes the place of the preset, and Never takes it away', async () => {
		await site.upsert([cup()], mapping(row('name', 'article', 'always'), row('weight', 'weight', 'never')));
		expect(site.element('cup')).toMatchObject({ name: 'A-cup', weight: 0 });
		await site.upsert([cup({ article: 'Other' })], mapping(row('name', 'article', 'always')));
		expect(site.element('cup')).toMatchObject({ name: 'Other', weight: 1500 });
	});

	it('a row that leads nowhere stops the run', async () => {
		const run = await site.run('upsertItems', [cup()], mapping(row('property:99999', 'name', 'always')));
		expect(run.error?.description).toContain('CATALOG_TARGET_MISSING');
	});
});
