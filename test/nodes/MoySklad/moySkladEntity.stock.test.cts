import type { IDataObject, INodeParameters } from 'n8n-workflow';
import type { Json } from '../../simulators/moysklad/caller.cts';
import { toMoscow } from '../../../core';
import { chosen, EntityBench } from './entityBench.cts';

interface Level extends Json {
	id: string;
	stores?: Array<{ id: string | null; freeStock?: number; stock?: number; unknown?: boolean }>;
}

let bench: EntityBench;
let lamp: Json;
let shade: Json;
let set: Json;
let mainStore: string;
let otherStore: string;

beforeAll(async () => {
	bench = await EntityBench.start({ size: { products: 12, variantShare: 0, bundles: 0, services: 2, stores: 3, archivedShare: 0 } });
	[mainStore = '', otherStore = ''] = (await bench.rows('entity/store')).map(({ id }) => String(id));
	[lamp, shade] = (await Promise.all(['Lamp', 'Shade'].map(async (name) => await bench.edit('POST', 'entity/product', { name })))) as [Json, Json];
	const [service] = await bench.rows('entity/service?limit=1');
	const component = (good: Json | undefined, quantity: number): Json => ({ assortment: { meta: good?.meta as unknown }, quantity });
	set = await bench.edit('POST', 'entity/bundle', { name: 'Lamp with two shades', components: [component(lamp, 1), component(shade, 2), component(service, 1)] });
});
afterAll(async () => await bench.close());

beforeEach(() => {
	const { account } = bench.shop;
	setStock(lamp, mainStore, 5);
	setStock(lamp, otherStore, 2);
	setStock(shade, mainStore, 7);
	account.stock.setRecalculating(String(lamp.id), mainStore, false);
	bench.reset();
});

const setStock = (good: Json, store: string, amount: number): void => bench.shop.account.stock.setStock(String(good.id), store, amount, bench.shop.clock.now());

/** An order that reserves, in a store or in none. */
async function reserve(good: Json, quantity: number, store?: string): Promise<Json> {
	const [organization, agent] = await Promise.all(['organization', 'counterparty'].map(async (entity) => (await bench.rows(`entity/${entity}?limit=1`))[0]));
	const positions = [{ assortment: { meta: good.meta as unknown }, quantity, price: 1, reserve: quantity }];
	const place = store === undefined ? {} : { store: { meta: { href: `${bench.shop.baseUrl}/entity/store/${store}`, type: 'store' } } };
	return await bench.edit('POST', 'entity/customerorder', { organization: { meta: organization?.meta }, agent: { meta: agent?.meta }, positions, ...place });
}

const levels = async (parameters: INodeParameters, items?: IDataObject[]): Promise<Level[]> => (await bench.done({ resource: 'stock', operation: 'getAll', ...parameters }, items)) as Level[];
const levelOf = (all: Level[], good: Json): Level | undefined => all.find(({ id }) => id === good.id);

