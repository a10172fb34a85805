import { orderSums, plainProducts } from '../demo/mainJob.cts';
import { OrderChanges } from '../e2e/orderChanges.cts';
import { templates } from '../n8n/templates.cts';
import { CatalogClient } from '../simulators/bitrix/catalogClient';
import { placeOrders } from '../simulators/bitrix/orders/placeOrders.cts';
import type { Row } from '../simulators/moysklad/engine/schema.cts';
import { ImportedShop, type Ran } from './importedShop.cts';

const NOTHING = { bitrix: 0, moySklad: 0 };

/** Who looks first and then writes must find everything that was shown: a flow may not count it as done. */
describe('A template in which a node only previews', () => {
	let shop: ImportedShop;
	let changes: OrderChanges;

	beforeAll(async () => {
		shop = await ImportedShop.open(templates(), { edition: 'box' });
		changes = new OrderChanges(shop);
	});
	afterAll(async () => await shop.close());

	const rows = (type: string): Row[] => shop.moySklad.account.table(type).all();
	const store = () => shop.bitrix.portal.store;
	/** Orders of the very second of a query are read once more. */
	const later = (): void => void shop.bitrix.clock.advance(2000);
	const preview = (number: string, nodes: string[], on: boolean): void => shop.change(number, Object.fromEntries(nodes.map((name) => [name, { preview: on }])));

	/** Where a flow is, without what it counts; of the CRM, which reads several kinds one after the other, that of the orders. */
	const positionOf = ({ cursors, ...state }: Record<string, unknown>): unknown => (cursors as Record<string, unknown> | undefined)?.customerOrder ?? state;

	async function runWell(number: string, start = 'Run Now'): Promise<Ran> {
		const ran = await shop.run(number, start);
		if (ran.run.error) throw ran.run.error;
		return ran;
	}

	/** Runs it with and then without the preview: the first run writes nothing, says why it ends, and keeps the flow where it was. */
	async function lookThenWrite(number: string, flow: string, nodes: string[]): Promise<void> {
		const before = positionOf(shop.state(flow));
		preview(number, nodes, true);
		const looked = await shop.run(number, 'Run Now');
		expect(looked).toMatchObject(NOTHING);
		expect(looked.run.error?.message).toContain('only previewed and not written');
		expect(positionOf(shop.state(flow))).toEqual(before);
		preview(number, nodes, false);
		await runWell(number);
	}

	it('03: the progress says how much would be written, and how much of it the catalog does not have', async () => {
		const nodes = ['Upsert Sections', 'Upsert Items'];
		preview('03', nodes, true);
		expect(await runWell('03', 'Import Now')).toMatchObject({ bitrix: 0 });
		const { planned, plannedNew } = shop.state('catalog');
		expect(planned).toBeGreaterThan(rows('product').length);
		expect(plannedNew).toBe(planned);
		expect(shop.tables.rows('msbx_flows').find(({ flow }) => flow === 'catalog')?.progress).toContain(`preview: ${Number(planned)} would be written, ${Number(planned)} of them are not in the catalog`);
		preview('03', nodes, false);
		await runWell('03', 'Import Now');
		expect(shop.state('catalog')).toMatchObject({ step: 'done', failed: 0, planned: 0 });
		expect(shop.tables.rows('msbx_flows').find(({ flow }) => flow === 'catalog')?.progress).not.toContain('preview');
	});

	it('22: customers', async () => {
		placeOrders(shop.bitrix.portal, shop.bitrix.catalogs, { count: 4, seed: 3 });
		later();
		const before = rows('counterparty').length;
		await lookThenWrite('22', 'counterparties', ['To MoySklad']);
		expect(rows('counterparty').length).toBeGreaterThan(before);
	});

	it('05: orders', async () => {
		shop.change('05', { 'To MoySklad': { unknownGoods: 'create', deliveryServiceName: 'Delivery' } });
		await lookThenWrite('05', 'orders', ['To MoySklad']);
		expect(orderSums(shop)).toMatchObject({ placed: 4, arrived: 4, twice: 0, mismatches: 0 });
	});

	it('28: goods that were made in the store', async () => {
		await runWell('28');
		await new CatalogClient(shop.bitrix).addProduct({ name: 'Чашка «Новая»' });
		await lookThenWrite('28', 'new items', ['Make Products', 'Make Services', 'Link Items']);
		expect(rows('product').filter(({ name }) => name === 'Чашка «Новая»')).toHaveLength(1);
	});

	it('24: deals', async () => {
		await runWell('24');
		const order = await changes.born(plainProducts(shop.moySklad)[0] as Row);
		await lookThenWrite('24', 'crm', ['Upsert Customers', 'Upsert Deals']);
		expect(store().deals.all().filter(({ originId }) => originId === order.id)).toHaveLength(1);
	});

	it('11: events stay in the inbox', async () => {
		const [product] = plainProducts(shop.moySklad);
		await changes.edit('PUT', `entity/product/${String(product?.id)}`, { weight: 7.25 });
		await runWell('10', 'When Published');
		await shop.run('10', 'Something Changed', [{ entity: 'product', id: String(product?.id), action: 'UPDATE', type: 'webhook' }]);
		preview('11', ['Upsert Items'], true);
		expect(await runWell('11')).toMatchObject({ bitrix: 0 });
		expect(shop.tables.rows('msbx_inbox')).toMatchObject([{ objectId: product?.id, attempts: 1 }]);
		preview('11', ['Upsert Items'], false);
		for (const row of shop.tables.rows('msbx_inbox')) row.notBefore = 0;
		await runWell('11');
		expect([shop.tables.rows('msbx_inbox'), store().elements.where('xmlId', String(product?.externalCode))[0]?.weight]).toEqual([[], 7250]);
	});
});
