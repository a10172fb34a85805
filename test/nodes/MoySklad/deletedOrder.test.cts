import type { IDataObject, INodeParameters } from 'n8n-workflow';
import type { Order, WriteResult } from '../../../core';
import { aPayment, aShipment, later, useMoney, type Money } from '../orders/money.cts';
import type { Shop } from '../orders/shop.cts';

type Row = Record<string, unknown>;

describe('Settle Deleted Bitrix Order', () => {
	let shop: Shop;
	let money: Money;
	let order: Order;

	useMoney(async (opened, its) => {
		money = opened;
		shop = its;
		order = (await shop.orders([shop.store.place()]))[0] as Order;
		await shop.write([order]);
	});

	const settle = async (parameters: INodeParameters = {}, more: IDataObject = {}): Promise<WriteResult> => {
		const [link] = [...shop.links.values()];
		const run = await shop.store.engine.runNode({
			type: 'moySkladEntity',
			parameters: { resource: 'customerOrder', operation: 'settleDeletedBitrixOrder', siteKey: 'shop', withdrawal: 'bin', preview: false, deletedAt: '2020-01-01T00:00:00Z', ...parameters },
			credentials: { moySkladApi: { authentication: 'token', token: shop.moySklad.users.integration.token, baseUrl: shop.moySklad.baseUrl } },
			items: [{ id: order.id, link: link as unknown as IDataObject, documentsLink: (money.links.get(order.id) ?? null) as IDataObject | null, ...more }],
		});
		if (run.error) throw run.error;
		return run.outputs.flat()[0]?.json as unknown as WriteResult;
	};

	const row = (): Row => shop.customerOrder(order.id);
	const reserves = (): unknown[] => (row().positions as Row[]).map(({ reserve }) => reserve);

	it('leaves it and tells, or unposts it, or throws it away; a second run does nothing', async () => {
		expect(await settle({ withdrawal: 'leave' })).toMatchObject({ status: 'unchanged', warnings: [{ code: 'ORDER_DELETED_IN_STORE_LEFT' }] });
		expect(await settle({ preview: true })).toMatchObject({ status: 'planned', changes: [{ field: 'applicable' }, { field: 'deleted' }] });
		expect(row()).toMatchObject({ applicable: true });
		expect(await settle({ withdrawal: 'unpost' })).toMatchObject({ status: 'updated', moySkladId: row().id, changes: [{ field: 'applicable', from: true, to: false }] });
		expect(row()).toMatchObject({ applicable: false });
		expect(reserves().every((reserve) => reserve === 0)).toBe(true);
		expect(await settle({ withdrawal: 'unpost' })).toMatchObject({ status: 'unchanged', changes: [] });
		expect(await settle()).toMatchObject({ status: 'deleted', changes: [{ field: 'deleted' }] });
		expect(row().deleted).toBeDefined();
		expect(await settle()).toMatchObject({ status: 'unchanged' });
	});

	it('takes the documents that were made of its payments and shipments along', async () => {
		await money.book(later(order, { payments: [aPayment('71', '100')], shipments: [aShipment('31', [])] }));
		expect(await settle()).toMatchObject({ status: 'deleted', documents: [{ type: 'paymentin', action: 'withdraw' }, { type: 'demand', action: 'withdraw' }] });
		for (const type of ['paymentin', 'demand']) expect(money.documents(type, order.id)).toMatchObject([{ applicable: false, deleted: expect.any(Number) as number }]);
		expect(row().deleted).toBeDefined();
	});

	it('leaves it where documents of others count on it', async () => {
		const { organization, agent, meta } = await money.shown(order.id);
		await shop.edit('POST', 'entity/cashin', { organization, agent, sum: 100, operations: [{ meta, linkedSum: 100 }] });
		expect(await settle()).toMatchObject({ status: 'conflict', error: { code: 'ORDER_DELETED_IN_USE' } });
		expect(row()).toMatchObject({ applicable: true });
	});

	it('one that a person changed since, or of which nobody remembers, is decided on by the policy', async () => {
		expect(await settle({}, { link: null })).toMatchObject({ status: 'conflict', error: { code: 'ORDER_DELETED_CHANGED' } });
		const [position] = row().positions as Row[];
		await shop.edit('PUT', `entity/customerorder/${String(row().id)}/positions/${String(position?.id)}`, { quantity: 7 });
		expect(await settle()).toMatchObject({ status: 'conflict', error: { code: 'ORDER_DELETED_CHANGED' } });
		expect(await settle({ conflicts: 'targetWins' })).toMatchObject({ status: 'unchanged', warnings: [{ code: 'ORDER_DELETED_IN_STORE_LEFT' }] });
		expect(await settle({ conflicts: 'sourceWins' })).toMatchObject({ status: 'deleted' });
	});

	it('an order that MoySklad never had needs nothing; a state from before the deletion comes too late', async () => {
		expect(await settle({ orderId: '4711' }, { link: null })).toMatchObject({ status: 'unchanged', moySkladId: null });
		expect(await settle({ orderId: '={{ $json.nothing }}' })).toMatchObject({ status: 'failed', error: { code: 'ORDER_UNREADABLE' } });
		await money.book(later(order, { payments: [aPayment('71', '100')] }));
		const { link } = await settle({ withdrawal: 'unpost', deletedAt: '2100-01-01T00:00:00Z' });
		money.links.set(order.id, link as never);
		expect(await money.book(later(order, { payments: [aPayment('71', '100')] }))).toMatchObject({ status: 'skipped', warnings: [{ code: 'ORDER_STALE' }] });
	});

	it('without a recycle bin the order is out of the books, and the failure is told', async () => {
		shop.moySklad.account.settings.useRecycleBin = false;
		expect(await settle()).toMatchObject({ status: 'failed', error: { code: 'MOYSKLAD_SETTING' } });
		expect(row()).toMatchObject({ applicable: false });
	});
});
