import { toKopecks, type Order } from '../../../core';
import type { FaultRule } from '../../simulators/kernel/faults.cts';
import { aPayment, aShipment, later, Money, useMoney, type DocumentsResult } from '../orders/money.cts';
import { Proxy } from '../orders/proxy.cts';
import type { Shop } from '../orders/shop.cts';

type Row = Record<string, unknown>;

describe('Create or Update Documents From Bitrix Order: many orders', () => {
	let shop: Shop;
	let money: Money;

	useMoney((opened, its) => {
		money = opened;
		shop = its;
	});

	/** Random orders of the store, in MoySklad. */
	const written = async (count: number): Promise<Order[]> => {
		const orders: Order[] = [];
		const ids = shop.placeOrders(count);
		for (let from = 0; from < ids.length; from += 100) orders.push(...(await shop.orders(ids.slice(from, from + 100))));
		expect((await shop.write(orders)).map(({ status }) => status)).toEqual(orders.map(() => 'created'));
		return orders;
	};

	/** Paid in two parts, shipped in two shipments. */
	const settled = (order: Order): Order => {
		const total = toKopecks(order.total);
		const part = Math.floor(total / 3);
		const items = order.lines.map(({ id, quantity }) => ({ lineId: id, quantity }));
		return later(order, {
			canceled: false,
			paid: true,
			payments: [aPayment(`${order.id}1`, String(part / 100)), aPayment(`${order.id}2`, String((total - part) / 100), { cash: true })].filter(({ sum }) => Number(sum) > 0),
			shipments: [aShipment(`${order.id}1`, items.slice(0, 1), { price: order.shipments[0]?.price }), aShipment(`${order.id}2`, items.slice(1))],
		});
	};

	/** Orders whose books differ from the store. */
	const differing = async (orders: readonly Order[]): Promise<unknown[]> => {
		const found: unknown[] = [];
		for (const order of orders) {
			const { id, sum, applicable } = shop.customerOrder(order.id) as { id: string; sum: number; applicable: boolean };
			const { payedSum, shippedSum } = await shop.edit('GET', `entity/customerorder/${id}`);
			const paid = order.payments.filter((one) => one.paid).reduce((total, one) => total + toKopecks(one.sum), 0);
			const isGone = order.shipments.length > 0 && order.shipments.every(({ shipped }) => shipped);
			if (payedSum !== Math.min(paid, sum) || shippedSum !== (isGone && applicable ? sum : 0)) found.push({ id: order.id, paid, payedSum, sum, shippedSum });
		}
		return found;
	};

	const twice = (): string[] => {
		const keys = ['paymentin', 'cashin', 'demand'].flatMap((type) => shop.rows(type).map(({ externalCode }) => `${type} ${String(externalCode)}`));
		return keys.filter((key, index) => keys.indexOf(key) !== index);
	};

	it('R137: random orders of the store, their payments and shipments: the books agree; the second time nothing is written', async () => {
		const orders = await written(60);
		const results = await money.write(orders);
		expect(results.filter(({ status }) => status === 'failed' || status === 'conflict')).toEqual([]);
		expect(await differing(orders)).toEqual([]);
		shop.reset();
		expect(new Set((await money.write(orders)).map(({ status }) => status))).toEqual(new Set(['unchanged']));
		expect(Object.keys(shop.moySklad.counters.snapshot().routes).filter((route) => !route.startsWith('GET'))).toEqual([]);
	});

	it('500 orders with two payments and two shipments each take 45 calls at most, and 30 when nothing changed', async () => {
		const orders = (await written(500)).map(settled);
		shop.reset();
		const results = await money.write(orders);
		const first = shop.calls();
		expect(results.filter(({ error }) => error)).toEqual([]);
		expect(await differing(orders)).toEqual([]);
		shop.reset();
		await money.write(orders);
		expect(first).toBeLessThanOrEqual(45);
		expect(shop.calls()).toBeLessThanOrEqual(30);
	}, 120_000);

	it('R170: with one call in ten failing everything arrives once', async () => {
		const orders = (await written(60)).map(settled);
		const kinds = ['serverError', 'unavailable', 'html', 'cut', 'reset', 'rateLimit'] as const;
		const faults: FaultRule[] = kinds.map((kind) => ({ kind, share: 0.1 / kinds.length }));
		shop.moySklad.faults.set(faults);
		let open = orders;
		for (let round = 0; round < 20 && open.length > 0; round += 1) {
			const results = await money.write(open);
			expect(results.filter(({ error }) => error && !error.retryable)).toEqual([]);
			open = open.filter((_, index) => results[index]?.error);
		}
		const injected = Object.values(shop.moySklad.counters.snapshot().faults).reduce((sum, count) => sum + count, 0);
		shop.moySklad.faults.set([]);
		expect(injected).toBeGreaterThan(0);
		expect(open).toEqual([]);
		expect(await differing(orders)).toEqual([]);
		expect(twice()).toEqual([]);
	}, 120_000);

	it.each([
		['paymentin', 'POST .*entity/paymentin'],
		['cashin', 'POST .*entity/cashin'],
		['demand', 'POST .*entity/demand'],
	])('N2: a run that is killed before its %s, and forgets everything, is made up for', async (_type, route) => {
		const orders = (await written(12)).map(settled);
		shop.moySklad.faults.set([{ kind: 'reset', share: 1, route }]);
		const results = await money.write(orders);
		expect(results.filter(({ error }) => error).length).toBeGreaterThan(0);
		shop.moySklad.faults.set([]);
		money.links.clear();
		expect((await money.write(orders)).filter(({ error }) => error)).toEqual([]);
		expect(await differing(orders)).toEqual([]);
		expect(twice()).toEqual([]);
	});

	it('T13: a write whose answer was lost is not done twice', async () => {
		const orders = (await written(10)).map(settled);
		shop.moySklad.faults.set([{ kind: 'cut', share: 1, times: 3, route: '^POST ' }]);
		expect((await money.write(orders)).map(({ status }) => status)).toEqual(orders.map(() => 'created'));
		expect(twice()).toEqual([]);
		expect(await differing(orders)).toEqual([]);
	});

	it('one bad order spoils no other, each in its place', async () => {
		const orders = (await written(4)).map(settled);
		const [one, two, three, four] = orders as [Order, Order, Order, Order];
		const strange = { ...two, payments: [{ id: '1', sum: 'much' }] } as unknown as Order;
		const foreign = { ...three, id: '4711' };
		const results = await money.write([one, strange, foreign, four]);
		expect(results.map(({ status, error }) => error?.code ?? status)).toEqual(['created', 'ORDER_UNREADABLE', 'DOCUMENT_ORDER_MISSING', 'created']);
		expect(results[2]?.error).toMatchObject({ kind: 'missing', retryable: true });
		const refused = await Proxy.open(new URL(shop.moySklad.baseUrl).origin, {
			answer: (body, path) => (path.includes('/entity/demand') && body.startsWith('[') ? refuseFirst(body) : body),
		});
		const again = await money.write([settled(two), settled(three)], {}, `${refused.url}${new URL(shop.moySklad.baseUrl).pathname}`);
		await refused.close();
		expect(again.map(({ status, error }) => error?.code ?? status)).toEqual(['MOYSKLAD_REJECTED', 'created']);
	});

	/** As if the first element had been refused. */
	const refuseFirst = (body: string): string => {
		const [, ...others] = JSON.parse(body) as Row[];
		return JSON.stringify([{ errors: [{ error: 'refused', code: 3001 }] }, ...others]);
	};

	it('Preview shows what would be written, and writes nothing', async () => {
		const [order] = (await written(1)).map(settled) as [Order];
		const everything = (): string => JSON.stringify(['paymentin', 'cashin', 'demand', 'customerorder'].map((type) => shop.rows(type)));
		const before = everything();
		const planned = await money.book(order, { preview: true });
		expect(planned).toMatchObject({ status: 'planned', changes: [{ from: null }, { from: null }, { from: null }, { from: null }].slice(0, planned.changes.length) });
		expect(planned).not.toHaveProperty('link');
		expect(everything()).toBe(before);
		expect((await money.book(order)).changes).toEqual(planned.changes);
		expect(await money.book(order, { preview: true })).toMatchObject({ status: 'unchanged' });
	});

	it('O6: orders from before the start date get nothing; a preview is the default', async () => {
		const [order] = (await written(1)).map(settled) as [Order];
		expect(await money.book(order, { startDate: '2100-01-01T00:00:00Z' })).toMatchObject({ status: 'skipped', warnings: [{ code: 'DOCUMENT_BEFORE_START' }] });
		expect((await money.run([order], { startDate: '={{ "one day" }}' })).error).toMatchObject({ description: expect.stringContaining('MOYSKLAD_VALUE_INVALID') as string });
		const run = await shop.store.engine.runNode({
			type: 'moySkladEntity',
			parameters: { resource: 'customerOrder', operation: 'createOrUpdateDocumentsFromBitrixOrder', payments: 'full' },
			credentials: { moySkladApi: { authentication: 'token', token: shop.moySklad.users.integration.token, baseUrl: shop.moySklad.baseUrl } },
			items: [order as never],
		});
		expect(run.json(0)).toMatchObject([{ status: 'planned' }]);
	});

	it('an older state of an order is left out; a foreign link is refused', async () => {
		const [order] = await written(1) as [Order];
		const paid = settled(order);
		await money.book(paid);
		expect(await money.book(order)).toMatchObject({ status: 'skipped', warnings: [{ code: 'ORDER_STALE' }] });
		const [link] = [...money.links.values()];
		money.links.set(order.id, { ...link, key: '1f0b2c1e-7d35-5a94-8e61-0c4f9d2ab713' } as never);
		expect(await money.book(paid)).toMatchObject({ status: 'conflict', error: { code: 'ORDER_LINK_INVALID' } });
	});

	it('the link holds no personal data, and the result tells every document', async () => {
		const [order] = (await written(1)).map(settled) as [Order];
		const result: DocumentsResult = await money.book(order);
		const text = JSON.stringify(result.link);
		for (const personal of [order.customer.name, order.customer.phone, order.customer.email, order.address])
			if (personal) expect(text).not.toContain(personal);
		expect(result.documents).toEqual(
			expect.arrayContaining([{ type: 'demand', source: `shipment ${order.id}1`, action: 'create', moySkladId: expect.any(String) as string }]),
		);
		expect(result.link).toMatchObject({ type: 'orderdocuments', bitrixId: order.id, moySkladId: shop.customerOrder(order.id).id });
		expect(result.key).not.toBe([...shop.links.keys()][0]);
	});

	it('an order that somebody else made in MoySklad is found as the other operation finds it', async () => {
		const [order] = (await written(1)).map(settled) as [Order];
		const { id } = shop.customerOrder(order.id) as { id: string };
		const table = shop.moySklad.account.table('customerorder');
		table.put({ ...(table.get(id) as Row), id, type: 'customerorder', syncId: undefined, externalCode: order.id } as never);
		const [link] = [...shop.links.values()];
		shop.links.clear();
		expect(await money.book(order)).toMatchObject({ status: 'created', moySkladId: id });
		expect(link?.moySkladId).toBe(id);
	});
});
