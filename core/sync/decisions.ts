import { SyncError, type ErrorCode } from '../errors';
import { judgeRuled, type ChangeTimes, type ConflictPolicy, type Verdict } from './conflictPolicy';
import type { Policy } from './mapping';
import { warning, type FieldChange, type Warning } from './result';

/** A short mark of a text by which it is known again without being kept. */
export type Mark = (text: string) => string;

/** By what all fields of one object are decided on. */
export interface DecisionRules {
	/** Marks of what was settled last, by field; undefined when nobody remembers. */
	before: Readonly<Record<string, string>> | undefined;
	conflicts: ConflictPolicy;
	changed: ChangeTimes;
	mark: Mark;
}

/** One field on both sides, as texts in which equal values are equal. */
export interface DecidedField {
	/** Under which it is remembered. */
	field: string;
	source: string;
	target: string;
	/** What people are shown of it; the field and the texts when left out. */
	shown?: FieldChange;
	/** Of the row of the mapping; the field follows the source when left out. */
	policy?: Policy;
	/** The target is about to be made. */
	isNew?: boolean;
	/** When left out: whether the target's text is empty. */
	isEmpty?: boolean;
	/** The target only shows how it began, as the status of an order of which nothing was told yet. */
	isBeginning?: boolean;
	/** Of this field alone. */
	conflicts?: ConflictPolicy;
}

/** Decides field by field what becomes of what both sides can change, and keeps what has to be remembered of it. */
export class Decisions {
	/** Fields that a person has to decide on, with the values of the target and of the source. */
	readonly review: FieldChange[] = [];
	/** Fields that both sides changed and that were left to the target. */
	readonly kept: FieldChange[] = [];
	/** Marks of what the source says, by field: what was overruled counts as settled, and is not asked about again. */
	readonly written: Record<string, string>;

	constructor(private readonly rules: DecisionRules) {
		this.written = { ...rules.before };
	}

	/**
	 * What becomes of a field by its policy, by what was written last and by the conflict policy. Notes what a person has to decide,
	 * what was left, and what is settled.
	 */
	decide({ field, source, target, shown, policy = 'always', isNew = false, isEmpty = target === '', isBeginning, conflicts }: DecidedField): Verdict | 'left' {
		const { before, changed, mark } = this.rules;
		const sides = { source: mark(source), target: mark(target), written: before?.[field] };
		const verdict = judgeRuled({ ...sides, policy, isNew, isEmpty, isBeginning }, conflicts ?? this.rules.conflicts, changed);
		const both = shown ?? { field, from: target, to: source };
		if (verdict === 'review') this.review.push(both);
		if (verdict === 'keep' && sides.source !== sides.written) this.kept.push(both);
		if (verdict !== 'review' && verdict !== 'left') this.written[field] = sides.source;
		return verdict;
	}

	/** Whether the source is written into the target. */
	isWritten = (field: DecidedField): boolean => this.decide(field) === 'write';

	/** What was to be written could not be: it is as if nobody had looked at the field. */
	leave(field: string): void {
		const { before } = this.rules;
		if (before?.[field] === undefined) delete this.written[field];
		else this.written[field] = before[field];
	}

	/** Whether this flow itself had told the target so. Without a memory it had not. */
	hadWritten(field: string, value: string): boolean {
		return this.rules.before?.[field] === this.rules.mark(value);
	}

	/** Notes that the source says this of a field, whatever was decided. */
	remember(field: string, value: string): void {
		this.written[field] = this.rules.mark(value);
	}

	/** What is to be said of fields that were left to the target. */
	remarks(): Warning[] {
		return this.kept.length > 0 ? [warning('FIELDS_KEPT', { fields: names(this.kept) })] : [];
	}
}

const names = (fields: readonly FieldChange[]): string => [...new Set(fields.map(({ field }) => field))].join(', ');

/** Both sides have changed fields, and a person is to decide about them: nothing is written. */
export class FieldsInConflict extends SyncError {
	constructor(
		code: ErrorCode,
		/** `from` is what the target has, `to` what the source says. */
		readonly fields: readonly FieldChange[],
	) {
		super(code, { fields: names(fields) });
	}
}

/** What the result of an item that waits for a person shows beside its error: both values of each field, and a remark. Empty for other errors. */
export const conflictShown = (error: unknown): { changes: FieldChange[]; warnings: Warning[] } =>
	error instanceof FieldsInConflict ? { changes: [...error.fields], warnings: [warning('FIELDS_FOR_REVIEW', { fields: names(error.fields) })] } : { changes: [], warnings: [] };
