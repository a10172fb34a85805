import { filterText, phoneKeys, withArchived, writtenEnd, type CustomerKeys, type MatchRule } from '../../../../core';
import { inParallel, readAll, readByValues, type Entity, type MoySkladClient } from '../../../../transport';

const PATH = 'entity/counterparty';
const LANES = 5;

/** A customer who is looked for. */
export interface Sought {
	keys: CustomerKeys;
	/** The e-mail as it was written: MoySklad may compare its case. */
	email: string | null;
}

/** Counterparties that may fit by the rule: whole chunks of customers a call, except for phones. */
export async function readCandidates(client: MoySkladClient, rule: MatchRule, sought: readonly Sought[]): Promise<Entity[]> {
	switch (rule) {
		case 'innKpp':
			return await byField(client, 'inn', sought.flatMap(innsOf));
		case 'email':
			return await byField(client, 'email', sought.flatMap(emailsOf));
		case 'phone':
			return await byPhones(client, [...new Set(sought.flatMap(({ keys }) => keys.phones))]);
	}
}

const innsOf = ({ keys }: Sought): string[] => (keys.inn === undefined ? [] : [keys.inn]);

const emailsOf = ({ keys, email }: Sought): string[] => (keys.email === undefined ? [] : [keys.email, email?.trim() ?? keys.email]);

const byField = async (client: MoySkladClient, field: string, values: readonly string[]): Promise<Entity[]> =>
	values.length === 0 ? [] : await readByValues(client, PATH, field, values, { conditions: withArchived });

/** The search looks for a piece of text, also in contact persons, so that it takes a call for each phone. */
async function byPhones(client: MoySkladClient, phones: readonly string[]): Promise<Entity[]> {
	const found = await inParallel(phones, LANES, async (phone) => {
		const rows = await search(client, phone);
		return rows.some((row) => hasPhone(row, phone)) ? rows : [...rows, ...(await search(client, writtenEnd(phone)))];
	});
	return [...new Map(found.flat().map((row) => [row.id, row])).values()];
}

const search = async (client: MoySkladClient, text: string): Promise<Entity[]> =>
	await readAll(client, PATH, { search: text, expand: 'contactpersons', limit: 100, filter: filterText(withArchived) });

function hasPhone(row: Entity, phone: string): boolean {
	const people = (row.contactpersons as { rows?: Entity[] } | undefined)?.rows ?? [];
	return [row, ...people].some((one) => typeof one.phone === 'string' && phoneKeys(one.phone).includes(phone));
}
