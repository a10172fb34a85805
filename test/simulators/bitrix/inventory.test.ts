import { CatalogClient } from './catalogClient';
import { control, must, type Json } from './restClient';
import { startBitrix, type RunningBitrix } from './start.cts';

let bitrix: RunningBitrix;
let shop: CatalogClient;

const start = async (inventory: 'Y' | 'N'): Promise<void> => {
	bitrix = await startBitrix({ inventory });
	shop = new CatalogClient(bitrix);
};

afterEach(async () => await bitrix.close());

const quantityOf = (id: unknown): number | undefined => bitrix.portal.store.elements.get(Number(id))?.quantity;

async function newDocument(docType: string, more: Record<string, unknown> = {}): Promise<number> {
	return Number(
		(
			await must(
				shop.rest('catalog.document.add', {
					fields: { docType, currency: 'RUB', responsibleId: 1, title: 'run 1', ...more },
				}),
			)
		).document?.id,
	);
}

const addLine = async (docId: number, line: Record<string, unknown>): Promise<Json> =>
	await must(shop.rest('catalog.document.element.add', { fields: { docId, ...line } }));

async function book(docType: string, ...lines: Array<Record<string, unknown>>): Promise<number> {
	const id = await newDocument(docType);
	for (const line of lines) await addLine(id, line);
	await must(shop.rest('catalog.document.conduct', { id }));
	return id;
}

const amounts = async (productId: unknown): Promise<unknown> =>
	(
		await must(
			shop.rest('catalog.storeproduct.list', {
				filter: { '@productId': [productId] },
				select: ['storeId', 'amount', 'quantityReserved'],
			}),
		)
	).storeProducts;

describe('without inventory management', () => {
	beforeEach(async () => await start('N'));

	it('the quantity is written directly', async () => {
		expect(await must(shop.rest('catalog.document.mode.status'))).toBe('N');
		const { id } = await shop.addProduct({ quantity: 5 });
		expect(await shop.updateProduct(id, { quantity: 7.125, quantityReserved: 2 })).toMatchObject({
			quantity: 7.125,
			quantityReserved: 2,
		});
	});

	it('documents can be drafted, not conducted', async () => {
		const { id: elementId } = await shop.addProduct();
		const id = await newDocument('S');
		await addLine(id, { elementId, storeTo: 1, amount: 1 });
		expect((await shop.rest('catalog.document.conduct', { id })).status).toBe(400);
		expect(quantityOf(elementId)).toBe(0);
	});
});

