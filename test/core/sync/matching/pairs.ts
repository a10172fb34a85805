import { PartyDirectory, toParty, type MatchRule } from '../../../../core';
import type { MatchingPair } from '../../../fixtures/matchingPairs';

export const RULES: readonly MatchRule[] = ['externalId', 'innKpp', 'email', 'phone', 'name'];
export const THRESHOLD = 0.8;

/** What the matcher says of a customer when MoySklad has the other one of the pair and nobody else. */
export function verdictOf({ customer, known }: MatchingPair): MatchingPair['verdict'] {
	const directory = new PartyDirectory({ names: true });
	directory.add(toParty({ id: 'known', ...known }));
	return directory.match(RULES, toParty({ id: 'customer', ...customer }), { threshold: THRESHOLD }).kind;
}

/** Automatic decisions that are right or wrong, and pairs that are left to people. */
export function countOf(pairs: readonly MatchingPair[]): { pairs: number; right: number; review: number; wrong: number } {
	const counts = { pairs: pairs.length, right: 0, review: 0, wrong: 0 };
	for (const pair of pairs) {
		const verdict = verdictOf(pair);
		if (verdict === 'review') counts.review += 1;
		else if ((verdict === 'take') === (pair.truth === 'same')) counts.right += 1;
		else counts.wrong += 1;
	}
	return counts;
}
