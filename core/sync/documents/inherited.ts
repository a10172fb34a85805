import type { KnownOrder } from '../../moysklad/customerOrder';
import { entityReference, idOf, type Reference } from '../../moysklad/reference';

type Json = Record<string, unknown>;

/** What every document of an order has in common with it. */
const COMMON = ['organization', 'agent', 'contract', 'project', 'salesChannel', 'owner', 'group'];

/** Links of a customer order, for the body of a document that is made of it. */
export const inheritedLinks = ({ row }: Pick<KnownOrder, 'row'>, more: readonly string[] = []): Json =>
	Object.fromEntries([...COMMON, ...more].flatMap((name) => [[name, linkOf(row[name])] as const]).filter(([, link]) => link !== undefined));

/** A document is in the currency of its order, at the order's rate. */
export function inheritedRate({ row }: Pick<KnownOrder, 'row'>): Json {
	const { currency, value } = (row.rate ?? {}) as { currency?: Reference; value?: number };
	const link = linkOf(currency);
	return link === undefined ? {} : { rate: { currency: link, ...(value !== undefined && { value }) } };
}

/** Addresses in bodies name the official host, wherever the order was read. */
function linkOf(value: unknown): Reference | undefined {
	const { meta } = (value ?? {}) as Partial<Reference>;
	const id = idOf(meta);
	return meta === undefined || id === undefined ? undefined : entityReference(meta.type, id);
}
