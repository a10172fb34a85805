import type { SaleOrder, SalePayment } from '../../bitrix/saleSchema';
import { SyncError } from '../../errors';
import { toKopecks, toRubles, type Kopecks } from '../../model/money';
import { warning, type Warning } from '../result';
import { isReleased, originKey, moySkladOrigin, releasedKey } from './origin';
import type { WantedPayment } from './wish';
import { bitrixMoment, shownMoney, type PartPlan, type StoreWrite } from './writes';

/** What may be done to payments of a store. */
export interface PaymentRules {
	/** Pay systems that send receipts and mails of their own when somebody marks a payment as paid: never touched (rule O6). */
	protectedSystems: ReadonlySet<string>;
	/** What becomes of our payments whose document is gone. */
	removed: 'unpaid' | 'void' | 'ignore';
	/** Whether unpaid payments of the store stand for what MoySklad receives, or are left alone. */
	open: 'use' | 'keep';
}

/** A payment that MoySklad received, and how much of it the store takes. */
interface Due {
	one: WantedPayment;
	sum: Kopecks;
	/** The payment of the store that stands for it. */
	present?: SalePayment;
	/** Cannot be made, and is left out. */
	refused?: boolean;
}

/** What is made of the payments of an order, while it is reckoned. */
interface Reckoning {
	/** What is not changed any more. */
	fixed: Kopecks;
	/** Unpaid, and free to be used for what MoySklad received. */
	open: SalePayment[];
	/** By the id of the document. */
	known: Map<string, SalePayment>;
	/** Writes that free what documents held that are gone. */
	freeing: StoreWrite[];
	warnings: Warning[];
}

/**
 * Makes the payments of an order those of MoySklad: each document has its own, found by its XML_ID. Payments that the customer made in
 * the store stay untouched, and all together never exceed the order. Throws ORDER_PART_TWICE.
 */
export function planPayments(order: SaleOrder, wanted: readonly WantedPayment[], rules: PaymentRules): PartPlan {
	const { fixed, open, known, freeing, warnings } = reckon(order, wanted, rules);
	const due: Due[] = wanted.filter(({ id, bornIn }) => bornIn === null && !isProtected(known.get(id), rules)).map((one) => ({ one, sum: 0, present: known.get(one.id) }));
	const granted = allot(due, Math.max(0, toKopecks(order.price) - fixed));
	adoptEqual(due, open);
	const smaller = squeeze(due, open, granted + refuse(due, rules), order);
	for (const { one, sum, refused } of due)
		if (refused) warnings.push(warning(one.paySystem === null ? 'ORDER_PAYMENT_UNMAPPED' : 'ORDER_PAYMENT_PROTECTED', { sum: shownMoney(one.sum, order.currency) }));
		else if (sum < one.sum) warnings.push(warning('ORDER_PAYMENT_EXCEEDS', { sum: shownMoney(one.sum, order.currency), taken: shownMoney(sum, order.currency) }));
	// What becomes smaller goes first, so that the sum of all is never above the order, not even for a moment.
	const writes = due.filter(({ refused }) => !refused).sort((one, other) => Math.sign(growth(one)) - Math.sign(growth(other))).flatMap((one) => writesFor(one, order));
	return { writes: [...freeing, ...smaller, ...writes], warnings };
}

/** Gives each payment what the order has room for, in their order; what room is left. */
function allot(due: readonly Due[], room: Kopecks): Kopecks {
	let left = room;
	for (const one of due) {
		one.sum = Math.min(Math.max(0, one.one.sum), left);
		left -= one.sum;
	}
	return left;
}

/** The payment that the order was placed with stands for the one that MoySklad received, when both are of the same sum. */
function adoptEqual(due: readonly Due[], open: readonly SalePayment[]): void {
	for (const one of due) {
		if (one.present || one.sum === 0) continue;
		const equal = free(open, due).filter((payment) => toKopecks(payment.sum) === one.sum);
		one.present = equal.find(({ paySystemId }) => paySystemId === one.one.paySystem) ?? equal[0];
	}
}

const free = (open: readonly SalePayment[], due: readonly Due[]): SalePayment[] => open.filter((payment) => !due.some(({ present }) => present === payment));

