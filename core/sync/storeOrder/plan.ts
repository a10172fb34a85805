import type { SaleOrder } from '../../bitrix/saleSchema';
import { findingIn, type SyncError } from '../../errors';
import { fingerprint } from '../../model/fingerprint';
import type { ConflictPolicy } from '../conflictPolicy';
import { Decisions, FieldsInConflict } from '../decisions';
import type { FieldChange, Warning } from '../result';
import { birthWrites, type BirthRules } from './birth';
import { ownLines, type LineIdentity } from './goods';
import { changedCancellation, changedFields, changedStatus, headerWrite, type HeaderFields, type HeaderRules } from './header';
import { planDelivery, planLines, presentLinesText, shownLines, shownWanted, wantedLinesText, type LineRules } from './lines';
import { planPayments, type PaymentRules } from './payments';
import { planProperties } from './properties';
import { planShipments, type ShipmentRules } from './shipments';
import { planPaid, planVisible } from './simple';
import type { StoreWish } from './wish';
import { joined, type PartPlan, type StoreWrite } from './writes';

/** How an order of a store may be changed. */
export interface StoreOrderRules {
	/** Of the status, the cancellation and the fields. */
	conflicts: ConflictPolicy;
	/** Of lines; null = they are never touched. */
	lines: ConflictPolicy | null;
	header: HeaderRules;
	payments: PaymentRules;
	/** Of a payment that has to be made where no document tells its pay system; null = none is made. */
	paySystem: string | null;
	shipments: ShipmentRules;
	goods: LineRules;
	identity: LineIdentity;
	/** What an order is given that was born in MoySklad; null for those of the store. */
	birth: BirthRules | null;
}

/** What is known of an order beside the order itself. */
export interface Memory {
	/** Marks of what was written last; undefined when nobody remembers. */
	written?: Readonly<Record<string, string>>;
	/** When MoySklad's order was changed last, ISO 8601. */
	updatedAt: string | null;
}

/** What is to be done to one order now, and what after that. */
export interface StoreOrderPlan {
	writes: StoreWrite[];
	warnings: Warning[];
	/** What is to be remembered once everything is written. */
	written: Record<string, string>;
	/** More follows from what the store then says: it is read and planned again. */
	more: boolean;
	/** What would follow if nothing else came of it; for previews. */
	later: FieldChange[];
}

/**
 * What has to be written so that an order of a store is as MoySklad wishes. Lines come alone, and so does what a new order lacks: the
 * rest is planned on the order that they make. Throws ORDER_REVIEW for what a person has to decide, and what the parts throw.
 */
export function planStoreOrder(order: SaleOrder & { dateUpdate: string }, wish: StoreWish, rules: StoreOrderRules, { written, updatedAt }: Memory): StoreOrderPlan {
	const decisions = new Decisions({ before: written, conflicts: rules.conflicts, changed: { source: updatedAt, target: order.dateUpdate }, mark: fingerprint });
	const warnings: Warning[] = [];
	const header = changedFields(order, wish, rules.header, decisions);
	const status = changedStatus(order, wish.status, rules.header, decisions, warnings);
	const properties = planProperties(order, wish, rules.header.onlyWhenEmpty, decisions);
	const lines = linesPart(order, wish, rules, decisions);
	const stays = order.canceled && wish.canceled !== false;
	const rest = joined(stays ? [properties] : [properties, ...moneyAndGoods(order, wish, rules, decisions)]);
	const after = afterwards(order, rest.writes);
	const cancellation = changedCancellation(order, wish, after, decisions, warnings);
	const opens = lines.left?.code === 'ORDER_LINES_LOCKED' && !order.canceled && !after.paid && !after.shipped;
	if (lines.left && !opens) warnings.push(lines.left);
	if (decisions.review.length > 0) throw new FieldsInConflict('ORDER_REVIEW', decisions.review);
	warnings.push(...decisions.remarks());
	const { written: remembered } = decisions;
	const reopening = cancellation.canceled === 'N' ? headerWrite(order, 'reopened', cancellation, {}, rules.header) : undefined;
	const first = reopening ? [reopening] : lines.writes.length > 0 ? lines.writes : (rules.birth ? birthWrites(order, rules.birth) : []);
	const last = headerWrite(order, '', { ...header, ...status, ...cancellation }, heldStatus(order, wish, rest.writes), rules.header);
	const all = [...rest.writes, ...(last ? [last] : [])];
	const known = [...warnings, ...lines.warnings];
	if (first.length > 0) return { writes: first, warnings: known, written: remembered, more: true, later: all.flatMap(({ changes }) => changes) };
	// Lines that are locked by what MoySklad takes back now are written once it is gone.
	if (opens) return { writes: rest.writes, warnings: known, written: remembered, more: true, later: last?.changes ?? [] };
	return { writes: all, warnings: [...known, ...rest.warnings], written: remembered, more: false, later: [] };
}

