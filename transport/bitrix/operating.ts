import type { Clock } from '../http';
import type { Timing } from './answers';

/** Bitrix24 gives each method 480 s of working time in ten minutes; calls stop a little before that. */
const LIMIT_SECONDS = 480;
const RESERVE_SECONDS = 10;

/** After a refusal that does not say when the time is free again. */
const WAIT_AFTER_REFUSAL = 10_000;

interface Used {
	seconds: number;
	/** Milliseconds since 1970 when the oldest minute drops out. */
	freeAt: number;
}

/**
 * The working time of each method on one host, as far as its answers tell (boxed editions and sites say nothing). Source: github
 * bitrix24/b24restdocs, `limits.md`.
 */
export class OperatingBudget {
	private readonly used = new Map<string, Used>();
	private limit = LIMIT_SECONDS;
	private readonly since: number;
	private refusals = 0;

	constructor(private readonly clock: Clock) {
		this.since = clock.now();
	}

	/** How far the method that has worked longest uses its time. Calls are counted where they are made, and are none here. */
	use(): { since: number; calls: number; refused: number; waitedMilliseconds: number; share: number } {
		const now = this.clock.now();
		const most = Math.max(0, ...[...this.used.values()].filter(({ freeAt }) => freeAt > now).map(({ seconds }) => seconds));
		return { since: this.since, calls: 0, refused: this.refusals, waitedMilliseconds: 0, share: Math.round(Math.min(1, most / this.limit) * 1000) / 1000 };
	}

	/** Waits until all of the methods may be called. */
	async wait(methods: Iterable<string>, signal?: AbortSignal): Promise<void> {
		const now = this.clock.now();
		let until = now;
		for (const method of methods) {
			const used = this.used.get(method);
			if (used && used.seconds >= this.limit - RESERVE_SECONDS) until = Math.max(until, used.freeAt);
		}
		if (until > now) await this.clock.sleep(until - now, signal);
		for (const [method, { freeAt }] of this.used) if (freeAt <= this.clock.now()) this.used.delete(method);
	}

	/** Takes over what an answer says of a method. */
	note(method: string, time: Timing | undefined): void {
		if (time?.operating === undefined) return;
		const freeAt = time.operating_reset_at === undefined ? this.clock.now() + 60_000 : time.operating_reset_at * 1000 + 1000;
		this.used.set(method, { seconds: time.operating, freeAt });
	}

	/** The method was refused: its limit is lower than was thought, or others use the same webhook. */
	refused(method: string): void {
		this.refusals += 1;
		const known = this.used.get(method);
		const freeAt = Math.max(known?.freeAt ?? 0, this.clock.now() + WAIT_AFTER_REFUSAL);
		this.used.set(method, { seconds: this.limit, freeAt });
	}
}
