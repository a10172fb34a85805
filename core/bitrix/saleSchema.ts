import { z } from 'zod';
import { filledText } from '../model/filledText';
import { Decimal } from '../model/decimal';

/**
 * An order as `sale.order.get` gives it, as far as it is read here. Versions of Bitrix differ in whether ids and amounts
 * are numbers or texts, and PHP sends empty maps as lists; what would be misread is refused.
 */
const text = z
	.union([z.string(), z.number(), z.boolean()])
	.nullish()
	.transform(filledText);

const id = z.union([z.string().trim().min(1), z.number()]).transform(String);

const flag = z
	.union([z.string(), z.boolean(), z.number()])
	.nullish()
	.transform((value) => value === true || value === 'Y' || value === 1 || value === '1');

/** Exact decimal text; null when the store says nothing. */
const amount = z
	.union([z.string(), z.number()])
	.nullish()
	.transform((value, context) => {
		if (value === null || value === undefined || String(value).trim() === '') return null;
		try {
			return Decimal.of(value).toString();
		} catch {
			context.addIssue({ code: 'custom', message: `not a number: ${String(value)}` });
			return z.NEVER;
		}
	});

const required = amount.transform((value, context) => {
	if (value !== null) return value;
	context.addIssue({ code: 'custom', message: 'missing' });
	return z.NEVER;
});

/** ISO with an offset → UTC. */
const moment = text.transform((value, context) => {
	if (value === null) return null;
	const parsed = Date.parse(value);
	if (!Number.isNaN(parsed)) return new Date(parsed).toISOString();
	context.addIssue({ code: 'custom', message: `not a moment: ${value}` });
	return z.NEVER;
});

const list = <Schema extends z.ZodTypeAny>(element: Schema) =>
	z
		.union([z.array(element), z.record(element).transform((map) => Object.values(map) as Array<z.output<Schema>>)])
		.nullish()
		.transform((value) => value ?? []);

const basketItem = z.object({
	id,
	productId: text,
	productXmlId: text,
	name: text,
	quantity: required,
	price: required,
	basePrice: amount,
	discountPrice: amount,
	xmlId: text,
	vatRate: amount,
	vatIncluded: flag,
	measureCode: text,
	measureName: text,
	/** Of a component of a set: the set's own row carries the price. */
	setParentId: text,
	properties: list(z.object({ code: text, name: text, value: text })),
});

const payment = z.object({
	id,
	paySystemId: text,
	paySystemName: text,
	paySystemIsCash: z.union([z.string(), z.boolean()]).nullish(),
	sum: required,
	paid: flag,
	datePaid: moment,
	payVoucherNum: text,
	payVoucherDate: moment,
	isReturn: text,
	xmlId: text,
});

const shipment = z.object({
	id,
	deliveryId: text,
	deliveryName: text,
	basePriceDelivery: amount,
	priceDelivery: amount,
	allowDelivery: flag,
	deducted: flag,
	canceled: flag,
	/** The technical shipment that holds what is in no other. */
	system: flag,
	statusId: text,
	trackingNumber: text,
	deliveryDocNum: text,
	xmlId: text,
	shipmentItems: list(z.object({ id: text, basketId: id, quantity: required })),
});

const propertyValue = z.object({ id, orderPropsId: id, code: text, name: text, value: z.unknown() });

/** The whole order with lines, payments, shipments and values of properties. Source: github bitrix24/b24restdocs, `api-reference/sale/order/`. */
export const saleOrderSchema = z.object({
	id,
	accountNumber: text,
	xmlId: text,
	/** Id of the site. */
	lid: text,
	userId: text,
	personTypeId: id,
	statusId: id,
	dateInsert: moment,
	dateUpdate: moment,
	/** What the customer pays for all of it, delivery and taxes included, in major units. */
	price: required,
	currency: z.string().trim().min(1),
	payed: flag,
	canceled: flag,
	reasonCanceled: text,
	externalOrder: flag,
	userDescription: text,
	comments: text,
	responsibleId: text,
	orderTopic: text,
	id1c: text,
	version1c: text,
	basketItems: list(basketItem),
	payments: list(payment),
	shipments: list(shipment),
	propertyValues: list(propertyValue),
});

/** Names are those of Bitrix. Amounts are exact decimal texts in major units, moments ISO 8601 in UTC, flags booleans. */
export type SaleOrder = z.output<typeof saleOrderSchema>;
/** A line. `price` is what one unit costs after discounts, `basePrice` before; `vatRate` is as the store says it. */
export type SaleBasketItem = SaleOrder['basketItems'][number];
/** A payment, or a refund where `isReturn` says so; `paid` tells whether the money is there. */
export type SalePayment = SaleOrder['payments'][number];
/** A shipment, also the technical one (`system`); `deducted` tells whether it has left. */
export type SaleShipment = SaleOrder['shipments'][number];

/** A row of `sale.order.list`, as far as its filter is checked. */
export const saleOrderRowSchema = z.object({
	id: z.coerce.number().int().positive(),
	dateUpdate: moment,
	dateInsert: moment,
	statusId: text,
	lid: text,
	payed: flag,
	canceled: flag,
	externalOrder: flag,
});

/** What the list tells of an order: enough to see that the filter held, and when the order changed. */
export type SaleOrderRow = z.output<typeof saleOrderRowSchema>;
