import type { Clock } from '../../kernel/clock.cts';
import type { User } from '../users.cts';

export interface RateRule {
	/** What a user may spend in one window. */
	unitsPerWindow: number;
	windowMilliseconds: number;
	/** What one request of a user costs; a solution's costs 1. */
	weight: number;
	/** Requests of one user at a time. */
	parallel: number;
}

export const USUAL_RATE: RateRule = { unitsPerWindow: 45, windowMilliseconds: 3000, weight: 4, parallel: 5 };

const PARALLEL_OF_ACCOUNT = 20;
/** Reports that cost more, whoever asks. */
const DEAR_REPORT = /^report\/stock\/(all|bystore)$/;
const DEAR_UNITS = 5;

export type Verdict = 'free' | 'rate' | 'parallel';

/** What a request costs: `path` is without the base URL. */
export const costOf = (user: User, method: string, path: string): number =>
	method === 'GET' && DEAR_REPORT.test(path) ? DEAR_UNITS : user.weight;

/**
 * The limits of an account: units per window and requests at a time, each user by itself.
 * `fixed`: a window starts with the first request after the last one ended. `sliding`: units come back one by one, a window after they were spent.
 */
export class Limits {
	private readonly spent = new Map<string, Array<{ at: number; units: number }>>();
	private readonly running = new Map<string, number>();
	private runningAll = 0;

	constructor(
		private readonly clock: Clock,
		private readonly rule: RateRule,
		private readonly window: 'fixed' | 'sliding',
	) {}

	/** Takes a place for the request. `leave` gives it back; call it only after 'free'. */
	enter(user: User, units: number): Verdict {
		const running = this.running.get(user.login) ?? 0;
		if (running >= this.rule.parallel || this.runningAll >= PARALLEL_OF_ACCOUNT) return 'parallel';
		if (this.left(user) < units) return 'rate';
		this.spent.set(user.login, [...this.current(user), { at: this.clock.now(), units }]);
		this.running.set(user.login, running + 1);
		this.runningAll += 1;
		return 'free';
	}

	leave(user: User): void {
		this.running.set(user.login, (this.running.get(user.login) ?? 1) - 1);
		this.runningAll -= 1;
	}

	/** The headers that go with every answer to this user. */
	headers(user: User, verdict: Verdict): Record<string, string> {
		const wait = verdict === 'rate' ? this.untilFree(user) : 0;
		return {
			'x-ratelimit-limit': String(this.rule.unitsPerWindow),
			'x-ratelimit-remaining': String(Math.max(0, this.left(user))),
			'x-lognex-retry-timeinterval': String(this.rule.windowMilliseconds),
			'x-lognex-reset': String(wait),
			'x-lognex-retry-after': String(wait),
		};
	}

	private left(user: User): number {
		return this.rule.unitsPerWindow - this.current(user).reduce((sum, { units }) => sum + units, 0);
	}

	/** What still counts against the user. */
	private current(user: User): Array<{ at: number; units: number }> {
		const all = this.spent.get(user.login) ?? [];
		const now = this.clock.now();
		if (this.window === 'sliding') return all.filter(({ at }) => now - at < this.rule.windowMilliseconds);
		const [first] = all;
		return first && now - first.at < this.rule.windowMilliseconds ? all : [];
	}

	/** Until a request can pass again: the end of the window, or until enough units came back. */
	private untilFree(user: User): number {
		const current = this.current(user);
		const [first] = current;
		if (!first) return 0;
		if (this.window === 'fixed') return first.at + this.rule.windowMilliseconds - this.clock.now();
		let missing = user.weight - this.left(user);
		const enough = current.find(({ units }) => (missing -= units) <= 0) ?? first;
		return enough.at + this.rule.windowMilliseconds - this.clock.now();
	}
}
