import type { INodeParameters } from 'n8n-workflow';
import { Installation } from '../demo/installation.cts';
import { bringOrders, flowState, importCatalog, plainProducts } from '../demo/mainJob.cts';
import type { StoredRow } from '../n8n/dataTables.cts';
import { chosen } from '../nodes/orders/shop.cts';
import { stateRow } from '../nodes/orders/updating.cts';
import type { OrderRow } from '../simulators/bitrix/sale/rows.cts';
import type { Row } from '../simulators/moysklad/engine/schema.cts';
import { changeSetting } from './changeSetting.cts';
import { expectKnownRows } from './keptRows.cts';
import { OrderChanges } from './orderChanges.cts';
import { expectOneRun } from './twoAtOnce.cts';

const WITHIN_MS = 120_000;
const FLOW = 'order progress';

describe('Template 20: order progress to the store', () => {
	let installation: Installation;
	let changes: OrderChanges;
	let free: OrderRow[];

	beforeAll(async () => {
		installation = await Installation.start({
			moySklad: { size: { products: 20, pictures: 0 } },
			settings: { '05': { startDate: '2020-01-01' }, '20': { startDate: '2020-01-01', pageSize: 100, leaseMinutes: 0.1, mostAttempts: 3, buyer: '1' } },
		});
		changes = new OrderChanges(installation);
		await importCatalog(installation);
		await bringOrders(installation, 65);
		free = changes.untouched();
		const statusMap = { row: [stateRow(changes.stateId('Собран'), 'A'), stateRow(changes.stateId('Отгружен'), 'S')] };
		const rules = { statusMap, payments: 'full', shipments: 'full', paySystem: paySystem('pay-bill') };
		await chooseInNodes({ 'Update Orders': { ...rules, cancelStates: { row: [{ one: chosen(changes.stateId('Отменён')) }] }, options: { deleted: 'cancel' } }, 'Create Orders': { ...rules, birthDelivery: delivery('delivery-courier') } });
	}, 600_000);
	afterAll(async () => await installation?.stop());

	const paySystem = (xmlId: string): string => String(installation.bitrix.portal.store.paySystems.all().find(({ XML_ID }) => XML_ID === xmlId)?.id);
	const delivery = (xmlId: string): string => String(installation.bitrix.portal.store.deliveries.all().find(({ XML_ID }) => XML_ID === xmlId)?.id);

	async function chooseInNodes(parameters: Record<string, INodeParameters>): Promise<void> {
		const workflow = installation.workflow('20');
		for (const node of workflow.nodes.filter(({ name }) => name in parameters)) {
			const own = node.parameters;
			// Options of the template that are not chosen anew stay.
			node.parameters = { ...own, ...parameters[node.name], options: { ...(own.options as object), ...(parameters[node.name]?.options as object) } };
		}
		await installation.api.update(workflow);
	}

	const run = async () => await installation.api.run(installation.workflow('20').id, 'Run Now', undefined, WITHIN_MS);

	/** Runs the template to its end; what it wrote into the store, and what its last node says. */
	async function tell(): Promise<{ writes: number; done: Row }> {
		installation.bitrix.counters.reset();
		const { run: done } = await run();
		if (done.error) throw done.error;
		return { writes: changes.writes(), done: done.node('Run Done').json()[0] as Row };
	}

	const next = (): OrderRow => {
		const order = free.shift();
		if (!order) throw new RangeError('There are no orders left');
		return order;
	};

	async function rowsOf(name: string): Promise<StoredRow[]> {
		const { id } = await installation.api.dataTables.named(name);
		return (await installation.api.dataTables.rows(id, { filters: [{ columnName: 'flow', condition: 'eq', value: FLOW }] })).data;
	}

	it('O6: first only shows what it would write, and keeps no cursor', async () => {
		const { id } = next();
		await changes.setState(changes.customerOrder(id), 'Собран');
		const { writes, done } = await tell();
		expect(writes).toBe(0);
		expect(done.planned).toEqual([expect.objectContaining({ status: 'planned', bitrixId: String(id), changes: [{ field: 'statusId', from: changes.order(id).statusId, to: 'A' }] })]);
		expect((await flowState(installation.api, FLOW)).cursors).toBeUndefined();
		expect(await rowsOf('msbx_links')).toEqual([]);
		await changeSetting(installation, '20', 'preview', false);
		expect((await tell()).writes).toBe(1);
		expect(changes.order(id).statusId).toBe('A');
	});

	it('R109: state, payments and shipments reach the store, once; a second run writes nothing', async () => {
		const [first, second, third] = [next(), next(), next()];
		await changes.setState(changes.customerOrder(first.id), 'Отгружен');
		await changes.pay(changes.customerOrder(second.id), second.price);
		await changes.pay(changes.customerOrder(third.id), 100, 'cashin');
		await changes.ship(changes.customerOrder(third.id));
		const { writes, done } = await tell();
		expect(done).toEqual({ written: 3, failed: 0, failures: [] });
		expect(writes).toBeGreaterThanOrEqual(3);
		expect(changes.order(first.id).statusId).toBe('S');
		expect(changes.order(second.id).payed).toBe('Y');
		expect(changes.payments(third.id).filter(({ paid }) => paid === 'Y').map(({ sum }) => sum)).toEqual([100]);
		expect(changes.shipments(third.id)).toMatchObject([{ allowDelivery: 'Y' }]);
		expect(await tell()).toEqual({ writes: 0, done: { written: 0, failed: 0, failures: [] } });
	});

	it('R112: a payment that is deleted, or booked on another order, is taken back where it was', async () => {
		const [first, second] = [next(), next()];
		const deleted = await changes.pay(changes.customerOrder(first.id), 5000);
		const moved = await changes.pay(changes.customerOrder(second.id), 7000);
		await tell();
		expect([first, second].map(({ id }) => changes.payments(id).filter(({ paid }) => paid === 'Y').map(({ sum }) => sum))).toEqual([[5000], [7000]]);
		await changes.edit('DELETE', `entity/paymentin/${deleted}`);
		await changes.rebook(moved, changes.customerOrder(first.id), 7000);
		await tell();
		expect([first, second].map(({ id }) => changes.payments(id).filter(({ paid }) => paid === 'Y').map(({ sum }) => sum))).toEqual([[7000], []]);
		expect((await tell()).writes).toBe(0);
	});

	it('a customer order that was deleted cancels its order, where the user wants it', async () => {
		const { id } = next();
		await changes.edit('DELETE', `entity/customerorder/${String(changes.customerOrder(id).id)}`);
		await tell();
		expect(changes.order(id).canceled).toBe('Y');
		expect((await tell()).writes).toBe(0);
	});

	it('R113: makes orders that were born in MoySklad only when that is asked for, and once', async () => {
		const product = plainProducts(installation.moySklad)[0] as Row;
		const before = installation.bitrix.portal.store.orders.all().length;
		const born = await changes.born(product);
		expect((await tell()).writes).toBe(0);
		await changeSetting(installation, '20', 'newOrders', 'all');
		await changes.edit('PUT', `entity/customerorder/${String(born.id)}`, { description: 'Please' });
		expect((await tell()).done).toMatchObject({ written: 1, failed: 0 });
		const made = installation.bitrix.portal.store.orders.all().filter(({ xmlId }) => xmlId === `moysklad:order:${String(born.id)}`);
		expect(made.map(({ price }) => price)).toEqual([12_345]);
		await changes.pay(born, 12_345);
		await tell();
		expect(changes.order(made[0]?.id ?? 0).payed).toBe('Y');
		expect((await tell()).writes).toBe(0);
		expect(installation.bitrix.portal.store.orders.all()).toHaveLength(before + 1);
		await changeSetting(installation, '20', 'newOrders', 'off');
	});

	it('an order that fails for now holds nobody up, and comes again in the next run', async () => {
		const [paid, other] = [next(), next()];
		await changes.pay(changes.customerOrder(paid.id), paid.price);
		await changes.setState(changes.customerOrder(other.id), 'Собран');
		installation.bitrix.portal.switches.refusals = [{ method: '^sale\\.payment\\.(add|update)$', status: 500, error: 'INTERNAL_SERVER_ERROR' }];
		const { done } = await tell();
		expect(done).toMatchObject({ failed: 1 });
		expect(changes.order(other.id).statusId).toBe('A');
		expect(changes.order(paid.id).payed).toBe('N');
		expect((await flowState(installation.api, FLOW)).again).toEqual({ [String(changes.customerOrder(paid.id).id)]: 1 });
		installation.bitrix.portal.switches.refusals = [];
		expect((await tell()).done).toMatchObject({ written: 1, failed: 0 });
		expect(changes.order(paid.id).payed).toBe('Y');
		expect((await flowState(installation.api, FLOW)).again).toEqual({});
		expect((await tell()).writes).toBe(0);
	});

	it('while the store is away no cursor is kept, and afterwards nothing is missing', async () => {
		const { id } = next();
		await changes.setState(changes.customerOrder(id), 'Собран');
		const { cursors } = await flowState(installation.api, FLOW);
		installation.bitrix.faults.set([{ kind: 'unavailable', share: 1 }]);
		expect((await run()).run.executed).toContain('Page Failed');
		expect((await flowState(installation.api, FLOW)).cursors).toEqual(cursors);
		installation.bitrix.faults.set([]);
		await tell();
		expect(changes.order(id).statusId).toBe('A');
	});

	it('of two runs that start at once exactly one works, and the other one says so', async () => {
		await expectOneRun(run);
		expect((await rowsOf('msbx_flows')).map(({ leaseUntil }) => leaseUntil)).toEqual([0]);
	});

	it('a run that was killed in the middle is repeated after its lease, and makes nothing twice', async () => {
		const orders = [next(), next(), next(), next()];
		for (const { id, price } of orders) await changes.pay(changes.customerOrder(id), price);
		installation.bitrix.faults.set([{ kind: 'slow', share: 1, route: 'batch', milliseconds: 1500 }]);
		void run().catch(() => undefined);
		while (!orders.some(({ id }) => changes.order(id).payed === 'Y')) await new Promise((resolve) => setTimeout(resolve, 50));
		await installation.n8n.kill();
		installation.bitrix.faults.set([]);
		await installation.n8n.restart();
		await new Promise((resolve) => setTimeout(resolve, 7000));
		await tell();
		expect(orders.map(({ id }) => changes.payments(id).filter(({ paid }) => paid === 'Y').map(({ sum }) => sum))).toEqual(orders.map(({ price }) => [price]));
		expect((await tell()).writes).toBe(0);
		expect(await expectKnownRows(installation)).toEqual(expect.arrayContaining(['msbx_flows', 'msbx_links']));
	});
});
