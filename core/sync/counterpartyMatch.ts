import type { CompanyType, CustomerKeys } from '../model/counterparty';
import { phoneKeys } from '../model/phone';

/** By what a customer is looked for among the counterparties, in the order that the user chose. */
export type MatchRule = 'innKpp' | 'phone' | 'email';

/** What to do when several counterparties fit equally well. */
export type AmbiguityPolicy = 'fallback' | 'newest' | 'create' | 'stop';

/** A counterparty that may be the customer. */
export interface Candidate {
	/** MoySklad's id. */
	id: string;
	companyType?: CompanyType | string;
	inn?: string;
	kpp?: string;
	/** In lower case; its own and those of its contact persons. */
	emails: string[];
	/** Last ten digits; its own and those of its contact persons. */
	phones: string[];
	archived: boolean;
	/** When it was made; later ones compare greater. */
	created: string;
}

/** What MoySklad's JSON of a counterparty says, with its contact persons as far as they were read. */
export function toCandidate(row: Record<string, unknown>): Candidate {
	const people = [...peopleIn(row.contactpersons), row];
	const text = (value: unknown): string => (typeof value === 'string' ? value : '');
	return {
		id: text(row.id),
		companyType: text(row.companyType),
		inn: text(row.inn).trim() || undefined,
		kpp: text(row.kpp).trim() || undefined,
		emails: people.map(({ email }) => text(email).trim().toLowerCase()).filter((email) => email !== ''),
		phones: people.flatMap(({ phone }) => phoneKeys(text(phone))),
		archived: row.archived === true,
		created: text(row.created) || text(row.updated),
	};
}

/** A collection, of which only the link may be there, or a bare list. */
function peopleIn(contactPersons: unknown): Array<Record<string, unknown>> {
	const rows = Array.isArray(contactPersons) ? contactPersons : (contactPersons as { rows?: unknown } | null | undefined)?.rows;
	return Array.isArray(rows) ? rows.filter((row): row is Record<string, unknown> => typeof row === 'object' && row !== null) : [];
}

/** Counterparties by everything they can be found by. Those that are about to be made belong in it too. */
export class CounterpartyDirectory {
	private readonly byKey = new Map<string, Map<string, Candidate>>();

	add(candidate: Candidate): void {
		const keys = [
			...(candidate.inn ? [`inn ${candidate.inn}`] : []),
			...candidate.emails.map((email) => `email ${email}`),
			...candidate.phones.map((phone) => `phone ${phone}`),
		];
		for (const key of keys) {
			const known = this.byKey.get(key) ?? new Map<string, Candidate>();
			this.byKey.set(key, known.set(candidate.id, candidate));
		}
	}

	/** Those that fit by the first of the rules by which any fits; archived ones only where no other does. */
	find(rules: readonly MatchRule[], customer: CustomerKeys): { rule: MatchRule; candidates: Candidate[] } | undefined {
		for (const rule of rules) {
			const fitting = this.fitting(rule, customer);
			const live = fitting.filter(({ archived }) => !archived);
			const candidates = live.length > 0 ? live : fitting;
			if (candidates.length > 0) return { rule, candidates };
		}
		return undefined;
	}

	private fitting(rule: MatchRule, customer: CustomerKeys): Candidate[] {
		const found = keysFor(rule, customer).flatMap((key) => [...(this.byKey.get(key)?.values() ?? [])]);
		const candidates = [...new Set(found)].filter((candidate) => mayBe(candidate, customer));
		if (customer.kpp === undefined) return candidates;
		const ofBranch = candidates.filter(({ kpp }) => kpp === customer.kpp);
		return ofBranch.length > 0 ? ofBranch : candidates;
	}
}

function keysFor(rule: MatchRule, { inn, email, phones }: CustomerKeys): string[] {
	if (rule === 'innKpp') return inn === undefined ? [] : [`inn ${inn}`];
	if (rule === 'email') return email === undefined ? [] : [`email ${email}`];
	return phones.map((phone) => `phone ${phone}`);
}

/** A shared phone or e-mail does not make a person a company, nor one company another. */
function mayBe({ inn, kpp, companyType }: Candidate, customer: CustomerKeys): boolean {
	if (customer.inn === undefined) return inn === undefined || companyType === 'individual';
	if (inn === undefined) return companyType !== 'individual';
	return inn === customer.inn && (kpp === undefined || customer.kpp === undefined || kpp === customer.kpp);
}

/** What follows from those that fit: one of them, a new one, the fallback, or nothing without a decision of a person. */
export type Choice = { take: string } | { create: true } | { fallback: true } | { stop: true };

export function choose(candidates: readonly Candidate[], policy: AmbiguityPolicy): Choice {
	const [first, ...others] = candidates;
	if (first === undefined) return { create: true };
	if (others.length === 0) return { take: first.id };
	if (policy === 'newest')
		return { take: others.reduce((newest, one) => (one.created > newest.created ? one : newest), first).id };
	return policy === 'create' ? { create: true } : policy === 'stop' ? { stop: true } : { fallback: true };
}