/** Leaves out what the store cannot get a payment for; how much room that gives back. */
function refuse(due: readonly Due[], { protectedSystems }: PaymentRules): Kopecks {
	let back = 0;
	for (const one of due) {
		const { paySystem } = one.one;
		if (one.present || one.sum === 0 || (paySystem !== null && !protectedSystems.has(paySystem))) continue;
		back += one.sum;
		one.refused = true;
	}
	return back;
}

/** Unpaid payments get what is left of the order. One that gets nothing stands for a payment that was received, or goes. */
function squeeze(due: readonly Due[], open: readonly SalePayment[], room: Kopecks, order: SaleOrder): StoreWrite[] {
	let left = room;
	return free(open, due).flatMap((payment) => {
		const sum = toKopecks(payment.sum);
		const kept = Math.min(sum, left);
		left -= kept;
		if (kept === sum) return [];
		const taker = due.find((one) => (kept > 0 ? one.refused && one.sum === kept : !one.refused && !one.present && one.sum > 0));
		if (!taker) return [kept > 0 ? resized(payment, kept, order) : removal(payment, order)];
		Object.assign(taker, { present: payment, refused: false });
		return [];
	});
}

const growth = ({ sum, present }: Due): Kopecks => sum - (present ? toKopecks(present.sum) : 0);

/** A payment of ours for which there is no room any more goes. */
function writesFor({ one, sum, present }: Due, order: SaleOrder): StoreWrite[] {
	if (sum > 0) return present ? settled(present, one, sum, order) : [added(one, sum, order)];
	if (!present) return [];
	return [...(present.paid ? [unpaid(present, order)] : []), removal(present, order)];
}

function reckon(order: SaleOrder, wanted: readonly WantedPayment[], rules: PaymentRules): Reckoning {
	const reckoning: Reckoning = { fixed: 0, open: [], known: new Map(), freeing: [], warnings: [] };
	const ids = new Set(wanted.map(({ id }) => id));
	const born = new Set(wanted.flatMap(({ bornIn }) => bornIn ?? []));
	for (const payment of order.payments) {
		if (payment.isReturn === 'Y' || payment.isReturn === 'P') continue;
		const origin = moySkladOrigin(payment.xmlId);
		if (origin?.kind === 'payment' && ids.has(origin.id)) place(reckoning, payment, origin.id, rules, order);
		else if (origin?.kind === 'payment') retire(reckoning, payment, origin.id, rules, order);
		else if (payment.paid || born.has(payment.id) || (rules.open === 'keep' && !isReleased(payment.xmlId)) || isProtected(payment, rules)) reckoning.fixed += toKopecks(payment.sum);
		else reckoning.open.push(payment);
	}
	return reckoning;
}

/** The payment of a document that is there. */
function place(reckoning: Reckoning, payment: SalePayment, id: string, rules: PaymentRules, order: SaleOrder): void {
	if (reckoning.known.has(id)) throw new SyncError('ORDER_PART_TWICE', { part: 'payments', id });
	reckoning.known.set(id, payment);
	if (!isProtected(payment, rules)) return;
	reckoning.fixed += toKopecks(payment.sum);
	if (!payment.paid) reckoning.warnings.push(warning('ORDER_PAYMENT_PROTECTED', { sum: shownMoney(toKopecks(payment.sum), order.currency) }));
}

/** A payment whose document is gone, or does not count any more. It is the store's own again, so that whoever pays it there has paid. */
function retire(reckoning: Reckoning, payment: SalePayment, id: string, rules: PaymentRules, order: SaleOrder): void {
	const sum = toKopecks(payment.sum);
	const stays = rules.removed === 'ignore' || isProtected(payment, rules);
	if (stays) reckoning.fixed += sum;
	if (stays && rules.removed !== 'ignore' && payment.paid) reckoning.warnings.push(warning('ORDER_PAYMENT_PROTECTED', { sum: shownMoney(sum, order.currency) }));
	if (stays) return;
	if (rules.removed === 'void') {
		reckoning.freeing.push(...(payment.paid ? [unpaid(payment, order)] : []), removal(payment, order));
		return;
	}
	reckoning.freeing.push(released(payment, id, order));
	reckoning.open.push({ ...payment, paid: false });
}

const isProtected = (payment: SalePayment | undefined, { protectedSystems }: PaymentRules): boolean => protectedSystems.has(payment?.paySystemId ?? '');

