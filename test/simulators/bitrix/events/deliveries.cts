import { wait, type Clock } from '../../kernel/clock.cts';
import { Random } from '../../kernel/random.cts';
import { isMap, type Params } from '../wire/params.cts';
import type { HandlerRow } from './handlers.cts';

/** Milliseconds of real time that a handler has. */
const PATIENCE = 5_000;
const MOST_REMEMBERED = 20_000;

export interface EventDelivery {
	event: string;
	handlerId: number;
	url: string;
	/** The form as it is sent. */
	body: string;
	created: number;
	/** `failed` is final: nothing is sent twice (trap T15). `lost` was dropped on purpose. */
	state: 'sending' | 'delivered' | 'failed' | 'lost';
	outcome?: number | 'timeout' | 'unreachable';
}

/** How the queue misbehaves: shares from 0 to 1, milliseconds of real time. */
export interface DeliveryFaults {
	lost: number;
	duplicated: number;
	late: number;
	lateMilliseconds: number;
	/** How long every delivery takes to set out. */
	delayMilliseconds: number;
}

const NO_FAULTS: DeliveryFaults = { lost: 0, duplicated: 0, late: 0, lateMilliseconds: 500, delayMilliseconds: 0 };

/** The queue server: calls handlers beside the requests that caused it, once each, and logs what became of it. */
export class EventDeliveries {
	readonly log: EventDelivery[] = [];
	faults: DeliveryFaults = { ...NO_FAULTS };
	private readonly sending = new Set<Promise<void>>();
	private readonly closing = new AbortController();
	private readonly random: Random;

	constructor(
		private readonly clock: Clock,
		seed: number,
	) {
		this.random = new Random(`events ${seed}`);
	}

	/** `content`: event, event_handler_id, data, ts and auth. */
	enqueue({ id, url, event }: HandlerRow, content: Params): void {
		const lost = this.random.chance(this.faults.lost);
		const copies = this.random.chance(this.faults.duplicated) ? 2 : 1;
		for (let copy = 0; copy < copies; copy++) {
			const delivery: EventDelivery = {
				event,
				handlerId: id,
				url,
				body: formOf(content),
				created: this.clock.now(),
				state: lost ? 'lost' : 'sending',
			};
			this.remember(delivery);
			if (!lost) this.start(delivery);
		}
	}

	/** Resolves when nothing is under way any more. */
	async flush(): Promise<void> {
		while (this.sending.size > 0) await Promise.all(this.sending);
	}

	async close(): Promise<void> {
		this.closing.abort();
		await this.flush();
	}

	setFaults(faults: Partial<DeliveryFaults>): DeliveryFaults {
		const unknown = Object.keys(faults).filter((name) => !Object.hasOwn(NO_FAULTS, name));
		if (unknown.length > 0) throw new RangeError(`Unknown fault of deliveries: ${unknown.join(', ')}`);
		return (this.faults = { ...NO_FAULTS, ...faults });
	}

	private remember(delivery: EventDelivery): void {
		this.log.push(delivery);
		if (this.log.length > MOST_REMEMBERED) this.log.shift();
	}

	private start(delivery: EventDelivery): void {
		const late = this.random.chance(this.faults.late) ? this.faults.lateMilliseconds : 0;
		const run = this.deliver(delivery, this.faults.delayMilliseconds + late).finally(() => this.sending.delete(run));
		this.sending.add(run);
	}

	private async deliver(delivery: EventDelivery, delay: number): Promise<void> {
		if (delay > 0) await wait(delay);
		delivery.outcome = await this.call(delivery);
		delivery.state = typeof delivery.outcome === 'number' && delivery.outcome < 300 ? 'delivered' : 'failed';
	}

	private async call({ url, body }: EventDelivery): Promise<EventDelivery['outcome']> {
		try {
			const answer = await fetch(url, {
				method: 'POST',
				headers: { 'content-type': 'application/x-www-form-urlencoded', 'user-agent': 'Bitrix24 Webhook Engine' },
				body,
				redirect: 'manual',
				signal: AbortSignal.any([AbortSignal.timeout(PATIENCE), this.closing.signal]),
			});
			await answer.body?.cancel();
			return answer.status;
		} catch (error) {
			return (error as { name?: unknown }).name === 'TimeoutError' ? 'timeout' : 'unreachable';
		}
	}
}

/** A tree as PHP's `http_build_query` writes it: `data[FIELDS][ID]=5`. */
export function formOf(content: Params): string {
	const form = new URLSearchParams();
	const append = (name: string, value: unknown): void => {
		if (Array.isArray(value)) value.forEach((inner, index) => append(`${name}[${index}]`, inner));
		else if (isMap(value)) for (const [key, inner] of Object.entries(value)) append(`${name}[${key}]`, inner);
		else if (value !== null && value !== undefined) form.append(name, value === true ? '1' : value === false ? '0' : String(value));
	};
	for (const [name, value] of Object.entries(content)) append(name, value);
	return form.toString();
}
