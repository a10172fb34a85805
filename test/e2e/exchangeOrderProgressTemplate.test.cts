import { Installation } from '../demo/installation.cts';
import { runTemplate } from '../demo/exchangeJob.cts';
import { flowState, orderSums } from '../demo/mainJob.cts';
import type { StoredRow } from '../n8n/dataTables.cts';
import { chosen } from '../n8n/workflowDraft.cts';
import { editOrder } from '../simulators/bitrix/control/personEdits.cts';
import { addProduct, lineOf, order } from '../simulators/bitrix/exchangeShop.cts';
import type { Row } from '../simulators/moysklad/engine/schema.cts';
import { changeSetting } from './changeSetting.cts';
import { expectKnownRows } from './keptRows.cts';
import { OrderChanges } from './orderChanges.cts';

const WITHIN_MS = 120_000;
const FLOW = 'order progress by exchange';
/** Short, so that the lease of a killed run ends while the test waits. */
const LEASE_MINUTES = 0.1;

describe('Template 20b: order progress by 1C exchange', () => {
	let installation: Installation;
	let changes: OrderChanges;
	let ids: number[];
	let ready: number[];

	beforeAll(async () => {
		const rules = { statuses: 'Собран = P; Отгружен=F', cancelStates: 'Отменён; Возврат', cancelReason: 'нет товара', payments: 'simple', shipments: 'simple' };
		installation = await Installation.start({
			moySklad: { size: { products: 5, pictures: 0 } },
			bitrix: { edition: 'site', exchange: { changeStatus: true } },
			settings: { '05b': { startDate: '2020-01-01' }, '20b': { startDate: '2020-01-01', leaseMinutes: LEASE_MINUTES, ...rules } },
		});
		changes = new OrderChanges(installation);
		// Of a workflow that is not published nobody can call a part, so nobody can keep the lock.
		await installation.publish('05b', '20b');
		ids = place(9);
		ready = [...ids];
		await bring();
	}, 600_000);
	afterAll(async () => await installation?.stop());

	function place(count: number): number[] {
		const { bitrix } = installation;
		const good = addProduct(bitrix, `shirt ${bitrix.portal.store.orders.all().length}`);
		return Array.from({ length: count }, () => {
			bitrix.clock.advance(5000);
			const { id, price } = order(bitrix, [lineOf(good, 10_000, 3)]);
			bitrix.portal.store.payments.where('orderId', id).forEach((payment) => bitrix.portal.store.payments.update(payment.id, { sum: price }));
			return id;
		});
	}

	/** Takes the changed orders of the site into MoySklad. */
	async function bring(): Promise<void> {
		await runTemplate(installation, '05b', 'Run Now');
		expect(orderSums(installation)).toMatchObject({ placed: ids.length, arrived: ids.length, mismatches: 0 });
		installation.bitrix.clock.advance(60_000);
	}

	const files = (): number => installation.bitrix.counters.snapshot().routes['1c_exchange sale file']?.calls ?? 0;
	const run = async () => await installation.api.run(installation.workflow('20b').id, 'Run Now', undefined, WITHIN_MS);

	/** Runs the template to its end; how many files it sent to the site, and what its last node says. */
	async function tell(): Promise<{ sent: number; done: Row }> {
		const before = files();
		for (;;) {
			const { run: done } = await run();
			if (done.error) throw done.error;
			if (!done.executed.includes('Another Run Works')) return { sent: files() - before, done: done.node('Run Done').json()[0] as Row };
		}
	}

	/** Chooses the states of *To MoySklad*, as its user does in the editor. */
	async function mapStates(canceled: string, statuses: Record<string, string>): Promise<void> {
		const orders = installation.workflow('05b');
		const node = orders.nodes.find(({ name }) => name === 'To MoySklad');
		if (!node) throw new RangeError('The template has no node To MoySklad');
		const rows = Object.entries(statuses).map(([status, state]) => ({ when: 'status', status, state: chosen(changes.stateId(state)) }));
		node.parameters.stateMap = { row: [{ when: 'canceled', status: '', state: chosen(changes.stateId(canceled)) }, ...rows] };
		await installation.api.update(orders);
		await installation.publish('05b');
	}

	/** A person does something to an order on the site, and it is brought over. */
	async function edited(edit: Parameters<typeof editOrder>[1]): Promise<void> {
		installation.bitrix.clock.advance(60_000);
		editOrder(installation.bitrix.portal, edit);
		await bring();
	}

	const of = (id: number): Row => changes.customerOrder(id);
	const next = (): number => {
		const id = ready.shift();
		if (id === undefined) throw new RangeError('There are no orders left');
		return id;
	};

	async function rowsOf(name: string): Promise<StoredRow[]> {
		const { id } = await installation.api.dataTables.named(name);
		return (await installation.api.dataTables.rows(id, { filters: [{ columnName: 'flow', condition: 'eq', value: FLOW }] })).data;
	}

	it('O6: first only shows what it would send', async () => {
		const id = next();
		await changes.setState(of(id), 'Собран');
		const { sent, done } = await tell();
		expect(sent).toBe(0);
		expect((done.planned as Row[]).find(({ bitrixId }) => bitrixId === String(id))?.changes).toContainEqual({ field: 'status', from: 'N', to: 'P' });
		expect((await flowState(installation.api, FLOW)).cursors).toBeUndefined();
		expect(await rowsOf('msbx_links')).toEqual([]);
		await changeSetting(installation, '20b', 'preview', false);
		await installation.publish('20b');
		expect((await tell()).sent).toBe(1);
		expect(changes.order(id)).toMatchObject({ statusId: 'P', id1c: of(id).name });
		expect((await tell()).sent).toBe(0);
	});

	it('O7: status, paid, shipped and cancelled reach the site; a second run sends nothing', async () => {
		const [paid, shipped, cancelled] = [next(), next(), next()];
		await changes.pay(of(paid), changes.order(paid).price);
		await changes.ship(of(shipped));
		await changes.setState(of(cancelled), 'Отменён');
		expect((await tell()).done).toMatchObject({ written: 3, failed: 0 });
		expect(changes.order(paid)).toMatchObject({ payed: 'Y', canceled: 'N' });
		expect(changes.shipments(shipped)).toMatchObject([{ allowDelivery: 'Y' }]);
		expect(changes.order(cancelled)).toMatchObject({ canceled: 'Y', reasonCanceled: 'нет товара' });
		expect((await tell()).sent).toBe(0);
		await changes.setState(of(cancelled), 'Собран');
		await tell();
		expect(changes.order(cancelled)).toMatchObject({ canceled: 'N', statusId: 'P' });
		await bring();
		expect(await tell()).toMatchObject({ sent: 0, done: { written: 0, failed: 0 } });
	});

	it('O7: a payment that was deleted is a finding, since the exchange cannot take it back', async () => {
		const id = next();
		const payment = await changes.pay(of(id), changes.order(id).price);
		await tell();
		expect(changes.order(id).payed).toBe('Y');
		await changes.edit('DELETE', `entity/paymentin/${payment}`);
		expect((await tell()).sent).toBe(0);
		// The same change is looked at again, and is no second failure.
		await tell();
		expect((await rowsOf('msbx_failures')).filter(({ code, bitrixId }) => code === 'ORDER_UPDATE_UNPAY' && bitrixId === String(id))).toHaveLength(1);
	});

	it('O7: what the customer has just changed is taken over first, and told then', async () => {
		const id = next();
		installation.bitrix.clock.advance(60_000);
		installation.bitrix.portal.store.orders.update(id, { comments: 'позвоните', dateUpdate: installation.bitrix.portal.now(), updated1c: 'N' });
		await changes.setState(of(id), 'Собран');
		expect((await tell()).done).toMatchObject({ written: 0, failed: 1 });
		expect(changes.order(id).statusId).toBe('N');
		await bring();
		expect((await tell()).done).toMatchObject({ written: 1, failed: 0 });
		expect(changes.order(id)).toMatchObject({ statusId: 'P', comments: 'позвоните' });
		expect((await flowState(installation.api, FLOW)).again).toEqual({});
	});

	it('O7: an order that was cancelled in MoySklad and is reopened on the site is reopened in MoySklad, and not cancelled again', async () => {
		const id = next();
		await mapStates('Отменён', { N: 'Новый' });
		await edited({ id, comments: 'позвоните' });
		await changes.setState(of(id), 'Отменён');
		await tell();
		expect(changes.order(id).canceled).toBe('Y');
		await edited({ id, cancel: false });
		expect(of(id).state).toBe(changes.stateId('Новый'));
		await tell();
		expect(changes.order(id).canceled).toBe('N');
		expect((await tell()).sent).toBe(0);
	});

	it('while the site is away no snapshot and no cursor is kept, and afterwards nothing is missing', async () => {
		const id = next();
		await changes.setState(of(id), 'Собран');
		const { cursors } = await flowState(installation.api, FLOW);
		installation.bitrix.faults.set([{ kind: 'unavailable', share: 1 }]);
		expect((await run()).run.executed).toContain('Page Failed');
		expect((await flowState(installation.api, FLOW)).cursors).toEqual(cursors);
		installation.bitrix.faults.set([]);
		await tell();
		expect(changes.order(id).statusId).toBe('P');
		expect((await tell()).sent).toBe(0);
		expect(await expectKnownRows(installation)).toEqual(expect.arrayContaining(['msbx_failures', 'msbx_flows', 'msbx_links']));
	});
});
