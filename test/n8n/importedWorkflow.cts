import { randomUUID } from 'node:crypto';
import { NodeHelpers, type INode, type INodeTypeDescription, type IWorkflowBase } from 'n8n-workflow';

/** A workflow as a file of `workflows/` holds it. */
export type WorkflowTemplate = Pick<IWorkflowBase, 'name' | 'nodes' | 'connections'> &
	Partial<Pick<IWorkflowBase, 'settings' | 'pinData' | 'meta'>>;

/** The name and id by which a node refers to a credential. */
export interface CredentialReference {
	id: string;
	name: string;
}

/**
 * The template as a user has it after importing it and choosing credentials: nodes and webhooks with new ids, and on
 * each node the credentials of the types that it shows.
 * @param credentials by type
 */
export function imported(
	template: WorkflowTemplate,
	credentials: Record<string, CredentialReference>,
	describe: (node: INode) => INodeTypeDescription,
): WorkflowTemplate {
	const { name, connections, settings = {}, pinData, meta } = template;
	const nodes = template.nodes.map((node) => ({
		...renewed(node),
		...withCredentials(node, describe(node), credentials),
	}));
	return { name, nodes, connections, settings, pinData, meta };
}

/** A Webhook node whose path is its webhook's id, as new ones have it, gets a new path as well. */
function renewed(node: INode): INode {
	if (!node.webhookId) return { ...node, id: randomUUID() };
	const webhookId = randomUUID();
	const parameters =
		node.parameters.path === node.webhookId ? { ...node.parameters, path: webhookId } : node.parameters;
	return { ...node, id: randomUUID(), webhookId, parameters };
}

function withCredentials(
	node: INode,
	description: INodeTypeDescription,
	credentials: Record<string, CredentialReference>,
): Pick<INode, 'credentials'> {
	const parameters = NodeHelpers.getNodeParameters(description.properties, node.parameters, true, false, node, description) ?? {};
	const shown = (description.credentials ?? []).filter((needed) =>
		NodeHelpers.displayParameter(parameters, needed, node, description),
	);
	const chosen = shown.flatMap(({ name }) => (credentials[name] ? [[name, credentials[name]] as const] : []));
	return chosen.length > 0 ? { credentials: Object.fromEntries(chosen) } : {};
}
