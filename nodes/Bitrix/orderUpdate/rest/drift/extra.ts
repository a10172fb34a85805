import { extraOrder, groupBy, moySkladOrigin, orderExternalCode, orderList, readOrderRow, syncId, toKopecks, writtenAmount, type Drift, type DriftCursor } from '../../../../../core';
import { readByValues, rowsAfter, type Batches, type Entity, type MoySkladClient, type Row } from '../../../../../transport';
import { sha1 } from '../../../../shared/sha1';

const PATH = 'entity/customerorder';

interface Asking {
	batches: Batches;
	moySklad: MoySkladClient;
	siteKey: string;
	/** Milliseconds since 1970; orders that were placed before do not count. */
	since: number;
	bornElsewhere: boolean;
}

interface Placed {
	id: number;
	/** By which a customer order that was made from it is known. */
	syncId: string;
	number: string;
	xmlId: string | null;
	price: string;
	currency: string;
}

/** Cursor null: the pass is at its end. */
interface Page {
	differences: Drift[];
	looked: number;
	cursor: DriftCursor | null;
}

/** One page of the orders of the store: those that MoySklad does not have. Throws BITRIX_FILTER_IGNORED. */
export async function extraOrders(asking: Asking, after: number, most: number): Promise<Page> {
	const { batches, siteKey, since, bornElsewhere } = asking;
	const start = new Date(since).toISOString();
	const filter = { since: start, start, statuses: [], sites: [] };
	const list = orderList(filter);
	const select = [...(list.parameters.select as string[]), 'xmlId', 'accountNumber', 'price', 'currency'];
	const { rows, last, more } = await rowsAfter(batches, { ...list, parameters: { ...list.parameters, select } }, after, most);
	const placed = rows.flatMap((row): Placed[] => {
		const { id, externalOrder } = readOrderRow(row, filter);
		const order = placedOrder(row, id, siteKey);
		return externalOrder && !bornElsewhere && moySkladOrigin(order.xmlId)?.kind !== 'order' ? [] : [order];
	});
	const extra = await withoutCustomerOrder(asking, placed);
	return { differences: extra.map(asDrift), looked: rows.length, cursor: more ? { part: 'orders', after: last } : null };
}

const textOf = (value: unknown): string => (typeof value === 'string' || typeof value === 'number' ? String(value) : '');

const placedOrder = ({ accountNumber, xmlId, price, currency }: Row, id: number, siteKey: string): Placed => ({
	id,
	syncId: syncId(sha1, { siteKey, documentType: 'customerorder', sourceEntity: 'order', sourceId: String(id) }),
	number: textOf(accountNumber) || String(id),
	xmlId: textOf(xmlId) || null,
	price: textOf(price) || '0',
	currency: textOf(currency),
});

/**
 * Looks for customer orders as the flow of the orders does that takes over what others made: by what was derived from the order, by
 * its codes, by its number and sum. An order that was born in MoySklad says whose it is.
 */
async function withoutCustomerOrder({ moySklad, siteKey }: Asking, placed: readonly Placed[]): Promise<Placed[]> {
	let open = [...placed];
	const look = async (field: string, valuesOf: (order: Placed) => string[], fits: (found: Entity[], order: Placed) => boolean = () => true): Promise<void> => {
		const found = groupBy(await readByValues(moySklad, PATH, field, open.flatMap(valuesOf)), (row) => textOf(row[field]).toLowerCase());
		open = open.filter((order) => {
			const some = valuesOf(order).flatMap((value) => found.get(value.toLowerCase()) ?? []);
			return some.length === 0 || !fits(some, order);
		});
	};
	await look('syncId', (order) => [order.syncId]);
	await look('id', ({ xmlId }) => originOf(xmlId));
	await look('externalCode', ({ id, xmlId }) => [orderExternalCode({ source: { siteKey }, id: String(id) }), String(id), ...(xmlId === null ? [] : [xmlId])]);
	await look('name', ({ number }) => [number], (found, { price }) => found.some(({ sum }) => sum === toKopecks(price)));
	return open;
}

const originOf = (xmlId: string | null): string[] => {
	const origin = moySkladOrigin(xmlId);
	return origin?.kind === 'order' ? [origin.id] : [];
};

const asDrift = ({ id, syncId: key, number, price, currency }: Placed): Drift =>
	extraOrder({ key, entity: 'customerorder', moySkladId: null, bitrixId: String(id), name: number }, `${writtenAmount(price)} ${currency}`);
