import type { LimitUse } from '../../core';

/** What people may see of a limiter: whose limit it keeps. Never a secret or a name: a host, or a hash. */
export type LimitName = Pick<LimitUse, 'platform' | 'limit' | 'account'>;

/** A limiter that tells how far its limit is used. */
interface Measured {
	use(): Omit<LimitUse, keyof LimitName | 'process'>;
}

/** Another one after each start, so that numbers of several processes are never taken for those of one. */
const PROCESS = Math.random().toString(36).slice(2, 8);

/**
 * One limiter for each account or host in the process, shared by all nodes and workflows:
 * this module is built once into dist/shared, so the map below exists once.
 */
const limiters = new Map<string, object>();

/**
 * The limiter under `key`; made on first use. The key holds what distinguishes accounts, as a hash, never a secret itself.
 * A change of settings that matters for the limiter belongs into the key.
 */
export function sharedLimiter<T extends object>(key: string, make: () => T): T {
	const present = limiters.get(key) as T | undefined;
	if (present) return present;
	const made = make();
	limiters.set(key, made);
	return made;
}

const measured = new Map<string, LimitName & { limiter: Measured }>();

/** The limiter under `key`, as of `sharedLimiter`; people may see under `name` how far it is used. */
export function measuredLimiter<T extends object & Measured>(key: string, name: LimitName, make: () => T): T {
	const limiter = sharedLimiter(key, make);
	measured.set(key, { ...name, limiter });
	return limiter;
}

/** How far this process uses the limits of all accounts that it has called so far. Reading changes nothing. */
export const limitUse = (): LimitUse[] => [...measured.values()].map(({ limiter, ...name }) => ({ ...name, process: PROCESS, ...limiter.use() }));
