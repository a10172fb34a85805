import { switchTask, webhookTask, type RegisteredWebhook, type Webhook } from '../../../core';
import {
	AccountGuard,
	deleteWebhooks,
	MoySkladClient,
	readWebhooks,
	WindowLimiter,
	writeWebhooks,
} from '../../../transport';
import { VirtualClock } from '../../support/virtualClock.cts';
import { scripted, socketError, type Step } from '../scriptedSend';

const URL = 'https://n8n.example.com/hook';
const order = (action: 'CREATE' | 'DELETE', url = URL): Webhook => ({
	kind: 'object',
	entity: 'customerorder',
	action,
	diffType: null,
	url,
	enabled: true,
});
const STOCK: Webhook = { kind: 'stock', reportType: 'all', url: URL, enabled: true };
const row = (id: string, action: string, url = URL, enabled = true) => ({
	id,
	accountId: 'account',
	entityType: 'customerorder',
	action,
	url,
	enabled,
});
const stockRow = (id: string) => ({ id, accountId: 'account', reportType: 'all', url: URL, enabled: true });
const registered = (webhook: Webhook, id: string): RegisteredWebhook => ({
	...webhook,
	id,
	accountId: 'account',
	ofSolution: false,
});
const list = (...rows: object[]): Step => ({ body: { rows, meta: { size: rows.length } } });
const refused = (code: number) => ({ errors: [{ code, error: `refused ${code}` }] });

function setUp(...steps: Step[]) {
	const clock = new VirtualClock();
	const { send, requests } = scripted(...steps);
	const limiter = new WindowLimiter(
		{ units: 45, windowMilliseconds: 3000, weight: 4, parallel: 1, processes: 1 },
		clock,
	);
	const client = new MoySkladClient({
		send,
		clock,
		limiter,
		guard: new AccountGuard(clock),
		baseUrl: 'http://127.0.0.1:9/api/remap/1.2',
	});
	const calls = () => requests.map(({ method, url }) => `${method} ${url.replace(/^.*remap\/1\.2|\?.*$/g, '')}`);
	return { client, clock, requests, calls };
}

describe('The webhooks of an account', () => {
	it('are read from both lists', async () => {
		const { client, clock, calls } = setUp(list(row('a', 'CREATE')), list(stockRow('b')));
		expect(await clock.until(readWebhooks(client))).toEqual([registered(order('CREATE'), 'a'), registered(STOCK, 'b')]);
		expect(calls()).toEqual(['GET /entity/webhook', 'GET /entity/webhookstock']);
	});

	it('are made and changed with one call for each list; outcomes keep the order of the tasks', async () => {
		const { client, clock, calls, requests } = setUp(
			{ body: [row('a', 'CREATE'), row('c', 'DELETE', URL, false)] },
			{ body: [stockRow('b')] },
		);
		const off = registered(order('DELETE'), 'c');
		const same = registered(order('CREATE', 'https://other.example.com'), 'd');
		const outcomes = await clock.until(
			writeWebhooks(client, [
				webhookTask(order('CREATE'), null),
				webhookTask(STOCK, null),
				switchTask(same, true),
				switchTask(off, false),
			]),
		);
		expect(outcomes.map((outcome) => 'webhook' in outcome && outcome.webhook.id)).toEqual(['a', 'b', 'd', 'c']);
		expect(calls()).toEqual(['POST /entity/webhook', 'POST /entity/webhookstock']);
		expect(JSON.parse(String(requests[0]?.body))).toMatchObject([
			{ action: 'CREATE' },
			{ meta: { type: 'webhook' }, action: 'DELETE', enabled: false },
		]);
	});

	it('cost nothing when there is nothing to do', async () => {
		const { client, clock, calls } = setUp();
		await clock.until(writeWebhooks(client, [switchTask(registered(order('CREATE'), 'a'), true)]));
		expect(calls()).toEqual([]);
	});

	it('count as made when they are there, although the answer timed out and the repetition was refused (30003)', async () => {
		const { client, clock } = setUp(
			socketError('ETIMEDOUT'),
			{ status: 400, body: [refused(30003)] },
			list(row('a', 'CREATE')),
			list(),
		);
		expect(await clock.until(writeWebhooks(client, [webhookTask(order('CREATE'), null)]))).toEqual([
			{ webhook: registered(order('CREATE'), 'a') },
		]);
	});

	it('keep the refusal when what is there is not what was wanted', async () => {
		const { client, clock } = setUp(
			{ status: 400, body: [refused(30003)] },
			list(row('a', 'CREATE', URL, false)),
			list(),
		);
		expect(await clock.until(writeWebhooks(client, [webhookTask(order('CREATE'), null)]))).toMatchObject([
			{ error: { code: 'WEBHOOK_EXISTS' } },
		]);
	});

	it('name the hosts, not the addresses, that have all places (30007)', async () => {
		const others = [
			row('x', 'CREATE', 'https://me:pass@one.example.com/secret'),
			row('y', 'CREATE', 'https://two.example.com/secret', false),
			row('z', 'DELETE', 'https://three.example.com'),
		];
		const { client, clock } = setUp({ body: [refused(30007)] }, list(...others), list());
		const [outcome] = await clock.until(writeWebhooks(client, [webhookTask(order('CREATE'), null)]));
		expect(outcome).toMatchObject({
			error: {
				code: 'WEBHOOK_SLOTS_FULL',
				details: { reason: 'customerorder CREATE: one.example.com, two.example.com (disabled)' },
			},
		});
	});

	it('keep what went wrong first when the lists cannot be read again', async () => {
		const html: Step = { status: 502, text: '<html></html>' };
		const { client, clock } = setUp({ body: [refused(30007)] }, ...Array<Step>(10).fill(html));
		expect(await clock.until(writeWebhooks(client, [webhookTask(order('CREATE'), null)]))).toMatchObject([
			{ error: { code: 'WEBHOOK_SLOTS_FULL' } },
		]);
	});

	it('count as deleted when they are gone already', async () => {
		const { client, clock } = setUp({ status: 400, body: [{ info: 'deleted' }, refused(1021), refused(30004)] });
		const webhooks = ['a', 'b', 'c'].map((id) => registered(order('CREATE'), id));
		expect(await clock.until(deleteWebhooks(client, webhooks))).toMatchObject([
			{ webhook: { id: 'a' } },
			{ webhook: { id: 'b' } },
			{ error: { code: 'WEBHOOK_NO_ADMIN' } },
		]);
	});

	it('are not guessed at when a list has another form than documented', async () => {
		const { client, clock } = setUp(list({ id: 'a', url: URL }), list());
		await expect(clock.until(readWebhooks(client))).rejects.toMatchObject({ code: 'ANSWER_UNEXPECTED' });
	});

	it('of another system and of a kind that is not known here stop nothing', async () => {
		const strange = { id: 'b', url: 'https://other.example.com', entityType: 'product', action: 'RESTORE', enabled: true };
		const { client, clock } = setUp(list({ ...strange, id: 'a', action: 'CREATE' }, strange), list({ id: 'c', url: strange.url, reportType: 'byslot', enabled: true }));
		expect((await clock.until(readWebhooks(client))).map(({ id }) => id)).toEqual(['a']);
	});
});
