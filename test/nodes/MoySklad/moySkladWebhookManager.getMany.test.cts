import type { IDataObject, INodeParameters } from 'n8n-workflow';
import type { WebhookView } from '../../../core';
import type { NodeRun } from '../../n8n/runs.cts';
import { FOREIGN, ManagerBench } from './managerBench.cts';
import { CHECK_STRING, objectHook, WEBHOOK_ID, type Hook, type WebhookBench } from './webhookBench.cts';

describe('MoySklad Webhook Manager', () => {
	let manager: ManagerBench;
	let bench: WebhookBench;
	beforeAll(async () => {
		manager = await ManagerBench.start();
		bench = manager.account;
	});
	beforeEach(() => bench.reset());
	afterAll(async () => await bench.close());

	describe('Get Many', () => {
		const getMany = async (parameters: INodeParameters = {}) =>
			await manager.run({ operation: 'getAll', ...parameters });
		const views = (one: NodeRun): WebhookView[] => one.json() as unknown as WebhookView[];

		it('R048 to R050: shows all webhooks, of whom they are, and no secret', async () => {
			const [ours] = await manager.published();
			bench.add(objectHook('customerorder', 'UPDATE', FOREIGN, { enabled: false }));
			bench.add(
				objectHook(
					'product',
					'CREATE',
					`https://clone.example.com/webhook/${WEBHOOK_ID}/moysklad?instance=0123456789ab&check=${CHECK_STRING}`,
				),
			);
			bench.add({ type: 'webhookstock', reportType: 'all', url: FOREIGN, enabled: true });
			const many = await getMany();
			expect(
				views(many).map(({ entity, action, reportType, status, owner }) => [
					entity ?? reportType,
					action,
					status,
					owner,
				]),
			).toEqual([
				['customerorder', 'CREATE', 'active', 'ours'],
				['customerorder', 'UPDATE', 'active', 'ours'],
				['customerorder', 'UPDATE', 'disabled', 'foreign'],
				['product', 'CREATE', 'active', 'otherHost'],
				['all', null, 'active', 'foreign'],
			]);
			expect(views(many)[0]).toMatchObject({ id: ours?.id, purpose: 'orders', host: 'n8n.example.com' });
			expect(JSON.stringify(many.json())).not.toMatch(new RegExp(`${CHECK_STRING}|s3cr3t`));
		});

		it('R048: shows more than a page of them', async () => {
			for (let number = 0; number < 1005; number += 1)
				bench.add(objectHook('product', 'CREATE', `https://shop.example.com/${number}`));
			expect(views(await getMany())).toHaveLength(1005);
		});

		it('knows ours by the address of the editor when no URL is given', async () => {
			await manager.published();
			expect(views(await getMany({ triggerUrl: '' })).map(({ owner }) => owner)).toEqual(['ours', 'ours']);
			expect(
				views(await getMany({ triggerUrl: '', options: { publicBaseUrl: 'https://other.example.com' } })).map(
					({ owner }) => owner,
				),
			).toEqual(['otherHost', 'otherHost']);
		});

		it.each<[IDataObject, string[]]>([
			[{ owner: 'foreign' }, ['foreign']],
			[{ status: 'disabled' }, ['off']],
			[{ purpose: 'catalog' }, ['foreign']],
			[{ duplicatesOnly: true }, ['one', 'two']],
			[{ duplicatesOnly: false }, ['foreign', 'off', 'one', 'two']],
			[{ owner: 'ours', status: 'active' }, ['one', 'two']],
		])('filters by %j', async (filters, expected) => {
			const [one] = await manager.published();
			bench.moySklad.account.table('webhook').remove(bench.hooks()[1] as never);
			const two = bench.add({
				...(one as Hook),
				id: 'two',
				url: String(one?.url).replace(CHECK_STRING, 'earlier-string'),
			} as Hook);
			const off = bench.add(objectHook('demand', 'CREATE', String(one?.url), { enabled: false }));
			const foreign = bench.add(objectHook('product', 'CREATE', FOREIGN));
			const names: Record<string, string> = {
				[String(one?.id)]: 'one',
				[two.id]: 'two',
				[off.id]: 'off',
				[foreign.id]: 'foreign',
			};
			expect(
				views(await getMany({ filters: filters as INodeParameters }))
					.map(({ id }) => names[id])
					.sort(),
			).toEqual(expected);
		});

		it('R063: makes a coloured table for people', async () => {
			await manager.published();
			bench.add(objectHook('customerorder', 'DELETE', FOREIGN, { enabled: false }));
			const [{ html, count } = {}] = (await getMany({ format: 'table' })).json();
			expect(count).toBe(3);
			expect(html).toMatch(/^<table.*#fde2e2.*<\/table>$/);
			expect(html).not.toMatch(new RegExp(`${CHECK_STRING}|s3cr3t`));
		});
	});

	it('lists the webhooks by names that people know, without secrets', async () => {
		bench.add(objectHook('customerorder', 'UPDATE', FOREIGN, { enabled: false }));
		bench.add({ type: 'webhookstock', reportType: 'bystore', url: FOREIGN, enabled: true });
		const list = await bench.engine.loadList('loadOptions', {
			type: 'moySkladWebhookManager',
			credentials: bench.credential(),
			method: 'getWebhooks',
		});
		expect(list.map(({ name, description }) => [name, description])).toEqual([
			['Customer Order UPDATE, shop.example.com, disabled', 'https://shop.example.com/hook?token=***'],
			['Stock (bystore), shop.example.com', 'https://shop.example.com/hook?token=***'],
		]);
	});
});
