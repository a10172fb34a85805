export interface RouteCount {
	calls: number;
	statuses: Record<string, number>;
	bytesIn: number;
	bytesOut: number;
}

export interface CounterSnapshot {
	/** All calls but those of the control interface. */
	calls: number;
	/** Calls refused for a rate, parallel or load limit. */
	refused: number;
	/** Faults that were injected, by kind. */
	faults: Record<string, number>;
	/** TCP connections that were opened. */
	connections: number;
	/** Most calls that were being answered at one time. */
	mostParallel: number;
	/** Simulated moment of the first and the last call, ms since 1970. */
	firstCall: number | null;
	lastCall: number | null;
	routes: Record<string, RouteCount>;
}

/** What a simulator counts, by route (`GET /entity/product`, `catalog.product.list`). */
export class Counters {
	private counts: CounterSnapshot = Counters.empty();
	private parallel = 0;

	private static empty(): CounterSnapshot {
		return { calls: 0, refused: 0, faults: {}, connections: 0, mostParallel: 0, firstCall: null, lastCall: null, routes: {} };
	}

	reset(): void {
		this.counts = Counters.empty();
	}

	snapshot(): CounterSnapshot {
		return structuredClone(this.counts);
	}

	connection(): void {
		this.counts.connections += 1;
	}

	started(now: number): void {
		this.parallel += 1;
		this.counts.calls += 1;
		this.counts.mostParallel = Math.max(this.counts.mostParallel, this.parallel);
		this.counts.firstCall ??= now;
		this.counts.lastCall = now;
	}

	finished(): void {
		this.parallel -= 1;
	}

	refused(): void {
		this.counts.refused += 1;
	}

	fault(kind: string): void {
		this.counts.faults[kind] = (this.counts.faults[kind] ?? 0) + 1;
	}

	route(route: string, status: number | string, bytesIn = 0, bytesOut = 0): void {
		const count = (this.counts.routes[route] ??= { calls: 0, statuses: {}, bytesIn: 0, bytesOut: 0 });
		count.calls += 1;
		count.statuses[status] = (count.statuses[status] ?? 0) + 1;
		count.bytesIn += bytesIn;
		count.bytesOut += bytesOut;
	}
}
