import { z } from 'zod';
import { SyncError } from '../../errors';
import { fromJson } from '../json';
import { linkSchema, type Link } from '../link';

const TYPE = 'storeorder';

const storeLinkSchema = linkSchema.extend({ type: z.literal(TYPE), bitrixId: z.string(), snapshot: z.object({ siteKey: z.string(), host: z.string() }) });

/** What is remembered of an order that was written into a store: marks of what MoySklad said last, no personal data (rule I2). */
export type StoreOrderLink = z.output<typeof storeLinkSchema> & Link;

/** The store that a flow writes into (rule I5). */
export interface StoreOwner {
	siteKey: string;
	host: string;
	flow: string;
}

/**
 * The link that came with an order; undefined when there is none. It may have been kept as text. Throws ORDER_LINK_INVALID when it is
 * another order's, flow's or store's: a copy of a store that was given the links of the original is not written into.
 */
export function readStoreLink(value: unknown, key: string, { siteKey, host, flow }: StoreOwner): StoreOrderLink | undefined {
	const given = typeof value === 'string' ? fromJson(value) : value;
	if (given === undefined || given === null || (value as unknown) === '' || !isStoreLink(given)) return undefined;
	const parsed = storeLinkSchema.safeParse(given);
	if (!parsed.success) throw invalid(parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`)[0] ?? 'unknown form');
	const link = parsed.data;
	if (link.key !== key) throw invalid('its key is that of another order');
	if (link.flow !== flow) throw invalid(`it belongs to the flow “${link.flow}”`);
	if (link.snapshot.siteKey !== siteKey || link.snapshot.host !== host) throw invalid(`it belongs to the store ${link.snapshot.siteKey} on ${link.snapshot.host}`);
	return link;
}

/** Links of the other way, and of other nodes, travel with the same items. */
const isStoreLink = (value: unknown): boolean => typeof value === 'object' && value !== null && (value as { type?: unknown }).type === TYPE;

const invalid = (reason: string): SyncError => new SyncError('ORDER_LINK_INVALID', { reason });

/** Which order was written, on both sides, and marks of what MoySklad said by field. */
export interface WrittenOrder {
	key: string;
	moySkladId: string | null;
	externalCode: string | null;
	bitrixId: string;
	written: Record<string, string>;
}

/** What is to be remembered of an order that was written into that store. */
export const storeOrderLink = ({ written, ...order }: WrittenOrder, { siteKey, host, flow }: StoreOwner): StoreOrderLink => ({
	...order, flow, type: TYPE, parent: null, written, pictures: {}, snapshot: { siteKey, host },
});
