import fc from 'fast-check';
import { judge, type ConflictPolicy } from '../../../core';

const never = { source: null, target: null };
const policies: ConflictPolicy[] = ['sourceWins', 'targetWins', 'newerWins', 'review'];

describe('What becomes of a field that both sides may change', () => {
	it.each(policies)('a change on one side alone is no conflict (%s)', (policy) => {
		fc.assert(
			fc.property(fc.string(), fc.string(), (before, after) => {
				fc.pre(before !== after);
				expect(judge({ source: after, target: before, written: before }, policy, never)).toBe('write');
				expect(judge({ source: before, target: after, written: before }, policy, never)).toBe('keep');
				expect(judge({ source: after, target: after, written: before }, policy, never)).toBe('same');
			}),
		);
	});

	it.each([
		['sourceWins', 'write'],
		['targetWins', 'keep'],
		['review', 'review'],
	] as const)('%s: %s when both sides changed, also when nobody remembers what was written', (policy, verdict) => {
		expect(judge({ source: 'a', target: 'b', written: 'c' }, policy, never)).toBe(verdict);
		expect(judge({ source: 'a', target: 'b' }, policy, never)).toBe(verdict);
	});

	it.each([
		['2026-11-21T10:00:01.000Z', '2026-11-21T10:00:00.000Z', 'write'],
		['2026-11-21T10:00:00.000Z', '2026-11-21T10:00:01.000Z', 'keep'],
		['2026-11-21T10:00:00.000Z', '2026-11-21T10:00:00.000Z', 'review'],
		[null, '2026-11-21T10:00:00.000Z', 'review'],
		['2026-11-21T10:00:00.000Z', null, 'review'],
		['yesterday', '2026-11-21T10:00:00.000Z', 'review'],
	] as const)('newer wins: source %s, target %s → %s', (source, target, verdict) => {
		expect(judge({ source: 'a', target: 'b', written: 'c' }, 'newerWins', { source, target })).toBe(verdict);
	});
});
