import crypto from 'node:crypto';
import { WebhookContext } from 'n8n-core';
import { Workflow, type IDataObject, type IWebhookResponseData } from 'n8n-workflow';
import type { FakeResponse, WebhookCall } from '../../n8n/webhookCall.cts';
import { CHECK_STRING, eventRow, queryOf, stockRow, WebhookBench } from './webhookBench.cts';

const ID = (n: number): string => `20000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
const REQUEST = '30000000-0000-4000-8000-000000000000';

interface Received {
	result: IWebhookResponseData;
	response: FakeResponse;
	immediate: IDataObject[];
	queued: IDataObject[];
}

describe('MoySklad Trigger, when it is called', () => {
	let bench: WebhookBench;
	let url: string;
	let staticData: IDataObject;

	beforeAll(async () => {
		bench = await WebhookBench.start();
		staticData = await bench.publish(bench.trigger());
		url = bench.hooks()[0]?.url ?? '';
		bench.moySklad.counters.reset();
	});
	afterAll(async () => await bench.close());

	const event = (n: number, more: IDataObject = {}): IDataObject => ({
		meta: { type: 'customerorder', href: `https://api.moysklad.ru/api/remap/1.2/entity/customerorder/${ID(n)}` },
		action: 'UPDATE',
		updatedFields: ['state'],
		accountId: bench.moySklad.accountId,
		...more,
	});
	const notification = (...events: IDataObject[]): IDataObject => ({
		auditContext: {
			meta: { type: 'audit', href: `https://api.moysklad.ru/api/remap/1.2/audit/${ID(0)}` },
			moment: '2026-11-21 15:51:16',
			uid: 'user@account',
		},
		events,
	});

	async function call(call: WebhookCall, setup = bench.trigger({}, { staticData })): Promise<Received> {
		const { mode: _mode, ...trigger } = setup;
		const { result, response } = await bench.engine.callWebhook({
			...trigger,
			call: { query: { ...queryOf(url), requestId: REQUEST }, ...call },
		});
		const [immediate, queued] = [0, 1].map((output) => (result.workflowData?.[output] ?? []).map(({ json }) => json));
		return { result, response, immediate: immediate ?? [], queued: queued ?? [] };
	}

	const refusal = ({ result, response }: Received) => ({
		status: response.statusCode,
		code: (response.body as IDataObject | undefined)?.code,
		executes: result.workflowData !== undefined,
		answered: result.noWebhookResponse,
	});

	it('R013: makes an item of every event, and leaves the answer to n8n', async () => {
		const { queued, immediate, result, response } = await call({
			body: notification(event(1), event(2, { action: 'CREATE', updatedFields: undefined })),
		});
		const common = {
			entity: 'customerorder',
			moment: '2026-11-21T12:51:16.000Z',
			author: 'user@account',
			requestId: REQUEST,
			accountId: bench.moySklad.accountId,
		};
		expect(queued).toEqual([
			{ ...common, id: ID(1), action: 'UPDATE', updatedFields: ['state'], index: 0 },
			{ ...common, id: ID(2), action: 'CREATE', updatedFields: [], index: 1 },
		]);
		expect(immediate).toEqual([]);
		expect(result.noWebhookResponse).toBeUndefined();
		expect(response.writableEnded).toBe(false);
	});

	it('takes its requestId however it was appended to the address', async () => {
		const check = `${CHECK_STRING}?requestId=${REQUEST}`;
		const { queued } = await call({ body: notification(event(1)), query: { ...queryOf(url), check } });
		expect(queued.map(({ requestId }) => requestId)).toEqual([REQUEST]);
	});

	it('R013: loses none of many', async () => {
		const { queued } = await call({ body: notification(...Array.from({ length: 1000 }, (_, n) => event(n))) });
		expect(new Set(queued.map(({ id }) => id)).size).toBe(1000);
	});

	it('R014, N7: calls nobody and writes nothing into the static data', async () => {
		const read = jest.spyOn(Workflow.prototype, 'getStaticData');
		try {
			bench.moySklad.counters.reset();
			await call({ body: notification(event(1)) });
			await call({ body: { events: 'malformed' } });
			expect(bench.calls()).toBe(0);
			expect(read.mock.results.length).toBeGreaterThan(0);
			for (const { value } of read.mock.results) expect({ ...(value as IDataObject) }).toEqual(staticData);
		} finally {
			read.mockRestore();
		}
	});

	it('R030, R031: divides the events by the execution of their rows', async () => {
		const rows = [
			eventRow('customerorder', ['UPDATE'], { execution: 'firstImmediate' }),
			eventRow('demand', ['CREATE'], { execution: 'immediate' }),
		];
		const shipment = (n: number) =>
			event(n, { meta: { type: 'demand', href: `https://x/api/remap/1.2/entity/demand/${ID(n)}` }, action: 'CREATE' });
		const received = await call(
			{ body: notification(event(1), shipment(2), event(3)) },
			bench.trigger({ events: { row: rows } }, { staticData }),
		);
		expect(received.immediate.map(({ index }) => index)).toEqual([0, 1]);
		expect(received.queued.map(({ index }) => index)).toEqual([2]);
	});

	it('hands on a notification of stock with a report that can be called', async () => {
		const body = {
			accountId: bench.moySklad.accountId,
			stockType: 'stock',
			reportType: 'bystore',
			reportUrl: 'https://api.moysklad.ru/api/remap/1.2/report/stock/bystore/current?changedSince=2026-11-21 19:14:32',
		};
		const { immediate } = await call(
			{ body },
			bench.trigger({ stock: { row: [stockRow('bystore', 'immediate')] } }, { staticData }),
		);
		expect(immediate).toEqual([
			expect.objectContaining({
				entity: 'stock',
				reportType: 'bystore',
				requestId: REQUEST,
				reportPath: '/report/stock/bystore/current?changedSince=2026-11-21%2019:14:32',
			}),
		]);
	});

	it.each([
		['its action is not wanted', { action: 'DELETE' }, {}],
		['its author is ignored', {}, { options: { ignoreChangesBy: ['USER@account'] } }],
	])('starts nothing, and is content, with an event when %s', async (_what, more, parameters) => {
		expect(
			(await call({ body: notification(event(1, more)) }, bench.trigger(parameters, { staticData }))).result,
		).toEqual({});
	});

	it('accepts the previous check string as long as the credential has it', async () => {
		const setup = bench.trigger(
			{},
			{
				staticData,
				credentials: bench.credential('admin', {
					checkSecret: 'a-new-string-0123456789',
					previousCheckSecret: CHECK_STRING,
				}),
			},
		);
		expect((await call({ body: notification(event(1)) }, setup)).queued).toHaveLength(1);
		const without = bench.trigger(
			{},
			{ staticData, credentials: bench.credential('admin', { checkSecret: 'a-new-string-0123456789' }) },
		);
		expect(refusal(await call({ body: notification(event(1)) }, without))).toMatchObject({
			status: 401,
			code: 'WEBHOOK_CALL_CHECK_WRONG',
		});
	});

	it('N16: compares the check string in constant time, whatever is wrong with it', async () => {
		const compare = jest.spyOn(crypto, 'timingSafeEqual');
		try {
			for (const check of [CHECK_STRING, 'x', `${CHECK_STRING}x`, 'y'.repeat(CHECK_STRING.length)]) {
				compare.mockClear();
				await call({ body: notification(event(1)), query: { instance: String(staticData.instanceKey), check } });
				expect(compare).toHaveBeenCalledTimes(2);
				expect(compare.mock.calls.flat().map(({ byteLength }) => byteLength)).toEqual([32, 32, 32, 32]);
			}
		} finally {
			compare.mockRestore();
		}
	});

	describe('R207: refuses, with a status and a code of its own and without an execution,', () => {
		const good = (): WebhookCall => ({ body: notification(event(1)) });
		const cases: Array<[string, number, string, () => WebhookCall]> = [
			[
				'no check string',
				401,
				'WEBHOOK_CALL_CHECK_MISSING',
				() => ({ ...good(), query: { instance: String(staticData.instanceKey) } }),
			],
			['no query', 401, 'WEBHOOK_CALL_CHECK_MISSING', () => ({ ...good(), query: {} })],
			[
				'two check strings',
				401,
				'WEBHOOK_CALL_CHECK_MISSING',
				() => ({ ...good(), query: { ...queryOf(url), check: [CHECK_STRING, CHECK_STRING] } }),
			],
			[
				'a wrong check string',
				401,
				'WEBHOOK_CALL_CHECK_WRONG',
				() => ({ ...good(), query: { ...queryOf(url), check: 'x'.repeat(23) } }),
			],
			[
				'W1: the key of another n8n',
				403,
				'WEBHOOK_CALL_OTHER_INSTANCE',
				() => ({ ...good(), query: { ...queryOf(url), instance: 'ffffffffffff' } }),
			],
			[
				'a foreign account',
				403,
				'WEBHOOK_CALL_OTHER_ACCOUNT',
				() => ({ body: notification(event(1), event(2, { accountId: ID(9) })) }),
			],
			[
				'a foreign account’s stock',
				403,
				'WEBHOOK_CALL_OTHER_ACCOUNT',
				() => ({
					body: { accountId: ID(9), stockType: 'stock', reportType: 'all', reportUrl: '/report/stock/all/current' },
				}),
			],
			['a body of another shape', 400, 'WEBHOOK_CALL_MALFORMED', () => ({ body: { hello: 'world' } })],
			['a body that is a list', 400, 'WEBHOOK_CALL_MALFORMED', () => ({ body: [{ hello: 'world' }] })],
			['a text', 400, 'WEBHOOK_CALL_MALFORMED', () => ({ body: 'hello' })],
			['nothing', 400, 'WEBHOOK_CALL_MALFORMED', () => ({ body: null as never })],
			[
				'a keyword that would write lines into a log',
				400,
				'WEBHOOK_CALL_MALFORMED',
				() => ({ body: notification(event(1, { meta: { type: 'demand\nINFO all is well', href: 'https://x/y' } })) }),
			],
			['events that nobody can read', 400, 'WEBHOOK_CALL_MALFORMED', () => ({ body: notification({}, {}) })],
			[
				'too many bytes',
				413,
				'WEBHOOK_CALL_TOO_LARGE',
				() => ({ body: notification(event(1, { padding: 'x'.repeat(9_000_000) })) }),
			],
			[
				'too many events',
				413,
				'WEBHOOK_CALL_TOO_LARGE',
				() => ({ body: notification(...Array.from({ length: 10_001 }, () => ({}))) }),
			],
			[
				'an object that no row names',
				422,
				'WEBHOOK_CALL_UNKNOWN_ENTITY',
				() => ({
					body: notification(
						event(1, { meta: { type: 'product', href: `https://x/api/remap/1.2/entity/product/${ID(1)}` } }),
					),
				}),
			],
			[
				'stock that no row names',
				422,
				'WEBHOOK_CALL_UNKNOWN_ENTITY',
				() => ({
					body: {
						accountId: bench.moySklad.accountId,
						stockType: 'stock',
						reportType: 'all',
						reportUrl: '/report/stock/all/current',
					},
				}),
			],
		];

		it.each(cases)('%s: %i %s', async (_what, status, code, make) => {
			const received = await call(make());
			expect(refusal(received)).toEqual({ status, code, executes: false, answered: true });
			expect(JSON.stringify(received.response.body)).not.toContain(CHECK_STRING);
		});

		it('N17: many at once with two lines in the log, which say how many, and none of them what was sent', async () => {
			const [warn, error] = [jest.fn(), jest.fn()];
			const logger = jest.spyOn(WebhookContext.prototype, 'logger', 'get').mockReturnValue({ warn, error } as never);
			try {
				const setup = bench.trigger({}, { staticData, workflowId: 'flooded' });
				const guesses = Array.from({ length: 50 }, (_, n) => `guess-${n}-0123456789abcdef`);
				for (const check of guesses)
					expect(refusal(await call({ ...good(), query: { ...queryOf(url), check } }, setup))).toMatchObject({ status: 401, executes: false });
				expect(warn.mock.calls.map(([line]) => line as string)).toEqual(['MoySklad Trigger refused a call: The check string of the call is not that of the credential (WEBHOOK_CALL_CHECK_WRONG)']);
				expect(error.mock.calls.map(([line]) => line as string)).toEqual([
					expect.stringMatching(/^MoySklad Trigger in workflow flooded refuses a burst of calls: WEBHOOK_CALL_CHECK_WRONG 20 within \d+ s$/) as string,
				]);
				expect(JSON.stringify([warn.mock.calls, error.mock.calls])).not.toMatch(/guess|check-string/);
			} finally {
				logger.mockRestore();
			}
		});

		it('anything when the credential has no check string any more', async () => {
			const setup = bench.trigger({}, { staticData, credentials: bench.credential('admin', { checkSecret: '' }) });
			for (const check of [CHECK_STRING, '', ' '])
				expect(
					refusal(await call({ ...good(), query: { instance: String(staticData.instanceKey), check } }, setup)),
				).toMatchObject({ status: 401, executes: false });
		});

		it('a call that it cannot check, so that MoySklad repeats it: 503', async () => {
			const received = await call(
				good(),
				bench.trigger(
					{},
					{
						staticData,
						credentials: {},
						node: { webhookId: 'x', credentials: { moySkladApi: { id: 'gone', name: 'gone' } } },
					},
				),
			);
			expect(refusal(received)).toEqual({ status: 503, code: 'WEBHOOK_CALL_UNREADY', executes: false, answered: true });
		});
	});

	it('does not lose the other events of a notification because one is unknown or unreadable', async () => {
		const stranger = event(2, { meta: { type: 'product', href: `https://x/api/remap/1.2/entity/product/${ID(2)}` } });
		expect(
			(await call({ body: notification(stranger, event(3), {}) })).queued.map(({ id, index }) => [id, index]),
		).toEqual([[ID(3), 1]]);
	});

	it('checks the key by its own address when it remembers none', async () => {
		const setup = bench.trigger({}, { staticData: {} });
		expect((await call({ body: notification(event(1)) }, setup)).queued).toHaveLength(1);
		expect(
			refusal(
				await call({ body: notification(event(1)), query: { ...queryOf(url), instance: 'ffffffffffff' } }, setup),
			).status,
		).toBe(403);
	});

	it('in queue mode goes by the key that was published, not by the address that this process believes to have', async () => {
		expect(
			(
				await call(
					{ body: notification(event(1)) },
					bench.trigger({}, { staticData, baseUrl: 'http://webhook-process.internal:5678' }),
				)
			).queued,
		).toHaveLength(1);
	});

	it('takes what test runs send to their own key', async () => {
		const testRun = await bench.publish(bench.trigger({}, { mode: 'manual' }));
		const { result } = await bench.engine.callWebhook({
			...bench.trigger({}, { staticData: testRun }),
			mode: 'manual',
			call: { query: queryOf(url), body: notification(event(1)) },
		});
		expect(result.workflowData?.[1]).toHaveLength(1);
	});
});
