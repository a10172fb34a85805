import { existsSync } from 'node:fs';
import { N8nApi, type ApiWorkflow } from '../n8n/api.cts';
import { fixturePackage } from '../n8n/fixture/package.cts';
import { fixtureServer } from '../n8n/fixture/server.cts';
import type { WorkflowTemplate } from '../n8n/importedWorkflow.cts';
import { startN8n, type N8n } from '../n8n/instance.cts';
import { NodeLibrary } from '../n8n/nodeLibrary.cts';
import { PACKAGE_NAME, repositoryRoot } from '../n8n/repository.cts';
import { node, to } from '../n8n/workflowDraft.cts';

const PROBES = 'n8n-nodes-probe';
const TABLE = 'zq_events';

/** What comes by hand or by a call is sorted; what is good goes into a table. */
const TEMPLATE: WorkflowTemplate = {
	name: 'Sort and keep',
	nodes: [
		node('By hand', 'n8n-nodes-base.manualTrigger'),
		node('By call', `${PROBES}.probeTrigger`, {}, { webhookId: 'old-id', typeVersion: 2 }),
		node(
			'Mark',
			'n8n-nodes-base.set',
			{
				mode: 'manual',
				includeOtherFields: true,
				assignments: { assignments: [{ id: 'a', name: 'ok', type: 'boolean', value: '={{ $json.event !== "bad" }}' }] },
			},
			{ typeVersion: 3.4 },
		),
		node('Sort', `${PROBES}.probe`, { operation: 'sort' }),
		node(
			'Keep',
			'n8n-nodes-base.dataTable',
			{
				resource: 'row',
				operation: 'insert',
				dataTableId: { __rl: true, mode: 'name', value: TABLE },
				columns: {
					mappingMode: 'defineBelow',
					value: { event: '={{ $json.event }}' },
					matchingColumns: [],
					schema: [],
				},
			},
			{ typeVersion: 1.1 },
		),
	],
	connections: {
		'By hand': { main: [to('Mark')] },
		'By call': { main: [to('Mark')] },
		Mark: { main: [to('Sort')] },
		Sort: { main: [to('Keep')] },
	},
	settings: { executionOrder: 'v1' },
};