describe('Current stock', () => {
	it('S1: is what is free, by store, with one call', async () => {
		const order = await reserve(lamp, 3, mainStore);
		const all = await levels({ report: 'currentByStore' });
		expect(bench.calls).toEqual({ 'GET /report/stock/bystore/current': 1 });
		expect(levelOf(all, lamp)).toEqual({ id: lamp.id, freeStock: 4, stores: expect.arrayContaining([{ id: mainStore, freeStock: 2 }, { id: otherStore, freeStock: 2 }]) as unknown });
		await bench.edit('DELETE', `entity/customerorder/${String(order.id)}`);
	});

	it('of several kinds costs one call each', async () => {
		const order = await reserve(shade, 4, mainStore);
		const all = await levels({ report: 'currentTotal', stockTypes: ['stock', 'reserve'] });
		expect(bench.callCount).toBe(2);
		expect(levelOf(all, shade)).toEqual({ id: shade.id, stock: 7, reserve: 4, freeStock: 3 });
		await bench.edit('DELETE', `entity/customerorder/${String(order.id)}`);
	});

	it('S3: orders without a store are a line without store, or lower the store that is chosen', async () => {
		const order = await reserve(lamp, 4);
		const lines = levelOf(await levels({ report: 'currentByStore' }), lamp);
		expect(lines?.stores).toContainEqual({ id: null, freeStock: -4 });
		const placed = levelOf(await levels({ report: 'currentByStore', options: { defaultStore: chosen(mainStore) } }), lamp);
		expect(placed).toEqual({ id: lamp.id, freeStock: 3, stores: expect.arrayContaining([{ id: mainStore, freeStock: 1 }, { id: otherStore, freeStock: 2 }]) as unknown });
		const only = levelOf(await levels({ report: 'currentByStore', stores: [mainStore], options: { defaultStore: chosen(mainStore) } }), lamp);
		expect(only).toEqual({ id: lamp.id, freeStock: 1, stores: [{ id: mainStore, freeStock: 1 }] });
		await bench.edit('DELETE', `entity/customerorder/${String(order.id)}`);
	});

	it('S3: is unknown while MoySklad recalculates it, in the total too', async () => {
		bench.shop.account.stock.setRecalculating(String(lamp.id), mainStore, true);
		const byStore = levelOf(await levels({ report: 'currentByStore' }), lamp);
		expect(byStore).toMatchObject({ unknown: true, stores: expect.arrayContaining([{ id: mainStore, unknown: true }, { id: otherStore, freeStock: 2 }]) as unknown });
		expect(byStore).not.toHaveProperty('freeStock');
		expect(levelOf(await levels({ report: 'currentTotal' }), lamp)).toEqual({ id: lamp.id, unknown: true });
	});

	it('of some goods only, out of stock too', async () => {
		setStock(lamp, mainStore, 0);
		setStock(lamp, otherStore, 0);
		const parameters = { report: 'currentTotal', assortment: `${String(lamp.id)}, ${String((shade.meta as Json).href)}` };
		expect(await levels(parameters)).toEqual([{ id: shade.id, freeStock: 7 }]);
		expect((await levels({ ...parameters, options: { zeroLines: true } })).sort((one, other) => Number(one.freeStock) - Number(other.freeStock))).toEqual([
			{ id: lamp.id, freeStock: 0 },
			{ id: shade.id, freeStock: 7 },
		]);
	});

	it('that changed comes whole: the stores in which nothing changed as well', async () => {
		bench.shop.clock.advance(5000);
		const changedSince = new Date(bench.shop.clock.now()).toISOString();
		bench.shop.clock.advance(2000);
		setStock(lamp, mainStore, 9);
		const all = await levels({ report: 'currentByStore', options: { changedSince } });
		expect(all).toEqual([{ id: lamp.id, freeStock: 11, stores: expect.arrayContaining([{ id: mainStore, freeStock: 9 }, { id: otherStore, freeStock: 2 }]) as unknown }]);
		expect(bench.calls).toEqual({ 'GET /report/stock/all/current': 1, 'GET /report/stock/bystore/current': 1 });
	});

	it('of a good that was archived after a change is zero', async () => {
		bench.shop.clock.advance(5000);
		const changedSince = new Date(bench.shop.clock.now()).toISOString();
		bench.shop.clock.advance(2000);
		setStock(shade, mainStore, 8);
		await bench.edit('PUT', `entity/product/${String(shade.id)}`, { archived: true });
		expect(await levels({ report: 'currentTotal', options: { changedSince } })).toEqual([{ id: shade.id, freeStock: 0 }]);
		await bench.edit('PUT', `entity/product/${String(shade.id)}`, { archived: false });
	});
});

