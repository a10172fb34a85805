import type { IDataObject, INodeParameters } from 'n8n-workflow';
import type { Json } from '../../simulators/moysklad/caller.cts';
import { chosen, EntityBench, mapped } from './entityBench.cts';
import { KIND_CASES, neededOf, party as partyOf, rows, type Needed } from './kindCases.cts';

let bench: EntityBench;
let needed: Needed;

beforeAll(async () => {
	bench = await EntityBench.start({ size: { products: 20 } });
	needed = await neededOf(bench);
});
afterAll(async () => await bench.close());
beforeEach(() => bench.reset());

const UUID = expect.stringMatching(/^[0-9a-f-]{36}$/) as unknown;
const uuid = (index: number): string => `7a000000-0000-4000-8000-${String(index).padStart(12, '0')}`;
const party = (): IDataObject => partyOf(needed);

describe.each(KIND_CASES)('$resource', ({ resource, entity, fields, lists = () => ({}) }) => {
	const key = `key of ${resource}`;
	const upsert = async (more: IDataObject, parameters: INodeParameters = {}) =>
		await bench.write({ resource, operation: 'upsert', fields: mapped({ externalCode: key, ...fields(needed), ...more }, 'externalCode'), ...lists(needed), ...parameters });

	it('is made once, left alone while nothing differs, and changed where something does', async () => {
		const planned = await upsert({}, { preview: true });
		expect(planned).toMatchObject({ done: [{ status: 'planned', key, moySkladId: null }], failed: [] });
		expect(planned.done[0]?.changes.length).toBeGreaterThanOrEqual(Object.keys(fields(needed)).length);
		expect(bench.calls).toEqual({ [`GET /entity/${entity}`]: 1 });

		const made = await upsert({});
		expect(made).toMatchObject({ done: [{ status: 'created', key, moySkladId: UUID, bitrixId: null }], failed: [] });
		bench.reset();
		const again = await upsert({});
		expect(again).toMatchObject({ done: [{ status: 'unchanged', key, moySkladId: made.done[0]?.moySkladId, changes: [] }], failed: [] });
		expect(bench.calls).toEqual({ [`GET /entity/${entity}`]: 1 });

		const changed = await upsert({ description: 'changed' });
		expect(changed).toMatchObject({ done: [{ status: 'updated', changes: [{ field: 'description', from: null, to: 'changed' }] }], failed: [] });
		expect(await bench.edit('GET', `entity/${entity}/${String(made.done[0]?.moySkladId)}`)).toMatchObject({ externalCode: key, description: 'changed' });
	});

	it('is updated by id, and deleted for good', async () => {
		const [present] = await bench.rows(`entity/${entity}?filter=${encodeURIComponent(`externalCode=${key}`)}`);
		const id = String(present?.id);
		const updated = await bench.write({ resource, operation: 'update', fields: mapped({ id, description: 'by id' }, 'id') });
		expect(updated.done).toMatchObject([{ status: 'updated', key: id, moySkladId: id }]);

		const deleted = await bench.write({ resource, operation: 'delete', objectId: chosen(id) });
		expect(deleted.done).toMatchObject([{ status: 'deleted', key: id, moySkladId: id }]);
		await expect(bench.edit('GET', `entity/${entity}/${id}`)).rejects.toThrow('404');
		expect((await bench.write({ resource, operation: 'delete', objectId: chosen(id) })).done).toMatchObject([{ status: 'unchanged' }]);
		expect((await bench.write({ resource, operation: 'update', fields: mapped({ id, description: 'x' }, 'id') })).failed).toMatchObject([{ status: 'failed', error: { code: 'MOYSKLAD_NOT_FOUND' } }]);
	});
});

