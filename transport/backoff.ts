/** How often a call is made at most, and how long to wait before it is repeated. */
export interface Backoff {
	attempts: number;
	firstMilliseconds: number;
	capMilliseconds: number;
}

/** Five attempts; the waits between them come to 7.5 seconds at most. */
export const DEFAULT_BACKOFF: Backoff = { attempts: 5, firstMilliseconds: 500, capMilliseconds: 20_000 };

/**
 * How long to wait before attempt number `attempt` (1 = the first repetition), in milliseconds. Doubles each time up to the cap;
 * the upper half is random so that processes that failed together do not return together.
 */
export function backoffDelay({ firstMilliseconds, capMilliseconds }: Backoff, attempt: number, random: () => number = Math.random): number {
	const full = Math.min(capMilliseconds, firstMilliseconds * 2 ** (attempt - 1));
	return full / 2 + (full / 2) * random();
}
