import { fingerprint } from '../../model/fingerprint';
import { judge, type ChangeTimes, type ConflictPolicy } from '../conflictPolicy';

/** Decides field by field what becomes of what both sides can change, and keeps what has to be remembered of it. */
export class Decisions {
	/** Fields that a person has to decide on. */
	readonly review: string[] = [];
	/** Marks of what MoySklad says, by field: what was overruled counts as told, and is not asked about again. */
	readonly written: Record<string, string>;

	constructor(
		private readonly before: Readonly<Record<string, string>> | undefined,
		private readonly policy: ConflictPolicy,
		private readonly changed: ChangeTimes,
	) {
		this.written = { ...before };
	}

	/** Whether the source is written into the target. Both values in a form in which they can be compared. */
	isWritten(field: string, source: string, target: string, policy: ConflictPolicy = this.policy): boolean {
		const mark = fingerprint(source);
		const verdict = judge({ source: mark, target: fingerprint(target), written: this.before?.[field] }, policy, this.changed);
		if (verdict === 'review') this.review.push(field);
		else this.written[field] = mark;
		return verdict === 'write';
	}

	/** What was to be written could not be: it is as if nobody had looked at the field. */
	leave(field: string): void {
		if (this.before?.[field] === undefined) delete this.written[field];
		else this.written[field] = this.before[field];
	}

	/** Whether this flow itself had told the target so. Without a memory it had not. */
	hadWritten(field: string, value: string): boolean {
		return this.before?.[field] === fingerprint(value);
	}

	remember(field: string, value: string): void {
		this.written[field] = fingerprint(value);
	}
}
