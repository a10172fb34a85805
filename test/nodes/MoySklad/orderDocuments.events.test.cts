import { toKopecks, type Order } from '../../../core';
import { after, type StoreEvent } from '../../core/sync/documents/storeEvents.cts';
import { Random } from '../../simulators/kernel/random.cts';
import { Money, useMoney } from '../orders/money.cts';
import { chosen, type Shop } from '../orders/shop.cts';

type Row = Record<string, unknown>;

const KINDS: Array<StoreEvent['kind']> = [
	'addPayment', 'addPayment', 'pay', 'pay', 'unpay', 'deletePayment', 'refund', 'split', 'ship', 'ship', 'unship', 'cancelShipment', 'deleteShipment',
];

describe('Create or Update Documents From Bitrix Order: what happens in a store', () => {
	let shop: Shop;
	let money: Money;

	useMoney((opened, its) => {
		money = opened;
		shop = its;
	});

	const written = async (count: number): Promise<Order[]> => {
		const orders = (await shop.orders(shop.placeOrders(count))).filter(({ canceled }) => !canceled);
		await shop.write(orders);
		return orders;
	};

	const counting = (type: string, id: string): Row[] => money.documents(type, id).filter(({ applicable, deleted }) => applicable === true && deleted === undefined);
	const sumOf = (rows: Row[]): number => rows.reduce((sum, row) => sum + Number(row.sum), 0);

	/** How the books of an order differ from the store. */
	const difference = async (order: Order): Promise<unknown> => {
		const { payedSum, shippedSum, sum } = await money.shown(order.id);
		const kopecks = (which: (one: Order['payments'][number]) => boolean): number => order.payments.filter(which).reduce((total, one) => total + toKopecks(one.sum), 0);
		const paid = Math.min(kopecks((one) => one.paid), sum as number);
		const out = sumOf(shop.rows('paymentout').concat(shop.rows('cashout')).filter(({ paymentPurpose, applicable }) => paymentPurpose === `shop ${order.number}` && applicable === true));
		const demands = counting('demand', order.id);
		const ships = order.shipments.filter(({ shipped, canceled, items }) => shipped && !canceled && items.some(({ quantity }) => Number(quantity) > 0)).map(({ id }) => `bitrix:shop:shipment:${id}`);
		const told = demands.map(({ externalCode }) => String(externalCode).replace(/\/\d+$/, ''));
		const isEqual = payedSum === paid && out === kopecks((one) => one.refund) && shippedSum === sumOf(demands) && told.every((code) => ships.includes(code)) && ships.every((code) => told.includes(code));
		return isEqual ? undefined : { id: order.id, paid, payedSum, out, shippedSum, ships, told };
	};

	it.each(['unpost', 'bin'] as const)('R135, R139: payments and shipments come, go and come back in random order: the books agree (%s)', async (withdrawal) => {
		const random = new Random(`events ${withdrawal}`);
		const parameters = { withdrawal, refunds: 'outgoing', expenseItem: chosen(shop.idOf('expenseitem')) };
		let orders = await written(25);
		for (let round = 0; round < 12; round += 1) {
			orders = orders.map((order) => {
				let state = order;
				for (let count = random.integer(0, 3); count > 0; count -= 1)
					state = after(state, { kind: random.pick(KINDS), index: random.integer(0, 9), share: random.integer(1, 100) });
				return state;
			});
			if (round % 3 === 2) continue;
			const results = await money.write(orders, parameters);
			expect(results.filter(({ error }) => error)).toEqual([]);
		}
		await money.write(orders, parameters);
		const differing = (await Promise.all(orders.map(difference))).filter((one) => one !== undefined);
		expect(differing).toEqual([]);
		expect(new Set((await money.write(orders, parameters)).map(({ status }) => status))).toEqual(new Set(['unchanged']));
	}, 120_000);

	it('two runs at the same time make nothing twice', async () => {
		const orders = (await written(20)).map((order) => ['addPayment', 'pay', 'ship'].reduce((state, kind) => after(state, { kind: kind as StoreEvent['kind'], index: 0, share: 100 }), order));
		await Promise.all([money.write(orders), new Money(shop).write(orders), new Money(shop).write(orders)]);
		await money.write(orders);
		for (const order of orders) {
			const keys = ['paymentin', 'cashin', 'demand'].flatMap((type) => money.documents(type, order.id).map(({ externalCode }) => externalCode));
			expect(new Set(keys).size).toBe(keys.length);
			expect(await difference(order)).toBeUndefined();
		}
	});
});
