import { z } from 'zod';
import { Decimal } from '../../model/decimal';
import { toldOrderSchema } from '../../sync/toldOrder';

/** A number as Decimal prints it. */
const decimal = z.string().refine((text) => {
	try {
		return Decimal.of(text).toString() === text;
	} catch {
		return false;
	}
}, 'not a number');

const lineSchema = z.object({
	key: z.string().nullable(),
	name: z.string(),
	unit: z.object({ code: z.string().nullable(), name: z.string().nullable() }).nullable(),
	/** For one unit, after discounts. */
	price: decimal,
	/** Off the price of one unit. */
	discount: decimal,
	quantity: decimal,
	/** Rate in per cent; null = without VAT. */
	vat: decimal.nullable(),
});

/**
 * What of an order has to be sent back with every change of it, as the site exported it: a document that lacks a line takes
 * the line out of the order. No personal data: it is kept in the table of links (rule I2).
 */
export const orderCopySchema = z.object({
	id: z.string().min(1),
	number: z.string(),
	/** By the clocks of the site. */
	day: z.string(),
	time: z.string(),
	/** As the site calls it. */
	currency: z.string(),
	total: decimal,
	status: z.string(),
	/** Since when, ISO; left out where the site does not say. */
	statusAt: z.string().optional(),
	paid: z.boolean(),
	/** Some of it is paid, so that the site refuses to cancel it. */
	money: z.boolean().optional(),
	/** Its payments together are less than it costs: a date of payment marks no more than them. */
	short: z.boolean().optional(),
	/** They are more than it costs. */
	long: z.boolean().optional(),
	/** The goods of all shipments may leave. */
	allowed: z.boolean(),
	/** Some goods are in no shipment, so that no permission reaches them; not said where shipments do not tell what they hold. */
	outside: z.boolean().optional(),
	canceled: z.boolean(),
	paySystems: z.array(z.string()),
	lines: z.array(lineSchema),
	/** What the delivery costs; null when it is free. */
	delivery: decimal.nullable(),
	/** Whether VAT is in the prices; null when the order has none, or both kinds. */
	vatIncluded: z.boolean().nullable(),
	/** Its number in MoySklad, as the site knows it. */
	number1c: z.string().optional(),
	/** What the site has been told since it showed the order. */
	told: toldOrderSchema.optional(),
	/** Tells whether the order is still the same. */
	mark: z.string(),
});

/** Amounts are decimal texts in major units, moments those of the clocks of the site. */
export type OrderCopy = z.output<typeof orderCopySchema>;
