import { z } from 'zod';
import { SyncError } from '../../errors';

const text = z.string().nullable();
const kopecks = z.number().int();
/** A decimal text. */
const quantity = z.string().regex(/^\d+(\.\d+)?$/);

/** What a good of MoySklad is in the store. */
const good = z.object({
	/** Its XML_ID there; null when nobody read the good. */
	key: text,
	/** Id of the good in MoySklad. */
	id: z.string(),
	/** The syncId of goods that were made for lines of the store. */
	syncId: text,
	name: z.string(),
});

const paymentSchema = z.object({
	/** Id of the document in MoySklad. */
	id: z.string(),
	sum: kopecks,
	/** ISO 8601. */
	paidAt: text,
	number: text,
	/** `2026-11-21` */
	date: text,
	/** Id of the pay system for a payment that the store does not have yet; null = none is known. */
	paySystem: text,
	/** Id of the payment of the store that the document was made from: the store knows it better. */
	bornIn: text,
});

const shipmentSchema = z.object({
	id: z.string(),
	/** `service`: it may stand for the delivery, which is no line of the store. */
	items: z.array(good.extend({ quantity, service: z.boolean() })),
	number: text,
	trackingNumber: text,
	/** Id of the delivery service for a shipment that the store does not have yet; null = that of the order. */
	delivery: text,
	bornIn: text,
});

const lineSchema = good.extend({ quantity, /** Of all of them, VAT included. */ sum: kopecks, /** Per cent; null = without. */ vat: text });

/**
 * What a store is to be told of one of its orders. Plain JSON, so that a sub-workflow of the user can change it;
 * null = nothing is said of it, and it stays as it is.
 */
const storeWishSchema = z.object({
	status: text,
	canceled: z.boolean().nullable(),
	cancelReason: z.string(),
	/** Fields of the order, and `property:<id>`, as texts. */
	fields: z.record(z.string()),
	trackingNumber: text,
	paid: z.boolean().nullable(),
	payments: z.array(paymentSchema).nullable(),
	shipped: z.enum(['all', 'part', 'nothing']).nullable(),
	shipments: z.array(shipmentSchema).nullable(),
	lines: z.array(lineSchema).nullable(),
	/** What the delivery costs, kopecks. Goes with the lines. */
	deliveryPrice: kopecks.nullable(),
});

/** Sums in kopecks, quantities as decimal texts, moments ISO 8601. */
export type StoreWish = z.output<typeof storeWishSchema>;
/** A good by its id in MoySklad and, as far as that is known, by its key in the store. */
export type WantedGood = z.output<typeof good>;
/** A payment of MoySklad; `sum` in kopecks. */
export type WantedPayment = z.output<typeof paymentSchema>;
/** A shipment of MoySklad with what went out. */
export type WantedShipment = z.output<typeof shipmentSchema>;
/** All positions of a good at one rate; `sum` in kopecks, VAT included. */
export type WantedLine = z.output<typeof lineSchema>;

/** Says nothing: with it the order stays as it is. */
export const NO_WISH: StoreWish = {
	status: null, canceled: null, cancelReason: '', fields: {}, trackingNumber: null, paid: null, payments: null, shipped: null, shipments: null, lines: null, deliveryPrice: null,
};

/** What a sub-workflow of the user made of a wish. Throws SUB_WORKFLOW_INVALID. */
export function readStoreWish(value: unknown): StoreWish {
	const parsed = storeWishSchema.safeParse(value);
	if (parsed.success) return parsed.data;
	const [issue] = parsed.error.issues;
	throw new SyncError('SUB_WORKFLOW_INVALID', { reason: `${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'unknown form'}` });
}
