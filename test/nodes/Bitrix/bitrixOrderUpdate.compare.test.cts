import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { toMoscow, type Drift, type TimedDrift } from '../../../core';
import { stateRow, Updating } from '../orders/updating.cts';

/** *Compare Orders* and *Get Extra Orders*: what they find is what *Update Orders* would repair. */
describe('Bitrix Order Update: comparing', () => {
	let bench: Updating;
	beforeAll(async () => (bench = await Updating.open()), 60_000);
	afterAll(async () => await bench.close());

	const parameters = (): INodeParameters => ({
		payments: 'full', shipments: 'full', deduct: true, statusMap: { row: [stateRow(bench.stateId('Собран'), 'A')] }, paySystem: '1', options: { conflicts: 'sourceWins' },
	});
	const run = async (orders: IDataObject[], more: INodeParameters = {}): Promise<IDataObject[]> => {
		const done = await bench.run(orders, { operation: 'compare', ...parameters(), ...more });
		if (done.error) throw done.error;
		expect(done.json(1)).toEqual([]);
		return done.json(0);
	};
	const compare = async (ids: string[], more: INodeParameters = {}): Promise<Drift[]> => (await run(await bench.customerOrders(ids), more)) as unknown as Drift[];

	it('status, payments, shipments and sums; Update Orders repairs what it can', async () => {
		const [one = '', other = '', right = ''] = await bench.order(3);
		await bench.setState(one, 'Собран');
		await bench.pay(one, 5000);
		await bench.ship(other);
		bench.shop.reset();
		const found = await compare([one, other, right]);
		expect(bench.writes()).toEqual([]);
		const kindsOf = (id: string): string[] => [...new Set(found.filter(({ bitrixId }) => bitrixId === id).map(({ kind }) => kind))].sort();
		expect([one, other, right].map(kindsOf)).toEqual([['orderPaid', 'orderStatus'], ['orderShipped'], []]);
		await bench.update([one, other, right], parameters());
		expect(await compare([one, other, right])).toEqual([]);
		bench.shop.store.bitrix.portal.store.orders.update(Number(right), { price: bench.storeOrder(right).price + 1 });
		expect(await compare([right])).toMatchObject([{ kind: 'orderSum', bitrixId: right, repair: null, code: 'DRIFT_LINES_OFF' }]);
		expect(await compare([right], { sumTolerance: 1 })).toEqual([]);
	});

	it('a state that was set long ago and never came over is overdue, and a fresh one is not', async () => {
		const [stuck = '', fresh = ''] = await bench.order(2);
		for (const id of [stuck, fresh]) {
			bench.shop.store.bitrix.portal.store.orders.update(Number(id), { statusId: 'N' });
			await bench.setState(id, 'Собран');
		}
		const changed = async (id: string, minutes: number): Promise<IDataObject[]> => (await bench.customerOrders([id])).map((order) => ({ ...order, updated: toMoscow(Date.now() - minutes * 60_000) }));
		const orders = [...(await changed(stuck, 90)), ...(await changed(fresh, 1))];
		const found = (await run(orders, { overdueAfter: 60 })) as unknown as TimedDrift[];
		const told = (id: string): unknown[] => found.filter(({ bitrixId }) => bitrixId === id).map(({ kind, overdue }) => [kind, overdue]);
		expect(told(stuck)).toEqual([['orderStatus', 'DRIFT_OVERDUE']]);
		expect(told(fresh)).toEqual([['orderStatus', null]]);
	});

	it.each<[string, INodeParameters]>([['with their documents', {}], ['by their sums alone', { payments: 'simple', shipments: 'simple' }]])('payments and shipments that came long ago are overdue, %s', async (_what, more) => {
		const [paid = '', shipped = '', fresh = ''] = await bench.order(3);
		const documents = { paymentin: [await bench.pay(paid, bench.storeOrder(paid).price)], demand: [await bench.ship(shipped), await bench.ship(fresh)] };
		const aged = (type: string, id: string, minutes: number): unknown => Object.assign(bench.shop.moySklad.account.table(type).get(id) as object, { updated: Date.now() - minutes * 60_000 });
		for (const id of [paid, shipped, fresh]) aged('customerorder', bench.customerOrderId(id), 90);
		for (const [type, ids] of Object.entries(documents)) ids.forEach((id, index) => aged(type, id, index === 0 ? 90 : 1));
		const found = (await run(await bench.customerOrders([paid, shipped, fresh]), { overdueAfter: 60, ...more })) as unknown as TimedDrift[];
		const told = (id: string): unknown[] => [...new Set(found.filter(({ bitrixId }) => bitrixId === id).map(({ kind, overdue }) => `${kind} ${overdue}`))];
		expect([paid, shipped, fresh].map(told)).toEqual([['orderPaid DRIFT_OVERDUE'], ['orderShipped DRIFT_OVERDUE'], ['orderShipped null']]);
	});

	it('orders that the store does not have, and orders that MoySklad does not have', async () => {
		const [kept = '', lost = ''] = await bench.order(2);
		const [gone] = await bench.customerOrders([lost]);
		const extra = String(bench.shop.store.place());
		bench.shop.store.bitrix.portal.store.orders.remove(Number(lost));
		const lack = await bench.run([gone as IDataObject], { operation: 'compare', ...parameters() });
		expect([lack.json(0), lack.json(1)]).toMatchObject([[{ kind: 'orderMissing', bitrixId: lost, code: 'ORDER_NOT_FOUND' }], []]);
		const pass: Drift[] = [];
		for (let cursor: unknown = null, pages = 0; pages === 0 || cursor !== null; pages += 1) {
			const page = await bench.run([{ cursor: cursor as IDataObject }], { operation: 'getExtra', pageSize: 50 });
			if (page.error) throw page.error;
			const [json] = page.json(0) as unknown as Array<{ differences: Drift[]; cursor: unknown }>;
			pass.push(...(json?.differences ?? []));
			cursor = json?.cursor ?? null;
		}
		expect(pass.map(({ bitrixId, kind, code }) => [bitrixId, kind, code])).toEqual([[extra, 'orderExtra', 'DRIFT_ORDER_EXTRA']]);
		expect(kept).not.toBe('');
	});

	it('a store that does not answer ends the run, and says nothing of orders', async () => {
		const [one = ''] = await bench.order();
		const away = await bench.run(await bench.customerOrders([one]), { operation: 'compare', ...parameters() }, 'http://127.0.0.1:9/rest/1/secret/');
		expect(away.error).toBeDefined();
		expect(away.outputs.flat()).toEqual([]);
	});
});
