import { waitFor } from '../../n8n/waiting.cts';
import { QUANTITY, storeActions } from '../../simulators/bitrix/demo/storeActions.cts';
import { STORE_WORDS } from '../../simulators/bitrix/demo/storeWords.cts';
import type { ElementRow } from '../../simulators/bitrix/catalog/rows.cts';
import { catalogPrice, isOrderable } from '../../simulators/bitrix/sale/basketItems.cts';
import type { OrderRow } from '../../simulators/bitrix/sale/rows.cts';
import { officeActions } from '../../simulators/moysklad/demo/officeActions.cts';
import { OFFICE_WORDS } from '../../simulators/moysklad/demo/officeWords.cts';
import { payedSum } from '../../simulators/moysklad/documents/following.cts';
import type { Row } from '../../simulators/moysklad/engine/schema.cts';
import type { SalePrices } from '../../simulators/moysklad/engine/priceKinds.cts';
import { plainProducts } from '../../simulators/moysklad/plainProducts.cts';
import type { Installation } from '../installation.cts';
import { stateId } from '../life/chooseStates.cts';

/** How long something that a person did on one page took until it was on the other one. */
export interface Crossing {
	what: string;
	ms: number;
}

const WITHIN_MS = 90_000;
const VISITOR = { customer: 'Пётр Иванов', phone: '+7 900 000-00-02', email: 'petr@example.com', address: 'Москва, ул. Примерная, 2' };

/** Does once what people do on both pages, with the pages' own functions, and measures each crossing. */
export async function crossings(installation: Installation, tell: (crossing: Crossing) => void): Promise<Crossing[]> {
	const { moySklad, bitrix } = installation;
	const { account, parts } = moySklad;
	const { store } = bitrix.portal;
	const [office, shop] = [officeActions(parts), storeActions(bitrix.portal)];
	const done: Crossing[] = [];
	const cross = async (what: string, act: () => unknown, isThere: () => boolean): Promise<void> => {
		await act();
		const began = performance.now();
		await waitFor(what, WITHIN_MS, async () => await Promise.resolve(isThere() || undefined));
		const crossing = { what, ms: Math.round(performance.now() - began) };
		done.push(crossing);
		tell(crossing);
	};
	const inOffice = (order: OrderRow): Row | undefined => customerOrder(installation, order);

	const { product, element } = goodOnBothSides(installation);
	const { id, name } = product;
	const price = priceOf(installation, product) + 100;
	await cross('MoySklad → store: a price', () => office.product?.({ id, name: String(name), price: String(price / 100) }, OFFICE_WORDS.en), () => catalogPrice(bitrix.portal, element.id).price === price);
	const before = store.elements.get(element.id)?.quantity;
	await cross('MoySklad → store: more in stock', () => office.stock?.({ id, stock: String(account.stock.total(id).stock + 5) }, OFFICE_WORDS.en), () => store.elements.get(element.id)?.quantity !== before);

	const entered = { ...VISITOR, delivery: 'courier', [`${QUANTITY}${element.id}`]: '1' };
	const place = (payment: string): OrderRow => shop.order?.({ ...entered, payment }, STORE_WORDS.en) as OrderRow;
	const orders: OrderRow[] = [];
	await cross('store → MoySklad: an order', () => orders.push(place('pay-bill')), () => orders.every((order) => inOffice(order) !== undefined));
	const [order] = orders as [OrderRow];
	const customer = String(inOffice(order)?.id);
	await cross('MoySklad → store: an order is confirmed', () => office.state?.({ id: customer, state: stateId(installation, 'Подтверждён') }, OFFICE_WORDS.en), () => store.orders.get(order.id)?.statusId === 'A');
	await cross('MoySklad → store: it is paid', () => office.pay?.({ id: customer }, OFFICE_WORDS.en), () => store.orders.get(order.id)?.payed === 'Y');
	await cross('MoySklad → store: it is shipped', () => office.ship?.({ id: customer }, OFFICE_WORDS.en), () => store.shipments.where('orderId', order.id).some(({ system, allowDelivery, deducted }) => system === 'N' && (allowDelivery === 'Y' || deducted === 'Y')));

	const another = place('pay-card');
	await waitFor('The second order in MoySklad', WITHIN_MS, async () => await Promise.resolve(inOffice(another)));
	await cross('store → MoySklad: a payment', () => shop.pay?.({ id: String(another.id) }, STORE_WORDS.en), () => {
		const row = inOffice(another);
		return row !== undefined && payedSum(row, account) === another.price;
	});
	return done;
}

/** A product of MoySklad that can be ordered in the store. */
function goodOnBothSides(installation: Installation): { product: Row; element: ElementRow } {
	const { moySklad, bitrix } = installation;
	for (const product of plainProducts(moySklad.account)) {
		const element = bitrix.portal.store.elements.where('xmlId', String(product.externalCode))[0];
		if (element && priceOf(installation, product) > 0 && catalogPrice(bitrix.portal, element.id).price && isOrderable(bitrix.portal, element.id, 5)) return { product, element };
	}
	throw new RangeError('Nothing that MoySklad has can be ordered in the store');
}

const priceOf = ({ moySklad: { account } }: Installation, { salePrices }: Row): number => (salePrices as SalePrices)[account.priceTypes[0]?.id ?? '']?.value ?? 0;

/** The site key is the store's host. */
function customerOrder({ moySklad, bitrix }: Installation, { id }: OrderRow): Row | undefined {
	const code = `bitrix:${new URL(bitrix.url).host}:${id}`;
	return moySklad.account.table('customerorder').all().find(({ externalCode }) => externalCode === code);
}
