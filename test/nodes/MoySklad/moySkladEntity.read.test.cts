import type { INodeParameters } from 'n8n-workflow';
import type { Json } from '../../simulators/moysklad/caller.cts';
import { chosen, EntityBench } from './entityBench.cts';

let bench: EntityBench;
beforeAll(async () => {
	bench = await EntityBench.start({ size: { products: 120, variantShare: 0.2, bundles: 4, services: 4, archivedShare: 0.1 } });
	await makeDocuments();
});
afterAll(async () => await bench.close());
beforeEach(() => bench.reset());

/** The resources that stand for kinds of objects, by MoySklad's keyword. */
const ENTITIES: Record<string, string> = {
	product: 'product', variant: 'variant', bundle: 'bundle', service: 'service', productFolder: 'productfolder', customerOrder: 'customerorder',
	shipment: 'demand', invoice: 'invoiceout', salesReturn: 'salesreturn', incomingPayment: 'paymentin', cashIn: 'cashin', counterparty: 'counterparty',
};
const RESOURCES = Object.entries(ENTITIES);

async function first(entity: string, query = ''): Promise<Json> {
	return (await bench.rows(`entity/${entity}?limit=1${query}`))[0] as Json;
}

async function makeDocuments(): Promise<void> {
	const [organization, agent, store, product] = await Promise.all(['organization', 'counterparty', 'store', 'product'].map(async (entity) => await first(entity)));
	const state = ((await bench.edit('GET', 'entity/customerorder/metadata')).states as Json[])[1];
	const base = { organization: { meta: organization?.meta }, agent: { meta: agent?.meta } };
	const positions = [{ quantity: 2, price: 1050, assortment: { meta: product?.meta } }];
	const order = await bench.edit('POST', 'entity/customerorder', { ...base, positions, state: { meta: state?.meta } });
	await bench.edit('POST', 'entity/customerorder', Array.from({ length: 130 }, (_, index) => ({ ...base, positions, description: `order ${index}` })));
	await bench.edit('POST', 'entity/demand', { ...base, store: { meta: store?.meta }, positions, customerOrder: { meta: order.meta } });
	await bench.edit('POST', 'entity/invoiceout', { ...base, positions });
	await bench.edit('POST', 'entity/salesreturn', { ...base, store: { meta: store?.meta }, positions });
	for (const entity of ['paymentin', 'cashin']) await bench.edit('POST', `entity/${entity}`, { ...base, sum: 2100, operations: [{ meta: order.meta, linkedSum: 2100 }] });
}

const all = async (resource: string, more: INodeParameters = {}): Promise<Json[]> => await bench.done({ resource, operation: 'getAll', returnAll: true, ...more });

describe('MoySklad Entity reads every kind of object', () => {
	it.each(RESOURCES)('%s: a list with few calls, in MoySklad’s own form', async (resource, entity) => {
		const rows = await all(resource);
		expect(bench.calls).toEqual({ [`GET /entity/${entity}`]: 1 });
		expect(rows.length).toBeGreaterThan(0);
		const { size } = (await bench.edit('GET', `entity/${entity}?limit=1`)).meta as { size: number };
		expect(rows).toHaveLength(size);
		expect(rows[0]).toEqual(await bench.edit('GET', `entity/${entity}/${String(rows[0]?.id)}`));
	});

	it.each(RESOURCES)('%s: no more rows than asked for', async (resource) => {
		expect(await bench.done({ resource, operation: 'getAll', limit: 1 })).toHaveLength(1);
		expect(bench.callCount).toBe(1);
	});

	it.each(RESOURCES)('%s: the objects of all items with one call', async (resource, entity) => {
		const rows = (await bench.rows(`entity/${entity}?limit=7`)).reverse();
		const run = await bench.run({ resource, operation: 'get', objectId: chosen('={{ $json.id }}') }, rows.map(({ id }) => ({ id })));
		expect(run.json(0)).toEqual(rows);
		expect(run.outputs[0]?.map(({ pairedItem }) => pairedItem)).toEqual(rows.map((_, item) => ({ item })));
		expect(bench.callCount).toBe(1);
	});

	it.each(RESOURCES)('%s: changes since a moment', async (resource, entity) => {
		const since = new Date(bench.shop.clock.now()).toISOString();
		const row = await first(entity);
		const { description } = await bench.edit('PUT', `entity/${entity}/${String(row.id)}`, { description: `changed ${since}` });
		expect(description).toBe(`changed ${since}`);
		const [page] = await bench.done({ resource, operation: 'getChanges', cursor: since, options: { overlap: 0 } });
		expect(page).toMatchObject({ count: 1, more: false, warnings: [], events: [{ entity, id: row.id, action: 'UPDATE', index: 0 }] });
		expect(bench.calls).toEqual({ [`GET /entity/${entity}`]: 1, 'GET /audit': 1 });
	});
});

