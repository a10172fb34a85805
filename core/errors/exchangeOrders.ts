import type { CatalogueEntry } from './entry';

/** Orders in documents of the 1C exchange: as the site exports them, and as they are sent back. */
export const exchangeOrderErrors = {
	ORDER_DOCUMENT_KIND_UNKNOWN: {
		kind: 'data',
		retryable: false,
		message: 'A document is neither an order nor a payment nor a shipment: {operation}',
		advice: 'It was passed over. Report it with this message if the orders lack something.',
	},
	ORDER_EXCHANGE_OLD: {
		kind: 'configuration',
		retryable: false,
		message: 'The site gave orders in the old version {version} of the exchange, in which payments and shipments are not shown one by one',
		advice: 'Orders come with what that version tells: whether they are paid, and their lines. Update the site to see their payments and shipments.',
	},
	ORDER_DOCUMENT_PART_STRAY: {
		kind: 'data',
		retryable: false,
		message: 'A payment or shipment belongs to the order {order}, behind which it does not stand',
		advice: 'It was passed over. Read the orders with Bitrix Order Export, which asks for a form in which they stand together.',
	},
	ORDER_DOCUMENT_CURRENCY_UNKNOWN: {
		kind: 'data',
		retryable: false,
		message: 'The site calls a currency “{currency}”, which is no code of a currency',
		advice: 'Enter which currency it is in the options of Bitrix Order Export, or remove the replacement from the settings of the exchange on the site.',
	},
	ORDER_DOCUMENT_SUM_DIFFERS: {
		kind: 'data',
		retryable: false,
		message: 'The lines and the delivery of the order come to {sum}, and the order says {total}',
		advice: 'The order is passed on as it is, and kept unposted in MoySklad if the difference stays. Taxes or discounts on the whole order lead to this.',
	},
	ORDER_DOCUMENT_LINE_DIFFERS: {
		kind: 'data',
		retryable: false,
		message: 'A line says the sum {sum}, and its price and quantity come to {wanted}',
		advice: 'The price counts. Compare the order with the site.',
	},
	ORDER_DOCUMENT_DELIVERY_DIFFERS: {
		kind: 'data',
		retryable: false,
		message: 'The shipments say that the delivery costs {shipments}, and the order says {order}',
		advice: 'The order counts. Compare the delivery with the site.',
	},
	ORDER_DOCUMENT_SHIPPED_LINE_UNKNOWN: {
		kind: 'data',
		retryable: false,
		message: 'A shipment has goods that the order has not, or more of them',
		advice: 'They were left out of the shipment. Compare the order with the site.',
	},
	ORDER_DOCUMENT_RATIO: {
		kind: 'data',
		retryable: false,
		message: 'A line counts in packs of {ratio} units',
		advice: 'The quantity is taken as it is said, which is what the price is for. Compare the order with the site.',
	},
	ORDER_UPDATE_NO_SNAPSHOT: {
		kind: 'missing',
		retryable: false,
		message: 'There is no snapshot of the order, so it cannot be sent back whole',
		advice: 'Hand in the snapshot that Bitrix Order Export gave with the order; the template keeps it in its table of links. A document without all lines would take lines out of the order.',
	},
	ORDER_UPDATE_SNAPSHOT_INVALID: {
		kind: 'conflict',
		retryable: false,
		message: 'The snapshot is not one of this order: {reason}',
		advice: 'Look it up by the ID of the order in Bitrix, and hand it in unchanged.',
	},
	ORDER_UPDATE_CHANGED: {
		kind: 'conflict',
		retryable: true,
		message: 'The order has changed on the site since it was read, so nothing was sent',
		advice: 'Export and store the changed orders first, and update the order in a later run: what the customer did last is not overwritten.',
	},
	ORDER_UPDATE_TWICE: {
		kind: 'conflict',
		retryable: false,
		message: 'The order comes several times among the items',
		advice: 'Join the changes of an order into one item. Only the first one was sent.',
	},
	ORDER_UPDATE_LINE_WITHOUT_ID: {
		kind: 'conflict',
		retryable: false,
		message: 'The order has a line without an external code, which the site could not find again and would replace',
		advice: 'Change this order on the site itself.',
	},
	ORDER_UPDATE_UNPAY: {
		kind: 'data',
		retryable: false,
		message: 'The exchange cannot take a payment back',
		advice: 'Take it back on the site itself.',
	},
	ORDER_UPDATE_UNSHIP: {
		kind: 'data',
		retryable: false,
		message: 'The exchange cannot take a permission of delivery back',
		advice: 'Take it back on the site itself.',
	},
	ORDER_UPDATE_PARTIAL_PAYMENT: {
		kind: 'data',
		retryable: false,
		message: 'Only a part of the order is paid, which the exchange cannot tell the site',
		advice: 'The date of payment is sent once all of it is paid.',
	},
	ORDER_UPDATE_PARTIAL_SHIPMENT: {
		kind: 'data',
		retryable: false,
		message: 'Only a part of the order is shipped, which the exchange cannot tell the site',
		advice: 'The date of shipment is sent once all of it is shipped.',
	},
	ORDER_UPDATE_PAYMENTS_SHORT: {
		kind: 'data',
		retryable: false,
		message: 'All of the order is paid, but its payments on the site come to less than it costs, and the date of payment marks only them',
		advice: 'Add the missing payment on the site itself, and mark it as paid there.',
	},
	ORDER_UPDATE_OVERPAID: {
		kind: 'data',
		retryable: false,
		message: 'MoySklad has more money for the order than it costs, and the exchange tells the site only that it is paid',
		advice: 'Give the rest back, or link it to another document in MoySklad.',
	},
	ORDER_UPDATE_GOODS_OUTSIDE: {
		kind: 'data',
		retryable: false,
		message: 'All of the order is shipped, but on the site some of its goods are in no shipment, and the permission of delivery does not reach them',
		advice: 'Put them into a shipment on the site itself, and mark it as shipped there.',
	},
	ORDER_UPDATE_WITH_CANCEL: {
		kind: 'data',
		retryable: false,
		message: 'The order is cancelled, so its payment and its shipment were not sent',
		advice: 'The site ignores both in a document that cancels. Reopen the order first if it is to be paid or shipped.',
	},
	ORDER_UPDATE_PAY_SYSTEM: {
		kind: 'data',
		retryable: false,
		message: 'A payment of the order is made by a pay system that may not be marked as paid from outside',
		advice: 'Online and fiscal pay systems send receipts and mails of their own. Mark the payment there.',
	},
	ORDER_UPDATE_INVALID: {
		kind: 'data',
		retryable: false,
		message: 'The order cannot be written: {reason}',
		advice: 'Look at the parameters of the node.',
	},
} as const satisfies Record<string, CatalogueEntry>;
