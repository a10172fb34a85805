import { ask, encode, first, metaOf, UNLIMITED, useShop, type Json } from './caller.cts';
import type { RunningMoySklad } from './start.cts';

let shop: RunningMoySklad;
const { get, post, put } = useShop(
	{ size: { products: 10, variantShare: 0, archivedShare: 0 }, rate: UNLIMITED },
	(started) => (shop = started),
);

const NOWHERE = '00000000-0000-4000-8000-000000000000';

describe('a new row', () => {
	it('gets what was not sent', async () => {
		const { body } = await post('product', { name: 'Новый' });
		expect(body).toMatchObject({
			name: 'Новый',
			archived: false,
			shared: false,
			weighed: false,
			pathName: '',
			variantsCount: 0,
		});
		expect(body.externalCode).toMatch(/^[\w-]{22}$/);
		expect(body.owner.meta.type).toBe('employee');
		expect(body.accountId).toBe(shop.accountId);
		expect(Object.keys((body.barcodes as Json[])[0] as Json)).toEqual(['ean13']);
		expect(body.salePrices).toHaveLength(4);
		expect(body).not.toHaveProperty('description');
	});

	it('lacks nothing required, and all that is missing is told at once', async () => {
		const { status, body } = await post('customerorder', { description: 'x' });
		expect(status).toBe(412);
		expect(body.errors.map(({ code, parameter }: Json) => [code, parameter])).toEqual([
			[3000, 'organization'],
			[3000, 'agent'],
		]);
		expect((await post('product', { name: '' })).code).toBe(3000);
	});

	it('has no unknown fields, wrong types, long texts or negative prices', async () => {
		const codeFor = async (body: Json): Promise<number | undefined> =>
			(await post('product', { name: 'x', ...body })).code;
		expect(await codeFor({ colour: 'red' })).toBe(1007);
		expect(await codeFor({ code: 5 })).toBe(2016);
		expect(await codeFor({ weight: '5' })).toBe(2016);
		expect(await codeFor({ archived: 'true' })).toBe(2016);
		expect(await codeFor({ vat: 1.5 })).toBe(2016);
		expect(await codeFor({ article: 'a'.repeat(256) })).toBe(3040);
		expect(await codeFor({ weight: -1 })).toBe(3002);
		expect(await codeFor({ buyPrice: { value: -1 } })).toBe(3002);
		expect(await codeFor({ syncId: 'mine' })).toBe(1052);
		expect((await post('counterparty', { name: 'x', email: 'nobody' })).code).toBe(3015);
		expect((await post('counterparty', { name: 'x', companyType: 'firm' })).code).toBe(3005);
		expect((await post('counterparty', { name: 'x', actualAddressFull: { postalCode: '1234567' } })).code).toBe(3040);
	});

	it('ignores read-only fields', async () => {
		const { body } = await post('product', {
			name: 'x',
			updated: '2001-01-01 00:00:00',
			pathName: 'y',
			variantsCount: 7,
			id: NOWHERE,
			accountId: NOWHERE,
		});
		expect(body).toMatchObject({ pathName: '', variantsCount: 0 });
		expect(body.id).not.toBe(NOWHERE);
		expect(body.updated).not.toMatch(/^2001/);
	});
});

describe('references', () => {
	const folder = async (meta: unknown): Promise<number | undefined> =>
		(await post('product', { name: 'x', productFolder: meta === undefined ? {} : { meta } })).code;
	const href = (type: string, id = NOWHERE): string => `${shop.baseUrl}/entity/${type}/${id}`;

	it('are checked bit by bit', async () => {
		const { meta } = await first(shop, 'productfolder');
		expect(await folder(undefined)).toBe(2014);
		expect(await folder({ type: 'productfolder' })).toBe(2010);
		expect(await folder({ href: meta.href })).toBe(2011);
		expect(await folder({ href: meta.href, type: 'directory' })).toBe(2012);
		expect(await folder({ href: 'somewhere', type: 'productfolder' })).toBe(2013);
		expect(await folder({ href: href('productfolder'), type: 'productfolder' })).toBe(2013);
		expect(await folder({ href: href('store'), type: 'store' })).toBe(2021);
		expect(await folder({ href: href('store'), type: 'productfolder' })).toBe(1060);
		expect(
			await folder({
				href: `https://online.moysklad.ru/api/remap/1.2/entity/productfolder/${NOWHERE}`,
				type: 'productfolder',
			}),
		).toBe(1059);
	});

	it('need href and type only, and may name the documented host', async () => {
		const { meta, name } = await first(shop, 'productfolder');
		const documented = (meta.href as string).replace(shop.baseUrl, 'https://api.moysklad.ru/api/remap/1.2');
		const { body } = await post('product', {
			name: 'x',
			productFolder: { meta: { href: documented, type: 'productfolder' } },
		});
		expect(body.productFolder.meta.href).toBe(meta.href);
		expect(body.pathName).toBe(name);
	});
});

