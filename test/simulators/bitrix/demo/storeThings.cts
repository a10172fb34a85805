import type { ElementRow } from '../catalog/rows.cts';
import type { Catalogs } from '../catalog/furnish.cts';
import { sellableGoods } from '../orders/randomOrder.cts';
import { catalogPrice, isOrderable } from '../sale/basketItems.cts';
import type { OrderRow } from '../sale/rows.cts';
import { lineTotal, total } from '../sale/sums.cts';
import type { Portal } from '../portal.cts';
import { publicPath } from '../store/files.cts';
import { amount, roubles } from '../../pages/figures.cts';
import type { Shown } from '../../pages/watch.cts';

/** A good of the catalog. Money in kopecks. */
export interface StoreGood extends Shown {
	list: 'goods';
	id: number;
	price: number;
	quantity: number;
	unit: string;
	isOnSale: boolean;
	picture: string;
}

export interface StoreOrder extends Shown {
	list: 'orders';
	id: number;
	placed: number;
	customer: string;
	sum: number;
	paid: number;
	statusId: string;
	isCanceled: boolean;
	paySystem: string;
	shipped: number;
	pieces: number;
	tracking: string;
	lines: Array<{ name: string; quantity: number; sum: number }>;
}

export type StoreThing = StoreGood | StoreOrder;

const MOST_ORDERS = 15;

/** The goods by their names, and the newest orders. */
export const storeThings = (portal: Portal, { main }: Catalogs): StoreThing[] => [...goods(portal, main.products), ...orders(portal)];

/** Goods without variants: those that the page of MoySklad shows, too. */
function goods(portal: Portal, iblockId: number): StoreGood[] {
	const simple = sellableGoods(portal).simple.filter((element) => element.iblockId === iblockId);
	return simple.sort((one, other) => one.name.localeCompare(other.name, 'ru')).map((element) => good(portal, element));
}

function good(portal: Portal, element: ElementRow): StoreGood {
	const { id, name, quantity } = element;
	const price = catalogPrice(portal, id).price ?? 0;
	const measure = portal.store.measures.get(element.measure ?? 0);
	return {
		key: `good-${id}`,
		list: 'goods',
		title: name,
		figures: { name, price: roubles(price), stock: amount(quantity) },
		id,
		price,
		quantity,
		unit: measure?.symbol ?? 'шт',
		isOnSale: isOrderable(portal, id, Number.EPSILON),
		picture: pictureOf(portal, element),
	};
}

/** The first picture; most goods have some of their own property, none as detail or preview. */
function pictureOf({ store }: Portal, { previewPicture, detailPicture, properties }: ElementRow): string {
	const files = Object.entries(properties).flatMap(([id, values]) => (store.properties.get(Number(id))?.code === 'MORE_PHOTO' ? values.map(({ value }) => Number(value)) : []));
	const file = [previewPicture, detailPicture, ...files].map((id) => store.files.get(id ?? 0)).find((row) => row !== undefined);
	return file ? publicPath(file) : '';
}

const orders = (portal: Portal): StoreOrder[] => portal.store.orders.all().slice(-MOST_ORDERS).reverse().map((row) => order(portal, row));

function order(portal: Portal, { id, price, statusId, canceled, dateInsert }: OrderRow): StoreOrder {
	const { store } = portal;
	const payments = store.payments.where('orderId', id);
	const paid = total(payments.filter((one) => one.paid === 'Y' && one.isReturn === 'N').map(({ sum }) => sum));
	const basket = store.basket.where('orderId', id).filter(({ setParentId }) => setParentId === null);
	const gone = store.shipments.where('orderId', id).filter(({ system, deducted, allowDelivery, canceled: off }) => system === 'N' && off === 'N' && (deducted === 'Y' || allowDelivery === 'Y'));
	const shipped = total(gone.flatMap((shipment) => store.shipmentItems.where('orderDeliveryId', shipment.id).filter(({ basketId }) => basket.some((item) => item.id === basketId)).map(({ quantity }) => quantity)));
	const pieces = total(basket.map(({ quantity }) => quantity));
	const status = statusName(portal, statusId);
	const tracking = gone.map(({ trackingNumber }) => trackingNumber).filter((number) => number !== '').join(', ');
	return {
		key: `order-${id}`,
		list: 'orders',
		title: `№ ${id}`,
		figures: { status, sum: roubles(price), paid: roubles(paid), shipped: `${amount(shipped)} / ${amount(pieces)}`, ...(tracking !== '' && { tracking }) },
		id,
		placed: dateInsert,
		customer: customerOf(portal, id),
		sum: price,
		paid,
		statusId,
		isCanceled: canceled === 'Y',
		paySystem: payments[0]?.paySystemName ?? '',
		shipped,
		pieces,
		tracking,
		lines: basket.map((item) => ({ name: item.name, quantity: item.quantity, sum: lineTotal(item) })),
	};
}

export const statusName = ({ store }: Portal, statusId: string): string => store.statusLangs.all().find((one) => one.statusId === statusId && one.lid === 'ru')?.name ?? statusId;

function customerOf({ store }: Portal, orderId: number): string {
	const values = store.orderPropertyValues.where('orderId', orderId);
	return ['FIO', 'COMPANY', 'CONTACT_PERSON'].map((wanted) => String(values.find(({ code }) => code === wanted)?.value ?? '')).find((value) => value !== '') ?? '';
}
