import type { OperatingOptions } from '../options.cts';

const MINUTE = 60_000;
const WINDOW = 10;

/**
 * Operating time: what one app or webhook spends in one method, summed up in ten buckets of a minute. It is checked
 * before a call, so the call that crosses the limit still finishes; other methods go on.
 */
export class OperatingTime {
	private readonly spent = new Map<string, Map<number, number>>();
	private readonly costs: Array<{ pattern: RegExp; seconds: number }>;

	constructor(private readonly options: Required<OperatingOptions>) {
		this.costs = options.costs.map(({ method, seconds }) => ({ pattern: new RegExp(method, 'i'), seconds }));
	}

	get billsBatch(): boolean {
		return this.options.batch === 'batch';
	}

	/** Seconds that a call of the method costs. */
	costOf(method: string): number {
		return this.costs.find(({ pattern }) => pattern.test(method))?.seconds ?? this.options.defaultCost;
	}

	isExhausted(caller: string, method: string, now: number): boolean {
		return this.state(caller, method, now).seconds >= this.options.limit;
	}

	spend(caller: string, method: string, now: number, seconds: number): void {
		const buckets = this.buckets(caller, method, now);
		const minute = Math.floor(now / MINUTE);
		buckets.set(minute, (buckets.get(minute) ?? 0) + seconds);
	}

	/** Seconds in the window, and the Unix second at which the oldest bucket drops out of it. */
	state(caller: string, method: string, now: number): { seconds: number; resetAt: number } {
		const buckets = this.buckets(caller, method, now);
		const oldest = Math.min(...buckets.keys(), Math.floor(now / MINUTE));
		const seconds = [...buckets.values()].reduce((sum, value) => sum + value, 0);
		return { seconds: Math.round(seconds * 1e6) / 1e6, resetAt: ((oldest + WINDOW) * MINUTE) / 1000 };
	}

	private buckets(caller: string, method: string, now: number): Map<number, number> {
		const key = `${caller} ${method.toLowerCase()}`;
		const buckets = this.spent.get(key) ?? new Map<number, number>();
		this.spent.set(key, buckets);
		for (const minute of buckets.keys()) if (minute <= Math.floor(now / MINUTE) - WINDOW) buckets.delete(minute);
		return buckets;
	}
}
