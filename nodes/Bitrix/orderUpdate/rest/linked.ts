import { attachObjects, groupBy, hiddenToo, idOf, openReferences, readFullOrder, withArchived, type FullOrder, type LinkedPosition, type Meta } from '../../../../core';
import { completeCollections, readByValues, type Entity, type MoySkladClient } from '../../../../transport';
import type { Entry } from './entry';

/** What of a customer order is needed that its item may not hold. */
export interface Needs {
	payments: boolean;
	demands: boolean;
	positions: boolean;
	agent: boolean;
}

const PARTS = ['payments', 'demands', 'positions', 'agent'] as const;

/** Reads what items do not hold of their orders, for all of them in few calls. Nothing is asked for what is there already. */
export async function readMissing(client: MoySkladClient, entries: readonly Entry[], needs: Needs): Promise<void> {
	const lacking = entries.filter(({ order, result }) => !result && order?.id && isLacking(order, needs));
	if (lacking.length === 0) return;
	const expand = ['state', ...(needs.positions ? ['positions.assortment'] : []), ...(needs.agent ? ['agent'] : [])].join(',');
	const rows = await readByValues(client, 'entity/customerorder', 'id', ids(lacking), { query: { expand } });
	await completeCollections(client, rows);
	await openDocuments(client, rows, needs);
	await openProducts(client, rows);
	const byId = new Map(rows.map((row) => [String(row.id).toLowerCase(), row]));
	for (const entry of lacking) {
		const row = byId.get(entry.order?.id ?? '');
		if (row) entry.order = readFullOrder({ ...entry.order?.row, ...row });
	}
}

const ids = (entries: readonly Entry[]): string[] => entries.flatMap(({ order }) => order?.id ?? []);

function isLacking(order: FullOrder, needs: Needs): boolean {
	const demands = needs.demands && order.demands !== 'unread' ? order.demands.flatMap(({ positions }) => positions) : [];
	const positions = needs.positions && order.positions !== 'unread' ? order.positions : [];
	return [...demands, ...positions].some(isClosed) || PARTS.some((part) => needs[part] && order[part] === 'unread');
}

/** Goods that are only links say nothing of their keys; neither do variants whose product is only a link. */
const isClosed = ({ assortment: { id, product } }: LinkedPosition): boolean => id === undefined || (typeof product === 'object' && product !== null && (product as { id?: unknown }).id === undefined);

/** Puts payments and shipments in the place of the links to them; those in the bin are told of, too, and count for nothing. */
async function openDocuments(client: MoySkladClient, rows: readonly Entity[], needs: Needs): Promise<void> {
	const open = (['payments', 'demands'] as const).filter((part) => needs[part]).flatMap((part) => rows.flatMap((row) => linksIn(row[part])));
	for (const [type, links] of groupBy(open, ({ meta }) => meta.type)) {
		const expand = type === 'demand' ? 'positions.assortment' : undefined;
		const documents = await readByValues(client, `entity/${type}`, 'id', links.flatMap(({ meta }) => idOf(meta) ?? []), { conditions: hiddenToo(type), query: { expand } });
		await completeCollections(client, documents);
		await openProducts(client, documents);
		const byId = new Map(documents.map((document) => [String(document.id), document]));
		for (const link of links) Object.assign(link, byId.get(idOf(link.meta) ?? ''));
	}
}

const linksIn = (value: unknown): Array<Entity & { meta: Meta }> => (Array.isArray(value) ? (value as Array<Entity & { meta: Meta }>).filter(({ meta }) => meta) : []);

/** The key of a variant begins with that of its product. */
async function openProducts(client: MoySkladClient, documents: readonly Entity[]): Promise<void> {
	const links = openReferences(documents, ['positions', 'rows', 'assortment', 'product']);
	if (links.length === 0) return;
	const products = await readByValues(client, 'entity/product', 'id', links.map(({ id }) => id), { conditions: withArchived });
	attachObjects(links, new Map(products.map((product) => [String(product.id), product])));
}
