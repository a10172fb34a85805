import type { ILoadOptionsFunctions, INodeParameters, ResourceMapperField } from 'n8n-workflow';
import { attributesOf, customEntitiesOf, statesOf, type ListMethod } from '../../../nodes/shared/moySkladLists';
import type { ListSetup } from '../../n8n/nodeContexts.cts';
import type { Json } from '../../simulators/moysklad/caller.cts';
import { EntityBench } from './entityBench.cts';

let bench: EntityBench;
beforeAll(async () => {
	bench = await EntityBench.start({ size: { products: 260, bundles: 2, services: 2 } });
	await bench.edit('POST', 'entity/webhook', { entityType: 'product', action: 'UPDATE', url: 'https://n8n.example.com/webhook/1f6c/moysklad?instance=0123456789ab&check=secret-secret-secret' });
	await bench.edit('POST', 'entity/webhook', { entityType: 'product', action: 'DELETE', url: 'https://n8n.example.com/webhook/1f6c/moysklad?instance=0123456789ab&check=secret-secret-secret' });
	await bench.edit('POST', 'entity/webhook', { entityType: 'product', action: 'CREATE', url: 'https://other.example.com/hook?token=hidden' });
});
afterAll(async () => await bench.close());
beforeEach(() => bench.reset());

const list = async (method: string, more: Partial<ListSetup> = {}, parameters: INodeParameters = { resource: 'product', operation: 'getAll' }) =>
	await bench.engine.loadList('listSearch', { ...bench.setup(parameters), method, ...more });

const fields = async (resource: string, operation = 'upsert', user?: 'clerk'): Promise<ResourceMapperField[]> =>
	(await bench.engine.loadList('resourceMapping', { ...bench.setup({ resource, operation }, user), method: 'entityFields' })).fields;

describe('Live lists', () => {
	it.each([
		'assortment', 'bundles', 'contracts', 'counterparties', 'countries', 'currencies', 'customDictionaries', 'employees', 'groups', 'organizations', 'priceTypes',
		'productFolders', 'products', 'projects', 'salesChannels', 'services', 'stores', 'uoms', 'variants',
	])('%s: names and ids, with one call', async (method) => {
		const { results } = await list(method);
		expect(results.length).toBeGreaterThan(0);
		for (const { name, value } of results) {
			expect(name).not.toBe('');
			expect(value).toMatch(/^[0-9a-f-]{36}$/);
		}
		expect(bench.callCount).toBe(1);
	});

	it('are paged to their end', async () => {
		const ids = new Set<unknown>();
		let paginationToken: string | undefined;
		do {
			const page = await list('products', { paginationToken });
			for (const { value } of page.results) ids.add(value);
			({ paginationToken } = page);
		} while (paginationToken !== undefined);
		expect(ids.size).toBe((await bench.rows('entity/product?limit=1000')).length);
		expect(bench.callCount).toBe(3);
	});

	it('are searched', async () => {
		const [product] = await bench.rows('entity/product?limit=1');
		const found = await list('products', { filter: String(product?.code) });
		expect(found.results[0]).toMatchObject({ value: product?.id, url: (product?.meta as Json).uuidHref });
		const [store] = (await list('priceTypes')).results;
		expect((await list('priceTypes', { filter: `${store?.name.toUpperCase()}` })).results.map(({ value }) => value)).toEqual([store?.value]);
		expect((await list('priceTypes', { filter: 'nothing of the kind' })).results).toEqual([]);
	});

	it('of folders tell apart those of one name', async () => {
		const deep = (await bench.rows('entity/productfolder')).find(({ pathName }) => pathName) as Json;
		expect((await list('productFolders')).results).toContainEqual(expect.objectContaining({ value: deep.id, name: `${String(deep.pathName)}/${String(deep.name)}` }));
	});

	it('of goods have links as values, which tell their kinds apart', async () => {
		const { results } = await list('goods');
		expect(results.every(({ value }) => /\/entity\/(product|variant|bundle|service)\/[0-9a-f-]{36}$/.test(String(value)))).toBe(true);
	});

	it('of webhooks have each receiver once, without secrets', async () => {
		expect((await list('webhooks')).results.map(({ value }) => value).sort()).toEqual(['https://n8n.example.com/webhook/1f6c', 'https://other.example.com/hook']);
	});

	it.each([['customerOrder', 'customerorder'], ['variant', 'variant']])('of objects are those of the resource: %s', async (resource, entity) => {
		await list('objects', {}, { resource, operation: 'get' });
		expect(bench.calls).toEqual({ [`GET /entity/${entity}`]: 1 });
	});

	it('of fields to filter by have additional fields too', async () => {
		const { results } = await list('filterFields');
		const values = results.map(({ value }) => String(value));
		expect(values).toEqual(expect.arrayContaining(['externalCode', 'productFolder', 'barcode', 'updated']));
		expect(values.filter((value) => value.startsWith('attribute:')).length).toBeGreaterThan(5);
		expect(values).not.toContain('salePrices');
		expect((await list('filterFields', { filter: 'barc' })).results).toEqual([{ name: 'Barcode', value: 'barcode' }]);
	});

	it('of stores', async () => {
		const stores = await bench.engine.loadList('loadOptions', { ...bench.setup({ resource: 'stock', operation: 'getAll' }), method: 'getStores' });
		expect(stores).toHaveLength(3);
	});
});

