import type { Clock } from '../http';
import { Alarm } from './alarm';
import { Meter } from './meter';
import { Places } from './places';
import type { LimitState } from './state';

/** What an account allows in a window. Source: github moysklad/api-remap-1.2-doc, `md/_restrictions.md`. */
export interface WindowSettings {
	/** Units in a window until an answer says otherwise. */
	units: number;
	windowMilliseconds: number;
	/** Units that an ordinary call costs. */
	weight: number;
	/** Calls that the platform lets one account have in flight. */
	parallel: number;
	/** Processes that share the account. */
	processes: number;
}

/** Waiting lasts a little longer than reckoned, since clocks and networks jitter. */
const MARGIN = 15;

/**
 * A call is counted by the server at the latest this long after it was sent, however long its answer takes. Not so the first one
 * of a process: what sends it is only loaded then.
 */
const ARRIVAL = 100;

/**
 * Keeps the calls of one account inside "so many units in a window", together with other processes that it cannot talk to.
 *
 * Every answer says how many units are left. A lane (one call at a time) goes on only when what is left is enough for
 * one more call of every lane there is: its own process's and, when others are seen to use up units, theirs.
 * The last call of every lane then falls into the last places of the window, so that together they use it up exactly,
 * in whatever order the answers come. After that the limiter waits until the window in which its first answer came is over.
 */
export class WindowLimiter {
	private readonly lanes: number;
	private readonly places = new Places(() => this.pump());
	private readonly alarm: Alarm;
	private inFlight = 0;
	private unitsInFlight = 0;
	private answers = 0;
	private window: { remaining: number; begunAt: number } | undefined;
	private recent: Array<{ at: number; units: number }> = [];
	private newsless = true;
	private sliding = false;
	private othersSeen = -Infinity;
	private blockedUntil = -Infinity;
	private settings: WindowSettings;
	private readonly meter: Meter;

	constructor(
		settings: WindowSettings,
		private readonly clock: Clock,
	) {
		this.settings = { ...settings };
		this.meter = new Meter(clock);
		this.alarm = new Alarm(clock, () => this.pump());
		this.lanes = Math.max(1, Math.floor(settings.parallel / settings.processes));
	}

	/** Units that an ordinary call costs. */
	get weight(): number {
		return this.settings.weight;
	}

	/** How far this process uses the limit of the account. */
	use(): ReturnType<Meter['use']> {
		return this.meter.use((this.settings.units * 60_000) / this.settings.windowMilliseconds);
	}

	/** Waits for a place, makes the call, and learns from what its answer says. Rejects with the signal's reason while waiting. */
	async run<T>(units: number, call: () => Promise<T>, read: (answer: T) => LimitState, signal?: AbortSignal): Promise<T> {
		const asked = this.clock.now();
		await this.places.wait(units, signal);
		const sent = { at: this.clock.now(), answers: this.answers };
		this.meter.went(units, sent.at - asked);
		try {
			const answer = await call();
			this.learn(read(answer), sent);
			return answer;
		} finally {
			this.inFlight -= 1;
			this.unitsInFlight -= units;
			this.pump();
		}
	}

	private pump(): void {
		for (let units = this.places.next; units !== undefined && this.inFlight < this.lanes; units = this.places.next) {
			const delay = this.delay(units);
			if (delay > 0) return this.alarm.in(delay);
			this.inFlight += 1;
			this.unitsInFlight += units;
			this.recent.push({ at: this.clock.now(), units });
			this.places.admit();
		}
	}

	/** Milliseconds until a call of that many units may go, as far as is known now. */
	private delay(units: number): number {
		const now = this.clock.now();
		if (now < this.blockedUntil) return this.blockedUntil - now;
		if (!this.window) return this.newsless ? this.delayWithoutNews(units, now) : 0;
		if (this.window.remaining - this.unitsInFlight - this.reserve(now) >= units) return 0;
		const free = this.freeAgain(this.window.begunAt, now);
		if (now < free) return free - now;
		this.window = undefined;
		return 0;
	}

	/** When units come back: all at once when the window is over, or, where it slides, as our oldest call leaves it. */
	private freeAgain(begunAt: number, now: number): number {
		const oldest = this.sliding ? this.recentSince(now)[0] : undefined;
		return (oldest?.at ?? begunAt) + this.settings.windowMilliseconds + MARGIN;
	}

	/** Until an answer names a limit, our own count keeps it, with an equal share for each process. */
	private delayWithoutNews(units: number, now: number): number {
		const recent = this.recentSince(now);
		const oldest = recent[0];
		if (!oldest || sum(recent) + units <= this.settings.units / this.settings.processes) return 0;
		return oldest.at + this.settings.windowMilliseconds + MARGIN - now;
	}

	private recentSince(now: number): Array<{ at: number; units: number }> {
		this.recent = this.recent.filter(({ at }) => at > now - this.settings.windowMilliseconds - MARGIN);
		return this.recent;
	}

	private reserve(now: number): number {
		if (now - this.othersSeen > 2 * this.settings.windowMilliseconds) return 0;
		return (this.settings.processes - 1) * this.lanes * this.settings.weight;
	}

	/**
	 * When no other answer came while this call was under way, what it says is later than all that is known.
	 * When more units are gone than our calls of this window explain, either others used them, or the window slides
	 * and our earlier calls still count in it.
	 */
	private learn(state: LimitState, sent: { at: number; answers: number }): void {
		const now = this.clock.now();
		const newest = sent.answers === this.answers;
		this.answers += 1;
		if (state.limit !== undefined && state.limit > 0) this.settings.units = state.limit;
		if (state.windowMilliseconds !== undefined && state.windowMilliseconds > 0) this.settings.windowMilliseconds = state.windowMilliseconds;
		if (state.refused) return this.refuse(state, now);
		if (state.remaining === undefined) return;
		const arrival = this.newsless ? Infinity : ARRIVAL;
		this.newsless = false;
		const before = this.window;
		const begun = !before || (newest && state.remaining >= before.remaining);
		const unexplained = (begun ? this.settings.units : before.remaining) - state.remaining > this.unitsInFlight;
		const slid = begun && unexplained && state.remaining === this.settings.units - sum(this.recentSince(now));
		if (unexplained && !slid) this.othersSeen = now;
		if (begun) this.sliding = slid && this.reserve(now) === 0;
		this.window = begun
			? { remaining: state.remaining, begunAt: Math.min(now, sent.at + arrival) }
			: { ...before, remaining: Math.min(before.remaining, state.remaining) };
	}

	private refuse(state: LimitState, now: number): void {
		this.meter.wasRefused();
		if (this.settings.processes > 1) this.othersSeen = now;
		this.window = undefined;
		this.blockedUntil = now + (state.resetMilliseconds || this.settings.windowMilliseconds) + MARGIN;
	}
}

const sum = (calls: Array<{ units: number }>): number => calls.reduce((total, { units }) => total + units, 0);
