import path from 'node:path';
import { EXCHANGE_STORE } from '../demo/exchangeJob.cts';
import { orderSums } from '../demo/mainJob.cts';
import { sitePriceTypes } from '../demo/sitePriceTypes.cts';
import { OrderChanges } from '../e2e/orderChanges.cts';
import { templates } from '../n8n/templates.cts';
import { placeOrders } from '../simulators/bitrix/orders/placeOrders.cts';
import { BY_EXCHANGE, ImportedShop } from './importedShop.cts';
import { storedReleases, STORED_WORKFLOWS } from './storedWorkflows.cts';

/** Workflows of a release on the present nodes, in the life of one shop: each test goes on where the one before ended. */
describe.each(storedReleases())('Workflows that were imported from release %s, for a site with the 1C exchange', (release) => {
	let shop: ImportedShop;
	let changes: OrderChanges;

	beforeAll(async () => {
		shop = await ImportedShop.open(templates(path.join(STORED_WORKFLOWS, release)), EXCHANGE_STORE);
		changes = new OrderChanges(shop);
		const prices = sitePriceTypes(shop.bitrix, shop.moySklad);
		for (const [number, node] of [['03b', 'Upsert Items'], ['04b', 'Update Prices']] as const) shop.change(number, { [node]: prices });
		shop.change('05b', { 'To MoySklad': { unknownGoods: 'create', deliveryServiceName: 'Delivery' } });
	});
	afterAll(async () => await shop?.close());

	/** Files that the site got in a run, which has to end well. */
	async function sent(number: string, start: string): Promise<number> {
		const { run } = await shop.run(number, start);
		if (run.error) throw run.error;
		return Object.entries(shop.bitrix.counters.snapshot().routes).reduce((sum, [route, { calls }]) => sum + (/^1c_exchange \w+ file$/.test(route) ? calls : 0), 0);
	}

	it('03b: the whole catalog goes to the site', async () => {
		expect(await sent('03b', 'Import Now')).toBeGreaterThan(0);
		expect(shop.state('catalog by exchange')).toMatchObject({ step: 'done', failed: 0 });
		const { moySklad, bitrix } = shop;
		const keys = bitrix.portal.store.elements.all().map(({ xmlId }) => xmlId);
		expect(moySklad.account.table('product').all().filter(({ externalCode }) => !keys.includes(String(externalCode)))).toEqual([]);
		expect(await sent('03b', 'Import Now')).toBe(0);
	});

	it('04b: stock and prices go to the site', async () => {
		expect(await sent('04b', 'Compare Now')).toBeGreaterThan(0);
		expect(await sent('04b', 'Compare Now')).toBe(0);
	});

	it('05b: orders become customer orders, to the kopeck', async () => {
		placeOrders(shop.bitrix.portal, shop.bitrix.catalogs, { count: 3, seed: 5 });
		shop.bitrix.clock.advance(2000);
		await sent('05b', 'Run Now');
		expect(orderSums(shop)).toMatchObject({ placed: 3, arrived: 3, twice: 0, mismatches: 0 });
		expect((await shop.run('05b', 'Run Now')).moySklad).toBe(0);
	});

	it('20b: what becomes of customer orders goes back', async () => {
		shop.change('20b', {}, { preview: false, statuses: 'Собран = P' });
		await sent('20b', 'Run Now');
		const [{ id } = { id: 0 }] = shop.bitrix.portal.store.orders.all().filter(({ statusId, canceled }) => statusId !== 'P' && canceled === 'N');
		await changes.setState(changes.customerOrder(id), 'Собран');
		expect(await sent('20b', 'Run Now')).toBe(1);
		expect(changes.order(id).statusId).toBe('P');
		expect(await sent('20b', 'Run Now')).toBe(0);
	});

	it('are all run here', () => {
		expect([...shop.ran]).toEqual(BY_EXCHANGE);
	});
});