describe('Create', () => {
	const create = async (fields: IDataObject[], more: INodeParameters = {}) =>
		await bench.write({ resource: 'product', operation: 'create', fields: mapped({ name: '={{ $json.name }}', syncId: '={{ $json.syncId }}', article: '={{ $json.article }}' }), ...more }, fields);

	it('makes many objects with one call', async () => {
		const { done } = await create(Array.from({ length: 150 }, (_, index) => ({ name: `bulk ${index}` })));
		expect(done.map(({ status }) => status)).toEqual(Array<string>(150).fill('created'));
		expect(bench.calls).toEqual({ 'POST /entity/product': 1 });
	});

	it('I5: with a syncId a repetition finds what was made and changes only what differs', async () => {
		const [first] = (await create([{ name: 'once', syncId: uuid(1), article: 'A' }])).done;
		bench.reset();
		expect((await create([{ name: 'once', syncId: uuid(1), article: 'A' }])).done).toMatchObject([{ status: 'unchanged', moySkladId: first?.moySkladId }]);
		expect((await create([{ name: 'once', syncId: uuid(1), article: 'B' }])).done).toMatchObject([{ status: 'updated', moySkladId: first?.moySkladId, changes: [{ field: 'article', from: 'A', to: 'B' }] }]);
		expect(bench.shop.account.table('product').all().filter(({ syncId }) => syncId === uuid(1))).toHaveLength(1);
	});

	it('maps refusals to their items, and the others are made', async () => {
		const { done, failed } = await create([{ name: 'good' }, { name: 'x'.repeat(300) }, { name: 'also good' }]);
		expect(done.map(({ key }) => key)).toEqual(['good', 'also good']);
		expect(failed).toMatchObject([{ status: 'failed', error: { code: 'MOYSKLAD_REJECTED', kind: 'data', retryable: false } }]);
	});

	it('puts results on the outputs paired with their items', async () => {
		const run = await bench.run({ resource: 'product', operation: 'create', fields: mapped({ name: '={{ $json.name }}', weight: '={{ $json.weight }}' }) }, [{ name: 'a', weight: 'heavy' }, { name: 'b', weight: 1 }]);
		expect(run.outputs.map((items) => items.map(({ pairedItem }) => pairedItem))).toEqual([[{ item: 1 }], [{ item: 0 }]]);
		expect(run.json(1)).toMatchObject([{ error: { code: 'MOYSKLAD_VALUE_INVALID', message: expect.stringContaining('weight') as unknown } }]);
	});

	it('can end the execution when items failed', async () => {
		const run = await bench.run({ resource: 'product', operation: 'create', fields: mapped({ weight: 1 }), options: { failAfterAll: true } });
		expect(run.error?.message).toBe('1 of 1 items failed');
	});

	it('gives the object on request', async () => {
		const { done } = await create([{ name: 'shown' }], { options: { includeObject: true } });
		expect(done[0]?.object).toMatchObject({ id: done[0]?.moySkladId, name: 'shown', externalCode: expect.any(String) as unknown });
	});
});