describe('an update', () => {
	it('changes only what it has; null clears', async () => {
		const { meta } = await first(shop, 'productfolder');
		const { body } = await post('product', {
			name: 'Стол',
			description: 'дубовый',
			weight: 3,
			productFolder: { meta },
		});
		const changed = (await put(`product/${body.id}`, { description: null, productFolder: null })).body;
		expect(changed).toMatchObject({ name: 'Стол', weight: 3, id: body.id, externalCode: body.externalCode });
		expect(changed).not.toHaveProperty('description');
		expect(changed).not.toHaveProperty('productFolder');
		expect(changed.updated > body.updated).toBe(true);
		expect((await put(`product/${body.id}`, { name: null })).code).toBe(3000);
	});

	it('with all that a GET showed changes nothing', async () => {
		for (const type of [
			'product',
			'counterparty',
			'organization',
			'store',
			'bundle',
			'service',
			'productfolder',
			'contract',
		]) {
			const row = await first(shop, type);
			const { status, body } = await put(`${type}/${row.id}`, row);
			expect([type, status]).toEqual([type, 200]);
			expect({ ...body, updated: '' }).toEqual({ ...row, updated: '' });
		}
	});

	it('merges sale prices by type and replaces barcodes', async () => {
		const types = (await ask(shop, 'GET', 'context/companysettings/pricetype')).body as unknown as Json[];
		const [retail, wholesale] = types.map(metaOf);
		const dollars = metaOf((await get('currency?filter=isoCode=USD')).rows[0]);
		const { body } = await post('product', {
			name: 'x',
			salePrices: [{ value: 10050.5, priceType: retail }],
			barcodes: [{ ean8: '46198488' }, { code128: 'abc' }],
		});
		const { salePrices, barcodes } = (
			await put(`product/${body.id}`, {
				salePrices: [{ value: 900, currency: dollars, priceType: wholesale }],
				barcodes: [{ code128: 'def' }],
			})
		).body;
		expect(salePrices.map(({ value }: Json) => value)).toEqual([10050.5, 900, 0, 0]);
		expect(salePrices[1].currency.meta.href).toBe(dollars?.meta.href);
		expect(salePrices[0].priceType).toMatchObject({ name: 'Цена продажи', id: types[0]?.id });
		expect(barcodes).toEqual([{ code128: 'def' }]);
		expect((await put(`product/${body.id}`, { barcodes: [] })).body).not.toHaveProperty('barcodes');
		expect((await put(`product/${body.id}`, { salePrices: [{ value: 1 }] })).code).toBe(2014);
	});

	it('of barcodes checks only new ones', async () => {
		const bad = [{ gtin: '12345678901234' }];
		expect((await post('product', { name: 'x', barcodes: bad })).code).toBe(3014);
		expect((await post('product', { name: 'x', barcodes: [{ code128: 'a'.repeat(256) }] })).code).toBe(3011);
		expect(
			(await post('product', { name: 'x', barcodes: [{ gtin: '04600702057614' }, { ean13: '' }] })).body.barcodes,
		).toEqual([{ gtin: '04600702057614' }]);
		expect((await post('product', { name: 'x', barcodes: [{ ean13: '' }] })).body).not.toHaveProperty('barcodes');
	});
});

