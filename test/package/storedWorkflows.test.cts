import path from 'node:path';
import { packageOfN8n } from '../n8n/cachedN8n.cts';
import { Engine } from '../n8n/engine.cts';
import { filledIn } from '../n8n/filledIn.cts';
import { imported } from '../n8n/importedWorkflow.cts';
import { NodeLibrary } from '../n8n/nodeLibrary.cts';
import { repositoryRoot } from '../n8n/repository.cts';
import { misfits, templates } from '../n8n/templates.cts';
import { startBitrix, type RunningBitrix } from '../simulators/bitrix/start.cts';
import { startMoySklad, type RunningMoySklad } from '../simulators/moysklad/start.cts';
import { brokenPromises, promisesOf, readPromises, storedReleases, STORED_WORKFLOWS, type Promises } from './storedWorkflows.cts';

describe.each(storedReleases())('Workflows that were imported from release %s', (release) => {
	const stored = templates(path.join(STORED_WORKFLOWS, release));

	it('are there, one for each template', () => {
		expect(stored.size).toBeGreaterThan(27);
	});

	it('fit the present nodes: each operation, parameter and option is still there', async () => {
		const library = await NodeLibrary.load([repositoryRoot(), packageOfN8n('n8n-nodes-base')]);
		const faulty = [...stored].map(([file, workflow]) => [file, misfits(workflow, library)] as const).filter(([, found]) => found.length > 0);
		expect(Object.fromEntries(faulty)).toEqual({});
	});

	it('and so does whatever else a user had chosen in a node', async () => {
		expect(brokenPromises(readPromises(release), promisesOf(await NodeLibrary.load([repositoryRoot()])))).toEqual([]);
	});

	describe('run', () => {
		let engine: Engine;
		let library: NodeLibrary;
		let bitrix: RunningBitrix;
		let moySklad: RunningMoySklad;

		beforeAll(async () => {
			[library, engine, bitrix, moySklad] = await Promise.all([
				NodeLibrary.load([repositoryRoot(), packageOfN8n('n8n-nodes-base')]),
				Engine.load({ fromN8n: ['n8n-nodes-base'] }),
				startBitrix({ edition: 'box' }),
				startMoySklad({ size: { products: 4, folders: 2 }, rate: { unitsPerWindow: 1_000_000, parallel: 20 } }),
			]);
		});
		afterAll(async () => {
			await Promise.all([bitrix?.close(), moySklad?.close()]);
		});

		it('02: changes of folders and products come into the store', async () => {
			const template = stored.get('02-catalog-changes-by-webhook.json');
			if (!template) throw new Error('There is no template 02');
			const credentials = Object.fromEntries(['bitrixWebhookApi', 'moySkladApi'].map((name) => [name, { id: name, name }]));
			const filled = filledIn(template, { catalog: String(bitrix.catalogs.main.products) });
			const chosen = imported(filled, credentials, ({ type, typeVersion }) => library.description(type, typeVersion));
			// Jest cannot load n8n's Wait; the run does not come to it.
			const workflow = { ...chosen, nodes: chosen.nodes.map((node) => (node.type === 'n8n-nodes-base.wait' ? { ...node, type: 'n8n-nodes-base.noOp', typeVersion: 1 } : node)) };
			const events = (['productfolder', 'product'] as const).flatMap((entity) =>
				moySklad.account.table(entity).all().map(({ id }) => ({ entity, id: String(id), action: 'CREATE', type: 'webhook' })),
			);
			const products = events.filter(({ entity }) => entity === 'product').length;
			expect(products).toBe(4);
			const run = async () =>
				await engine.runWorkflow({
					workflow,
					start: 'Something Changed',
					items: events,
					credentials: {
						bitrixWebhookApi: { secretAddress: bitrix.webhookUrl, edition: 'enterprise' },
						moySkladApi: { authentication: 'token', token: moySklad.users.integration.token, baseUrl: moySklad.baseUrl },
					},
				});
			const first = await run();
			expect(first.error).toBeUndefined();
			const statuses = (name: string, one = first): unknown[] => one.node(name).json().map(({ status }) => status);
			expect(statuses('Upsert Sections').every((status) => status === 'created')).toBe(true);
			expect(statuses('Upsert Items')).toEqual(Array.from({ length: products }, () => 'created'));
			expect(statuses('Upsert Items', await run())).toEqual(Array.from({ length: products }, () => 'unchanged'));
		});
	});
});

describe('What the nodes of a release promised', () => {
	const promised: Promises = { 'sort 1': { operation: { types: ['options'], values: ['keep', 'drop'] }, 'more.size': { types: ['number'] } } };

	it.each([
		['a node', {}, 'sort 1 is gone'],
		['a parameter', { 'sort 1': { operation: promised['sort 1']?.operation } }, 'sort 1: more.size is gone'],
		['the type of a parameter', { 'sort 1': { ...promised['sort 1'], 'more.size': { types: ['string'] } } }, 'sort 1: more.size is no number any more'],
		['an operation', { 'sort 1': { ...promised['sort 1'], operation: { types: ['options'], values: ['keep', 'turn'] } } }, 'sort 1: operation has no drop any more'],
	])('is missed when %s is gone', (_what, present, broken) => {
		expect(brokenPromises(promised, present as Promises)).toEqual([broken]);
	});

	it('may be exceeded', () => {
		const more = { ...promised['sort 1'], operation: { types: ['options'], values: ['keep', 'drop', 'turn'] }, other: { types: ['string'] } };
		expect(brokenPromises(promised, { 'sort 1': more, 'sort 2': {} } as Promises)).toEqual([]);
	});
});
