import { SyncError } from '../../errors';
import { warning, type FieldChange, type Warning } from '../../sync/result';
import type { OrderCopy } from './copy';
import type { Happened, OrderDocument } from './writer';

/** What an order of a site is to become. What is not said stays as it is. */
export interface OrderWish {
	status?: string;
	/** By the clocks of the site, with the number of the document. */
	paid?: Happened | 'part' | 'no';
	shipped?: Happened | 'part' | 'no';
	canceled?: boolean;
	cancelReason?: string;
	/** Number in MoySklad, for the people of the site. */
	number1c?: string;
}

export interface PlannedChange {
	document: OrderDocument;
	changes: FieldChange[];
	warnings: Warning[];
	/** The order as it is once the site has done all of it. */
	copy: OrderCopy;
}

/**
 * What has to be sent for a wish. What the exchange cannot do is a warning, and the rest is sent (rule O7).
 * @param untouchable pay systems that are never marked as paid from outside (rule O6)
 * Throws ORDER_UPDATE_LINE_WITHOUT_ID.
 */
export function planOrderChange(copy: OrderCopy, wish: OrderWish, untouchable: readonly string[]): PlannedChange {
	if (copy.lines.some(({ key }) => key === null)) throw new SyncError('ORDER_UPDATE_LINE_WITHOUT_ID');
	const warnings: Warning[] = [];
	const changes: FieldChange[] = [];
	const canceled = wish.canceled ?? copy.canceled;
	if (canceled !== copy.canceled) changes.push({ field: 'canceled', from: copy.canceled, to: canceled });
	const paid = paidOf(copy, wish, untouchable, canceled, warnings);
	const shipped = shippedOf(copy, wish, canceled, warnings);
	if (paid) changes.push({ field: 'paid', from: false, to: true });
	if (shipped) changes.push({ field: 'allowed', from: false, to: true });
	const status = wish.status !== undefined && wish.status !== copy.status ? wish.status : undefined;
	if (status !== undefined) changes.push({ field: 'status', from: copy.status, to: status });
	if (wish.number1c !== undefined && wish.number1c !== copy.number1c) changes.push({ field: 'number1c', from: copy.number1c ?? null, to: wish.number1c });
	const comment = canceled && !copy.canceled && wish.cancelReason ? wish.cancelReason : undefined;
	const number1c = wish.number1c ?? copy.number1c;
	return {
		document: {
			number: copy.id, copy, canceled,
			...(comment !== undefined && { comment }), ...(number1c !== undefined && { number1c }), ...(status !== undefined && { status }), ...(paid && { paid }), ...(shipped && { shipped }),
		},
		changes,
		warnings,
		copy: { ...copy, canceled, paid: copy.paid || paid !== undefined, allowed: copy.allowed || shipped !== undefined, status: status ?? copy.status, ...(number1c !== undefined && { number1c }) },
	};
}

function paidOf(copy: OrderCopy, { paid }: OrderWish, untouchable: readonly string[], canceled: boolean, warnings: Warning[]): Happened | undefined {
	if (paid === 'part') return void warnings.push(warning('ORDER_UPDATE_PARTIAL_PAYMENT'));
	if (paid === 'no') {
		if (copy.paid) warnings.push(warning('ORDER_UPDATE_UNPAY'));
		return undefined;
	}
	if (paid === undefined || copy.paid) return undefined;
	if (canceled) return void warnings.push(warning('ORDER_UPDATE_WITH_CANCEL'));
	if (copy.paySystems.some((id) => untouchable.includes(id))) return void warnings.push(warning('ORDER_UPDATE_PAY_SYSTEM'));
	return paid;
}

function shippedOf(copy: OrderCopy, { shipped }: OrderWish, canceled: boolean, warnings: Warning[]): Happened | undefined {
	if (shipped === 'part') return void warnings.push(warning('ORDER_UPDATE_PARTIAL_SHIPMENT'));
	if (shipped === 'no') {
		if (copy.allowed) warnings.push(warning('ORDER_UPDATE_UNSHIP'));
		return undefined;
	}
	if (shipped === undefined || copy.allowed) return undefined;
	if (canceled) return void warnings.push(warning('ORDER_UPDATE_WITH_CANCEL'));
	return shipped;
}
