import type { INodeParameters } from 'n8n-workflow';
import { isLeftOpen } from './choices.cts';
import type { Template } from './templates.cts';

/** What a user chooses from live lists, by the names of parameters, e.g. `{ catalog: '14' }`. */
export type Choices = Record<string, string>;

/**
 * The template after its user has chosen from the lists that it leaves open, and changed parameters of nodes. What is not
 * chosen here is left to the settings table.
 * @param changes by the names of nodes
 */
export function filledIn(template: Template, choices: Choices, changes: Record<string, INodeParameters> = {}): Template {
	const nodes = template.nodes.map((node) => {
		const parameters = { ...node.parameters, ...changes[node.name] };
		return { ...node, parameters: { ...parameters, ...chosen(parameters, choices) } };
	});
	return { ...template, nodes };
}

function chosen(parameters: INodeParameters, choices: Choices): INodeParameters {
	const open = Object.entries(parameters).filter(([, value]) => isLeftOpen(value));
	return Object.fromEntries(open.flatMap(([name]) => (choices[name] === undefined ? [] : [[name, { __rl: true, mode: 'id', value: choices[name] }]])));
}

/** The template with other values in its node *Settings*. */
export function withSettings<T extends Pick<Template, 'nodes'>>(template: T, values: Record<string, string | number | boolean>): T {
	const nodes = template.nodes.map((node) => {
		if (node.name !== 'Settings') return node;
		const { assignments } = (node.parameters as { assignments: { assignments: Array<{ name: string; value: unknown }> } }).assignments;
		const changed = assignments.map((one) => (one.name in values ? { ...one, value: values[one.name] } : one));
		return { ...node, parameters: { ...node.parameters, assignments: { assignments: changed } } as INodeParameters };
	});
	return { ...template, nodes };
}
