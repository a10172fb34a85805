import { filterText, lastDigits, nameSearchTexts, partyOfCounterparty, withArchived, writtenEnd, type MatchRule, type Party } from '../../../core';
import { inParallel, PAGE, PAGE_WITH_EXPAND, readAll, readByValues, readPage, readPages, type Entity, type MoySkladClient, type Query } from '../../../transport';

const PATH = 'entity/counterparty';
const LANES = 5;

/** So many searches are made before it is asked whether reading the whole list takes fewer calls. */
const FEW_SEARCHES = 20;

const EVERYBODY: Query = { filter: filterText(withArchived) };
const WITH_PEOPLE: Query = { ...EVERYBODY, expand: 'contactpersons', limit: PAGE_WITH_EXPAND };

/** A customer who is looked for. */
export interface Sought {
	party: Party;
	/** His e-mails as they were written: MoySklad may compare their case. */
	emails: ReadonlyArray<string | null | undefined>;
	/** His name as it was written, where he is looked for by name. */
	name?: string | null;
}

/** Where to look for what. */
export interface CandidateQuery {
	rule: MatchRule;
	sought: readonly Sought[];
	/** Field, or href of the additional field, in which external ids are kept. */
	externalIdField?: string;
}

/** Hands out counterparties that may fit by the rule: whole chunks of customers a call, except for phones and names. */
export async function readCandidates(client: MoySkladClient, { rule, sought, externalIdField = 'externalCode' }: CandidateQuery, take: (row: Entity) => void): Promise<void> {
	switch (rule) {
		case 'externalId':
			return await byField(client, externalIdField, sought.flatMap(({ party }) => party.externalIds), take);
		case 'innKpp':
			return await byField(client, 'inn', sought.flatMap(({ party }) => party.inn ?? []), take);
		case 'email':
			return await byField(client, 'email', sought.flatMap(writtenEmails), take);
		case 'phone':
			return await byPhones(client, [...new Set(sought.flatMap(({ party }) => party.phones))], take);
		case 'name':
			return await byNames(client, [...new Set(sought.flatMap(({ name = null }) => nameSearchTexts(name)))], take);
	}
}

const writtenEmails = ({ party, emails }: Sought): string[] => [...party.emails, ...emails.flatMap((email) => email?.trim() || [])];

async function byField(client: MoySkladClient, field: string, values: readonly string[], take: (row: Entity) => void): Promise<void> {
	if (values.length > 0) (await readByValues(client, PATH, field, values, { conditions: withArchived })).forEach(take);
}

/** The search looks for a piece of text, also in contact persons, so that it takes a call for each phone. */
async function byPhones(client: MoySkladClient, phones: readonly string[], take: (row: Entity) => void): Promise<void> {
	if (await isShorter(client, phones.length, PAGE_WITH_EXPAND)) return await everybody(client, WITH_PEOPLE, take);
	await inParallel(phones, LANES, async (phone) => {
		const rows = await readAll(client, PATH, { ...WITH_PEOPLE, search: lastDigits(phone) });
		rows.forEach(take);
		if (!rows.some((row) => hasPhone(row, phone))) (await readAll(client, PATH, { ...WITH_PEOPLE, search: writtenEnd(phone) })).forEach(take);
	});
}

const hasPhone = (row: Entity, phone: string): boolean => partyOfCounterparty(row).phones.includes(phone);

async function byNames(client: MoySkladClient, texts: readonly string[], take: (row: Entity) => void): Promise<void> {
	if (await isShorter(client, texts.length, PAGE)) return await everybody(client, EVERYBODY, take);
	await inParallel(texts, LANES, async (search) => (await readAll(client, PATH, { ...EVERYBODY, search })).forEach(take));
}

/** Whether the whole list takes fewer calls than so many searches. */
async function isShorter(client: MoySkladClient, searches: number, page: number): Promise<boolean> {
	if (searches <= FEW_SEARCHES) return false;
	const { size } = await readPage(client, PATH, { ...EVERYBODY, limit: 1 });
	return size <= searches * page;
}

/** Page by page: nothing of a page is kept but what `take` keeps. */
async function everybody(client: MoySkladClient, query: Query, take: (row: Entity) => void): Promise<void> {
	for await (const { rows } of readPages(client, PATH, { ...query, order: 'id,asc' })) rows.forEach(take);
}
