import {
	BLOCK_LISTS, CRM_TYPES, readContactPoints, readProductRow, SyncError, textOf,
	type Deal, type DealCustomer, type PresentRow, type Requisite, type WholeDeal,
} from '../../../../core';
import { BITRIX_PAGE, type BitrixFeatures, type ListMethod } from '../../../../transport';
import { caught } from '../../../shared/errors';
import { rowsIn } from '../../catalog/asking';
import type { Block } from '../../catalog/session';
import { belonging } from '../belonging';
import { addressesOf, requisitesOf } from '../partners/requisiteReads';
import { byIds, type CrmRecord, type Looking } from '../records';

/** With what deals are read whole. */
export interface DealReader extends Looking {
	readonly features: BitrixFeatures;
	/** The blocks of the catalog in which products are looked up; without any lines have no keys. */
	readonly blocks: Partial<Record<Block, number>>;
}

export type ReadDeal = { deal: Deal; whole: WholeDeal } | { deal: Deal; error: SyncError };

const ROWS: ListMethod = { method: 'crm.deal.productrows.get' };
const LINKS: ListMethod = { method: 'crm.requisite.link.list', idField: 'ENTITY_ID' };
const ORDERS: ListMethod = { method: 'crm.orderentity.list', rows: 'orderEntity', idField: 'ownerId' };

/** Deals with their rows, contact, company and requisites: everything in bulk. An error that is a deal's own is given in its place. */
export async function readWhole(reader: DealReader, deals: readonly Deal[]): Promise<ReadDeal[]> {
	if (deals.length === 0) return [];
	const rows = await rowsOfDeals(reader, deals);
	const companies = await customersOf(reader, 'company', deals.map(({ companyId }) => companyId));
	const contacts = await customersOf(reader, 'contact', deals.map(({ contactId }) => contactId));
	const chosen = await chosenRequisites(reader, deals);
	return deals.map((deal, index) => {
		const some = rows[index];
		if (!some || some instanceof SyncError) return { deal, error: some ?? new SyncError('ANSWER_UNEXPECTED', { call: ROWS.method, reason: 'no answer' }) };
		const of = (known: Known, id: number): DealCustomer | undefined => known.get(id)?.(chosen.get(deal.id));
		return { deal, whole: { deal, rows: some, company: of(companies, deal.companyId), contact: of(contacts, deal.contactId) } };
	});
}

async function rowsOfDeals(reader: DealReader, deals: readonly Deal[]): Promise<Array<PresentRow[] | SyncError>> {
	const outcomes = await reader.batches.each(deals.map(({ id }) => ({ method: ROWS.method, parameters: { id } })), { repeatable: true, parallel: 2 });
	return outcomes.map((outcome) => {
		if ('error' in outcome && outcome.error.kind !== 'data' && outcome.error.kind !== 'missing') throw outcome.error;
		try {
			return rowsIn(outcome, ROWS).map((row) => readProductRow(row, 'upper', ROWS.method));
		} catch (error) {
			return caught(error);
		}
	});
}

/** Customers by id; each is told by the requisites that its deal goes by, else by its first ones. */
type Known = Map<number, (requisite: number | undefined) => DealCustomer>;

const SELECT = { company: ['TITLE', 'PHONE', 'EMAIL'], contact: ['NAME', 'SECOND_NAME', 'LAST_NAME', 'PHONE', 'EMAIL'] };

async function customersOf(reader: DealReader, type: 'company' | 'contact', all: readonly number[]): Promise<Known> {
	const ids = [...new Set(all.filter((id) => id > 0))];
	const { found, failed } = await byIds(reader, type, ids, SELECT[type]);
	for (const failure of failed.values()) throw failure;
	const requisites = (await reader.features.has('crm.requisite.list')) ? await requisitesOf(reader, type, ids) : new Map<number, Requisite[]>();
	const legal = await legalAddresses(reader, [...requisites.values()].flat());
	return new Map([...found.values()].flatMap(([record]) => {
		if (!record) return [];
		const own = requisites.get(record.id) ?? [];
		return [[record.id, (chosen?: number) => toCustomer(record, own.find(({ id }) => id === chosen) ?? own.find(({ fields }) => fields.RQ_INN) ?? own[0], legal)] as const];
	}));
}

