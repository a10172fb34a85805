import { groupBy } from '../../model/grouping';
import { compareParties, contradictions, likestNames, NAME_SCORE, type MatchReason } from './comparison';
import { compareTexts } from './compareTexts';
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
	/** Nobody of them has another INN or KPP than another one. */
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

/** Who of a list may be the same, and what was left out of the comparison. */
export interface DuplicateReport {
	/** The most certain first. */
	groups: DuplicateGroup[];
	/** Not compared by these. */
	shared: SharedKey[];
}

/** How sure one has to be. */
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
	return { groups: grouped([...pairs.values()], byId), shared };
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

const OTHERS: readonly MatchRule[] = ['innKpp', 'phone', 'email'];

/** Names of which more than `most` are alike are those of namesakes. */
function* namedPairs(parties: readonly Party[], byId: ReadonlyMap<string, Party>, { rules, threshold, most, score }: DuplicateOptions): Generator<[Party, Party]> {
	// Names alone do not come to more, and whoever shares something else is compared already.
	const vain = score > NAME_SCORE && OTHERS.every((rule) => rules.includes(rule));
	if (!rules.includes('name') || vain) return;
	const index = new NameIndex();
	for (const party of parties) index.add(party);
	for (const party of parties) {
		const alike = [...index.alike(party.names, threshold)].flatMap((id) => (id === party.id ? [] : (byId.get(id) ?? [])));
		const likely = alike.filter((other) => likestNames(party, other) >= threshold);
		if (likely.length < most) for (const other of likely) if (party.id < other.id) yield [party, other];
	}
}

/** Those that hang together by pairs, the most certain pairs first. Nobody gets into a group where somebody has another INN or KPP. */
function grouped(pairs: readonly LikelyPair[], byId: ReadonlyMap<string, Party>): DuplicateGroup[] {
	const groups = new Map<string, { numbers: Pick<Party, 'inn' | 'kpp'>; ids: string[]; pairs: LikelyPair[] }>();
	const groupOf = (id: string) => groups.get(id) ?? { numbers: byId.get(id) ?? {}, ids: [id], pairs: [] };
	for (const pair of [...pairs].sort(byScore)) {
		const [one, other] = [groupOf(pair.ids[0]), groupOf(pair.ids[1])];
		const numbers = joinedNumbers(one.numbers, other.numbers);
		if (numbers === undefined) continue;
		const joined = one === other ? { ...one, pairs: [...one.pairs, pair] } : { numbers, ids: [...one.ids, ...other.ids], pairs: [...one.pairs, ...other.pairs, pair] };
		for (const id of joined.ids) groups.set(id, joined);
	}
	const all = [...new Set(groups.values())].map(toGroup);
	return all.sort((one, other) => other.score - one.score || compareTexts(one.ids.join(' '), other.ids.join(' ')));
}

/** Undefined where they differ. */
function joinedNumbers(one: Pick<Party, 'inn' | 'kpp'>, other: Pick<Party, 'inn' | 'kpp'>): Pick<Party, 'inn' | 'kpp'> | undefined {
	const differ = (field: 'inn' | 'kpp'): boolean => one[field] !== undefined && other[field] !== undefined && one[field] !== other[field];
	return differ('inn') || differ('kpp') ? undefined : { inn: one.inn ?? other.inn, kpp: one.kpp ?? other.kpp };
}

function toGroup({ ids, pairs }: { ids: string[]; pairs: LikelyPair[] }): DuplicateGroup {
	const best = new Map<string, number>();
	for (const pair of pairs) for (const id of pair.ids) best.set(id, Math.max(pair.score, best.get(id) ?? 0));
	return { ids: [...ids].sort(), score: Math.min(...best.values()), pairs: [...pairs].sort(byScore) };
}

const byScore = (one: LikelyPair, other: LikelyPair): number => other.score - one.score || compareTexts(one.ids.join(' '), other.ids.join(' '));