describe('Create or Update', () => {
	const upsert = async (items: IDataObject[], matchOn = 'externalCode', more: INodeParameters = {}) =>
		await bench.write({ resource: 'product', operation: 'upsert', fields: mapped({ [matchOn]: '={{ $json.key }}', name: '={{ $json.name }}' }, matchOn), ...more }, items);

	it('I3: reports keys that are empty, repeated or ambiguous, and writes the others', async () => {
		for (const name of ['twin', 'twin 2']) await bench.edit('POST', 'entity/product', { name, externalCode: 'twin' });
		const { done, failed } = await upsert([{ key: '', name: 'a' }, { key: 'same', name: 'b' }, { key: 'same', name: 'c' }, { key: 'twin', name: 'd' }, { key: 'fine', name: 'e' }]);
		expect(done).toMatchObject([{ status: 'created', key: 'fine' }]);
		expect(failed.map(({ status, error }) => [status, (error as Json).code as string])).toEqual([
			['conflict', 'MOYSKLAD_KEY_EMPTY'],
			['conflict', 'MOYSKLAD_KEY_REPEATED'],
			['conflict', 'MOYSKLAD_KEY_REPEATED'],
			['conflict', 'MOYSKLAD_KEY_AMBIGUOUS'],
		]);
	});

	it('I3: finds what is archived, and leaves what lies in the bin', async () => {
		const archived = await bench.edit('POST', 'entity/product', { name: 'old', externalCode: 'archived', archived: true });
		expect((await upsert([{ key: 'archived', name: 'old' }])).done).toMatchObject([{ status: 'unchanged', moySkladId: archived.id }]);
		const order = await bench.edit('POST', 'entity/customerorder', {
			externalCode: 'binned', ...Object.fromEntries(['organization', 'agent'].map((field) => [field, { meta: { href: `${bench.shop.baseUrl}/entity/${field === 'agent' ? 'counterparty' : field}/${field === 'agent' ? needed.agent : needed.organization}`, type: field === 'agent' ? 'counterparty' : field } }])),
		});
		await bench.edit('POST', `entity/customerorder/${String(order.id)}/trash`);
		const { done } = await bench.write({ resource: 'customerOrder', operation: 'upsert', fields: mapped({ externalCode: 'binned', ...party(), description: 'new' }, 'externalCode') });
		expect(done).toMatchObject([{ status: 'skipped', moySkladId: order.id, warnings: [{ code: 'MOYSKLAD_IN_BIN' }] }]);
	});

	it('matches on syncId and on id', async () => {
		const [made] = (await upsert([{ key: uuid(2), name: 'by syncId' }], 'syncId')).done;
		expect((await upsert([{ key: uuid(2), name: 'renamed' }], 'syncId')).done).toMatchObject([{ status: 'updated', moySkladId: made?.moySkladId }]);
		expect((await upsert([{ key: made?.moySkladId, name: 'renamed' }], 'id')).done).toMatchObject([{ status: 'unchanged' }]);
		expect((await upsert([{ key: '', name: 'brand new' }], 'id')).done).toMatchObject([{ status: 'created' }]);
	});

	it('handles 300 items with two calls to look up and two to write, then writes only what changed', async () => {
		const items = Array.from({ length: 300 }, (_, index) => ({ key: `many ${index}`, name: `name ${index}` }));
		await upsert(items);
		expect(bench.calls).toEqual({ 'GET /entity/product': 2, 'POST /entity/product': 2 });
		bench.reset();
		await upsert(items.map((item, index) => (index === 7 ? { ...item, name: 'changed' } : item)));
		expect(bench.calls).toEqual({ 'GET /entity/product': 2, 'POST /entity/product': 1 });
	});

	it('takes the fields of input items that the object has', async () => {
		const { done } = await bench.write({ resource: 'product', operation: 'upsert', fields: { mappingMode: 'autoMapInputData', value: null, matchingColumns: ['externalCode'], schema: [] } as never }, [
			{ externalCode: 'auto', name: 'auto', weight: 2, colour: 'red', updated: 'x', images: { meta: { size: 1 } }, 'attribute:На сайте': true },
		]);
		expect(done).toMatchObject([{ status: 'created', key: 'auto' }]);
		expect(await bench.edit('GET', `entity/product/${String(done[0]?.moySkladId)}`)).toMatchObject({ weight: 2, attributes: [{ name: 'На сайте', value: true }] });
	});

	it('leaves fields alone that are empty, or clears them where that is wanted', async () => {
		const write = async (description: unknown, options: INodeParameters = {}) =>
			(await bench.write({ resource: 'product', operation: 'upsert', fields: mapped({ externalCode: 'empty', name: 'x', description } as IDataObject, 'externalCode'), options })).done[0];
		await write('text');
		expect(await write('')).toMatchObject({ status: 'unchanged' });
		expect(await write(null)).toMatchObject({ status: 'unchanged' });
		expect(await write('', { emptyValues: 'clear' })).toMatchObject({ status: 'updated', changes: [{ field: 'description', from: 'text', to: null }] });
	});

	it('takes whatever else MoySklad knows as JSON', async () => {
		const write = async (additionalFields: unknown) =>
			await bench.write({ resource: 'product', operation: 'upsert', fields: mapped({ externalCode: 'json', name: 'x' }, 'externalCode'), additionalFields: additionalFields as string });
		expect((await write('{"packs": [], "article": "J"}')).done).toMatchObject([{ status: 'created' }]);
		expect((await write('{"article": null}')).done).toMatchObject([{ status: 'updated', changes: [{ field: 'article', from: 'J', to: null }] }]);
		for (const wrong of ['{', '[1]', '"text"']) expect((await write(wrong)).failed).toMatchObject([{ error: { code: 'MOYSKLAD_JSON_INVALID' } }]);
	});
});

