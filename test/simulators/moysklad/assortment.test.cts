import { ask, encode, metaOf, UNLIMITED, useShop, type Json, type Reply } from './caller.cts';
import type { RunningMoySklad } from './start.cts';

let shop: RunningMoySklad;
const size = { products: 20, variantShare: 0.5, variantsEach: 3, archivedShare: 0, bundles: 2, services: 2 };
const { get, post } = useShop({ size, rate: UNLIMITED }, (started) => (shop = started));

describe('assortment', () => {
	const lean = { 'x-lognex-remap-beta-feature': 'assortmentWithoutStock' };
	const list = async (query: string, headers: Json = {}): Promise<Reply> =>
		await ask(shop, 'GET', `entity/assortment?${query}`, { headers });
	const types = (reply: Reply): string[] =>
		[...new Set(reply.body.rows.map(({ meta }: Json) => meta.type as string))].sort() as string[];

	it('has all kinds of goods; the old form shows stock, the new one does not', async () => {
		const old = await list('');
		expect(types(old)).toEqual(['bundle', 'product', 'service', 'variant']);
		expect(old.body.rows.find(({ meta }: Json) => meta.type === 'variant')).toHaveProperty('stock');
		expect(old.body.rows.find(({ meta }: Json) => meta.type === 'bundle')).not.toHaveProperty('stock');
		const fresh = await list('', lean);
		expect(fresh.body.meta.size).toBe(old.body.meta.size);
		expect(fresh.body.rows.some((row: Json) => 'stock' in row || 'quantity' in row)).toBe(false);
	});

	it('is filtered by the documented fields only', async () => {
		expect(types(await list(encode('type=variant;type=service'), lean))).toEqual(['service', 'variant']);
		expect((await list(encode('type=store'), lean)).code).toBe(1041);
		expect((await list(encode('article=A-000001'), lean)).code).toBe(1034);
		expect((await list(encode('article=A-000001'))).body.rows.length).toBeGreaterThan(0);
		expect((await list(encode('barcode!=1'), lean)).code).toBe(1034);
		expect((await list(encode('stockMode=positiveOnly'), lean)).code).toBe(1034);
		const positive = (await list(encode('stockMode=positiveOnly'))).body.rows as Json[];
		expect(positive.length).toBeGreaterThan(0);
		expect(positive.every(({ stock }) => stock > 0)).toBe(true);
	});

	it('knows folders with and without subfolders, for variants too', async () => {
		const chain = (await get('productfolder?order=pathName&limit=1000')).rows as Json[];
		const top = chain.find(
			(row) => row.pathName === '' && chain.some((other) => other.productFolder?.meta.href === row.meta.href),
		) as Json;
		const deep = (await list(encode(`productFolder=${top.meta.href}`), lean)).body.rows as Json[];
		const flat = (await list(encode(`productFolder=${top.meta.href};withSubFolders=false`), lean)).body.rows as Json[];
		expect(flat.length).toBeLessThan(deep.length);
		expect(
			deep
				.filter(({ meta }) => meta.type === 'product')
				.every((row) => (row.pathName as string).startsWith(top.name as string)),
		).toBe(true);
	});

	it('sorts and expands little', async () => {
		expect((await list('order=updated')).code).toBe(1063);
		const sorted = (await list('order=code,desc', lean)).body.rows.map(({ code }: Json) => code as string) as string[];
		expect(sorted[0]).toMatch(/^VARIANT|^SERVICE|^PRODUCT/);
		expect((await list('limit=100&expand=product,components', lean)).status).toBe(200);
		expect((await list('limit=100&expand=uom', lean)).code).toBe(1089);
		expect((await list('limit=100&expand=product.uom', lean)).code).toBe(1089);
		expect((await list('limit=100&expand=product.uom')).status).toBe(200);
	});

	it('takes > as >= on updated in the old form only', async () => {
		const newest = (await post('product', { name: 'Самый новый' })).body;
		const filter = encode(`updated>${newest.updated}`);
		expect((await list(filter)).body.rows.map(({ id }: Json) => id)).toContain(newest.id);
		expect((await list(filter, lean)).body.rows.map(({ id }: Json) => id)).not.toContain(newest.id);
	});

	it('is searched, and removes many kinds at once', async () => {
		const made = [
			(await post('product', { name: 'Лишний раз' })).body,
			(await post('service', { name: 'Лишний два' })).body,
		];
		const found = (await list(`search=${encodeURIComponent('лишн')}`, lean)).body.rows as Json[];
		expect(found.map(({ id }) => id).sort()).toEqual(made.map(({ id }) => id).sort());
		expect((await post('assortment/delete', made.map(metaOf))).status).toBe(200);
		expect((await list(`search=${encodeURIComponent('лишн')}`)).body.rows).toEqual([]);
	});
});
