import { z } from 'zod';
import { SyncError } from '../errors';
import { firstIssue } from './issue';
import { fromJson } from './json';

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

/**
 * A link that came with an item, also as text; undefined when there is none. Throws what `invalid` makes of the reason when it is another
 * object's or flow's, or cannot be read.
 */
export function readLink<Schema extends z.ZodType<{ key: string; flow: string }, z.ZodTypeDef, unknown>>(
	schema: Schema, value: unknown, owner: { key: string; flow: string }, invalid: (reason: string) => SyncError,
): z.output<Schema> | undefined {
	if (value === undefined || value === null || value === '') return undefined;
	const parsed = schema.safeParse(typeof value === 'string' ? fromJson(value) : value);
	if (!parsed.success) throw invalid(firstIssue(parsed.error));
	const link = parsed.data as z.output<Schema>;
	if (link.key !== owner.key) throw invalid('its key is that of another object');
	if (link.flow !== owner.flow) throw invalid(`it belongs to the flow “${link.flow}”`);
	return link;
}

/** Whose memory a link is. */
export interface OrderOwner {
	key: string;
	flow: string;
}

/** The link that came with an order or with what was made of it; see `readLink`. Throws ORDER_LINK_INVALID. */
export const readOwnLink = <Read extends Pick<Link, 'key' | 'flow'>>(schema: z.ZodType<Read, z.ZodTypeDef, unknown>, value: unknown, owner: OrderOwner): Read | undefined =>
	readLink(schema, value, owner, (reason) => new SyncError('ORDER_LINK_INVALID', { reason }));
