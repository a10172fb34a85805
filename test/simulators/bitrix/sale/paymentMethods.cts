import { crud } from '../fields/crud.cts';
import type { Method, MethodCall } from '../methods/method.cts';
import type { Portal } from '../portal.cts';
import { asInteger, type Params } from '../wire/params.cts';
import { RestError, zeroError } from '../wire/restError.cts';
import { blankPayment } from './blankRows.cts';
import { PAYMENT_FIELDS } from './fieldTables.cts';
import { orderOf } from './orderMethods.cts';
import { touch } from './orderState.cts';
import type { OrderRow, PaymentRow } from './rows.cts';
import { showPayment } from './shown.cts';
import { total } from './sums.cts';

/** Payments. Whether the order is paid follows from them. */
export const paymentMethods: Method[] = crud<PaymentRow>({
	prefix: 'sale.payment',
	one: 'payment',
	many: 'payments',
	scope: 'sale',
	area: 'sale',
	operations: ['getFields', 'get', 'list', 'add', 'update', 'delete'],
	fields: PAYMENT_FIELDS,
	table: ({ store }) => store.payments,
	notFound: () => new RestError(200640400001, 'payment is not exists'),
	defaults: ({ portal }, given) => {
		const order = orderOf(portal, given.orderId);
		return { ...blankPayment(portal, order), sum: unpaidSum(portal, order) };
	},
	check: checkPayment,
	written: ({ portal }, payment, before) => {
		portal.announce('payment', before ? 'update' : 'add', payment.id);
		if (payment.paid === 'Y' && before?.paid !== 'Y') sendReceipt(portal, payment);
		touch(portal, payment.orderId);
	},
	beforeDelete: (_call, { paid }) => {
		if (paid === 'Y') throw new RestError('SALE_PAYMENT_DELETE_EXIST_PAID', 'A paid payment cannot be deleted');
	},
	deleted: ({ portal }, { id, orderId }) => {
		portal.announce('payment', 'delete', id);
		touch(portal, orderId);
	},
	show: showPayment,
});

/** A pay system with a cash register tells the tax office and the customer, whoever marked the payment. */
function sendReceipt(portal: Portal, { id, orderId, paySystemId, sum }: PaymentRow): void {
	if (portal.store.paySystems.get(paySystemId)?.CAN_PRINT_CHECK === 'Y') portal.receipts.push({ paymentId: id, orderId, sum });
}

/** What the other payments leave of the order's price. */
export function unpaidSum(portal: Portal, { id, price }: OrderRow): number {
	const others = portal.store.payments.where('orderId', id).map(({ sum }) => sum);
	return Math.max(0, price - total(others));
}

function checkPayment({ portal, caller }: MethodCall, values: Params, current?: PaymentRow): void {
	if (!current) orderOf(portal, values.orderId);
	if (values.paySystemId !== undefined) {
		const system = portal.store.paySystems.get(asInteger(values.paySystemId));
		if (!system) throw zeroError('Pay system is not exists');
		values.paySystemName = system.NAME;
	}
	if (values.paid === undefined || values.paid === (current?.paid ?? 'N')) return;
	const moment = typeof values.datePaid === 'number' ? values.datePaid : portal.now();
	Object.assign(values, { datePaid: moment, empPaidId: caller.user.id });
}
