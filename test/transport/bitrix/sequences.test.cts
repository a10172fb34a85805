import { result } from '../../../core';
import { Batches, BitrixClient, BucketLimiter, OperatingBudget, runSequences, type Command } from '../../../transport';
import { VirtualClock } from '../../support/virtualClock.cts';
import { scripted, type Step } from '../scriptedSend';

const answer = (results: Record<string, unknown>, errors: Record<string, unknown> = {}): Step => ({ body: { result: { result: results, result_error: errors } } });

function setUp(...steps: Step[]) {
	const clock = new VirtualClock();
	const { send, requests } = scripted(...steps);
	const limiter = new BucketLimiter({ capacity: 50, drainPerSecond: 2, parallel: 4 }, clock);
	const batches = new Batches(new BitrixClient({ send, clock, limiter, operating: new OperatingBudget(clock) }));
	return { batches, commands: (index: number): Record<string, string> => (JSON.parse(String(requests[index]?.body)) as { cmd: Record<string, string> }).cmd, requests };
}

const command = (key: string, parameters: Command['parameters'] = {}): Command => ({ key, method: 'sale.payment.update', parameters });

describe('runSequences', () => {
	it('short ones share a batch', async () => {
		const { batches, requests } = setUp(answer({ g0_a: 1, g0_b: 2, g1_c: 3 }));
		expect(await runSequences(batches, [[command('a'), command('b')], [command('c')], []])).toEqual([[{ result: 1 }, { result: 2 }], [{ result: 3 }], []]);
		expect(requests).toHaveLength(1);
	});

	it('a long one goes on in the next batch, with results of the one before', async () => {
		const long = [command('made'), ...Array.from({ length: 19 }, (_, index) => command(`x${index}`)), command('last', { id: result('made', 'shipment', 'id'), other: result('x18') })];
		const first = { g0_made: { shipment: { id: 77 } }, ...Object.fromEntries(Array.from({ length: 19 }, (_, index) => [`g0_x${index}`, index])) };
		const { batches, commands } = setUp(answer(first), answer({ g0_last: 'done' }));
		const [outcomes = []] = await runSequences(batches, [long]);
		expect(outcomes).toHaveLength(21);
		expect(commands(1)).toEqual({ g0_last: 'sale.payment.update?id=77&other=18' });
	});

	it('ends where a command failed', async () => {
		const long = Array.from({ length: 25 }, (_, index) => command(`x${index}`));
		const results = Object.fromEntries(Array.from({ length: 20 }, (_, index) => [`g0_x${index}`, index]).filter(([key]) => key !== 'g0_x3'));
		const { batches, requests } = setUp(answer(results, { g0_x3: { error: 0, error_description: 'no' } }));
		const [outcomes = []] = await runSequences(batches, [long]);
		expect(outcomes).toHaveLength(20);
		expect(outcomes[3]).toMatchObject({ error: { code: 'BITRIX_REJECTED' } });
		expect(requests).toHaveLength(1);
	});
});
