import type { IDataObject } from 'n8n-workflow';
import { isUuid } from '../../../core';
import { readAll, readByValues, Related, type Entity, type MoySkladClient } from '../../../transport';

interface Positions {
	meta?: { href?: string };
	rows?: Array<{ assortment?: Entity }>;
}

interface Document extends Entity {
	positions?: Positions;
	rate?: { currency?: Entity };
}

/**
 * Puts in documents what links in them lead to, where MoySklad can be asked: counterparty, state, positions with their goods,
 * products of variants, units, currencies. Copies; what is there already is not read again, and what is no document stays as it is.
 */
export async function completeDocuments(client: MoySkladClient | undefined, items: readonly IDataObject[], isReadable: (item: unknown) => boolean): Promise<IDataObject[]> {
	if (!client) return [...items];
	const documents = items.map((item) => (isReadable(item) ? structuredClone(item) : item));
	const rows = documents.filter((item, index) => item !== items[index]) as unknown as Document[];
	const related = new Related(client);
	await openPositions(client, rows);
	await related.attach(rows, ['agent', 'state']);
	const goods = rows.flatMap(({ positions }) => (positions?.rows ?? []).flatMap(({ assortment }) => (assortment?.id === undefined ? [] : [assortment])));
	await related.attach(goods, ['product', 'uom']);
	await openCurrencies(client, rows);
	return documents;
}

/** Positions of which only the link is there. */
async function openPositions(client: MoySkladClient, rows: readonly Document[]): Promise<void> {
	for (const { positions } of rows) {
		const href = positions?.meta?.href;
		if (positions && !Array.isArray(positions) && positions.rows === undefined && href) positions.rows = await readAll(client, href, { expand: 'assortment' });
	}
}

const hrefOf = ({ meta }: Entity): string | undefined => (meta as { href?: string } | undefined)?.href;

async function openCurrencies(client: MoySkladClient, rows: readonly Document[]): Promise<void> {
	const closed = rows.flatMap(({ rate }) => (rate?.currency && rate.currency.isoCode === undefined ? [rate.currency] : []));
	if (closed.length === 0) return;
	const codes = new Map((await readAll(client, 'entity/currency')).map((currency) => [hrefOf(currency), currency.isoCode]));
	for (const currency of closed) currency.isoCode = codes.get(hrefOf(currency));
}

const LISTS = ['accounts', 'contactpersons'];

/** Puts in counterparties their accounts and contact persons, where MoySklad can be asked and only links are there. */
export async function completePartners(client: MoySkladClient | undefined, items: readonly IDataObject[]): Promise<IDataObject[]> {
	const ids = items.filter((item) => LISTS.some((list) => isLink(item[list]))).map(({ id }) => String(id)).filter(isUuid);
	if (!client || ids.length === 0) return [...items];
	const rows = await readByValues(client, 'entity/counterparty', 'id', ids, { query: { expand: LISTS.join(','), limit: 100 } });
	const byId = new Map(rows.map((row) => [String(row.id), row]));
	return items.map((item) => {
		const whole = byId.get(String(item.id));
		if (!whole) return item;
		return { ...item, ...(Object.fromEntries(LISTS.map((list) => [list, isLink(item[list]) ? whole[list] : item[list]])) as IDataObject) };
	});
}

/** The API always has the lists, if only as links. */
const isLink = (value: unknown): boolean => value === undefined || value === null || (typeof value === 'object' && !Array.isArray(value) && !('rows' in value));
