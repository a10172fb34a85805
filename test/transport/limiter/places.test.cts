import { getEventListeners } from 'node:events';
import { Places } from '../../../transport/limiter/places';

const listeners = (signal: AbortSignal): number => getEventListeners(signal, 'abort').length;

describe('Places', () => {
	it('listens to a signal once for all its calls, and no longer than one of them waits', async () => {
		const places = new Places(() => undefined);
		const { signal } = new AbortController();
		const waits = Array.from({ length: 500 }, async () => await places.wait(1, signal));
		expect(listeners(signal)).toBe(1);
		for (let admitted = 0; admitted < 500; admitted += 1) places.admit();
		await Promise.all(waits);
		expect(listeners(signal)).toBe(0);
	});

	it('lets all calls of a stopped execution leave and keeps the others in their order', async () => {
		const places = new Places(() => undefined);
		const stop = new AbortController();
		const stopped = [places.wait(4, stop.signal), places.wait(8, stop.signal)];
		const others = [places.wait(1), places.wait(2)];
		stop.abort(new Error('stopped'));
		await Promise.all(stopped.map(async (wait) => await expect(wait).rejects.toThrow('stopped')));
		expect(places.next).toBe(1);
		places.admit();
		expect(places.next).toBe(2);
		places.admit();
		await Promise.all(others);
		expect(places.next).toBeUndefined();
	});

	it('refuses a call whose execution was stopped before', async () => {
		const stop = new AbortController();
		stop.abort(new Error('stopped'));
		await expect(new Places(() => undefined).wait(1, stop.signal)).rejects.toThrow('stopped');
	});
});
