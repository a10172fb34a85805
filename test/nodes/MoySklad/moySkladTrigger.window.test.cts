import type { IDataObject, INodeParameters, IWebhookResponseData } from 'n8n-workflow';
import { CredentialStore } from '../../n8n/credentialStore.cts';
import type { RunningWebhook, WebhookSetup } from '../../n8n/nodeContexts.cts';
import type { WebhookCall } from '../../n8n/webhookCall.cts';
import { CHECK_STRING, eventRow, queryOf, WebhookBench } from './webhookBench.cts';

interface Sent extends RunningWebhook {
	/** Settled as n8n goes on: with the execution to be stored, or without one. */
	outcome: Promise<IWebhookResponseData>;
}

const immediates = (setup: IDataObject = {}): INodeParameters => ({
	events: { row: [eventRow('customerorder', ['UPDATE'], { execution: 'immediate' })] },
	options: setup as INodeParameters,
});

describe('Calls of MoySklad Trigger that come together', () => {
	let bench: WebhookBench;
	let url: string;
	let staticData: IDataObject;
	/** Tells apart what is sent. */
	let count = 0;

	beforeAll(async () => {
		bench = await WebhookBench.start();
		staticData = await bench.publish(bench.trigger());
		url = bench.hooks()[0]?.url ?? '';
	});
	afterAll(async () => await bench.close());

	const event = (padding = ''): IDataObject => ({
		meta: { type: 'customerorder', href: `https://x/api/remap/1.2/entity/customerorder/${nextId()}` },
		action: 'UPDATE',
		accountId: bench.moySklad.accountId,
		padding,
	});
	const nextId = (): string => `20000000-0000-4000-8000-${String((count += 1)).padStart(12, '0')}`;
	const notification = (events = 1, padding = ''): IDataObject => ({
		events: Array.from({ length: events }, () => event(padding)),
	});
	const idsOf = (...bodies: IDataObject[]): string[] =>
		bodies.flatMap(({ events }) =>
			(events as Array<{ meta: { href: string } }>).map(({ meta }) => meta.href.split('/').at(-1) as string),
		);

	/** Hands a notification to the trigger as n8n does. What n8n does afterwards is up to the test. */
	function send(body: IDataObject, more: Partial<WebhookSetup> & { call?: WebhookCall } = {}): RunningWebhook {
		const { mode: _mode, ...trigger } = bench.trigger({}, { staticData });
		const call = { query: { ...queryOf(url), requestId: nextId() }, body, ...more.call };
		return bench.engine.startWebhook({ ...trigger, ...more, call });
	}

	/** As n8n goes on: stores what came out, and answers. */
	function attended(running: RunningWebhook, store: (run: IWebhookResponseData) => Promise<number>): Sent {
		const outcome = running.result.then(async (result) => {
			if (result.noWebhookResponse) return result;
			running.response.answer(result.workflowData ? await store(result) : 204);
			return result;
		});
		return { ...running, outcome };
	}

	const stored = async (): Promise<number> => await Promise.resolve(204);
	const failed = async (): Promise<number> => await Promise.resolve(500);
	const outcomes = async (sent: Sent[]): Promise<IWebhookResponseData[]> =>
		await Promise.all(sent.map(async ({ outcome }) => await outcome));
	const executions = (results: IWebhookResponseData[]): IWebhookResponseData[] =>
		results.filter(({ workflowData }) => workflowData !== undefined);
	const ids = ({ workflowData = [] }: IWebhookResponseData, output?: number): string[] =>
		(output === undefined ? workflowData : [workflowData[output] ?? []]).flat().map(({ json }) => String(json.id));
	const statuses = (sent: Sent[]): number[] => sent.map(({ response }) => response.statusCode);
	/** Until all that can happen now has happened, short of the end of a window. */
	const settled = async (): Promise<void> => {
		for (let turn = 0; turn < 20; turn += 1) await new Promise((done) => setImmediate(done));
	};

	it('go into one execution, and none is answered before it is stored', async () => {
		const bodies = Array.from({ length: 100 }, () => notification());
		let endedBefore = -1;
		const sent: Sent[] = bodies.map((body) =>
			attended(send(body), async () => {
				await settled();
				endedBefore = sent.filter(({ response }) => response.writableEnded).length;
				return 204;
			}),
		);
		const [run, ...others] = executions(await outcomes(sent));
		expect(others).toEqual([]);
		expect(ids(run ?? {})).toEqual(idsOf(...bodies));
		expect(endedBefore).toBe(0);
		expect(statuses(sent)).toEqual(bodies.map(() => 204));
	});

	it('are all refused when it cannot be stored, so that MoySklad repeats them', async () => {
		const sent = Array.from({ length: 5 }, () => attended(send(notification()), failed));
		const results = await outcomes(sent);
		expect(executions(results)).toHaveLength(1);
		expect(statuses(sent)).toEqual([500, 503, 503, 503, 503]);
		expect(results.slice(1)).toEqual(Array(4).fill({ noWebhookResponse: true }));
		expect(sent[1]?.response.body).toMatchObject({ code: 'WEBHOOK_CALL_NOT_STORED' });
	});

	it('are refused when nobody hears of the execution in time', async () => {
		const first = send(notification());
		const second = attended(send(notification()), stored);
		await outcomes([second]);
		expect(ids(await first.result)).toHaveLength(2);
		expect(statuses([second])).toEqual([503]);
	});

	it('repeated after a refusal are in the next execution', async () => {
		const [one, other] = [notification(), notification()];
		await outcomes([one, other].map((body) => attended(send(body), failed)));
		const [run] = executions(await outcomes([one, other].map((body) => attended(send(body), stored))));
		expect(ids(run ?? {})).toEqual(idsOf(one, other));
	});

	describe('N7: when a sender hangs up', () => {
		it('before the window closes, are carried by the next one, the events of the first included', async () => {
			const bodies = [notification(), notification(), notification()];
			const sent = bodies.map((body) => attended(send(body), stored));
			await settled();
			sent[0]?.response.hangUp();
			const results = await outcomes(sent.slice(1));
			expect(ids(results[0] ?? {})).toEqual(idsOf(...bodies));
			expect(statuses(sent.slice(1))).toEqual([204, 204]);
			expect((await sent[0]?.result)?.workflowData).toBeUndefined();
		});

		it('while the execution is being stored, are refused: nobody learns whether it was', async () => {
			const bodies = [notification(), notification()];
			const [first, second] = [send(bodies[0] ?? {}), attended(send(bodies[1] ?? {}), stored)];
			expect(ids(await first.result)).toEqual(idsOf(...bodies));
			first.response.hangUp();
			await second.outcome;
			expect(statuses([second])).toEqual([503]);
		});

		it('and all others too, are stored nevertheless', async () => {
			const bodies = [notification(), notification()];
			const sent = bodies.map((body) => send(body));
			await settled();
			for (const { response } of sent) response.hangUp();
			const [first, second] = await Promise.all(sent.map(async ({ result }) => await result));
			expect(ids(first ?? {})).toEqual(idsOf(...bodies));
			expect(second?.workflowData).toBeUndefined();
		});
	});

	describe('do not grow into an execution that cannot be stored in time:', () => {
		it.each<[string, () => IDataObject[], number[]]>([
			['what would be too many events goes into the next', () => [400, 400, 400].map((n) => notification(n)), [800, 400]],
			[
				'what would be too many bytes goes into the next',
				() => Array.from({ length: 3 }, () => notification(1, 'x'.repeat(400_000))),
				[2, 1],
			],
			['a notification that is larger alone goes alone', () => [1500, 1, 1].map((n) => notification(n)), [1500, 2]],
		])('%s', async (_what, make, sizes) => {
			const bodies = make();
			const sent = bodies.map((body) => attended(send(body), stored));
			const runs = executions(await outcomes(sent));
			expect(runs.map((run) => ids(run).length)).toEqual(sizes);
			expect(runs.flatMap((run) => ids(run))).toEqual(idsOf(...bodies));
			expect(statuses(sent)).toEqual(bodies.map(() => 204));
		});

		it('a full one does not wait', async () => {
			const small = send(notification(), { workflowId: 'small' });
			const full = send(notification(1000), { workflowId: 'full' });
			expect(ids(await Promise.race([small.result, full.result]))).toHaveLength(1000);
			await small.result;
		});
	});

	it('of two nodes or two workflows do not mix', async () => {
		const places: Array<Partial<WebhookSetup>> = [
			{ workflowId: 'a' },
			{ workflowId: 'b' },
			{ workflowId: 'a', node: { webhookId: 'other', id: 'other' } },
		];
		const bodies = places.flatMap(() => [notification(), notification()]);
		const sent = bodies.map((body, index) => attended(send(body, places[index % 3]), stored));
		const runs = executions(await outcomes(sent));
		expect(runs.map((run) => ids(run))).toEqual([0, 1, 2].map((n) => idsOf(bodies[n] ?? {}, bodies[n + 3] ?? {})));
	});

	it('go into an execution each in a test run, and when gathering is switched off', async () => {
		const off = bench.trigger({ options: { gatherFor: 0 } }).parameters;
		for (const more of [{ mode: 'manual' as const }, { parameters: off }]) {
			const bodies = [notification(), notification()];
			const results = await outcomes(bodies.map((body) => attended(send(body, more), stored)));
			expect(results.map((run) => ids(run))).toEqual(bodies.map((body) => idsOf(body)));
		}
	});

	it('are stored and answered although the workflow is unpublished meanwhile', async () => {
		const bodies = [notification(), notification()];
		const sent = bodies.map((body) => attended(send(body), stored));
		await bench.engine.runHook('delete', bench.trigger({}, { staticData }));
		const [run] = executions(await outcomes(sent));
		expect(ids(run ?? {})).toEqual(idsOf(...bodies));
		expect(statuses(sent)).toEqual([204, 204]);
	});

	it('R015: bring each event once, when MoySklad repeats a notification', async () => {
		const body = notification(3);
		const call = { query: { ...queryOf(url), requestId: nextId() } };
		const sent = [body, body].map((again) => attended(send(again, { call }), stored));
		const [run] = executions(await outcomes(sent));
		expect(ids(run ?? {})).toEqual(idsOf(body));
		expect(statuses(sent)).toEqual([204, 204]);
	});

	it('are answered at once when they bring nothing that is wanted', async () => {
		const waiting = send(notification());
		const nothing = send({ events: [] });
		expect(await Promise.race([waiting.result, nothing.result])).toEqual({});
		await waiting.result;
	});

	describe('W3: keep the limits of their outputs together:', () => {
		const sendAll = async (bodies: IDataObject[], parameters: INodeParameters) => {
			const { parameters: all } = bench.trigger(parameters);
			const [run] = executions(await outcomes(bodies.map((body) => attended(send(body, { parameters: all }), stored))));
			return { immediate: ids(run ?? {}, 0), queued: ids(run ?? {}, 1) };
		};

		it('R032: fifty at once with a limit of five', async () => {
			const bodies = Array.from({ length: 50 }, () => notification());
			expect(await sendAll(bodies, immediates({ mostImmediate: 5 }))).toEqual({
				immediate: idsOf(...bodies.slice(0, 5)),
				queued: idsOf(...bodies.slice(5)),
			});
		});

		it('a hundred by default', async () => {
			const body = notification(250);
			expect(await sendAll([body], immediates())).toEqual({
				immediate: idsOf(body).slice(0, 100),
				queued: idsOf(body).slice(100),
			});
		});

		it('R030: First Immediate, Rest Queued has one first', async () => {
			const bodies = [notification(), notification(2), notification()];
			const row = eventRow('customerorder', ['UPDATE'], { execution: 'firstImmediate' });
			expect(await sendAll(bodies, { events: { row: [row] } })).toEqual({
				immediate: idsOf(...bodies).slice(0, 1),
				queued: idsOf(...bodies).slice(1),
			});
		});

		it('R034: mass edits leave by Immediate, unless that is switched off', async () => {
			const [mass, single] = [notification(3), notification()];
			expect(await sendAll([mass, single], immediates())).toEqual({ immediate: idsOf(mass, single), queued: [] });
			expect(await sendAll([mass, single], immediates({ massEditsImmediate: false }))).toEqual({
				immediate: idsOf(single),
				queued: idsOf(mass),
			});
		});
	});

	describe('whose sender is checked', () => {
		it('once a window, as long as they come by the same address', async () => {
			const read = jest.spyOn(CredentialStore.prototype, 'getDecrypted');
			try {
				const first = attended(send(notification()), stored);
				await settled();
				const sent = [first, ...Array.from({ length: 20 }, () => attended(send(notification()), stored))];
				expect(ids(executions(await outcomes(sent))[0] ?? {})).toHaveLength(21);
				expect(read).toHaveBeenCalledTimes(1);
			} finally {
				read.mockRestore();
			}
		});

		it.each<[string, Record<string, string>, number]>([
			['another check string', { instance: 'INSTANCE', check: 'x'.repeat(CHECK_STRING.length) }, 401],
			['another instance', { instance: 'ffffffffffff', check: CHECK_STRING }, 403],
			['no address', {}, 401],
		])('are refused with %s, whether a window is open or not', async (_what, query, status) => {
			const call = {
				query: Object.fromEntries(
					Object.entries(query).map(([name, value]) => [name, value.replace('INSTANCE', String(staticData.instanceKey))]),
				),
			};
			const closed = attended(send(notification(), { call }), stored);
			expect((await closed.outcome).noWebhookResponse).toBe(true);
			const genuine = attended(send(notification()), stored);
			await settled();
			const open = attended(send(notification(), { call }), stored);
			expect((await open.outcome).noWebhookResponse).toBe(true);
			expect(ids(await genuine.outcome)).toHaveLength(1);
			expect(statuses([closed, open, genuine])).toEqual([status, status, 204]);
		});
	});
});
