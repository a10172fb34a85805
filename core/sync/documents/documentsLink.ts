import { z } from 'zod';
import { FOLLOWING_DOCUMENTS } from '../../moysklad/knownDocument';
import { linkSchema, readOwnLink, type Link, type OrderOwner } from '../link';

/** Under what the memory of an order's documents is kept, beside the memory of the order itself. */
export const DOCUMENTS_LINK = 'orderdocuments';

/** A document that follows an order, and marks of what was written into it. */
const documentSchema = z.object({
	type: z.enum(FOLLOWING_DOCUMENTS),
	id: z.string(),
	written: z.record(z.string()),
});

const snapshotSchema = z.object({
	/** `updatedAt` of the order that was written last. */
	updatedAt: z.string(),
	documents: z.array(documentSchema),
});

const documentsLinkSchema = linkSchema.extend({ type: z.literal(DOCUMENTS_LINK), moySkladId: z.string(), snapshot: snapshotSchema });

/** One document of an order as the memory has it. */
export type LinkedDocument = z.output<typeof documentSchema>;
/** What is remembered of the documents of an order. `moySkladId` is the customer order's. No personal data. */
export type DocumentsLink = z.output<typeof documentsLinkSchema> & Link;

/** The memory of an order's documents that came with it; undefined when there is none. See `readOwnLink`. Throws ORDER_LINK_INVALID. */
export const readDocumentsLink = (value: unknown, owner: OrderOwner): DocumentsLink | undefined => readOwnLink(documentsLinkSchema, value, owner);
