import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { NodeHelpers, Workflow, type INode, type INodeTypeDescription, type IWorkflowBase } from 'n8n-workflow';
import { choiceFaults } from './choices.cts';
import { journalFaults } from './journalPaths.cts';
import { isOpenList, nodeFaults } from './nodeFaults.cts';
import type { NodeLibrary } from './nodeLibrary.cts';
import { repositoryRoot } from './repository.cts';

/** A workflow file, as it is. */
export type Template = Pick<IWorkflowBase, 'name' | 'nodes' | 'connections' | 'settings' | 'pinData' | 'meta'> &
	Record<string, unknown>;

/** What is wrong with a template. */
export interface Finding {
	/** The node's name; undefined when it is about the workflow. */
	node?: string;
	text: string;
}

const STICKY_NOTE = 'n8n-nodes-base.stickyNote';
const EXECUTE_WORKFLOW = 'n8n-nodes-base.executeWorkflow';
const DATA_TABLE = 'n8n-nodes-base.dataTable';

/** What belongs to the n8n in which the template was made; `errorWorkflow` holds an id, and ids change on import. */
const OF_ONE_INSTANCE = ['id', 'active', 'versionId', 'staticData', 'shared', 'createdAt', 'updatedAt'];

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** Those of the package, or of an earlier release whose version is in STORED_WORKFLOWS, as test/fixtures/workflows keeps them. */
const usualFolder = (): string => {
	const { STORED_WORKFLOWS: release = '' } = process.env;
	return release === '' ? path.join(repositoryRoot(), 'workflows') : path.join(repositoryRoot(), 'test', 'fixtures', 'workflows', release);
};

/** The templates of the package, by the names of their files. */
export function templates(folder = usualFolder()): Map<string, Template> {
	const files = existsSync(folder)
		? readdirSync(folder)
				.filter((file) => /^\d.*\.json$/.test(file))
				.sort()
		: [];
	return new Map(files.map((file) => [file, JSON.parse(readFileSync(path.join(folder, file), 'utf8')) as Template]));
}

/** All that a user would stumble over who imports the template. None when it is sound. */
export function findings(template: Template, library: NodeLibrary): Finding[] {
	// Before the rest, since n8n writes the defaults into the parameters that it is given.
	const unchosen = choiceFaults(template);
	return [...misfits(template, library), ...tooMany(template, library), ...journalFaults(template), ...unchosen];
}

/** Of some nodes n8n takes one a workflow, and leaves out the others without a word when the file is imported in the editor. */
function tooMany({ nodes }: Template, library: NodeLibrary): Finding[] {
	const seen: Record<string, number> = {};
	return nodes.filter(({ type }) => library.has(type)).flatMap(({ name, type, typeVersion }) => {
		const { maxNodes } = library.description(type, typeVersion);
		seen[type] = (seen[type] ?? 0) + 1;
		return maxNodes !== undefined && (seen[type] ?? 0) > maxNodes ? [{ node: name, text: `n8n takes ${maxNodes} of its type a workflow` }] : [];
	});
}

/** What does not fit the present nodes, whatever release the workflow is of. */
export function misfits(template: Template, library: NodeLibrary): Finding[] {
	const known = template.nodes.filter(({ type }) => library.has(type));
	const descriptions = new Map(
		known.map((node) => [node.name, withOutputs(library, node, library.description(node.type, node.typeVersion))]),
	);
	const notes = template.nodes.map(({ type, parameters }) => (type === STICKY_NOTE ? String(parameters.content) : '')).join('\n');
	return [
		...workflowFindings(template),
		...duplicates(template.nodes),
		...template.nodes.flatMap((node) => oneNode(node, descriptions.get(node.name), notes)),
		...brokenConnections(template, descriptions),
		...unreachable(template, descriptions),
	];
}

/** Outputs that depend on the node's parameters as a list. */
function withOutputs(library: NodeLibrary, node: INode, description: INodeTypeDescription): INodeTypeDescription {
	if (Array.isArray(description.outputs)) return description;
	const workflow = new Workflow({ nodes: [node], connections: {}, active: false, nodeTypes: library });
	return { ...description, outputs: NodeHelpers.getNodeOutputs(workflow, node, description) };
}