describe('with inventory management', () => {
	beforeEach(async () => await start('Y'));

	it('T2: quantity and purchasing price are read-only, and a write of them succeeds', async () => {
		const { id } = await shop.addProduct({ quantity: 5, purchasingPrice: 10, purchasingCurrency: 'RUB' });
		expect(
			await shop.updateProduct(id, { quantity: 9, quantityReserved: 3, purchasingPrice: 11, name: 'Moved' }),
		).toMatchObject({ name: 'Moved', quantity: 0, quantityReserved: 0, purchasingPrice: null });
		const { product } = await must(
			shop.rest('catalog.product.getFieldsByFilter', { filter: { iblockId: shop.products, productType: 1 } }),
		);
		expect(product).toMatchObject({
			quantity: { isReadOnly: true },
			purchasingCurrency: { isReadOnly: true },
			weight: { isReadOnly: false },
		});
	});

	it('quantityTrace is ignored', async () => {
		const { id } = await shop.addProduct();
		expect((await shop.updateProduct(id, { quantityTrace: 'N' })).quantityTrace).toBe('Y');
	});

	it('documents add and take in stores; the quantity is their sum less what is reserved', async () => {
		const { id: elementId } = await shop.addProduct();
		await book('S', { elementId, storeTo: 1, amount: 10, purchasingPrice: 5.5 }, { elementId, storeTo: 2, amount: 2.5 });
		expect(quantityOf(elementId)).toBe(12.5);
		expect((await shop.getProduct(elementId)).purchasingPrice).toBe('5.500000');
		await book('D', { elementId, storeFrom: 1, amount: 4 });
		await book('M', { elementId, storeFrom: 1, storeTo: 3, amount: 1 });
		await book('R', { elementId, storeTo: 2, amount: 1 });
		expect(await amounts(elementId)).toEqual([
			{ storeId: 1, amount: 5, quantityReserved: 0 },
			{ storeId: 2, amount: 3.5, quantityReserved: 0 },
			{ storeId: 3, amount: 1, quantityReserved: 0 },
		]);
		expect(quantityOf(elementId)).toBe(9.5);
	});

	it('a draft changes nothing; a conducted document can be canceled, not changed, not deleted', async () => {
		const { id: elementId } = await shop.addProduct();
		const id = await newDocument('S');
		const line = await addLine(id, { elementId, storeTo: 1, amount: 3 });
		expect(quantityOf(elementId)).toBe(0);
		await must(shop.rest('catalog.document.conduct', { id }));
		expect(
			(await must(shop.rest('catalog.document.list', { filter: { id }, select: ['status', 'title'] }))).documents,
		).toEqual([{ status: 'Y', title: 'run 1' }]);
		for (const call of [
			shop.rest('catalog.document.conduct', { id }),
			shop.rest('catalog.document.delete', { id }),
			shop.rest('catalog.document.update', { id, fields: { title: 'x' } }),
			shop.rest('catalog.document.element.update', { id: line.documentElement?.id, fields: { amount: 5 } }),
			shop.rest('catalog.document.element.add', { fields: { docId: id, elementId, amount: 5 } }),
		])
			expect((await call).status).toBe(400);
		await must(shop.rest('catalog.document.cancel', { id }));
		expect(quantityOf(elementId)).toBe(0);
		expect(await must(shop.rest('catalog.document.delete', { id }))).toBe(true);
		expect((await must(shop.rest('catalog.document.element.list', { filter: { docId: id } }))).documentElements).toEqual([]);
	});

	it.each([
		['no lines', []],
		['no store', [{ amount: 1 }]],
		['a store that is not there', [{ amount: 1, storeTo: 99 }]],
		['no amount', [{ storeTo: 1 }]],
	])('conducts nothing with %s', async (_case, lines) => {
		const { id: elementId } = await shop.addProduct();
		const id = await newDocument('S');
		for (const line of lines) await addLine(id, { elementId, ...line });
		expect((await shop.rest('catalog.document.conduct', { id })).status).toBe(400);
		expect(quantityOf(elementId)).toBe(0);
	});

	it('takes no more than there is, summed over the lines', async () => {
		const { id: elementId } = await shop.addProduct();
		await book('S', { elementId, storeTo: 1, amount: 3 });
		const id = await newDocument('D');
		for (const amount of [2, 2]) await addLine(id, { elementId, storeFrom: 1, amount });
		expect((await shop.rest('catalog.document.conduct', { id })).status).toBe(400);
		expect(quantityOf(elementId)).toBe(3);
	});

	it('services are not allowed; an arrival wants a supplier; types are known', async () => {
		const { service } = await must(
			shop.rest('catalog.product.service.add', { fields: { iblockId: shop.products, name: 'x' } }),
		);
		const id = await newDocument('S');
		await addLine(id, { elementId: service?.id, storeTo: 1, amount: 1 });
		expect((await shop.rest('catalog.document.conduct', { id })).body.error_description).toContain('services');
		const arrival = await newDocument('A');
		await addLine(arrival, { elementId: (await shop.addProduct()).id, storeTo: 1, amount: 1 });
		expect((await shop.rest('catalog.document.conduct', { id: arrival })).body.error_description).toContain('supplier');
		expect(
			(await shop.rest('catalog.document.add', { fields: { docType: 'Z', currency: 'RUB', responsibleId: 1 } })).status,
		).toBe(400);
		const types = (await must(shop.rest('catalog.enum.getStoreDocumentTypes'))).enum as unknown as Json[];
		expect(types.map(({ id: type }) => type)).toEqual(['A', 'S', 'M', 'R', 'D']);
	});

	it('several documents are conducted together: those that can be, and the first failure is told', async () => {
		const { id: elementId } = await shop.addProduct();
		const [good, bad] = [await newDocument('S'), await newDocument('S')];
		await addLine(good, { elementId, storeTo: 1, amount: 2 });
		expect((await shop.rest('catalog.document.conductList', { documentIds: [bad, good] })).status).toBe(400);
		expect(quantityOf(elementId)).toBe(2);
		expect(await must(shop.rest('catalog.document.cancelList', { documentIds: [good] }))).toBe(true);
	});

	it('what an interrupted run left can be found by its number', async () => {
		const id = await newDocument('S', { docNumber: 'run-77' });
		const { documents } = await must(
			shop.rest('catalog.document.list', { filter: { docNumber: 'run-77' }, select: ['id'] }),
		);
		expect(documents).toEqual([{ id }]);
	});
});

it('turned on later, what was there lies in the first store', async () => {
	await start('N');
	const { id } = await shop.addProduct({ quantity: 8 });
	await control(bitrix, 'PUT inventory', { mode: 'Y' });
	expect(await must(shop.rest('catalog.document.mode.status'))).toBe('Y');
	expect(await amounts(id)).toEqual([{ storeId: 1, amount: 8, quantityReserved: 0 }]);
	expect(quantityOf(id)).toBe(8);
});
