import type { IDataObject, INodeParameters } from 'n8n-workflow';
import type { Json } from '../../simulators/moysklad/caller.cts';
import { chosen, EntityBench } from './entityBench.cts';

interface Found {
	changes: Json[];
	state: Json & { state: string };
}

let bench: EntityBench;
let mainStore: Json;
let otherStore: Json;
let lamps: Json;
let desk: Json;
let lamp: Json;
let shade: Json;
let bottle: Json;
let red: Json;

beforeAll(async () => {
	bench = await EntityBench.start({ size: { products: 6, variantShare: 0, bundles: 0, services: 0, stores: 2, archivedShare: 0 } });
	[mainStore = {}, otherStore = {}] = await bench.rows('entity/store');
	const make = async (entity: string, body: IDataObject): Promise<Json> => await bench.edit('POST', `entity/${entity}`, body);
	const link = (good: Json): IDataObject => ({ meta: good.meta as IDataObject });
	lamps = await make('productfolder', { name: 'Lamps' });
	desk = await make('productfolder', { name: 'Desk lamps', productFolder: link(lamps) });
	lamp = await make('product', { name: 'Lamp', code: 'L-1', productFolder: link(desk) });
	shade = await make('product', { name: 'Shade', code: 'S-1', minimumBalance: 20 });
	bottle = await make('product', { name: 'Bottle', minimumBalance: 8 });
	red = await make('variant', { product: link(bottle), characteristics: [{ name: 'Colour', value: 'red' }] });
});
afterAll(async () => await bench.close());

beforeEach(() => {
	for (const { id } of bench.shop.account.table('product').all()) setStock({ id }, mainStore, 100);
	setStock(lamp, mainStore, 5);
	setStock(lamp, otherStore, 2);
	setStock(red, mainStore, 50);
	bench.reset();
});

const setStock = (good: Json, store: Json, amount: number): void => bench.shop.account.stock.setStock(String(good.id), String(store.id), amount, bench.shop.clock.now());

const rows = (...row: INodeParameters[]): INodeParameters => ({ thresholds: { row } });
const forProduct = (good: Json, amount: number, more: INodeParameters = {}): INodeParameters => ({ scope: 'product', product: chosen(String(good.id)), amount, ...more });
const parameters = (more: INodeParameters): INodeParameters => ({ resource: 'stock', operation: 'findCritical', ...more });

async function find(more: INodeParameters, items: IDataObject[] = [{}]): Promise<Found> {
	const all = await bench.done(parameters(more), items);
	const state = all.at(-1) as Found['state'];
	expect(state.change).toBe('state');
	return { changes: all.slice(0, -1), state };
}

