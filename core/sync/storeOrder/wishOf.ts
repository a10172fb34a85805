import { SyncError } from '../../errors';
import { Decimal } from '../../model/decimal';
import type { FullOrder, Unread } from '../../moysklad/fullOrder';
import { attributeText, type LinkedDemand, type LinkedPayment } from '../../moysklad/linkedDocuments';
import type { Identity } from '../identity';
import { warning, type Warning } from '../result';
import { bornIn, type StoreIds } from './born';
import { goodOf, linesOfPositions } from './positions';
import { standingOf, statusFor, type StatusRule } from './statusMap';
import { NO_WISH, type StoreWish, type WantedPayment, type WantedShipment } from './wish';

/** A row by which a document gets something of the store. */
export interface DocumentRule {
	/** Id or name of an additional field; empty = the row fits whatever it says. */
	attribute: string;
	/** What the additional field has to say; empty = anything. */
	value: string;
	/** Id of the pay system, or of the delivery service. */
	target: string;
}

/** Which pay system a payment of MoySklad gets in the store. */
export interface StorePaySystemRule extends DocumentRule {
	/** Whether the row is for transfers, for cash, or for both. */
	kind: 'any' | LinkedPayment['kind'];
}

/** Which delivery service a shipment of MoySklad gets in the store. */
export interface DeliveryRule extends DocumentRule {
	/** Id of the store of MoySklad that the goods leave; empty = any. */
	store: string;
}

/** What of an order the store is told, and in which of its terms. */
export interface WishRules {
	ids: StoreIds;
	identity: Identity;
	statusMap: readonly StatusRule[];
	/** Ids of states that mean that an order is cancelled. */
	cancelStates: ReadonlySet<string>;
	payments: 'off' | 'simple' | 'full';
	paySystems: readonly StorePaySystemRule[];
	/** Where no row fits; null = none. */
	paySystem: string | null;
	shipments: 'off' | 'simple' | 'full';
	deliveries: readonly DeliveryRule[];
	/** Id or name of the additional field of shipments that holds the tracking number; empty = none. */
	trackingField: string;
	/** Whether lines are told at all. */
	lines: boolean;
	/** Ids of the services of MoySklad that stand for the delivery. */
	deliveryServices: ReadonlySet<string>;
	/** Day of a moment by the clocks of the site, `2026-11-21`. */
	dayOf(moment: string): string;
}

/** What a customer order of MoySklad has to tell the store. Throws ORDER_DOCUMENTS_UNREAD for what the item does not hold. */
export function wishOf(order: FullOrder, rules: WishRules): { wish: StoreWish; warnings: Warning[] } {
	const standing = standingOf(order, rules.cancelStates);
	const { status, warning: unmapped } = statusFor(standing, rules.statusMap);
	const warnings = unmapped ? [unmapped] : [];
	const full = { payments: rules.payments === 'full', shipments: rules.shipments === 'full' };
	const wish: StoreWish = {
		...NO_WISH,
		status,
		canceled: rules.cancelStates.size > 0 && saysState(order) ? standing.canceled : null,
		paid: rules.payments === 'simple' ? known(standing.paid, 'payments') : null,
		payments: full.payments ? paymentsOf(order, rules, warnings) : null,
		shipped: rules.shipments === 'simple' ? known(standing.shipped, 'shipments') : null,
		shipments: full.shipments ? shipmentsOf(order, rules) : null,
		...(rules.lines && linesOf(order, rules)),
	};
	return { wish, warnings };
}

/** MoySklad leaves the state out of an order that has none; an item that somebody put together may just not say it. */
const saysState = ({ state, sum }: FullOrder): boolean => state !== null || sum !== 'unread';

const known = <T>(value: T | null, part: string): T => {
	if (value !== null) return value;
	throw unread(part);
};

const unread = (part: string): SyncError => new SyncError('ORDER_DOCUMENTS_UNREAD', { part });

function read<T>(value: T | Unread, part: string): T {
	if (value !== 'unread') return value as T;
	throw unread(part);
}

/** Oldest first, so that the order of the writes is the same in each run. */
const byMoment = <T extends { moment: string | null; id: string }>(documents: readonly T[]): T[] =>
	[...documents].sort((one, other) => `${one.moment ?? ''} ${one.id}`.localeCompare(`${other.moment ?? ''} ${other.id}`));

function paymentsOf(order: FullOrder, rules: WishRules, warnings: Warning[]): WantedPayment[] {
	return byMoment(read(order.payments, 'payments')).flatMap((payment): WantedPayment[] => {
		const { id, kind, sum, moment, incomingNumber, incomingDate, name, counts } = payment;
		if (!counts || sum <= 0) return [];
		if (order.currencyId !== null && payment.currencyId !== null && payment.currencyId !== order.currencyId) {
			warnings.push(warning('ORDER_PAYMENT_CURRENCY', { number: name ?? id }));
			return [];
		}
		const day = incomingDate ?? moment;
		return [{ id, sum, paidAt: moment, number: incomingNumber ?? name, date: day === null ? null : rules.dayOf(day), paySystem: paySystemFor(payment, rules), bornIn: bornIn({ ...payment, kind }, rules.ids) }];
	});
}

const paySystemFor = (payment: LinkedPayment, { paySystems, paySystem }: WishRules): string | null =>
	paySystems.find((rule) => (rule.kind === 'any' || rule.kind === payment.kind) && says(payment, rule))?.target ?? paySystem;

function says({ attributes }: Pick<LinkedPayment, 'attributes'>, { attribute, value }: DocumentRule): boolean {
	if (attribute.trim() === '') return true;
	const text = attributeText(attributes, attribute);
	return text !== null && (value.trim() === '' || text.toLowerCase() === value.trim().toLowerCase());
}

function shipmentsOf(order: FullOrder, rules: WishRules): WantedShipment[] {
	return byMoment(read(order.demands, 'shipments')).flatMap((demand): WantedShipment[] => {
		const { id, name, positions, attributes, counts } = demand;
		if (!counts) return [];
		const items = positions.map((position) => ({ ...goodOf(position, rules.identity), quantity: Decimal.of(position.quantity).toString(), service: position.assortment.meta.type === 'service' }));
		const trackingNumber = rules.trackingField.trim() === '' ? null : attributeText(attributes, rules.trackingField);
		return [{ id, items, number: name, trackingNumber, delivery: deliveryFor(demand, rules), bornIn: bornIn({ ...demand, kind: 'demand' }, rules.ids) }];
	});
}

const deliveryFor = (demand: LinkedDemand, { deliveries }: WishRules): string | null =>
	deliveries.find((rule) => (rule.store === '' || rule.store === demand.storeId) && says(demand, rule))?.target ?? null;

/** Positions that do not add up to the sum of the order were read in another moment than it. */
function linesOf(order: FullOrder, rules: WishRules): Pick<StoreWish, 'lines' | 'deliveryPrice'> {
	const { lines, deliveryPrice } = linesOfPositions(read(order.positions, 'positions'), order, rules.identity, rules.deliveryServices);
	const sum = lines.reduce((total, line) => total + line.sum, deliveryPrice ?? 0);
	if (order.sum !== 'unread' && sum !== order.sum) throw new SyncError('ORDER_MOYSKLAD_SUM', { sum: `${sum}`, total: `${order.sum}` });
	return { lines, deliveryPrice };
}
