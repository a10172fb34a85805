import { assortment, product, uuid, variant } from '../catalog/items.cts';
import { Site } from '../catalog/site.cts';

describe('Bitrix Catalog Upsert hands out', () => {
	let site: Site;
	beforeEach(async () => (site = await Site.open()));
	afterEach(async () => await site.close());

	it('N15: a result for each item on Done or Failed, paired with it, and no error of n8n', async () => {
		const run = await site.run('upsertItems', [product('a'), product('b', { externalCode: 'b#' }), product('c'), { junk: 1 }]);
		expect(run.error).toBeUndefined();
		expect(run.outputs.map((items) => items.map(({ pairedItem }) => pairedItem))).toEqual([[{ item: 0 }, { item: 2 }], [{ item: 1 }, { item: 3 }]]);
		expect(run.json(1).map(({ status }) => status)).toEqual(['conflict', 'failed']);
		expect(run.json(1)[0]).toMatchObject({ error: { code: 'CATALOG_KEY_FORBIDDEN', kind: 'conflict', retryable: false, advice: expect.any(String) } });
	});

	it('a failure of the execution after all items, on request', async () => {
		const run = await site.run('upsertItems', [product('b', { externalCode: 'b#' }), product('a')], { options: { failAfterAll: true } });
		expect(run.error?.message).toBe('1 of 2 items failed');
		expect(run.error?.description).toContain('CATALOG_KEY_FORBIDDEN');
		expect(site.element('a')).toBeDefined();
	});

	it('what would change in a preview, and changes nothing', async () => {
		await site.upsert([product('a'), product('same'), product('gone')]);
		site.resetCounters();
		const shirt = product('shirt', { variantsCount: 1 });
		const results = await site.upsert(
			[product('a', { weight: 2, uom: undefined }), product('same'), product('gone', { archived: true }), shirt, variant('red', shirt, { Цвет: 'Красный' })],
			{ preview: true, options: { codedProperties: true } },
		);
		expect(results.map(({ status }) => status)).toEqual(['planned', 'planned', 'planned', 'planned', 'planned']);
		expect(results[0]?.changes).toContainEqual({ field: 'Weight', from: '1500 g', to: '2000 g' });
		expect(results[2]?.changes).toEqual([{ field: 'Visible', from: 'yes', to: 'no' }]);
		expect(results[4]?.changes).toEqual(expect.arrayContaining([{ field: 'Name', from: null, to: 'Product shirt (Красный)' }, { field: 'Цвет', from: null, to: 'Красный' }]));
		expect(site.writes()).toBe(0);
	});

	it('in a preview exactly what is done afterwards', async () => {
		const shop = await Site.open({ moySklad: { size: { products: 12, variantShare: 0.4, variantsEach: 2, bundles: 1, services: 1, folders: 5, pictures: 0.3 } } });
		const items = await assortment(shop, 'product', 'variant', 'bundle', 'service');
		const parameters = { attributes: 'create', options: { codedProperties: true } };
		const planned = await shop.upsert(items, { ...parameters, preview: true });
		const done = await shop.upsert(items, parameters);
		const fieldsOf = (changes: Array<{ field: string; to: unknown }>) => changes.map(({ field, to }) => [field, field === 'Section' ? 'somewhere' : to]);
		expect(planned.map(({ key, changes }) => [key, fieldsOf(changes)])).toEqual(done.map(({ key, changes }) => [key, fieldsOf(changes)]));
		await shop.close();
	});

	it('a link with the result, which a table can keep', async () => {
		const [result] = await site.upsert([product('a')], { options: { flow: 'shop 1' } });
		expect(result?.link).toMatchObject({ flow: 'shop 1', type: 'product', key: 'a', moySkladId: uuid('a'), externalCode: 'a', bitrixId: String(site.element('a').id), parent: null });
		const [again] = await site.upsert([product('a', { weight: 2 })], { options: { flow: 'shop 1' } });
		expect(again?.link?.written.weight).not.toBe(result?.link?.written.weight);
		expect(again?.link?.written.name).toBe(result?.link?.written.name);
	});

	it('words instead of ids', async () => {
		await site.upsert([product('a')]);
		const [result] = await site.upsert([product('a', { uom: { meta: {}, name: 'кг', code: '166' }, effectiveVatEnabled: false })]);
		expect(result?.changes).toEqual([{ field: 'Unit', from: 'шт', to: 'кг' }, { field: 'VAT', from: '20 %', to: 'without' }]);
	});

	it('values from expressions, for each item its own', async () => {
		const change = [{ target: { __rl: true, mode: 'id', value: 'previewText' }, value: 'expression', expression: '={{ $json.name + " " + $itemIndex }}', policy: 'always' }];
		const [, second] = await site.upsert([product('a'), product('b')], { mapping: { change } });
		expect(site.element('b').previewText).toBe('Product b 1');
		expect(second?.changes).toContainEqual({ field: 'Announcement', from: null, to: 'Product b 1' });
		expect((await site.upsert([product('a'), product('b')], { mapping: { change } })).map(({ status }) => status)).toEqual(['unchanged', 'unchanged']);
	});

	it('nothing for what only its variants brought along', async () => {
		const shirt = product('shirt', { variantsCount: 1 });
		const run = await site.run('upsertItems', [variant('red', shirt, { Цвет: 'Красный' })]);
		expect(run.json()).toHaveLength(1);
		expect(site.element('shirt').type).toBe(3);
	});

	it('hints about what the items do not include, once', async () => {
		const items = [product('a', { uom: { meta: product('a').meta } as never }), product('b', { uom: { meta: product('a').meta } as never })];
		const run = await site.run('upsertItems', items);
		expect(run.hints.map(({ message }) => message)).toEqual(['2 items come without Unit of Measure, so units were left alone. Add it under Include in MoySklad Entity.']);
	});
});
