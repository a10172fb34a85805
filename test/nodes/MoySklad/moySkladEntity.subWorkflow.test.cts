import type { IDataObject } from 'n8n-workflow';
import type { Order } from '../../../core';
import { Engine } from '../../n8n/engine.cts';
import type { CallableWorkflow } from '../../n8n/subWorkflows.cts';
import { Shop } from '../orders/shop.cts';
import { changing, node } from '../shared/changingWorkflow.cts';

type Item = IDataObject;

describe('C8: MoySklad Entity lets a sub-workflow change what is written', () => {
	let shop: Shop;
	let engine: Engine;
	beforeAll(async () => (engine = await Engine.load({ fromN8n: ['n8n-nodes-base'] })), 60_000);
	beforeEach(async () => (shop = await Shop.open()));
	afterEach(async () => await shop.close());

	async function run(parameters: IDataObject, items: Item[], hook: CallableWorkflow) {
		const { options, ...rest } = parameters;
		const write = node('Write', 'n8n-nodes-moysklad-bitrix.moySkladEntity', {
			...rest,
			options: { ...(options as IDataObject), subWorkflow: { __rl: true, mode: 'id', value: 'hook' } },
		} as never);
		const workflow: CallableWorkflow = { id: 'main', nodes: [{ ...write, credentials: { moySkladApi: { id: 'm', name: 'moySkladApi' } } }], connections: {} };
		const { token } = shop.moySklad.users.admin;
		const credentials = { moySkladApi: { authentication: 'token', token, baseUrl: shop.moySklad.baseUrl } };
		const done = await engine.runWorkflow({ workflow, start: 'Write', items, credentials, workflows: { hook } });
		return { error: done.error, done: done.error ? [] : done.node('Write').json(0), failed: done.error ? [] : done.node('Write').json(1), called: done.called };
	}

	describe('Create or Update', () => {
		const fields = { mappingMode: 'autoMapInputData', value: null, matchingColumns: ['externalCode'] };
		const upsert = { resource: 'counterparty', operation: 'upsert', fields };
		const named = (code: string, more: Item = {}): Item => ({ externalCode: code, name: `Name ${code}`, ...more });
		const counterparty = (code: string): IDataObject | undefined => shop.rows('counterparty').find(({ externalCode }) => externalCode === code) as IDataObject | undefined;

		it('items in, items out: the changed fields are written, items that failed before are not given', async () => {
			const hook = changing({ 'fields.description': '={{ $json.entity }} {{ $json.key }} was {{ $json.item.name }}' });
			const { done, failed } = await run(upsert, [named('a'), { externalCode: 'b', name: 'x', email: { no: 'text' } }, named('c')], hook);
			expect(done.map(({ status }) => status)).toEqual(['created', 'created']);
			expect(failed).toHaveLength(1);
			expect(counterparty('a')?.description).toBe('counterparty a was Name a');
			expect(counterparty('c')?.description).toBe('counterparty c was Name c');
		});

		it('by what an object is looked up cannot be changed', async () => {
			await run(upsert, [named('a')], changing({ 'fields.externalCode': 'other' }));
			expect(counterparty('a')).toBeDefined();
			expect(counterparty('other')).toBeUndefined();
		});

		it('another number of items, or another key, is an error before anything is written', async () => {
			expect((await run(upsert, [named('a'), named('b')], changing({}, 1))).error?.message).toContain('2 items went in, 1 came out');
			expect((await run(upsert, [named('a')], changing({ key: 'other' }))).error?.message).toContain('item 0 has another key');
			expect((await run(upsert, [named('a')], changing({ fields: 'text' }))).error?.message).toContain('item 0 has no fields');
			expect(counterparty('a')).toBeUndefined();
		});
	});

	describe('Create or Update From Bitrix Order', () => {
		const parameters = (): IDataObject => ({
			resource: 'customerOrder',
			operation: 'createOrUpdateFromBitrixOrder',
			order: '={{ $json.order }}',
			...(shop.settings() as IDataObject),
		});
		const items = (orders: readonly Order[]): Item[] => orders.map((order) => ({ order: order as unknown as IDataObject }));

		it('items in, items out: the changed order is written, to the kopeck; which one it is stays', async () => {
			const orders = await shop.orders(shop.placeOrders(3));
			const hook = changing({ 'order.customerComment': '=Gift wrap for {{ $json.order.number }}', 'order.id': '999' });
			const { done, error } = await run(parameters(), items(orders), hook);
			expect(error).toBeUndefined();
			expect(done.map(({ status, bitrixId }) => [status, bitrixId])).toEqual(orders.map(({ id }) => ['created', id]));
			for (const { id, number, total } of orders) {
				expect(shop.customerOrder(id).description).toContain(`Gift wrap for ${number}`);
				expect(shop.customerOrder(id).sum).toBe(Math.round(Number(total) * 100));
			}
		});

		it('an order that nobody can read any more fails alone', async () => {
			const orders = await shop.orders(shop.placeOrders(2));
			const hook = changing({ 'order.total': `={{ $json.order.id === '${orders[0]?.id}' ? 'much' : $json.order.total }}` });
			const { done, failed } = await run(parameters(), items(orders), hook);
			expect(done.map(({ bitrixId }) => bitrixId)).toEqual([orders[1]?.id]);
			expect(failed).toMatchObject([{ bitrixId: orders[0]?.id, error: { code: 'ORDER_UNREADABLE' } }]);
		});
	});
});
