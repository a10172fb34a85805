import type { Difference } from './agreement.cts';

/** What a node tells when it leaves something as it is, by what then may differ. */
const TELLING: Readonly<Record<Difference['what'], readonly string[]>> = {
	order: [],
	status: ['ORDER_CANCEL_PAID', 'ORDER_CANCEL_SHIPPED', 'ORDER_CANCELED_IN_STORE', 'ORDER_UPDATE_LINE_WITHOUT_ID'],
	sum: ['ORDER_SUM_DIFFERS', 'ORDER_SHIPPED'],
	paid: ['ORDER_PAID_ALREADY', 'ORDER_OVERPAID', 'ORDER_PAYMENT_EXCEEDS', 'ORDER_UPDATE_UNPAY', 'ORDER_UPDATE_PARTIAL_PAYMENT', 'ORDER_UPDATE_PAYMENTS_SHORT', 'ORDER_UPDATE_PAYMENTS_LONG', 'ORDER_UPDATE_OVERPAID', 'ORDER_UPDATE_WITH_CANCEL', 'ORDER_UPDATE_LINE_WITHOUT_ID'],
	shipped: ['ORDER_SHIPPED_ALREADY', 'DOCUMENT_RETURNED', 'ORDER_UPDATE_UNSHIP', 'ORDER_UPDATE_PARTIAL_SHIPMENT', 'ORDER_UPDATE_GOODS_OUTSIDE', 'ORDER_UPDATE_WITH_CANCEL', 'ORDER_UPDATE_LINE_WITHOUT_ID', 'ORDER_UNPOSTED'],
};

/** Differences that a node has told of, each way by its last word on the order, and those that nobody knows of. */
export function sorted(differences: readonly Difference[], told: (id: string) => readonly string[]): { findings: Difference[]; disagreements: Difference[] } {
	const isTold = ({ id, what }: Difference): boolean => told(id).some((code) => TELLING[what].includes(code));
	return { findings: differences.filter(isTold), disagreements: differences.filter((one) => !isTold(one)) };
}
