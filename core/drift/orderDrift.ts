import type { ErrorReport } from '../errors';
import type { Kopecks } from '../model/money';
import { shownMoney } from '../sync/storeOrder/writes';
import type { FieldChange } from '../sync/result';
import { driftOf, type Compared, type Drift } from './drift';
import type { DriftKind } from './kinds';

/** An order with what *Update Orders* would do to it. */
export interface ComparedOrder extends Compared {
	/** `from` is what the store has. */
	changes: readonly FieldChange[];
	/** Of the whole order on both sides; undefined where it is not known. */
	sums: { moySklad: Kopecks; bitrix: Kopecks; currency: string } | undefined;
	/** Whether lines are written: then they repair the sum. */
	writesLines: boolean;
	error: Pick<ErrorReport, 'code' | 'message'> | undefined;
}

/** Errors that tell how the two sides differ. After any other one nobody knows whether they do. */
const FINDINGS: Record<string, DriftKind> = {
	ORDER_NOT_FOUND: 'orderMissing',
	ORDER_STORE_AMBIGUOUS: 'orderDuplicate',
	ORDER_UPDATE_TWICE: 'orderDuplicate',
	ORDER_PART_TWICE: 'orderDuplicate',
};

/** Both sides changed a field: what differs is known, only not who is right. */
const REVIEW = 'ORDER_REVIEW';

/** Whether the error of an order leaves it open how it differs. */
export const isOrderUnread = ({ code }: Pick<ErrorReport, 'code'>): boolean => FINDINGS[code] === undefined && code !== REVIEW;

/** How an order differs. Sums that differ by no more than the tolerance are equal. */
export function orderDifferences(order: ComparedOrder, tolerance: Kopecks): Drift[] {
	const { changes, error } = order;
	const kind = FINDINGS[error?.code ?? ''];
	if (error && kind) return [driftOf(order, { kind, field: 'Order', moySklad: order.name, bitrix: null }, error)];
	if (error && error.code !== REVIEW) return [];
	return [
		...sumDifference(order, tolerance),
		...changes.map(({ field, from, to }) => driftOf(order, { kind: kindOf(field), field, moySklad: to, bitrix: from }, error ?? 'orders')),
	];
}

function sumDifference(order: ComparedOrder, tolerance: Kopecks): Drift[] {
	const { sums, writesLines, error } = order;
	if (!sums || Math.abs(sums.moySklad - sums.bitrix) <= tolerance) return [];
	const shown = (sum: Kopecks): string => shownMoney(sum, sums.currency);
	const found = { kind: 'orderSum', field: 'sum', moySklad: shown(sums.moySklad), bitrix: shown(sums.bitrix) } as const;
	return [driftOf(order, found, error ?? (writesLines ? 'orders' : { code: 'DRIFT_LINES_OFF' }))];
}

/** Fields of results of *Update Orders* by their first word. */
const KINDS: Record<string, DriftKind> = {
	statusId: 'orderStatus',
	status: 'orderStatus',
	canceled: 'orderCanceled',
	reasonCanceled: 'orderCanceled',
	payment: 'orderPaid',
	shipment: 'orderShipped',
	line: 'orderLines',
	lines: 'orderLines',
	delivery: 'orderLines',
};

const kindOf = (field: string): DriftKind => KINDS[field.split(' ', 1)[0] ?? ''] ?? 'orderField';

/** An order of the store that MoySklad does not have; `sum` as people read it, in major units with the currency. */
export const extraOrder = (order: Compared, sum: string): Drift =>
	driftOf(order, { kind: 'orderExtra', field: 'Order', moySklad: null, bitrix: sum }, { code: 'DRIFT_ORDER_EXTRA' });
