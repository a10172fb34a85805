import { SyncError } from '../../core';
import type { Clock } from '../http';

const MINUTE = 60_000;

/** MoySklad disables a user after 200 identical failing requests or 100 PUTs to one entity a minute; we stay far below. */
const FAILURES_A_MINUTE = 30;
const PUTS_A_MINUTE = 80;

/**
 * Keeps one account away from the thresholds at which MoySklad disables its API access. Source: github
 * moysklad/api-remap-1.2-doc, `md/_restrictions.md`.
 */
export class AccountGuard {
	private readonly failures = new Map<string, number[]>();
	private readonly puts = new Map<string, number[]>();
	private sweptAt = -Infinity;

	constructor(private readonly clock: Clock) {}

	/** Throws MOYSKLAD_REPEATED_FAILURE when the same request has failed too often of late. `signature` tells identical requests. */
	checkFailures(signature: string, call: string): void {
		const count = this.recent(this.failures, signature).length;
		if (count >= FAILURES_A_MINUTE) throw new SyncError('MOYSKLAD_REPEATED_FAILURE', { call, count });
	}

	/** Counts a failure of the request with that signature. */
	failed(signature: string): void {
		this.note(this.failures, signature);
	}

	/** Waits until one more PUT to this entity is harmless, and counts it. */
	async beforePut(path: string, signal?: AbortSignal): Promise<void> {
		const recent = this.recent(this.puts, path);
		const oldest = recent[0];
		if (oldest !== undefined && recent.length >= PUTS_A_MINUTE) await this.clock.sleep(oldest + MINUTE - this.clock.now(), signal);
		this.note(this.puts, path);
	}

	private recent(moments: Map<string, number[]>, key: string): number[] {
		const since = this.clock.now() - MINUTE;
		return (moments.get(key) ?? []).filter((moment) => moment > since);
	}

	private note(moments: Map<string, number[]>, key: string): void {
		this.sweep();
		moments.set(key, [...this.recent(moments, key), this.clock.now()]);
	}

	private sweep(): void {
		if (this.clock.now() - this.sweptAt < MINUTE) return;
		this.sweptAt = this.clock.now();
		for (const moments of [this.failures, this.puts])
			for (const key of moments.keys()) if (this.recent(moments, key).length === 0) moments.delete(key);
	}
}