describe('Find Critical', () => {
	it('R102: what falls to its threshold is told once, and once that it is restored', async () => {
		const settings = rows(forProduct(lamp, 6));
		const first = await find(settings);
		expect(first).toEqual({ changes: [], state: { change: 'state', state: '{"low":[]}', crossed: 0, restored: 0, low: 0, unknown: 0 } });
		setStock(lamp, mainStore, 4);
		const second = await find({ ...settings, state: first.state.state });
		expect(second.changes).toEqual([{ change: 'crossed', product: lamp.id, code: 'L-1', name: 'Lamp', store: null, storeId: null, amount: 6, threshold: 6 }]);
		setStock(lamp, otherStore, 0);
		const third = await find({ ...settings, state: second.state.state });
		expect(third).toMatchObject({ changes: [], state: { state: second.state.state, low: 1 } });
		setStock(lamp, mainStore, 7);
		const fourth = await find({ ...settings, state: third.state.state });
		expect(fourth.changes).toMatchObject([{ change: 'restored', name: 'Lamp', amount: 7, threshold: 6 }]);
		expect((await find({ ...settings, state: fourth.state.state })).changes).toEqual([]);
	});

	it('what is sold out is told, though MoySklad leaves it out of its reports', async () => {
		setStock(lamp, mainStore, 0);
		setStock(lamp, otherStore, 0);
		expect((await find(rows(forProduct(lamp, 0)))).changes).toMatchObject([{ change: 'crossed', name: 'Lamp', amount: 0, threshold: 0 }]);
	});

	it('by folders with those below them, and by stores with their names', async () => {
		const { changes } = await find(rows({ scope: 'folder', folder: chosen(String(lamps.id)), amount: 7 }, { scope: 'all', store: chosen(String(otherStore.id)), amount: 2 }));
		const own = changes.filter(({ product }) => product === lamp.id);
		expect(own).toMatchObject([{ store: null, amount: 7, threshold: 7 }, { store: otherStore.name, storeId: otherStore.id, amount: 2, threshold: 2 }]);
		expect(changes.filter(({ store }) => store === null)).toEqual([own[0]]);
	});

	it('a row for a product holds for its variants, and gives way to that of a variant', async () => {
		expect((await find(rows(forProduct(bottle, 50)))).changes).toMatchObject([{ product: red.id, amount: 50, threshold: 50 }]);
		expect((await find(rows(forProduct(bottle, 50), forProduct(red, 49)))).changes).toEqual([]);
	});

	it("MoySklad's minimum stock counts where it is wanted and no row fits, that of a product for its variants too", async () => {
		setStock(shade, mainStore, 19);
		setStock(red, mainStore, 8);
		expect((await find(rows(forProduct(lamp, 1)))).changes).toEqual([]);
		const { changes } = await find({ useMinimum: true });
		expect(changes).toEqual(expect.arrayContaining([expect.objectContaining({ product: shade.id, amount: 19, threshold: 20 }), expect.objectContaining({ product: red.id, amount: 8, threshold: 8 })]));
		expect(changes).toHaveLength(2);
		expect((await find({ useMinimum: true, ...rows(forProduct(shade, 18)) })).changes).toMatchObject([{ product: red.id }]);
	});

	it('S3: what is being recalculated is not low, and stays low', async () => {
		const settings = rows(forProduct(lamp, 1));
		bench.shop.account.stock.setRecalculating(String(lamp.id), String(mainStore.id), true);
		const { changes, state } = await find(settings);
		const still = await find({ ...settings, state: JSON.stringify({ low: [lamp.id] }) });
		bench.shop.account.stock.setRecalculating(String(lamp.id), String(mainStore.id), false);
		expect(changes).toEqual([]);
		expect(state).toMatchObject({ low: 0, unknown: 1 });
		expect(still).toMatchObject({ changes: [], state: { low: 1, unknown: 1 } });
	});

	it('S1: free stock counts, or what is physically there', async () => {
		const [organization, agent] = await Promise.all(['organization', 'counterparty'].map(async (entity) => (await bench.rows(`entity/${entity}?limit=1`))[0]));
		const order = await bench.edit('POST', 'entity/customerorder', { organization: { meta: organization?.meta }, agent: { meta: agent?.meta }, positions: [{ assortment: { meta: lamp.meta }, quantity: 3, price: 1, reserve: 3 }] });
		expect((await find(rows(forProduct(lamp, 4)))).changes).toMatchObject([{ amount: 4 }]);
		expect((await find({ ...rows(forProduct(lamp, 4)), kind: 'physical' })).changes).toEqual([]);
		await bench.edit('DELETE', `entity/customerorder/${String(order.id)}`);
	});

	it('levels of input items do, those that are none fail, and what they do not speak of stays', async () => {
		const settings = { ...rows(forProduct(lamp, 5), forProduct(shade, 5)), levels: 'items', state: JSON.stringify({ low: [shade.id] }) };
		const run = await bench.run(parameters(settings), [{ id: lamp.id, freeStock: 5 } as IDataObject, { name: 'no level' }]);
		expect(run.json(0)).toMatchObject([{ change: 'crossed', name: 'Lamp' }, { change: 'state', low: 2 }]);
		expect(run.json(1)).toMatchObject([{ error: { code: 'STOCK_ITEM_UNREADABLE' } }]);
		expect(bench.calls).toEqual({ 'GET /entity/assortment': 1, 'GET /entity/productfolder': 1 });
	});

	it('costs no call without a threshold, and one while nothing is near it', async () => {
		expect(await bench.done(parameters({}))).toEqual([]);
		expect(bench.callCount).toBe(0);
		expect((await find(rows({ scope: 'all', amount: -1 }))).state).toMatchObject({ low: 0 });
		expect(bench.calls).toEqual({ 'GET /report/stock/bystore/current': 1 });
	});

	it.each([
		['a row without its product', rows({ scope: 'product', amount: 1 }), 'STOCK_THRESHOLD_INVALID'],
		['a store that is no id', rows({ scope: 'all', store: chosen('Main'), amount: 1 }), 'STOCK_THRESHOLD_INVALID'],
		['a state of something else', { ...rows({ scope: 'all', amount: 1 }), state: '{"cursor":1}' }, 'STOCK_STATE_UNREADABLE'],
	])('refuses %s', async (_what, more, code) => {
		const { error } = await bench.run(parameters(more));
		expect(error?.description).toContain(code);
		expect(bench.callCount).toBe(0);
	});
});
