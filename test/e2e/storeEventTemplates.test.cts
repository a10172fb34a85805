import { connectApplication, giveApplication } from '../demo/application.cts';
import { Installation } from '../demo/installation.cts';
import { importCatalog } from '../demo/mainJob.cts';
import type { ApiCredential } from '../n8n/api.cts';
import { waitFor } from '../n8n/waiting.cts';
import { placeOrders } from '../simulators/bitrix/orders/placeOrders.cts';
import { connect, control, must } from '../simulators/bitrix/restClient';
import { compareBooks } from './books.cts';
import { publishSleeping } from './publishSleeping.cts';

const WITHIN_MS = 60_000;
const ALL_IS_WELL = { twice: [], missing: [], tooMuch: [] };

/** Templates 29 and 29b in a real n8n. The schedules of 05 and 21 sleep, so that only events start them. */
describe('Store events', () => {
	let installation: Installation;
	let application: ApiCredential;

	beforeAll(async () => {
		installation = await Installation.start({
			moySklad: { size: { products: 12, pictures: 0 } },
			bitrix: { plan: { bucket: 250, drain: 50 } },
			settings: { '05': { startDate: '2020-01-01' }, '21': { startDate: '2020-01-01' } },
		});
		await importCatalog(installation);
		application = await connectApplication(installation);
		await publishSleeping(installation, '05', '21');
	});
	afterAll(async () => await installation?.stop());

	const place = (count: number, seed: number): number[] => placeOrders(installation.bitrix.portal, installation.bitrix.catalogs, { count, seed });
	const customerOrders = (ids: number[]) =>
		ids.map((id) => installation.moySklad.account.table('customerorder').all().filter(({ externalCode }) => String(externalCode).endsWith(`:${id}`)));
	const arrived = (ids: number[]): boolean => customerOrders(ids).every((rows) => rows.length === 1) && compareBooks(installation).missing.length === 0;
	const until = async (what: string, holds: () => boolean): Promise<void> => void (await waitFor(what, WITHIN_MS, async () => await Promise.resolve(holds() || undefined)));
	const kept = (): Promise<void> => installation.bitrix.portal.events.deliveries.flush();
	const deleteOrder = async (id: number): Promise<void> => {
		const rest = connect(installation.bitrix);
		const { shipments } = installation.bitrix.portal.store;
		for (const { id: shipment, deliveryId } of shipments.where('orderId', id).filter(({ system, deducted }) => system === 'N' && deducted === 'Y'))
			await must(rest('sale.shipment.update', { id: shipment, fields: { deducted: 'N', allowDelivery: 'N', deliveryId } }));
		await control(installation.bitrix, 'POST order', { id, unpay: true });
		await must(rest('sale.order.delete', { id }));
	};

	describe('29: online events', () => {
		beforeAll(async () => {
			await giveApplication(installation, '29', application);
			await installation.publish('29');
		});
		afterAll(async () => await installation.unpublish('29'));

		it('brings an order with its payments and shipments over, while the schedules sleep', async () => {
			const ids = place(5, 1);
			await kept();
			await until('The orders and documents', () => arrived(ids));
			expect(compareBooks(installation)).toMatchObject(ALL_IS_WELL);
		});

		it('a burst of events of the same orders makes nothing twice', async () => {
			const ids = place(12, 2);
			await kept();
			for (const id of ids) await control(installation.bitrix, 'POST order', { id, comments: 'once more' });
			await kept();
			await until('The orders and documents', () => arrived(ids));
			expect(customerOrders(ids).map((rows) => rows.length)).toEqual(ids.map(() => 1));
			expect(compareBooks(installation)).toMatchObject(ALL_IS_WELL);
		});

		it('an order that was deleted leaves the books', async () => {
			const [id = 0] = installation.bitrix.portal.store.orders.all().filter(({ canceled }) => canceled === 'N').map((order) => order.id);
			expect(customerOrders([id])[0]?.[0]?.applicable).toBe(true);
			await deleteOrder(id);
			await kept();
			await until('The unposted customer order', () => customerOrders([id])[0]?.[0]?.applicable === false);
			expect(compareBooks(installation)).toMatchObject(ALL_IS_WELL);
		});

		it('loses nothing when the flows fail: their next runs bring it over', async () => {
			const { moySklad, api } = installation;
			moySklad.faults.set([{ kind: 'html', share: 1, route: 'customerorder' }]);
			const ids = place(3, 3);
			await kept();
			await waitFor('The failed execution', WITHIN_MS, async () => (await api.executions(installation.workflow('29').id)).find(({ status }) => status === 'error'));
			expect(arrived(ids)).toBe(false);
			moySklad.faults.set([]);
			moySklad.clock.advance(60_000);
			// A run that events have woken may still be at work, and calls that failed alike are held back for a while: then several runs go by.
			await waitFor('The orders and documents', 2 * WITHIN_MS, async () => {
				for (const number of ['05', '21']) await api.run(installation.workflow(number).id, 'Run Now', undefined, WITHIN_MS);
				return arrived(ids) || undefined;
			});
			expect(compareBooks(installation)).toMatchObject(ALL_IS_WELL);
		});
	});

	describe('29b: offline events', () => {
		const run = async () => (await installation.api.run(installation.workflow('29b').id, 'Run Now', undefined, WITHIN_MS)).run;
		const queue = (): number => installation.bitrix.portal.events.offline.table.size;

		beforeAll(async () => {
			await giveApplication(installation, '29b', application);
			expect((await run()).error).toBeUndefined();
		});

		it('brings over what the portal kept, and confirms it only then', async () => {
			const { moySklad } = installation;
			const ids = place(4, 4);
			expect(queue()).toBeGreaterThan(0);
			moySklad.faults.set([{ kind: 'html', share: 1, route: 'customerorder' }]);
			const waiting = queue();
			expect((await run()).error?.message).toMatch(/order/i);
			expect(queue()).toBe(waiting);
			moySklad.faults.set([]);
			moySklad.clock.advance(60_000);
			const again = await run();
			expect(again.error).toBeUndefined();
			expect(again.node('Get Events').json().every((event) => event.again === true)).toBe(true);
			expect(arrived(ids)).toBe(true);
			expect(queue()).toBe(0);
			expect(compareBooks(installation)).toMatchObject(ALL_IS_WELL);
		});

		it('wakes nobody when nothing happened', async () => {
			const ran = await run();
			expect(ran.executed).not.toContain('Bring the Orders');
		});
	});
});
