import { basketList, exactSum, groupBy, orderList, readBasketLine, readOrderRow } from '../../../../core';
import { chunks, readAllRows } from '../../../../transport';
import type { CatalogSession } from '../session';

/** Orders in one filter. */
const ORDERS = 500;

/**
 * How much of each item orders want that were placed since a moment and are not cancelled (rule S2), by the item's id in Bitrix.
 * Orders that came into the store from another system are known there already. Throws BITRIX_FILTER_IGNORED.
 */
export async function orderedSince({ batches }: CatalogSession, since: string): Promise<Map<number, number>> {
	const filter = { since, start: since, statuses: [], sites: [], canceled: false };
	const orders = (await readAllRows(batches, orderList(filter))).map((row) => readOrderRow(row, filter)).filter(({ externalOrder }) => !externalOrder);
	const lines = [];
	for (const part of chunks(orders.map(({ id }) => id), ORDERS)) {
		const asked = new Set(part);
		lines.push(...(await readAllRows(batches, basketList(part))).map((row) => readBasketLine(row, asked)));
	}
	return new Map([...groupBy(lines, ({ productId }) => productId)].map(([id, some]) => [id, exactSum(some.map(({ quantity }) => quantity))]));
}
