import { toParty, type Party } from '../sync/matching/party';

type Json = Record<string, unknown>;

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

/** What MoySklad's JSON of a counterparty says of it, with its contact persons as far as they were read; `externalIds`: where its keys of other systems are. */
export function partyOfCounterparty(row: Json, externalIds: readonly string[] = [text(row.externalCode)]): Party {
	const people = [...rowsIn(row.contactpersons), row];
	return toParty({
		id: text(row.id),
		kind: text(row.companyType),
		inn: text(row.inn),
		kpp: text(row.kpp),
		externalIds,
		emails: people.map(({ email }) => text(email)),
		phones: people.map(({ phone }) => text(phone)),
		names: [text(row.name), text(row.legalTitle)],
		archived: row.archived === true,
		created: text(row.created) || text(row.updated),
	});
}

/** The rows of a list inside an object: a collection, of which only the link may be there, or a bare list. */
export function rowsIn(collection: unknown): Json[] {
	const rows = Array.isArray(collection) ? collection : (collection as { rows?: unknown } | null | undefined)?.rows;
	return Array.isArray(rows) ? rows.filter((row): row is Json => typeof row === 'object' && row !== null) : [];
}
