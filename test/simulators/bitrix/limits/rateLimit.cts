import type { Portal } from '../portal.cts';
import { LeakyBucket, type RateUsage } from './leakyBucket.cts';

/** The cloud's rate limit, counted by the caller's address; boxes and sites have none. A batch is one request. */
export class RateLimit {
	private readonly buckets = new Map<string, LeakyBucket>();

	constructor(private readonly portal: Portal) {}

	/** False = refused. */
	take(address: string): boolean {
		const { edition, options, clock } = this.portal;
		if (edition !== 'cloud') return true;
		const bucket = this.buckets.get(address) ?? new LeakyBucket(options.plan.bucket, options.plan.drain);
		this.buckets.set(address, bucket);
		return bucket.take(clock.now());
	}

	/** By address. */
	usage(): Record<string, RateUsage> {
		return Object.fromEntries([...this.buckets].map(([address, bucket]) => [address, bucket.usage()]));
	}

	restartUsage(): void {
		for (const bucket of this.buckets.values()) bucket.restartUsage();
	}
}
