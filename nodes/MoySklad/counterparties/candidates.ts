import { filterText, lastDigits, partyOfCounterparty, withArchived, writtenEnd, type MatchRule, type Party } from '../../../core';
import { inParallel, readAll, readByValues, type Entity, type MoySkladClient } from '../../../transport';

const PATH = 'entity/counterparty';
const LANES = 5;

/** A customer who is looked for. */
export interface Sought {
	party: Party;
	/** His e-mails as they were written: MoySklad may compare their case. */
	emails: ReadonlyArray<string | null | undefined>;
}

/** Rules by which counterparties are asked for by their keys. */
export type KeyRule = Extract<MatchRule, 'innKpp' | 'phone' | 'email'>;

/** Counterparties that may fit by the rule: whole chunks of customers a call, except for phones. */
export async function readCandidates(client: MoySkladClient, rule: KeyRule, sought: readonly Sought[]): Promise<Entity[]> {
	switch (rule) {
		case 'innKpp':
			return await byField(client, 'inn', sought.flatMap(({ party }) => party.inn ?? []));
		case 'email':
			return await byField(client, 'email', sought.flatMap(writtenEmails));
		case 'phone':
			return await byPhones(client, [...new Set(sought.flatMap(({ party }) => party.phones))]);
	}
}

const writtenEmails = ({ party, emails }: Sought): string[] => [...party.emails, ...emails.flatMap((email) => email?.trim() || [])];

const byField = async (client: MoySkladClient, field: string, values: readonly string[]): Promise<Entity[]> =>
	values.length === 0 ? [] : await readByValues(client, PATH, field, values, { conditions: withArchived });

/** The search looks for a piece of text, also in contact persons, so that it takes a call for each phone. */
async function byPhones(client: MoySkladClient, phones: readonly string[]): Promise<Entity[]> {
	const found = await inParallel(phones, LANES, async (phone) => {
		const rows = await search(client, lastDigits(phone));
		return rows.some((row) => hasPhone(row, phone)) ? rows : [...rows, ...(await search(client, writtenEnd(phone)))];
	});
	return [...new Map(found.flat().map((row) => [row.id, row])).values()];
}

const search = async (client: MoySkladClient, text: string): Promise<Entity[]> =>
	await readAll(client, PATH, { search: text, expand: 'contactpersons', limit: 100, filter: filterText(withArchived) });

const hasPhone = (row: Entity, phone: string): boolean => partyOfCounterparty(row).phones.includes(phone);