describe('A real n8n', () => {
	const fixture = fixturePackage(PROBES);
	let n8n: N8n;
	let api: N8nApi;
	let workflow: ApiWorkflow;
	let tableId: string;

	const call = async (event: string, test = false): Promise<number> =>
		(await api.callWebhook(workflow, 'By call', { body: { event }, headers: { 'X-Sender': 'shop' }, test })).status;
	const kept = async (): Promise<unknown[]> =>
		(await api.dataTables.rows(tableId, { sortBy: 'id:asc' })).data.map(({ event }) => event);

	beforeAll(async () => {
		n8n = await startN8n({ packages: [repositoryRoot(), fixture.folder] });
		api = await N8nApi.logIn(n8n);
		tableId = (await api.dataTables.create(TABLE, [{ name: 'event', type: 'string' }])).id;
		workflow = await api.createWorkflow(TEMPLATE);
	});
	afterAll(async () => {
		await n8n?.stop();
		fixture.remove();
	});

	it('knows all nodes of the package', async () => {
		const library = await NodeLibrary.load([repositoryRoot()]);
		const wanted = library
			.types()
			.map((name) => ({ name, version: [library.getByNameAndVersion(name).description.version].flat()[0] ?? 1 }));
		expect(wanted).not.toEqual([]);
		expect((await api.nodeTypes(wanted)).map(({ name }) => `${PACKAGE_NAME}.${name}`)).toEqual(
			wanted.map(({ name }) => name),
		);
	});

	it('gives new ids on import', () => {
		const ids = new Map(workflow.nodes.map(({ name, id }) => [name, id]));
		for (const { name, id } of TEMPLATE.nodes) expect(ids.get(name)).not.toBe(id);
		expect(workflow.nodes.find(({ name }) => name === 'By call')?.webhookId).not.toBe('old-id');
	});

	it('runs a workflow by hand', async () => {
		const execution = await api.run(workflow.id, 'By hand', [{ json: { event: 'good' } }, { json: { event: 'bad' } }]);
		expect(execution.status).toBe('success');
		expect(execution.run.node('Sort').json(0)).toEqual([{ event: 'good', ok: true }]);
		expect(execution.run.node('Sort').json(1)).toEqual([{ event: 'bad', ok: false }]);
		expect(await kept()).toEqual(['good']);
		expect((await api.run(workflow.id, 'By hand')).run.node('By hand').json()).toEqual([{}]);
	});

	it('takes a test call', async () => {
		await api.listen(workflow.id, 'By call');
		const before = (await api.executions(workflow.id)).length;
		expect(await call('tried', true)).toBe(204);
		const [execution] = await api.finishedExecutions(workflow.id, before + 1);
		expect(execution?.run.node('By call').json()).toEqual([
			{ event: 'tried', by: 'shop', mode: 'manual', answered: false },
		]);
	});

	it('takes calls while the workflow is published, over a restart and a kill', async () => {
		expect(await call('early')).toBe(404);
		expect((await api.publish(workflow.id)).status).toBe('published');
		const before = (await api.executions(workflow.id)).length;
		expect(await call('first')).toBe(204);

		await n8n.restart();
		expect(await call('second')).toBe(204);
		await api.finishedExecutions(workflow.id, before + 2);
		await n8n.kill();
		await expect(fetch(n8n.url)).rejects.toThrow();
		await n8n.restart();
		expect(await call('third')).toBe(204);

		await api.finishedExecutions(workflow.id, before + 3);
		expect(await kept()).toEqual(['good', null, 'tried', 'first', 'second', 'third']);
		expect((await api.unpublish(workflow.id)).status).toBe('not_published');
		expect(await call('late')).toBe(404);
	});

	it('says why a trigger could not be registered', async () => {
		const nodes = TEMPLATE.nodes.map((one) =>
			one.name === 'By call' ? { ...one, parameters: { registry: 'http://127.0.0.1:1/' } } : one,
		);
		const failing = await api.createWorkflow({ ...TEMPLATE, nodes });
		await expect(api.publish(failing.id)).rejects.toThrow(/ECONNREFUSED|refused/);
	});

	it('sets credentials on the nodes that know them, and loads live lists', async () => {
		const credential = await api.createCredential('probeApi', { url: 'http://127.0.0.1:1', token: 's' });
		const { nodes } = await api.createWorkflow(TEMPLATE, [credential]);
		const { id, name } = credential;
		expect(nodes.filter(({ credentials }) => credentials).map((one) => [one.name, one.credentials])).toEqual([
			['Sort', { probeApi: { id, name } }],
		]);

		const list = { type: `${PROBES}.probe`, version: 1, parameters: { operation: 'sort' }, credentials: [credential] };
		expect(await api.loadList('loadOptions', { ...list, method: 'getColours' })).toEqual([
			{ name: 'Red', value: 'red' },
		]);
		expect(await api.loadList('listSearch', { ...list, method: 'findColours', filter: 're' })).toEqual({
			results: [{ name: 'sort re', value: 'x' }],
			paginationToken: 'more',
		});
		expect(
			(await api.loadList('resourceMapping', { ...list, method: 'getFields' })).fields.map((field) => field.id),
		).toEqual(['a']);
	});

	it('runs the test of a credential', async () => {
		const server = await fixtureServer();
		const data = { url: server.url, header: 'X-Default', token: 's', login: '' };
		const credential = await api.createCredential('probeApi', data);
		expect(await api.testCredential(credential, data)).toMatchObject({ status: 'OK' });
		expect(server.received.map(({ path, headers }) => [path, headers['x-default']])).toEqual([
			['/me?key=s', 'Token s'],
		]);
		await server.close();
		expect(await api.testCredential(credential, data)).toMatchObject({ status: 'Error' });
	});

	it('handles data tables by their exact names', async () => {
		const decoy = await api.dataTables.create(`${TABLE}_dead`, [{ name: 'event', type: 'string' }]);
		expect((await api.dataTables.named(TABLE)).id).toBe(tableId);
		const ids = await api.dataTables.insert(decoy.id, [{ event: 'a' }, { event: 'b' }]);
		expect(ids).toHaveLength(2);
		const { count, data } = await api.dataTables.rows(decoy.id, {
			filters: [{ columnName: 'event', condition: 'eq', value: 'b' }],
		});
		expect([count, data.map(({ id }) => id)]).toEqual([1, [ids[1]]]);
		await api.dataTables.remove(decoy.id);
		await expect(api.dataTables.named(`${TABLE}_dead`)).rejects.toThrow('There is no data table');
	});

	it('is gone after it was stopped', async () => {
		const short = await startN8n({ packages: [fixture.folder] });
		await short.stop();
		expect(existsSync(short.userFolder)).toBe(false);
		await expect(fetch(short.url)).rejects.toThrow();
	});

	it('says why it does not start', async () => {
		const { port } = n8n.place;
		await expect(startN8n({ packages: [], port })).rejects.toThrow(
			/n8n did not start: it ended with 1[^]*port \d+ is already in use/,
		);
	});
});
