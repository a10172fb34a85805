import { CatalogClient } from './catalogClient';
import { control, must, type Json } from './restClient';
import { startBitrix, type RunningBitrix } from './start.cts';

let bitrix: RunningBitrix;
let shop: CatalogClient;
let productId: unknown;

beforeEach(async () => {
	bitrix = await startBitrix({ edition: 'box' });
	shop = new CatalogClient(bitrix);
	productId = (await shop.addProduct()).id;
});
afterEach(async () => await bitrix.close());

const content = (text: string): string => btoa(encodeURIComponent(text));

const add = async (name: string, type?: string, id = productId): ReturnType<CatalogClient['rest']> =>
	await shop.rest('catalog.productImage.add', {
		fields: { productId: id, ...(type && { type }) },
		fileContent: [name, content(name)],
	});

const list = async (id = productId): Promise<Json[]> =>
	(await must(shop.rest('catalog.productImage.list', { productId: id }))).productImages as unknown as Json[];

it('photos are appended, also the same one twice; main pictures are replaced', async () => {
	for (const name of ['a.jpg', 'a.jpg', 'b.png']) await must(add(name));
	for (const name of ['c.jpg', 'd.jpg']) await must(add(name, 'DETAIL_PICTURE'));
	await must(add('e.webp', 'PREVIEW_PICTURE'));
	expect((await list()).map(({ name, type }) => [name, type])).toEqual([
		['d.jpg', 'DETAIL_PICTURE'],
		['e.webp', 'PREVIEW_PICTURE'],
		['a.jpg', 'MORE_PHOTO'],
		['a.jpg', 'MORE_PHOTO'],
		['b.png', 'MORE_PHOTO'],
	]);
	expect((await shop.getProduct(productId)).detailPicture).toMatchObject({ id: String((await list())[0]?.id) });
});

it('its addresses serve the file: one with credentials, one for everybody', async () => {
	const { productImage } = await must(add('фото 1.jpg'));
	expect(productImage).toMatchObject({ id: expect.any(Number), productId, createTime: expect.stringMatching(/\+03:00$/) });
	for (const url of [String(productImage?.downloadUrl), bitrix.url + String(productImage?.detailUrl)]) {
		const answer = await fetch(url);
		expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'image/jpeg']);
	}
	expect((await fetch(String(productImage?.downloadUrl).replace(/token=\d+/, 'token=6002'))).status).toBe(404);
	expect((await fetch(`${bitrix.url}/upload/iblock/001/x.jpg`)).status).toBe(404);
});

it('a photo can be deleted, and is then no longer served', async () => {
	const { productImage } = await must(add('a.jpg'));
	const kept = await must(add('b.jpg'));
	expect(await must(shop.rest('catalog.productImage.delete', { productId, id: productImage?.id }))).toBe(true);
	expect(await list()).toMatchObject([{ id: kept.productImage?.id }]);
	expect((await fetch(String(productImage?.downloadUrl))).status).toBe(404);
	expect((await shop.rest('catalog.productImage.get', { productId, id: productImage?.id })).body.error_description).toBe(
		'Image does not exist',
	);
});

it('only pictures are taken, and something must be in them', async () => {
	expect((await add('a.pdf')).status).toBe(400);
	expect(
		(await shop.rest('catalog.productImage.add', { fields: { productId }, fileContent: ['a.jpg', ''] })).body
			.error_description,
	).toBe('Could not save image.');
	expect((await shop.rest('catalog.productImage.add', { fields: { productId } })).error).toBe(100);
	expect((await add('a.jpg', undefined, 1)).body.error_description).toBe('Product was not found');
});

it('photos need the property MORE_PHOTO; main pictures do not', async () => {
	const property = bitrix.portal.store.properties
		.all()
		.find(({ code, iblockId }) => code === 'MORE_PHOTO' && iblockId === shop.products);
	await must(shop.rest('catalog.productProperty.delete', { id: property?.id }));
	expect((await add('a.jpg')).body.error_description).toContain('Image product property does not exists');
	expect((await add('a.jpg', 'DETAIL_PICTURE')).status).toBe(200);
});

it('works for SKU parents and offers; an old core does not find the parents', async () => {
	const sku = await shop.addSku();
	const offer = await shop.addOffer({ parentId: sku.id });
	for (const id of [sku.id, offer.id]) expect((await add('a.jpg', undefined, id)).status).toBe(200);
	await control(bitrix, 'PUT switches', { oldCore: true });
	expect((await add('a.jpg', undefined, sku.id)).body.error_description).toBe('Product was not found');
	expect((await add('a.jpg', undefined, offer.id)).status).toBe(200);
});

it('there is no update', async () => {
	expect((await shop.rest('catalog.productImage.update', {})).status).toBe(404);
});

it('select limits what is shown', async () => {
	await must(add('a.jpg'));
	const { productImages } = await must(shop.rest('catalog.productImage.list', { productId, select: ['id', 'name'] }));
	expect(productImages).toEqual([{ id: expect.any(Number), name: 'a.jpg' }]);
});
