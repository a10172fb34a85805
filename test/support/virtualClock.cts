import type { Clock } from '../../transport/http';

/** A clock that jumps to the next sleeper as soon as nothing else is left to do: hours of waiting run in milliseconds. */
export class VirtualClock implements Clock {
	private time = Date.UTC(2026, 10, 21, 9, 0, 0);
	private sleepers: Array<{ at: number; wake: () => void }> = [];

	now(): number {
		return this.time;
	}

	async sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
		signal?.throwIfAborted();
		await new Promise<void>((resolve, reject) => {
			const stop = (): void => reject(signal?.reason as Error);
			const wake = (): void => {
				signal?.removeEventListener('abort', stop);
				resolve();
			};
			this.sleepers.push({ at: this.time + Math.max(0, milliseconds), wake });
			signal?.addEventListener('abort', stop, { once: true });
		});
	}

	/** Lets the work go on until it is done. Fails when it waits for something that no sleeper will bring. */
	async until<T>(work: Promise<T>): Promise<T> {
		let done = false;
		const settled = work.finally(() => (done = true));
		settled.catch(() => undefined);
		for (let idle = 0; !done; ) {
			await new Promise((resolve) => setImmediate(resolve));
			if (done) break;
			const next = this.sleepers.sort((left, right) => left.at - right.at).shift();
			idle = next ? 0 : idle + 1;
			if (idle > 1000) throw new Error('The work waits for something that never comes');
			if (!next) continue;
			this.time = Math.max(this.time, next.at);
			next.wake();
		}
		return await settled;
	}
}
