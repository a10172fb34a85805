import type { IConnection, INode, INodeParameterResourceLocator } from 'n8n-workflow';

/** A node of a workflow that a test writes down; its id is its name. */
export const node = (
	name: string,
	type: string,
	parameters: INode['parameters'] = {},
	more: Partial<INode> = {},
): INode => ({
	id: name,
	name,
	type,
	typeVersion: 1,
	position: [0, 0],
	parameters,
	...more,
});

/** The connections of one output, to the first inputs of nodes. */
export const to = (...names: string[]): IConnection[] => names.map((name) => ({ node: name, type: 'main', index: 0 }));

/** What a user chose from a list, by its id. */
export const chosen = (value: string): INodeParameterResourceLocator => ({ __rl: true, mode: 'id', value });
