import { N8nApi, type ApiWorkflow } from '../n8n/api.cts';
import { PACKAGE_NAME } from '../n8n/repository.cts';
import { node, to } from '../n8n/workflowDraft.cts';
import { connect, must } from '../simulators/bitrix/restClient';
import { theBench, type Bench } from './bench/bench.cts';
import { Editor } from './editor.cts';
import type { LiveList } from './liveLists.cts';

const CHANGES = 'Changes to the Mapping';

/** A list in the first row of the mapping. */
const inRow = (title: string, method: string): LiveList => ({ method, kind: 'locator', places: [{ title: CHANGES, row: { group: 'mapping', index: 0 } }, { title }] });

describe('A mapping that is made by clicks', () => {
	let bench: Bench;
	let api: N8nApi;
	let editor: Editor;

	beforeAll(async () => {
		bench = theBench();
		api = await N8nApi.logIn(bench.n8n);
		editor = await Editor.open(api);
	});
	afterAll(async () => await editor?.close());

	const opened = async (nodes: ApiWorkflow['nodes']): Promise<ApiWorkflow> => {
		const names = ['Start', ...nodes.map(({ name }) => name)];
		const connections = Object.fromEntries(nodes.map(({ name }, index) => [String(names[index]), { main: [to(name)] }]));
		const placed = [node('Start', 'n8n-nodes-base.manualTrigger'), ...nodes].map((one, index) => ({ ...one, position: [index * 240, 0] as [number, number] }));
		const workflow = await api.createWorkflow({ name: 'Mapped by clicks', nodes: placed, connections, settings: { executionOrder: 'v1' } }, bench.credentials);
		await editor.openWorkflow(workflow.id);
		return workflow;
	};
	const ran = async ({ id }: ApiWorkflow, last: string): Promise<Array<Record<string, unknown>>> => {
		await editor.execute('Start');
		const [execution] = await api.finishedExecutions(id, 1);
		if (execution?.run.error) throw execution.run.error;
		return execution?.run.node(last).json() ?? [];
	};

	it('writes a field of MoySklad into the field of Bitrix that was chosen for it', async () => {
		const workflow = await opened([
			node('Goods', `${PACKAGE_NAME}.moySkladEntity`, { resource: 'product', operation: 'getAll', limit: 1, options: {} }),
			node('Items', `${PACKAGE_NAME}.bitrixCatalogUpsert`, { operation: 'upsertItems', catalog: { __rl: true, mode: 'id', value: bench.bitrix.catalog } }),
		]);
		const panel = await editor.openNode('Items');
		await panel.addRow('Add Change');
		await panel.choose(inRow('Field in Bitrix', 'targets'), 'Announcement');
		await panel.choose(inRow('MoySklad Field', 'moySkladFields'), 'External Code');
		await panel.close();
		const [written] = await ran(workflow, 'Items');
		// The store has the goods already.
		expect(written).toMatchObject({ status: 'updated' });
		const [good] = (await api.execution(String((await api.executions(workflow.id))[0]?.id))).run.node('Goods').json();
		const { product } = await must(connect(bench.bitrix)('catalog.product.get', { id: written?.bitrixId }));
		expect(product).toMatchObject({ name: good?.name, previewText: good?.externalCode });
	});

	it('writes what was entered into the fields of MoySklad that were chosen for it', async () => {
		const workflow = await opened([node('Customer', `${PACKAGE_NAME}.moySkladEntity`, { resource: 'counterparty', operation: 'create' })]);
		const panel = await editor.openNode('Customer');
		const fields: LiveList = { method: 'fields', kind: 'fields', places: [{ title: 'Mapping Column Mode' }] };
		// Those that are there from the beginning, and those that can be added.
		expect(await panel.entries(fields)).toEqual(expect.arrayContaining(['Name', 'Phone', 'External Code']));
		await panel.map(fields, 'Name', 'Клик Кликов');
		await panel.map(fields, 'Phone', '+7 900 111-22-33');
		await panel.close();
		const [written] = await ran(workflow, 'Customer');
		expect(written).toMatchObject({ status: 'created' });
		const answer = await fetch(`${bench.moySklad.baseUrl}/entity/counterparty/${String(written?.moySkladId)}`, { headers: { authorization: `Bearer ${bench.moySklad.integration.token}`, 'accept-encoding': 'gzip' } });
		expect(await answer.json()).toMatchObject({ name: 'Клик Кликов', phone: '+7 900 111-22-33' });
	});
});
