import { WindowLimiter } from '../../../transport/limiter/windowLimiter';
import { Random } from '../../simulators/kernel/random.cts';
import { VirtualClock } from '../../support/virtualClock.cts';
import { WindowServer, type WindowAnswer, type WindowKind } from './windowServer.cts';

const SETTINGS = { units: 45, windowMilliseconds: 3000, weight: 4, parallel: 5, processes: 1 };
const MINUTES = 5 * 60_000;

interface Load {
	kind: WindowKind;
	/** What the credential says, and how many of them really call. */
	processes: number;
	active: number;
	latency: readonly [number, number];
}

/** Lets processes call as fast as their limiters allow for five minutes; shares of the limit used and of calls refused. */
async function run({ kind, processes, active, latency }: Load): Promise<{ share: number; refused: number }> {
	const clock = new VirtualClock();
	const random = new Random(`${kind} ${processes} ${active} ${latency.join()}`);
	const server = new WindowServer(clock, kind, random, latency);
	const begin = clock.now();
	let served = 0;
	const lane = async (limiter: WindowLimiter): Promise<void> => {
		while (clock.now() < begin + MINUTES) {
			const answer: WindowAnswer = await limiter.run(4, async () => await server.call(4), (state) => state);
			if (!answer.refused) served += 1;
		}
	};
	const process = async (): Promise<void> => {
		const limiter = new WindowLimiter({ ...SETTINGS, processes }, clock);
		await clock.sleep(random.integer(0, 2000));
		await Promise.all(Array.from({ length: 5 }, async () => await lane(limiter)));
	};
	await clock.until(Promise.all(Array.from({ length: active }, process)));
	return { share: served / (((clock.now() - begin) / 3000) * 11), refused: server.refused / server.calls };
}

describe('WindowLimiter', () => {
	it.each<[Load, number]>([
		[{ kind: 'fromFirstCall', processes: 1, active: 1, latency: [5, 20] }, 0.97],
		[{ kind: 'fromFirstCall', processes: 1, active: 1, latency: [50, 400] }, 0.95],
		[{ kind: 'byTheClock', processes: 1, active: 1, latency: [5, 20] }, 0.97],
		[{ kind: 'byTheClock', processes: 1, active: 1, latency: [50, 400] }, 0.95],
		[{ kind: 'sliding', processes: 1, active: 1, latency: [5, 20] }, 0.95],
	])('alone, uses the limit up and is never refused: %p', async (load, share) => {
		const measured = await run(load);
		expect(measured.refused).toBe(0);
		expect(measured.share).toBeGreaterThan(share);
	});

	it.each<[Load, number]>([
		[{ kind: 'fromFirstCall', processes: 4, active: 4, latency: [5, 20] }, 0.95],
		[{ kind: 'fromFirstCall', processes: 4, active: 4, latency: [50, 400] }, 0.94],
		[{ kind: 'byTheClock', processes: 4, active: 4, latency: [5, 20] }, 0.95],
		[{ kind: 'byTheClock', processes: 4, active: 4, latency: [20, 100] }, 0.95],
		[{ kind: 'sliding', processes: 1, active: 1, latency: [50, 400] }, 0.8],
		[{ kind: 'sliding', processes: 4, active: 4, latency: [50, 400] }, 0.65],
	])('where the server cannot be foreseen, stays under 1 %% of refusals: %p', async (load, share) => {
		const measured = await run(load);
		expect(measured.refused).toBeLessThan(0.01);
		expect(measured.share).toBeGreaterThan(share);
	});

	it('leaves no room for processes that are announced but do not call', async () => {
		expect((await run({ kind: 'fromFirstCall', processes: 4, active: 1, latency: [5, 20] })).share).toBeGreaterThan(0.95);
	});

	it('is not refused when its first calls go late, since what sends them is only loaded then', async () => {
		const clock = new VirtualClock();
		const server = new WindowServer(clock, 'fromFirstCall', new Random('late'), [5, 20]);
		const limiter = new WindowLimiter(SETTINGS, clock);
		const loaded = clock.now() + 800;
		const call = async (): Promise<WindowAnswer> => {
			await clock.sleep(Math.max(0, loaded - clock.now()));
			return await server.call(4);
		};
		await clock.until(Promise.all(Array.from({ length: 24 }, async () => await limiter.run(4, call, (state) => state))));
		expect({ calls: server.calls, refused: server.refused }).toEqual({ calls: 24, refused: 0 });
	});

	it('keeps five calls in flight, shared among the processes', async () => {
		const clock = new VirtualClock();
		for (const [processes, most] of [
			[1, 5],
			[2, 2],
			[4, 1],
			[9, 1],
		] as const) {
			const limiter = new WindowLimiter({ ...SETTINGS, processes }, clock);
			let inFlight = 0;
			let seen = 0;
			const call = async (): Promise<WindowAnswer> => {
				seen = Math.max(seen, ++inFlight);
				await clock.sleep(50);
				inFlight -= 1;
				return { refused: false, limit: 45, remaining: 45 };
			};
			await clock.until(Promise.all(Array.from({ length: 20 }, async () => await limiter.run(4, call, (state) => state))));
			expect(seen).toBe(most);
		}
	});

	it('keeps the limit by its own count where answers do not name one', async () => {
		const clock = new VirtualClock();
		const limiter = new WindowLimiter(SETTINGS, clock);
		const moments: number[] = [];
		const call = async (): Promise<null> => {
			moments.push(clock.now());
			return await Promise.resolve(null);
		};
		await clock.until(Promise.all(Array.from({ length: 40 }, async () => await limiter.run(4, call, () => ({ refused: false })))));
		const most = Math.max(...moments.map((from) => moments.filter((at) => at >= from && at < from + 3000).length));
		expect(most).toBe(11);
	});

	it('waits as long as a refusal says', async () => {
		const clock = new VirtualClock();
		const limiter = new WindowLimiter(SETTINGS, clock);
		await clock.until(limiter.run(4, async () => await Promise.resolve(), () => ({ refused: true, resetMilliseconds: 2500 })));
		const before = clock.now();
		await clock.until(limiter.run(4, async () => await Promise.resolve(), () => ({ refused: false })));
		expect(clock.now() - before).toBeGreaterThanOrEqual(2500);
		expect(clock.now() - before).toBeLessThan(2600);
	});

	it('lets a caller leave that was stopped, and goes on with the others', async () => {
		const clock = new VirtualClock();
		const limiter = new WindowLimiter({ ...SETTINGS, parallel: 1 }, clock);
		const stop = new AbortController();
		const slow = limiter.run(4, async () => await clock.sleep(1000), () => ({ refused: false }));
		const stopped = limiter.run(4, async () => await Promise.resolve('never'), () => ({ refused: false }), stop.signal);
		const next = limiter.run(4, async () => await Promise.resolve('next'), () => ({ refused: false }));
		stop.abort(new Error('stopped'));
		await expect(stopped).rejects.toThrow('stopped');
		await clock.until(slow);
		await expect(clock.until(next)).resolves.toBe('next');
	});
});
