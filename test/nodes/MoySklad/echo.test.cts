import type { INodeParameters } from 'n8n-workflow';
import { readReceiver, receiverPrefix } from '../../../core';
import { control } from '../../simulators/moysklad/control.cts';
import { chosen, mapped } from './entityBench.cts';
import { TriggerServer } from '../../n8n/triggerServer.cts';
import { CHECK_STRING, eventRow, WebhookBench } from './webhookBench.cts';

/** Rounds of one minute of simulated time. */
const MINUTES = 10;

/** A flow that answers each change of a product with a change of the same product: the shortest way to a ping-pong. */
describe('A flow that writes what it listens to', () => {
	let bench: WebhookBench;
	let server: TriggerServer;
	beforeAll(async () => {
		bench = await WebhookBench.start();
		server = await TriggerServer.start(bench.engine);
	});
	beforeEach(() => bench.reset());
	afterAll(async () => {
		await bench.close();
		await server.close();
	});

	async function publish(more: INodeParameters = {}): Promise<string> {
		const parameters = { events: { row: [eventRow('product', ['UPDATE'])] }, ...more };
		const { mode: _mode, ...setup } = bench.trigger(parameters, { baseUrl: server.url });
		const staticData = await bench.publish(setup);
		server.serveTrigger({ ...setup, staticData });
		return receiverPrefix(readReceiver(bench.hooks()[0]?.url ?? ''));
	}

	/** Lets a person change a product and the flow answer for ten minutes; gives how often the flow wrote in each of them. */
	async function writesOfMinutes(options: INodeParameters = {}): Promise<number[]> {
		const id = String(bench.moySklad.account.table('product').all()[0]?.id);
		await control(bench.moySklad.parts, 'POST', 'edit', { user: 'editor', method: 'PUT', path: `entity/product/${id}`, body: { description: 'By a person' } });
		const writes: number[] = [];
		let answered = 0;
		for (let minute = 0; minute < MINUTES; minute += 1) {
			await bench.moySklad.parts.deliveries.flush();
			const heard = server.executions.length;
			for (; answered < heard; answered += 1) await answer(id, `By the flow ${answered}`, options);
			writes.push(bench.calls('POST /entity/product'));
			bench.moySklad.counters.reset();
			bench.moySklad.clock.advance(60_000);
		}
		return writes;
	}

	async function answer(id: string, description: string, options: INodeParameters): Promise<void> {
		const run = await bench.engine.runNode({
			type: 'moySkladEntity',
			credentials: bench.credential('integration'),
			parameters: { resource: 'product', operation: 'update', fields: mapped({ id, description }, 'id'), options },
		});
		expect(run.json(0)).toMatchObject([{ status: 'updated' }]);
	}

	it('would go on for ever', async () => {
		await publish();
		expect(await writesOfMinutes()).toEqual(Array(MINUTES).fill(1));
	});

	it('W4: ends with its own write when that names the trigger of the flow; another flow hears of it', async () => {
		const prefix = await publish();
		bench.add({ type: 'webhook', entityType: 'product', action: 'UPDATE', url: `${server.url}/webhook/other/moysklad?instance=ffffffffffff&check=${CHECK_STRING}`, enabled: true });
		const writes = await writesOfMinutes({ suppressWebhooks: chosen(prefix) });
		expect(writes).toEqual([1, ...Array<number>(MINUTES - 1).fill(0)]);
		const told = bench.moySklad.parts.deliveries.all.filter(({ url }) => url.includes('/webhook/other/'));
		expect(told).toHaveLength(2);
	});

	it('W4: ends with its own write when the trigger ignores the dedicated user of the integration', async () => {
		await publish({ options: { ignoreChangesBy: [bench.moySklad.users.integration.login] } });
		expect(await writesOfMinutes()).toEqual([1, ...Array<number>(MINUTES - 1).fill(0)]);
	});
});
