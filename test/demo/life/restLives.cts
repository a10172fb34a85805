import { editOrder } from '../../simulators/bitrix/control/personEdits.cts';
import { connect, must } from '../../simulators/bitrix/restClient.ts';
import type { Lives } from './lives.cts';
import { OrderLife, type Step, type Ways } from './orderLife.cts';
import { basketOf, placeOrder, sumOf } from './shopping.cts';
import type { Sides } from './sides.cts';

const PREPAID = 100_000;
const TRACKING = ['RA100500RU', 'RA100501RU'] as const;

type Tell = (step: Step) => void;

const waysOf = (lives: Lives, sides: Sides): Ways => ({
	toMoySklad: async () => await lives.fromStore(sides.orderId),
	toStore: async () => await lives.toStore((await sides.office())?.id ?? ''),
});

/** From the order to its end: edited, paid on both sides, shipped twice, closed. */
export async function wholeLife(lives: Lives, tell: Tell): Promise<Sides> {
	const { bitrix } = lives.installation;
	const { portal } = bitrix;
	const lines = basketOf(bitrix, [2, 3, 1]);
	const [first, , dropped] = lines.map(({ productId }) => productId) as [number, number, number];
	const { id } = placeOrder(bitrix, lines, { paySystem: 'pay-card', sum: PREPAID });
	const sides = lives.sides(bitrix, id);
	const life = new OrderLife(sides, waysOf(lives, sides), tell);

	await life.inStore(`A customer orders ${lines.length} goods, 1,000 in advance`, () => undefined, (order) => `customer order ${order?.number}, ${order?.reserved} pieces reserved`);
	await life.inStore(
		'Two more of the first, none of the last one',
		() => editOrder(portal, { id, lines: [{ productId: first, quantity: 4 }, { productId: dropped, quantity: 0 }] }),
		(order) => `the positions follow, ${order?.reserved} pieces reserved`,
	);
	await life.inMoySklad('A manager confirms the order', async (order) => await lives.setState(order.id, 'Подтверждён'), () => 'its status follows');
	await life.inStore('The customer pays in advance, by card', () => editOrder(portal, { id, pay: true }), () => 'an incoming payment, linked to the order');
	await life.inMoySklad('The bank brings the rest', async ({ id: order, sum, paid }) => await lives.desk.pay(order, sum - paid), (order) => `${order?.payments} payments, paid in full`);
	await life.inMoySklad(
		'A first parcel: 3 of the first good',
		async ({ id: order, positions }) => await lives.desk.ship(order, (quantity, index) => (index === 0 ? 3 : index === positions.length - 1 ? quantity : 0), lives.field('tracking', TRACKING[0])),
		(order) => `a shipment, tracking number ${order?.trackingNumbers.join(', ')}`,
	);
	await life.inMoySklad(
		'A second parcel with the rest',
		async ({ id: order, positions }) => {
			await lives.desk.ship(order, (quantity, index) => (index === 0 ? 1 : index === positions.length - 1 ? 0 : quantity), lives.field('tracking', TRACKING[1]));
			await lives.setState(order, 'Отгружен');
		},
		(order) => `tracking numbers ${order?.trackingNumbers.join(', ')}`,
	);
	await life.inMoySklad('It has arrived: the order is closed', async (order) => await lives.setState(order.id, 'Доставлен'), () => 'its status follows');
	return sides;
}

/** Paid by mistake, taken back, cancelled. */
export async function canceledLife(lives: Lives, tell: Tell): Promise<Sides> {
	const { bitrix } = lives.installation;
	const lines = basketOf(bitrix, [1, 2]);
	const { id } = placeOrder(bitrix, lines, { paySystem: 'pay-bill', sum: sumOf(lines) });
	const sides = lives.sides(bitrix, id);
	const { toMoySklad, toStore } = waysOf(lives, sides);
	// What the store was told comes back with its next export: only then the goods of a cancelled order are free.
	const life = new OrderLife(sides, { toMoySklad, toStore: async () => await toStore().then(toMoySklad) }, tell);

	let payment = '';
	await life.inStore('A second customer orders, to be paid by bill', () => undefined, (order) => `customer order ${order?.number}, ${order?.reserved} pieces reserved`);
	await life.inMoySklad('Its bill is paid', async ({ id: order, sum }) => (payment = await lives.desk.pay(order, sum)), () => 'its bill is marked as paid');
	await life.inMoySklad('The payment was another order’s: deleted', async () => await lives.edit('DELETE', `entity/paymentin/${payment}`), () => 'not paid any more');
	await life.inMoySklad(
		'Cancelled: “Нет на складе”',
		async (order) => await lives.setState(order.id, 'Отменён', lives.field('reason', 'Нет на складе')),
		(order) => `cancelled: “${order?.reason}”; nothing reserved`,
	);
	return sides;
}

/** Paid, given back, and then deleted in the store. */
export async function deletedLife(lives: Lives, tell: Tell): Promise<Sides> {
	const { bitrix } = lives.installation;
	const lines = basketOf(bitrix, [1]);
	const { id } = placeOrder(bitrix, lines, { paySystem: 'pay-cash', sum: sumOf(lines) });
	const sides = lives.sides(bitrix, id);
	const ways = waysOf(lives, sides);
	const life = new OrderLife(sides, ways, tell);
	await life.inStore('A third customer orders and pays in cash', () => editOrder(bitrix.portal, { id, pay: true }), (order) => `customer order ${order?.number} and a cash-in`);
	await life.inStore('The money is given back', () => editOrder(bitrix.portal, { id, unpay: true }), () => 'the cash-in counts no more');
	const gone = new OrderLife(sides, { ...ways, toMoySklad: async () => await lives.deletedInStore(id) }, tell);
	await gone.inStore('The order is deleted', async () => await must(connect(bitrix)('sale.order.delete', { id })), () => 'the order and its cash-in lie in the bin');
	return sides;
}
