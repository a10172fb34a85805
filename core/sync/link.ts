import { z } from 'zod';

/**
 * What a write node remembers of an item where the target cannot tell it later (rule I2). It travels with the item;
 * templates keep it in one table that can be rebuilt by reading both sides. No personal data.
 */
export interface Link {
	/** Name of the flow, so that two flows over the same objects do not mix their memories. */
	flow: string;
	type: string;
	/** The key by which the target is looked up: XML_ID or syncId. */
	key: string;
	moySkladId: string | null;
	externalCode: string | null;
	bitrixId: string | null;
	/** Key of the parent: the product of a variant. */
	parent: string | null;
	/** Hash of each field as it was last written. */
	written: Record<string, string>;
	/** Ids of MoySklad's pictures that were written, with their time of change. */
	pictures: Record<string, string>;
	/** What else the next decision needs, e.g. positions of an order as they were written. */
	snapshot: unknown;
}

/** A link that was kept outside; flows tell what the snapshot holds. */
export const linkSchema = z.object({
	flow: z.string(),
	type: z.string(),
	key: z.string(),
	moySkladId: z.string().nullable(),
	externalCode: z.string().nullable(),
	bitrixId: z.string().nullable(),
	parent: z.string().nullable(),
	written: z.record(z.string()),
	pictures: z.record(z.string()),
});
