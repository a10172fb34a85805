import { typedNumber } from '../../pages/figures.cts';
import type { Entered } from '../../pages/livePage.cts';
import { editOrder, type OrderEdit } from '../control/personEdits.cts';
import { lineOf } from '../orders/draftLine.cts';
import { placeOrder } from '../orders/placeOrders.cts';
import type { DraftLine, DraftOrder } from '../orders/randomOrder.cts';
import type { Portal } from '../portal.cts';
import { catalogPrice, isOrderable, takeFromCatalog } from '../sale/basketItems.cts';
import { lineTotal, total } from '../sale/sums.cts';
import type { StoreWords } from './storeWords.cts';

export const COURIER_PRICE = 30_000;
export const QUANTITY = 'quantity-';
/** The status of an order that is off, as the store's own pages give it. */
export const CANCELED_STATUS = 'D';

const PAY_SYSTEMS: ReadonlyArray<DraftOrder['payments'][number]['paySystem']> = ['pay-cash', 'pay-card', 'pay-bill'];
const FIRST_VISITOR = 5000;

/** What customers and the manager of the store do. */
export const storeActions = (portal: Portal): Record<string, (entered: Entered, words: StoreWords) => unknown> => ({
	order: (entered, words) => placeOrder(portal, draftOf(portal, entered, words)),
	status: (entered, words) => edit(portal, entered, words, { statusId: entered.status ?? '' }),
	pay: (entered, words) => edit(portal, entered, words, { pay: true }),
	cancel: (entered, words) => edit(portal, entered, words, { cancel: true, statusId: CANCELED_STATUS }),
});

function edit(portal: Portal, entered: Entered, words: StoreWords, changes: Omit<OrderEdit, 'id'>): unknown {
	const id = Number(entered.id);
	const { orders, statuses } = portal.store;
	if (!orders.get(id)) throw new RangeError(words.noOrder);
	if (changes.statusId !== undefined && !statuses.get(changes.statusId)) throw new RangeError(words.wrongAction);
	return editOrder(portal, { id, ...changes });
}

function draftOf(portal: Portal, entered: Entered, words: StoreWords): DraftOrder {
	const lines = linesOf(portal, entered, words);
	const text = (name: string): string => (entered[name] ?? '').trim();
	if (text('customer') === '' || text('phone') === '') throw new RangeError(words.noName);
	const isPickup = entered.delivery === 'pickup';
	const price = isPickup ? 0 : COURIER_PRICE;
	const paySystem = PAY_SYSTEMS.find((one) => one === entered.payment) ?? 'pay-cash';
	return {
		site: 's1',
		customer: {
			kind: 'person',
			userId: visitor(portal, text('phone')),
			properties: { FIO: text('customer'), EMAIL: text('email'), PHONE: text('phone'), ADDRESS: text('address') },
			comment: '',
			discount: 0,
		},
		lines,
		delivery: { service: isPickup ? 'delivery-pickup' : 'delivery-courier', price },
		payments: [{ paySystem, sum: total(lines.map(lineTotal)) + price, paid: false }],
		statusId: 'N',
		canceled: false,
		shipped: false,
		managerComment: '',
	};
}

function linesOf(portal: Portal, entered: Entered, words: StoreWords): DraftLine[] {
	const wanted = Object.entries(entered).filter(([name, quantity]) => name.startsWith(QUANTITY) && quantity.trim() !== '');
	const lines = wanted.flatMap(([name, typed]) => {
		const quantity = typedNumber(typed, words.wrongNumber);
		return quantity > 0 ? [lineFor(portal, Number(name.slice(QUANTITY.length)), quantity, words)] : [];
	});
	if (lines.length === 0) throw new RangeError(words.noGoods);
	return lines;
}

function lineFor(portal: Portal, id: number, quantity: number, words: StoreWords): DraftLine {
	const element = portal.store.elements.get(id);
	const { price } = catalogPrice(portal, id);
	if (!element || price === undefined) throw new RangeError(words.noGoods);
	if (!isOrderable(portal, id, quantity)) throw new RangeError(`${words.tooMuch}: ${element.name}`);
	const { vatRate = null, vatIncluded = 'Y' } = takeFromCatalog(portal, id);
	return lineOf(element, price, quantity, { vatRate, vatIncluded });
}

/** Whose order it is: the user who has ordered with this phone, or a new one, whom the store makes by itself. */
function visitor({ store }: Portal, phone: string): number {
	const known = store.orderPropertyValues.all().find(({ code, value }) => code === 'PHONE' && value === phone);
	const last = store.orders.all().reduce((most, { userId }) => Math.max(most, userId), FIRST_VISITOR);
	return (known && store.orders.get(known.orderId)?.userId) ?? last + 1;
}
