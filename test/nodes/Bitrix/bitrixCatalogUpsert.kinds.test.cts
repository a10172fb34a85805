import { bundle, deleted, folder, price, product, service, uuid, variant } from '../catalog/items.cts';
import { Site, type Item, type Result } from '../catalog/site.cts';

const codes = (results: Result[]): unknown[] => results.map(({ status, error }) => error?.code ?? status);

describe('Bitrix Catalog Upsert makes', () => {
	let site: Site;
	beforeEach(async () => (site = await Site.open()));
	afterEach(async () => await site.close());

	const shirt = (more: Item = {}): Item => product('shirt', { variantsCount: 2, ...more });
	const red = (of = shirt(), more: Item = {}): Item => variant('red', of, { Цвет: 'Красный', Размер: 'M' }, more);
	const blue = (of = shirt(), more: Item = {}): Item => variant('blue', of, { Цвет: 'Синий', Размер: 'M' }, more);

	it('services, and bundles as simple products', async () => {
		expect(codes(await site.upsert([service('fitting'), bundle('set', { article: 'B-1' })], { options: { codedProperties: true } }))).toEqual(['created', 'created']);
		expect(site.element('fitting')).toMatchObject({ type: 7, weight: 0 });
		expect(site.prices('fitting')).toEqual({ BASE: '100 RUB' });
		expect(site.element('set')).toMatchObject({ type: 1, weight: 1500 });
		expect(site.values('set', 'CML2_ARTICLE')).toEqual(['B-1']);
		expect(codes(await site.upsert([service('fitting'), bundle('set', { article: 'B-1' })], { options: { codedProperties: true } }))).toEqual(['unchanged', 'unchanged']);
	});

	it('products with offers: parent first, trade fields and prices on the offers, in whatever order the items come', async () => {
		const results = await site.upsert([red(shirt(), { salePrices: [price(90)] }), shirt(), blue()]);
		expect(codes(results)).toEqual(['created', 'created', 'created']);
		const parent = site.element('shirt');
		expect(parent).toMatchObject({ type: 3, weight: 0 });
		expect(site.prices('shirt')).toEqual({});
		expect(site.element('shirt#red')).toMatchObject({ parent: parent.id, iblockId: site.offersCatalog, weight: 1500, vatId: 4, vatIncluded: 'Y', name: 'Product shirt (Красный, M)' });
		expect(site.prices('shirt#red')).toEqual({ BASE: '90 RUB' });
		expect(results[0]?.link).toMatchObject({ parent: 'shirt', key: 'shirt#red', type: 'variant' });
	});

	it('properties and variants of lists for characteristics', async () => {
		await site.upsert([shirt(), red(), blue()]);
		const colour = site.properties(site.offersCatalog).find(({ name }) => name === 'Цвет');
		expect(colour).toMatchObject({ propertyType: 'L', xmlId: uuid('characteristic Цвет') });
		expect(site.values('shirt#red', colour?.code ?? '')).toEqual(['Красный']);
		expect(site.values('shirt#blue', colour?.code ?? '')).toEqual(['Синий']);
		expect(codes(await site.upsert([shirt(), red(), blue()]))).toEqual(['unchanged', 'unchanged', 'unchanged']);
	});

	it('T12: at least two variants, since a list of one is a yes or no', async () => {
		await site.upsert([shirt(), red(), blue()]);
		const size = site.properties(site.offersCatalog).find(({ name }) => name === 'Размер');
		expect(size && site.variantsOf(size)).toEqual(['M', '—']);
		expect(site.values('shirt#red', size?.code ?? '')).toEqual(['M']);
	});

	it('no second property or variant where the shop has one of the same name', async () => {
		const colour = site.addProperty({ name: 'цвет', code: 'COLOR', propertyType: 'L' }, site.offersCatalog);
		const [crimson] = site.addVariants(colour, 'красный', 'Зелёный');
		await site.upsert([shirt(), red(), blue()]);
		expect(site.properties(site.offersCatalog).filter(({ name }) => /цвет/i.test(name))).toHaveLength(1);
		expect(site.element('shirt#red').properties[colour.id]?.map(({ value }) => value)).toEqual([crimson]);
		expect(site.variantsOf(colour)).toEqual(['красный', 'Зелёный', 'Синий']);
	});

	it('the product of a variant from what the variant brings along', async () => {
		const parent = shirt({ productFolder: folder('clothes'), description: 'Cotton' });
		expect(codes(await site.upsert([red(parent)]))).toEqual(['created']);
		expect(site.element('shirt')).toMatchObject({ name: 'Product shirt', detailText: 'Cotton', type: 3 });
		expect(site.values('shirt', 'MOYSKLAD_ID')).toEqual([uuid('shirt')]);
	});

	it('no product for a variant of which only a link is known, unless Bitrix has it', async () => {
		const link = { meta: shirt().meta as Item };
		expect(codes(await site.upsert([variant('red', link, { Цвет: 'Красный' })]))).toEqual(['CATALOG_PARENT_FAILED']);
		await site.upsert([shirt()]);
		expect(codes(await site.upsert([variant('red', link, { Цвет: 'Красный' }, { name: 'Red' })]))).toEqual(['created']);
		expect(site.element('shirt#red').parent).toBe(site.element('shirt').id);
	});

	it('a product that only came along no other', async () => {
		await site.upsert([shirt(), red()]);
		site.edit('shirt', { name: 'By hand', weight: 3 });
		await site.upsert([blue(shirt({ name: 'Renamed' }))]);
		expect(site.element('shirt')).toMatchObject({ name: 'By hand' });
	});

	it('offers only where the catalog has a block for them', async () => {
		const { iblocks } = site.bitrix.portal.store;
		iblocks.update(site.offersCatalog, { productIblockId: null });
		const results = await site.upsert([product('cup'), service('s'), red(product('plain'))]);
		expect(codes(results).slice(0, 2)).toEqual(['created', 'created']);
		expect(results[2]?.error?.code).toMatch(/CATALOG_(NO_OFFERS|PARENT_FAILED)/);
	});

	it('no offer without its product when that is in conflict', async () => {
		const results = await site.upsert([shirt({ externalCode: 'a#b' }), red()]);
		expect(codes(results)).toEqual(['CATALOG_KEY_FORBIDDEN', 'CATALOG_PARENT_FAILED']);
		expect(results[1]?.error?.message).toContain('contains #');
	});

	it('moves an offer to its product when somebody hung it elsewhere', async () => {
		const other = product('other', { variantsCount: 1 });
		await site.upsert([shirt(), red(), other, variant('x', other, { Цвет: 'Синий' })]);
		const { properties } = site.element('shirt#red');
		const link = site.property('CML2_LINK', site.offersCatalog);
		const moved = { ...properties, [link.id]: [{ valueId: 1, value: String(site.element('other').id) }] };
		site.edit('shirt#red', { parent: site.element('other').id, properties: moved });
		const [, result] = await site.upsert([shirt(), red()]);
		expect(result).toMatchObject({ status: 'updated', changes: [{ field: 'Product' }] });
		expect(site.element('shirt#red').parent).toBe(site.element('shirt').id);
	});

	it('no item of another kind out of one that is there', async () => {
		await site.upsert([product('a'), service('b'), shirt(), red()]);
		const results = await site.upsert([service('a'), product('b'), bundle('shirt')]);
		expect(codes(results)).toEqual(['CATALOG_TYPE_CONFLICT', 'CATALOG_TYPE_CONFLICT', 'CATALOG_TYPE_CONFLICT']);
		expect(results[0]?.error?.message).toBe(`In MoySklad it is a service, but the object ${site.element('a').id} of Bitrix with its key is a product`);
	});

	it('keeps a product with offers as such when its variants are not among the items', async () => {
		await site.upsert([shirt(), red()]);
		expect(codes(await site.upsert([shirt({ variantsCount: undefined, description: 'New' })]))).toEqual(['updated']);
		expect(site.element('shirt')).toMatchObject({ type: 3, detailText: 'New' });
	});

	describe('C5: of a simple product that got variants', () => {
		const replace = { options: { becameSku: 'replace' } };
		beforeEach(async () => void (await site.upsert([product('shirt')])));

		it('nothing by default, and reports it', async () => {
			const results = await site.upsert([shirt(), red(), blue()]);
			expect(codes(results)).toEqual(['CATALOG_BECAME_SKU', 'CATALOG_PARENT_FAILED', 'CATALOG_PARENT_FAILED']);
			expect(site.elements()).toHaveLength(1);
			expect(site.elements(site.offersCatalog)).toHaveLength(0);
		});

		it('a product with offers on request, and hides the old one', async () => {
			const old = site.element('shirt').id;
			const results = await site.upsert([shirt(), red(), blue()], replace);
			expect(codes(results)).toEqual(['created', 'created', 'created']);
			expect(site.element('shirt')).toMatchObject({ type: 3, active: 'Y' });
			expect(site.element('shirt~simple')).toMatchObject({ id: old, active: 'N', type: 1 });
			expect(site.values('shirt', 'MOYSKLAD_ID')).toEqual([uuid('shirt')]);
			expect(site.values('shirt~simple', 'MOYSKLAD_ID')).toEqual([]);
			expect(site.element('shirt#red').parent).toBe(site.element('shirt').id);
			site.resetCounters();
			expect(codes(await site.upsert([shirt(), red(), blue()], replace))).toEqual(['unchanged', 'unchanged', 'unchanged']);
			expect(site.writes()).toBe(0);
		});

		it('only when all variants are there', async () => {
			expect(codes(await site.upsert([shirt(), red()], replace))).toEqual(['CATALOG_BECAME_SKU', 'CATALOG_PARENT_FAILED']);
			expect(site.elements()).toHaveLength(1);
		});

		it('the old one stays visible until the new one is complete', async () => {
			const taken = product('taken', { variantsCount: 1 });
			await site.upsert([taken, variant('x', taken, { Цвет: 'Красный' })]);
			// The second offer is refused: an offer with its key exists already, twice.
			site.edit('taken#x', { xmlId: 'shirt#blue' });
			const results = await site.upsert([shirt(), red(), blue()], replace);
			expect(results.map(({ status }) => status)).toEqual(['conflict', 'created', 'conflict']);
			expect(site.element('shirt')).toMatchObject({ active: 'Y', type: 1 });
			expect(site.element('shirt~sku')).toMatchObject({ active: 'N' });
			site.edit('shirt#blue', { xmlId: 'gone' });
			expect(codes(await site.upsert([shirt(), red(), blue()], replace))).toEqual(['unchanged', 'unchanged', 'created']);
			expect(site.element('shirt')).toMatchObject({ active: 'Y', type: 3 });
			expect(site.elements()).toHaveLength(3);
		});

		it('also when only the variants come', async () => {
			expect(codes(await site.upsert([red(), blue()], replace))).toEqual(['created', 'created']);
			expect(site.element('shirt')).toMatchObject({ type: 3, active: 'Y' });
		});
	});

	it('C3: nothing visible of a product that is archived, with all its variants, and all of it again', async () => {
		await site.upsert([shirt(), red(), blue()]);
		site.edit('shirt#blue', { active: 'N' });
		expect(codes(await site.upsert([shirt({ archived: true })]))).toEqual(['deactivated']);
		expect(['shirt', 'shirt#red', 'shirt#blue'].map((key) => site.element(key).active)).toEqual(['N', 'N', 'N']);
		expect(codes(await site.upsert([shirt()]))).toEqual(['updated']);
		// What a person had hidden before stays hidden.
		expect(['shirt', 'shirt#red', 'shirt#blue'].map((key) => site.element(key).active)).toEqual(['Y', 'Y', 'N']);
	});

	it('a variant that is archived itself stays hidden when its product comes back', async () => {
		await site.upsert([shirt(), red(), blue()]);
		const gone = shirt({ archived: true });
		await site.upsert([gone, red(gone, { archived: true }), blue(gone)]);
		await site.upsert([shirt()]);
		expect(['shirt', 'shirt#red', 'shirt#blue'].map((key) => site.element(key).active)).toEqual(['Y', 'N', 'Y']);
	});

	it('deletes a product with its offers on request', async () => {
		await site.upsert([shirt(), red(), blue()]);
		expect(codes(await site.upsert([deleted('product', 'shirt')], { gone: 'delete' }))).toEqual(['deleted']);
		expect([...site.elements(), ...site.elements(site.offersCatalog)]).toEqual([]);
	});
});
