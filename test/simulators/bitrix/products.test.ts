import { freshShop } from './catalogClient';
import { must } from './restClient';
import { startBitrix } from './start.cts';

const bench = freshShop();

describe('catalogs', () => {
	it('a list shows pairs of goods and offers, the wrong pair first, and no blocks that sell nothing', async () => {
		const { catalogs } = await must(bench.shop.rest('catalog.catalog.list', {}));
		const { main, decoy } = bench.bitrix.catalogs;
		expect(catalogs).toMatchObject([
			{ iblockId: decoy.products, productIblockId: null, skuPropertyId: null },
			{ iblockId: decoy.offers, productIblockId: decoy.products },
			{ iblockId: main.products, id: main.products },
			{ iblockId: main.offers, productIblockId: main.products, skuPropertyId: main.skuProperty },
		]);
		expect(bench.bitrix.portal.store.iblocks.all().map(({ isCatalog }) => isCatalog)).toContain(false);
	});

	it('more pairs can be asked for', async () => {
		const other = await startBitrix({ catalogs: [{ name: 'Опт' }] });
		try {
			expect(other.catalogs.more).toHaveLength(1);
			expect(other.portal.store.iblocks.get(other.catalogs.more[0]?.offers ?? 0)?.productIblockId).toBe(
				other.catalogs.more[0]?.products,
			);
		} finally {
			await other.close();
		}
	});
});

