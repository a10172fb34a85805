import { NodeHelpers, type INode, type IWebhookDescription, type Workflow } from 'n8n-workflow';

/** A property of a declared webhook with its expressions evaluated for the node; empty when it is not declared. */
export function webhookValue(
	workflow: Workflow,
	node: INode,
	webhook: IWebhookDescription,
	property: keyof IWebhookDescription,
): string {
	return String(
		workflow.expression.getSimpleParameterValue(node, webhook[property] as string, 'internal', {}, undefined, '') ?? '',
	);
}

/**
 * The path at which n8n listens for a node's webhook, below its webhook address, without a slash at either end. Below one
 * with placeholders it listens at the webhook's id.
 */
export function webhookPath(workflow: Workflow, node: INode, webhook: IWebhookDescription): string {
	const path = webhookValue(workflow, node, webhook, 'path').replace(/^\/|\/$/g, '');
	const isFullPath = webhookValue(workflow, node, webhook, 'isFullPath') === 'true';
	return NodeHelpers.getNodeWebhookUrl('', workflow.id, node, path, isFullPath).replace(/^\//, '');
}
