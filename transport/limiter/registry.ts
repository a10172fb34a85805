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