function workflowFindings({ nodes, settings, meta, ...rest }: Template): Finding[] {
	const texts = OF_ONE_INSTANCE.filter((key) => key in rest).map((key) => `"${key}" belongs to one n8n`);
	if (meta && 'instanceId' in meta) texts.push('"meta.instanceId" belongs to one n8n');
	if (settings?.errorWorkflow) texts.push('"settings.errorWorkflow" holds an id, which changes on import');
	if (settings?.executionOrder !== 'v1') texts.push('"settings.executionOrder" is not "v1"');
	if (!rest.name) texts.push('it has no name');
	if (!nodes.some(({ type }) => type === STICKY_NOTE)) texts.push('it has no sticky note that explains it');
	return texts.map((text) => ({ text }));
}

function duplicates(nodes: INode[]): Finding[] {
	const seen = new Set<string>();
	return nodes.flatMap(({ id, name, webhookId }) =>
		[`name "${name}"`, `id "${id}"`, ...(webhookId ? [`webhookId "${webhookId}"`] : [])]
			.filter((mark) => seen.has(mark) || !seen.add(mark))
			.map((mark) => ({ node: name, text: `its ${mark} occurs twice` })),
	);
}

function oneNode(node: INode, description: INodeTypeDescription | undefined, notes: string): Finding[] {
	const texts: string[] = [];
	if (!UUID.test(node.id)) texts.push('its id is no UUID');
	if (node.credentials) texts.push('it has credentials');
	if (!description) texts.push(`its type "${node.type}" does not exist`);
	else if (node.type !== STICKY_NOTE) texts.push(...nodeFaults(node, description, notes));
	if (description?.webhooks && !UUID.test(node.webhookId ?? ''))
		texts.push('it has no webhookId, so no lasting address');
	if (node.type === EXECUTE_WORKFLOW && !callsByExpression(node) && !isOpenList(node.parameters.workflowId))
		texts.push('it calls a workflow by an id, which changes on import');
	if (makesTable(node) && !(reusesTable(node) && node.retryOnFail)) texts.push('it fails where another workflow makes the same table at the same moment');
	return texts.map((text) => ({ node: node.name, text }));
}

const makesTable = ({ type, parameters }: INode): boolean => type === DATA_TABLE && parameters.resource === 'table' && parameters.operation === 'create';

const reusesTable = ({ parameters }: INode): boolean => (parameters.options as { createIfNotExists?: boolean } | undefined)?.createIfNotExists === true;

function callsByExpression({ parameters: { workflowId } }: INode): boolean {
	const value =
		typeof workflowId === 'object' && workflowId !== null && 'value' in workflowId ? workflowId.value : workflowId;
	return typeof value === 'string' && value.startsWith('=');
}

interface Connection {
	from: string;
	output: number;
	to: string;
	input: number;
}

function connections({ connections: bySource }: Template): Connection[] {
	return Object.entries(bySource).flatMap(([from, { main = [] }]) =>
		main.flatMap((targets, output) =>
			(targets ?? []).map(({ node: to, index: input }) => ({ from, output, to, input })),
		),
	);
}

function brokenConnections(template: Template, descriptions: Map<string, INodeTypeDescription>): Finding[] {
	const names = new Set(template.nodes.map(({ name }) => name));
	const missing = (list: INodeTypeDescription['inputs'] | undefined, index: number, more = 0): boolean =>
		Array.isArray(list) && index >= list.length + more;
	const withErrorOutput = new Set(template.nodes.filter(({ onError }) => onError === 'continueErrorOutput').map(({ name }) => name));
	return connections(template).flatMap(({ from, output, to, input }) => {
		const texts: string[] = [];
		if (!names.has(from)) texts.push(`a connection begins at "${from}", which is no node`);
		if (!names.has(to)) texts.push(`a connection ends at "${to}", which is no node`);
		if (missing(descriptions.get(from)?.outputs, output, withErrorOutput.has(from) ? 1 : 0)) texts.push(`"${from}" has no output ${output}`);
		if (missing(descriptions.get(to)?.inputs, input)) texts.push(`"${to}" has no input ${input}`);
		return texts.map((text) => ({ text }));
	});
}

/** Nodes to which no path leads from a trigger. */
function unreachable(template: Template, descriptions: Map<string, INodeTypeDescription>): Finding[] {
	const isTrigger = ({ name }: INode): boolean => descriptions.get(name)?.group.includes('trigger') ?? false;
	const reached = new Set(template.nodes.filter(isTrigger).map(({ name }) => name));
	const edges = connections(template);
	for (const name of reached) for (const { from, to } of edges) if (from === name) reached.add(to);
	return template.nodes
		.filter(({ type, name }) => type !== STICKY_NOTE && !reached.has(name))
		.map(({ name }) => ({ node: name, text: 'no trigger leads to it' }));
}
