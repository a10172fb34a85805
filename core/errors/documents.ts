import type { CatalogueEntry } from './entry';

/** Payments, shipments and invoices of orders on their way into MoySklad. */
export const documentErrors = {
	DOCUMENT_ORDER_MISSING: {
		kind: 'missing',
		retryable: true,
		message: 'MoySklad has no customer order of the order {number} yet, so its payments and shipments wait',
		advice: 'Run Create or Update From Bitrix Order for it first. The templates do so, and try this order again later.',
	},
	DOCUMENT_BEFORE_START: {
		kind: 'data',
		retryable: false,
		message: 'The order was placed before the Start Date, so it gets no documents',
		advice: 'Set an earlier Start Date if its payments and shipments are not in MoySklad already.',
	},
	DOCUMENT_CHANGED_BOTH: {
		kind: 'conflict',
		retryable: false,
		message: 'Both sides changed {fields} of {document}, or nobody remembers what was written last',
		advice: 'Make the document in MoySklad say what the store says, or choose a Conflict Policy that decides. Keep the links of written documents in a table.',
	},
	DOCUMENT_LEFT: {
		kind: 'data',
		retryable: false,
		message: 'A person changed {fields} of {document} in MoySklad, which is left as it is',
		advice: 'Nothing to do if it was changed on purpose.',
	},
	DOCUMENT_SOURCE_GONE: {
		kind: 'data',
		retryable: false,
		message: 'The store took back what {document} stands for; the document is left as it is',
		advice: 'Correct it in MoySklad, or choose under When Taken Back what is to become of such documents.',
	},
	DOCUMENT_IN_BIN: {
		kind: 'conflict',
		retryable: false,
		message: '{document} was thrown away in MoySklad and is not made again',
		advice: 'Restore it in MoySklad if it is to be there.',
	},
	DOCUMENT_RETURNED: {
		kind: 'conflict',
		retryable: false,
		message: 'Goods of {document} came back, so it can be neither changed nor taken out of the books',
		advice: 'Settle the difference by hand: MoySklad keeps a shipment posted as long as it has a return.',
	},
	DOCUMENT_STORE_MISSING: {
		kind: 'configuration',
		retryable: false,
		message: 'It is not known from which store of MoySklad the goods leave',
		advice: 'Choose the Store in the settings of the node.',
	},
	DOCUMENT_EXPENSE_ITEM_MISSING: {
		kind: 'configuration',
		retryable: false,
		message: 'Money that goes back needs an expense item in MoySklad, and none is chosen',
		advice: 'Choose the Expense Item of Refunds in the settings of the node.',
	},
	DOCUMENT_SUM_DIFFERS: {
		kind: 'conflict',
		retryable: false,
		message: '{document} is to come to {wanted}, MoySklad makes it {sum}; it is kept unposted',
		advice: 'A minimal price in MoySklad that raises prices leads to this, or a rounding that is not known here.',
	},
	PAYMENT_REFUNDED: {
		kind: 'data',
		retryable: false,
		message: 'The store gave the money of {document} back; nothing was written about it',
		advice: 'Book the refund in MoySklad, or choose under Refunds what is to become of such payments.',
	},
	ORDER_PAID_ALREADY: {
		kind: 'conflict',
		retryable: false,
		message: '{document} of {sum} is not made: only {left} of the customer order is left to be paid',
		advice: 'Somebody may have booked the payment by hand. Compare the payments of the customer order with those of the store.',
	},
	ORDER_OVERPAID: {
		kind: 'data',
		retryable: false,
		message: 'The payments of the store exceed the customer order by {sum}, which is linked to nothing',
		advice: 'Give the money back, or link the rest of the payment to another document in MoySklad.',
	},
	ORDER_SHIPPED_ALREADY: {
		kind: 'conflict',
		retryable: false,
		message: '{document} is not written: the customer order has not so much left to be shipped',
		advice: 'Somebody may have shipped the goods by hand. Compare the shipments of the customer order with those of the store.',
	},
	ORDER_UNPOSTED: {
		kind: 'conflict',
		retryable: false,
		message: '{document} is not made: the customer order is not posted',
		advice: 'Correct the customer order and post it; its sum may differ from that of the store.',
	},
	SHIPMENT_EMPTY: {
		kind: 'data',
		retryable: false,
		message: '{document} is not made: the shipment holds nothing that the customer order has',
		advice: 'Compare the items of the shipment with the lines of the order in the store.',
	},
	SHIPMENT_EXCEEDS_ORDER: {
		kind: 'conflict',
		retryable: false,
		message: '{document} is not made: the shipment holds more of some lines than the customer order has: {lines}',
		advice: 'Bring the customer order up to date first, or compare the items of the shipments in the store.',
	},
	SHIPMENT_LINES_UNPAIRED: {
		kind: 'conflict',
		retryable: false,
		message: '{document} is not made: it cannot be told which positions of the customer order these lines are: {lines}',
		advice: 'Hand in the link of the customer order that Create or Update From Bitrix Order gave, or correct the positions in MoySklad.',
	},
	ORDER_DELETED_IN_USE: {
		kind: 'conflict',
		retryable: false,
		message: 'The order was deleted in the store, but its customer order is paid or shipped in MoySklad and is left as it is',
		advice: 'Decide by hand what becomes of its documents.',
	},
	ORDER_DELETED_IN_STORE_LEFT: {
		kind: 'data',
		retryable: false,
		message: 'The order was deleted in the store; its customer order is left as it is',
		advice: 'Choose under When Deleted in the Store what is to become of such orders.',
	},
	ORDER_DELETED_CHANGED: {
		kind: 'conflict',
		retryable: false,
		message: 'The order was deleted in the store, but a person has changed its customer order since, or nobody remembers what was written last',
		advice: 'Decide by hand, or choose another Conflict Policy.',
	},
	INVOICE_ORDER_LEFT: {
		kind: 'data',
		retryable: false,
		message: 'The customer order {number} gets no invoice: {reason}',
		advice: 'Choose its state under States if it is to have one.',
	},
	INVOICE_BY_HAND: {
		kind: 'conflict',
		retryable: false,
		message: 'The customer order {number} has an invoice already that was not made by this node: {invoices}',
		advice: 'Use that one, or delete it; a second invoice is never made.',
	},
	INVOICE_PAID: {
		kind: 'conflict',
		retryable: false,
		message: 'The customer order {number} changed, but its invoice is paid already and is left as it is',
		advice: 'Settle the difference by hand.',
	},
} as const satisfies Record<string, CatalogueEntry>;
