import type { Clock } from '../http';

/** How long a site keeps a session without calls, at the strictest of its usual settings. */
const SESSION_LIFETIME = 15 * 60_000;

/**
 * Keeps what one node began and another one of the same run ends: a session must not leave the process, for its cookie
 * opens the administration of the site. What nobody takes is forgotten.
 */
export class Shelf<T> {
	private readonly kept = new Map<string, { thing: T; until: number }>();

	constructor(
		private readonly clock: Clock,
		private readonly milliseconds = SESSION_LIFETIME,
	) {}

	/** Keeps a thing under a key; what lay there before is forgotten. */
	put(key: string, thing: T): void {
		this.sweep();
		this.kept.set(key, { thing, until: this.clock.now() + this.milliseconds });
	}

	/** The thing under a key, which is off the shelf then. Undefined when it is not there, or no more. */
	take(key: string): T | undefined {
		this.sweep();
		const found = this.kept.get(key);
		this.kept.delete(key);
		return found?.thing;
	}

	private sweep(): void {
		const now = this.clock.now();
		for (const [key, { until }] of this.kept) if (until <= now) this.kept.delete(key);
	}
}
