import type { Clock } from '../../../transport';

/** A window that holds so much closes at once: its execution must still be stored in time. */
const MOST_EVENTS_GATHERED = 1_000;
const MOST_BYTES_GATHERED = 1024 * 1024;

/** Of the response to a call, what tells how the call ends. */
export interface CallResponse {
	readonly statusCode: number;
	/** The sender has hung up. */
	readonly destroyed: boolean;
	once(event: 'finish' | 'close', listener: () => void): unknown;
}

/** A call with what it brings. */
export interface WindowCall<Part> {
	part: Part;
	events: number;
	bytes: number;
	response: CallResponse;
}

/** What becomes of a call: its execution carries all that was gathered, or another's does and was stored, or was not. */
export type Fate<Part> = { carries: Part[] } | { stored: boolean };

interface Gathered<Part> {
	parts: Part[];
	/** Whose execution carries the parts. */
	carrier: WindowCall<Part>;
	/** Whether that execution was stored. */
	stored: Promise<boolean>;
}

/** Gathers calls that come within a short time, so that one execution carries them all and each is answered only after it is stored. */
export class Window<Part> {
	private readonly calls: Array<WindowCall<Part>> = [];
	private events = 0;
	private bytes = 0;
	private closed = false;
	private settle: (gathered: Gathered<Part>) => void = () => undefined;
	private readonly gathered = new Promise<Gathered<Part>>((resolve) => (this.settle = resolve));

	constructor(
		private readonly clock: Clock,
		milliseconds: number,
		/** How many milliseconds after it came a call must know its fate. */
		private readonly patience: number,
		/** Called once: whoever comes from then on needs another window. */
		private readonly onClose: () => void,
	) {
		void clock.sleep(milliseconds).then(() => this.close());
	}

	/** A single call may be larger than a window. */
	fits({ events, bytes }: WindowCall<Part>): boolean {
		if (this.calls.length === 0) return true;
		return this.events + events <= MOST_EVENTS_GATHERED && this.bytes + bytes <= MOST_BYTES_GATHERED;
	}

	async join(call: WindowCall<Part>): Promise<Fate<Part>> {
		const until = this.clock.now() + this.patience;
		this.calls.push(call);
		this.events += call.events;
		this.bytes += call.bytes;
		if (this.events >= MOST_EVENTS_GATHERED || this.bytes >= MOST_BYTES_GATHERED) this.close();
		const { parts, carrier, stored } = await this.gathered;
		if (call === carrier) return { carries: parts };
		const tooLate = this.clock.sleep(until - this.clock.now()).then(() => false);
		return { stored: await Promise.race([stored, tooLate]) };
	}

	close(): void {
		if (this.closed) return;
		this.closed = true;
		this.onClose();
		const { calls } = this;
		// Somebody must carry, even when all senders have hung up.
		const carrier = calls.find(({ response }) => !response.destroyed) ?? calls[0];
		if (carrier) this.settle({ parts: calls.map(({ part }) => part), carrier, stored: storing(carrier.response) });
	}
}

/** n8n answers a call with success after its execution is stored. Of one whose sender has hung up nobody learns whether it was. */
const storing = async (response: CallResponse): Promise<boolean> =>
	await new Promise((resolve) => {
		response.once('finish', () => resolve(response.statusCode < 300));
		response.once('close', () => resolve(false));
		if (response.destroyed) resolve(false);
	});
