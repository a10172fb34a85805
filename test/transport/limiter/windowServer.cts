import type { Random } from '../../simulators/kernel/random.cts';
import type { VirtualClock } from '../../support/virtualClock.cts';

/** How the server's three seconds run: from the first call, by the clock, or back from each moment. MoySklad does not say. */
export type WindowKind = 'fromFirstCall' | 'byTheClock' | 'sliding';

export interface WindowAnswer {
	refused: boolean;
	limit: number;
	remaining?: number;
	resetMilliseconds?: number;
}

const LIMIT = 45;
const WINDOW = 3000;

/** A server that counts units, seen through a network with latency. */
export class WindowServer {
	calls = 0;
	refused = 0;
	private log: Array<{ at: number; units: number }> = [];
	private start = -Infinity;

	constructor(
		private readonly clock: VirtualClock,
		private readonly kind: WindowKind,
		private readonly random: Random,
		private readonly latency: readonly [number, number],
	) {}

	async call(units: number): Promise<WindowAnswer> {
		const latency = this.random.integer(...this.latency);
		await this.clock.sleep(latency / 2);
		const answer = this.count(units, this.clock.now());
		await this.clock.sleep(latency / 2);
		return answer;
	}

	private count(units: number, now: number): WindowAnswer {
		this.forget(now);
		const used = this.log.reduce((sum, call) => sum + call.units, 0);
		this.calls += 1;
		if (used + units > LIMIT) {
			this.refused += 1;
			const from = this.kind === 'sliding' ? (this.log[0]?.at ?? now) : this.start;
			return { refused: true, limit: LIMIT, resetMilliseconds: from + WINDOW - now };
		}
		this.log.push({ at: now, units });
		return { refused: false, limit: LIMIT, remaining: LIMIT - used - units };
	}

	private forget(now: number): void {
		if (this.kind === 'sliding') {
			this.log = this.log.filter(({ at }) => at > now - WINDOW);
			return;
		}
		const start = this.kind === 'byTheClock' ? Math.floor(now / WINDOW) * WINDOW : now >= this.start + WINDOW ? now : this.start;
		if (start !== this.start) this.log = [];
		this.start = start;
	}
}