describe('Lists inside objects', () => {
	it('prices are merged by their types', async () => {
		const types = (await bench.edit('GET', 'context/companysettings/pricetype')) as unknown as Array<{ id: string; name: string }>;
		const [retail, wholesale] = types;
		const write = async (...prices: Array<[id: string, value: number]>) =>
			(
				await bench.write({
					resource: 'product', operation: 'upsert', fields: mapped({ externalCode: 'priced', name: 'x' }, 'externalCode'),
					salePrices: rows(...prices.map(([id, value]) => ({ priceType: chosen(id), value, currency: chosen('') }))),
				})
			).done[0];
		await write([retail?.id ?? '', 100], [wholesale?.id ?? '', 200]);
		expect(await write([retail?.id ?? '', 150])).toMatchObject({ status: 'updated', changes: [{ field: `salePrices.${retail?.name}`, from: '1', to: '1.5' }] });
		const [present] = await bench.rows('entity/product?filter=externalCode%3Dpriced');
		const values = (present?.salePrices as Array<{ value: number; priceType: { id: string } }>).filter(({ priceType }) => [retail?.id, wholesale?.id].includes(priceType.id)).map(({ value }) => value);
		expect(values.sort()).toEqual([150, 200]);
	});

	it('components that are not listed any more are taken out of a bundle', async () => {
		const [one, other] = (await bench.rows('entity/product?limit=2&order=code')).map(({ meta }) => String((meta as Json).href));
		const write = async (...components: Array<[href: string | undefined, quantity: number]>) =>
			(
				await bench.write({
					resource: 'bundle', operation: 'upsert', fields: mapped({ externalCode: 'parts', name: 'Set' }, 'externalCode'),
					components: rows(...components.map(([href, quantity]) => ({ assortment: chosen(href ?? ''), quantity }))),
				})
			).done[0];
		await write([one, 1], [other, 2]);
		expect(await write([other, 2], [one, 1])).toMatchObject({ status: 'unchanged' });
		const changed = await write([other, 5]);
		expect(changed).toMatchObject({ status: 'updated', changes: [{ field: 'components' }] });
		const { components } = (await bench.edit('GET', `entity/bundle/${String(changed?.moySkladId)}?expand=components`)) as { components: { rows: Json[] } };
		expect(components.rows.map(({ quantity }) => quantity)).toEqual([5]);
	});

	it('positions that stay keep their id', async () => {
		const [one, other] = (await bench.rows('entity/product?limit=2&order=code')).map(({ meta }) => String((meta as Json).href));
		const line = (href: string | undefined, quantity: number): INodeParameters => ({ assortment: chosen(href ?? ''), quantity, price: 100, discount: 0, vat: '', reserve: 0 });
		const write = async (...lines: INodeParameters[]) =>
			(await bench.write({ resource: 'customerOrder', operation: 'upsert', fields: mapped({ externalCode: 'lines', ...party() }, 'externalCode'), positions: rows(...lines) })).done[0];
		const id = String((await write(line(one, 1), line(other, 2)))?.moySkladId);
		const positionsOf = async (): Promise<Json[]> => await bench.rows(`entity/customerorder/${id}/positions`);
		const before = await positionsOf();
		expect(await write(line(other, 2), line(one, 1))).toMatchObject({ status: 'unchanged' });
		expect(await write(line(other, 3))).toMatchObject({ status: 'updated' });
		expect(await positionsOf()).toMatchObject([{ id: before[1]?.id, quantity: 3 }]);
	});
});

