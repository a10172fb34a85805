import type { Clock } from '../http';

/** Calls `ring` once at the earliest of the moments that were asked for. */
export class Alarm {
	private at = Infinity;

	constructor(
		private readonly clock: Clock,
		private readonly ring: () => void,
	) {}

	/** Asks for a ring after so many milliseconds, rounded up; none more when an earlier one is to come. */
	in(milliseconds: number): void {
		// Whole milliseconds: a remainder below what the clock can tell would ring for ever.
		const at = this.clock.now() + Math.ceil(milliseconds);
		if (at >= this.at) return;
		this.at = at;
		void this.clock.sleep(Math.ceil(milliseconds)).then(() => {
			if (this.at === at) this.at = Infinity;
			this.ring();
		});
	}
}
