import type { IDataObject } from 'n8n-workflow';
import type { Json } from '../../simulators/moysklad/caller.cts';
import { chosen, EntityBench, mapped } from './entityBench.cts';

const LONG = 'x'.repeat(300_000);
const ID = '7944ef04-f831-11e5-7a69-971500188b19';

const nested = (depth: number): IDataObject => (depth === 0 ? {} : { value: nested(depth - 1) });

describe('MoySklad Entity: input that is not what it should be', () => {
	let bench: EntityBench;

	beforeAll(async () => (bench = await EntityBench.start({ size: { products: 5 } })));
	afterAll(async () => await bench.close());
	beforeEach(() => bench.reset());

	const outcomeOf = ({ status, error }: Json): string => String((error as Json | undefined)?.code ?? status);

	/** What became of each item, in the order of the items. */
	async function outcomes(parameters: Parameters<EntityBench['run']>[0], items: IDataObject[]): Promise<string[]> {
		const run = await bench.run(parameters, items);
		if (run.error) throw run.error;
		const placed = run.outputs.flat().map(({ json, pairedItem }) => ({ json: json as Json, item: (pairedItem as { item: number }).item }));
		return placed.sort((one, other) => one.item - other.item).map(({ json }) => outcomeOf(json));
	}

	it('items of an upsert fail alone and with a code; the others are written', async () => {
		const product = (externalCode: unknown, more: IDataObject = {}): IDataObject => ({ name: 'x', externalCode: externalCode as string, ...more });
		const cases: Array<[item: IDataObject, outcome: string]> = [
			[product('good'), 'created'],
			[{}, 'MOYSKLAD_KEY_EMPTY'],
			[product('a', { name: { a: 1 } }), 'MOYSKLAD_VALUE_INVALID'],
			[product('b', { name: LONG }), 'MOYSKLAD_REJECTED'],
			[product(LONG), 'MOYSKLAD_REJECTED'],
			[product({ a: 1 }), 'MOYSKLAD_VALUE_INVALID'],
			[JSON.parse('{"name":"p","externalCode":"__proto__","__proto__":{"a":1},"constructor":"x","toString":"y"}') as IDataObject, 'created'],
			[product(`a'"\n;=\\`), 'created'],
			[product('ends with \\'), 'created'],
			[product('half \uD800'), 'created'],
			[product('c', { weight: NaN }), 'MOYSKLAD_VALUE_INVALID'],
			[product('d', { weight: 1e300 }), 'MOYSKLAD_REJECTED'],
			[product('e', { minPrice: 'x' }), 'MOYSKLAD_VALUE_INVALID'],
			[product('f', { salePrices: [null] as never }), 'MOYSKLAD_VALUE_INVALID'],
			[product('g', { salePrices: [{ value: 'x', priceType: null }] }), 'MOYSKLAD_REJECTED'],
			[product('h', { 'attribute:__proto__': 'x' }), 'MOYSKLAD_VALUE_NOT_LISTED'],
			[product('i', { productFolder: nested(5000) }), 'MOYSKLAD_VALUE_INVALID'],
			[product('j', { uom: { meta: { href: 5 } } }), 'MOYSKLAD_VALUE_INVALID'],
			[product('k', { syncId: 'none' }), 'MOYSKLAD_VALUE_INVALID'],
			[product('twice'), 'MOYSKLAD_KEY_REPEATED'],
			[product('twice'), 'MOYSKLAD_KEY_REPEATED'],
			[product('also good'), 'created'],
		];
		const fields = { mappingMode: 'autoMapInputData', value: null, matchingColumns: ['externalCode'], schema: [] } as never;
		expect(await outcomes({ resource: 'product', operation: 'upsert', fields }, cases.map(([item]) => item))).toEqual(cases.map(([, outcome]) => outcome));
	});

	it('Additional Fields cannot turn a write to another object, nor fail the other items', async () => {
		const [victim] = (await bench.rows('entity/product?limit=1')) as [Json];
		const extras: Array<[json: string, outcome: string]> = [
			['{}', 'created'], ['[]', 'MOYSKLAD_JSON_INVALID'], ['{bad', 'MOYSKLAD_JSON_INVALID'], ['{"components":[1]}', 'MOYSKLAD_VALUE_INVALID'], ['{"attributes":[{"meta":null}]}', 'MOYSKLAD_REJECTED'],
			['{"attributes":"x"}', 'MOYSKLAD_VALUE_INVALID'], [JSON.stringify({ meta: victim.meta, name: 'taken over' }), 'created'], ['{"meta":5}', 'created'],
		];
		const run = async () => await outcomes(
			{ resource: 'product', operation: 'upsert', fields: mapped({ externalCode: '={{ $json.key }}', name: 'x' }, 'externalCode'), additionalFields: '={{ $json.extra }}' },
			extras.map(([extra], index) => ({ key: `extra ${index}`, extra })),
		);
		expect(await run()).toEqual(extras.map(([, outcome]) => outcome));
		expect(await run()).toEqual(extras.map(([, outcome]) => (outcome === 'created' ? 'unchanged' : outcome)));
		expect(await bench.edit('GET', `entity/product/${String(victim.id)}`)).toMatchObject({ name: victim.name });
	});

	it('a list that the object does not have is not asked for', async () => {
		const [organization, agent] = await Promise.all(['organization', 'counterparty'].map(async (entity) => String((await bench.rows(`entity/${entity}?limit=1`))[0]?.id)));
		const fields = mapped({ externalCode: '={{ $json.key }}', organization: organization ?? '', agent: agent ?? '' }, 'externalCode');
		const extra = (json: object): IDataObject => ({ key: JSON.stringify(json), extra: JSON.stringify(json) });
		const items = [extra({}), extra({ components: [{ quantity: 1 }] })];
		expect((await outcomes({ resource: 'customerOrder', operation: 'upsert', fields, additionalFields: '={{ $json.extra }}' }, items))[0]).toBe('created');
	});

	it('events that are none go to Failed, the others are read', async () => {
		const event = { entity: 'product', id: ID, action: 'UPDATE', moment: '2026-01-01T00:00:00Z' };
		const items: IDataObject[] = [event, {}, { ...event, entity: '__proto__' }, { ...event, id: LONG }, { ...event, action: 'NUKE' }, { ...event, moment: { a: 1 } }, { ...event, moment: 'x' }];
		const run = await bench.run({ resource: 'product', operation: 'getForEvents' }, items);
		expect(run.error).toBeUndefined();
		expect(run.json(0)).toMatchObject([{ id: ID, deleted: true, eventCount: 3 }]);
		expect(run.json(1).map(outcomeOf)).toEqual(['MOYSKLAD_EVENT_INVALID', 'MOYSKLAD_EVENT_FOREIGN', 'MOYSKLAD_EVENT_INVALID', 'MOYSKLAD_EVENT_INVALID']);
	});

	it.each(['x', '|||', '2026-01-01|', '2026-01-01T00:00:00Z|2026-01-02T00:00:00Z|__proto__', '2026-01-01T00:00:00Z|2026-01-02T00:00:00Z|deleted|-5', '2026-01-01T00:00:00Z|2026-01-02T00:00:00Z|deleted|1.5', LONG])(
		'the cursor %.60s is none', async (cursor) => {
			const { error } = await bench.run({ resource: 'product', operation: 'getChanges', cursor });
			expect(error).toMatchObject({ description: expect.stringContaining('MOYSKLAD_CURSOR_INVALID') as string });
			expect(error?.message.length).toBeLessThan(1500);
			expect(bench.callCount).toBe(0);
		},
	);

	it('pages and times out of all bounds are kept within them', async () => {
		for (const numbers of [{ pageSize: 0 }, { pageSize: -1 }, { pageSize: 1e9 }, { lookBack: 1e15 }, { lookBack: -5 }, { options: { overlap: -1e9 } }])
			expect(await bench.done({ resource: 'product', operation: 'getChanges', ...numbers })).toMatchObject([{ more: expect.any(Boolean) as boolean }]);
	});

	it('an operator that there is not is no “equals”', async () => {
		const filters = { condition: [{ field: chosen('name'), operator: 'constructor', value: 'x' }] } as never;
		const { error } = await bench.run({ resource: 'product', operation: 'getAll', filters });
		expect(error).toMatchObject({ description: expect.stringContaining('MOYSKLAD_VALUE_INVALID') as string });
	});

	it('a token that no header takes is not sent', async () => {
		const credentials = { moySkladApi: { authentication: 'token', token: 'tokеn with a Cyrillic letter', baseUrl: bench.shop.baseUrl } };
		const { error } = await bench.run({ resource: 'product', operation: 'getAll' }, undefined, { credentials });
		expect(error).toMatchObject({ description: expect.stringContaining('MOYSKLAD_AUTH_FAILED') as string });
		expect(JSON.stringify([error?.message, error])).not.toContain('Cyrillic');
	});
});
