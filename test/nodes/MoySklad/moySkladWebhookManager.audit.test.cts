import type { WebhookFinding } from '../../../core';
import { FOREIGN, ManagerBench } from './managerBench.cts';
import { TriggerServer } from '../../n8n/triggerServer.cts';
import { CHECK_STRING, objectHook, shownUrl, WEBHOOK_ID, type WebhookBench } from './webhookBench.cts';

describe('MoySklad Webhook Manager', () => {
	let manager: ManagerBench;
	let bench: WebhookBench;
	let server: TriggerServer;
	beforeAll(async () => {
		manager = await ManagerBench.start();
		bench = manager.account;
		server = await TriggerServer.start(bench.engine);
	});
	beforeEach(() => bench.reset());
	afterAll(async () => {
		await server.close();
		await bench.close();
	});

	/** Publishes the trigger where calls reach it. */
	const serve = async (): Promise<void> => {
		const { mode: _mode, ...setup } = bench.trigger({}, { baseUrl: server.url });
		const staticData = await bench.publish(setup);
		server.serveTrigger({ ...setup, staticData });
	};
	const audit = async (parameters = {}, more = {}) =>
		await manager.run({ resource: 'ownWebhooks', operation: 'audit', profiles: ['base'], full: false, triggerUrl: shownUrl(server.url), ...parameters }, { baseUrl: server.url, ...more });
	const codes = async (parameters = {}, more = {}): Promise<string[]> => {
		const run = await audit(parameters, more);
		if (run.error) throw run.error;
		return (run.json() as unknown as WebhookFinding[]).map(({ level, code, key }) => `${level} ${code} ${key}`);
	};

	describe('Audit', () => {
		it('finds nothing where all is well, changes nothing and starts nothing', async () => {
			await serve();
			const before = bench.hooks();
			bench.moySklad.counters.reset();
			expect(await codes()).toEqual([]);
			expect(server.statuses).toEqual([204]);
			expect(server.executions).toEqual([]);
			expect(bench.hooks()).toEqual(before);
			expect(bench.calls()).toBe(2);
			expect((await audit({ auditFormat: 'summary' })).json()).toEqual([{ healthy: true, ownWebhooks: 2, stoppedSince: null, findings: [] }]);
		});

		it('R062: finds what is missing, off, twice, elsewhere and foreign, without a secret', async () => {
			await serve();
			const [create, update] = bench.hooks();
			bench.moySklad.account.table('webhook').put({ ...create, enabled: false } as never);
			bench.add(objectHook('customerorder', 'UPDATE', String(update?.url).replace(CHECK_STRING, 'unknown-string-0123456789')));
			bench.add(objectHook('product', 'UPDATE', FOREIGN));
			bench.add(objectHook('product', 'UPDATE', `https://clone.example.com/webhook/${WEBHOOK_ID}/moysklad?instance=0123456789ab&check=${CHECK_STRING}`));
			const run = await audit({ profiles: ['base', 'shipments'], auditFormat: 'summary' });
			const [{ healthy, findings }] = run.json() as unknown as [{ healthy: boolean; findings: WebhookFinding[] }];
			expect(healthy).toBe(false);
			expect(findings.map(({ code, key }) => `${code} ${key}`)).toEqual([
				'WEBHOOK_MISSING demand CREATE',
				'WEBHOOK_MISSING demand UPDATE',
				'WEBHOOK_DISABLED customerorder CREATE',
				'WEBHOOK_DUPLICATE customerorder UPDATE',
				'WEBHOOK_DUPLICATE customerorder UPDATE',
				'WEBHOOK_CHECK_STRING_UNKNOWN customerorder UPDATE',
				'WEBHOOK_OTHER_ADDRESS product UPDATE',
				'WEBHOOK_OF_OTHER_SYSTEM product UPDATE',
			]);
			expect(findings.every(({ message, advice }) => message.length > 20 && advice.length > 10 && !/\{\w+\}/.test(message))).toBe(true);
			expect(findings.find(({ key }) => key === 'product UPDATE')?.slots).toEqual({ used: 2, of: 5 });
			expect(JSON.stringify(run.json())).not.toMatch(`${CHECK_STRING}|s3cr3t|unknown-string`);
		});

		it('says since when something is paused or unpublished', async () => {
			await serve();
			await manager.run({ resource: 'ownWebhooks', operation: 'pause', triggerUrl: shownUrl(server.url) }, { baseUrl: server.url });
			const [summary] = (await audit({ auditFormat: 'summary' })).json();
			expect(summary).toMatchObject({ healthy: true, stoppedSince: expect.stringMatching(/^20\d\d-.*Z$/) });
			expect(await codes()).toEqual(['info WEBHOOK_PAUSED customerorder CREATE', 'info WEBHOOK_PAUSED customerorder UPDATE']);
		});

		it.each<[string, () => Promise<void>, RegExp]>([
			['a proxy that has no server behind it', async () => void (server.broken = 502), /HTTP 502$/],
			['a trigger that has another check string', async () => {
				const { mode: _mode, ...setup } = bench.trigger({}, { baseUrl: server.url, credentials: bench.credential('admin', { checkSecret: 'another-string-0123456789' }) });
				server.serveTrigger({ ...setup, staticData: {} });
			}, /HTTP 401/],
		])('R065: finds %s', async (_what, spoil, reason) => {
			await serve();
			await spoil();
			const [finding] = (await audit()).json() as unknown as WebhookFinding[];
			expect(finding).toMatchObject({ code: 'WEBHOOK_UNREACHABLE', level: 'error', key: new URL(server.url).host });
			expect(finding?.message).toMatch(reason);
			server.broken = undefined;
			expect(await codes({ callTrigger: false })).toEqual([]);
		});

		it('R065: finds an address behind which nobody listens', async () => {
			const closed = await TriggerServer.start(bench.engine);
			const { url } = closed;
			await closed.close();
			await bench.publish(bench.trigger({}, { baseUrl: url }));
			const [finding] = (await audit({ triggerUrl: shownUrl(url) }, { baseUrl: url })).json() as unknown as WebhookFinding[];
			expect(finding).toMatchObject({ code: 'WEBHOOK_UNREACHABLE', message: expect.stringContaining('ECONNREFUSED') });
			expect(JSON.stringify(finding)).not.toContain(CHECK_STRING);
		});

		it('finds a credential without a good check string', async () => {
			await serve();
			expect(await codes({ callTrigger: false }, { credentials: bench.credential('admin', { checkSecret: '' }) })).toContain('error WEBHOOK_CHECK_STRING_MISSING credential');
		});

		it('without the URL of a trigger looks at what is there', async () => {
			await serve();
			expect(await codes({ triggerUrl: '', profiles: ['payments'] })).toEqual([]);
		});
	});
});
