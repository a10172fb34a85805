import type { IDataObject, INodeParameters } from 'n8n-workflow';
import type { ExportPage, Order, OrderCursor } from '../../../core';
import { control } from '../../simulators/bitrix/restClient.ts';
import { Random } from '../../simulators/kernel/random.cts';
import type { FaultRule } from '../../simulators/kernel/faults.cts';
import { Shop, type Result } from './shop.cts';

const START = { startDate: '2020-01-01T00:00:00Z', pageSize: 20 };

/** The steps of the template: one page exported, written, confirmed, and only then its cursor kept. */
class Flow {
	cursor: OrderCursor | undefined;
	readonly deadLetters: Result[] = [];
	/** Where the run is killed next: nothing after this step happens. */
	kill: 'after export' | 'after writing' | 'after confirming' | undefined;

	constructor(
		readonly shop: Shop,
		private readonly parameters: INodeParameters = START,
	) {}

	/** Whether there may be more pages. Throws what a node throws; then nothing was committed. */
	async page(): Promise<boolean> {
		const { orders, page } = await this.shop.store.page(this.parameters, this.cursor);
		if (this.kill === 'after export') return true;
		const results = orders.length > 0 ? await this.shop.write(orders) : [];
		if (this.kill === 'after writing') return true;
		const [confirmed, letters] = await this.confirm(page, results);
		if (this.kill === 'after confirming') return true;
		this.cursor = confirmed.cursor;
		this.deadLetters.push(...letters);
		return confirmed.more;
	}

	private async confirm(page: ExportPage, results: Result[]): Promise<[ExportPage, Result[]]> {
		const run = await this.shop.store.run(
			'confirm',
			{ page: page as unknown as INodeParameters },
			results.length > 0 ? (results as unknown as IDataObject[]) : [{}],
		);
		if (run.error) throw run.error;
		return [run.json(1)[0] as unknown as ExportPage, run.json(2) as unknown as Result[]];
	}

	/** Runs as a schedule does: what failed is begun again. */
	async until(isDone: () => boolean, most = 80): Promise<void> {
		for (let count = 0; count < most && !isDone(); count += 1) {
			try {
				await this.page();
			} catch {
				this.shop.store.later(500);
			}
		}
	}
}

/** Every order of the store is one customer order, with its sum. */
function compare(shop: Shop): { missing: string[]; twice: string[]; off: string[] } {
	const made = new Map<string, Array<Record<string, unknown>>>();
	for (const row of shop.rows('customerorder')) made.set(String(row.externalCode), [...(made.get(String(row.externalCode)) ?? []), row]);
	const orders = shop.store.bitrix.portal.store.orders.all();
	const of = (id: number): Array<Record<string, unknown>> => made.get(`bitrix:shop:${id}`) ?? [];
	return {
		missing: orders.filter(({ id }) => of(id).length === 0).map(({ id }) => String(id)),
		twice: orders.filter(({ id }) => of(id).length > 1).map(({ id }) => String(id)),
		off: orders.filter(({ id, price }) => of(id).some(({ sum }) => sum !== price)).map(({ id }) => String(id)),
	};
}

const FINE = { missing: [], twice: [], off: [] };

