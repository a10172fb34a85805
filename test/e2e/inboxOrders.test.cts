import { Installation } from '../demo/installation.cts';
import { bringOrders, importCatalog } from '../demo/mainJob.cts';
import { waitFor } from '../n8n/waiting.cts';
import { stateRow } from '../nodes/orders/updating.cts';
import { Scratch } from '../queue/scratch.cts';
import type { OrderRow } from '../simulators/bitrix/sale/rows.cts';
import type { Row } from '../simulators/moysklad/engine/schema.cts';
import { changeSetting } from './changeSetting.cts';
import { useDatabase } from './inboxEvents.cts';
import { OrderChanges } from './orderChanges.cts';

const WITHIN_MS = 150_000;
const QUICK = { leaseMinutes: 0.25, mostAttempts: 4, backoffSeconds: 1, orders: 'order progress', counterparties: 'bitrix24' };

/** Orders, their shipments and payments, and counterparties from MoySklad's webhooks through the inbox into the store. */
describe.each([
	{ what: 'Data Tables', receiver: '10', worker: '11' },
	{ what: 'PostgreSQL', receiver: '10b', worker: '11b' },
])('Orders and people in an inbox in $what', ({ receiver, worker }) => {
	let installation: Installation;
	let database: Scratch | undefined;
	let changes: OrderChanges;
	let free: OrderRow[];

	beforeAll(async () => {
		installation = await Installation.start({
			moySklad: { size: { products: 20, pictures: 0 } },
			settings: { '05': { startDate: '2020-01-01' }, '20': { startDate: '2020-01-01', preview: false, leaseMinutes: 0.1 }, [worker]: QUICK },
		});
		changes = new OrderChanges(installation);
		await importCatalog(installation);
		await bringOrders(installation, 45);
		free = changes.untouched();
		await chooseRules();
		if (worker === '11b') {
			database = await Scratch.make();
			await useDatabase(installation, database.database, receiver, worker);
		}
		// The flow looks at all orders once, and then writes only what the inbox brings.
		await installation.api.run(installation.workflow('20').id, 'Run Now', undefined, WITHIN_MS);
		await changeSetting(installation, '20', 'look', false);
		await installation.publish('20', receiver, worker);
	}, 600_000);
	afterAll(async () => {
		await installation?.stop();
		await database?.remove();
	});

	async function chooseRules(): Promise<void> {
		const workflow = installation.workflow('20');
		const paySystem = String(installation.bitrix.portal.store.paySystems.all().find(({ XML_ID }) => XML_ID === 'pay-bill')?.id);
		const statusMap = { row: [stateRow(changes.stateId('Собран'), 'A')] };
		Object.assign(workflow.nodes.find(({ name }) => name === 'Update Orders')?.parameters ?? {}, { statusMap, payments: 'full', shipments: 'full', paySystem });
		await installation.api.update(workflow);
	}

	async function preview(value: boolean): Promise<void> {
		await changeSetting(installation, '20', 'preview', value);
		await installation.publish('20');
	}

	const rows = async (name: string): Promise<Array<Record<string, unknown>>> => {
		if (database) return await database.query(`select * from ${name}`);
		const { id } = await installation.api.dataTables.named(name);
		return (await installation.api.dataTables.rows(id)).data;
	};
	/** Lets the worker run until it is so; events arrive when they arrive. */
	const until = async (what: string, look: () => Promise<boolean> | boolean): Promise<void> =>
		void (await waitFor(what, WITHIN_MS, async () => {
			await installation.api.run(installation.workflow(worker).id, 'Run Now', undefined, WITHIN_MS);
			return (await look()) || undefined;
		}));
	const empty = async (): Promise<void> => await until('The empty inbox', async () => (await rows('msbx_inbox')).length === 0);
	const next = (): { id: number; price: number; order: Row } => {
		const found = free.shift();
		if (!found) throw new RangeError('There are no orders left');
		return { id: found.id, price: found.price, order: changes.customerOrder(found.id) };
	};
	const paid = (id: number): number[] => changes.payments(id).filter((payment) => payment.paid === 'Y').map(({ sum }) => sum);

	it('state, payments and shipments reach the store, and what is taken back is taken back there', async () => {
		const [first, second] = [next(), next()];
		await changes.setState(first.order, 'Собран');
		const payment = await changes.pay(second.order, 5000);
		await changes.ship(second.order);
		await until('The payment', () => paid(second.id).length > 0 && changes.order(first.id).statusId === 'A');
		expect(paid(second.id)).toEqual([5000]);
		expect(changes.shipments(second.id)).toMatchObject([{ allowDelivery: 'Y' }]);
		await changes.edit('DELETE', `entity/paymentin/${payment}`);
		await until('The payment taken back', () => paid(second.id).length === 0);
		await empty();
		expect(await rows('msbx_dead_letters')).toEqual([]);
		installation.bitrix.counters.reset();
		await changes.edit('PUT', `entity/customerorder/${String(first.order.id)}`, { description: 'Nothing that the store knows' });
		await until('The event', async () => (await rows('msbx_inbox')).length === 0 && changes.calls(/sale\.order\.get$/) > 0);
		expect(changes.writes()).toBe(0);
	});

	it('what the store does not take now is tried again, and nothing else waits for it', async () => {
		const [slow, other] = [next(), next()];
		installation.bitrix.portal.switches.refusals = [{ method: '^sale\\.payment\\.(add|update)$', status: 500, error: 'INTERNAL_SERVER_ERROR' }];
		await changes.pay(slow.order, slow.price);
		await changes.setState(other.order, 'Собран');
		await until('The other order', async () => changes.order(other.id).statusId === 'A' && (await rows('msbx_inbox')).some(({ attempts }) => Number(attempts) > 0));
		expect(paid(slow.id)).toEqual([]);
		installation.bitrix.portal.switches.refusals = [];
		await empty();
		expect(paid(slow.id)).toEqual([slow.price]);
		expect(await rows('msbx_dead_letters')).toEqual([]);
	});

	it('a kill in the middle repeats the work, and makes nothing twice', async () => {
		const orders = [next(), next(), next()];
		installation.bitrix.faults.set([{ kind: 'slow', share: 1, route: 'batch', milliseconds: 1500 }]);
		for (const { order, price } of orders) await changes.pay(order, price);
		await waitFor('All events', WITHIN_MS, async () => (await rows('msbx_inbox')).length >= 3 || undefined);
		void installation.api.run(installation.workflow(worker).id, 'Run Now', undefined, WITHIN_MS).catch(() => undefined);
		await waitFor('The first payment', WITHIN_MS, async () => await Promise.resolve(orders.some(({ id }) => paid(id).length > 0) || undefined));
		await installation.n8n.kill();
		installation.bitrix.faults.set([]);
		await installation.n8n.restart();
		await empty();
		expect(orders.map(({ id }) => paid(id))).toEqual(orders.map(({ price }) => [price]));
		expect(await rows('msbx_dead_letters')).toEqual([]);
	});

	it('while the flow of the orders only shows what it would write, events wait', async () => {
		const { order, id } = next();
		await preview(true);
		await changes.setState(order, 'Собран');
		await until('The attempt', async () => (await rows('msbx_inbox')).some(({ attempts }) => Number(attempts) > 0));
		expect(changes.order(id).statusId).toBe('N');
		await preview(false);
		await empty();
		expect(changes.order(id).statusId).toBe('A');
	});

	it('while no published flow has the name that Settings give, events wait', async () => {
		const { order, id } = next();
		const choose = async (flow: string): Promise<void> => {
			await changeSetting(installation, worker, 'orders', flow);
			await installation.publish(worker);
		};
		await choose('order progres');
		await changes.setState(order, 'Собран');
		await until('The attempt', async () => (await rows('msbx_inbox')).some(({ attempts }) => Number(attempts) > 0));
		expect(changes.order(id).statusId).toBe('N');
		await choose('order progress');
		await empty();
		expect(changes.order(id).statusId).toBe('A');
	});

	it('counterparties become contacts and companies', async () => {
		const { id } = await changes.edit('POST', 'entity/counterparty', { name: 'ООО «Новая»', legalTitle: 'Общество «Новая»', companyType: 'legal', inn: '7701234567', kpp: '770101001', email: 'new@firm.example.com' });
		const companies = () => installation.bitrix.portal.store.companies.all().filter(({ originId }) => originId === id);
		await until('The company', () => companies().length > 0);
		await empty();
		expect(companies()).toHaveLength(1);
		expect(await rows('msbx_dead_letters')).toEqual([]);
	});
});
