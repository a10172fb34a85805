/** How much a difference hurts: customers see or lose something, somebody works with wrong data, nobody notices. */
export type Severity = 'high' | 'medium' | 'low';

interface KindOfDrift {
	/** The words for it in reports. */
	label: string;
	severity: Severity;
}

/** Every way in which the two sides can differ. A kind never changes its name once released: people choose by it what is repaired. */
export const DRIFT_KINDS = {
	itemMissing: { label: 'Item is missing in Bitrix', severity: 'high' },
	itemGone: { label: 'Item is shown, though MoySklad has it no more, archived it, or it left the scope', severity: 'high' },
	itemHidden: { label: 'Item is hidden, though it belongs on the site', severity: 'high' },
	hiddenByHand: { label: 'Item was hidden by hand', severity: 'low' },
	duplicate: { label: 'Several items for one object', severity: 'high' },
	keyChanged: { label: 'XML_ID differs', severity: 'medium' },
	keyTaken: { label: 'XML_ID belongs to another object', severity: 'high' },
	markChanged: { label: 'MoySklad ID in Bitrix differs', severity: 'medium' },
	typeChanged: { label: 'Item is of another type', severity: 'medium' },
	parentChanged: { label: 'Variant hangs at another product', severity: 'high' },
	name: { label: 'Name differs', severity: 'medium' },
	section: { label: 'Section differs', severity: 'medium' },
	description: { label: 'Description differs', severity: 'low' },
	unit: { label: 'Unit differs', severity: 'medium' },
	vat: { label: 'VAT differs', severity: 'medium' },
	size: { label: 'Weight or size differs', severity: 'low' },
	property: { label: 'Property differs', severity: 'low' },
	field: { label: 'Another field differs', severity: 'low' },
	pictures: { label: 'Pictures differ', severity: 'low' },
	price: { label: 'Price differs', severity: 'high' },
	priceMissing: { label: 'Price is missing in Bitrix', severity: 'high' },
	priceExtra: { label: 'Price that MoySklad does not have', severity: 'medium' },
	priceCurrency: { label: 'Price is in another currency', severity: 'high' },
	priceFall: { label: 'Price fell too far to be written unseen', severity: 'high' },
	stock: { label: 'Stock differs', severity: 'medium' },
	soldOut: { label: 'Sold out, but can be bought', severity: 'high' },
	notOffered: { label: 'In stock, but cannot be bought', severity: 'high' },
	orderMissing: { label: 'Order is missing in the store', severity: 'high' },
	orderExtra: { label: 'Order is missing in MoySklad', severity: 'high' },
	orderDuplicate: { label: 'Several orders for one', severity: 'high' },
	orderSum: { label: 'Sum of the order differs', severity: 'high' },
	orderStatus: { label: 'Status of the order differs', severity: 'medium' },
	orderCanceled: { label: 'Cancellation differs', severity: 'high' },
	orderPaid: { label: 'Payments differ', severity: 'high' },
	orderShipped: { label: 'Shipments differ', severity: 'medium' },
	orderLines: { label: 'Lines of the order differ', severity: 'medium' },
	orderField: { label: 'Another field of the order differs', severity: 'low' },
} as const satisfies Record<string, KindOfDrift>;

/** Name of a way in which the two sides differ; never renamed. */
export type DriftKind = keyof typeof DRIFT_KINDS;
