import { Installation } from '../demo/installation.cts';
import { bringOrders, flowState, importCatalog, orderSums } from '../demo/mainJob.cts';
import { placeOrders } from '../simulators/bitrix/orders/placeOrders.cts';
import { expectKnownRows } from './keptRows.cts';
import { expectOneFirstRun, expectOneRun } from './twoAtOnce.cts';

const WITHIN_MS = 60_000;
const RUN = 'Run Now';

describe('Template 05: orders to MoySklad', () => {
	let installation: Installation;

	beforeEach(async () => {
		installation = await Installation.start({
			moySklad: { size: { products: 20, pictures: 0 } },
			settings: { '05': { startDate: '2020-01-01', pageSize: 10, leaseMinutes: 0.1 } },
		});
		await importCatalog(installation);
	});
	afterEach(async () => await installation?.stop());

	const place = (count: number): void => void placeOrders(installation.bitrix.portal, installation.bitrix.catalogs, { count, seed: 3 });
	const run = async () => await installation.api.run(installation.workflow('05').id, RUN, undefined, WITHIN_MS);
	const fine = (): void => expect(orderSums(installation)).toMatchObject({ placed: orderSums(installation).arrived, twice: 0, mismatches: 0 });

	it('brings all orders over once; the second time MoySklad is not even asked', async () => {
		await bringOrders(installation, 25);
		fine();
		// Orders of the very second of the query are read once more: they might have changed in the rest of that second.
		installation.bitrix.clock.advance(2000);
		await run();
		installation.moySklad.counters.reset();
		expect((await run()).run.error).toBeUndefined();
		expect(installation.moySklad.counters.snapshot().calls).toBe(0);
		const links = await installation.api.dataTables.named('msbx_links');
		expect((await installation.api.dataTables.rows(links.id)).count).toBe(25);
	});

	it('of two that start at once, also for the first time, at most one works, and the other one says so', async () => {
		place(6);
		await expectOneFirstRun(run);
		fine();
		place(4);
		await expectOneRun(run);
		fine();
		const flows = await installation.api.dataTables.named('msbx_flows');
		expect((await installation.api.dataTables.rows(flows.id)).data.filter(({ leaseUntil }) => Number(leaseUntil) > Date.now())).toEqual([]);
	});

	it('N2: while MoySklad is away nothing is confirmed, and afterwards nothing is missing', async () => {
		place(12);
		installation.moySklad.faults.set([{ kind: 'html', share: 1, route: 'customerorder' }]);
		const failed = await run();
		expect(failed.run.error?.message).toMatch(/order/i);
		expect(failed.run.executed).toContain('Page Failed');
		expect(await flowState(installation.api, 'orders')).toEqual({});
		installation.moySklad.faults.set([]);
		installation.moySklad.clock.advance(60_000);
		expect((await run()).run.error).toBeUndefined();
		fine();
		expect(orderSums(installation).arrived).toBe(12);
	});

	it('a run that was killed is repeated after its lease, and makes nothing twice', async () => {
		place(30);
		installation.moySklad.faults.set([{ kind: 'slow', share: 1, route: 'POST /entity/customerorder', milliseconds: 1500 }]);
		void run().catch(() => undefined);
		while (orderSums(installation).arrived === 0) await new Promise((resolve) => setTimeout(resolve, 100));
		await installation.n8n.kill();
		await installation.n8n.restart();
		installation.moySklad.faults.set([]);
		await new Promise((resolve) => setTimeout(resolve, 7000));
		expect((await run()).run.error).toBeUndefined();
		fine();
		expect(orderSums(installation).arrived).toBe(30);
	});

	it('an edit in the store arrives by the link that was kept', async () => {
		await bringOrders(installation, 10);
		const { basket, orders } = installation.bitrix.portal.store;
		const order = orders.all().find(({ id }) => basket.where('orderId', id).some(({ productId, setParentId, quantity }) => productId > 0 && setParentId === null && Number.isInteger(quantity)));
		const line = basket.where('orderId', order?.id as number).find(({ productId, setParentId, quantity }) => productId > 0 && setParentId === null && Number.isInteger(quantity));
		installation.bitrix.clock.advance(60_000);
		const answer = await fetch(`${installation.bitrix.url}/_simulator/order`, {
			method: 'POST',
			body: JSON.stringify({ id: order?.id, lines: [{ productId: line?.productId, quantity: Number(line?.quantity) + 2 }] }),
		});
		expect(answer.status).toBe(200);
		installation.bitrix.clock.advance(60_000);
		const before = order?.price;
		expect((await run()).run.error).toBeUndefined();
		expect(installation.bitrix.portal.store.orders.all().find(({ id }) => id === order?.id)?.price).not.toBe(before);
		fine();
	});

	it('N6: an order that MoySklad cannot take is kept with its code, and holds nobody up', async () => {
		const workflow = installation.workflow('05');
		const writer = workflow.nodes.find(({ name }) => name === 'To MoySklad');
		if (writer) writer.parameters.unknownGoods = 'stop';
		await installation.api.update(workflow);
		place(8);
		const { basket, elements } = installation.bitrix.portal.store;
		const [line] = basket.all().filter(({ productId }) => productId > 0);
		elements.update(Number(line?.productId), { xmlId: 'unknown-in-moysklad' });
		basket.update(Number(line?.id), { productXmlId: 'unknown-in-moysklad' });
		expect((await run()).run.error).toBeUndefined();
		const failures = await installation.api.dataTables.named('msbx_failures');
		const { data } = await installation.api.dataTables.rows(failures.id);
		expect(data.map(({ bitrixId }) => bitrixId)).toContain(String(line?.orderId));
		expect(new Set(data.map(({ code }) => code))).toEqual(new Set(['ORDER_GOODS_UNKNOWN']));
		expect(orderSums(installation)).toMatchObject({ placed: 8, arrived: 8 - data.length, twice: 0, mismatches: 0 });
		expect(data.length).toBeLessThan(8);
		expect(await flowState(installation.api, 'orders')).not.toEqual({});
		expect(await expectKnownRows(installation)).toEqual(expect.arrayContaining(['msbx_failures', 'msbx_flows', 'msbx_links']));
	});
});
