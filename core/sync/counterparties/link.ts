import { z } from 'zod';
import { SyncError } from '../../errors';
import { readLink, linkSchema, type Link } from '../link';

const counterpartyLinkSchema = linkSchema.extend({ type: z.literal('counterparty'), moySkladId: z.string(), snapshot: z.null().default(null) });

/** What is remembered of a customer who was written: his counterparty, and marks of the fields. No personal data. */
export type CounterpartyLink = Link & z.output<typeof counterpartyLinkSchema>;

/** The link that came with a customer; undefined when there is none. Throws COUNTERPARTY_LINK_INVALID. */
export const readCounterpartyLink = (value: unknown, owner: { key: string; flow: string }): CounterpartyLink | undefined =>
	readLink(counterpartyLinkSchema, value, owner, (reason) => new SyncError('COUNTERPARTY_LINK_INVALID', { reason }));
