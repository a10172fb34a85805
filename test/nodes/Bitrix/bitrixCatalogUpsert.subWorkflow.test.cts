import { Engine } from '../../n8n/engine.cts';
import type { CallableWorkflow } from '../../n8n/subWorkflows.cts';
import { product, uuid, variant } from '../catalog/items.cts';
import { Site, type Item } from '../catalog/site.cts';
import { changing, node } from '../shared/changingWorkflow.cts';

describe('C8: Bitrix Catalog Upsert lets a sub-workflow change what is written', () => {
	let site: Site;
	let engine: Engine;
	beforeAll(async () => (engine = await Engine.load({ fromN8n: ['n8n-nodes-base'] })), 60_000);
	beforeEach(async () => (site = await Site.open()));
	afterEach(async () => await site.close());

	async function upsert(items: Item[], hook: CallableWorkflow) {
		const workflow: CallableWorkflow = {
			id: 'main',
			nodes: [{
				...node('Upsert', 'n8n-nodes-moysklad-bitrix.bitrixCatalogUpsert', {
					operation: 'upsertItems', catalog: { __rl: true, mode: 'id', value: String(site.catalog) }, options: { subWorkflow: { __rl: true, mode: 'id', value: 'hook' } },
				}),
				credentials: { bitrixWebhookApi: { id: 'b', name: 'bitrixWebhookApi' } },
			}],
			connections: {},
		};
		const credentials = { bitrixWebhookApi: { secretAddress: site.bitrix.webhookUrl, edition: 'enterprise' } };
		return await engine.runWorkflow({ workflow, start: 'Upsert', items, credentials, workflows: { hook } });
	}

	it('items in, items out: the changed fields are written', async () => {
		const run = await upsert([product('cup'), product('mug')], changing({ 'fields.name': '={{ $json.item.name }} of {{ $json.key }}', 'fields.weight': '7' }));
		expect(run.error).toBeUndefined();
		expect(run.node('Upsert').json().map(({ status }) => status)).toEqual(['created', 'created']);
		expect(site.element('cup')).toMatchObject({ name: 'Product cup of cup', weight: 7 });
		expect(site.element('mug')).toMatchObject({ name: 'Product mug of mug', weight: 7 });
	});

	it('goods and offers are given apart, each with its key, id and kind', async () => {
		const shirt = product('shirt', { variantsCount: 1 });
		const run = await upsert([shirt, variant('red', shirt, { Цвет: 'Красный' })], changing({ 'fields.name': '={{ $json.key }} {{ $json.kind }} {{ $json.moySkladId }}' }));
		expect(run.error).toBeUndefined();
		expect(run.called).toHaveLength(2);
		expect(site.element('shirt').name).toBe(`shirt product ${uuid('shirt')}`);
		expect(site.element('shirt#red').name).toBe(`shirt#red variant ${uuid('red')}`);
	});

	it('a field that is emptied is left alone', async () => {
		await upsert([product('cup')], changing({}));
		await upsert([product('cup', { weight: 9 })], changing({ 'fields.weight': '' }));
		expect(site.element('cup').weight).toBe(1500);
	});

	it('another number of items, or another key, is an error before anything is written', async () => {
		const fewer = await upsert([product('cup'), product('mug')], changing({}, 1));
		expect(fewer.error?.description).toContain('SUB_WORKFLOW_INVALID');
		expect(fewer.error?.message).toContain('2 items went in, 1 came out');
		const other = await upsert([product('cup')], changing({ key: 'other' }));
		expect(other.error?.message).toContain('item 0 has another key');
		const none = await upsert([product('cup')], changing({ fields: 'text' }));
		expect(none.error?.message).toContain('item 0 has no fields');
		expect(site.elements()).toEqual([]);
	});
});
