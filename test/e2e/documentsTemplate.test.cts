import { Installation } from '../demo/installation.cts';
import { flowState, importCatalog } from '../demo/mainJob.cts';
import type { StoredRow } from '../n8n/dataTables.cts';
import { withSettings } from '../n8n/filledIn.cts';
import { waitFor } from '../n8n/waiting.cts';
import { placeOrders } from '../simulators/bitrix/orders/placeOrders.cts';
import { connect, control, must } from '../simulators/bitrix/restClient';
import { control as moySkladControl } from '../simulators/moysklad/control.cts';
import { changeSetting } from './changeSetting.cts';
import { compareBooks, documentsBySource } from './books.cts';
import { expectKnownRows } from './keptRows.cts';
import { expectOneFirstRun, expectOneRun } from './twoAtOnce.cts';

type Row = Record<string, unknown>;

const WITHIN_MS = 120_000;
/** Short, so that the lease of a killed run ends while the test waits. */
const LEASE_MINUTES = 0.1;
const ALL_IS_WELL = { twice: [], missing: [], tooMuch: [] };

describe('Template 21: payments and shipments to MoySklad', () => {
	let installation: Installation;

	beforeAll(async () => {
		installation = await Installation.start({
			moySklad: { size: { products: 20, pictures: 0 } },
			settings: {
				'05': { startDate: '2020-01-01', pageSize: 20 },
				'21': { startDate: '2020-01-01', pageSize: 10, leaseMinutes: LEASE_MINUTES, mostDeleted: 1 },
			},
		});
		await importCatalog(installation);
	});
	afterAll(async () => await installation?.stop());

	let seed = 0;
	const place = (count: number): number[] => placeOrders(installation.bitrix.portal, installation.bitrix.catalogs, { count, seed: (seed += 1) });
	const bringOrders = async (): Promise<void> => void expect((await installation.api.run(installation.workflow('05').id, 'Run Now', undefined, WITHIN_MS)).run.error).toBeUndefined();
	const run = async (trigger = 'Run Now') => await installation.api.run(installation.workflow('21').id, trigger, undefined, WITHIN_MS);
	/** A while later, so that orders of the very second of a query are not read once more. */
	const later = (): void => void installation.bitrix.clock.advance(2000);
	const both = async (): Promise<void> => {
		later();
		await bringOrders();
		const { run: ran } = await run();
		expect(ran.error).toBeUndefined();
	};
	const writes = async (trigger?: string): Promise<number> => {
		const { counters } = installation.moySklad;
		counters.reset();
		expect((await run(trigger)).run.error).toBeUndefined();
		return Object.entries(counters.snapshot().routes).reduce((sum, [route, count]) => sum + (/^(POST|PUT|DELETE) /.test(route) ? count.calls : 0), 0);
	};
	const edit = async (id: number, change: object): Promise<void> => void (await control(installation.bitrix, 'POST order', { id, ...change }));
	const rows = async (name: string): Promise<StoredRow[]> => (await installation.api.dataTables.rows((await installation.api.dataTables.named(name)).id)).data;
	const failures = async (): Promise<StoredRow[]> => (await rows('msbx_failures')).filter(({ flow }) => flow === 'documents');
	const store = () => installation.bitrix.portal.store;
	const rest = async (method: string, parameters: Record<string, unknown>): Promise<unknown> => await must(connect(installation.bitrix)(method, parameters));
	const customerOrder = (id: number): Row =>
		installation.moySklad.account.table('customerorder').all().find(({ externalCode }) => String(externalCode).endsWith(`:${id}`)) ?? {};

	it('of two first runs at most one works, and orders that were not brought over wait, each until it is', async () => {
		await bringOrders();
		const early = place(4);
		await expectOneFirstRun(run);
		expect(documentsBySource(installation).size).toBe(0);
		await both();
		expect(compareBooks(installation)).toMatchObject(ALL_IS_WELL);
		expect(early.every((id) => customerOrder(id).id)).toBe(true);
	});

	it('with preview shows what it would write, and writes and keeps nothing', async () => {
		place(8);
		later();
		await bringOrders();
		const before = await flowState(installation.api, 'documents');
		await changeSetting(installation, '21', 'preview', true);
		expect(await writes()).toBe(0);
		expect(await flowState(installation.api, 'documents')).toEqual(before);
		const shown = (await run()).run.node('What Would Be Written').json();
		await changeSetting(installation, '21', 'preview', false);
		const { missing } = compareBooks(installation);
		expect(missing.length).toBeGreaterThan(0);
		expect(shown.filter(({ status }) => status === 'planned').length).toBeGreaterThan(0);
	});

	it('books payments and shipments once, page by page; the second run writes nothing', async () => {
		place(25);
		await both();
		const books = compareBooks(installation);
		expect(books).toMatchObject(ALL_IS_WELL);
		expect(books.booked).toBeGreaterThan(10);
		later();
		expect(await writes()).toBe(0);
		expect((await failures()).map(({ code, message }) => [code, message])).toEqual([]);
	});

	it('follows what is paid, taken back and shipped later', async () => {
		const ids = place(6);
		await both();
		const [paid] = ids.filter((id) => store().orders.get(id)?.payed === 'N' && store().orders.get(id)?.canceled === 'N');
		later();
		await edit(Number(paid), { pay: true });
		const shipment = store().shipments.all().find(({ system, deducted, orderId, deliveryId }) => system === 'N' && deducted === 'N' && deliveryId > 0 && store().orders.get(orderId)?.canceled === 'N');
		await rest('sale.shipment.update', { id: shipment?.id, fields: { deducted: 'Y', allowDelivery: 'Y', deliveryId: shipment?.deliveryId, basePriceDelivery: Number(shipment?.basePriceDelivery) / 100, priceDelivery: Number(shipment?.priceDelivery) / 100 } });
		await both();
		expect(compareBooks(installation)).toMatchObject(ALL_IS_WELL);
		expect(documentsBySource(installation).has(`shipment:${shipment?.id}`)).toBe(true);
		later();
		await edit(Number(paid), { unpay: true });
		await both();
		expect(compareBooks(installation)).toMatchObject(ALL_IS_WELL);
	});

	it('makes an invoice once of a customer order that comes into the chosen state', async () => {
		const { api, moySklad } = installation;
		const asPerson = async (method: string, path: string, body?: object): Promise<Row> =>
			((await moySkladControl(moySklad.parts, 'POST', 'edit', { user: 'admin', method, path, body })) as { body: Row }).body;
		const [, confirmed] = (await asPerson('GET', 'entity/customerorder/metadata')).states as Row[];
		const workflow = withSettings(installation.workflow('21'), { makeInvoices: true });
		for (const { name, parameters } of workflow.nodes) if (name === 'Make Invoices') parameters.states = { row: [{ state: { __rl: true, mode: 'id', value: String(confirmed?.id) } }] };
		await api.update(workflow);
		const [id = 0] = place(1);
		await both();
		expect(moySklad.account.table('invoiceout').all()).toEqual([]);
		await asPerson('PUT', `entity/customerorder/${String(customerOrder(id).id)}`, { state: { meta: confirmed?.meta } });
		await both();
		expect(moySklad.account.table('invoiceout').all()).toMatchObject([{ sum: customerOrder(id).sum, applicable: true }]);
		later();
		expect(await writes()).toBe(0);
		expect(moySklad.account.table('invoiceout').all()).toHaveLength(1);
		await api.update(withSettings(workflow, { makeInvoices: false }));
	});

	it('while MoySklad is away nothing is confirmed, and afterwards nothing is missing', async () => {
		place(12);
		later();
		await bringOrders();
		const before = await flowState(installation.api, 'documents');
		installation.moySklad.faults.set([{ kind: 'serverError', share: 1, route: '^(GET|POST) /entity/(paymentin|cashin|demand)' }]);
		const { run: failed } = await run();
		expect(failed.executed).toContain('Page Failed');
		expect(await flowState(installation.api, 'documents')).toEqual(before);
		installation.moySklad.faults.set([]);
		installation.moySklad.clock.advance(60_000);
		await both();
		expect(compareBooks(installation)).toMatchObject(ALL_IS_WELL);
	});

	it('an order that MoySklad could not take holds nobody up, and is told once', async () => {
		const workflow = installation.workflow('05');
		const writer = workflow.nodes.find(({ name }) => name === 'To MoySklad');
		const change = async (unknownGoods: string): Promise<void> => {
			if (writer) writer.parameters.unknownGoods = unknownGoods;
			await installation.api.update(workflow);
		};
		await change('stop');
		const placed = place(5);
		const line = store().basket.where('orderId', Number(placed[0]))[0];
		store().basket.update(Number(line?.id), { productId: 999_999, productXmlId: 'unknown-in-moysklad' });
		later();
		await bringOrders();
		await change('create');
		const refused = placed.filter((id) => customerOrder(id).id === undefined);
		expect(refused).toContain(placed[0]);
		expect(refused.length).toBeLessThan(placed.length);
		expect((await run()).run.error).toBeUndefined();
		expect(await failures()).toEqual([]);
		installation.bitrix.clock.advance(180_000);
		await both();
		expect((await failures()).map(({ bitrixId, code }) => [bitrixId, code])).toEqual(refused.map((id) => [String(id), 'DOCUMENT_ORDER_MISSING']));
		const sources = (rowsOf: Array<{ id: number; orderId: number }>, kind: string): string[] => rowsOf.filter(({ orderId }) => refused.includes(orderId)).map(({ id }) => `${kind}:${id}`);
		const own = [...sources(store().payments.all(), 'payment'), ...sources(store().shipments.all(), 'shipment')];
		expect(compareBooks(installation).missing.filter((source) => !own.includes(source))).toEqual([]);
		later();
		expect(await writes()).toBe(0);
		for (const id of refused) await edit(id, { comments: 'Once more' });
		await both();
		expect(compareBooks(installation)).toMatchObject(ALL_IS_WELL);
	});

	it('of two runs at once exactly one works', async () => {
		place(3);
		later();
		await bringOrders();
		await expectOneRun(run);
		expect(compareBooks(installation)).toMatchObject(ALL_IS_WELL);
	});

	it('a run that was killed is repeated after its lease, and books nothing twice', async () => {
		const { moySklad, n8n } = installation;
		place(20);
		later();
		await bringOrders();
		const before = documentsBySource(installation).size;
		moySklad.faults.set([{ kind: 'hangAfter', share: 1, route: '^POST /entity/(paymentin|demand)$', milliseconds: 60_000 }]);
		void run().catch(() => undefined);
		await waitFor('The first documents', WITHIN_MS, async () => await Promise.resolve(documentsBySource(installation).size > before || undefined));
		await n8n.kill();
		await n8n.restart();
		moySklad.faults.set([]);
		await new Promise((resolve) => setTimeout(resolve, LEASE_MINUTES * 60_000));
		await both();
		expect(compareBooks(installation)).toMatchObject(ALL_IS_WELL);
		later();
		expect(await writes()).toBe(0);
	});

	it('settles an order that was deleted in the store once, and stops when too many are gone', async () => {
		const ids = place(4).filter((id) => store().orders.get(id)?.canceled === 'N');
		await both();
		const [gone, ...others] = ids;
		const takenOut = async (id: number): Promise<void> => {
			for (const { id: shipment, deliveryId } of store().shipments.where('orderId', id).filter(({ system, deducted }) => system === 'N' && deducted === 'Y'))
				await rest('sale.shipment.update', { id: shipment, fields: { deducted: 'N', allowDelivery: 'N', deliveryId } });
			await edit(id, { unpay: true });
			await rest('sale.order.delete', { id });
		};
		expect(customerOrder(Number(gone)).applicable).toBe(true);
		await takenOut(Number(gone));
		expect(await writes('Every Night')).toBeGreaterThan(0);
		expect(customerOrder(Number(gone)).applicable).toBe(false);
		expect(compareBooks(installation)).toMatchObject(ALL_IS_WELL);
		expect(await writes('Every Night')).toBe(0);

		const more = [...others, ...place(6)].filter((id) => store().orders.get(id)?.canceled === 'N').slice(0, 4);
		await both();
		for (const id of more) await takenOut(id);
		const { run: stopped } = await run('Every Night');
		expect(stopped.error?.message).toContain('are gone from the store');
		// They may lie on two pages, of which the first has but one of them.
		expect(more.filter((id) => customerOrder(id).applicable === true).length).toBeGreaterThanOrEqual(3);
		expect(await expectKnownRows(installation)).toEqual(expect.arrayContaining(['msbx_failures', 'msbx_flows', 'msbx_links']));
	});
});
