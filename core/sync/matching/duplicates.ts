import { groupBy } from '../../model/grouping';
import { compareParties, contradictions, likestNames, type MatchReason } from './comparison';
import { NameIndex } from './nameIndex';
import type { Party } from './party';
import { ruleKeys, type MatchRule } from './rules';

/** Two of one list that are probably the same. */
export interface LikelyPair {
	ids: [string, string];
	/** In per cent; see `Comparison`. */
	score: number;
	reasons: MatchReason[];
}

/** Some of one list that are probably all the same. */
export interface DuplicateGroup {
	ids: string[];
	/** Every one of them is at least so likely the same as another one of the group. */
	score: number;
	pairs: LikelyPair[];
}

/** A phone, e-mail, … that so many have that it says nothing about one of them, such as that of a call centre. */
export interface SharedKey {
	rule: MatchRule;
	key: string;
	count: number;
}

export interface DuplicateReport {
	/** The most certain first. */
	groups: DuplicateGroup[];
	/** Not compared by these. */
	shared: SharedKey[];
}

export interface DuplicateOptions {
	rules: readonly MatchRule[];
	/** How similar names must be, from 0 to 1. */
	threshold: number;
	/** How likely two must be the same, in per cent. */
	score: number;
	/** Keys that more have are shared keys. */
	most: number;
}

/** Finds those of one list that are probably the same, without comparing everybody with everybody. Different INN or KPP are never duplicates. */
export function findDuplicates(parties: readonly Party[], options: DuplicateOptions): DuplicateReport {
	const byId = new Map(parties.map((party) => [party.id, party]));
	const shared: SharedKey[] = [];
	const pairs = new Map<string, LikelyPair>();
	for (const [one, other] of [...keyedPairs(parties, options, shared), ...namedPairs(parties, byId, options)]) {
		const ids = (one.id < other.id ? [one.id, other.id] : [other.id, one.id]) as [string, string];
		const key = JSON.stringify(ids);
		if (pairs.has(key)) continue;
		const comparison = compareParties(one, other);
		const differing = contradictions(comparison);
		if (comparison.score >= options.score && !differing.has('inn') && !differing.has('kpp')) pairs.set(key, { ids, ...comparison });
	}
	return { groups: grouped([...pairs.values()]), shared };
}

function* keyedPairs(parties: readonly Party[], { rules, most }: DuplicateOptions, shared: SharedKey[]): Generator<[Party, Party]> {
	for (const rule of rules) {
		const keyed = parties.flatMap((party) => ruleKeys(rule, party).map((key) => ({ key, party })));
		for (const [key, same] of groupBy(keyed, (one) => one.key)) {
			if (same.length > most) shared.push({ rule, key, count: same.length });
			else for (const [place, { party }] of same.entries()) for (const { party: other } of same.slice(place + 1)) yield [party, other];
		}
	}
}

/** Names of which more than `most` are alike are those of namesakes. */
function* namedPairs(parties: readonly Party[], byId: ReadonlyMap<string, Party>, { rules, threshold, most }: DuplicateOptions): Generator<[Party, Party]> {
	if (!rules.includes('name')) return;
	const index = new NameIndex();
	for (const party of parties) index.add(party);
	for (const party of parties) {
		const alike = [...index.alike(party.names, threshold)].flatMap((id) => (id === party.id ? [] : (byId.get(id) ?? [])));
		const likely = alike.filter((other) => likestNames(party, other) >= threshold);
		if (likely.length < most) for (const other of likely) if (party.id < other.id) yield [party, other];
	}
}

/** All that hang together by pairs. */
function grouped(pairs: readonly LikelyPair[]): DuplicateGroup[] {
	const heads = new Map<string, string>();
	const headOf = (id: string): string => {
		let head = id;
		for (let next = heads.get(head); next !== undefined && next !== head; next = heads.get(head)) head = next;
		heads.set(id, head);
		return head;
	};
	for (const { ids: [one, other] } of pairs) heads.set(headOf(other), headOf(one));
	const groups = [...groupBy(pairs, ({ ids: [one] }) => headOf(one)).values()].map(toGroup);
	return groups.sort((one, other) => other.score - one.score || ((one.ids[0] ?? '') < (other.ids[0] ?? '') ? -1 : 1));
}

function toGroup(pairs: LikelyPair[]): DuplicateGroup {
	const best = new Map<string, number>();
	for (const { ids, score } of pairs) for (const id of ids) best.set(id, Math.max(score, best.get(id) ?? 0));
	const sorted = [...pairs].sort((one, other) => other.score - one.score || (one.ids.join(' ') < other.ids.join(' ') ? -1 : 1));
	return { ids: [...best.keys()].sort(), score: Math.min(...best.values()), pairs: sorted };
}
