import { Decimal, deliveryPrice, toKopecks, type Order, type OrderLine, type OrderLink } from '../../../core';
import { Random } from '../../simulators/kernel/random.cts';
import { later } from '../orders/money.cts';
import { chosen, positionsOf, Shop } from '../orders/shop.cts';

/** The order with its total as a store reckons it: each line rounded for itself. */
function totalled(order: Order): Order {
	const goods = order.lines.reduce((sum, { price, quantity, vat, vatIncluded }) => {
		const line = Decimal.of(price).times(quantity).times(100);
		const onTop = vatIncluded || vat === null ? Decimal.zero : line.times(vat).times('0.01').round();
		return sum.plus(line.round().plus(onTop));
	}, Decimal.zero);
	return { ...order, total: goods.times('0.01').plus(deliveryPrice(order)).toString() };
}

const price = (random: Random): string => (random.integer(1, 9_999_999) / 1000).toString();

/** What people do to an order that is not shipped yet. */
function edited(order: Order, random: Random, goods: readonly OrderLine[], bundles: ReadonlySet<string | null>): Order {
	const { lines } = order;
	const at = random.integer(0, Math.max(0, lines.length - 1));
	const change = (more: Partial<OrderLine>): OrderLine[] => lines.map((line, index) => (index === at ? { ...line, ...more } : line));
	switch (random.integer(0, 7)) {
		case 0:
			return { ...order, lines: change({ quantity: String(random.integer(1, 20)) }) };
		case 1:
			return { ...order, lines: change({ price: price(random) }) };
		case 2:
			return { ...order, lines: lines.length > 1 ? lines.filter((_, index) => index !== at) : lines };
		case 3:
			return { ...order, lines: [...lines, { ...random.pick(goods), id: `new ${order.updatedAt}`, quantity: String(random.integer(1, 5)), price: price(random) }] };
		case 4:
			return bundles.has(lines[at]?.key ?? null) ? order : { ...order, lines: change({ quantity: (random.integer(1, 9999) / 1000).toString() }) };
		case 5:
			return { ...order, canceled: !order.canceled };
		case 6:
			return { ...order, lines: change({ vat: random.pick(['20', '10', '0', null]) }) };
		default:
			return { ...order, lines: [...lines].reverse() };
	}
}

const idsOf = (link: OrderLink, line: string): string[] => link.snapshot.positions.filter((one) => one.line === line).map(({ id }) => id);

let shop: Shop;

beforeAll(async () => (shop = await Shop.open()));
afterAll(async () => await shop.close());

it('O2: through many random edits positions keep their ids, and sum and reserve are the store’s', async () => {
	const random = new Random('many edits');
	const parameters = { canceledOrders: 'unpost', stateMap: { row: [{ when: 'canceled', status: '', state: chosen(shop.moySklad.account.statesOf('customerorder')[6]?.id ?? '') }] } };
	let orders = (await shop.orders(shop.placeOrders(15))).map((order) => totalled({ ...order, canceled: false }));
	await shop.write(orders, parameters);
	const goods = orders.flatMap(({ lines }) => lines).filter(({ key }) => key !== null);
	const bundles = new Set(shop.rows('bundle').map(({ externalCode }) => String(externalCode)));
	let replaced = 0;
	for (let round = 0; round < 25; round += 1) {
		const before = new Map([...shop.links.values()].map((link) => [String(link.bitrixId), link]));
		orders = orders.map((order) => later(totalled(edited(order, random, goods, bundles)), {}));
		const results = await shop.write(orders, parameters);
		expect(results.filter(({ error }) => error)).toEqual([]);
		for (const [index, order] of orders.entries()) {
			const [old, link] = [before.get(order.id), results[index]?.link];
			const row = shop.customerOrder(order.id);
			expect(row).toMatchObject({ sum: toKopecks(order.total), applicable: !order.canceled });
			for (const { quantity, reserve, assortment } of positionsOf(row))
				expect(reserve).toBe(order.canceled || (assortment as { type: string }).type === 'service' ? 0 : quantity);
			if (!old || !link) throw new RangeError('an order without a link');
			if (results[index]?.changes.some(({ field }) => field === 'positions')) replaced += 1;
			for (const line of new Set(link.snapshot.positions.map((one) => one.line))) {
				const [was, is] = [idsOf(old, line), idsOf(link, line)];
				expect(is.filter((id) => was.includes(id))).toHaveLength(Math.min(was.length, is.length));
			}
		}
	}
	expect(replaced).toBeGreaterThan(150);
	expect(new Set((await shop.write(orders, parameters)).map(({ status }) => status))).toEqual(new Set(['unchanged']));
}, 120_000);
