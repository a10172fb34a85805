import type { SaleOrder } from '../../bitrix/saleSchema';
import { SyncError } from '../../errors';
import type { Decisions } from '../decisions';
import { warning, type Warning } from '../result';
import type { StoreWish } from './wish';
import type { StoreWrite } from './writes';

/** What of the header may be written. */
export interface HeaderRules {
	/** Ids of the statuses that the store has. */
	statuses: ReadonlySet<string>;
	/** Statuses that an order does not leave. */
	finalStatuses: ReadonlySet<string>;
	/** Statuses that are taken on even out of a final one. */
	beyondFinal: ReadonlySet<string>;
	/** Fields of the order that are only written where they are empty. */
	onlyWhenEmpty: ReadonlySet<string>;
	/** No 1C exchanges with this site, so that its marks are free (rule O8). */
	noOneC: boolean;
}

/** Fields of an order that a mapping may fill, as lists show them. */
export const STORE_ORDER_FIELDS = {
	comments: 'Manager Comment',
	orderTopic: 'Topic',
	responsibleId: 'Responsible',
	userDescription: 'Customer Comment',
	id1c: 'ID in 1C',
	version1c: 'Version in 1C',
} as const;
/** Bitrix' name of a field of orders that a mapping may fill. */
export type StoreOrderField = keyof typeof STORE_ORDER_FIELDS;

/** Owned by an exchange with 1C, where there is one. */
const OF_1C: readonly string[] = ['id1c', 'version1c'];

/** Whether a mapping may fill a field of that name. */
export const isOrderField = (name: string): name is StoreOrderField => Object.hasOwn(STORE_ORDER_FIELDS, name);

/** What the header is to be told, by field. */
export type HeaderFields = Record<string, string>;

/** Line breaks and blanks at the ends are no difference. */
const normal = (text: string | null): string => (text ?? '').replace(/\r\n?/g, '\n').trim();

/** Fields whose wish differs and may be written. Throws ORDER_FIELD_OF_1C. */
export function changedFields(order: SaleOrder, { fields }: StoreWish, rules: HeaderRules, decisions: Decisions): HeaderFields {
	const changed: HeaderFields = {};
	for (const [name, value] of Object.entries(fields)) {
		if (!isOrderField(name)) continue;
		if (OF_1C.includes(name) && !rules.noOneC) throw new SyncError('ORDER_FIELD_OF_1C', { field: STORE_ORDER_FIELDS[name] });
		const [wanted, present] = [normal(value), normal(order[name])];
		if (wanted === '') continue;
		const policy = rules.onlyWhenEmpty.has(name) ? 'empty' : 'always';
		if (decisions.isWritten({ field: name, source: wanted, target: present, policy })) changed[name] = wanted;
	}
	return changed;
}

/** The status, unless the order has it, is in a final one, or the store does not know it. Throws ORDER_STATUS_UNKNOWN. */
export function changedStatus(order: SaleOrder, status: string | null, rules: HeaderRules, decisions: Decisions, warnings: Warning[]): HeaderFields {
	if (status === null) return {};
	if (!rules.statuses.has(status)) throw new SyncError('ORDER_STATUS_UNKNOWN', { status });
	if (status !== order.statusId && rules.finalStatuses.has(order.statusId) && !rules.beyondFinal.has(status)) {
		warnings.push(warning('ORDER_STATUS_FINAL', { present: order.statusId, status }));
		return {};
	}
	return decisions.isWritten({ field: 'status', source: status, target: order.statusId, isBeginning: true }) ? { statusId: status } : {};
}

/**
 * Cancels an order, or takes its cancellation back: the latter only when this flow itself had cancelled it, since a customer who
 * cancels in the store comes first. `paid` and `shipped`: what the order will be when all else is written.
 */
export function changedCancellation(
	order: SaleOrder,
	{ canceled, cancelReason }: StoreWish,
	{ paid, shipped }: { paid: boolean; shipped: boolean },
	decisions: Decisions,
	warnings: Warning[],
): HeaderFields {
	if (canceled === null) return {};
	const [wanted, present] = [canceled ? 'Y' : 'N', order.canceled ? 'Y' : 'N'];
	if (wanted === 'N' && present === 'Y' && !decisions.hadWritten('canceled', 'Y')) {
		warnings.push(warning('ORDER_CANCELED_IN_STORE'));
		return {};
	}
	if (wanted === 'Y' && present === 'N' && (paid || shipped)) {
		warnings.push(warning(paid ? 'ORDER_CANCEL_PAID' : 'ORDER_CANCEL_SHIPPED'));
		return {};
	}
	if (!decisions.isWritten({ field: 'canceled', source: wanted, target: present, isBeginning: present === 'N' })) return {};
	return wanted === 'Y' ? { canceled: 'Y', ...(cancelReason.trim() !== '' && { reasonCanceled: cancelReason.trim() }) } : { canceled: 'N' };
}

/** Names of the fields as results show them. */
const SHOWN: Record<string, keyof SaleOrder> = { statusId: 'statusId', canceled: 'canceled', reasonCanceled: 'reasonCanceled' };

/** One call for all of it; undefined when nothing is to be written. `held`: fields that only keep what they are. */
export function headerWrite(order: SaleOrder, what: string, fields: HeaderFields, held: HeaderFields, { noOneC }: Pick<HeaderRules, 'noOneC'>): StoreWrite | undefined {
	const all = { ...held, ...fields };
	if (Object.keys(all).length === 0) return undefined;
	const present = (name: string): unknown => order[SHOWN[name] ?? (name as keyof SaleOrder)] ?? null;
	return {
		key: `order${what}`,
		method: 'sale.order.update',
		parameters: { id: order.id, fields: { ...all, ...(noOneC && { updated1c: 'Y' }) } },
		changes: Object.entries(fields).map(([field, to]) => ({ field, from: present(field), to })),
		expect: { one: 'order', values: Object.fromEntries(Object.entries(all).filter(([name]) => ['statusId', 'canceled', 'responsibleId'].includes(name))) },
	};
}