describe('Get', () => {
	it('follows the id of a web page to the object', async () => {
		const product = await first('product');
		const page = /id=([0-9a-f-]+)/.exec((product.meta as { uuidHref: string }).uuidHref)?.[1] ?? '';
		expect(page).not.toBe(product.id);
		expect(await bench.done({ resource: 'product', operation: 'get', objectId: chosen(page) })).toEqual([product]);
	});

	it('takes a link, and finds what is archived', async () => {
		const [archived] = await bench.rows('entity/product?limit=1&filter=archived%3Dtrue');
		const { href } = archived?.meta as { href: string };
		expect(await bench.done({ resource: 'product', operation: 'get', objectId: chosen(href) })).toEqual([archived]);
	});

	it('says what is not there, with the item; or goes on where the user wants it', async () => {
		const id = '00000000-0000-4000-8000-000000000000';
		const product = await first('product');
		const parameters = { resource: 'product', operation: 'get', objectId: chosen('={{ $json.id }}') };
		const run = await bench.run(parameters, [{ id: product.id }, { id }]);
		expect(run.error).toMatchObject({ context: { itemIndex: 1 }, description: expect.stringContaining('MOYSKLAD_NOT_FOUND') as unknown });
		const going = await bench.run(parameters, [{ id }, { id: 'nonsense' }, { id: product.id }], { node: { onError: 'continueRegularOutput' } });
		expect(going.json(0)).toMatchObject([{ error: { code: 'MOYSKLAD_NOT_FOUND' } }, { error: { code: 'MOYSKLAD_VALUE_INVALID' } }, { id: product.id }]);
	});
});

