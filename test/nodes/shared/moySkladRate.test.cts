import { MoySkladApi } from '../../../credentials/MoySkladApi.credentials';
import { moySkladClient } from '../../../nodes/shared/moySklad';
import { PROBE, ProbeEngine } from '../../n8n/probe.cts';
import { startMoySklad, type RunningMoySklad } from '../../simulators/moysklad/start.cts';

describe('L1: the calls of all nodes to one account', () => {
	let engine: ProbeEngine;
	let moySklad: RunningMoySklad;
	beforeAll(async () => (engine = await ProbeEngine.with(new MoySkladApi())));
	beforeEach(async () => (moySklad = await startMoySklad({ size: { products: 1 }, latencyMilliseconds: 30 })));
	afterEach(async () => await moySklad.close());

	/** Runs two nodes at once that make so many calls each. */
	async function callsOf(each: number, credential: object): Promise<ReturnType<RunningMoySklad['counters']['snapshot']>> {
		engine.does(async (context) => {
			const client = await moySkladClient(context);
			await Promise.all(Array.from({ length: each }, async () => await client.get('/entity/uom')));
			return [[]];
		});
		const { token } = moySklad.users.admin;
		const credentials = { moySkladApi: { authentication: 'token', token, baseUrl: moySklad.baseUrl, ...credential } };
		const runs = await Promise.all([1, 2].map(async () => await engine.runNode({ type: PROBE, credentials })));
		for (const { error } of runs) expect(error).toBeUndefined();
		return moySklad.counters.snapshot();
	}

	it('stay within 11 in 3 s and 5 in flight, without a refusal, with a user’s token', async () => {
		const { calls, refused, mostParallel, firstCall, lastCall } = await callsOf(12, {});
		expect({ calls, refused, mostParallel }).toEqual({ calls: 24, refused: 0, mostParallel: 5 });
		const milliseconds = (lastCall ?? 0) - (firstCall ?? 0);
		expect(milliseconds).toBeGreaterThan(5500);
		expect(milliseconds).toBeLessThan(9000);
	}, 30_000);

	it.each([
		[2, 2],
		[4, 1],
		[9, 1],
	])('are shared among %i processes: %i in flight in each', async (processes, inFlight) => {
		const { refused, mostParallel } = await callsOf(4, { processes });
		expect({ refused, mostParallel }).toEqual({ refused: 0, mostParallel: inFlight });
	}, 30_000);
});
