import path from 'node:path';
import { NodeHelpers, type INode, type INodeTypeDescription } from 'n8n-workflow';
import { N8nApi } from '../../n8n/api.cts';
import { isOpenList } from '../../n8n/nodeFaults.cts';
import { repositoryRoot } from '../../n8n/repository.cts';
import { templates, type Template } from '../../n8n/templates.cts';
import { theBench } from '../bench/bench.cts';
import { Editor } from '../editor.cts';
import { takeCanvas } from './canvas.cts';
import { Pictures } from './pictures.cts';

const STICKY_NOTE = 'n8n-nodes-base.stickyNote';

describe('A template that is imported by file', () => {
	const pictures = new Pictures('templates');
	let api: N8nApi;
	let editor: Editor;

	beforeAll(async () => {
		api = await N8nApi.logIn(theBench().n8n);
		editor = await Editor.open(api);
	});
	afterAll(async () => {
		await editor?.close();
		pictures.remove();
	});

	it.each([...templates()])('%s: shows all its nodes, and marks those that lack a choice', async (file, template) => {
		await editor.importFile(path.join(repositoryRoot(), 'workflows', file), template.name);
		await editor.fitCanvas();
		const visible = template.nodes.filter(({ type }) => type !== STICKY_NOTE);
		expect((await editor.nodeNames()).sort()).toEqual(visible.map(({ name }) => name).sort());
		const { required, possible } = await openChoices(api, visible);
		const marked = await editor.markedNodes();
		expect(marked).toEqual(expect.arrayContaining(required));
		// Where there is one credential only, n8n has chosen it.
		expect(marked.filter((name) => !required.includes(name) && !possible.includes(name))).toEqual([]);
		await takeCanvas(editor, pictures, path.basename(file, '.json'), template);
		expect(editor.faults.take()).toEqual([]);
	});
});

/** The nodes that ask their user for a choice from a list or for a credential: what a template cannot bring along. */
async function openChoices(api: N8nApi, nodes: Template['nodes']): Promise<{ required: string[]; possible: string[] }> {
	const descriptions = await api.nodeTypes(nodes.map(({ type, typeVersion }) => ({ name: type, version: typeVersion })));
	const asking = (asks: (node: INode, description: INodeTypeDescription) => boolean): string[] =>
		nodes.filter((node, index) => !node.disabled && asks(node, descriptions[index] as INodeTypeDescription)).map(({ name }) => name);
	return {
		required: asking((node, description) => NodeHelpers.getNodeParametersIssues(description.properties, node, description) !== null),
		possible: asking((node, description) => Object.values(node.parameters).some(isOpenList) || needsCredential(node, description)),
	};
}

function needsCredential(node: INode, description: INodeTypeDescription): boolean {
	const parameters = NodeHelpers.getNodeParameters(description.properties, node.parameters, true, false, node, description) ?? {};
	return (description.credentials ?? []).some((needed) => needed.required && NodeHelpers.displayParameter(parameters, needed, node, description));
}
