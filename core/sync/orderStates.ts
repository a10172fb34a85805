import type { Order } from '../model/order';
import { warning, type Warning } from './result';

/** One row of the state map. */
export interface StateRule {
	when: 'status' | 'paid' | 'canceled';
	/** Id or name of the store's status, for `status`. */
	status: string;
	/** Id of the state in MoySklad. */
	state: string;
}

type Standing = Pick<Order, 'status' | 'paid' | 'canceled'>;

/**
 * The state that the map gives an order (rule O3): that of a cancelled order first, then the first row that fits, in the order of the rows.
 * Nothing without a map; a warning when there is one and no row fits.
 */
export function stateFor(order: Standing, rules: readonly StateRule[]): { state?: string; warning?: Warning } {
	if (rules.length === 0) return {};
	const canceled = order.canceled ? rules.find(({ when }) => when === 'canceled') : undefined;
	const rule = canceled ?? rules.find((one) => fits(one, order));
	if (rule) return { state: rule.state };
	return { warning: warning('ORDER_STATE_UNMAPPED', { status: order.status.name ?? order.status.id }) };
}

function fits({ when, status }: StateRule, order: Standing): boolean {
	if (when === 'paid') return order.paid;
	return when === 'status' && hasStatus(order, status);
}

/** By its id or its name. */
const hasStatus = ({ status }: Standing, text: string): boolean => text === status.id || same(text, status.name);

const same = (one: string, other: string | null): boolean =>
	other !== null && one.trim().toLowerCase() === other.trim().toLowerCase();

/** When the goods of an order are reserved; `statuses` (ids or names) for `status`. */
export interface ReserveRule {
	when: 'never' | 'paid' | 'always' | 'status';
	statuses: readonly string[];
}

/** Whether the goods of an order are reserved. A cancelled order has no reserve (rule O2). */
export function isReserved(order: Standing, { when, statuses }: ReserveRule): boolean {
	if (order.canceled || when === 'never') return false;
	if (when === 'status') return statuses.some((status) => hasStatus(order, status));
	return when === 'always' || order.paid;
}