describe('Get Many', () => {
	const conditions = (...condition: INodeParameters[]): INodeParameters => ({ filters: { condition } });
	const field = (name: string): INodeParameters => ({ __rl: true, mode: 'list', value: name });

	it('leaves out what is archived, includes it, or gives nothing else', async () => {
		const [usual, with_, only] = await Promise.all(
			[{}, { archived: 'include' }, { archived: 'only' }].map(async (options) => await all('product', { options })),
		);
		expect(usual?.every(({ archived }) => archived === false)).toBe(true);
		expect(only?.length).toBeGreaterThan(0);
		expect(only?.every(({ archived }) => archived === true)).toBe(true);
		expect(with_).toHaveLength((usual?.length ?? 0) + (only?.length ?? 0));
	});

	it('leaves out what lies in the recycle bin, includes it, or gives nothing else', async () => {
		const order = await first('customerorder', '&search=order%207');
		await bench.edit('POST', `entity/customerorder/${String(order.id)}/trash`);
		const count = async (deleted: string): Promise<number> => (await all('customerOrder', { options: { deleted } })).length;
		const [without, included, only] = [await count('exclude'), await count('include'), await count('only')];
		expect([only, included - without]).toEqual([1, 1]);
	});

	it('filters by fields of all sorts, and by additional fields by their names', async () => {
		const product = (await bench.rows('entity/product?limit=100')).find(({ productFolder, attributes }) => productFolder && attributes) as Json;
		const attribute = (product.attributes as Json[]).find(({ type }) => type === 'string') as Json;
		const folder = /[0-9a-f-]{36}$/.exec((product.productFolder as { meta: { href: string } }).meta.href)?.[0] ?? '';
		const filters = [
			{ field: field('code'), operator: 'equals', value: String(product.code) },
			{ field: field('productFolder'), operator: 'equals', value: folder },
			{ field: field(`attribute:${String(attribute.name)}`), operator: 'equals', value: String(attribute.value) },
			{ field: field(`attribute:${String(attribute.id)}`), operator: 'notEmpty', value: '' },
			{ field: field('updated'), operator: 'greaterOrEqual', value: '2020-01-01T00:00:00Z' },
			{ field: field('archived'), operator: 'equals', value: 'false' },
		];
		const found = await all('product', conditions(...filters));
		expect(found.map(({ id }) => id)).toEqual([product.id]);
		expect(bench.calls).toEqual({ 'GET /entity/product/metadata/attributes': 1, 'GET /entity/product': 1 });
		expect(await all('product', conditions({ field: field('code'), operator: 'beginsWith', value: 'PRODUCT-1' }))).not.toEqual([]);
		expect(await all('product', conditions({ field: field('code'), operator: 'empty' }))).toEqual([]);
	});

	it('filters by dictionary values by their names, and by states', async () => {
		const definitions = (await bench.rows('entity/product/metadata/attributes')) as Array<{ id: string; name: string; type: string }>;
		const dictionary = definitions.find(({ type }) => type === 'customentity');
		const products = await bench.rows('entity/product?limit=1000');
		const valueOf = (row: Json): string | undefined => (row.attributes as Array<{ id: string; value: { name: string } }> | undefined)?.find(({ id }) => id === dictionary?.id)?.value.name;
		const wanted = products.map(valueOf).find((value) => value !== undefined) ?? '';
		const found = await all('product', conditions({ field: field(`attribute:${dictionary?.name}`), operator: 'equals', value: wanted }));
		expect(found.map(({ id }) => id).sort()).toEqual(products.filter((row) => valueOf(row) === wanted).map(({ id }) => id as string).sort());

		const order = (await bench.rows('entity/customerorder?limit=1000')).find(({ state }) => state) as Json;
		const state = /[0-9a-f-]{36}$/.exec((order.state as { meta: { href: string } }).meta.href)?.[0] ?? '';
		expect((await all('customerOrder', conditions({ field: field('state'), operator: 'equals', value: state }))).map(({ id }) => id)).toEqual([order.id]);
	});

	it.each([
		['an unknown field', { field: field('colour'), operator: 'equals', value: 'x' }, 'MOYSKLAD_FIELD_UNKNOWN'],
		['an unknown additional field', { field: field('attribute:Nobody'), operator: 'equals', value: 'x' }, 'MOYSKLAD_VALUE_NOT_LISTED'],
		['a value of another type', { field: field('weight'), operator: 'greater', value: 'heavy' }, 'MOYSKLAD_VALUE_INVALID'],
	])('says what is wrong with %s', async (_, condition, code) => {
		const run = await bench.run({ resource: 'product', operation: 'getAll', filters: { condition: [condition] } });
		expect(run.error?.description).toContain(code);
	});

	it('searches, sorts, takes a filter in MoySklad’s words and a moment of change', async () => {
		const product = await first('product');
		const search = await all('product', { options: { search: String(product.code) } });
		expect(search[0]?.id).toBe(product.id);
		const sorted = (await all('product', { options: { order: 'code,desc' } })).map(({ code }) => code as string);
		expect(sorted).toEqual([...sorted].reverse().sort((one, other) => one.localeCompare(other)).reverse());
		expect(await all('product', { options: { filterText: `code=${String(product.code)}` } })).toEqual([product]);
		expect(await all('product', { options: { updatedSince: new Date(bench.shop.clock.now() + 60_000).toISOString() } })).toEqual([]);
	});

	it('reads expanded lists a hundred at a time, and says so', async () => {
		const run = await bench.run({ resource: 'customerOrder', operation: 'getAll', returnAll: true, options: { expand: 'organization' } });
		expect(run.hints.map(({ message }) => message)).toEqual([expect.stringContaining('Read 100 objects a call instead of 1000')]);
		expect(run.json(0).length).toBeGreaterThan(100);
		expect(run.json(0).every((row) => typeof (row.organization as Json).name === 'string')).toBe(true);
		expect(bench.callCount).toBe(Math.ceil(run.json(0).length / 100));
	});

	it('hands out one page with the place of the next', async () => {
		const page = async (offset: number): Promise<Json> =>
			(await bench.done({ resource: 'product', operation: 'getAll', limit: 50, options: { onePage: true, offset } }))[0] as Json;
		const pages = [await page(0), await page(50), await page(100)];
		expect(pages.map(({ size, offset, limit, next, rows }) => [size, offset, limit, next, (rows as Json[]).length])).toEqual([
			[expect.any(Number), 0, 50, 50, 50],
			[expect.any(Number), 50, 50, 100, 50],
			[expect.any(Number), 100, 50, null, expect.any(Number)],
		]);
		expect(bench.callCount).toBe(3);
		const ids = pages.flatMap(({ rows }) => (rows as Json[]).map(({ id }) => id));
		expect(new Set(ids).size).toBe(pages[0]?.size);
	});

	it('reads definitions and included dictionaries once for all items', async () => {
		const filter = { condition: [{ field: field('attribute:На сайте'), operator: 'equals', value: '={{ $json.onSite }}' }] };
		const parameters = { resource: 'product', operation: 'getAll', returnAll: true, include: ['productFolder', 'uom'], filters: filter };
		const run = await bench.run(parameters, [{ onSite: true }, { onSite: false }, { onSite: true }]);
		expect(run.error).toBeUndefined();
		expect(new Set(run.outputs[0]?.map(({ pairedItem }) => JSON.stringify(pairedItem)))).toEqual(new Set(['{"item":0}', '{"item":1}', '{"item":2}']));
		expect(bench.calls).toEqual({ 'GET /entity/product/metadata/attributes': 1, 'GET /entity/product': 3, 'GET /entity/productfolder': 1, 'GET /entity/uom': 1 });
	});

	it('simplifies, or adds additional fields by name', async () => {
		const [simple] = await bench.done({ resource: 'product', operation: 'getAll', limit: 1, options: { simplify: true } });
		expect(simple).toMatchObject({ entity: 'product', id: expect.any(String) as unknown, attributesByName: expect.any(Object) as unknown });
		expect(simple).not.toHaveProperty('meta');
		const [named] = await bench.done({ resource: 'product', operation: 'getAll', limit: 1, options: { attributesByName: true } });
		expect(Object.keys(named?.attributesByName as object)).toEqual((named?.attributes as Json[]).map(({ name }) => name as string));
	});
});

