import type { Account } from './account.cts';
import type { AuditAction } from './audit.cts';
import { refusal, type Language } from './errors.cts';
import type { Ref, Row } from './engine/schema.cts';
import type { Action, User } from './users.cts';

/** One row that a request made, changed or removed. */
export interface Change {
	action: AuditAction;
	/** After the change; of a removed row what it was. */
	row: Row;
	before?: Row;
	/** Fields that differ, for `updatedFields` and the audit. */
	fields: string[];
}

interface SessionOptions {
	/** The value of `fields=`. */
	fields?: string;
	/** URL prefixes of webhooks that this request must not fire. */
	silenced?: readonly string[];
	language?: Language;
}

const DENIALS = { view: 1016, create: 1045, update: 1017, delete: 1018 } as const;

/** Who calls, with which options, and what the call changed so far. */
export class Session {
	readonly changes: Change[] = [];
	readonly fields: string | undefined;
	readonly silenced: readonly string[];
	readonly language: Language;

	constructor(
		readonly account: Account,
		readonly user: User,
		{ fields, silenced = [], language = 'ru' }: SessionOptions = {},
	) {
		this.fields = fields;
		this.silenced = silenced;
		this.language = language;
	}

	/** The same caller without `fields`: lists of more than 100 rows do not show them. */
	withoutFields(): Session {
		return new Session(this.account, this.user, { silenced: this.silenced, language: this.language });
	}

	get now(): number {
		return this.account.now();
	}

	may(action: Action, type: string): boolean {
		return !this.user.denied[action]?.includes(this.account.resource(type)?.rights ?? type);
	}

	/** Throws 1016, 1045, 1017 or 1018. */
	require(action: Action, type: string): void {
		if (!this.may(action, type)) throw refusal(DENIALS[action]);
		this.account.resource(type)?.guard?.(action, this);
	}

	exists(ref: Ref): boolean {
		return this.account.find(ref) !== undefined;
	}

	record(change: Change): void {
		this.changes.push(change);
	}
}