describe('R109: orders from the store to MoySklad', () => {
	let shop: Shop;

	beforeEach(async () => (shop = await Shop.open()));
	afterEach(async () => await shop.close());

	const rest = async (flow: Flow): Promise<void> => {
		while (await flow.page());
	};

	it('the whole way: every order once, to the kopeck; the second time nothing', async () => {
		shop.placeOrders(70);
		shop.store.later(2000);
		const flow = new Flow(shop);
		await rest(flow);
		expect(compare(shop)).toEqual(FINE);
		expect(flow.deadLetters).toEqual([]);
		for (let run = 0; run < 2; run += 1) {
			shop.store.later(30 * 60_000);
			shop.reset();
			await rest(flow);
			expect(shop.calls()).toBe(0);
		}
		expect(shop.store.calls()).toBe(1);
	});

	it('N2: a run that is killed anywhere loses nothing and makes nothing twice', async () => {
		shop.placeOrders(70);
		shop.store.later(2000);
		const flow = new Flow(shop);
		for (const kill of ['after export', 'after writing', 'after confirming'] as const) {
			flow.kill = kill;
			await flow.page();
			flow.kill = undefined;
			await flow.page();
		}
		await rest(flow);
		expect(compare(shop)).toEqual(FINE);
	});

	it('a killed run does not even need its links', async () => {
		shop.placeOrders(30);
		shop.store.later(2000);
		const flow = new Flow(shop);
		flow.kill = 'after writing';
		await flow.page();
		shop.links.clear();
		flow.kill = undefined;
		await rest(flow);
		expect(compare(shop)).toEqual(FINE);
		expect(flow.deadLetters).toEqual([]);
	});

	it('R170: with one call in ten failing on both sides, every order arrives once', async () => {
		const ids = shop.placeOrders(60);
		shop.store.later(2000);
		const faults: FaultRule[] = (['serverError', 'unavailable', 'html', 'cut', 'reset', 'rateLimit'] as const).map((kind) => ({
			kind,
			share: 0.1 / 6,
		}));
		shop.store.bitrix.faults.set(faults);
		shop.moySklad.faults.set(faults);
		const flow = new Flow(shop, { ...START, pageSize: 10 });
		await flow.until(() => flow.cursor?.after === null && compare(shop).missing.length === 0);
		expect(compare(shop)).toEqual(FINE);
		expect(flow.deadLetters).toEqual([]);
		const injected = Object.values(shop.moySklad.counters.snapshot().faults).reduce((sum, count) => sum + count, 0);
		expect(injected).toBeGreaterThan(0);
		expect(ids).toHaveLength(shop.rows('customerorder').length);
	}, 120_000);

	it.each(['cut', 'hangAfter'] as const)('T13: a write whose answer was lost (%s) is not done twice', async (kind) => {
		const orders = await shop.orders(shop.placeOrders(10));
		shop.moySklad.faults.set([{ kind, share: 1, times: 3, route: '^POST ', milliseconds: 50 }]);
		const results = await shop.write(orders);
		expect(results.map(({ status }) => status)).toEqual(orders.map(() => 'created'));
		expect(compare(shop)).toEqual(FINE);
		const syncIds = shop.rows('counterparty').flatMap(({ syncId }) => syncId ?? []);
		expect(new Set(syncIds).size).toBe(syncIds.length);
	});

	it.each([
		['503', 'unavailable'],
		['a page of a proxy', 'html'],
	] as const)(
		'a MoySklad that answers %s for good leaves the page open',
		async (_name, kind) => {
			const orders = (await shop.orders(shop.placeOrders(3))).map((order) => order.id);
			shop.store.later(2000);
			shop.moySklad.faults.set([{ kind, share: 1, route: 'customerorder' }]);
			const flow = new Flow(shop);
			await expect(flow.page()).rejects.toMatchObject({ description: expect.stringContaining('ORDER_EXPORT_OPEN') as string });
			shop.moySklad.faults.set([]);
			shop.moySklad.clock.advance(120_000);
			await rest(new Flow(shop));
			expect(shop.rows('customerorder')).toHaveLength(orders.length);
		},
		120_000,
	);

	it('edits in the store arrive, whatever is edited while pages are read', async () => {
		const ids = shop.placeOrders(30).map(Number);
		shop.store.later(2000);
		const flow = new Flow(shop);
		await rest(flow);
		const random = new Random('edits');
		const { orders, basket } = shop.store.bitrix.portal.store;
		for (let round = 0; round < 4; round += 1) {
			for (let count = 0; count < 12; count += 1) {
				const id = random.pick(ids);
				const [line] = basket
					.where('orderId', id)
					.filter(({ productId, setParentId, quantity }) => productId > 0 && setParentId === null && Number.isInteger(quantity));
				shop.store.later(random.integer(100, 3000));
				await control(shop.store.bitrix, 'POST order', {
					id,
					statusId: random.pick(['N', 'P', 'A']),
					...(line && { lines: [{ productId: line.productId, quantity: random.integer(1, 5) }] }),
				});
				if (count % 5 === 4) await flow.page();
			}
		}
		shop.store.later(30 * 60_000);
		await rest(flow);
		expect(orders.all().length).toBe(30);
		expect(compare(shop)).toEqual(FINE);
		expect(flow.deadLetters).toEqual([]);
	}, 60_000);

	it('orders with unknown goods become dead letters and hold nobody up', async () => {
		shop.store.place();
		shop.placeOrders(5);
		shop.store.later(2000);
		const { orders, page } = await shop.store.page(START);
		const results = await shop.write(orders, { unknownGoods: 'stop' });
		const failed = results.filter(({ status }) => status === 'failed').map(({ bitrixId }) => bitrixId);
		expect(failed.length).toBeGreaterThan(0);
		const run = await shop.store.run('confirm', { page: page as unknown as INodeParameters }, results as unknown as IDataObject[]);
		expect(run.json(1)).toEqual([expect.objectContaining({ confirmed: true, deadLetters: failed.length })]);
		expect(run.json(2).map(({ bitrixId }) => bitrixId)).toEqual(failed);
		const again = await shop.write((await shop.orders(failed as string[])) as Order[]);
		expect(again.map(({ status }) => status)).toEqual(failed.map(() => 'created'));
	});
});
