import fc from 'fast-check';
import { judge, judgeRuled, type ConflictPolicy, type Policy, type RuledField } from '../../../core';

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
		// The same moment, by the clocks of Moscow and of a site in Yekaterinburg.
		['2026-11-21T10:00:00.000Z', '2026-11-21T15:00:00+05:00', 'review'],
		['2026-11-21T10:00:00.000Z', '2026-11-21T14:59:59+05:00', 'write'],
		['2026-11-21T10:00:00.000Z', '2026-11-21T13:00:01+03:00', 'keep'],
		[null, '2026-11-21T10:00:00.000Z', 'review'],
		['2026-11-21T10:00:00.000Z', null, 'review'],
		['yesterday', '2026-11-21T10:00:00.000Z', 'review'],
	] as const)('newer wins: source %s, target %s → %s', (source, target, verdict) => {
		expect(judge({ source: 'a', target: 'b', written: 'c' }, 'newerWins', { source, target })).toBe(verdict);
	});
});

describe('What becomes of a field by its row of the mapping', () => {
	const ruled = (more: Partial<RuledField>): RuledField => ({ source: 'new', target: 'old', written: undefined, policy: 'always', isNew: false, isEmpty: false, ...more });
	const verdict = (more: Partial<RuledField>, conflicts: ConflictPolicy = 'review') => judgeRuled(ruled(more), conflicts, never);

	it.each<[Policy, string, string, string]>([
		['always', 'write', 'write', 'review'],
		['creating', 'write', 'left', 'left'],
		['empty', 'write', 'write', 'left'],
		['never', 'left', 'left', 'left'],
	])('%s: %s in a new one, %s where it is empty, %s over another value', (policy, made, empty, filled) => {
		expect(verdict({ policy, isNew: true })).toBe(made);
		expect(verdict({ policy, isEmpty: true })).toBe(empty);
		expect(verdict({ policy })).toBe(filled);
	});

	it.each(policies)('what only shows how the target began is no change of it as long as nobody remembers (%s)', (policy) => {
		const sides = { source: 'a', target: 'b', policy: 'always', isNew: false, isEmpty: false, isBeginning: true } as const;
		expect(judgeRuled(sides, policy, never)).toBe('write');
		expect(judgeRuled({ ...sides, written: 'c' }, policy, never)).toBe(judge({ ...sides, written: 'c' }, policy, never));
	});

	it('what a person has emptied stays empty, unless the policy is to fill what is', () => {
		expect(verdict({ source: 'same', target: '', written: 'same', isEmpty: true }, 'sourceWins')).toBe('keep');
		expect(verdict({ source: 'same', target: '', written: 'same', isEmpty: true, policy: 'empty' })).toBe('write');
	});

	it('law: the conflict policy is only asked about a field that follows, and that both sides changed', () => {
		const value = fc.constantFrom('', 'a', 'b', 'c');
		const field = fc.record({
			source: value, target: value, written: fc.option(value, { nil: undefined }), isNew: fc.boolean(), policy: fc.constantFrom<Policy>('always', 'creating', 'empty', 'never'),
		});
		fc.assert(
			fc.property(field, (one) => {
				const verdicts = new Set(policies.map((policy) => judgeRuled({ ...one, isEmpty: one.target === '' }, policy, { source: '2026-01-02', target: '2026-01-01' })));
				const isIncomplete = one.target === '' && one.written === undefined;
				const bothChanged = one.source !== one.target && one.source !== one.written && one.target !== one.written;
				expect(verdicts.size > 1).toBe(one.policy === 'always' && !one.isNew && bothChanged && !isIncomplete);
			}),
		);
	});
});
