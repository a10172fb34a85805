import { z } from 'zod';
import { linkSchema, readOwnLink, type Link, type OrderOwner } from './link';
import { toldOrderSchema } from './toldOrder';

/** A position as it was last written, and the line of the basket that it stands for. */
const positionSchema = z.object({
	line: z.string(),
	id: z.string(),
	good: z.string(),
	quantity: z.number(),
	price: z.number(),
	vat: z.number(),
	vatEnabled: z.boolean(),
});

const snapshotSchema = z.object({
	/** `updatedAt` of the order that was written. */
	updatedAt: z.string(),
	/** Whether it was left unposted because its sum differed. */
	unposted: z.boolean(),
	/** Lines for which a placeholder stands. */
	standIns: z.array(z.string()),
	positions: z.array(positionSchema),
});

/** `told`: by the other way, since the order was written last. */
const orderLinkSchema = linkSchema.extend({ type: z.literal('customerorder'), moySkladId: z.string(), snapshot: snapshotSchema, told: toldOrderSchema.optional() });

/** Price in kopecks, VAT in per cent; `good` is MoySklad's id. */
export type WrittenPosition = z.output<typeof positionSchema>;
/** What of a written order marks cannot tell: its positions, and why it is unposted. */
export type OrderSnapshot = z.output<typeof snapshotSchema>;
/** What is remembered of an order that was written (rules I2, O2). No personal data: fields are kept as marks. */
export type OrderLink = z.output<typeof orderLinkSchema> & Link;

/** The memory of an order that came with it; undefined when there is none. See `readOwnLink`. Throws ORDER_LINK_INVALID. */
export const readOrderLink = (value: unknown, owner: OrderOwner): OrderLink | undefined => readOwnLink(orderLinkSchema, value, owner);
