import { z } from 'zod';
import { Decimal } from './decimal';
import { printable } from './printable';

/** Amounts from here on are no orders of a shop, and their kopecks could not be told apart any more. */
const LARGEST = '1e12';

/** Decimals; more are noise of somebody's binary fractions. */
const SCALE = 20;

/** A decimal number; numbers are taken as they are printed, so that nothing is reckoned in binary fractions. */
const decimal = z.union([z.string(), z.number()]).transform((value, context) => {
	try {
		const number = Decimal.of(value).round(SCALE);
		if (number.compare(LARGEST) < 0 && number.negated().compare(LARGEST) < 0) return number.toString();
		context.addIssue({ code: 'custom', message: 'too large' });
	} catch {
		context.addIssue({ code: 'custom', message: 'not a number' });
	}
	return z.NEVER;
});

const id = z.union([z.string().min(1), z.number()]).transform(String);
const text = z.string().nullable().default(null);
const flag = z.boolean().default(false);

/** The last moment that has four digits for the year, in milliseconds since 1970. */
const LAST = Date.UTC(9999, 11, 31);

/** ISO 8601, UTC. */
const moment = z.string().refine((value) => Date.parse(value) >= 0 && Date.parse(value) <= LAST, 'not a moment');

const lineSchema = z.object({
	/** Id of the basket line. */
	id,
	/** The key under which the good was written to the store (XML_ID): `<product>` or `<product>#<variant>`; null for a free line. */
	key: text,
	productId: text,
	name: z.string(),
	quantity: decimal,
	/** OKEI code and name of the unit. */
	unit: z.object({ code: text, name: text }).nullable().default(null),
	/** What one unit really costs after all discounts. */
	price: decimal,
	/** Before discounts; for the record only, nothing is reckoned with it. */
	basePrice: decimal.nullable().default(null),
	/** Rate in per cent; null = without VAT, which is not the same as 0. */
	vat: decimal.nullable(),
	/** Whether `price` contains the VAT. */
	vatIncluded: z.boolean(),
	properties: z.array(z.object({ code: text, name: z.string(), value: z.string() })).default([]),
});

/** Id of the document of MoySklad that the store keeps it for; not there for what was born in the store. */
const standsFor = z.string().optional();

const shipmentSchema = z.object({
	id,
	standsFor,
	serviceId: text,
	name: text,
	price: decimal,
	allowed: flag,
	shipped: flag,
	canceled: flag,
	statusId: text,
	trackingNumber: text,
	items: z.array(z.object({ lineId: id, quantity: decimal })).default([]),
});

const paymentSchema = z.object({
	id,
	standsFor,
	paySystemId: text,
	name: text,
	/** Null when the store did not say. */
	cash: z.boolean().nullable().default(null),
	sum: decimal,
	paid: flag,
	paidAt: moment.nullable().default(null),
	refund: flag,
	documentNumber: text,
	documentDate: moment.nullable().default(null),
});

/** What buyers typed may hold anything. */
const typed = z.string().transform(printable).nullable().default(null);

/** The buyer, as the properties of the order tell of him. */
export const customerSchema = z.object({
	/** What the payer type stands for. */
	kind: z.enum(['person', 'legal']),
	payerType: z.object({ id, name: text, code: text }),
	/** The buyer's account in the store; guests may share one. */
	userId: text,
	/** A person's name; of a company the one to talk to. */
	name: typed,
	company: typed,
	inn: typed,
	kpp: typed,
	legalAddress: typed,
	phone: typed,
	email: typed,
});

const propertySchema = z.object({ id, code: text, name: z.string(), values: z.array(z.string()) });

/**
 * An order of a store, wherever it was read from. Amounts are decimal texts in major units of `currency`.
 * Components of sets and technical shipments are not in it.
 */
export const orderSchema = z.object({
	source: z.object({
		/** Names the store for ever, whatever its host. */
		siteKey: z.string().min(1),
		host: z.string(),
		flow: z.string(),
		/** What it is in the store, since orders and deals are numbered each for itself; an order when left out. */
		entity: z.enum(['order', 'deal']).optional(),
	}),
	id,
	number: z.string(),
	/** XML_ID of the order. */
	externalId: text,
	/** Id of the site among those of one Bitrix. */
	site: text,
	createdAt: moment,
	updatedAt: moment,
	/** `changedAt`: since when it has this status, where the store says so. */
	status: z.object({ id, name: text, changedAt: moment.optional() }),
	paid: flag,
	canceled: flag,
	cancelReason: text,
	/** Made elsewhere (a marketplace, an accounting system) and only kept in the store. */
	bornElsewhere: flag,
	currency: z.string().min(1),
	/** What the customer pays, delivery and taxes included. */
	total: decimal,
	customer: customerSchema,
	/** Where the goods go, in one line. */
	address: text,
	customerComment: text,
	managerComment: text,
	lines: z.array(lineSchema),
	shipments: z.array(shipmentSchema).default([]),
	payments: z.array(paymentSchema).default([]),
	properties: z.array(propertySchema).default([]),
});

/** Amounts are decimal texts in major units of `currency`, moments ISO 8601 in UTC, ids those of the store. */
export type Order = z.output<typeof orderSchema>;
/** A line of the basket. `price` is what one unit costs after discounts, `basePrice` before. */
export type OrderLine = Order['lines'][number];
/** A shipment of the store, and with `standsFor` one that it keeps for a document of MoySklad. */
export type OrderShipment = Order['shipments'][number];
/** A payment of the store, or a refund; with `standsFor` one that it keeps for a document of MoySklad. */
export type OrderPayment = Order['payments'][number];
/** A property of the order with all its values as texts; none that is empty. */
export type OrderProperty = Order['properties'][number];
/** The buyer, as the properties of the order tell of him; null for what they do not. */
export type Customer = Order['customer'];

/** What the customer pays for delivery, over all shipments, in major units. */
export const deliveryPrice = ({ shipments }: Pick<Order, 'shipments'>): Decimal =>
	shipments.reduce((sum, { price }) => sum.plus(price), Decimal.zero);

/** The values of an order property by its code, without regard to case; empty when the order has none. */
export const propertyValues = ({ properties }: Pick<Order, 'properties'>, code: string): string[] =>
	properties.find((property) => property.code?.toUpperCase() === code.toUpperCase())?.values ?? [];
