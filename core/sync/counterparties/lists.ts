import { emailKeys } from '../../model/email';
import { KnownPeople, textOf } from './knownPeople';

type Json = Record<string, unknown>;

/** A row of a list inside a counterparty that is to be added, or (with `id`) filled where it is empty. */
export interface ListRow {
	id?: string;
	body: Json;
}

const filledOnly = (row: Json): Json => Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null && value !== ''));

/** What of the wanted row the present one lacks. */
const lacking = (present: Json, wanted: Json): Json => Object.fromEntries(Object.entries(wanted).filter(([field]) => textOf(present[field]) === ''));

/** Contact persons are the same by phone, by e-mail, or by name. Whoever is not wanted stays. */
export function lackingPeople(present: readonly Json[], wanted: readonly Json[]): ListRow[] {
	const known = new KnownPeople(present);
	return wanted.flatMap((person): ListRow[] => {
		const body = filledOnly({ ...person, name: person.name ?? person.email ?? person.phone ?? null, email: emailKeys(textOf(person.email))[0] ?? null });
		if (body.name === undefined) return [];
		const same = known.find(body);
		if (!same) {
			known.add(body);
			return [{ body }];
		}
		const more = lacking(same, body);
		known.fill(same, more);
		return Object.keys(more).length === 0 || typeof same.id !== 'string' ? [] : [{ id: same.id, body: more }];
	});
}

/** Accounts are the same by their number. None is taken away, and which of them is the main one is left to people. */
export function lackingAccounts(present: readonly Json[], wanted: readonly Json[]): ListRow[] {
	const numberOf = (row: { accountNumber?: unknown }): string => textOf(row.accountNumber).replace(/\s/g, '');
	const known = new Set(present.map(numberOf));
	return wanted.flatMap((account): ListRow[] => {
		const number = numberOf(account);
		if (number === '' || known.has(number)) return [];
		known.add(number);
		return [{ body: { ...filledOnly(account), accountNumber: number } }];
	});
}

/** All groups that the counterparty is to be in: those it is in, whoever put it there, and the wanted ones. Case does not count. */
export function joinedTags(present: readonly string[], wanted: readonly string[]): string[] {
	const known = new Set(present.map((tag) => tag.toLowerCase()));
	return [...present, ...wanted.filter((tag) => !known.has(tag.toLowerCase()) && known.add(tag.toLowerCase()))];
}
