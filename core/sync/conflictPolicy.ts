import type { Policy } from './mapping';

/** What happens to a field that both sides have changed since they were made equal last. */
export type ConflictPolicy = 'sourceWins' | 'targetWins' | 'newerWins' | 'review';

/** One field on both sides, each value as a mark or text that can be compared (see `fingerprint`). */
export interface FieldSides {
	source: string;
	target: string;
	/** As the source had it when both were settled last; undefined when nobody remembers, and then every difference counts as changed on both sides. */
	written?: string;
}

/** When each side was changed last, ISO 8601 with an offset; null when it does not say. */
export interface ChangeTimes {
	source: string | null;
	target: string | null;
}

/** `same`: nothing to do. `write`: the source goes into the target. `keep`: the target stays. `review`: a person decides. */
export type Verdict = 'same' | 'write' | 'keep' | 'review';

/** What becomes of a field that can be changed on both sides. A change on one side alone is never a conflict. */
export function judge({ source, target, written }: FieldSides, policy: ConflictPolicy, changed: ChangeTimes): Verdict {
	if (source === target) return 'same';
	if (target === written) return 'write';
	if (source === written) return 'keep';
	if (policy === 'newerWins') return newer(changed);
	return policy === 'review' ? 'review' : policy === 'sourceWins' ? 'write' : 'keep';
}

/** Equal and unknown times decide nothing. */
function newer({ source, target }: ChangeTimes): Verdict {
	const [ours, theirs] = [Date.parse(source ?? ''), Date.parse(target ?? '')];
	if (ours > theirs) return 'write';
	return theirs > ours ? 'keep' : 'review';
}

/** What of the target a policy asks about. */
export interface Present {
	/** The target is about to be made. */
	isNew: boolean;
	/** The target has nothing in the field. */
	isEmpty: boolean;
}

/** Whether a policy lets a field be written at all. */
export const allows = (policy: Policy, { isNew, isEmpty }: Present): boolean => policy === 'always' || (policy !== 'never' && isNew) || (policy === 'empty' && isEmpty);

/** A field with what its row of the mapping asks for. */
export interface RuledField extends FieldSides, Present {
	policy: Policy;
	/** The target only shows how it began: a difference that nobody remembers is a change of the source alone. */
	isBeginning?: boolean;
}

/**
 * The same by the policy of the mapping; `left`: the field is not this flow's. An empty field that nobody remembers is only incomplete,
 * and filled; one that a person has emptied since stays empty, unless the policy is to fill what is.
 */
export function judgeRuled({ policy, isNew, isEmpty, isBeginning = false, ...sides }: RuledField, conflicts: ConflictPolicy, changed: ChangeTimes): Verdict | 'left' {
	if (policy === 'never') return 'left';
	if (isNew) return 'write';
	if (sides.source === sides.target) return 'same';
	if (!allows(policy, { isNew, isEmpty })) return 'left';
	return policy === 'empty' || ((isEmpty || isBeginning) && sides.written === undefined) ? 'write' : judge(sides, conflicts, changed);
}
