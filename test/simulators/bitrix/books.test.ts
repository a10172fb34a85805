import { freshShop } from './catalogClient';
import { must } from './restClient';

const bench = freshShop();

describe('sections', () => {
	it('form a tree; an update names the block and the section', async () => {
		const top = await bench.shop.addSection({ xmlId: 'folder-1', sort: 5 });
		const below = await bench.shop.addSection({ name: 'Кружки', iblockSectionId: top });
		expect((await must(bench.shop.rest('catalog.section.get', { id: top }))).section).toMatchObject({
			iblockSectionId: null,
			xmlId: 'folder-1',
			active: 'Y',
			sort: 5,
		});
		const { sections } = await must(
			bench.shop.rest('catalog.section.list', {
				filter: { iblockId: bench.shop.products, iblockSectionId: top },
				select: ['id', 'name'],
			}),
		);
		expect(sections).toEqual([{ id: below, name: 'Кружки' }]);
		expect(await bench.shop.rest('catalog.section.update', { id: below, fields: { active: 'N' } })).toMatchObject({
			status: 400,
			error: 0,
			body: { error_description: 'Required fields: iblockId, name' },
		});
		const { section } = await must(
			bench.shop.rest('catalog.section.update', {
				id: below,
				fields: { iblockId: bench.shop.products, name: 'Чашки', iblockSectionId: 0 },
			}),
		);
		expect(section).toMatchObject({ name: 'Чашки', iblockSectionId: null });
	});

	it('a list must name the block', async () => {
		expect((await bench.shop.rest('catalog.section.list', {})).body.error_description).toBe(
			'Required filter fields: iblockId',
		);
		expect(await bench.shop.rest('catalog.section.list', { filter: { iblockId: 999 } })).toMatchObject({
			error: 200040300000,
		});
	});

	it.each([
		['a parent that is not there', { iblockSectionId: 999 }, 200700300030],
		['a block that is not there', { iblockId: 999 }, 200700300050],
		['a code that is taken', { code: 'taken' }, 200700300040],
	])('refuses %s', async (_case, fields, error) => {
		await bench.shop.addSection({ code: 'taken' });
		expect(
			await bench.shop.rest('catalog.section.add', { fields: { iblockId: bench.shop.products, name: 'x', ...fields } }),
		).toMatchObject({ status: 400, error });
	});

	it('cannot be moved below itself', async () => {
		const top = await bench.shop.addSection();
		const below = await bench.shop.addSection({ iblockSectionId: top });
		expect(
			(
				await bench.shop.rest('catalog.section.update', {
					id: top,
					fields: { iblockId: bench.shop.products, name: 'x', iblockSectionId: below },
				})
			).status,
		).toBe(400);
	});

	it('a deletion takes along what is below, and the items that lie nowhere else', async () => {
		const [top, other] = [await bench.shop.addSection(), await bench.shop.addSection()];
		const below = await bench.shop.addSection({ iblockSectionId: top });
		const lost = await bench.shop.addProduct({ iblockSectionId: below });
		const kept = await bench.shop.addProduct({ iblockSectionId: below, iblockSection: [below, other] });
		await must(bench.shop.rest('catalog.section.delete', { id: top }));
		expect((await bench.shop.rest('catalog.section.get', { id: below })).error).toBe(200700300030);
		expect((await bench.shop.rest('catalog.product.get', { id: lost.id })).status).toBe(400);
		expect(await bench.shop.getProduct(kept.id)).toMatchObject({ iblockSectionId: other, iblockSection: [other] });
	});
});

