import { freshShop } from './catalogClient';
import { control, must } from './restClient';

const bench = freshShop();

describe('families', () => {
	it('an SKU parent is born empty, becomes a parent with its first offer, and empty again without', async () => {
		const sku = await bench.shop.addSku();
		expect(sku.type).toBe(6);
		const offer = await bench.shop.addOffer({ parentId: sku.id, quantity: 3 });
		expect(offer).toMatchObject({ type: 4, parentId: { value: String(sku.id), valueId: expect.any(String) }, quantity: 3 });
		expect((await must(bench.shop.rest('catalog.product.sku.get', { id: sku.id }))).sku).toMatchObject({
			type: 3,
			available: 'Y',
		});
		await must(bench.shop.rest('catalog.product.offer.delete', { id: offer.id }));
		expect((await must(bench.shop.rest('catalog.product.sku.get', { id: sku.id }))).sku).toMatchObject({
			type: 6,
			available: 'N',
		});
	});

	it('an offer can move to another parent', async () => {
		const [from, to] = [await bench.shop.addSku(), await bench.shop.addSku()];
		const { id } = await bench.shop.addOffer({ parentId: from.id });
		await must(bench.shop.rest('catalog.product.offer.update', { id, fields: { parentId: { value: to.id } } }));
		const typeOf = (sku: typeof from): number | undefined => bench.bitrix.portal.store.elements.get(Number(sku.id))?.type;
		expect([typeOf(from), typeOf(to)]).toEqual([6, 3]);
	});

	it('an offer without parent is a free offer', async () => {
		expect(await bench.shop.addOffer()).toMatchObject({ type: 5, parentId: null });
	});

	it('an offer under a simple product converts it', async () => {
		const { id } = await bench.shop.addProduct();
		await bench.shop.addOffer({ parentId: { value: id } });
		expect(bench.bitrix.portal.store.elements.get(Number(id))?.type).toBe(3);
	});

	it('price, unit, stock and VAT of an SKU parent cannot be written, and are not shown', async () => {
		const sku = await bench.shop.addSku({ quantity: 5, weight: 10, measure: 1, vatId: 3 });
		expect(sku).not.toHaveProperty('quantity');
		const { units } = await must(
			bench.shop.rest('catalog.product.sku.list', {
				select: ['id', 'iblockId', 'quantity', 'weight', 'vatId'],
				filter: { iblockId: bench.shop.products },
			}),
		);
		expect(units).toEqual([{ id: sku.id, iblockId: bench.shop.products, quantity: 0, weight: 0, vatId: null }]);
	});

	it('a service is a type of its own', async () => {
		const { service } = await must(
			bench.shop.rest('catalog.product.service.add', { fields: { iblockId: bench.shop.products, name: 'Доставка' } }),
		);
		expect(service).toMatchObject({ type: 7, available: 'Y' });
		expect(service).not.toHaveProperty('quantity');
	});

	it('each list has its key; that of products shows parents and services too', async () => {
		const [product, sku] = [await bench.shop.addProduct(), await bench.shop.addSku()];
		const { service } = await must(
			bench.shop.rest('catalog.product.service.add', { fields: { iblockId: bench.shop.products, name: 'Доставка' } }),
		);
		const idsOf = async (method: string, iblockId = bench.shop.products): Promise<unknown> =>
			await must(bench.shop.rest(method, { select: ['id', 'iblockId'], filter: { iblockId } }));
		const row = (id: unknown): unknown => expect.objectContaining({ id });
		expect(await idsOf('catalog.product.list')).toEqual({ products: [row(product.id), row(sku.id), row(service?.id)] });
		expect(await idsOf('catalog.product.sku.list')).toEqual({ units: [row(sku.id)] });
		expect(await idsOf('catalog.product.service.list')).toEqual({ services: [row(service?.id)] });
		expect(await idsOf('catalog.product.offer.list', bench.shop.offers)).toEqual({ offers: [] });
	});

	it.each([
		['an offer among products', 'catalog.product.offer.add', 'products'],
		['a product among offers', 'catalog.product.add', 'offers'],
		['an SKU parent among offers', 'catalog.product.sku.add', 'offers'],
		['a service among offers', 'catalog.product.service.add', 'offers'],
	] as const)('refuses %s', async (_case, method, block) => {
		expect(await bench.shop.rest(method, { fields: { iblockId: bench.shop[block], name: 'x' } })).toMatchObject({
			status: 400,
			body: { error_description: 'productType is not allowed for this catalog' },
		});
	});

	it('a family does not see the items of another', async () => {
		const { id } = await bench.shop.addProduct();
		expect((await bench.shop.rest('catalog.product.sku.get', { id })).status).toBe(400);
		expect((await bench.shop.rest('catalog.product.offer.update', { id, fields: { name: 'x' } })).status).toBe(400);
	});

	it('getFieldsByFilter tells the fields of a block and type', async () => {
		const property = await bench.shop.addProperty({ name: 'Бренд', code: 'BRAND' });
		const { product } = await must(
			bench.shop.rest('catalog.product.getFieldsByFilter', { filter: { iblockId: bench.shop.products, productType: 1 } }),
		);
		expect(product).toMatchObject({
			id: { type: 'integer', isReadOnly: true, isRequired: false, isImmutable: false },
			iblockId: { isRequired: true, isImmutable: true },
			name: { isRequired: true },
			quantity: { type: 'double', isReadOnly: false },
			[`property${property}`]: {
				type: 'productproperty',
				propertyType: 'S',
				userType: '',
				isMultiple: false,
				name: 'Бренд',
			},
		});
		const { sku } = await must(
			bench.shop.rest('catalog.product.sku.getFieldsByFilter', { filter: { iblockId: bench.shop.products } }),
		);
		expect(sku).not.toHaveProperty('quantity');
		expect(
			(await bench.shop.rest('catalog.product.getFieldsByFilter', { filter: { iblockId: bench.shop.products } })).status,
		).toBe(400);
		const { offer } = await must(
			bench.shop.rest('catalog.product.offer.getFieldsByFilter', { filter: { iblockId: bench.shop.offers } }),
		);
		expect(offer?.parentId).toMatchObject({ userType: 'SKU' });
	});
});

