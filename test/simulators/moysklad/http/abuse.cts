import { createHash } from 'node:crypto';
import type { IncomingCall } from '../../kernel/simulator.cts';
import type { User } from '../users.cts';

const MINUTE = 60_000;

/** More than so many within a minute switch a user's API access off. */
const THRESHOLDS = { identicalFailures: 200, rateRefusals: 200, putsToOneEntity: 100 } as const;
export type ViolationKind = keyof typeof THRESHOLDS;

export interface Violation {
	kind: ViolationKind;
	user: string;
	/** What was repeated. */
	what: string;
	moment: number;
}

/** Watches for the habits for which the platform switches API access off. */
export class AbuseGuard {
	readonly violations: Violation[] = [];
	private readonly recent = new Map<string, number[]>();

	/** Takes note of an answered request; disables the user when a threshold is crossed. */
	note(user: User, call: IncomingCall, status: number, now: number): void {
		if (status === 429) this.count('rateRefusals', user, '429', now);
		else if (status >= 400) this.count('identicalFailures', user, fingerprint(call), now);
		if (call.method === 'PUT' && status !== 429) this.count('putsToOneEntity', user, `PUT ${call.path}`, now);
	}

	/** The user may call again, as after a talk with support. */
	forgive(user: User): void {
		user.disabled = false;
		for (const key of this.recent.keys()) if (key.includes(` ${user.login} `)) this.recent.delete(key);
	}

	private count(kind: ViolationKind, user: User, what: string, now: number): void {
		const key = `${kind} ${user.login} ${what}`;
		const times = [...(this.recent.get(key) ?? []).filter((at) => now - at < MINUTE), now];
		this.recent.set(key, times);
		if (times.length <= THRESHOLDS[kind] || user.disabled) return;
		user.disabled = true;
		this.violations.push({ kind, user: user.login, what, moment: now });
	}
}

const fingerprint = ({ method, path, query, body }: IncomingCall): string =>
	`${method} ${path}?${query} ${createHash('sha256').update(body).digest('hex').slice(0, 16)}`;