describe('Additional fields', () => {
	let definitions: Array<{ id: string; name: string; type: string; customEntityMeta?: { href: string } }>;
	const VALUES: Record<string, () => Promise<unknown>> = {
		string: async () => await Promise.resolve('text'),
		text: async () => await Promise.resolve('long\ntext'),
		link: async () => await Promise.resolve('https://example.com/a'),
		long: async () => await Promise.resolve('42'),
		double: async () => await Promise.resolve(1.25),
		boolean: async () => await Promise.resolve(true),
		time: async () => await Promise.resolve('2026-11-21T07:15:00.000Z'),
		file: async () => await Promise.resolve({ filename: 'a.txt', content: 'QQ==' }),
	};

	async function valueFor({ type, customEntityMeta }: { type: string; customEntityMeta?: { href: string } }): Promise<unknown> {
		if (VALUES[type]) return await VALUES[type]();
		const dictionary = /[0-9a-f-]{36}$/.exec(customEntityMeta?.href ?? '')?.[0];
		const [entry] = await bench.rows(dictionary ? `entity/customentity/${dictionary}?limit=1` : `entity/${type}?limit=1`);
		return entry?.name;
	}

	beforeAll(async () => {
		const types = ['string', 'text', 'link', 'long', 'double', 'boolean', 'time', 'file', 'counterparty', 'employee', 'product', 'contract', 'project', 'store', 'organization'];
		await bench.edit('POST', 'entity/product/metadata/attributes', types.map((type) => ({ name: `my ${type}`, type })));
		definitions = (await bench.rows('entity/product/metadata/attributes')) as typeof definitions;
	});

	const byType = (): Array<[string, (typeof definitions)[number]]> => {
		const own = definitions.filter(({ name }) => name.startsWith('my '));
		const dictionary = definitions.find(({ type }) => type === 'customentity');
		return [...own, ...(dictionary ? [dictionary] : [])].map((definition) => [definition.type, definition]);
	};

	it('of every type are set by name, found unchanged, and cleared with null', async () => {
		const fields: IDataObject = {};
		for (const [, definition] of byType()) fields[`attribute:${definition.name}`] = (await valueFor(definition)) as IDataObject;
		expect(Object.keys(fields).length).toBe(16);
		const write = async (values: IDataObject, options: INodeParameters = {}) =>
			(await bench.write({ resource: 'product', operation: 'upsert', fields: mapped({ externalCode: 'attributes', name: 'x', ...values }, 'externalCode'), options })) as { done: Json[]; failed: Json[] };
		expect(await write(fields)).toMatchObject({ done: [{ status: 'created' }], failed: [] });
		const [made] = await bench.done({ resource: 'product', operation: 'getAll', limit: 1, options: { attributesByName: true, filterText: 'externalCode=attributes' } });
		expect(made?.attributesByName).toMatchObject({ 'my string': 'text', 'my long': 42, 'my double': 1.25, 'my boolean': true, 'my time': '2026-11-21 10:15:00.000', 'my file': 'a.txt' });
		expect(Object.keys(made?.attributesByName as object)).toHaveLength(16);

		bench.reset();
		expect(await write(fields)).toMatchObject({ done: [{ status: 'unchanged' }] });
		expect(bench.calls['POST /entity/product']).toBeUndefined();

		const cleared = Object.fromEntries(Object.keys(fields).map((name) => [name, null]));
		expect(await write(cleared)).toMatchObject({ done: [{ status: 'unchanged' }] });
		const [done] = (await write(cleared, { emptyValues: 'clear' })).done;
		expect(done?.status).toBe('updated');
		expect((done?.changes as unknown[]).length).toBe(16);
		expect((await bench.edit('GET', `entity/product/${String(done?.moySkladId)}`)).attributes).toBeUndefined();
	});

	it('by id or name, dictionary entries of many items looked up together', async () => {
		const dictionary = definitions.find(({ type }) => type === 'customentity');
		const entries = await bench.rows(`entity/customentity/${/[0-9a-f-]{36}$/.exec(dictionary?.customEntityMeta?.href ?? '')?.[0] ?? ''}`);
		const items = Array.from({ length: 40 }, (_, index) => ({ name: `coloured ${index}`, entry: String(entries[index % entries.length]?.name) }));
		bench.reset();
		const { done } = await bench.write({ resource: 'product', operation: 'create', fields: mapped({ name: '={{ $json.name }}', [`attribute:${dictionary?.id}`]: '={{ $json.entry }}' }) }, items);
		expect(done.every(({ status }) => status === 'created')).toBe(true);
		expect(bench.callCount).toBe(3);
	});

	it('that are wrong fail their item only', async () => {
		const dictionary = definitions.find(({ type }) => type === 'customentity');
		const { done, failed } = await bench.write(
			{ resource: 'product', operation: 'create', fields: mapped({ name: 'x', [`attribute:${dictionary?.name}`]: '={{ $json.entry }}', 'attribute:my long': '={{ $json.long }}' }) },
			[{ entry: 'Nobody knows' }, { long: 'many' }, { long: 5 }],
		);
		expect(done).toHaveLength(1);
		expect(failed.map(({ error }) => (error as Json).code as string)).toEqual(['MOYSKLAD_VALUE_NOT_LISTED', 'MOYSKLAD_VALUE_INVALID']);
		const unknown = await bench.write({ resource: 'product', operation: 'create', fields: mapped({ name: 'x', 'attribute:Nobody': 1 }) });
		expect(unknown.failed).toMatchObject([{ error: { code: 'MOYSKLAD_VALUE_NOT_LISTED' } }]);
	});

	it('take a file from the binary data of the item', async () => {
		const item = { json: {}, binary: { photo: { data: 'QUJD', mimeType: 'text/plain', fileName: 'abc.txt' } } };
		const { done } = await bench.write({ resource: 'product', operation: 'create', fields: mapped({ name: 'filed', 'attribute:my file': 'photo' }) }, [item]);
		expect((await bench.edit('GET', `entity/product/${String(done[0]?.moySkladId)}`)).attributes).toMatchObject([{ name: 'my file', value: 'abc.txt' }]);
	});
});

