import type { Clock } from '../../../transport';

/** The signatures of calls that came lately, in this process: who sends one of them again has recorded it. */
export class SeenCalls {
	/** In the order in which they came. */
	private readonly until = new Map<string, number>();

	constructor(
		private readonly clock: Clock,
		/** Milliseconds after which a signature is too old to be accepted anyway. */
		private readonly lifetime: number,
	) {}

	/** False when the very same call came before. */
	isNew(signature: string): boolean {
		const now = this.clock.now();
		for (const [old, end] of this.until) {
			if (end > now) break;
			this.until.delete(old);
		}
		if (this.until.has(signature)) return false;
		this.until.set(signature, now + this.lifetime);
		return true;
	}
}
