import { randomUUID } from 'node:crypto';
import type { Bench } from '../../kernel/simulator.cts';
import type { Json, Row } from '../engine/schema.cts';

/** Milliseconds of real time that a receiver has. */
const PATIENCE = 1500;
const ATTEMPTS = 4;
const AT_ONCE = 8;
const MOST_REMEMBERED = 50_000;
const DAY = 24 * 3_600_000;
const WATCHED_DAYS = 10;
const BAD_DAYS_ALLOWED = 7;
const USER_AGENT = 'MoySklad webhook touch agent 2.0 (/https://www.moysklad.ru)';

export interface Attempt {
	/** Simulated moment. */
	at: number;
	/** Until the answer, or until patience ended. */
	milliseconds: number;
	outcome: number | 'timeout' | 'unreachable';
}

export interface Delivery {
	/** The same in all attempts. */
	requestId: string;
	hook: string;
	hookType: 'webhook' | 'webhookstock';
	url: string;
	payload: Json;
	created: number;
	/** `lost`: dropped on purpose before the first attempt. */
	state: 'queued' | 'sending' | 'delivered' | 'dropped' | 'lost';
	attempts: Attempt[];
}

interface Day {
	succeeded: number;
	failed: number;
}

/** Sends notifications to webhooks, beside the requests that caused them. */
export class Deliveries {
	readonly all: Delivery[] = [];
	/** While true nothing is sent. */
	paused = false;
	/** Share of notifications that vanish, 0 to 1. */
	dropShare = 0;
	private queue: Delivery[] = [];
	private readonly sending = new Set<Promise<void>>();
	private readonly days = new Map<string, Map<number, Day>>();
	private readonly closing = new AbortController();

	/** `giveUpOn` is called for a hook that only failed for too long. */
	constructor(
		private readonly bench: Bench,
		private readonly giveUpOn: (delivery: Delivery) => void,
	) {}

	enqueue(hook: Row, payload: Json): void {
		const lost = this.dropShare > 0 && this.bench.random.chance(this.dropShare);
		const delivery: Delivery = {
			requestId: randomUUID(),
			hook: hook.id,
			hookType: hook.type as Delivery['hookType'],
			url: String(hook.url),
			payload,
			created: this.bench.clock.now(),
			state: lost ? 'lost' : 'queued',
			attempts: [],
		};
		this.all.push(delivery);
		if (this.all.length > MOST_REMEMBERED) this.all.shift();
		if (lost) return;
		this.queue.push(delivery);
		if (!this.paused) this.pump();
	}

	resume(): void {
		this.paused = false;
		this.pump();
	}

	/** Sends everything that waits, also while paused, and resolves when all is settled. */
	async flush(): Promise<void> {
		while (this.queue.length > 0 || this.sending.size > 0) {
			this.pump();
			await Promise.race(this.sending);
		}
	}

	/** Breaks off what is being sent; nothing is sent any more. */
	async close(): Promise<void> {
		this.paused = true;
		this.queue = [];
		this.closing.abort();
		await Promise.all(this.sending);
	}

	private pump(): void {
		while (this.sending.size < AT_ONCE) {
			const next = this.queue.shift();
			if (!next) return;
			const run = this.deliver(next).finally(() => {
				this.sending.delete(run);
				if (!this.paused) this.pump();
			});
			this.sending.add(run);
		}
	}

	private async deliver(delivery: Delivery): Promise<void> {
		delivery.state = 'sending';
		for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
			const made = await this.attempt(delivery);
			delivery.attempts.push(made);
			if (made.outcome === 200 || made.outcome === 204 || this.closing.signal.aborted) break;
		}
		const last = delivery.attempts.at(-1)?.outcome;
		delivery.state = last === 200 || last === 204 ? 'delivered' : 'dropped';
		this.remember(delivery);
	}

	private async attempt({ url, requestId, payload }: Delivery): Promise<Attempt> {
		const started = performance.now();
		const at = this.bench.clock.now();
		const finished = (outcome: Attempt['outcome']): Attempt => ({
			at,
			milliseconds: Math.round(performance.now() - started),
			outcome,
		});
		try {
			const response = await fetch(`${url}${url.includes('?') ? '&' : '?'}requestId=${requestId}`, {
				method: 'POST',
				headers: { 'content-type': 'application/json; charset=utf-8', 'user-agent': USER_AGENT },
				body: JSON.stringify(payload),
				redirect: 'manual',
				signal: AbortSignal.any([AbortSignal.timeout(PATIENCE), this.closing.signal]),
			});
			await response.body?.cancel();
			return finished(response.status);
		} catch (error) {
			return finished((error as { name?: unknown }).name === 'TimeoutError' ? 'timeout' : 'unreachable');
		}
	}

	/** Gives up on a hook when more than 7 of the last 10 days brought failures only and none a success. */
	private remember(delivery: Delivery): void {
		const today = Math.floor(this.bench.clock.now() / DAY);
		const days = this.days.get(delivery.hook) ?? new Map<number, Day>();
		this.days.set(delivery.hook, days);
		const day = days.get(today) ?? { succeeded: 0, failed: 0 };
		days.set(today, day);
		if (delivery.state === 'delivered') day.succeeded += 1;
		else day.failed += 1;
		const recent = [...days].filter(([number]) => number <= today && today - number < WATCHED_DAYS).map(([, one]) => one);
		const bad = recent.filter(({ failed }) => failed > 0).length;
		if (bad > BAD_DAYS_ALLOWED && recent.every(({ succeeded }) => succeeded === 0)) this.giveUpOn(delivery);
	}
}