describe('products', () => {
	it('are written under «element», read under «product», with the documented types of values', async () => {
		const vatId = 4;
		const made = await bench.shop.addProduct({
			code: 'mug',
			xmlId: 'ms-1',
			quantity: '7.5',
			active: 'Y',
			vatId,
			vatIncluded: 'Y',
			weight: 350,
			detailText: '<b>x</b>',
			detailTextType: 'html',
			purchasingPrice: 12.34,
			purchasingCurrency: 'RUB',
		});
		expect(made).toMatchObject({
			id: expect.any(Number),
			iblockId: bench.shop.products,
			type: 1,
			name: 'Кружка',
			xmlId: 'ms-1',
			quantity: 7.5,
			available: 'Y',
			bundle: 'N',
			vatId,
			weight: 350,
			purchasingPrice: '12.340000',
			measure: 5,
			previewText: null,
			detailTextType: 'html',
			dateCreate: expect.stringMatching(/\+03:00$/),
		});
		expect((await bench.shop.getProduct(made.id)).name).toBe('Кружка');
		const { products } = await must(
			bench.shop.rest('catalog.product.list', {
				select: ['id', 'iblockId', 'purchasingPrice'],
				filter: { iblockId: bench.shop.products },
			}),
		);
		expect(products).toEqual([{ id: made.id, iblockId: bench.shop.products, purchasingPrice: 12.34 }]);
	});

	it('T1: unknown names, read-only fields and dates that cannot be read are dropped without an error', async () => {
		const made = await bench.shop.addProduct({
			id: 5,
			type: 7,
			nonsense: 1,
			Quantity: 3,
			dateActiveFrom: '31 февраля',
			timestampX: '2020-01-01T00:00:00+03:00',
			available: 'N',
		});
		expect(made).toMatchObject({ type: 1, dateActiveFrom: null });
		expect(made.id).not.toBe(5);
		expect(made.timestampX).not.toBe('2020-01-01T00:00:00+03:00');
		expect(await bench.shop.updateProduct(made.id, { dateActiveFrom: '2026-11-21', dateActiveTo: 'never' })).toMatchObject({
			dateActiveFrom: '2026-11-21T00:00:00+03:00',
			dateActiveTo: null,
		});
	});

	it('only the letters Y and N are flags: a JSON true means no', async () => {
		expect((await bench.shop.addProduct({ active: true })).active).toBe('N');
	});

	it('T11: an external code that is empty or not given becomes the id', async () => {
		const [absent, empty] = [await bench.shop.addProduct(), await bench.shop.addProduct({ xmlId: '' })];
		expect(absent.xmlId).toBe(String(absent.id));
		expect(empty.xmlId).toBe(String(empty.id));
		expect((await bench.shop.updateProduct(absent.id, { xmlId: 'own' })).xmlId).toBe('own');
		expect((await bench.shop.updateProduct(absent.id, { xmlId: '' })).xmlId).toBe(String(absent.id));
	});

	it('T13: two equal adds make two products', async () => {
		await bench.shop.addProduct({ xmlId: 'twice' });
		await bench.shop.addProduct({ xmlId: 'twice' });
		expect(await bench.shop.namesOf({ '=xmlId': 'twice' })).toHaveLength(2);
	});

	it('a symbolic code is unique within its block', async () => {
		await bench.shop.addProduct({ code: 'mug' });
		expect(
			await bench.shop.rest('catalog.product.add', { fields: { iblockId: bench.shop.products, name: 'x', code: 'mug' } }),
		).toMatchObject({ status: 400, error: 0, body: { error_description: expect.stringContaining('already exists') } });
		await bench.shop.addOffer({ code: 'mug' });
		const other = await bench.shop.addProduct({ code: 'cup' });
		expect((await bench.shop.rest('catalog.product.update', { id: other.id, fields: { code: 'mug' } })).status).toBe(400);
		expect((await bench.shop.updateProduct(other.id, { code: 'cup' })).code).toBe('cup');
	});

	it.each([
		['no name', { name: '' }, 0],
		['another block', { iblockId: 999 }, 200040300000],
		['a block of news', { iblockId: 12 }, 200040300000],
		['a section that is not there', { iblockSectionId: 999 }, 200040300050],
		['a VAT rate that is not there', { vatId: 99 }, ''],
		['a currency that is not there', { purchasingCurrency: 'XXX' }, ''],
		['a user that is not there', { modifiedBy: 77 }, ''],
	])('refuses %s', async (_case, fields, error) => {
		expect(
			await bench.shop.rest('catalog.product.add', { fields: { iblockId: bench.shop.products, name: 'x', ...fields } }),
		).toMatchObject({ status: 400, error });
	});

	it('an update need not name the block, but may not name another', async () => {
		const { id } = await bench.shop.addProduct();
		expect(
			(await bench.shop.rest('catalog.product.update', { id, fields: { iblockId: bench.shop.products, name: 'y' } })).status,
		).toBe(200);
		expect(
			(await bench.shop.rest('catalog.product.update', { id, fields: { iblockId: bench.shop.offers, name: 'y' } })).status,
		).toBe(400);
	});

	it('delete really deletes, prices and stocks too', async () => {
		const { id } = await bench.shop.addProduct();
		await must(
			bench.shop.rest('catalog.price.add', { fields: { productId: id, catalogGroupId: 1, price: 5, currency: 'RUB' } }),
		);
		expect(await must(bench.shop.rest('catalog.product.delete', { id }))).toBe(true);
		expect((await bench.shop.rest('catalog.product.get', { id })).status).toBe(400);
		expect(await must(bench.shop.rest('catalog.price.list', { filter: { productId: id } }))).toEqual({ prices: [] });
	});

	it('is available while there is some, or when it may be bought without', async () => {
		const { id, available } = await bench.shop.addProduct({ quantity: 0, quantityTrace: 'Y' });
		expect(available).toBe('N');
		expect((await bench.shop.updateProduct(id, { quantity: 1 })).available).toBe('Y');
		expect((await bench.shop.updateProduct(id, { quantity: 0, canBuyZero: 'Y' })).available).toBe('Y');
		expect((await bench.shop.updateProduct(id, { canBuyZero: 'N', quantityTrace: 'N' })).available).toBe('Y');
	});
});

describe('T8: sections of a product', () => {
	it('the main section alone rewrites all bindings', async () => {
		const [one, two, three] = [await bench.shop.addSection(), await bench.shop.addSection(), await bench.shop.addSection()];
		const made = await bench.shop.addProduct({ iblockSectionId: one, iblockSection: [one, two] });
		expect(made).toMatchObject({ iblockSectionId: one, iblockSection: [one, two] });
		expect(await bench.shop.updateProduct(made.id, { name: 'Same place' })).toMatchObject({ iblockSection: [one, two] });
		expect(await bench.shop.updateProduct(made.id, { iblockSectionId: three })).toMatchObject({
			iblockSectionId: three,
			iblockSection: [three],
		});
	});

	it('a main section that is not in the list is ignored', async () => {
		const [one, two, three] = [await bench.shop.addSection(), await bench.shop.addSection(), await bench.shop.addSection()];
		const { id } = await bench.shop.addProduct({ iblockSectionId: two });
		expect(await bench.shop.updateProduct(id, { iblockSectionId: three, iblockSection: [one, two] })).toMatchObject({
			iblockSectionId: two,
			iblockSection: [one, two],
		});
		expect(await bench.shop.updateProduct(id, { iblockSectionId: two, IblockSection: [one, three] })).toMatchObject({
			iblockSectionId: one,
			iblockSection: [one, three],
		});
	});
});