describe('several at once', () => {
	it('are made and changed in order, and a failure stops nobody else', async () => {
		const [one, other] = (await get('product?limit=2')).rows as [Json, Json];
		const reply = await post('product', [
			{ name: 'A' },
			{ description: 'no name' },
			{ meta: one.meta, code: 'changed' },
			{ id: other.id, code: 'too' },
			{ name: 'B' },
		]);
		expect(reply.status).toBe(400);
		const results = reply.body as unknown as Json[];
		expect(results.map((row) => row.name ?? row.errors[0].code)).toEqual(['A', 3000, one.name, other.name, 'B']);
		expect((await get(`product/${one.id}`)).code).toBe('changed');
		expect((await get(`product/${other.id}`)).code).toBe('too');
		expect((await get(`product?${encode('name=A')}`)).rows).toHaveLength(1);
	});

	it('are answered 200 when all went well', async () => {
		const { status, body } = await post('product', [{ name: 'C' }]);
		expect([status, Array.isArray(body)]).toEqual([200, true]);
	});

	it('a name that leads nowhere makes a new row', async () => {
		const meta = { href: `${shop.baseUrl}/entity/product/${NOWHERE}`, type: 'product', mediaType: 'application/json' };
		const [made] = (await post('product', [{ meta, name: 'D' }])).body as unknown as [Json];
		expect(made.name).toBe('D');
		expect(made.id).not.toBe(NOWHERE);
	});

	it('are removed the same way', async () => {
		const made = (await post('product', [{ name: 'E' }, { name: 'F' }])).body as unknown as [Json, Json];
		const gone = {
			meta: { href: `${shop.baseUrl}/entity/product/${NOWHERE}`, type: 'product', mediaType: 'application/json' },
		};
		const reply = await post('product/delete', [metaOf(made[0]), gone, metaOf(made[1]), {}]);
		const results = reply.body as unknown as Json[];
		expect(reply.status).toBe(400);
		expect(results.map((row) => row.errors?.[0].code ?? typeof row.info)).toEqual(['string', 1021, 'string', 2014]);
		expect((await ask(shop, 'GET', `entity/product/${made[0].id}`)).code).toBe(1021);
	});
});

describe('syncId', () => {
	const syncId = '8b7c97cf-cf77-4f7e-b200-d264125578ab';

	it('gives the first row back, unchanged', async () => {
		const before = (await post('product', { name: 'Один', syncId })).body;
		const again = (await post('product', { name: 'Другой', syncId: syncId.toUpperCase() })).body;
		expect(again).toEqual(before);
		const many = (await post('product', [{ name: 'x', syncId }, { name: 'y' }])).body as unknown as Json[];
		expect(many[0]).toEqual(before);
		expect((await get(`product?${encode(`syncId=${syncId}`)}`)).rows).toHaveLength(1);
	});

	it('cannot be changed or given later', async () => {
		const { rows } = await get(`product?${encode(`syncId=${syncId}`)}`);
		expect((await put(`product/${rows[0].id}`, { syncId: NOWHERE })).code).toBe(1047);
		expect((await put(`product/${rows[0].id}`, { syncId, code: 'same' })).status).toBe(200);
		expect((await put(`product/${(await post('product', { name: 'x' })).body.id}`, { syncId: NOWHERE })).code).toBe(
			1047,
		);
	});

	it('is an address too', async () => {
		expect((await ask(shop, 'GET', `entity/product/syncid/${syncId}`)).body.name).toBe('Один');
		expect((await ask(shop, 'DELETE', `entity/product/syncid/${syncId}`)).status).toBe(200);
		expect((await ask(shop, 'GET', `entity/product/syncid/${syncId}`)).code).toBe(1021);
		expect((await post('product', { name: 'Снова', syncId })).body.name).toBe('Снова');
	});

	it('does not exist for variants, folders and stores', async () => {
		expect((await post('productfolder', { name: 'x', syncId })).code).toBe(1007);
		expect((await post('store', { name: 'x', syncId })).code).toBe(1007);
		expect((await ask(shop, 'GET', `entity/store/syncid/${syncId}`)).code).toBe(1002);
	});
});