describe('an old core', () => {
	beforeEach(
		async () =>
			void (await control(bench.bitrix, 'PUT switches', {
				oldCore: true,
				missingMethods: ['productImage', 'product\\.sku'],
			})),
	);

	it('wants the name, the block and the section at each write', async () => {
		expect(
			await bench.shop.rest('catalog.product.add', { fields: { iblockId: bench.shop.products, name: 'x' } }),
		).toMatchObject({ error: 0, body: { error_description: 'Required fields: iblockSectionId' } });
		const section = await bench.shop.addSection();
		const { id } = await bench.shop.addProduct({ iblockSectionId: section });
		expect((await bench.shop.rest('catalog.product.update', { id, fields: { name: 'y' } })).status).toBe(400);
		expect(
			(
				await bench.shop.rest('catalog.product.update', {
					id,
					fields: { name: 'y', iblockId: bench.shop.products, iblockSectionId: section },
				})
			).status,
		).toBe(200);
	});

	it('shows zeros as null', async () => {
		expect(
			(await bench.shop.addProduct({ iblockSectionId: await bench.shop.addSection(), quantity: 0 })).quantity,
		).toBeNull();
	});

	it('lacks methods', async () => {
		expect(await bench.shop.rest('catalog.product.sku.list', {})).toMatchObject({
			status: 404,
			error: 'ERROR_METHOD_NOT_FOUND',
		});
		expect(await must(bench.shop.rest('method.get', { name: 'catalog.productimage.list' }))).toEqual({
			isExisting: false,
			isAvailable: false,
		});
	});
});
