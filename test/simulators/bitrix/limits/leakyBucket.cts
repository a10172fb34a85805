/** What a source of calls used of the rate limit. */
export interface RateUsage {
	accepted: number;
	refused: number;
	/** From the first to the last call. */
	seconds: number;
	/** How many calls the limit would have let through in that time: the bucket plus what drained. */
	allowance: number;
	/** accepted / allowance, 0 to 1. */
	share: number;
	highestLevel: number;
}

/** The cloud's rate limit for one source address: each call adds one, `drain` run out every second, `bucket` fit in. */
export class LeakyBucket {
	private level = 0;
	private changed = 0;
	private accepted = 0;
	private refused = 0;
	private first: number | undefined;
	private last = 0;
	private highest = 0;

	constructor(
		private readonly bucket: number,
		private readonly drain: number,
	) {}

	/** `now` in milliseconds. False = refused, and nothing is added. */
	take(now: number): boolean {
		this.level = Math.max(0, this.level - (Math.max(0, now - this.changed) / 1000) * this.drain);
		this.changed = now;
		this.first ??= now;
		this.last = now;
		if (this.level + 1 > this.bucket) {
			this.refused += 1;
			return false;
		}
		this.level += 1;
		this.accepted += 1;
		this.highest = Math.max(this.highest, this.level);
		return true;
	}

	/** Begins to count anew; what is in the bucket stays. */
	restartUsage(): void {
		Object.assign(this, { accepted: 0, refused: 0, first: undefined, highest: this.level });
	}

	usage(): RateUsage {
		const seconds = this.first === undefined ? 0 : (this.last - this.first) / 1000;
		const allowance = this.bucket + seconds * this.drain;
		const { accepted, refused } = this;
		return { accepted, refused, seconds, allowance, share: accepted / allowance, highestLevel: this.highest };
	}
}