describe('S5: Bundles', () => {
	it('come along with as many as their components allow', async () => {
		const all = await levels({ report: 'currentTotal', options: { includeBundles: true } });
		expect(levelOf(all, set)).toEqual({ entity: 'bundle', id: set.id, freeStock: 3 });
		expect(bench.calls).toEqual({ 'GET /report/stock/bystore/current': 1, 'GET /entity/bundle': 1 });
	});

	it('come when one of their components changed, reckoned with all of them', async () => {
		bench.shop.clock.advance(5000);
		const changedSince = new Date(bench.shop.clock.now()).toISOString();
		bench.shop.clock.advance(2000);
		setStock(shade, mainStore, 2);
		const all = await levels({ report: 'currentByStore', options: { changedSince, includeBundles: true } });
		expect(all.map(({ id }) => id)).toEqual([shade.id, set.id]);
		expect(levelOf(all, set)).toMatchObject({ freeStock: 1, stores: expect.arrayContaining([{ id: mainStore, freeStock: 1 }, { id: otherStore, freeStock: 0 }]) as unknown });
	});

	it('can be asked for', async () => {
		const all = await levels({ report: 'currentTotal', assortment: String(set.id), options: { includeBundles: true } });
		expect(all).toEqual([{ entity: 'bundle', id: set.id, freeStock: 3 }]);
	});

	it('are unknown while a component is', async () => {
		bench.shop.account.stock.setRecalculating(String(lamp.id), mainStore, true);
		const all = await levels({ report: 'currentTotal', options: { includeBundles: true } });
		expect(levelOf(all, set)).toEqual({ entity: 'bundle', id: set.id, unknown: true });
	});
});

describe('Full reports', () => {
	it('have names and costs, and what is not available too', async () => {
		setStock(lamp, mainStore, 0);
		setStock(lamp, otherStore, 0);
		const all = await levels({ report: 'fullTotal', options: { includeBundles: true } });
		expect(levelOf(all, lamp)).toMatchObject({ entity: 'product', id: lamp.id, name: 'Lamp', stock: 0, reserve: 0, freeStock: 0 });
		expect(levelOf(all, set)).toMatchObject({ entity: 'bundle', freeStock: 0 });
		expect(bench.calls).toEqual({ 'GET /report/stock/all': 1, 'GET /entity/bundle': 1 });
	});

	it('name stores, and are filtered in MoySklad’s words', async () => {
		const all = await levels({ report: 'fullByStore', stores: [mainStore], options: { filterText: 'stockMode=positiveOnly' } });
		expect(levelOf(all, shade)).toMatchObject({ entity: 'product', freeStock: 7, stores: [{ id: mainStore, name: expect.any(String) as unknown, stock: 7 }] });
		expect(all.every(({ stock }) => Number(stock) > 0)).toBe(true);
	});
});

describe('Stock notifications', () => {
	const notification = (kind: 'all' | 'bystore', since: number): IDataObject => ({
		entity: 'stock', action: 'UPDATE', reportType: kind, stockType: 'stock', moment: null, author: null, requestId: null, index: 0, accountId: null,
		reportPath: `/report/stock/${kind}/current?changedSince=${encodeURIComponent(toMoscow(since).slice(0, 19))}`,
	});
	const parameters = { resource: 'stock', operation: 'getForEvents' };

	it('are read together, once, since the earliest of them', async () => {
		bench.shop.clock.advance(20_000);
		const since = bench.shop.clock.now();
		bench.shop.clock.advance(2000);
		setStock(lamp, mainStore, 4);
		bench.shop.clock.advance(2000);
		const run = await bench.run(parameters, [notification('all', since + 3000), notification('bystore', since), { entity: 'product' }]);
		expect(run.json(0)).toEqual([{ id: lamp.id, freeStock: 6, stores: expect.any(Array) as unknown }]);
		expect(run.outputs[0]?.[0]?.pairedItem).toEqual([{ item: 0 }, { item: 1 }]);
		expect(run.json(1)).toMatchObject([{ error: { code: 'MOYSKLAD_EVENT_FOREIGN' } }]);
		expect(bench.callCount).toBe(2);
	});

	it('that are older than MoySklad looks back are answered by everything, and it is said', async () => {
		const run = await bench.run(parameters, [notification('all', Date.now() - 25 * 3_600_000)]);
		expect(run.json(0).length).toBeGreaterThan(5);
		expect(run.hints.map(({ message }) => message)).toEqual([expect.stringContaining('older than the 24 hours')]);
	});
});

it('Without the right to the report the error says so', async () => {
	const run = await bench.run({ resource: 'stock', operation: 'getAll' }, undefined, { user: 'clerk' });
	expect(run.error?.description).toContain('MOYSKLAD_NO_RIGHT');
});
