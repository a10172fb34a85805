import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { EntityBench } from './entityBench.cts';

/** The audit knows seconds only, so a deletion by one test could show in the first look of the next. */
const WITHOUT_DELETIONS = { deletions: false };
const WITH_DELETIONS = { options: { deletions: true } };

describe('MoySklad Changes Trigger', () => {
	let bench: EntityBench;
	beforeAll(async () => (bench = await EntityBench.start({ size: { products: 5 } })));
	beforeEach(() => bench.reset());
	afterAll(async () => await bench.close());

	type Look = { events: IDataObject[]; staticData: IDataObject };
	const look = async (staticData: IDataObject = {}, parameters: INodeParameters = {}, user: 'admin' | 'editor' = 'admin', mode: 'trigger' | 'manual' = 'trigger'): Promise<Look> => {
		const setup = { type: 'moySkladChangesTrigger', parameters: { entities: ['product', 'customerorder'], options: WITHOUT_DELETIONS, ...parameters }, credentials: bench.credentials(user) };
		const { items, staticData: after } = await bench.engine.poll({ ...setup, staticData, mode });
		return { events: (items?.[0] ?? []).map(({ json }) => json), staticData: after };
	};
	const make = async (name: string): Promise<string> => String((await bench.edit('POST', 'entity/product', { name })).id);
	const change = async (id: string, description: string): Promise<void> => void (await bench.edit('PUT', `entity/product/${id}`, { description }));
	const ids = ({ events }: Look): unknown[] => events.map(({ id }) => id);

	it('begins with the time of the first look: nothing older is given', async () => {
		await make('Old');
		const first = await look();
		expect(first.events).toEqual([]);
		expect(first.staticData.cursor).toMatch(/^20\d\d-/);
		expect(bench.callCount).toBe(0);
		expect((await look(first.staticData)).events).toEqual([]);
	});

	it('gives what changed and what was deleted since the last look, each once, though looks overlap', async () => {
		const gone = await make('To be deleted');
		let { staticData } = await look();
		const made = await make('New');
		await bench.edit('DELETE', `entity/product/${gone}`);
		const second = await look(staticData, WITH_DELETIONS);
		expect(second.events.map(({ entity, id, action }) => [entity, id, action])).toEqual(
			expect.arrayContaining([
				['product', made, 'UPDATE'],
				['product', gone, 'DELETE'],
			]),
		);
		expect(second.events).toHaveLength(2);
		expect(second.events[0]).toMatchObject({ moment: expect.any(String), index: 0, requestId: null });
		expect((await look(second.staticData, WITH_DELETIONS)).events).toEqual([]);
		({ staticData } = second);
		await change(made, 'Once more');
		expect(ids(await look(staticData))).toEqual([made]);
	});

	it('gives a large change in portions, none twice and none missing', async () => {
		let { staticData } = await look();
		const made = [];
		for (let number = 0; number < 23; number += 1) made.push(await make(`Portion ${number}`));
		const seen: unknown[] = [];
		for (let round = 0; round < 5; round += 1) {
			const portion = await look(staticData, { options: { ...WITHOUT_DELETIONS, eventsAtOnce: 7 } });
			expect(portion.events.length).toBeLessThanOrEqual(7);
			seen.push(...ids(portion));
			({ staticData } = portion);
		}
		expect(seen.sort()).toEqual(made.sort());
	});

	it('begins the window anew when other objects are chosen in the middle of it', async () => {
		let { staticData } = await look();
		for (let number = 0; number < 6; number += 1) await make(`Middle ${number}`);
		const first = await look(staticData, { entities: ['product'], options: { ...WITHOUT_DELETIONS, eventsAtOnce: 2 } });
		({ staticData } = first);
		expect(String(staticData.cursor)).toContain('|product');
		const folder = String((await bench.edit('POST', 'entity/productfolder', { name: 'New folder' })).id);
		const rest = await look(staticData, { entities: ['productfolder'] });
		expect(ids(rest)).toEqual([folder]);
		expect((await look(rest.staticData, { entities: ['product'], options: { deletions: false } })).events).toHaveLength(4);
	});

	it('N2: forgets nothing when a look fails', async () => {
		const { staticData } = await look();
		const made = await make('During a failure');
		bench.shop.faults.set([{ kind: 'html', share: 1, route: 'customerorder' }]);
		await expect(look(staticData)).rejects.toMatchObject({ description: expect.stringMatching(/\([A-Z_]+\)/) });
		bench.shop.faults.set([]);
		expect(ids(await look(staticData))).toEqual([made]);
	}, 60_000);

	it('in a test run shows the latest changes, and keeps no place', async () => {
		const newest = await make('Newest');
		const { events, staticData } = await look({}, {}, 'admin', 'manual');
		expect(events.length).toBeGreaterThan(1);
		expect(events.length).toBeLessThanOrEqual(10);
		expect(events[0]).toMatchObject({ entity: 'product', id: newest, action: 'UPDATE' });
		expect(staticData).toEqual({});
	});

	it('without the right to read the audit gives changes all the same', async () => {
		const { staticData } = await look({}, WITH_DELETIONS, 'editor');
		const made = await make('Seen by an editor');
		const seen = await look(staticData, WITH_DELETIONS, 'editor');
		expect(ids(seen)).toEqual([made]);
		expect(seen.staticData.warned).toBe(true);
	});

	it('asks for each kind of object once, and for the audit only where deletions are wanted', async () => {
		const { staticData } = await look();
		bench.reset();
		await look(staticData);
		expect(bench.calls).toEqual({ 'GET /entity/product': 1, 'GET /entity/customerorder': 1 });
		bench.reset();
		await look(staticData, WITH_DELETIONS);
		expect(bench.calls).toMatchObject({ 'GET /entity/product': 1, 'GET /entity/customerorder': 1, 'GET /audit': 1 });
	});

	it.each([[[]], [['nonsense']]])('refuses to watch %j', async (entities) => {
		await expect(look({}, { entities })).rejects.toMatchObject({ description: expect.stringContaining('MOYSKLAD_NOTHING_WATCHED') });
	});

	it('says that it has not the guarantee of the inbox', () => {
		const { description } = bench.engine.library.getByNameAndVersion('n8n-nodes-moysklad-bitrix.moySkladChangesTrigger');
		expect(description.polling).toBe(true);
		expect(description.properties.find(({ type }) => type === 'notice')?.displayName).toContain('inbox');
	});
});
