import type { SaleOrder } from '../../bitrix/saleSchema';
import { toKopecks, toRubles } from '../../model/money';
import type { Decisions } from '../decisions';
import { warning, type Warning } from '../result';
import { paidFields, paymentPaid, unpaid, type PaymentRules } from './payments';
import { isSo, shippedFields, visible, type ShipmentRules } from './shipments';
import { shipmentChange } from './shipmentWrites';
import { shownMoney, type PartPlan } from './writes';

/**
 * Marks an order as paid: all its payments, or one for what is missing. Taken back only where this flow had told the store so.
 * @param paySystem id for a payment that has to be made; null = none is made
 */
export function planPaid(order: SaleOrder, paid: boolean, rules: PaymentRules, paySystem: string | null, decisions: Decisions): PartPlan {
	const live = order.payments.filter(({ isReturn }) => isReturn !== 'Y' && isReturn !== 'P');
	const mine = live.filter(({ paySystemId }) => !rules.protectedSystems.has(paySystemId ?? ''));
	if (!paid) {
		const back = rules.removed !== 'ignore' && order.payed && decisions.hadWritten('paid', 'Y');
		if (back || !order.payed) decisions.remember('paid', 'N');
		return back ? { writes: mine.filter((one) => one.paid).map((one) => unpaid(one, order)), warnings: [] } : { writes: [], warnings: [] };
	}
	decisions.remember('paid', 'Y');
	if (order.payed) return { writes: [], warnings: [] };
	const open = live.filter((one) => !one.paid);
	const free = open.filter((one) => mine.includes(one));
	const warnings = open.length > free.length ? [warning('ORDER_PAYMENT_PROTECTED', { sum: shownMoney(open.reduce((sum, one) => sum + (free.includes(one) ? 0 : toKopecks(one.sum)), 0), order.currency) })] : [];
	const writes = free.map((one) => paymentPaid(one, paidFields({ paidAt: null, number: null, date: null }), order));
	const missing = toKopecks(order.price) - live.reduce((sum, one) => sum + toKopecks(one.sum), 0);
	if (missing <= 0) return { writes, warnings };
	if (paySystem === null || rules.protectedSystems.has(paySystem)) return { writes, warnings: [...warnings, warning('ORDER_PAYMENT_UNMAPPED', { sum: shownMoney(missing, order.currency) })] };
	const rest = {
		key: 'paymentrest',
		method: 'sale.payment.add',
		parameters: { fields: { orderId: order.id, paySystemId: paySystem, sum: toRubles(missing), paid: 'Y' } },
		changes: [{ field: 'payment', from: null, to: `${shownMoney(missing, order.currency)}, paid` }],
		expect: { one: 'payment', values: { paid: 'Y' } },
	};
	return { writes: [...writes, rest], warnings };
}

/** Whether goods have gone out: all, only some, or none; null = nothing is said of it. */
type Shipped = 'all' | 'part' | 'nothing' | null;

/**
 * Allows the delivery of all shipments, deducts them where the user wants it, and notes the tracking number of the only one. Taken back
 * only where this flow had told the store so.
 */
export function planVisible(order: SaleOrder, shipped: Shipped, trackingNumber: string | null, rules: ShipmentRules, decisions: Decisions): PartPlan {
	const shipments = visible(order);
	const tracking = trackingNumber?.trim() ?? '';
	const warnings: Warning[] = [];
	if (shipped === 'part') warnings.push(warning('ORDER_SHIPMENT_PART'));
	if (shipped === 'all' && shipments.length === 0) warnings.push(warning('ORDER_SHIPMENT_UNMAPPED'));
	if (tracking !== '' && shipments.length !== 1) warnings.push(warning('ORDER_TRACKING_LEFT'));
	const wanted = { ...flags(shipped, rules, decisions), ...(tracking !== '' && shipments.length === 1 && { trackingNumber: tracking }) };
	const differing = shipments.filter((shipment) => Object.entries(wanted).some(([field, value]) => !isSo(shipment, field, value)));
	return { writes: differing.map((shipment) => shipmentChange(shipment, 'shipped', wanted)), warnings };
}

function flags(shipped: Shipped, rules: ShipmentRules, decisions: Decisions): Record<string, string> {
	if (shipped === null || shipped === 'part') return {};
	const back = shipped === 'nothing' && rules.removed !== 'ignore' && decisions.hadWritten('shipped', 'Y');
	decisions.remember('shipped', shipped === 'all' ? 'Y' : 'N');
	if (shipped === 'all') return shippedFields(rules);
	return back ? { allowDelivery: 'N', ...(rules.deduct && { deducted: 'N' }) } : {};
}
