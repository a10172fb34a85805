import { catalogPrice, takeFromCatalog } from '../../simulators/bitrix/sale/basketItems.cts';
import { lineTotal, total } from '../../simulators/bitrix/sale/sums.cts';
import { lineOf, order } from '../../simulators/bitrix/exchangeShop.cts';
import { sellableGoods, type DraftLine, type DraftPayment } from '../../simulators/bitrix/orders/randomOrder.cts';
import type { OrderRow } from '../../simulators/bitrix/sale/rows.cts';
import type { RunningBitrix } from '../../simulators/bitrix/start.cts';

const PIECES = '796';
const DELIVERY = 30_000;

/** Lines of the cheapest goods that are sold by the piece, one for each quantity. */
export function basketOf({ portal }: RunningBitrix, quantities: readonly number[]): DraftLine[] {
	const offered = sellableGoods(portal).simple.map((good) => ({ good, ...takeFromCatalog(portal, good.id), ...catalogPrice(portal, good.id) }));
	const pieces = offered.filter(({ measureCode }) => measureCode === PIECES).sort((one, other) => (one.price ?? 0) - (other.price ?? 0));
	return quantities.map((quantity, index) => {
		const { good, price = 0, vatRate = null } = pieces[index] ?? {};
		if (!good) throw new RangeError(`The store has only ${pieces.length} simple goods that are sold by the piece`);
		return lineOf(good, price, quantity, { vatRate });
	});
}

/** What the lines cost, with the delivery. */
export const sumOf = (lines: readonly DraftLine[]): number => total(lines.map(lineTotal)) + DELIVERY;

/** A customer places an order with delivery for 300 roubles, and has not paid yet. */
export const placeOrder = (bitrix: RunningBitrix, lines: DraftLine[], payment: Omit<DraftPayment, 'paid'>): OrderRow =>
	order(bitrix, lines, { delivery: { service: 'delivery-courier', price: DELIVERY }, payments: [{ ...payment, paid: false }] });
