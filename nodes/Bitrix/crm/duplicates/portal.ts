import { CRM_TYPES, expectedFailure, partyOfCard, readCard, SyncError, type Party } from '../../../../core';
import { readRowPages, type Row } from '../../../../transport';
import type { PartnerType } from '../partners/fields';
import { byIds, type Looking } from '../records';

const SELECT: Record<PartnerType, string[]> = {
	contact: ['ID', 'NAME', 'SECOND_NAME', 'LAST_NAME', 'PHONE', 'EMAIL'],
	company: ['ID', 'TITLE', 'PHONE', 'EMAIL'],
};

const REQUISITES = 'crm.requisite.list';

/** INN and KPP of the owners that have them, by the owner's id. */
export type Numbers = ReadonlyMap<string, Row>;

/** Of several requisites of one owner the oldest counts. Throws BITRIX_FILTER_IGNORED. */
export async function numbersOf(session: Looking, type: PartnerType): Promise<Numbers> {
	const parameters = { filter: { '=ENTITY_TYPE_ID': CRM_TYPES[type] }, select: ['ID', 'ENTITY_TYPE_ID', 'ENTITY_ID', 'RQ_INN', 'RQ_KPP'] };
	const numbers = new Map<string, Row>();
	for await (const rows of readRowPages(session.batches, { method: REQUISITES, idField: 'ID', parameters }))
		for (const { ENTITY_TYPE_ID: owner, ENTITY_ID: id, RQ_INN, RQ_KPP } of rows) {
			// A filter that Bitrix does not know is dropped, and the whole table comes (trap T1).
			if (Number(owner) !== CRM_TYPES[type]) throw new SyncError('BITRIX_FILTER_IGNORED', { call: REQUISITES });
			if (RQ_INN && !numbers.has(String(id))) numbers.set(String(id), { RQ_INN, RQ_KPP });
		}
	return numbers;
}

/** By what each contact or company is known: of the pages nothing else is kept. Whoever has nothing to be known by is left out. */
export async function partiesOf(session: Looking, type: PartnerType, numbers: Numbers): Promise<Party[]> {
	const parties: Party[] = [];
	for await (const rows of readRowPages(session.batches, { method: `crm.${type}.list`, idField: 'ID', parameters: { select: SELECT[type] } }))
		for (const row of rows) parties.push(...partyOf(row, numbers));
	return parties;
}

/** The portal's own name does not matter among its records. */
const reading = { siteKey: 'portal', payerTypes: [] };

function partyOf(row: Row, numbers: Numbers): Party[] {
	try {
		const card = readCard({ ...row, requisites: [numbers.get(String(row.ID)) ?? {}] }, reading);
		return [{ ...partyOfCard(card.source.id, card), externalIds: [] }];
	} catch (error) {
		expectedFailure(error, 'COUNTERPARTY_NAMELESS');
		return [];
	}
}

/** A contact or company as a person knows it. */
export interface ShownRecord {
	type: PartnerType;
	id: string;
	name: string | null;
	inn: string | null;
	kpp: string | null;
	phones: string[];
	emails: string[];
	/** Of the counterparty that it belongs to. */
	moySkladId: string | null;
	/** Its page in the portal. */
	url: string;
}

/** Some records as they are to be shown, by id; those that are gone meanwhile are missing. */
export async function shownRecords(session: Looking, type: PartnerType, ids: readonly string[], { numbers, host }: { numbers: Numbers; host: string }): Promise<Map<string, ShownRecord>> {
	const { found, failed } = await byIds(session, type, ids.map(Number), SELECT[type]);
	for (const failure of failed.values()) throw failure;
	return new Map([...found].flatMap(([id, [record]]) => {
		if (!record) return [];
		const { name, inn, kpp, phones, emails } = readCard({ ...record.row, requisites: [numbers.get(id) ?? {}] }, reading);
		return [[id, { type, id, name, inn, kpp, phones, emails, moySkladId: record.boundTo, url: `https://${host}/crm/${type}/details/${id}/` }]];
	}));
}
