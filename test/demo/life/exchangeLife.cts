import type { Lives } from './lives.cts';
import { OrderLife, type Step } from './orderLife.cts';
import { basketOf, placeOrder, sumOf } from './shopping.cts';
import type { Sides } from './sides.cts';

/** The life of an order of a site that has only the exchange with 1C: paid and shipped in full, since that is what it can carry. */
export async function exchangeLife(lives: Lives, tell: (step: Step) => void): Promise<Sides> {
	const { exchangeStore } = lives.installation;
	const lines = basketOf(exchangeStore, [3, 1]);
	const { id } = placeOrder(exchangeStore, lines, { paySystem: 'pay-cash', sum: sumOf(lines) });
	const sides = lives.sides(exchangeStore, id);
	const ways = {
		toMoySklad: async () => await lives.fromSite(),
		toStore: async () => await lives.toSite(id, (await sides.office())?.id ?? ''),
	};
	const life = new OrderLife(sides, ways, tell);
	await life.inStore(`A customer orders ${lines.length} goods`, () => undefined, (order) => `customer order ${order?.number}, ${order?.reserved} pieces reserved`);
	await life.inMoySklad('A manager confirms the order', async (order) => await lives.setState(order.id, 'Подтверждён'), () => 'its status follows');
	await life.inMoySklad('It is paid', async (order) => await lives.desk.pay(order.id, order.sum), () => 'its payment is marked as paid');
	await life.inMoySklad(
		'All of it goes out',
		async (order) => {
			await lives.desk.ship(order.id);
			await lives.setState(order.id, 'Отгружен');
		},
		() => 'its delivery is allowed',
	);
	await life.inMoySklad('It has arrived: the order is closed', async (order) => await lives.setState(order.id, 'Доставлен'), () => 'its status follows');
	return sides;
}