describe('Delete', () => {
	it('keeps what others refer to, and reports it', async () => {
		const [used] = await bench.rows('entity/counterparty?limit=1');
		const { failed } = await bench.write({ resource: 'counterparty', operation: 'delete', objectId: chosen(needed.agent) });
		expect(used).toBeDefined();
		expect(failed).toMatchObject([{ status: 'failed', moySkladId: needed.agent, error: { code: 'MOYSKLAD_IN_USE', kind: 'conflict' } }]);
	});

	it('deletes many with one call, only shows what it would do, and moves documents to the bin', async () => {
		const made = await bench.write({ resource: 'customerOrder', operation: 'create', fields: mapped(party()) }, [{}, {}, {}]);
		const items = made.done.map(({ moySkladId }) => ({ id: moySkladId }));
		const remove = async (more: INodeParameters, some = items) => (await bench.write({ resource: 'customerOrder', operation: 'delete', objectId: chosen('={{ $json.id }}'), ...more }, some)).done.map(({ status }) => status);
		bench.reset();
		expect(await remove({ preview: true })).toEqual(['planned', 'planned', 'planned']);
		expect(bench.callCount).toBe(0);
		expect(await remove({ options: { recycleBin: true } }, items.slice(0, 1))).toEqual(['deleted']);
		expect((await bench.edit('GET', `entity/customerorder/${String(items[0]?.id)}`)).deleted).toBeDefined();
		bench.reset();
		expect(await remove({}, [...items.slice(1), ...items.slice(1)])).toEqual(Array<string>(4).fill('deleted'));
		expect(bench.callCount).toBe(1);
	});
});

it('W4: webhooks below the chosen address are not called, others are', async () => {
	const hook = async (url: string): Promise<Json> => await bench.edit('POST', 'entity/webhook', { entityType: 'service', action: 'CREATE', url });
	await hook('https://n8n.example.com/webhook/own/moysklad?instance=0123456789ab&check=secret-secret-secret');
	await hook('https://n8n.example.com/webhook/other');
	bench.shop.parts.deliveries.paused = true;
	const create = async (options: INodeParameters): Promise<string[]> => {
		const before = bench.shop.parts.deliveries.all.length;
		await bench.write({ resource: 'service', operation: 'create', fields: mapped({ name: 'heard' }), options });
		return bench.shop.parts.deliveries.all.slice(before).map(({ url }) => new URL(url).pathname.split('/')[2] ?? '').sort();
	};
	expect(await create({})).toEqual(['other', 'own']);
	expect(await create({ suppressWebhooks: chosen('https://n8n.example.com/webhook/own') })).toEqual(['other']);
});
