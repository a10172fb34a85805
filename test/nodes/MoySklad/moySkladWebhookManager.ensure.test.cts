import type { INodeParameters } from 'n8n-workflow';
import { ManagerBench, outcome, results } from './managerBench.cts';
import { objectHook, shownUrl, type WebhookBench } from './webhookBench.cts';

describe('MoySklad Webhook Manager', () => {
	let manager: ManagerBench;
	let bench: WebhookBench;
	beforeAll(async () => {
		manager = await ManagerBench.start();
		bench = manager.account;
	});
	beforeEach(() => bench.reset());
	afterAll(async () => await bench.close());

	describe('Ensure', () => {
		const profiles = ['base', 'orderImport', 'payments', 'shipments', 'catalog', 'counterparties', 'stock'];

		it('R054: makes what is missing; the second time it changes nothing and costs two calls', async () => {
			const first = await manager.ensure({ profiles, full: true });
			expect(first.json(1)).toEqual([]);
			expect(results(first).every(({ status }) => status === 'created')).toBe(true);
			expect(bench.summary(bench.hooks().filter(({ entityType }) => entityType === 'customerorder'))).toEqual([
				'customerorder CREATE on',
				'customerorder DELETE on',
				'customerorder UPDATE on',
			]);
			expect(bench.hooks()).toHaveLength(3 + 6 + 3 + 15 + 3 + 4);
			bench.moySklad.counters.reset();
			const second = await manager.ensure({ profiles, full: true });
			expect(new Set(results(second).map(({ status }) => status))).toEqual(new Set(['unchanged']));
			expect(results(second)).toHaveLength(34);
			expect(bench.calls()).toBe(2);
		});

		it.each(['nonsense', 'constructor', '', ['base', '__proto__'], []])('refuses profiles that there are not: %p', async (profiles) => {
			const run = await manager.ensure({ profiles: profiles as never });
			expect(run.error?.message).toBe('Nothing is chosen of which MoySklad shall send events');
			expect(bench.hooks()).toEqual([]);
		});

		it('makes what a published trigger finds and takes for its own', async () => {
			await manager.ensure({ profiles: ['base', 'orderImport'], full: false });
			expect((await bench.engine.runHook('checkExists', bench.trigger())).result).toBe(true);
		});

		it('R064: repairs what is switched off, and says what it changed', async () => {
			await manager.published();
			const [hook] = bench.hooks().filter(({ action }) => action === 'UPDATE');
			bench.moySklad.account.table('webhook').put({ ...hook, enabled: false, diffType: 'NONE' } as never);
			const [result] = results(await manager.ensure({ profiles: ['base'], full: false }));
			expect(result).toMatchObject({
				status: 'updated',
				key: 'customerorder UPDATE',
				moySkladId: hook?.id,
				webhook: { id: hook?.id, status: 'active', owner: 'ours' },
			});
			expect(result?.changes).toEqual([
				{ field: 'enabled', from: false, to: true },
				{ field: 'diffType', from: 'NONE', to: 'FIELDS' },
			]);
			expect(bench.summary()).toEqual(['customerorder CREATE on', 'customerorder UPDATE on']);
		});

		it('in a preview only says what it would do', async () => {
			await manager.published();
			const before = bench.hooks();
			bench.moySklad.counters.reset();
			const preview = await manager.ensure({
				profiles: ['base', 'stock'],
				full: false,
				preview: true,
				reportType: 'all',
			});
			expect(outcome(preview)).toEqual([
				'customerorder UPDATE unchanged',
				'enter CREATE planned',
				'enter UPDATE planned',
				'stock all planned',
			]);
			expect(bench.hooks()).toEqual(before);
			expect(bench.calls()).toBe(2);
		});

		it('R060: in a preview warns of those for which there is no place', async () => {
			for (let number = 1; number <= 5; number += 1)
				bench.add(objectHook('customerorder', 'UPDATE', `https://shop${number}.example.com/hook?token=s3cr3t`));
			const preview = results(await manager.ensure({ profiles: ['base'], full: true, preview: true }));
			expect(preview.map(({ key, status, warnings }) => [key, status, warnings.map(({ code }) => code)])).toEqual([
				['customerorder UPDATE', 'planned', ['WEBHOOK_SLOTS_FULL']],
				['customerorder DELETE', 'planned', []],
			]);
			expect(JSON.stringify(preview)).not.toContain('s3cr3t');
		});

		it('goes on with the others when one is refused', async () => {
			for (let number = 1; number <= 5; number += 1)
				bench.add(objectHook('cashin', 'UPDATE', `https://shop${number}.example.com/hook`));
			const mixed = await manager.ensure({ profiles: ['payments'], full: false });
			expect(outcome(mixed)).toEqual([
				'paymentin CREATE created',
				'paymentin UPDATE created',
				'paymentin DELETE created',
				'cashin CREATE created',
				'cashin DELETE created',
			]);
			expect(outcome(mixed, 1)).toEqual(['cashin UPDATE failed WEBHOOK_SLOTS_FULL']);
		});

		it('fails the execution afterwards when the user wants that', async () => {
			for (let number = 1; number <= 5; number += 1)
				bench.add(objectHook('customerorder', 'UPDATE', `https://shop${number}.example.com/hook`));
			const failed = await manager.ensure({ profiles: ['base'], full: true, options: { failAfterAll: true } });
			expect(failed.error?.message).toBe('1 of 2 items failed');
			expect(bench.summary()).toContain('customerorder DELETE on');
		});

		it('R070: says that it needs an administrator', async () => {
			expect((await manager.ensure({}, { credentials: bench.credential('editor') })).error?.description).toMatch(
				'(WEBHOOK_NO_ADMIN)',
			);
		});

		it('makes the webhooks of several input items once, paired with them', async () => {
			const two = await manager.ensure(
				{ profiles: '={{ $json.profiles }}', full: false },
				{ items: [{ profiles: ['base'] }, { profiles: ['base', 'orderImport'] }] },
			);
			expect(two.outputs[0]?.map(({ json, pairedItem }) => [json.key, json.status, pairedItem])).toEqual([
				['customerorder UPDATE', 'created', { item: 0 }],
				['customerorder CREATE', 'created', { item: 1 }],
			]);
		});

		it.each<[string, INodeParameters, string]>([
			['no URL of a trigger', { triggerUrl: '' }, 'WEBHOOK_URL_NOT_OF_TRIGGER'],
			[
				'the URL of something else',
				{ triggerUrl: 'https://n8n.example.com/webhook/abc' },
				'WEBHOOK_URL_NOT_OF_TRIGGER',
			],
			['the test URL', { triggerUrl: shownUrl(undefined, 'webhook-test') }, 'WEBHOOK_URL_NOT_OF_TRIGGER'],
			['a base address that is none', { options: { publicBaseUrl: 'nowhere' } }, 'WEBHOOK_BASE_URL_INVALID'],
		])('refuses %s', async (_what, parameters, code) => {
			expect((await manager.ensure(parameters)).error?.description).toMatch(`(${code})`);
			expect(bench.calls()).toBe(0);
		});

		it.each(['rateLimit', 'unavailable', 'html', 'reset', 'cut'] as const)(
			'makes everything once after a %s',
			async (kind) => {
				bench.moySklad.faults.set([{ kind, share: 1, times: 1, route: '^POST /entity/webhook' }]);
				const done = await manager.ensure({ profiles: ['shipments', 'stock'], full: true });
				expect(done.json(1)).toEqual([]);
				expect(bench.summary()).toEqual([
					'demand CREATE on',
					'demand DELETE on',
					'demand UPDATE on',
					'enter CREATE on',
					'enter DELETE on',
					'enter UPDATE on',
					'stock bystore on',
				]);
			},
			20_000,
		);
	});
});
