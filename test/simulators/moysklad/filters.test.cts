import { ask, encode, UNLIMITED, useShop, type Json, reader } from './caller.cts';
import type { RunningMoySklad } from './start.cts';

let shop: RunningMoySklad;
useShop(
	{ size: { products: 120, variantShare: 0.2, archivedShare: 0.1 }, rate: UNLIMITED },
	(started) => (shop = started),
);

const { reply: get, rows, ids } = reader(() => shop);
const filtered = async (type: string, filter: string): Promise<Json[]> =>
	await rows(`entity/${type}?${encode(filter)}`);
const refused = async (type: string, filter: string): Promise<number | undefined> =>
	(await get(`entity/${type}?${encode(filter)}`)).code;
const ALL = 'archived=true;archived=false';

describe('filter', () => {
	it('joins equal fields by OR, unequal ones and others by AND', async () => {
		const [one, other, third] = (await rows('entity/product?limit=3')) as [Json, Json, Json];
		expect((await filtered('product', `code=${one.code};code=${other.code}`)).map(({ id }) => id)).toEqual([
			one.id,
			other.id,
		]);
		expect(await filtered('product', `code=${one.code};article=${other.article}`)).toEqual([]);
		const without = await filtered('product', `code!=${one.code};code!=${other.code}`);
		expect(without.map(({ id }) => id)).toContain(third.id);
		expect(without.map(({ id }) => id)).not.toContain(one.id);
	});

	it('compares text without regard to case: contains, begins, ends', async () => {
		const { body } = await ask(shop, 'POST', 'entity/product', {
			body: { name: 'Зонт; «Гроза» XL', code: 'umbrella' },
		});
		for (const filter of ['name~ГРОЗА', 'name~=зонт', 'name=~xl', 'name=Зонт\\; «Гроза» XL', 'code~=UMB']) {
			expect((await filtered('product', filter)).map(({ id }) => id)).toEqual([body.id]);
		}
		expect(await filtered('product', 'name~=Гроза')).toEqual([]);
		expect(await filtered('product', 'code=UMBRELLA')).toEqual([]);
	});

	it('finds empty and filled fields', async () => {
		const all = await rows('entity/product');
		const empty = await filtered('product', 'description=');
		const filled = await filtered('product', 'description!=');
		expect(empty.length).toBeGreaterThan(0);
		expect(filled.length).toBeGreaterThan(0);
		expect(empty.every((row) => row.description === undefined)).toBe(true);
		expect(empty.length + filled.length).toBe(all.length);
	});

	it('takes the first of two equal comparisons and refuses = with an inequality', async () => {
		const light = await filtered('product', 'weight<5;weight<100');
		expect(light).toEqual(await filtered('product', 'weight<5'));
		expect(await refused('product', 'weight=5;weight>4')).toBe(1034);
	});

	it('knows moments of Moscow, with and without milliseconds and seconds', async () => {
		const made = (await ask(shop, 'POST', 'entity/product', { body: { name: 'Часы' } })).body;
		const moment = made.updated as string;
		expect(moment).toMatch(/^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}\.\d{3}$/);
		expect(Math.abs(Date.parse(`${moment.replace(' ', 'T')}+03:00`) - Date.now())).toBeLessThan(5000);
		for (const since of [moment, moment.slice(0, 19), moment.slice(0, 16)]) {
			expect((await filtered('product', `updated>=${since}`)).map(({ id }) => id)).toContain(made.id);
		}
		expect((await filtered('product', `updated>${moment}`)).map(({ id }) => id)).not.toContain(made.id);
		expect((await filtered('product', `updated=${moment}`)).map(({ id }) => id)).toEqual([made.id]);
	});

	it.each([
		['product', 'nothing=1', 1034],
		['product', 'buyPrice=1', 1034],
		['product', 'archived=maybe', 1014],
		['product', 'weight=heavy', 1014],
		['product', 'id=1', 1014],
		['product', 'updated>=yesterday', 1035],
		['product', 'updated>=2026-11-20T10:00:00', 1035],
		['product', 'updated>=1970-01-01 02:59:59', 1035],
		['product', 'archived>true', 1034],
		['product', 'name!~x', 1034],
		['product', 'supplier=nobody', 1014],
		['product', 'weight>', 1014],
		['saleschannel', 'type=NOTHING', 1041],
	])('of %s by %s is refused with %d', async (type, filter, code) => {
		expect(await refused(type, filter)).toBe(code);
	});

	it('follows references by address, on this host or the documented one', async () => {
		const folder = (await rows('entity/product?limit=100')).find((row) => row.productFolder)?.productFolder.meta
			.href as string;
		const documented = folder.replace(shop.baseUrl, 'https://api.moysklad.ru/api/remap/1.2');
		const own = await filtered('product', `productFolder=${folder}`);
		expect(own.length).toBeGreaterThan(0);
		expect(own.every((row) => row.productFolder.meta.href === folder)).toBe(true);
		expect(await filtered('product', `productFolder=${documented}`)).toEqual(own);
		expect(
			await refused(
				'product',
				'productFolder=https://example.com/api/remap/1.2/entity/productfolder/00000000-0000-4000-8000-000000000000',
			),
		).toBe(1059);
	});

	it('hides archived rows unless told; an id switches that filter off', async () => {
		const usual = await rows('entity/product');
		const archived = await filtered('product', 'archived=true');
		expect(archived.length).toBeGreaterThan(0);
		expect(usual.every((row) => row.archived === false)).toBe(true);
		expect(await filtered('product', ALL)).toHaveLength(usual.length + archived.length);
		const [one] = archived as [Json];
		expect(await filtered('product', `id=${one.id}`)).toEqual([]);
		expect(await filtered('product', `id=${one.id};archived=false`)).toHaveLength(1);
		const variant = (await filtered('variant', 'archived=true'))[0] as Json;
		expect(await filtered('variant', `id=${variant.id};archived=false`)).toEqual([]);
	});

	it('takes lists of ids', async () => {
		const wanted = (await ids('entity/product?limit=7')).reverse();
		expect((await filtered('product', wanted.map((id) => `id=${id}`).join(';'))).map(({ id }) => id).sort()).toEqual(
			[...wanted].sort(),
		);
	});

	it('finds barcodes and the variants of a product', async () => {
		const product = (await rows('entity/product?limit=100')).find((row) => (row.variantsCount as number) > 0) as Json;
		const [barcode] = Object.values((product.barcodes as Json[])[0] as Json);
		expect((await filtered('product', `barcode=${barcode}`)).map(({ id }) => id)).toEqual([product.id]);
		const variants = await filtered('variant', `productid=${product.id}`);
		expect(variants).toHaveLength(product.variantsCount as number);
		expect(variants.every((row) => row.product.meta.href === product.meta.href)).toBe(true);
	});

	it('takes several parameters as one', async () => {
		const [one] = (await rows('entity/product?limit=1')) as [Json];
		expect(await ids(`entity/product?filter=code=${one.code}&filter=article=${one.article}`)).toEqual([one.id]);
	});

	describe('by attributes', () => {
		const attribute = async (type: string): Promise<Json> =>
			(await get('entity/product/metadata/attributes')).body.rows.find((row: Json) => row.type === type) as Json;
		const having = (all: Json[], id: unknown): Json[] =>
			all.filter((row) => (row.attributes as Json[] | undefined)?.some((one) => one.id === id));
		const value = (row: Json, id: unknown): Json[string] =>
			(row.attributes as Json[] | undefined)?.find((one) => one.id === id)?.value;

		it.each(['string', 'boolean', 'long', 'double', 'time', 'link'])('of type %s', async (type) => {
			const { id, meta } = await attribute(type);
			const all = await rows('entity/product');
			const wanted = value(having(all, id)[0] as Json, id);
			const escaped = String(wanted)
				.replace(/;/g, '\\;')
				.replace(/\.000$/, '');
			const found = await filtered('product', `${meta.href}=${escaped}`);
			expect(found.map((row) => row.id)).toEqual(all.filter((row) => value(row, id) === wanted).map((row) => row.id));
		});

		it('in ranges, and by emptiness', async () => {
			const { id, meta } = await attribute('long');
			const all = await rows('entity/product');
			const big = await filtered('product', `${meta.href}>=1000;${meta.href}<3000`);
			expect(big.length).toBeGreaterThan(0);
			expect(big.length).toBe(all.filter((row) => value(row, id) >= 1000 && value(row, id) < 3000).length);
			expect(await filtered('product', `${meta.href}!=`)).toHaveLength(having(all, id).length);
		});

		it('by an element of a dictionary', async () => {
			const { id, meta } = await attribute('customentity');
			const all = await rows('entity/product');
			const element = value(having(all, id)[0] as Json, id).meta.href as string;
			expect(await filtered('product', `${meta.href}=${element}`)).toHaveLength(
				all.filter((row) => value(row, id)?.meta.href === element).length,
			);
		});

		it('which must exist, be of the entity, and not be a file', async () => {
			const file = await attribute('file');
			const base = `${shop.baseUrl}/entity/product/metadata/attributes`;
			expect(await refused('product', `${file.meta.href}=x`)).toBe(1034);
			expect(await refused('product', `${base}/00000000-0000-4000-8000-000000000000=x`)).toBe(14003);
			expect(await refused('counterparty', `${file.meta.href}=x`)).toBe(14000);
			expect(
				(await ask(shop, 'GET', `entity/service?${encode(`${(await attribute('string')).meta.href}!=`)}`)).status,
			).toBe(200);
		});
	});
});
