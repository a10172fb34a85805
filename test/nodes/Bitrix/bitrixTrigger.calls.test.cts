import crypto from 'node:crypto';
import { Workflow, type ICredentialDataDecryptedObject, type IDataObject, type INodeParameters, type IWebhookResponseData } from 'n8n-workflow';
import { CredentialStore } from '../../n8n/credentialStore.cts';
import type { FakeResponse, WebhookCall } from '../../n8n/webhookCall.cts';
import { formOf } from '../../simulators/bitrix/events/deliveries.cts';
import { EventBench, eventRow, SITE_SECRET } from './eventBench.cts';

interface Received {
	result: IWebhookResponseData;
	response: FakeResponse;
	items: IDataObject[];
}

const TOKEN = 'outgoing-token-0123456789abcdef';

describe('Bitrix Trigger, when it is called', () => {
	let bench: EventBench;
	let staticData: IDataObject;
	/** What the address of the trigger carries. */
	let query: Record<string, string>;

	beforeAll(async () => {
		bench = await EventBench.start();
		staticData = await bench.publish(bench.trigger());
		query = Object.fromEntries(new URL(bench.handlers()[0]?.url ?? '').searchParams);
	});
	afterAll(async () => await bench.close());

	const auth = (more: object = {}): object => ({
		domain: new URL(bench.bitrix.url).host,
		member_id: bench.bitrix.oauth.memberId,
		application_token: bench.bitrix.oauth.applicationToken,
		access_token: 'of-the-user',
		...more,
	});
	const form = (more: object = {}): object => ({
		event: 'ONSALEORDERSAVED',
		event_handler_id: 3,
		data: { FIELDS: { ID: 235, XML_ID: 'bx_1', ACTION: 'save' } },
		ts: 1795000000,
		auth: auth(),
		...more,
	});
	const encoded = (content: object): WebhookCall => ({
		headers: { 'content-type': 'application/x-www-form-urlencoded' },
		body: formOf(content as Record<string, unknown>),
	});

	interface Trigger {
		parameters?: INodeParameters;
		application?: ICredentialDataDecryptedObject;
		webhook?: ICredentialDataDecryptedObject;
		site?: ICredentialDataDecryptedObject;
		memory?: IDataObject;
	}

	async function call(given: WebhookCall, { parameters = {}, memory = staticData, ...credentials }: Trigger = {}): Promise<Received> {
		const { mode: _mode, ...trigger } = bench.trigger(parameters, { staticData: memory, credentials: bench.credentials(credentials) });
		const { result, response } = await bench.engine.callWebhook({ ...trigger, call: { query, ...given } });
		return { result, response, items: (result.workflowData?.[0] ?? []).map(({ json }) => json) };
	}

	const refusal = ({ result, response }: Received) => ({
		status: response.statusCode,
		code: (response.body as IDataObject | undefined)?.code,
		executes: result.workflowData !== undefined,
		answered: result.noWebhookResponse,
	});
	const refused = (status: number, code: string) => ({ status, code, executes: false, answered: true });

	const applicationToken = (): string => bench.bitrix.oauth.applicationToken;

	it('makes an item of the event, without tokens, and leaves the answer to n8n', async () => {
		const { items, result, response } = await call(encoded(form()), { application: { applicationToken: applicationToken() } });
		expect(items).toEqual([
			{
				entity: 'order',
				id: '235',
				action: 'SAVE',
				event: 'ONSALEORDERSAVED',
				xmlId: 'bx_1',
				moment: '2026-11-18T11:06:40.000Z',
				memberId: bench.bitrix.oauth.memberId,
				domain: new URL(bench.bitrix.url).host,
			},
		]);
		expect(result.noWebhookResponse).toBeUndefined();
		expect(response.writableEnded).toBe(false);
	});

	it('N7: calls nobody and writes nothing into the static data', async () => {
		const read = jest.spyOn(Workflow.prototype, 'getStaticData');
		try {
			bench.bitrix.counters.reset();
			await call(encoded(form()));
			expect(bench.calls()).toBe(0);
			expect(read.mock.results.length).toBeGreaterThan(0);
			for (const { value } of read.mock.results) expect({ ...(value as IDataObject) }).toEqual(staticData);
		} finally {
			read.mockRestore();
		}
	});

	it('is content with an event whose action is not wanted, and starts nothing', async () => {
		const parameters = { events: { row: [eventRow('order', ['DELETE'])] } };
		expect((await call(encoded(form()), { parameters })).result).toEqual({});
	});

	it('compares tokens in constant time, whatever is wrong with them', async () => {
		const compare = jest.spyOn(crypto, 'timingSafeEqual');
		try {
			for (const token of [applicationToken(), 'x', `${applicationToken()}x`]) {
				compare.mockClear();
				await call(encoded(form({ auth: auth({ application_token: token }) })), { application: { applicationToken: applicationToken() } });
				expect(compare).toHaveBeenCalledTimes(2);
				expect(compare.mock.calls.flat().map(({ byteLength }) => byteLength)).toEqual([32, 32, 32, 32]);
			}
		} finally {
			compare.mockRestore();
		}
	});

	describe('for online events refuses, with a status and a code of its own and without an execution,', () => {
		const cases: Array<[string, number, string, () => WebhookCall]> = [
			['no check part', 401, 'BITRIX_CALL_ADDRESS_WRONG', () => ({ ...encoded(form()), query: {} })],
			['a wrong check part', 401, 'BITRIX_CALL_ADDRESS_WRONG', () => ({ ...encoded(form()), query: { ...query, check: 'a'.repeat(32) } })],
			['two check parts', 401, 'BITRIX_CALL_ADDRESS_WRONG', () => ({ ...encoded(form()), query: { ...query, check: [query.check ?? '', 'x'] } })],
			['the check part of another instance', 401, 'BITRIX_CALL_ADDRESS_WRONG', () => ({ ...encoded(form()), query: { ...query, instance: 'ffffffffffff' } })],
			['no token', 401, 'BITRIX_CALL_TOKEN_MISSING', () => encoded(form({ auth: auth({ application_token: undefined }) }))],
			['a forged token', 401, 'BITRIX_CALL_TOKEN_WRONG', () => encoded(form({ auth: auth({ application_token: 'forged' }) }))],
			['a token that is a branch', 401, 'BITRIX_CALL_TOKEN_MISSING', () => encoded(form({ auth: auth({ application_token: { a: 'b' } }) }))],
			['no proof at all', 401, 'BITRIX_CALL_TOKEN_MISSING', () => encoded(form({ auth: undefined }))],
			['another portal', 403, 'BITRIX_CALL_OTHER_PORTAL', () => encoded(form({ auth: auth({ member_id: 'f'.repeat(32) }) }))],
			['no portal', 403, 'BITRIX_CALL_OTHER_PORTAL', () => encoded(form({ auth: auth({ member_id: undefined }) }))],
			['no event', 400, 'BITRIX_CALL_MALFORMED', () => encoded(form({ event: undefined }))],
			['an id that is no number', 400, 'BITRIX_CALL_MALFORMED', () => encoded(form({ data: { FIELDS: { ID: '1 OR 1=1' } } }))],
			['an event of which nobody asks', 422, 'BITRIX_CALL_UNKNOWN_EVENT', () => encoded(form({ event: 'ONAPPTEST' }))],
			['an event without a row', 422, 'BITRIX_CALL_UNKNOWN_EVENT', () => encoded(form({ event: 'ONCRMDEALADD' }))],
			['a huge body', 413, 'BITRIX_CALL_TOO_LARGE', () => encoded(form({ padding: 'x'.repeat(300_000) }))],
			['JSON', 401, 'BITRIX_CALL_TOKEN_MISSING', () => ({ body: form() as IDataObject })],
			['a text', 401, 'BITRIX_CALL_TOKEN_MISSING', () => ({ body: 'hello' })],
		];

		it.each(cases)('%s: %i %s', async (_what, status, code, make) => {
			const received = await call(make(), { application: { applicationToken: applicationToken() } });
			expect(refusal(received)).toEqual(refused(status, code));
			for (const known of [applicationToken(), query.check ?? '']) expect(JSON.stringify(received.response.body)).not.toContain(known);
		});

		it('W1: a call for another n8n or another public address', async () => {
			const other = await bench.publish(bench.trigger({}, { baseUrl: 'http://127.0.0.3:1' }));
			const url = bench.handlers().at(-1)?.url ?? '';
			expect(other.instanceKey).not.toBe(staticData.instanceKey);
			expect(refusal(await call({ ...encoded(form()), query: Object.fromEntries(new URL(url).searchParams) }))).toEqual(refused(403, 'BITRIX_CALL_OTHER_INSTANCE'));
		});

		it('anything, when the credential has no secret', async () => {
			expect(refusal(await call(encoded(form()), { application: { clientSecret: '' } }))).toEqual(refused(401, 'BITRIX_CALL_ADDRESS_WRONG'));
		});

		it('a call that it cannot check: 503', async () => {
			const { mode: _mode, ...trigger } = bench.trigger({}, { staticData, credentials: {} });
			const node = { webhookId: 'x', credentials: { bitrixOAuth2Api: { id: 'gone', name: 'gone' } } };
			const { result, response } = await bench.engine.callWebhook({ ...trigger, node, call: { query, ...encoded(form()) } });
			expect(refusal({ result, response, items: [] })).toEqual(refused(503, 'BITRIX_CALL_UNREADY'));
		});
	});

	it('without a token in the credential goes by the address and the portal', async () => {
		expect((await call(encoded(form({ auth: auth({ application_token: 'whatever' }) })))).items).toHaveLength(1);
		expect((await call(encoded(form()), { application: { oauthTokenData: { access_token: 'a' } } })).items).toHaveLength(1);
	});

	it('in queue mode goes by the key that was published, not by the address that this process believes to have', async () => {
		const { mode: _mode, ...trigger } = bench.trigger({}, { staticData, baseUrl: 'http://webhook-process.internal:5678' });
		const { result } = await bench.engine.callWebhook({ ...trigger, call: { query, ...encoded(form()) } });
		expect(result.workflowData?.[0]).toHaveLength(1);
	});

	it('while a window is open, reads the credential once for calls with the same proof, and refuses all others', async () => {
		const read = jest.spyOn(CredentialStore.prototype, 'getDecrypted');
		try {
			const { mode: _mode, ...trigger } = bench.trigger({}, { staticData, credentials: bench.credentials({ application: { applicationToken: applicationToken() } }) });
			const send = (id: number, token = applicationToken()) =>
				bench.engine.startWebhook({ ...trigger, call: { query, ...encoded(form({ data: { FIELDS: { ID: id } }, auth: auth({ application_token: token }) })) } });
			const first = send(1);
			await new Promise((resolve) => setTimeout(resolve, 50));
			const others = [2, 3].map((id) => send(id));
			const forged = send(4, 'forged');
			expect((await forged.result).noWebhookResponse).toBe(true);
			expect(forged.response.statusCode).toBe(401);
			const { workflowData } = await first.result;
			first.response.answer(200);
			expect(await Promise.all(others.map(async ({ result }) => await result))).toEqual([{}, {}]);
			expect(workflowData?.[0]?.map(({ json }) => json.id)).toEqual(['1', '2', '3']);
			expect(read).toHaveBeenCalledTimes(2);
		} finally {
			read.mockRestore();
		}
	});

	it('refuses calls whose common execution could not be stored', async () => {
		const { mode: _mode, ...trigger } = bench.trigger({}, { staticData });
		const [first, second] = [1, 2].map((id) => bench.engine.startWebhook({ ...trigger, call: { query, ...encoded(form({ data: { FIELDS: { ID: id } } })) } }));
		expect((await first?.result)?.workflowData?.[0]).toHaveLength(2);
		first?.response.answer(500);
		expect((await second?.result)?.noWebhookResponse).toBe(true);
		expect(second?.response).toMatchObject({ statusCode: 503, body: { code: 'BITRIX_CALL_NOT_STORED' } });
	});

	it('goes into an execution each when gathering is switched off', async () => {
		const parameters = { options: { gatherFor: 0 } };
		const both = await Promise.all([call(encoded(form()), { parameters }), call(encoded(form()), { parameters })]);
		expect(both.map(({ items }) => items.length)).toEqual([1, 1]);
	});

	describe('for an outgoing webhook', () => {
		const parameters = { source: 'outgoingWebhook' };
		const webhook = { applicationToken: TOKEN };
		const own = (more: object = {}): WebhookCall => encoded(form({ auth: auth({ application_token: TOKEN, ...more }) }));

		it('needs no more than the address and the token', async () => {
			expect((await call({ ...own(), query: {} }, { parameters, webhook })).items).toMatchObject([{ entity: 'order', id: '235' }]);
		});

		it.each<[string, number, string, ICredentialDataDecryptedObject, object]>([
			['a forged token', 401, 'BITRIX_CALL_TOKEN_WRONG', webhook, { application_token: 'forged' }],
			['no token', 401, 'BITRIX_CALL_TOKEN_MISSING', webhook, { application_token: undefined }],
			['any token when the credential has none', 401, 'BITRIX_CALL_TOKEN_WRONG', { applicationToken: '' }, {}],
			['an empty token when the credential has none', 401, 'BITRIX_CALL_TOKEN_MISSING', { applicationToken: ' ' }, { application_token: '' }],
			['another portal', 403, 'BITRIX_CALL_OTHER_PORTAL', webhook, { domain: 'other.bitrix24.ru' }],
		])('refuses %s', async (_what, status, code, credential, more) => {
			expect(refusal(await call(own(more), { parameters, webhook: credential }))).toEqual(refused(status, code));
		});

		it('takes a portal under another name when it shall', async () => {
			const any = { ...parameters, options: { anyDomain: true } };
			expect((await call(own({ domain: 'other.bitrix24.ru' }), { parameters: any, webhook })).items).toHaveLength(1);
		});
	});

	describe('for the handler of a site', () => {
		const parameters = { source: 'siteHandler', events: { row: [eventRow('order', ['SAVE']), eventRow('user', ['SAVE'])] } };
		let messages = 0;

		function signed(events: unknown, { secret = SITE_SECRET, age = 0, body, ...more }: { secret?: string; age?: number; body?: string; signature?: string } = {}): WebhookCall {
			messages += 1;
			const sent = JSON.stringify({ message: String(messages), site: 'shop.example.com', events });
			const timestamp = String(Math.floor(Date.now() / 1000) - age);
			const signature = `sha256=${crypto.createHmac('sha256', secret).update(`${timestamp}.${sent}`).digest('hex')}`;
			return {
				headers: { 'content-type': 'application/json', 'x-handler-timestamp': timestamp, 'x-handler-signature': more.signature ?? signature },
				body: Buffer.from(body ?? sent),
			};
		}
		const order = { entity: 'order', id: '7', action: 'SAVE', at: 1795000000 };

		it('makes items of what was signed', async () => {
			const { items } = await call(signed([order, { entity: 'user', id: '9', action: 'SAVE' }, { ...order, action: 'DELETE' }]), { parameters });
			expect(items).toEqual([
				{ entity: 'order', id: '7', action: 'SAVE', event: null, xmlId: null, moment: '2026-11-18T11:06:40.000Z', memberId: null, domain: 'shop.example.com' },
				expect.objectContaining({ entity: 'user', id: '9' }),
			]);
		});

		it('accepts the previous secret as long as the credential has it', async () => {
			const site = { secret: 'a-new-secret-of-more-than-32-characters', previousSecret: SITE_SECRET };
			expect((await call(signed([order]), { parameters, site })).items).toHaveLength(1);
			expect(refusal(await call(signed([order]), { parameters, site: { secret: site.secret } }))).toEqual(refused(401, 'BITRIX_CALL_SIGNATURE_WRONG'));
		});

		const cases: Array<[string, number, string, () => WebhookCall]> = [
			['no signature', 401, 'BITRIX_CALL_SIGNATURE_MISSING', () => ({ body: { events: [order] } })],
			['a signature of another form', 401, 'BITRIX_CALL_SIGNATURE_MISSING', () => signed([order], { signature: 'sha1=abc' })],
			['another secret', 401, 'BITRIX_CALL_SIGNATURE_WRONG', () => signed([order], { secret: 'another-secret-of-more-than-32-characters' })],
			['a changed body', 401, 'BITRIX_CALL_SIGNATURE_WRONG', () => signed([order], { body: JSON.stringify({ events: [{ ...order, id: '8' }] }) })],
			['a moment long ago', 401, 'BITRIX_CALL_TIME_OFF', () => signed([order], { age: 301 })],
			['a moment far ahead', 401, 'BITRIX_CALL_TIME_OFF', () => signed([order], { age: -302 })],
			['no events', 400, 'BITRIX_CALL_MALFORMED', () => signed('x')],
			['events that nobody can read', 400, 'BITRIX_CALL_MALFORMED', () => signed([{}, null])],
			['an object without a row', 422, 'BITRIX_CALL_UNKNOWN_EVENT', () => signed([{ ...order, entity: 'payment' }])],
			['a huge body', 413, 'BITRIX_CALL_TOO_LARGE', () => signed([{ ...order, padding: 'x'.repeat(600_000) }])],
		];
		it.each(cases)('refuses %s: %i %s', async (_what, status, code, make) => {
			expect(refusal(await call(make(), { parameters }))).toEqual(refused(status, code));
		});

		it('refuses another moment for the same signature', async () => {
			const one = signed([order]);
			const moved = { ...one.headers, 'x-handler-timestamp': String(Number(one.headers?.['x-handler-timestamp']) - 1) };
			expect(refusal(await call({ ...one, headers: moved }, { parameters }))).toEqual(refused(401, 'BITRIX_CALL_SIGNATURE_WRONG'));
		});

		it('refuses a recorded call, and takes the same events signed anew', async () => {
			const recorded = signed([order]);
			expect((await call(recorded, { parameters })).items).toHaveLength(1);
			expect(refusal(await call(recorded, { parameters }))).toEqual(refused(409, 'BITRIX_CALL_REPEATED'));
			expect((await call(signed([order]), { parameters })).items).toHaveLength(1);
		});

		it('a forged call does not keep the genuine one of its signature out', async () => {
			const genuine = signed([order]);
			await call({ ...genuine, body: Buffer.from('{"events":[]}') }, { parameters });
			expect((await call(genuine, { parameters })).items).toHaveLength(1);
		});

		it('does not lose events because others are unknown or unreadable', async () => {
			const { items } = await call(signed([{ ...order, entity: 'payment' }, {}, order]), { parameters });
			expect(items.map(({ entity, id }) => [entity, id])).toEqual([['order', '7']]);
		});
	});
});