/** Lines, and the delivery that goes with them. Where they cannot be changed any more, the rest of an order of the store goes on. */
function linesPart(order: SaleOrder, wish: StoreWish, rules: StoreOrderRules, decisions: Decisions): PartPlan & { left?: Warning } {
	const { lines, deliveryPrice } = wish;
	if (lines === null || rules.lines === null) return NOTHING;
	const [source, target] = [wantedLinesText(lines, deliveryPrice), presentLinesText(order, lines, deliveryPrice, rules.identity)];
	const shown = { field: 'lines', from: shownLines(order), to: shownWanted(lines, order.currency) };
	if (!decisions.isWritten({ field: 'lines', source, target, conflicts: rules.lines, shown })) return NOTHING;
	try {
		const planned = planLines(order, lines, rules.goods, rules.identity);
		const comesLater = rules.birth !== null && order.shipments.every(({ system }) => system);
		return deliveryPrice === null || comesLater ? planned : joined([planned, planDelivery(order, deliveryPrice)]);
	} catch (error) {
		const { code, message, advice } = linesLeft(error, order, rules);
		decisions.leave('lines');
		return { ...NOTHING, left: { code, message, advice } };
	}
}

const NOTHING: PartPlan = { writes: [], warnings: [] };

/** Throws what is no finding, or concerns a new order, which would be nothing without its lines. */
function linesLeft(error: unknown, order: SaleOrder, { birth }: StoreOrderRules): SyncError {
	const found = findingIn(error);
	if (birth && ownLines(order).length === 0) throw found;
	return found;
}

function moneyAndGoods(order: SaleOrder, wish: StoreWish, rules: StoreOrderRules, decisions: Decisions): PartPlan[] {
	const { shipments, payments, paid } = wish;
	const parts: PartPlan[] = [];
	if (shipments) parts.push(planShipments(order, shipments, rules.shipments, rules.identity));
	if (!shipments?.length) parts.push(planVisible(order, shipments ? null : wish.shipped, wish.trackingNumber, rules.shipments, decisions));
	if (payments) parts.push(planPayments(order, payments, rules.payments));
	else if (paid !== null) parts.push(planPaid(order, paid, rules.payments, rules.paySystem, decisions));
	return parts;
}

/** Whether anything of the order is paid or has gone out when all of that is written. */
function afterwards(order: SaleOrder, writes: readonly StoreWrite[]): { paid: boolean; shipped: boolean } {
	const paid = new Set(order.payments.filter((one) => one.paid && one.isReturn !== 'Y').map(({ id }) => id));
	const shipped = new Set(order.shipments.filter(({ deducted }) => deducted).map(({ id }) => id));
	for (const { key, method, parameters } of writes) {
		const { paid: isPaid, deducted } = (parameters.fields ?? {}) as { paid?: string; deducted?: string };
		const id = String(parameters.id ?? key);
		if (method.startsWith('sale.payment.')) follow(paid, id, method.endsWith('.delete') ? 'N' : isPaid);
		if (method.startsWith('sale.shipment.')) follow(shipped, id, method.endsWith('.delete') ? 'N' : deducted);
	}
	return { paid: paid.size > 0, shipped: shipped.size > 0 };
}

function follow(ids: Set<string>, id: string, flag: string | undefined): void {
	if (flag === 'Y') ids.add(id);
	if (flag === 'N') ids.delete(id);
}

/** A site may change the status by itself when something is paid or goes out: one that MoySklad told of is told again. */
function heldStatus(order: SaleOrder, { status }: StoreWish, writes: readonly StoreWrite[]): HeaderFields {
	const moves = writes.some(({ method }) => method.startsWith('sale.payment.') || method.startsWith('sale.shipment.'));
	return moves && status !== null && status === order.statusId ? { statusId: status } : {};
}
