import type { Kopecks } from '../../model/money';
import type { KnownOrder } from '../../moysklad/customerOrder';
import type { FollowingType, KnownDocument } from '../../moysklad/knownDocument';
import { toMoscow } from '../../moysklad/moment';
import { entityReference } from '../../moysklad/reference';
import type { Claim } from './claims';
import { minuteField, textField, type DocumentField } from './documentField';
import { inheritedLinks, inheritedRate } from './inherited';
import type { DocumentKey } from './source';
import type { WantedDocument } from './step';

type Json = Record<string, unknown>;

const TEXT = 255;

/** What a payment is made of, beside its claim. */
export interface PaymentFacts {
	customerOrder: KnownOrder;
	/** For people to read: whose payment of which order. */
	purpose: string;
}

/** Money that came in. `linkedSum`: how much of it is for the order. */
export function incomingPayment(claim: Claim, type: FollowingType, key: DocumentKey, linkedSum: Kopecks, facts: PaymentFacts): WantedDocument {
	const { source, sum, paidAt, documentNumber, documentDate } = claim;
	const { id, row } = facts.customerOrder;
	const numbered = type === 'paymentin' ? [textField('incomingNumber', documentNumber ?? '', TEXT), minuteField('incomingDate', documentDate)] : [];
	const vatSum = Number(row.vatSum ?? 0);
	return {
		type,
		source,
		key,
		sum,
		fields: [...booked(sum), linkedField(id, linkedSum), ...numbered],
		initial: {
			...common(facts, paidAt),
			...(vatSum > 0 && facts.customerOrder.sum > 0 && { vatSum: Math.round((vatSum * linkedSum) / facts.customerOrder.sum) }),
		},
	};
}

/** Money that went back. MoySklad does not link it to orders, only to returns. */
export function outgoingPayment(
	{ source, refunded }: Claim,
	type: FollowingType,
	key: DocumentKey,
	expenseItem: string | undefined,
	facts: PaymentFacts,
): WantedDocument {
	const spentOn = expenseItem === undefined ? {} : { expenseItem: entityReference('expenseitem', expenseItem) };
	const initial = { ...common(facts, null), ...spentOn };
	return { type, source, key, sum: refunded, fields: booked(refunded), initial };
}

const booked = (sum: Kopecks): DocumentField[] => [
	{ name: 'sum', value: sum, body: () => ({ sum }) },
	{ name: 'applicable', value: true, body: () => ({ applicable: true }) },
];

const common = ({ customerOrder, purpose }: PaymentFacts, moment: string | null): Json => ({
	...inheritedLinks(customerOrder),
	...inheritedRate(customerOrder),
	...(moment !== null && { moment: toMoscow(Date.parse(moment)) }),
	paymentPurpose: purpose.slice(0, TEXT),
});

/** MoySklad replaces the whole list: what people linked besides stays. */
const linkedField = (order: string, linkedSum: Kopecks): DocumentField => ({
	name: 'linkedSum',
	value: linkedSum,
	body: (known) => ({
		operations: [
			...otherOperations(known, order).map(({ type, id, linkedSum: other }) => ({ ...entityReference(type, id), linkedSum: other })),
			...(linkedSum > 0 ? [{ ...entityReference('customerorder', order), linkedSum }] : []),
		],
	}),
});

/** What a payment is linked to beside the customer order with that id; nothing for a new payment. */
export const otherOperations = (known: KnownDocument | undefined, order: string): KnownDocument['operations'] =>
	(known?.operations ?? []).filter(({ id }) => id !== order);
