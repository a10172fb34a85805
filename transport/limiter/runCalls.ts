/** Runs that never ask for their number are forgotten: those of the longest ago first. */
const MOST_RUNS = 2000;

/** How many calls each execution of this process has made, whatever the platform. */
export class RunCalls {
	private readonly counts = new Map<string, number>();

	note(run: string): void {
		const count = (this.counts.get(run) ?? 0) + 1;
		this.counts.delete(run);
		this.counts.set(run, count);
		const [oldest] = this.counts.keys();
		if (this.counts.size > MOST_RUNS && oldest !== undefined) this.counts.delete(oldest);
	}

	/** The calls of a run since this was asked last; null for a run of which nothing is known here, such as one of another process. */
	take(run: string): number | null {
		const count = this.counts.get(run);
		if (count !== undefined) this.counts.set(run, 0);
		return count ?? null;
	}
}
