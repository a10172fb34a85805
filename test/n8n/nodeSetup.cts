import { randomUUID } from 'node:crypto';
import type { IDataObject, INode, INodeParameters } from 'n8n-workflow';
import type { Secrets } from './credentialStore.cts';
import type { NodeLibrary } from './nodeLibrary.cts';
import { PACKAGE_NAME } from './repository.cts';

/** A node as a user sets it up. */
export interface NodeSetup {
	/** `moySkladEntity` for a node of this package, `n8n-nodes-base.set` for one of another. */
	type: string;
	/** Default: the version that n8n gives to a new node. */
	version?: number;
	parameters?: INodeParameters;
	/** Secrets by credential type. Those types that the node knows are set on it. */
	credentials?: Secrets;
	/** What a node has beside its parameters: `name`, `id`, `webhookId`, `onError`, `executeOnce`, … */
	node?: Partial<INode>;
	/** Where n8n is reached, without a slash at the end. */
	baseUrl?: string;
	/** Default: `workflow`. */
	workflowId?: string;
	/** Of the workflow; default: that of n8n. */
	timezone?: string;
	/** The node's static data before the call; it is not changed, the result has what became of it. */
	staticData?: IDataObject;
}

/** The node of a workflow that such a setup makes. */
export function asNode(
	library: NodeLibrary,
	{ type, version, parameters = {}, credentials = {}, node }: NodeSetup,
): INode {
	const fullType = type.includes('.') ? type : `${PACKAGE_NAME}.${type}`;
	const { description } = library.getByNameAndVersion(fullType, version);
	const newest = [description.version].flat().at(-1);
	const known = (description.credentials ?? []).map(({ name }) => name).filter((name) => name in credentials);
	return {
		id: 'node',
		name: 'Node',
		type: fullType,
		typeVersion: version ?? description.defaultVersion ?? newest ?? 1,
		position: [0, 0],
		parameters,
		...(description.webhooks && { webhookId: randomUUID() }),
		...(known.length > 0 && { credentials: Object.fromEntries(known.map((name) => [name, { id: name, name }])) }),
		...node,
	};
}
