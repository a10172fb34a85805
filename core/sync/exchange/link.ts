import { z } from 'zod';
import { SyncError } from '../../errors';
import type { FieldValues } from '../fieldValue';
import { writtenMarks } from '../itemLink';
import { fromJson } from '../json';
import { linkSchema, type Link } from '../link';

const snapshotSchema = z.object({
	/** The catalog of the site, as a mark: what was sent to another one counts for nothing. */
	place: z.string(),
	/** It was deactivated, and nothing was sent since. */
	removed: z.boolean(),
	/** It is sold by its variants. */
	variants: z.boolean(),
	/** Prices as they were sent, by the external code of their type: `990 RUB`. */
	prices: z.record(z.string()),
	/** Amounts as they were sent, by the external code of their store; '' in all. */
	amounts: z.record(z.number()),
});

const exchangeLinkSchema = linkSchema.extend({ key: z.string().min(1), snapshot: snapshotSchema });

/** What a site was sent of an item beside its fields: amounts by store, prices as `990 RUB` by type. */
export type ExchangeSnapshot = z.output<typeof snapshotSchema>;

/** What is remembered of an item that was sent to a site which does not tell what it has (rule I2). */
export type ExchangeLink = Link & { snapshot: ExchangeSnapshot };

/** Whose link it has to be. */
export interface LinkOwner {
	flow: string;
	place: string;
	/** Undefined where only the link says it. */
	moySkladId?: string;
	key?: string;
}

/**
 * The link that came with an item, also as text; undefined when there is none, or when it tells of another catalog. Throws
 * EXCHANGE_LINK_INVALID when it is another item's or flow's, or cannot be read; EXCHANGE_KEY_CHANGED when the item's key was another one.
 */
export function readExchangeLink(value: unknown, { flow, place, moySkladId, key }: LinkOwner): ExchangeLink | undefined {
	if (value === undefined || value === null || value === '') return undefined;
	const parsed = exchangeLinkSchema.safeParse(typeof value === 'string' ? fromJson(value) : value);
	if (!parsed.success) throw invalid(parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`)[0] ?? 'unknown form');
	const link = parsed.data;
	if (link.flow !== flow) throw invalid(`it belongs to the flow “${link.flow}”`);
	if (moySkladId !== undefined && link.moySkladId !== moySkladId) throw invalid('it belongs to another item');
	if (link.snapshot.place !== place) return undefined;
	if (key !== undefined && link.key !== key) throw new SyncError('EXCHANGE_KEY_CHANGED', { from: link.key, key });
	return link;
}

const invalid = (reason: string): SyncError => new SyncError('EXCHANGE_LINK_INVALID', { reason });

/** Whether the card of the item is on the site: a link of prices or amounts alone does not say so. */
export const isOnSite = (link: ExchangeLink | undefined): link is ExchangeLink => link?.written.name !== undefined;

/** Fields whose value is not the one that was sent last. */
export function changedFields(values: FieldValues, link: ExchangeLink | undefined): string[] {
	const marks = writtenMarks(values);
	return Object.keys(marks).filter((field) => link?.written[field] !== marks[field]);
}

/** What is remembered of an item of which nothing was sent to that catalog yet. */
const emptySnapshot = (place: string): ExchangeSnapshot => ({ place, removed: false, variants: false, prices: {}, amounts: {} });

/** What an item is remembered by. */
export interface Remembered {
	flow: string;
	type: string;
	key: string;
	moySkladId: string | null;
	externalCode: string | null;
	parent: string | null;
}

/** The link after some fields were sent; what was sent before and not now is kept. */
export const linkAfter = (
	who: Remembered,
	before: ExchangeLink | undefined,
	sent: { values?: FieldValues; pictures?: Link['pictures']; snapshot: Partial<ExchangeSnapshot> & { place: string } },
): ExchangeLink => ({
	...who,
	bitrixId: null,
	written: { ...before?.written, ...writtenMarks(sent.values ?? {}) },
	pictures: sent.pictures ?? before?.pictures ?? {},
	snapshot: { ...emptySnapshot(sent.snapshot.place), ...before?.snapshot, ...sent.snapshot },
});
