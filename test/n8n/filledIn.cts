import type { INodeParameters } from 'n8n-workflow';
import { isOpenList } from './nodeFaults.cts';
import type { Template } from './templates.cts';

/** What a user chooses from live lists, by the names of parameters, e.g. `{ catalog: '14' }`. */
export type Choices = Record<string, string>;

/**
 * The template after its user has chosen from the lists that it leaves open, and changed parameters of nodes.
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
	const open = Object.entries(parameters).filter(([, value]) => isOpenList(value));
	return Object.fromEntries(
		open.map(([name]) => {
			const value = choices[name];
			if (value === undefined) throw new RangeError(`Nothing was chosen for "${name}"`);
			return [name, { __rl: true, mode: 'id', value }];
		}),
	);
}

/** The template, or the workflow that was made of it, with other values in its node *Settings*. */
export function withSettings<Workflow extends Pick<Template, 'nodes'>>(template: Workflow, values: Record<string, string | number | boolean>): Workflow {
	const nodes = template.nodes.map((node) => {
		if (node.name !== 'Settings') return node;
		const { assignments } = (node.parameters as { assignments: { assignments: Array<{ name: string; value: unknown }> } }).assignments;
		const changed = assignments.map((one) => (one.name in values ? { ...one, value: values[one.name] } : one));
		return { ...node, parameters: { ...node.parameters, assignments: { assignments: changed } } as INodeParameters };
	});
	return { ...template, nodes };
}
