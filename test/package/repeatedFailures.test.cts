import { OrderChanges } from '../e2e/orderChanges.cts';
import { templates } from '../n8n/templates.cts';
import { stateRow } from '../nodes/orders/updating.cts';
import { placeOrders } from '../simulators/bitrix/orders/placeOrders.cts';
import { ImportedShop } from './importedShop.cts';

const REFUSED = { method: '^sale\\.order\\.update$', status: 400, error: 'ERROR_ORDER', error_description: 'The order is closed' };
const CODE = 'BITRIX_REJECTED';

describe('Failures of templates 20 and 20b that come again', () => {
	let shop: ImportedShop;
	let changes: OrderChanges;
	let order: number;

	beforeAll(async () => {
		shop = await ImportedShop.open(templates(), { edition: 'box' });
		changes = new OrderChanges(shop);
		await run('03', 'Import Now');
		[order = 0] = placeOrders(shop.bitrix.portal, shop.bitrix.catalogs, { count: 1, seed: 3 });
		shop.bitrix.portal.store.orders.update(order, { statusId: 'N', canceled: 'N' });
		shop.bitrix.clock.advance(2000);
		shop.change('05', { 'To MoySklad': { unknownGoods: 'create', deliveryServiceName: 'Delivery' } });
		await run('05', 'Run Now');
		shop.change('20', { 'Update Orders': { statusMap: { row: ['Собран', 'Отгружен'].map((state, index) => stateRow(changes.stateId(state), ['A', 'S'][index] ?? '')) } } }, { preview: false });
		await run('20', 'Run Now');
		await run('30', 'Look Now');
		shop.bitrix.portal.switches.refusals = [REFUSED];
	});
	afterAll(async () => await shop?.close());

	async function run(number: string, start: string) {
		const { run: done } = await shop.run(number, start);
		if (done.error) throw done.error;
		return done;
	}

	const failures = () => shop.tables.rows('msbx_failures').filter(({ flow, code }) => flow === 'order progress' && code === CODE);
	/** What the error desk tells, with all that it told before longer ago than `quietMinutes`. */
	async function told(): Promise<unknown[]> {
		shop.change('30', {}, { quietMinutes: 0 });
		const done = await run('30', 'Look Now');
		return done.executed.includes('Text') ? done.node('Text').json().map(({ subject }) => subject) : [];
	}

	it('are one row while the same change is looked at', async () => {
		await changes.setState(changes.customerOrder(order), 'Собран');
		await run('20', 'Run Now');
		expect(failures()).toMatchObject([{ bitrixId: String(order), retryable: false }]);
		await run('20', 'Run Now');
		expect(failures()).toHaveLength(1);
		expect(await told()).toContain(`1 × ${CODE}`);
	});

	it('are a new row with a later change, and told again', async () => {
		for (const row of failures()) row.createdAt = new Date(Date.now() - 2 * 86_400_000);
		await changes.setState(changes.customerOrder(order), 'Отгружен');
		await run('20', 'Run Now');
		expect(failures()).toHaveLength(2);
		expect(await told()).toContain(`1 × ${CODE}`);
	});

	it('are kept in the same way by template 20b', () => {
		const kept = (number: string) => shop.workflow(number).nodes.find(({ name }) => name === 'Keep Failures')?.parameters;
		expect(kept('20b')).toEqual(kept('20'));
	});
});