/** Bitrix wants the pay system in every change (8.7). */
function change(payment: SalePayment, what: string, fields: Record<string, string>, change: { from: string; to: string }): StoreWrite {
	const values = Object.fromEntries(Object.entries(fields).filter(([name]) => ['paid', 'sum', 'xmlId'].includes(name)));
	return {
		key: `payment${payment.id}${what}`,
		method: 'sale.payment.update',
		parameters: { id: payment.id, fields: { paySystemId: payment.paySystemId ?? '', ...fields } },
		changes: [{ field: `payment ${payment.id}`, ...change }],
		expect: { one: 'payment', values },
	};
}

const shown = ({ currency }: SaleOrder, sum: Kopecks, paid: boolean): string => `${shownMoney(sum, currency)}, ${paid ? 'paid' : 'unpaid'}`;
const asItIs = (payment: SalePayment, order: SaleOrder): string => shown(order, toKopecks(payment.sum), payment.paid);

/** Takes it back that a payment is paid; its sum stays. */
export const unpaid = (payment: SalePayment, order: SaleOrder): StoreWrite =>
	change(payment, 'unpaid', { paid: 'N' }, { from: asItIs(payment, order), to: shown(order, toKopecks(payment.sum), false) });

const released = (payment: SalePayment, id: string, order: SaleOrder): StoreWrite =>
	change(payment, 'unpaid', { paid: 'N', xmlId: releasedKey('payment', id) }, { from: asItIs(payment, order), to: shown(order, toKopecks(payment.sum), false) });

const resized = (payment: SalePayment, sum: Kopecks, order: SaleOrder): StoreWrite =>
	change(payment, 'sum', { sum: toRubles(sum) }, { from: asItIs(payment, order), to: shown(order, sum, payment.paid) });

const removal = (payment: SalePayment, order: SaleOrder): StoreWrite => ({
	key: `payment${payment.id}removed`,
	method: 'sale.payment.delete',
	parameters: { id: payment.id },
	changes: [{ field: `payment ${payment.id}`, from: asItIs(payment, order), to: null }],
});

/** Fields of a payment that is paid. */
export const paidFields = ({ paidAt, number, date }: Pick<WantedPayment, 'paidAt' | 'number' | 'date'>): Record<string, string> => ({
	paid: 'Y',
	...(paidAt !== null && { datePaid: bitrixMoment(paidAt) }),
	...(number !== null && { payVoucherNum: number }),
	...(date !== null && { payVoucherDate: date }),
});

/** A payment that is there, as its document wants it; nothing when it is so. The sum of a paid one is only changed while it is unpaid. */
function settled(payment: SalePayment, wanted: WantedPayment, sum: Kopecks, order: SaleOrder): StoreWrite[] {
	const key = originKey('payment', wanted.id);
	const sameSum = toKopecks(payment.sum) === sum;
	if (sameSum && payment.paid && payment.xmlId === key && sameText(wanted.number, payment.payVoucherNum)) return [];
	const fields = { ...(!sameSum && { sum: toRubles(sum) }), ...(payment.xmlId !== key && { xmlId: key }), ...paidFields(wanted) };
	const written = change(payment, 'paid', fields, { from: asItIs(payment, order), to: shown(order, sum, true) });
	return payment.paid && !sameSum ? [{ ...unpaid(payment, order), changes: [] }, written] : [written];
}

/** Marks a payment as paid, with `fields` as `paidFields` gives them. */
export const paymentPaid = (payment: SalePayment, fields: Record<string, string>, order: SaleOrder): StoreWrite =>
	change(payment, 'paid', fields, { from: asItIs(payment, order), to: shown(order, toKopecks(payment.sum), true) });

/** Whether the store has a text as it is wanted, or the beginning of it: old databases cut numbers off. */
export const sameText = (wanted: string | null, present: string | null): boolean => wanted === null || wanted === present || (present !== null && present.length >= 10 && wanted.startsWith(present));

function added(wanted: WantedPayment, sum: Kopecks, order: SaleOrder): StoreWrite {
	return {
		key: `payment${wanted.id}`,
		method: 'sale.payment.add',
		parameters: { fields: { orderId: order.id, paySystemId: wanted.paySystem, sum: toRubles(sum), xmlId: originKey('payment', wanted.id), ...paidFields(wanted) } },
		changes: [{ field: 'payment', from: null, to: shown(order, sum, true) }],
		expect: { one: 'payment', values: { sum: toRubles(sum), paid: 'Y', xmlId: originKey('payment', wanted.id) } },
	};
}
