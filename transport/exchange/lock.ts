import { SyncError } from '../../core';
import { backoffDelay } from '../backoff';
import type { Clock } from '../http';
import { outcomeOf } from './outcome';
import { pause } from './pause';

/**
 * Keeps other runs away from a site: all its exchanges share one table and one folder. A lock is a lease: it ends by
 * itself when its owner died. Implementations answer at once and do not wait.
 */
export interface ExchangeLock {
	/** Takes the lock when nobody has it. False when somebody else does. */
	acquire(site: string, owner: string, leaseMilliseconds: number): Promise<boolean>;
	/** Makes the lease last so long from now. False when somebody else has taken it meanwhile. */
	renew(site: string, owner: string, leaseMilliseconds: number): Promise<boolean>;
	/** Gives it back; without effect when somebody else has it. */
	release(site: string, owner: string): Promise<void>;
}

/** The lock among the runs of one process. */
export class ProcessLock implements ExchangeLock {
	private readonly leases = new Map<string, { owner: string; until: number }>();

	constructor(private readonly clock: Clock) {}

	/** Who has the site now; an owner may take it several times. */
	holder(site: string): string | undefined {
		const lease = this.leases.get(site);
		return lease && lease.until > this.clock.now() ? lease.owner : undefined;
	}

	async acquire(site: string, owner: string, leaseMilliseconds: number): Promise<boolean> {
		const holder = this.holder(site);
		if (holder !== undefined && holder !== owner) return false;
		this.leases.set(site, { owner, until: this.clock.now() + leaseMilliseconds });
		return await Promise.resolve(true);
	}

	async renew(site: string, owner: string, leaseMilliseconds: number): Promise<boolean> {
		return await this.acquire(site, owner, leaseMilliseconds);
	}

	async release(site: string, owner: string): Promise<void> {
		if (this.holder(site) === owner) this.leases.delete(site);
		await Promise.resolve();
	}
}

/** Who wants to exchange with which site. Times in milliseconds. */
export interface HoldSettings {
	/** As `ExchangeAddress` has it. */
	site: string;
	/** The run: the same in all nodes of one execution, so that reading and confirming are under one lock. */
	owner: string;
	/** One for the whole process. */
	process: ProcessLock;
	/** What all processes share. */
	lock?: ExchangeLock;
	/** The user states that no other process exchanges with the site, so that `lock` can be missing. */
	onlyProcess: boolean;
	clock: Clock;
	/** How long one request may take: the lease outlasts it. */
	requestMilliseconds: number;
	/** How long to wait for a lock that somebody else has. */
	waitMilliseconds: number;
	signal?: AbortSignal;
}

/** By how much a lease is longer than a request, and how much of that must be left before one. */
const LEASE_RESERVE = 5 * 60_000;
const MARGIN = 60_000;

const WAITING = { attempts: Infinity, firstMilliseconds: 1000, capMilliseconds: 15_000 };

/** The right to exchange with a site, for the time of a run. */
export class ExchangeHold {
	private until: number;
	private given = true;

	private constructor(
		private readonly settings: HoldSettings,
		/** A run that has the lock already gets it once more; the first hold gives it back. */
		private readonly isInner: boolean,
		since: number,
	) {
		this.until = since + leaseOf(settings);
	}

	/** Waits for the lock. Throws EXCHANGE_NO_LOCK, EXCHANGE_BUSY. */
	static async take(settings: HoldSettings): Promise<ExchangeHold> {
		const { site, owner, process, lock, onlyProcess, clock, waitMilliseconds, signal } = settings;
		if (!lock && !onlyProcess) throw new SyncError('EXCHANGE_NO_LOCK', { site });
		const isInner = process.holder(site) === owner;
		const end = clock.now() + waitMilliseconds;
		for (let attempt = 1; ; attempt += 1) {
			const since = clock.now();
			if (await acquireAll(settings)) return new ExchangeHold(settings, isInner, since);
			const delay = backoffDelay(WAITING, attempt);
			if (clock.now() + delay > end) throw new SyncError('EXCHANGE_BUSY', { site });
			await pause(clock, delay, `the exchange with ${site}`, signal);
		}
	}

	/** To be called before each request: the lease outlasts it then. Throws EXCHANGE_LOCK_LOST. */
	async keep(call: string): Promise<void> {
		const { site, owner, clock, requestMilliseconds } = this.settings;
		const now = clock.now();
		if (this.given && this.until - now >= requestMilliseconds + MARGIN) return;
		for (const lock of this.given ? locksOf(this.settings) : []) this.given &&= await lock.renew(site, owner, leaseOf(this.settings));
		if (!this.given) throw new SyncError('EXCHANGE_LOCK_LOST', { site, call });
		this.until = now + leaseOf(this.settings);
	}

	/** Gives the lock back. Never throws: a lock that cannot be given back ends by itself. */
	async release(): Promise<void> {
		const { site, owner } = this.settings;
		if (this.isInner || !this.given) return;
		this.given = false;
		await Promise.allSettled(locksOf(this.settings).map(async (lock) => await lock.release(site, owner)));
	}
}

const leaseOf = ({ requestMilliseconds }: HoldSettings): number => requestMilliseconds + LEASE_RESERVE;

const locksOf = ({ process, lock }: HoldSettings): ExchangeLock[] => (lock ? [process, lock] : [process]);

/** All or none. */
async function acquireAll(settings: HoldSettings): Promise<boolean> {
	const { site, owner, process, lock } = settings;
	const wasHolder = process.holder(site) === owner;
	if (!(await process.acquire(site, owner, leaseOf(settings)))) return false;
	const outcome = await outcomeOf(async () => !lock || (await (wasHolder ? lock.renew(site, owner, leaseOf(settings)) : lock.acquire(site, owner, leaseOf(settings)))));
	if ('value' in outcome && outcome.value) return true;
	if (!wasHolder) await process.release(site, owner);
	if ('error' in outcome) throw outcome.error;
	return false;
}
