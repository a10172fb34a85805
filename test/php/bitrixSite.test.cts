import { readdirSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import type { INodeParameters } from 'n8n-workflow';
import { Engine } from '../n8n/engine.cts';
import { freePorts } from '../n8n/ports.cts';
import { TriggerServer } from '../n8n/triggerServer.cts';
import { Proxy } from '../nodes/orders/proxy.cts';
import { startReceiver } from '../simulators/receiver.cts';
import { AGENT, HANDLER, php, Site, STUBS, visit, type Step } from './site.cts';

const SECRET = 'a-secret-$of-"more"-than-32-\'characters\'';

const order = (id: number): Step => ({ entity: 'order', id });

describe('The handler for Bitrix sites', () => {
	let engine: Engine;
	let n8n: TriggerServer;
	let site: Site;
	const sites: Site[] = [];

	beforeAll(async () => {
		engine = await Engine.load();
		n8n = await TriggerServer.start(engine);
	});
	beforeEach(() => {
		listen();
		site = install();
	});
	afterEach(() => sites.splice(0).forEach((one) => one.remove()));
	afterAll(async () => await n8n.close());

	const rows = (...entities: string[]): INodeParameters => ({
		source: 'siteHandler',
		events: { row: entities.map((entity) => ({ entity, actions: ['SAVE', 'DELETE'] })) },
		options: { gatherFor: 20 },
	});

	function listen(parameters = rows('order', 'payment', 'shipment', 'user')): void {
		n8n.serveTrigger({
			type: 'bitrixTrigger',
			parameters,
			credentials: { bitrixSiteHandlerApi: { secret: SECRET } },
			node: { webhookId: 'x' },
			baseUrl: n8n.url,
		});
	}

	function install(url = `${n8n.url}/webhook/x/bitrix`, more: Record<string, unknown> = {}): Site {
		const made = new Site(url, SECRET, more);
		sites.push(made);
		return made;
	}

	const heard = (): string[] => n8n.executions.flat(2).map(({ entity, id, action }) => `${String(entity)} ${String(id)} ${String(action)}`);

	it.each([HANDLER, STUBS].flatMap((folder) => readdirSync(folder).map((file) => [file, folder] as const)))('%s is PHP', async (file, folder) => {
		expect((await php(['-l', path.join(folder, file)])).output).toContain('No syntax errors');
	});

	it('lets the trigger know what a page has saved and deleted, each once', async () => {
		const steps: Step[] = [
			order(7),
			{ entity: 'payment', id: 8 },
			{ entity: 'shipment', id: 9 },
			order(7),
			{ entity: 'user', id: 3 },
			{ entity: 'user', id: 4, event: 'OnAfterUserAdd' },
			{ entity: 'payment', id: 5, deleted: true, valuesOnly: true },
			{ entity: 'order', id: 6, deleted: true },
			{ entity: 'user', id: 2, deleted: true },
		];
		const { output, log } = await site.page(steps);
		expect({ output, log }).toEqual({ output: 'the page\n', log: '' });
		expect(heard()).toEqual(['order 7 SAVE', 'payment 8 SAVE', 'shipment 9 SAVE', 'user 3 SAVE', 'user 4 SAVE', 'payment 5 DELETE', 'order 6 DELETE', 'user 2 DELETE']);
		expect(n8n.executions[0]?.[0]?.[0]).toMatchObject({ domain: 'shop.example.com', event: null, moment: expect.stringMatching(/Z$/) });
		expect(site.waiting()).toEqual([]);
	});

	it('works with versions that have no background jobs', async () => {
		expect(await site.page([order(7)], { WITHOUT_JOBS: '1' })).toMatchObject({ output: 'the page\n', log: '' });
		expect(heard()).toEqual(['order 7 SAVE']);
	});

	it('R020: says nothing of what could not be saved, and nothing when nothing was', async () => {
		await site.page([{ ...order(7), failed: true }, { ...order(7), deleted: true, failed: true }, { entity: 'user', id: 3, failed: true }, { entity: 'order', id: 0 }]);
		await site.page([]);
		expect([n8n.statuses, site.waiting()]).toEqual([[], []]);
	});

	it('sends references only: no name, no phone, no password', async () => {
		const receiver = await startReceiver();
		try {
			await install(`${receiver.url}/hook`).page([order(7), { entity: 'user', id: 3 }]);
			expect(receiver.received.map(({ body }) => body)).toEqual([
				{
					message: expect.stringMatching(/^[0-9a-f]{16}$/),
					site: 'shop.example.com',
					events: [
						{ entity: 'order', id: '7', action: 'SAVE', at: expect.any(Number) },
						{ entity: 'user', id: '3', action: 'SAVE', at: expect.any(Number) },
					],
				},
			]);
			expect(receiver.received[0]?.headers).toMatchObject({
				'content-type': 'application/json',
				'x-handler-timestamp': expect.stringMatching(/^\d{10}$/),
				'x-handler-signature': expect.stringMatching(/^sha256=[0-9a-f]{64}$/),
			});
		} finally {
			await receiver.close();
		}
	});

	it('reports what its settings say', async () => {
		await install(undefined, { entities: ['payment'] }).page([order(7), { entity: 'payment', id: 8 }, { entity: 'user', id: 3 }]);
		expect(heard()).toEqual(['payment 8 SAVE']);
	});

	it('sends what a long import saved in calls of 500', async () => {
		await site.page(Array.from({ length: 2600 }, (_, n) => order(n + 1)));
		expect(n8n.statuses).toEqual([204, 204, 204, 204, 204, 204]);
		expect(heard()).toHaveLength(2600);
		expect(site.waiting()).toEqual([]);
	});

	describe('when n8n is away', () => {
		it('keeps what happened, and delivers it later, each object once', async () => {
			n8n.broken = 502;
			await site.page([order(7), { entity: 'payment', id: 8 }]);
			await site.page([order(7)]);
			expect(site.waiting()).toEqual(['order-7-SAVE', 'payment-8-SAVE', 'order-7-SAVE']);
			n8n.broken = undefined;
			site.later();
			expect((await site.cron()).log).toBe('');
			expect(heard()).toEqual(['order 7 SAVE', 'payment 8 SAVE']);
			expect(site.waiting()).toEqual([]);
			await site.cron();
			expect(heard()).toHaveLength(2);
		});

		it('leaves sending to the timer for a minute, so that no page waits for nothing', async () => {
			n8n.broken = 502;
			await site.page([order(1)]);
			n8n.broken = undefined;
			await site.page([order(2)]);
			expect(n8n.statuses).toEqual([502]);
			site.later(61);
			await site.page([order(3)]);
			expect(heard()).toEqual(['order 3 SAVE']);
			await site.cron();
			expect(heard()).toEqual(['order 3 SAVE', 'order 1 SAVE', 'order 2 SAVE']);
		});

		it('an agent sends what waits where there is no cron, and asks to be run again', async () => {
			n8n.broken = 502;
			await site.page([order(1)]);
			n8n.broken = undefined;
			site.later();
			expect((await site.page([AGENT])).output).toBe('\\MoySkladBitrix\\SiteEvents\\Handler::agent();\nthe page\n');
			expect(heard()).toEqual(['order 1 SAVE']);
		});

		it('leaves what is a few seconds old to its own page', async () => {
			n8n.broken = 502;
			await site.page([order(1)]);
			n8n.broken = undefined;
			await site.cron();
			expect(site.waiting()).toEqual(['order-1-SAVE']);
		});

		it('sends the rest in calls of 500, oldest first, and stops at the first failure', async () => {
			n8n.broken = 502;
			await site.page(Array.from({ length: 1200 }, (_, n) => order(n + 1)));
			n8n.broken = undefined;
			site.later();
			await site.cron();
			expect(n8n.statuses).toEqual([502, 204, 204, 204]);
			expect(heard().map((one) => Number(one.split(' ')[1]))).toEqual(Array.from({ length: 1200 }, (_, n) => n + 1));
			n8n.broken = 503;
			await site.page(Array.from({ length: 600 }, (_, n) => order(n + 1)));
			site.later();
			await site.cron();
			expect(n8n.statuses.slice(4)).toEqual([503, 503]);
			expect(site.waiting()).toHaveLength(600);
		});

		it.each<[string, () => string, RegExp]>([
			['nobody listens', () => 'http://127.0.0.1:9/hook', /n8n answered nothing; 1 events/],
			['the address is none', () => 'nonsense', /n8n answered nothing; 1 events/],
		])('shows the page all the same when %s', async (_what, url, message) => {
			const away = install(url());
			const { output, log } = await away.page([order(7)]);
			expect(output).toBe('the page\n');
			expect(log).toMatch(message);
			expect(away.waiting()).toEqual(['order-7-SAVE']);
		});

		it('never slows the store: the page is complete before anything is sent, and an n8n that hangs is left after the timeout', async () => {
			const hanging = await hangingServer();
			try {
				const slow = install(hanging.url);
				const { pageMilliseconds, milliseconds } = await slow.page([order(7)]);
				expect(milliseconds - pageMilliseconds).toBeGreaterThan(800);
				expect(milliseconds - pageMilliseconds).toBeLessThan(3000);
				expect(slow.waiting()).toEqual(['order-7-SAVE']);
				const next = await slow.page([order(8)]);
				expect(next.milliseconds - next.pageMilliseconds).toBeLessThan(500);
			} finally {
				await hanging.close();
			}
		});
	});

	describe('when the trigger refuses', () => {
		it('keeps everything while the secret is another one, and says so', async () => {
			site.set({ url: `${n8n.url}/webhook/x/bitrix`, secret: 'another-secret-of-more-than-32-characters', site: 's', queue: site.queue });
			expect((await site.page([order(7)])).log).toMatch(/n8n answered 401 BITRIX_CALL_SIGNATURE_WRONG; 1 events/);
			expect([heard(), site.waiting()]).toEqual([[], ['order-7-SAVE']]);
			site.set({ url: `${n8n.url}/webhook/x/bitrix`, secret: SECRET, site: 's', queue: site.queue });
			site.later();
			await site.cron();
			expect(heard()).toEqual(['order 7 SAVE']);
		});

		it('a call that somebody changed on its way, which is sent again later', async () => {
			const tampering = await Proxy.open(n8n.url, { request: (body) => body.replace('"id":"7"', '"id":"666"') });
			try {
				const tampered = install(`${tampering.url}/webhook/x/bitrix`);
				expect((await tampered.page([order(7)])).log).toContain('BITRIX_CALL_SIGNATURE_WRONG');
				expect([n8n.statuses, heard(), tampered.waiting()]).toEqual([[401], [], ['order-7-SAVE']]);
			} finally {
				await tampering.close();
			}
		});

		it('a call that was recorded and is sent again', async () => {
			const recorder = await startReceiver();
			try {
				await install(`${recorder.url}/webhook/x/bitrix`).page([order(7)]);
				const [{ text, headers } = { text: '', headers: {} }] = recorder.received;
				const send = async (): Promise<number> =>
					(await fetch(`${n8n.url}/webhook/x/bitrix`, { method: 'POST', headers: signatureOf(headers), body: text })).status;
				expect([await send(), await send()]).toEqual([204, 409]);
				expect(heard()).toEqual(['order 7 SAVE']);
			} finally {
				await recorder.close();
			}
		});

		it('puts aside what nobody asks for, so that it holds nothing up', async () => {
			listen(rows('order'));
			await site.page([{ entity: 'user', id: 3 }]);
			await site.page([order(7), { entity: 'user', id: 4 }]);
			expect(n8n.statuses).toEqual([422, 204]);
			expect([heard(), site.waiting()]).toEqual([['order 7 SAVE'], ['user-3-SAVE.rejected']]);
			site.later();
			await site.cron();
			expect(n8n.statuses).toHaveLength(2);
		});
	});

	it('sends from the page when the queue cannot be written, and says so', async () => {
		site.makeUnwritable();
		const { output, log } = await site.page([order(7)]);
		expect(output).toBe('the page\n');
		expect(log).toContain('the queue folder cannot be written');
		expect(heard()).toEqual(['order 7 SAVE']);
	});

	it('loses nothing and sends hardly anything twice when many pages and two timers work at once', async () => {
		n8n.broken = 502;
		await site.page(Array.from({ length: 50 }, (_, n) => order(n + 1)));
		site.later();
		n8n.broken = undefined;
		const pages = Array.from({ length: 12 }, async (_, n) => await site.page([order(100 + n), { entity: 'payment', id: 200 + n }]));
		await Promise.all([site.cron(), site.cron(), ...pages]);
		const wanted = [
			...Array.from({ length: 50 }, (_, n) => `order ${n + 1} SAVE`),
			...Array.from({ length: 12 }, (_, n) => [`order ${100 + n} SAVE`, `payment ${200 + n} SAVE`]).flat(),
		];
		expect(heard().sort()).toEqual(wanted.sort());
		expect(site.waiting()).toEqual([]);
	});

	it('its timer cannot be started by a visitor', async () => {
		expect(await visit('cron.php', (await freePorts(1))[0] ?? 0)).toBe(404);
	});
});

const signatureOf = (headers: Record<string, string | string[] | undefined>): Record<string, string> =>
	Object.fromEntries(['content-type', 'x-handler-timestamp', 'x-handler-signature'].map((name) => [name, String(headers[name])]));

/** Takes calls and never answers. */
async function hangingServer(): Promise<{ url: string; close(): Promise<void> }> {
	const server: Server = createServer(() => undefined);
	await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`,
		close: async () => {
			server.closeAllConnections();
			await new Promise((closed) => server.close(closed));
		},
	};
}
