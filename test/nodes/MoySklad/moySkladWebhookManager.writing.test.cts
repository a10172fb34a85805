import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { FOREIGN, ManagerBench, outcome, results } from './managerBench.cts';
import { CHECK_STRING, objectHook, stockRow, WEBHOOK_ID, type WebhookBench } from './webhookBench.cts';

describe('MoySklad Webhook Manager', () => {
	let manager: ManagerBench;
	let bench: WebhookBench;
	beforeAll(async () => {
		manager = await ManagerBench.start();
		bench = manager.account;
	});
	beforeEach(() => bench.reset());
	afterAll(async () => await bench.close());

	describe('Create', () => {
		it('R053: registers webhooks at the trigger', async () => {
			const created = await manager.run({
				operation: 'create',
				entity: 'demand',
				actions: ['CREATE', 'UPDATE'],
				changedFields: false,
			});
			expect(outcome(created)).toEqual(['demand CREATE created', 'demand UPDATE created']);
			expect(bench.hooks().map(({ url, diffType }) => [url.endsWith(`&check=${CHECK_STRING}`), diffType])).toEqual([
				[true, undefined],
				[true, 'NONE'],
			]);
		});

		it('registers the stock webhook, and one at another address', async () => {
			await manager.run({ operation: 'create', kind: 'stock', reportType: 'all' });
			await manager.run({
				operation: 'create',
				entity: 'product',
				actions: ['DELETE'],
				address: 'other',
				url: 'https://shop.example.com/hook',
				triggerUrl: '',
			});
			expect(bench.summary()).toEqual(['product DELETE on', 'stock all on']);
		});

		it('R059: finds what is there, instead of asking MoySklad to refuse it', async () => {
			await manager.published();
			bench.moySklad.counters.reset();
			expect(outcome(await manager.run({ operation: 'create', entity: 'customerorder', actions: ['CREATE'] }))).toEqual(
				['customerorder CREATE unchanged'],
			);
			expect(bench.calls('POST /entity/webhook')).toBe(0);
		});

		it('R066: does not switch on what is foreign', async () => {
			const foreign = bench.add(objectHook('product', 'DELETE', 'https://shop.example.com/hook', { enabled: false }));
			const parameters = {
				operation: 'create',
				entity: 'product',
				actions: ['DELETE'],
				address: 'other',
				url: 'https://shop.example.com/hook',
			};
			expect(outcome(await manager.run(parameters), 1)).toEqual(['product DELETE conflict WEBHOOK_FOREIGN']);
			expect(bench.hooks()).toEqual([foreign]);
		});

		it('R061: keeps the words of MoySklad when it refuses', async () => {
			const refused = await manager.run({
				operation: 'create',
				entity: 'product',
				actions: ['CREATE'],
				address: 'other',
				url: 'not an address',
			});
			expect(results(refused, 1)[0]?.error).toMatchObject({
				code: 'MOYSKLAD_REJECTED',
				message: expect.stringContaining('30005'),
			});
		});
	});

	describe('Update', () => {
		const update = async (webhooks: string[] | string, changes: INodeParameters, more: INodeParameters = {}) =>
			await manager.run({ operation: 'update', webhooks, changes, ...more });

		it('R051: switches several webhooks off at once, and says so', async () => {
			const hooks = await manager.published();
			bench.moySklad.counters.reset();
			expect(
				outcome(
					await update(
						hooks.map(({ id }) => id),
						{ enabled: false },
					),
				),
			).toEqual(['customerorder CREATE deactivated', 'customerorder UPDATE deactivated']);
			expect(bench.summary()).toEqual(['customerorder CREATE off', 'customerorder UPDATE off']);
			expect(bench.calls('POST /entity/webhook')).toBe(1);
		});

		it('changes only what differs, and the naming of fields only where it applies', async () => {
			const hooks = await manager.published();
			expect(
				outcome(await update(hooks.map(({ id }) => id).join(', '), { changedFields: false, enabled: true })),
			).toEqual(['customerorder CREATE unchanged', 'customerorder UPDATE updated']);
			expect(bench.hooks().map(({ diffType }) => diffType)).toEqual([undefined, 'NONE']);
		});

		it('R066: leaves what is foreign alone, unless it is told to', async () => {
			const [ours] = await manager.published();
			const foreign = bench.add(objectHook('product', 'UPDATE', FOREIGN));
			const both = [foreign.id, String(ours?.id)];
			const refused = await update(both, { enabled: false });
			expect(outcome(refused, 1)).toEqual(['product UPDATE conflict WEBHOOK_FOREIGN']);
			expect(JSON.stringify(refused.json(1))).not.toContain('s3cr3t');
			expect(outcome(refused)).toEqual(['customerorder CREATE deactivated']);
			expect(outcome(await update(both, { enabled: false }, { options: { includeForeign: true } }))).toEqual([
				'product UPDATE deactivated',
				'customerorder CREATE unchanged',
			]);
		});

		it('W1: does not touch what another n8n with the same check string has', async () => {
			const [clone] = [
				bench.add(
					objectHook(
						'product',
						'UPDATE',
						`https://clone.example.com/webhook/${WEBHOOK_ID}/moysklad?instance=0123456789ab&check=${CHECK_STRING}`,
					),
				),
			];
			expect(outcome(await update([clone.id], { enabled: false }), 1)).toEqual([
				'product UPDATE conflict WEBHOOK_FOREIGN',
			]);
		});

		it('in a preview only says what it would do', async () => {
			const [hook] = await manager.published();
			expect(outcome(await update([String(hook?.id)], { enabled: false }, { preview: true }))).toEqual([
				'customerorder CREATE planned',
			]);
			expect(bench.hooks()[0]).toEqual(hook);
		});

		it('says which id the account does not have', async () => {
			expect(outcome(await update(['gone'], { enabled: false }), 1)).toEqual(['gone failed WEBHOOK_NOT_FOUND']);
		});
	});

	describe('Delete', () => {
		const remove = async (webhooks: string[] | string, more: INodeParameters = {}, items?: IDataObject[]) =>
			await manager.run({ operation: 'delete', webhooks, ...more }, { items });

		it('R052: deletes many with one call, of objects and of stock', async () => {
			await bench.publish(bench.trigger({ stock: { row: [stockRow('all')] } }));
			bench.moySklad.counters.reset();
			const deleted = await remove(bench.hooks().map(({ id }) => id));
			expect(outcome(deleted)).toEqual([
				'customerorder CREATE deleted',
				'customerorder UPDATE deleted',
				'stock all deleted',
			]);
			expect(results(deleted).every(({ webhook }) => webhook === null)).toBe(true);
			expect(bench.hooks()).toEqual([]);
			expect(bench.calls()).toBe(4);
		});

		it('takes the ids of what Get Many gave, each once and paired with its item', async () => {
			const hooks = await manager.published();
			const items = [...hooks, ...hooks].map(({ id }) => ({ id }));
			const deleted = await remove('={{ $json.id }}', {}, items);
			expect(deleted.outputs[0]?.map(({ json, pairedItem }) => [json.status, pairedItem])).toEqual([
				['deleted', { item: 0 }],
				['deleted', { item: 1 }],
			]);
		});

		it('R066: deletes nothing foreign, unless it is told to', async () => {
			const foreign = bench.add(objectHook('product', 'UPDATE', FOREIGN));
			expect(outcome(await remove([foreign.id]), 1)).toEqual(['product UPDATE conflict WEBHOOK_FOREIGN']);
			expect(bench.hooks()).toEqual([foreign]);
			expect(outcome(await remove([foreign.id], { options: { includeForeign: true } }))).toEqual([
				'product UPDATE deleted',
			]);
			expect(bench.hooks()).toEqual([]);
		});

		it('in a preview only says what it would do', async () => {
			const [hook] = await manager.published();
			const [result] = results(await remove([String(hook?.id)], { preview: true }));
			expect(result).toMatchObject({
				status: 'planned',
				webhook: { id: hook?.id },
				changes: [{ field: 'url', to: null }],
			});
			expect(bench.hooks()).toHaveLength(2);
		});

		it.each(['unavailable', 'cut'] as const)(
			'is complete after a %s',
			async (kind) => {
				const hooks = await manager.published();
				bench.moySklad.faults.set([{ kind, share: 1, times: 1, route: 'webhook/delete' }]);
				const deleted = await remove(hooks.map(({ id }) => id));
				expect(deleted.json(1)).toEqual([]);
				expect(bench.hooks()).toEqual([]);
			},
			20_000,
		);
	});
});
