import { compareParties, likestNames, type MatchReason } from './comparison';
import { compareTexts } from './compareTexts';
import { NameIndex } from './nameIndex';
import type { Party } from './party';
import { isCertain, mayPropose, ruleKeys, type MatchRule } from './rules';

/** Somebody who may be the one that is looked for, and why. */
export interface Candidate {
	id: string;
	/** How likely it is, in per cent; see `Comparison`. */
	score: number;
	reasons: MatchReason[];
}

/**
 * Who somebody is among those that are known. Only `take` is certain; `review` is for a person to decide: `several` fit for certain,
 * whatever further rules may find, or those that fit are doubtful.
 */
export type MatchVerdict =
	| { kind: 'take'; id: string; rule: MatchRule; reasons: MatchReason[] }
	| { kind: 'review'; candidates: Candidate[]; several: boolean }
	| { kind: 'create' };

/** How far names may propose. */
export interface MatchOptions {
	/** How similar names must be to be proposed, from 0 to 1. */
	threshold: number;
}

const KEYED: readonly MatchRule[] = ['externalId', 'innKpp', 'phone', 'email'];

/** Parties of one side by everything they can be found by. Those that are about to be made belong in it too. */
export class PartyDirectory {
	private readonly parties = new Map<string, Party>();
	private readonly byKey = new Map<string, string[]>();
	private readonly names: NameIndex | undefined;

	/** `names`: whether anybody will be looked for by name. */
	constructor({ names = false }: { names?: boolean } = {}) {
		this.names = names ? new NameIndex() : undefined;
	}

	/** Adds a party, or what is newly known of one. */
	add(party: Party): void {
		const known = this.parties.get(party.id);
		const old = new Set(known && indexKeys(known));
		for (const key of indexKeys(party)) if (!old.has(key)) this.index(key, party.id);
		if (!known) this.names?.add(party);
		this.parties.set(party.id, party);
	}

	private index(key: string, id: string): void {
		const ids = this.byKey.get(key);
		if (ids) ids.push(id);
		else this.byKey.set(key, [id]);
	}

	/** Those that fit for certain by the first of the rules by which any does; archived ones only where no other does. */
	find(rules: readonly MatchRule[], sought: Party): { rule: MatchRule; candidates: Party[] } | undefined {
		for (const rule of rules) {
			const candidates = settled(sought, this.having(rule, sought).filter((party) => isCertain(rule, compareParties(party, sought))));
			if (candidates.length > 0) return { rule, candidates };
		}
		return undefined;
	}

	/**
	 * Who this is. The first rule by which somebody fits for certain decides: one is taken, of several a person chooses. Where somebody fits
	 * and something contradicts it, or only names are similar, a person decides too; and always when an external id is contradicted.
	 */
	match(rules: readonly MatchRule[], sought: Party, { threshold }: MatchOptions): MatchVerdict {
		const doubtful = new Map<string, Party>();
		let contradicted = false;
		for (const rule of rules) {
			const found = rule === 'name' ? this.proposed(sought, threshold) : this.having(rule, sought);
			const certain = settled(sought, found.filter((party) => isCertain(rule, compareParties(party, sought))));
			const [only, ...others] = certain;
			if (only && others.length === 0 && !contradicted) return { kind: 'take', id: only.id, rule, reasons: compareParties(only, sought).reasons };
			if (only && !contradicted) return review(sought, certain, true);
			for (const party of found) doubtful.set(party.id, party);
			contradicted ||= rule === 'externalId' && found.length > 0;
		}
		return doubtful.size > 0 ? review(sought, [...doubtful.values()], false) : { kind: 'create' };
	}

	private having(rule: MatchRule, sought: Party): Party[] {
		const ids = new Set(ruleKeys(rule, sought).flatMap((key) => this.byKey.get(`${rule} ${key}`) ?? []));
		return this.known(ids);
	}

	private proposed(sought: Party, threshold: number): Party[] {
		const alike = this.known(this.names?.alike(sought.names, threshold) ?? []);
		return alike.filter((party) => likestNames(party, sought) >= threshold && mayPropose(compareParties(party, sought)));
	}

	private known(ids: Iterable<string>): Party[] {
		return [...ids].flatMap((id) => this.parties.get(id) ?? []);
	}
}

const indexKeys = (party: Party): string[] => KEYED.flatMap((rule) => ruleKeys(rule, party).map((key) => `${rule} ${key}`));

/** Of those that fit: the very branch before the firm as a whole, and live ones before archived ones. */
function settled(sought: Party, fitting: readonly Party[]): Party[] {
	const ofBranch = sought.kpp === undefined ? [] : fitting.filter(({ kpp }) => kpp === sought.kpp);
	const candidates = ofBranch.length > 0 ? ofBranch : [...fitting];
	const live = candidates.filter(({ archived }) => !archived);
	return live.length > 0 ? live : candidates;
}

function review(sought: Party, parties: readonly Party[], several: boolean): MatchVerdict {
	const candidates = parties.map((party): Candidate => ({ id: party.id, ...compareParties(party, sought) }));
	return { kind: 'review', several, candidates: candidates.sort((one, other) => other.score - one.score || compareTexts(one.id, other.id)) };
}