function toCustomer({ id, row }: CrmRecord, requisite: Requisite | undefined, legal: ReadonlyMap<number, string>): DealCustomer {
	const name = textOf(row.TITLE) ?? [row.LAST_NAME, row.NAME, row.SECOND_NAME].flatMap((part) => textOf(part)?.trim() || []).join(' ');
	return {
		id,
		name: requisite?.fields.RQ_COMPANY_NAME ?? (name.trim() || null),
		phone: readContactPoints(row.PHONE)[0]?.value ?? null,
		email: readContactPoints(row.EMAIL)[0]?.value ?? null,
		inn: requisite?.fields.RQ_INN ?? null,
		kpp: requisite?.fields.RQ_KPP ?? null,
		legalAddress: (requisite && legal.get(requisite.id)) ?? null,
	};
}

const LEGAL = 6;

async function legalAddresses(reader: DealReader, requisites: readonly Requisite[]): Promise<Map<number, string>> {
	if (requisites.length === 0 || !(await reader.features.has('crm.address.list'))) return new Map();
	const addresses = await addressesOf(reader, requisites.map(({ id }) => id));
	return new Map([...addresses].flatMap(([id, some]) => {
		const { fields } = some.find(({ kind }) => kind === LEGAL) ?? {};
		const line = fields && ['POSTAL_CODE', 'COUNTRY', 'PROVINCE', 'CITY', 'ADDRESS_1', 'ADDRESS_2'].flatMap((name) => fields[name] ?? []).join(', ');
		return line ? [[id, line] as const] : [];
	}));
}

/** The requisites that somebody chose for a deal, by its id. */
async function chosenRequisites(reader: DealReader, deals: readonly Deal[]): Promise<Map<number, number>> {
	if (!(await reader.features.has(LINKS.method))) return new Map();
	const links = await belonging(reader, deals.map(({ id }) => id), {
		list: LINKS,
		size: BITRIX_PAGE,
		query: (part) => ({ filter: { '=ENTITY_TYPE_ID': CRM_TYPES.deal, '@ENTITY_ID': part } }),
		read: ({ ENTITY_ID, REQUISITE_ID }) => ({ deal: Number(ENTITY_ID), requisite: Number(REQUISITE_ID) }),
		keyOf: ({ deal }) => deal,
	});
	return new Map([...links].map(([deal, [link]]) => [deal, link?.requisite ?? 0]));
}

/** Deals that belong to an order of the store: that order is exported by itself. */
export async function dealsOfOrders(reader: DealReader, deals: readonly number[]): Promise<Set<number>> {
	if (!(await reader.features.has(ORDERS.method))) return new Set();
	const orders = await belonging(reader, deals, {
		list: ORDERS,
		size: BITRIX_PAGE,
		query: (part) => ({ select: ['orderId', 'ownerTypeId', 'ownerId'], filter: { '=ownerTypeId': CRM_TYPES.deal, '@ownerId': part } }),
		read: ({ ownerId }) => Number(ownerId),
		keyOf: (deal) => deal,
	});
	return new Set(orders.keys());
}

/** XML_IDs of products by their ids. Bitrix fills an empty one with the id itself (trap T11): then nobody has linked it. */
export async function goodsKeys(reader: DealReader, rows: readonly PresentRow[]): Promise<Map<number, string>> {
	const keys = new Map<number, string>();
	const ids = rows.flatMap(({ productId }) => productId ?? []);
	for (const block of ['goods', 'offers'] as const) {
		const iblockId = reader.blocks[block];
		if (iblockId === undefined) continue;
		const products = await belonging(reader, ids.filter((id) => !keys.has(id)), {
			list: BLOCK_LISTS[block],
			size: BITRIX_PAGE,
			query: (part) => ({ select: ['id', 'iblockId', 'xmlId'], filter: { iblockId, id: part } }),
			read: ({ id, xmlId }) => ({ id: Number(id), key: textOf(xmlId) ?? '' }),
			keyOf: ({ id }) => id,
		});
		for (const { id, key } of [...products.values()].flat()) if (key !== '' && key !== String(id)) keys.set(id, key);
	}
	return keys;
}
