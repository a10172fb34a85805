import type { Clock } from '../http';

/** Runs that never ask for their number are forgotten: those of the longest ago first. */
const MOST_RUNS = 2000;

interface Counted {
	calls: number;
	/** When the first of them was made, milliseconds since 1970. */
	since: number;
}

/** How many calls each execution of this process has made, whatever the platform. */
export class RunCalls {
	private readonly counts = new Map<string, Counted>();

	constructor(private readonly clock: Clock) {}

	/** Counts one call of the execution `run`. Executions that called longest ago are forgotten first. */
	note(run: string): void {
		const known = this.counts.get(run);
		this.counts.delete(run);
		this.counts.set(run, { calls: (known?.calls ?? 0) + 1, since: known?.since ?? this.clock.now() });
		const [oldest] = this.counts.keys();
		if (this.counts.size > MOST_RUNS && oldest !== undefined) this.counts.delete(oldest);
	}

	/** The calls of a run since this was asked last; undefined when there were none, or when they were made in another process. */
	take(run: string): Counted | undefined {
		const counted = this.counts.get(run);
		this.counts.delete(run);
		return counted;
	}
}
