import { z } from 'zod';
import { SyncError } from '../errors';

const number = z.union([z.number(), z.string().trim().min(1)]).transform(Number).pipe(z.number().finite());

const schema = z.object({ orderId: number, productId: number.nullish(), quantity: number });

/** How much of an item an order wants, in the item's own measure; `productId` is 0 for lines that are not of the catalog. */
export interface BasketLine {
	orderId: number;
	productId: number;
	quantity: number;
}

/** The list of the lines of some orders. */
export const basketList = (orders: readonly number[]) => ({
	method: 'sale.basketitem.list',
	rows: 'basketItems',
	parameters: { select: ['id', 'orderId', 'productId', 'quantity'], filter: { '@orderId': [...orders] } },
});

/**
 * A row of `sale.basketitem.list`. Throws BITRIX_FILTER_IGNORED for a line of an order that was not asked for (trap T1),
 * ANSWER_UNEXPECTED when it does not say its order or its quantity.
 */
export function readBasketLine(row: unknown, orders: ReadonlySet<number>): BasketLine {
	const parsed = schema.safeParse(row);
	const call = 'sale.basketitem.list';
	if (!parsed.success) throw new SyncError('ANSWER_UNEXPECTED', { call, reason: `no ${parsed.error.issues[0]?.path.join('.') ?? 'line'}` });
	const { orderId, productId, quantity } = parsed.data;
	if (!orders.has(orderId)) throw new SyncError('BITRIX_FILTER_IGNORED', { call });
	return { orderId, productId: productId ?? 0, quantity };
}