describe('Include', () => {
	const GOODS = ['country', 'images', 'product', 'productFolder', 'supplier', 'uom', 'components'];

	it('puts whole objects where expand would, with few calls', async () => {
		const [product, supplier, country] = await Promise.all(['product', 'counterparty', 'country'].map(async (entity) => await first(entity)));
		await bench.edit('PUT', `entity/product/${String(product?.id)}`, { supplier: { meta: supplier?.meta }, country: { meta: country?.meta } });
		const rows = await all('assortment', { include: GOODS, options: { archived: 'include' } });
		expect(bench.calls).toEqual({
			'GET /entity/assortment': Math.ceil(rows.length / 100),
			'GET /entity/productfolder': 1,
			'GET /entity/uom': 1,
			'GET /entity/country': 1,
			'GET /entity/product': expect.any(Number),
			'GET /entity/counterparty': 1,
			...(bench.calls['GET /entity/variant'] === undefined ? {} : { 'GET /entity/variant': 1 }),
		});
		expect(bench.calls['GET /entity/product']).toBeLessThanOrEqual(4);
		expect(rows.find(({ id }) => id === product?.id)).toMatchObject({ supplier: { name: supplier?.name }, country: { name: country?.name } });

		const variant = rows.find(({ meta }) => (meta as Json).type === 'variant') as Json;
		const expanded = await bench.edit('GET', `entity/variant/${String(variant.id)}?expand=product.productFolder,product.uom,images`);
		expect(variant.images).toEqual(expanded.images);
		expect((variant.product as Json).uom).toEqual((expanded.product as Json).uom);
		const bundle = rows.find(({ meta }) => (meta as Json).type === 'bundle') as Json;
		const { components } = (await bench.edit('GET', `entity/bundle/${String(bundle.id)}?expand=components`)) as { components: { rows: Json[] } };
		const own = (bundle.components as { rows: Json[] }).rows;
		expect(own.map(({ quantity }) => quantity)).toEqual(components.rows.map(({ quantity }) => quantity));
		for (const { assortment } of own) expect(assortment).toMatchObject({ id: expect.any(String) as unknown, name: expect.any(String) as unknown });
	});

	it('puts folders with all folders above them', async () => {
		const rows = await all('product', { include: ['productFolder'] });
		const deep = rows.find(({ pathName }) => String(pathName).split('/').length > 2) as Json;
		const names: string[] = [];
		for (let folder = deep.productFolder as Json | undefined; folder; folder = folder.productFolder as Json | undefined) names.unshift(String(folder.name));
		expect(names.join('/')).toBe(deep.pathName);
		expect(bench.calls).toEqual({ 'GET /entity/product': 1, 'GET /entity/productfolder': 1 });
	});

	it('puts positions with their products, parties and states into documents', async () => {
		const rows = await all('customerOrder', { include: ['agent', 'positions', 'state'] });
		expect(rows.length).toBeGreaterThan(100);
		expect(bench.calls).toEqual({ 'GET /entity/customerorder': 2, 'GET /entity/counterparty': 1, 'GET /entity/customerorder/metadata': 1 });
		const order = rows.find(({ state }) => state) as Json;
		const expanded = await bench.edit('GET', `entity/customerorder/${String(order.id)}?expand=agent,positions.assortment,state`);
		expect(order).toEqual(expanded);
	});

	it('reads the rest of lists that are longer than a hundred', async () => {
		const [organization, agent, product] = await Promise.all(['organization', 'counterparty', 'product'].map(async (entity) => await first(entity)));
		const long = await bench.edit('POST', 'entity/customerorder', {
			organization: { meta: organization?.meta }, agent: { meta: agent?.meta },
			positions: Array.from({ length: 150 }, (_, index) => ({ quantity: index + 1, price: 1, assortment: { meta: product?.meta } })),
		});
		const [row] = await bench.done({ resource: 'customerOrder', operation: 'get', objectId: chosen(String(long.id)), include: ['positions'] });
		const { rows } = row?.positions as { rows: Json[] };
		expect(rows.map(({ quantity }) => quantity)).toEqual(Array.from({ length: 150 }, (_, index) => index + 1));
		expect(rows.every(({ assortment }) => (assortment as Json).id === product?.id)).toBe(true);
		expect(bench.calls).toEqual({ 'GET /entity/customerorder': 1, 'GET /entity/customerorder/{id}/positions': 2 });
	});

	it('leaves links to what may not be seen', async () => {
		const rows = await bench.done({ resource: 'product', operation: 'getAll', limit: 5, include: ['supplier', 'uom'] }, undefined, { user: 'clerk' });
		expect(rows).toHaveLength(5);
	});
});
