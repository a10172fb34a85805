interface Waiting {
	units: number;
	start: () => void;
	fail: (reason: unknown) => void;
	signal?: AbortSignal;
}

/** The queue in front of a limiter: first come, first served; a caller whose signal fires leaves it. */
export class Places {
	private readonly queue: Waiting[] = [];
	/** One listener a signal, however many of its calls wait: an execution may queue hundreds, and Node warns from eleven on. */
	private readonly listeners = new Map<AbortSignal, () => void>();

	/** `changed` is called whenever the queue may move. */
	constructor(private readonly changed: () => void) {}

	/** Units of the call whose turn it is. */
	get next(): number | undefined {
		return this.queue[0]?.units;
	}

	/** Resolves when `admit` lets this call through. Rejects with the signal's reason. */
	async wait(units: number, signal?: AbortSignal): Promise<void> {
		signal?.throwIfAborted();
		await new Promise<void>((resolve, reject) => {
			this.queue.push({ units, start: resolve, fail: reject, signal });
			if (signal) this.listen(signal);
			this.changed();
		});
	}

	/** Lets the first one go. */
	admit(): void {
		const first = this.queue.shift();
		if (!first) return;
		if (first.signal) this.forget(first.signal);
		first.start();
	}

	private listen(signal: AbortSignal): void {
		if (this.listeners.has(signal)) return;
		const listener = (): void => this.leave(signal);
		this.listeners.set(signal, listener);
		signal.addEventListener('abort', listener, { once: true });
	}

	private forget(signal: AbortSignal): void {
		const listener = this.listeners.get(signal);
		if (!listener || this.queue.some((waiting) => waiting.signal === signal)) return;
		this.listeners.delete(signal);
		signal.removeEventListener('abort', listener);
	}

	private leave(signal: AbortSignal): void {
		const leaving = this.queue.filter((waiting) => waiting.signal === signal);
		const staying = this.queue.filter((waiting) => waiting.signal !== signal);
		this.queue.splice(0, this.queue.length, ...staying);
		this.listeners.delete(signal);
		for (const waiting of leaving) waiting.fail(signal.reason);
		this.changed();
	}
}