describe('N21: Lists whose parent is not known yet', () => {
	const context = () =>
		({
			getCredentials: async () => await Promise.resolve(bench.credentials().moySkladApi),
			helpers: { getSecureEgressFilter: () => ({ validateUrl: async () => await Promise.resolve({ ok: true }) }) },
		}) as unknown as ILoadOptionsFunctions;
	const names = async (method: ListMethod): Promise<string[]> => (await method.call(context())).results.map(({ name }) => name);

	it('have the entries of all parents, with their names in front', async () => {
		expect(await names(statesOf(() => undefined, ['customerorder', 'demand']))).toEqual(expect.arrayContaining(['customerorder: Новый', 'demand: Новая']));
		expect(await names(attributesOf(() => undefined, ['product', 'variant']))).toEqual(expect.arrayContaining([expect.stringMatching(/^product: /)]));
		const [dictionary] = (await list('customDictionaries')).results;
		expect(await names(customEntitiesOf(() => undefined))).toEqual(expect.arrayContaining([expect.stringContaining(`${dictionary?.name}: `)]));
	});

	it('have the entries of one as soon as it is known', async () => {
		expect(await names(statesOf('demand'))).toContain('Новая');
		expect(await names(attributesOf('variant'))).toEqual([]);
		const [dictionary] = (await list('customDictionaries')).results;
		expect((await names(customEntitiesOf(() => String(dictionary?.value)))).length).toBeGreaterThan(0);
	});
});

describe('The field mapper', () => {
	const named = (all: ResourceMapperField[], id: string): ResourceMapperField | undefined => all.find((field) => field.id === id);

	it('offers what can be written, with types, what is required first', async () => {
		const all = await fields('product', 'create');
		expect(all[0]).toMatchObject({ id: 'name', required: true, type: 'string' });
		expect(named(all, 'weight')).toMatchObject({ type: 'number' });
		expect(named(all, 'archived')).toMatchObject({ type: 'boolean' });
		expect(named(all, 'uom')?.options?.length).toBeGreaterThan(0);
		expect(named(all, 'taxSystem')).toMatchObject({ type: 'options' });
		for (const hidden of ['id', 'updated', 'pathName', 'salePrices', 'barcodes']) expect(named(all, hidden)).toBeUndefined();
	});

	it('matches on syncId where there is one, and on the external code elsewhere', async () => {
		const match = (all: ResourceMapperField[]) => [all.filter(({ canBeUsedToMatch }) => canBeUsedToMatch).map(({ id }) => id), all.find(({ defaultMatch }) => defaultMatch)?.id];
		expect(match(await fields('product'))).toEqual([['id', 'externalCode', 'syncId'], 'syncId']);
		expect(match(await fields('variant'))).toEqual([['id', 'externalCode'], 'externalCode']);
	});

	it('has states, and additional fields by their types', async () => {
		expect(named(await fields('customerOrder'), 'state')?.options?.length).toBeGreaterThan(3);
		await bench.edit('POST', 'entity/product/metadata/attributes', [{ name: 'Needed', type: 'long', required: false }]);
		const attributes = (await fields('service')).filter(({ id }) => id.startsWith('attribute:'));
		expect(attributes.find(({ displayName }) => displayName === 'Needed')).toMatchObject({ type: 'number', canBeUsedToMatch: false });
		expect(attributes.some(({ displayName }) => displayName.endsWith('(Name or ID)'))).toBe(true);
		expect((await fields('variant')).some(({ id }) => id.startsWith('attribute:'))).toBe(false);
	});
});
