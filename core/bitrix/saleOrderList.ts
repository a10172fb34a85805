import { SyncError } from '../errors';
import type { Parameters } from './query';
import { saleOrderRowSchema, type SaleOrderRow } from './saleSchema';

/** Which orders are wanted. Moments in ISO 8601. */
export interface OrderFilter {
	/** Changed at that moment or later. */
	since: string;
	/** Placed at that moment or later. */
	start: string;
	/** All statuses, or sites, when empty. */
	statuses: readonly string[];
	sites: readonly string[];
	/** Both when undefined. */
	paid?: boolean;
	canceled?: boolean;
}

const METHOD = 'sale.order.list';
const flag = (value: boolean): string => (value ? 'Y' : 'N');

/** The list of the orders' ids and of everything that the filter asks about. */
export const orderList = ({
	since,
	start,
	statuses,
	sites,
	paid,
	canceled,
}: OrderFilter): { method: string; rows: string; parameters: Parameters } => ({
	method: METHOD,
	rows: 'orders',
	parameters: {
		select: ['id', 'dateUpdate', 'dateInsert', 'statusId', 'lid', 'payed', 'canceled', 'externalOrder'],
		filter: {
			'>=dateUpdate': withOffset(since),
			'>=dateInsert': withOffset(start),
			...(statuses.length > 0 && { '@statusId': [...statuses] }),
			...(sites.length > 0 && { '@lid': [...sites] }),
			...(paid !== undefined && { '=payed': flag(paid) }),
			...(canceled !== undefined && { '=canceled': flag(canceled) }),
		},
	},
});

/** Bitrix drops dates that it cannot read without a word: whole seconds and an explicit offset it can. */
const withOffset = (moment: string): string => `${toSecond(moment).toISOString().slice(0, 19)}+00:00`;

const toSecond = (moment: string): Date => new Date(Math.floor(Date.parse(moment) / 1000) * 1000);

/**
 * A row of `sale.order.list`. Throws BITRIX_FILTER_IGNORED for a row that was not asked for: Bitrix drops conditions that it
 * does not know (trap T1). Throws ANSWER_UNEXPECTED when it does not say its id or its moments.
 */
export function readOrderRow(row: unknown, filter: OrderFilter): SaleOrderRow & { dateUpdate: string } {
	const parsed = saleOrderRowSchema.safeParse(row);
	if (!parsed.success || parsed.data.dateUpdate === null || parsed.data.dateInsert === null)
		throw new SyncError('ANSWER_UNEXPECTED', { call: METHOD, reason: 'an order without id or dates' });
	const { dateUpdate, dateInsert, statusId, lid, payed, canceled } = parsed.data;
	const asked =
		Date.parse(dateUpdate) >= toSecond(filter.since).getTime() &&
		Date.parse(dateInsert) >= toSecond(filter.start).getTime() &&
		(filter.statuses.length === 0 || filter.statuses.includes(statusId ?? '')) &&
		(filter.sites.length === 0 || filter.sites.includes(lid ?? '')) &&
		(filter.paid === undefined || filter.paid === payed) &&
		(filter.canceled === undefined || filter.canceled === canceled);
	if (!asked) throw new SyncError('BITRIX_FILTER_IGNORED', { call: METHOD });
	return { ...parsed.data, dateUpdate };
}
