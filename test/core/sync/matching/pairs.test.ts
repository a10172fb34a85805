import { MATCHING_PAIRS } from '../../../fixtures/matchingPairs';
import { countOf, verdictOf } from './pairs';

describe('The table of pairs', () => {
	it('has a hundred, each once', () => {
		expect(MATCHING_PAIRS).toHaveLength(100);
		expect(new Set(MATCHING_PAIRS.map(({ what }) => what)).size).toBe(100);
	});

	it.each(MATCHING_PAIRS.map((pair) => [pair.what, pair] as const))('%s', (_, pair) => expect(verdictOf(pair)).toBe(pair.verdict));

	it('0 wrong automatic decisions, and at most a third is left to people', () => {
		const { right, review, wrong } = countOf(MATCHING_PAIRS);
		expect({ wrong, sum: right + review }).toEqual({ wrong: 0, sum: 100 });
		expect(review).toBeLessThanOrEqual(40);
	});
});
