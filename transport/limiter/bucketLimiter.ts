import type { Clock } from '../http';
import { Alarm } from './alarm';
import { Meter } from './meter';
import { Places } from './places';

/** How deep a bucket is and how fast it empties. Source: github bitrix24/b24restdocs, `limits.md`. */
export interface BucketSettings {
	/** Calls that may come at once. */
	capacity: number;
	/** Calls a second that flow out of the bucket. */
	drainPerSecond: number;
	/** Calls in flight at one time. */
	parallel: number;
}

/** A refusal lowers our pace by this factor, down to a floor; every success raises it a little again. */
const SLOWER = 0.7;
const SLOWEST = 0.2;
const FASTER = 1.02;

/**
 * Keeps the calls to one host inside a leaky bucket (Bitrix: 50 deep, 2 a second).
 * Bitrix says nowhere how full its bucket is, and programs on the same address share it. So ours is a model of it:
 * a refusal means that the real one is full and that somebody else pours into it too, and we go slower for a while.
 */
export class BucketLimiter {
	private readonly places = new Places(() => this.pump());
	private readonly alarm: Alarm;
	private inFlight = 0;
	private level = 0;
	private leveledAt: number;
	private pace = 1;
	private blockedUntil = -Infinity;
	private readonly meter: Meter;

	constructor(
		private readonly settings: BucketSettings,
		private readonly clock: Clock,
	) {
		this.leveledAt = clock.now();
		this.meter = new Meter(clock);
		this.alarm = new Alarm(clock, () => this.pump());
	}

	/** How far this process uses the limit of the host: in a minute a bucket takes what flows out of it, and what it holds. */
	use(): ReturnType<Meter['use']> {
		return this.meter.use(60 * this.settings.drainPerSecond + this.settings.capacity);
	}

	/** Waits for a place and makes the call; `refused` tells from its answer whether the bucket was full. */
	async run<T>(call: () => Promise<T>, refused: (answer: T) => boolean, signal?: AbortSignal): Promise<T> {
		const asked = this.clock.now();
		await this.places.wait(1, signal);
		this.meter.went(1, this.clock.now() - asked);
		try {
			const answer = await call();
			if (refused(answer)) this.slowDown();
			else this.pace = Math.min(1, this.pace * FASTER);
			return answer;
		} finally {
			this.inFlight -= 1;
			this.pump();
		}
	}

	private pump(): void {
		while (this.places.next !== undefined && this.inFlight < this.settings.parallel) {
			const delay = this.delay();
			if (delay > 0) return this.alarm.in(delay);
			this.inFlight += 1;
			this.level += 1;
			this.places.admit();
		}
	}

	private delay(): number {
		const now = this.clock.now();
		if (now < this.blockedUntil) return this.blockedUntil - now;
		const drain = (this.settings.drainPerSecond * this.pace) / 1000;
		this.level = Math.max(0, this.level - (now - this.leveledAt) * drain);
		this.leveledAt = now;
		return Math.max(0, (this.level + 1 - this.settings.capacity) / drain);
	}

	private slowDown(): void {
		this.meter.wasRefused();
		const now = this.clock.now();
		if (now >= this.blockedUntil) this.pace = Math.max(SLOWEST, this.pace * SLOWER);
		this.level = this.settings.capacity;
		this.leveledAt = now;
		this.blockedUntil = now + 1000 / (this.settings.drainPerSecond * this.pace);
	}
}
