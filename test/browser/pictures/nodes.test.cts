import { N8nApi } from '../../n8n/api.cts';
import { templates } from '../../n8n/templates.cts';
import { node as drafted } from '../../n8n/workflowDraft.cts';
import { theBench } from '../bench/bench.cts';
import { WINDOW } from '../browser.cts';
import { Editor } from '../editor.cts';
import { described, ourNodes, type OurNode } from '../ourNodes.cts';
import { Pictures } from './pictures.cts';

/** Higher than a window, since a panel is. */
const HIGH = { ...WINDOW, height: 1_200 };

describe('The panel of', () => {
	const pictures = new Pictures('nodes');
	let api: N8nApi;
	let editor: Editor;

	beforeAll(async () => {
		api = await N8nApi.logIn(theBench().n8n);
		editor = await Editor.open(api);
		await editor.page.setViewportSize(HIGH);
	});
	afterAll(async () => {
		await editor?.close();
		pictures.remove();
	});

	it.each(ourNodes())('$name has a picture', async (node) => {
		const { workflow, name } = await example(api, node);
		await editor.openWorkflow(workflow);
		const panel = await editor.openNode(name);
		await pictures.take(editor.page, node.name, await panel.box());
		expect(editor.faults.take()).toEqual([]);
		await panel.close();
	});
});

/** The node as the first template has it that uses it, with all choices made, else as it is when it is new. */
async function example(api: N8nApi, node: OurNode): Promise<{ workflow: string; name: string }> {
	const { workflows, credentials } = theBench();
	for (const [file, { nodes }] of templates()) {
		const used = nodes.find(({ type }) => type === node.type);
		const workflow = workflows[file.slice(0, file.indexOf('-'))];
		if (used && workflow) return { workflow, name: used.name };
	}
	const { displayName } = await described(api, node);
	const { id } = await api.createWorkflow({ name: displayName, nodes: [drafted(displayName, node.type)], connections: {}, settings: {} }, credentials);
	return { workflow: id, name: displayName };
}
