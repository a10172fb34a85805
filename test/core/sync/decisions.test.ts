import fc from 'fast-check';
import { conflictShown, Decisions, FieldsInConflict, SyncError, type ConflictPolicy } from '../../../core';

const mark = (text: string): string => `#${text}`;
const POLICIES: ConflictPolicy[] = ['sourceWins', 'targetWins', 'newerWins', 'review'];

/** One field on two sides, with what the flow between them remembers. */
class TwoSides {
	written: Record<string, string> = {};
	private clock = Date.parse('2026-11-21T10:00:00Z');
	private sourceChanged = this.clock;
	private targetChanged = this.clock;

	constructor(
		readonly conflicts: ConflictPolicy,
		public source = 'first',
		public target = '',
	) {}

	/** Somebody changes a side; other fields of its object count as well. */
	touch(side: 'source' | 'target', value = this[side]): void {
		this.clock += 1000;
		this[side] = value;
		if (side === 'source') this.sourceChanged = this.clock;
		else this.targetChanged = this.clock;
	}

	run(): { verdict: string; review: number } {
		const changed = { source: new Date(this.sourceChanged).toISOString(), target: new Date(this.targetChanged).toISOString() };
		const decisions = new Decisions({ before: this.written, conflicts: this.conflicts, changed, mark });
		const verdict = decisions.decide({ field: 'name', source: this.source, target: this.target });
		if (verdict === 'write') this.touch('target', this.source);
		// Nothing is written, and nothing remembered, of an item that a person has to decide about.
		if (decisions.review.length === 0) this.written = decisions.written;
		return { verdict, review: decisions.review.length };
	}
}

describe('Decisions about fields that both sides can change', () => {
	it('show both values of what a person has to decide, and remember nothing of it', () => {
		const decisions = new Decisions({ before: { name: '#a' }, conflicts: 'review', changed: { source: null, target: null }, mark });
		decisions.decide({ field: 'name', source: 'ours', target: 'theirs', shown: { field: 'Name', from: 'theirs', to: 'ours' } });
		expect(decisions.review).toEqual([{ field: 'Name', from: 'theirs', to: 'ours' }]);
		expect(decisions.written).toEqual({ name: '#a' });
		const error = new FieldsInConflict('ORDER_REVIEW', decisions.review);
		expect(error.report()).toMatchObject({ code: 'ORDER_REVIEW', kind: 'conflict', retryable: false, message: expect.stringContaining('Name') as string });
		expect(conflictShown(error)).toEqual({ changes: decisions.review, warnings: [expect.objectContaining({ code: 'FIELDS_FOR_REVIEW' })] });
		expect(conflictShown(new SyncError('ORDER_NOT_OF_STORE'))).toEqual({ changes: [], warnings: [] });
	});

	it('tell what was left to the target once, and only when both sides had changed it', () => {
		const left = (before: Record<string, string>): Decisions => {
			const decisions = new Decisions({ before, conflicts: 'targetWins', changed: { source: null, target: null }, mark });
			decisions.decide({ field: 'name', source: 'ours', target: 'theirs' });
			return decisions;
		};
		const first = left({ name: '#a' });
		expect(first.remarks()).toEqual([expect.objectContaining({ code: 'FIELDS_KEPT', message: expect.stringContaining('name') as string })]);
		expect(left(first.written).remarks()).toEqual([]);
	});

	const edit = fc.record({ side: fc.constantFrom('source' as const, 'target' as const), value: fc.constantFrom('a', 'b', 'c') });

	it.each(POLICIES)('law (%s): a run right after a run writes nothing, whatever was edited before', (policy) => {
		fc.assert(
			fc.property(fc.array(fc.array(edit, { maxLength: 3 })), (rounds) => {
				const sides = new TwoSides(policy);
				for (const edits of rounds) {
					for (const { side, value } of edits) sides.touch(side, value);
					sides.run();
					const { source, target } = sides;
					expect(sides.run().verdict).not.toBe('write');
					expect([sides.source, sides.target]).toEqual([source, target]);
				}
			}),
		);
	});

	it.each(POLICIES)('law (%s): edits of one side alone never ask anybody, and only those of the source move the other', (policy) => {
		fc.assert(
			fc.property(fc.array(fc.record({ side: fc.constantFrom('source' as const, 'target' as const), values: fc.array(fc.constantFrom('a', 'b', 'c'), { minLength: 1 }) })), (rounds) => {
				const sides = new TwoSides(policy, 'a', 'a');
				sides.run();
				for (const { side, values } of rounds) {
					// Where the sides had parted before, a new edit meets a settled difference.
					if (side === 'source' && sides.source !== sides.target) sides.touch('target', sides.source);
					sides.run();
					for (const value of values) sides.touch(side, value);
					const { target } = sides;
					expect(sides.run().review).toBe(0);
					expect(sides.target).toBe(side === 'source' ? sides.source : target);
				}
			}),
		);
	});

	it.each(POLICIES)('law (%s): what was decided once is not decided anew because something else of the object changed', (policy) => {
		fc.assert(
			fc.property(edit, edit, fc.array(fc.constantFrom('source' as const, 'target' as const)), (one, other, touched) => {
				const sides = new TwoSides(policy, 'before', 'before');
				sides.run();
				for (const { side, value } of [one, other]) sides.touch(side, value);
				if (sides.run().review > 0) return;
				const { source, target } = sides;
				for (const side of touched) {
					sides.touch(side);
					sides.run();
				}
				expect([sides.source, sides.target]).toEqual([source, target]);
			}),
		);
	});

	it('review: a person who makes both sides equal ends the question', () => {
		const sides = new TwoSides('review', 'before', 'before');
		sides.run();
		sides.touch('source', 'ours');
		sides.touch('target', 'theirs');
		expect(sides.run()).toEqual({ verdict: 'review', review: 1 });
		expect(sides.run()).toEqual({ verdict: 'review', review: 1 });
		sides.touch('target', 'ours');
		expect(sides.run()).toEqual({ verdict: 'same', review: 0 });
		sides.touch('source', 'later');
		expect(sides.run()).toEqual({ verdict: 'write', review: 0 });
	});
});
