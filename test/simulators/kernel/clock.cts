/**
 * The time a simulator believes in: the machine's own clock plus an offset that tests move.
 * All windows, expiries and "changed since" answers are computed from it, so a test can let an hour pass at once.
 */
export class Clock {
	private offset = 0;

	/** Milliseconds since 1970, UTC. */
	now(): number {
		return Date.now() + this.offset;
	}

	/** Lets `milliseconds` pass (negative values go back). */
	advance(milliseconds: number): void {
		this.offset += milliseconds;
	}

	/** Moves to the given moment. */
	set(now: number): void {
		this.offset = now - Date.now();
	}
}

export const wait = async (milliseconds: number): Promise<void> =>
	await new Promise((resolve) => setTimeout(resolve, milliseconds));
