import { toKopecks, type Kopecks } from '../../model/money';
import type { Order, OrderPayment } from '../../model/order';
import { wholeSource, type DocumentSource } from './source';

/** A transfer or card payment, or cash: MoySklad keeps them apart. */
export type IncomingType = 'paymentin' | 'cashin';

/** Which payments of the store become documents. */
export interface PaymentSettings {
	/** `simple`: one document for an order that is paid. `full`: one for each payment. */
	mode: 'off' | 'simple' | 'full';
	systems: readonly PaySystemRule[];
	/** Pay systems that no rule names; `store` = what the store says of cash. */
	others: IncomingType | 'store' | 'none';
	/** What becomes of a payment that was given back: it is reported, or money goes out, or it counts as not paid. */
	refunds: 'report' | 'outgoing' | 'unpaid';
}

/** What payments of one pay system become. */
export interface PaySystemRule {
	/** Id or name of the pay system in the store. */
	paySystem: string;
	document: IncomingType | 'none';
}

/** What the store says of money that came in. */
export interface Claim {
	source: DocumentSource;
	type: IncomingType;
	sum: Kopecks;
	/** `left`: it was given back, and a person has to look at it. */
	state: 'paid' | 'unpaid' | 'left';
	/** How much of it went back, where that becomes a document of its own. */
	refunded: Kopecks;
	/** When it was paid; ISO 8601, UTC. */
	paidAt: string | null;
	documentNumber: string | null;
	documentDate: string | null;
}

/** Payments that were born in the store; the others stand for documents that MoySklad has. */
const ownPayments = ({ payments }: Order): OrderPayment[] => payments.filter(({ standsFor }) => standsFor === undefined);

/** Everything of the order that can have a payment document, whether it has one or not. */
export const paymentSources = (order: Order, { mode }: PaymentSettings): DocumentSource[] =>
	mode === 'full' ? ownPayments(order).map(({ id }) => ({ entity: 'payment', id })) : [wholeSource(order)];

/** What the store says of money for the order, in the mode that is set. None where payments are off, or of pay systems that are left out. */
export function claimsOf(order: Order, settings: PaymentSettings): Claim[] {
	if (settings.mode === 'off') return [];
	if (settings.mode === 'full') return ownPayments(order).flatMap((payment) => claimOf(payment, settings));
	return wholeOrder(order, settings);
}

function claimOf(payment: OrderPayment, settings: PaymentSettings): Claim[] {
	const type = typeOf(payment, settings);
	const { id, refund, paid, paidAt, documentNumber, documentDate } = payment;
	const sum = toKopecks(payment.sum);
	if (type === undefined || sum <= 0) return [];
	const state = refund ? STATE_OF_REFUND[settings.refunds] : paid ? 'paid' : 'unpaid';
	const refunded = refund && settings.refunds === 'outgoing' ? sum : 0;
	return [{ source: { entity: 'payment', id }, type, sum, state, refunded, paidAt, documentNumber, documentDate }];
}

const STATE_OF_REFUND = { report: 'left', outgoing: 'paid', unpaid: 'unpaid' } as const;

/** The order counts as paid also when part of what was paid went back since. */
function wholeOrder(order: Order, settings: PaymentSettings): Claim[] {
	const given = ownPayments(order).filter(({ paid, refund }) => paid || refund);
	const back = given.filter(({ refund }) => refund);
	const known = sumOf(order.payments.filter(({ standsFor, paid, refund }) => standsFor !== undefined && paid && !refund));
	const [first = order.payments[0]] = given;
	const type = first ? typeOf(first, settings) : typeOf({ paySystemId: null, name: null, cash: null }, settings);
	const sum = toKopecks(order.total) - known;
	if (type === undefined || sum <= 0) return [];
	const wasPaid = order.paid || (back.length > 0 && sumOf(given) >= sum);
	const state = !wasPaid ? 'unpaid' : back.length > 0 ? STATE_OF_REFUND[settings.refunds] : 'paid';
	const refunded = state === 'paid' && settings.refunds === 'outgoing' ? sumOf(back) : 0;
	const moments = given.flatMap(({ paidAt }) => paidAt ?? []).sort();
	const source = wholeSource(order);
	return [{ source, type, sum, state, refunded, paidAt: moments.at(-1) ?? null, documentNumber: null, documentDate: null }];
}

const sumOf = (payments: readonly OrderPayment[]): Kopecks => payments.reduce((sum, payment) => sum + toKopecks(payment.sum), 0);

type PaySystem = Pick<OrderPayment, 'paySystemId' | 'name' | 'cash'>;

/** Undefined: it becomes no document. */
function typeOf({ paySystemId, name, cash }: PaySystem, { systems, others }: PaymentSettings): IncomingType | undefined {
	const named = (text: string): boolean => text === paySystemId || (name !== null && text.toLowerCase() === name.trim().toLowerCase());
	const document = systems.find(({ paySystem }) => named(paySystem.trim()))?.document ?? others;
	if (document === 'store') return cash === true ? 'cashin' : 'paymentin';
	return document === 'none' ? undefined : document;
}