describe('units, VAT rates, price types, stores, ratios', () => {
	it('units have unique numbers, and one is the default', async () => {
		const { measures } = await must(bench.shop.rest('catalog.measure.list', { select: ['code', 'symbol', 'isDefault'] }));
		expect(measures).toEqual(
			[
				[6, 'м', 'N'],
				[112, 'л', 'N'],
				[163, 'г', 'N'],
				[166, 'кг', 'N'],
				[796, 'шт', 'Y'],
			].map(([code, symbol, isDefault]) => ({ code, symbol, isDefault })),
		);
		expect((await bench.shop.rest('catalog.measure.add', { fields: { code: 796, measureTitle: 'Штука' } })).status).toBe(
			400,
		);
		await must(bench.shop.rest('catalog.measure.add', { fields: { code: 778, measureTitle: 'Упаковка', isDefault: 'Y' } }));
		expect(
			(await must(bench.shop.rest('catalog.measure.list', { filter: { isDefault: 'Y' }, select: ['code'] }))).measures,
		).toEqual([{ code: 778 }]);
	});

	it('0 % is a rate, «without VAT» is none', async () => {
		const { vats } = await must(bench.shop.rest('catalog.vat.list', { select: ['name', 'rate'] }));
		expect(vats).toEqual([
			{ name: 'Без НДС', rate: null },
			{ name: 'НДС 0%', rate: 0 },
			{ name: 'НДС 10%', rate: 10 },
			{ name: 'НДС 20%', rate: 20 },
		]);
	});

	it('exactly one price type is the base; it cannot be deleted', async () => {
		const list = async (): Promise<unknown> =>
			(await must(bench.shop.rest('catalog.priceType.list', { select: ['id', 'base'] }))).priceTypes;
		expect(await list()).toEqual([
			{ id: 1, base: 'Y' },
			{ id: 2, base: 'N' },
			{ id: 3, base: 'N' },
			{ id: 4, base: 'N' },
		]);
		await must(bench.shop.rest('catalog.priceType.update', { id: 3, fields: { base: 'Y' } }));
		expect(await list()).toEqual([
			{ id: 1, base: 'N' },
			{ id: 2, base: 'N' },
			{ id: 3, base: 'Y' },
			{ id: 4, base: 'N' },
		]);
		expect((await bench.shop.rest('catalog.priceType.delete', { id: 3 })).status).toBe(400);
		expect(
			(await must(bench.shop.rest('catalog.priceTypeLang.list', { filter: { catalogGroupId: 2 } }))).priceTypeLangs,
		).toEqual([expect.objectContaining({ name: 'Оптовая цена', lang: 'ru' })]);
	});

	it('stores can be made, changed and deleted', async () => {
		expect((await bench.shop.rest('catalog.store.add', { fields: { title: 'x' } })).body.error_description).toBe(
			'Required fields: address',
		);
		const { store } = await must(
			bench.shop.rest('catalog.store.add', { fields: { title: 'Новый', address: 'Тула', xmlId: 'uuid-1' } }),
		);
		expect(
			(await must(bench.shop.rest('catalog.store.update', { id: store?.id, fields: { active: 'N' } }))).store,
		).toMatchObject({ active: 'N', xmlId: 'uuid-1', address: 'Тула' });
		expect(await must(bench.shop.rest('catalog.store.delete', { id: store?.id }))).toBe(true);
		expect((await bench.shop.rest('catalog.store.get', { id: store?.id })).status).toBe(400);
	});

	it('ratios and stocks can be read only', async () => {
		const { id } = await bench.shop.addProduct();
		expect((await must(bench.shop.rest('catalog.ratio.list', { filter: { productId: id } }))).ratios).toEqual([
			expect.objectContaining({ ratio: 1, isDefault: 'Y' }),
		]);
		for (const method of ['catalog.ratio.add', 'catalog.storeproduct.add', 'catalog.storeproduct.update'])
			expect((await bench.shop.rest(method, { fields: {} })).status).toBe(404);
	});

	it.each([
		'section',
		'price',
		'priceType',
		'priceTypeLang',
		'measure',
		'vat',
		'ratio',
		'store',
		'storeproduct',
		'productProperty',
		'productPropertyEnum',
		'productImage',
		'document',
		'document.element',
		'catalog',
	])('catalog.%s tells its fields', async (entity) => {
		const [fields] = Object.values(await must(bench.shop.rest(`catalog.${entity}.getFields`)));
		expect(fields?.id).toEqual({ type: 'integer', isRequired: false, isReadOnly: true, isImmutable: false });
	});
});
