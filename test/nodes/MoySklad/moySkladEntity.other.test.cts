import type { INodeParameters } from 'n8n-workflow';
import type { Json } from '../../simulators/moysklad/caller.cts';
import { chosen, EntityBench } from './entityBench.cts';

let bench: EntityBench;
beforeAll(async () => (bench = await EntityBench.start({ size: { products: 30 } })));
afterAll(async () => await bench.close());
beforeEach(() => bench.reset());

describe('Dictionary', () => {
	const entries = async (dictionary: string, more: INodeParameters = {}): Promise<Json[]> =>
		await bench.done({ resource: 'dictionary', operation: 'getAll', returnAll: true, dictionary, ...more });

	it.each([
		'attributes', 'characteristics', 'contracts', 'countries', 'currencies', 'customDictionaries', 'employees', 'groups', 'organizations', 'priceTypes', 'projects',
		'regions', 'salesChannels', 'stores', 'uoms',
	])('%s: all entries with one call', async (dictionary) => {
		const rows = await entries(dictionary);
		expect(rows.length).toBeGreaterThan(0);
		expect(rows.every(({ id, name, code }) => typeof id === 'string' && (name ?? code) !== undefined)).toBe(true);
		expect(bench.callCount).toBe(1);
	});

	it('states of a kind of object', async () => {
		const names = (await entries('states', { dictionaryEntity: 'customerorder' })).map(({ name }) => name as string);
		expect(names).toEqual(expect.arrayContaining(['Новый', 'Отгружен']));
		expect(await entries('states', { dictionaryEntity: 'customerorder', returnAll: false, limit: 2 })).toHaveLength(2);
	});

	it('entries of a custom dictionary', async () => {
		const [dictionary] = await entries('customDictionaries');
		const rows = await entries('customEntities', { customDictionary: chosen(String(dictionary?.id)) });
		expect(rows.length).toBeGreaterThan(0);
		expect(String((rows[0]?.meta as Json).href)).toContain(`/entity/customentity/${String(dictionary?.id)}/`);
	});

	it('organizations with their accounts', async () => {
		const [organization] = await entries('organizations');
		expect(Array.isArray((organization?.accounts as Json).rows)).toBe(true);
	});

	it('searched, and with what is archived', async () => {
		const made = await bench.edit('POST', 'entity/project', { name: 'Расходы на рекламу' });
		expect((await entries('projects', { options: { search: 'рекламу' } })).map(({ id }) => id)).toEqual([made.id]);
		await bench.edit('PUT', `entity/project/${String(made.id)}`, { archived: true });
		expect((await entries('projects')).map(({ id }) => id)).not.toContain(made.id);
		expect((await entries('projects', { options: { archived: true } })).map(({ id }) => id)).toContain(made.id);
	});
});

describe('Audit', () => {
	it('lists records, what they are about, and the history of an object', async () => {
		const made = await bench.edit('POST', 'entity/product', { name: 'audited' });
		await bench.edit('PUT', `entity/product/${String(made.id)}`, { name: 'audited twice' });
		const [record] = await bench.done({ resource: 'audit', operation: 'getAll', limit: 1, options: { eventType: 'update', entityType: 'product', since: '2020-01-01T00:00:00Z' } });
		expect(record).toMatchObject({ eventType: 'update', entityType: 'product', objectCount: 1 });
		const events = await bench.done({ resource: 'audit', operation: 'getEvents', recordId: String(record?.id), returnAll: true });
		expect(events).toMatchObject([{ eventType: 'update', name: 'audited twice', diff: { name: { oldValue: 'audited', newValue: 'audited twice' } } }]);
		const history = await bench.done({ resource: 'audit', operation: 'getHistory', entity: 'product', objectId: String(made.id), returnAll: true });
		expect(history.map(({ eventType }) => eventType as string)).toEqual(['update', 'create']);
		expect(bench.callCount).toBe(3);
	});

	it('reads as many records as are wanted, a hundred a call', async () => {
		for (let index = 0; index < 130; index += 1) await bench.edit('PUT', 'entity/product/' + String((await bench.rows('entity/product?limit=1'))[0]?.id), { description: `${index}` });
		expect(await bench.done({ resource: 'audit', operation: 'getAll', limit: 120 })).toHaveLength(120);
		expect(bench.calls).toEqual({ 'GET /audit': 2 });
	});
});

describe('Custom API Call', () => {
	const call = async (parameters: INodeParameters): Promise<Json[]> => await bench.done({ resource: 'customApiCall', operation: 'call', ...parameters });
	const query = (name: string, value: string): INodeParameters => ({ query: { parameter: [{ name, value }] } });

	it('reads anything, and lists to their end', async () => {
		expect(await call({ path: 'context/companysettings' })).toMatchObject([{ priceTypes: expect.any(Array) as unknown }]);
		expect(await call({ path: '/entity/store', ...query('limit', '2') })).toMatchObject([{ rows: [{}, {}], meta: { size: 3 } }]);
		bench.reset();
		expect(await call({ path: 'entity/store', allRows: true })).toHaveLength(3);
		expect(bench.callCount).toBe(1);
		expect((await call({ path: 'context/companysettings/pricetype' })).length).toBeGreaterThan(1);
	});

	it('writes anything', async () => {
		const [made] = await call({ method: 'POST', path: 'entity/store', body: '{"name": "Third Shelf"}' });
		expect(made).toMatchObject({ name: 'Third Shelf' });
		expect(await call({ method: 'PUT', path: `entity/store/${String(made?.id)}`, body: '{"address": "Here"}', ...query('expand', 'owner') })).toMatchObject([{ address: 'Here', owner: { name: expect.any(String) as unknown } }]);
		expect(await call({ method: 'DELETE', path: String((made?.meta as Json).href) })).toEqual([{ success: true }]);
	});

	it('shows refusals with what MoySklad says', async () => {
		const run = await bench.run({ resource: 'customApiCall', operation: 'call', method: 'POST', path: 'entity/store', body: '{}' });
		expect(run.error?.message).toMatch(/name/);
		const wrong = await bench.run({ resource: 'customApiCall', operation: 'call', method: 'POST', path: 'entity/store', body: '{' });
		expect(wrong.error?.description).toContain('MOYSKLAD_JSON_INVALID');
	});

	it.each(['https://evil.example.com/steal', '//evil.example.com/steal', '@evil.example.com/steal', 'https://evil.example.com/api/remap/1.2/entity/store'])(
		'never leaves the server of the credential: %s',
		async (path) => {
			const run = await bench.run({ resource: 'customApiCall', operation: 'call', path });
			expect(bench.callCount).toBe(1);
			expect(run.error?.message ?? '').not.toMatch(/evil.*resolved|No connection/);
		},
	);
});
