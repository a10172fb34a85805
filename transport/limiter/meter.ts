import type { Clock } from '../http';

const MINUTE = 60_000;
const MINUTES = 10;

/** What a limiter let through, to tell people how near the limit they are. It decides nothing. */
export class Meter {
	private readonly since: number;
	private calls = 0;
	private refused = 0;
	private waited = 0;
	private units = new Map<number, number>();

	constructor(private readonly clock: Clock) {
		this.since = clock.now();
	}

	/** A call went, after it had waited. */
	went(units: number, waitedMilliseconds: number): void {
		this.calls += 1;
		this.waited += waitedMilliseconds;
		const minute = this.minute();
		this.units.set(minute, (this.units.get(minute) ?? 0) + units);
		for (const old of this.units.keys()) if (old <= minute - MINUTES) this.units.delete(old);
	}

	/** The platform refused a call for its limit. */
	wasRefused(): void {
		this.refused += 1;
	}

	/** @param unitsAMinute what the limit allows in a minute */
	use(unitsAMinute: number): { since: number; calls: number; refused: number; waitedMilliseconds: number; share: number } {
		const recent = [...this.units].filter(([minute]) => minute > this.minute() - MINUTES).map(([, units]) => units);
		const share = Math.min(1, Math.max(0, ...recent) / unitsAMinute);
		return { since: this.since, calls: this.calls, refused: this.refused, waitedMilliseconds: Math.round(this.waited), share: Math.round(share * 1000) / 1000 };
	}

	private minute(): number {
		return Math.floor(this.clock.now() / MINUTE);
	}
}
