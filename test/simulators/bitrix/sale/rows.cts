import type { Flag } from '../catalog/rows.cts';

/** Rows of the shop's tables. Money in kopecks, moments in milliseconds since 1970, weight in grams. */
export type OrderRow = {
	id: number;
	accountNumber: string;
	lid: string;
	userId: number;
	personTypeId: number;
	statusId: string;
	dateInsert: number;
	dateUpdate: number;
	dateStatus: number | null;
	empStatusId: number | null;
	price: number;
	discountValue: number;
	taxValue: number;
	currency: string;
	payed: Flag;
	deducted: Flag;
	canceled: Flag;
	dateCanceled: number | null;
	empCanceledId: number | null;
	reasonCanceled: string;
	marked: Flag;
	dateMarked: number | null;
	empMarkedId: number | null;
	reasonMarked: string;
	userDescription: string;
	additionalInfo: string;
	comments: string;
	responsibleId: number | null;
	companyId: number;
	recurringId: string;
	lockedBy: string;
	dateLock: number | null;
	recountFlag: Flag;
	affiliateId: number | null;
	externalOrder: Flag;
	updated1c: Flag;
	id1c: string;
	version1c: string;
	version: number;
	xmlId: string;
	orderTopic: string;
};

export type BasketRow = {
	id: number;
	orderId: number;
	sort: number;
	/** 0 = a free line, not from the catalog. */
	productId: number;
	productXmlId: string;
	catalogXmlId: string;
	name: string;
	quantity: number;
	price: number;
	basePrice: number;
	discountPrice: number;
	customPrice: Flag;
	currency: string;
	measureCode: string;
	measureName: string;
	/** A fraction: 0.2; null = without VAT. */
	vatRate: number | null;
	vatIncluded: Flag;
	weight: number;
	dimensions: string;
	/** 1 = set, 2 = service. */
	type: number | null;
	/** A component of the set with this basket id. */
	setParentId: number | null;
	xmlId: string;
	module: string;
	productProviderClass: string;
	productPriceId: number | null;
	priceTypeId: number | null;
	canBuy: Flag;
	barcodeMulti: Flag;
	discountName: string;
	discountValue: string;
	discountCoupon: string;
	notes: string;
	fuserId: number;
	lid: string;
	detailPageUrl: string;
	recommendation: string;
	subscribe: Flag;
	dateInsert: number;
	dateUpdate: number;
	dateRefresh: number | null;
};

export type BasketPropertyRow = {
	id: number;
	basketId: number;
	name: string;
	value: string;
	code: string;
	sort: number;
	xmlId: string;
};

/** What is held back for an order. */
export type ReservationRow = {
	id: number;
	basketId: number;
	storeId: number;
	quantity: number;
	dateReserve: number;
	dateReserveEnd: number;
	reservedBy: number | null;
};

export type PaymentRow = {
	id: number;
	orderId: number;
	accountNumber: string;
	paySystemId: number;
	paySystemName: string;
	sum: number;
	currency: string;
	paid: Flag;
	datePaid: number | null;
	empPaidId: number | null;
	payVoucherNum: string;
	payVoucherDate: number | null;
	isReturn: string;
	payReturnNum: string;
	payReturnDate: number | null;
	payReturnComment: string;
	empReturnId: number | null;
	psStatus: string;
	psStatusCode: string;
	psStatusDescription: string;
	psStatusMessage: string;
	psSum: number | null;
	psCurrency: string;
	psResponseDate: number | null;
	psInvoiceId: string;
	priceCod: number;
	dateBill: number;
	datePayBefore: number | null;
	companyId: number;
	responsibleId: number | null;
	empResponsibleId: number | null;
	dateResponsibleId: number | null;
	comments: string;
	externalPayment: string;
	updated1c: Flag;
	id1c: string;
	version1c: string;
	xmlId: string;
	marked: Flag;
	dateMarked: number | null;
	empMarkedId: number | null;
	reasonMarked: string;
};

export type ShipmentRow = {
	id: number;
	orderId: number;
	accountNumber: string;
	statusId: string;
	deliveryId: number;
	deliveryName: string;
	basePriceDelivery: number;
	priceDelivery: number;
	customPriceDelivery: Flag;
	discountPrice: number;
	currency: string;
	allowDelivery: Flag;
	dateAllowDelivery: number | null;
	empAllowDeliveryId: number | null;
	deducted: Flag;
	dateDeducted: number | null;
	empDeductedId: number | null;
	reasonUndoDeducted: string;
	deliveryDocNum: string;
	deliveryDocDate: number | null;
	trackingNumber: string;
	trackingStatus: string;
	trackingDescription: string;
	trackingLastCheck: string;
	canceled: Flag;
	dateCanceled: number | null;
	empCanceledId: number | null;
	marked: Flag;
	dateMarked: number | null;
	empMarkedId: number | null;
	reasonMarked: string;
	/** `Y`: the technical shipment that holds what is not in any other. */
	system: Flag;
	comments: string;
	companyId: number;
	responsibleId: number | null;
	empResponsibleId: number | null;
	dateResponsibleId: number | null;
	externalDelivery: Flag;
	updated1c: Flag;
	id1c: string;
	version1c: string;
	xmlId: string;
	dateInsert: number;
};

export type ShipmentItemRow = {
	id: number;
	orderDeliveryId: number;
	basketId: number;
	quantity: number;
	reservedQuantity: number;
	xmlId: string;
	dateInsert: number;
};

export type OrderPropertyRow = {
	id: number;
	personTypeId: number;
	propsGroupId: number;
	name: string;
	type: string;
	code: string;
	active: Flag;
	util: Flag;
	userProps: Flag;
	isFiltered: Flag;
	sort: number;
	description: string;
	required: Flag;
	multiple: Flag;
	xmlId: string;
	defaultValue: string;
	settings: unknown;
	isProfileName: Flag;
	isPayer: Flag;
	isEmail: Flag;
	isPhone: Flag;
	isZip: Flag;
	isAddress: Flag;
	isLocation: Flag;
};

export type PropertyGroupRow = { id: number; name: string; personTypeId: number; sort: number };

export type OrderPropertyValueRow = {
	id: number;
	orderId: number;
	orderPropsId: number;
	code: string;
	name: string;
	value: unknown;
};

/** `I` a person, `E` a legal entity. */
export type PersonTypeRow = {
	id: number;
	lid: string;
	name: string;
	code: string;
	sort: number;
	active: Flag;
	xmlId: string;
	domain: 'I' | 'E';
};

/** `O` order, `D` delivery. */
export type StatusRow = { id: string; type: 'O' | 'D'; sort: number; notify: Flag; color: string; xmlId: string };

export type StatusLangRow = { id: number; statusId: string; lid: string; name: string; description: string };

export type PaySystemRow = {
	id: number;
	NAME: string;
	ACTION_FILE: string;
	IS_CASH: string;
	/** Has a cash register. */
	CAN_PRINT_CHECK: Flag;
	ACTIVE: Flag;
	SORT: number;
	XML_ID: string;
	PERSON_TYPE_ID: number | null;
};

export type DeliveryRow = {
	id: number;
	NAME: string;
	ACTIVE: Flag;
	DESCRIPTION: string;
	SORT: number;
	CURRENCY: string;
	PARENT_ID: number | null;
	XML_ID: string;
};

export type TradePlatformRow = {
	id: number;
	code: string;
	active: Flag;
	name: string;
	description: string;
	settings: string;
	class: string;
	xmlId: string;
};
