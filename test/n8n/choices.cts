import type { INode } from 'n8n-workflow';
import { isOpenList } from './nodeFaults.cts';
import type { Finding, Template } from './templates.cts';

/** A choice as the main part of a template reads it, and as its sub-execution was handed it. */
const OF_MAIN_PART = /^=\{\{ \$\('(Choices[^']*)'\)\.first\(\)\.json\.(\w+) \}\}$/;
const HANDED_OVER = /^=\{\{ \$\('([^']+)'\)\.first\(\)\.json\.choices\.(\w+) \}\}$/;

const TABLE = 'msbx_settings';
const SUB_EXECUTION = 'n8n-nodes-base.executeWorkflowTrigger';
/** Workflows are no choice of the wizard's: their ids are chosen in n8n. */
const LIST_OF_N8N = 'workflowId';

interface Reading {
	/** The node that has the choices. */
	from: string;
	handedOver: boolean;
	name: string;
}

function readingOf(value: unknown): Reading | undefined {
	const text = typeof value === 'object' && value !== null && '__rl' in value ? (value as { value?: unknown }).value : undefined;
	if (typeof text !== 'string') return undefined;
	const found = OF_MAIN_PART.exec(text) ?? HANDED_OVER.exec(text);
	return found ? { from: String(found[1]), name: String(found[2]), handedOver: HANDED_OVER.test(text) } : undefined;
}

/** Whether a parameter is left to the user: an open list, or a list whose entry comes from the settings table. */
export const isLeftOpen = (value: unknown): boolean => isOpenList(value) || readingOf(value) !== undefined;

const isChoices = ({ name, type }: INode): boolean => type === 'n8n-nodes-base.set' && /^Choices\b/.test(name);

/** What keeps a template from taking the choices that the settings table holds. */
export function choiceFaults(template: Template): Finding[] {
	const readings = template.nodes.flatMap((node) => Object.entries(node.parameters).map(([name, value]) => ({ node, name, value, reading: readingOf(value) })));
	const open = readings.filter(({ name, value }) => name !== LIST_OF_N8N && isOpenList(value)).map(({ node, name }) => ({ node: node.name, text: `its list "${name}" is not read from ${TABLE}` }));
	const wrong = readings.flatMap(({ node, name, reading }) => (reading ? readingFaults(template, node, name, reading).map((text) => ({ node: node.name, text })) : []));
	return [...open, ...wrong, ...pastChoices(template), ...template.nodes.filter(isChoices).flatMap((node) => blockFaults(template, node).map((text) => ({ node: node.name, text })))];
}

function readingFaults(template: Template, node: INode, parameter: string, { from, handedOver, name }: Reading): string[] {
	const source = template.nodes.find((one) => one.name === from);
	const isSource = source && (handedOver ? source.type === SUB_EXECUTION : isChoices(source));
	if (!isSource) return [`its list "${parameter}" is read from "${from}", which has no choices`];
	// Sync Check calls its lists in the plural.
	if (name !== parameter && `${name}s` !== parameter) return [`its list "${parameter}" takes the choice "${name}"`];
	if (!before(template, node.name).has(from)) return [`its list "${parameter}" is read from "${from}", which does not run before it`];
	return handedOver && !handsOver(template) ? [`its list "${parameter}" is read from "${from}", to which no part hands choices`] : [];
}

/** The main part hands all its settings to its sub-executions, and the choices with them. */
const handsOver = ({ nodes }: Template): boolean => nodes.some(takesAll);

function takesAll({ parameters }: INode): boolean {
	const { assignments = [] } = (parameters.assignments ?? {}) as { assignments?: Array<{ name: string; value: unknown }> };
	return assignments.some(({ name, value }) => name === 'choices' && /^=\{\{ \$\('Choices[^']*'\)\.first\(\)\.json \}\}$/.test(String(value)));
}

/** Ways to what hands the choices over, on which nobody has read them: n8n ends such a run. */
function pastChoices(template: Template): Finding[] {
	const choices = new Set(template.nodes.filter(isChoices).map(({ name }) => name));
	return template.nodes.filter(takesAll).flatMap(({ name: node }) =>
		Object.entries(template.connections)
			.filter(([from, { main = [] }]) => !choices.has(from) && main.some((targets) => targets?.some((target) => target.node === node)))
			.map(([from]) => ({ node, text: `"${from}" leads to it past the choices` })),
	);
}

/** A table that is not there means that nothing was chosen; one that cannot be read has to end the run. */
function blockFaults(template: Template, choices: INode): string[] {
	const readers = template.nodes.filter(({ name, type }) => type === 'n8n-nodes-base.dataTable' && before(template, choices.name).has(name));
	const lists = readers.filter(({ parameters }) => parameters.resource === 'table' && TABLE.startsWith((parameters.options as { filterName?: string } | undefined)?.filterName ?? 'none'));
	const gets = readers.filter(({ parameters }) => parameters.resource === 'row' && String((parameters.dataTableId as { value?: unknown }).value).includes(`'${TABLE}'`));
	if (lists.length === 0 || gets.length === 0) return [`it does not read ${TABLE}`];
	return [...lists, ...gets].filter(({ onError }) => onError !== undefined && onError !== 'stopWorkflow').map(({ name }) => `"${name}" goes on when ${TABLE} cannot be read`);
}

/** The nodes from which a path leads to this one. */
function before({ connections }: Template, name: string): Set<string> {
	const found = new Set([name]);
	for (const one of found)
		for (const [from, { main = [] }] of Object.entries(connections)) if (main.some((targets) => targets?.some(({ node }) => node === one))) found.add(from);
	found.delete(name);
	return found;
}
