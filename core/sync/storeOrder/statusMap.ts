import type { FullOrder } from '../../moysklad/fullOrder';
import { warning, type Warning } from '../result';

/** When a row of the status map fits an order of MoySklad. */
export type StatusEvent = 'state' | 'canceled' | 'paid' | 'partlyShipped' | 'shipped';

/** One row of the status map. */
export interface StatusRule {
	when: StatusEvent;
	/** Id of the state, for `state`. */
	state: string;
	/** Id of the status in the store. */
	status: string;
}

/** How far an order has come; null where the item does not say. */
export interface Standing {
	stateId: string | null;
	stateName: string | null;
	canceled: boolean;
	paid: boolean | null;
	shipped: 'all' | 'part' | 'nothing' | null;
}

/** What of the sum has been paid and shipped. An order of nothing is never paid or shipped. */
export function standingOf({ state, sum, payedSum, shippedSum }: FullOrder, cancelStates: ReadonlySet<string>): Standing {
	const full = sum !== 'unread' && sum > 0 ? sum : undefined;
	const shipped = shippedSum === 'unread' || sum === 'unread' ? null : shippedSum <= 0 ? 'nothing' : full !== undefined && shippedSum >= full ? 'all' : 'part';
	return {
		stateId: state?.id ?? null,
		stateName: state?.name ?? null,
		canceled: state !== null && cancelStates.has(state.id),
		paid: payedSum === 'unread' || sum === 'unread' ? null : full !== undefined && payedSum >= full,
		shipped,
	};
}

/**
 * The status of the first row that fits; that of a cancelled order first. A warning when there is a map and no row fits (rule O3); a state
 * that means a cancellation says enough.
 */
export function statusFor(standing: Standing, rules: readonly StatusRule[]): { status: string | null; warning?: Warning } {
	if (rules.length === 0) return { status: null };
	const canceled = standing.canceled ? rules.find(({ when }) => when === 'canceled') : undefined;
	const rule = canceled ?? rules.find((one) => fits(one, standing));
	if (rule) return { status: rule.status };
	if (standing.canceled) return { status: null };
	return { status: null, warning: warning('ORDER_STATUS_UNMAPPED', { state: standing.stateName ?? standing.stateId ?? 'none' }) };
}

function fits({ when, state }: StatusRule, { stateId, canceled, paid, shipped }: Standing): boolean {
	if (when === 'state') return state === stateId;
	if (when === 'canceled') return canceled;
	return when === 'paid' ? paid === true : shipped === (when === 'shipped' ? 'all' : 'part');
}
