import { HookContext, LoadOptionsContext, PollContext, WebhookContext } from 'n8n-core';
import {
	Workflow,
	deepCopy,
	type IDataObject,
	type IHttpRequestMethods,
	type INode,
	type INodeExecutionData,
	type INodeListSearchResult,
	type INodePropertyOptions,
	type INodeType,
	type IWebhookData,
	type IWebhookResponseData,
	type IWorkflowExecuteAdditionalData,
	type ResourceMapperFields,
	type WebhookType,
	type WorkflowActivateMode,
	type WorkflowExecuteMode,
} from 'n8n-workflow';
import { additionalData } from './additionalData.cts';
import type { NodeLibrary } from './nodeLibrary.cts';
import { asNode, type NodeSetup } from './nodeSetup.cts';
import { FakeRequest, FakeResponse, type WebhookCall } from './webhookCall.cts';
import { webhookPath, webhookValue } from './webhookPath.cts';

export interface HookSetup extends NodeSetup {
	/** Default: `trigger`, a published workflow. In `manual`, a test run, the address is the test one. */
	mode?: Extract<WorkflowExecuteMode, 'trigger' | 'manual'>;
	/** Why n8n calls the hook. Default: `activate`, and `manual` in that mode. */
	activation?: WorkflowActivateMode;
	webhook?: WebhookType;
}

export interface WebhookSetup extends NodeSetup {
	call?: WebhookCall;
	/** Default: `webhook`, a published workflow; `manual` is a test run. */
	mode?: Extract<WorkflowExecuteMode, 'webhook' | 'manual'>;
	webhook?: WebhookType;
}

/** A webhook call that the trigger has begun to handle. */
export interface RunningWebhook {
	response: FakeResponse;
	result: Promise<IWebhookResponseData>;
}

export interface PollSetup extends NodeSetup {
	/** Default: `trigger`; `manual` is a test run. */
	mode?: Extract<WorkflowExecuteMode, 'trigger' | 'manual'>;
}

/** What each kind of live list gives. */
export interface Lists {
	listSearch: INodeListSearchResult;
	loadOptions: INodePropertyOptions[];
	resourceMapping: ResourceMapperFields;
}

export interface ListSetup extends NodeSetup {
	/** The method's name. */
	method: string;
	/** What the user has typed into a searchable list. */
	filter?: string;
	/** From the page before. */
	paginationToken?: string;
}

type LoadList<List> = (this: LoadOptionsContext, filter?: string, paginationToken?: string) => Promise<List>;
type ExpressRequest = IWorkflowExecuteAdditionalData['httpRequest'];
type ExpressResponse = IWorkflowExecuteAdditionalData['httpResponse'];

interface Place {
	workflow: Workflow;
	node: INode;
	type: INodeType;
	context: IWorkflowExecuteAdditionalData;
}

/** Whatever n8n calls of a node beside `execute`, each with n8n's own context. Errors of the node are thrown. */
export class NodeContexts {
	constructor(readonly library: NodeLibrary) {}

	/** Calls one of a trigger's webhook methods, as n8n does when it publishes or unpublishes. */
	async runHook(
		method: 'checkExists' | 'create' | 'delete',
		setup: HookSetup,
	): Promise<{ result: boolean; staticData: IDataObject }> {
		const { mode = 'trigger', activation = mode === 'manual' ? 'manual' : 'activate', webhook = 'default' } = setup;
		const place = this.place(setup);
		const hook = place.type.webhookMethods?.[webhook]?.[method];
		if (!hook) throw new Error(`${setup.type} has no webhook method ${method}`);
		const data = webhookData(place, webhook, mode === 'manual');
		const result = await hook.call(new HookContext(place.workflow, place.node, place.context, mode, activation, data));
		return { result, staticData: staticDataOf(place) };
	}

	/** Hands a call to a trigger and waits for what it makes of it: items for a workflow, or an answer of its own. */
	async callWebhook(setup: WebhookSetup): Promise<{ result: IWebhookResponseData; response: FakeResponse }> {
		const { response, result } = this.startWebhook(setup);
		return { result: await result, response };
	}

	/** Hands a call to a trigger, and leaves it to the test how n8n and the sender go on while the trigger works. */
	startWebhook(setup: WebhookSetup): RunningWebhook {
		const { mode = 'webhook', webhook = 'default', call = {} } = setup;
		const place = this.place(setup);
		const data = webhookData(place, webhook, mode === 'manual');
		const response = new FakeResponse();
		place.context.httpRequest = new FakeRequest(
			call,
			call.method ?? data.httpMethod,
			`/${data.path}`,
		) as unknown as ExpressRequest;
		place.context.httpResponse = response as unknown as ExpressResponse;
		if (!place.type.webhook) throw new Error(`${setup.type} takes no webhook calls`);
		const result = place.type.webhook.call(
			new WebhookContext(place.workflow, place.node, place.context, mode, data, [], null),
		);
		return { response, result };
	}

	/** Lets a polling trigger look once. `items` is null when it found nothing. */
	async poll(setup: PollSetup): Promise<{ items: INodeExecutionData[][] | null; staticData: IDataObject }> {
		const { mode = 'trigger' } = setup;
		const place = this.place(setup);
		if (!place.type.poll) throw new Error(`${setup.type} does not poll`);
		const activation = mode === 'manual' ? 'manual' : 'activate';
		const items = await place.type.poll.call(
			new PollContext(place.workflow, place.node, place.context, mode, activation),
		);
		return { items, staticData: staticDataOf(place) };
	}

	/** Loads a live list, as the editor does when the user opens it. */
	async loadList<Kind extends keyof Lists>(
		kind: Kind,
		{ method, filter, paginationToken, ...setup }: ListSetup,
	): Promise<Lists[Kind]> {
		const place = this.place(setup);
		const load = place.type.methods?.[kind]?.[method] as LoadList<Lists[Kind]> | undefined;
		if (!load) throw new Error(`${setup.type} has no ${kind} method "${method}"`);
		place.context.currentNodeParameters = place.node.parameters;
		const context = new LoadOptionsContext(place.workflow, place.node, place.context, '');
		return await load.call(context, filter, paginationToken);
	}

	private place(setup: NodeSetup): Place {
		const node = asNode(this.library, setup);
		const type = this.library.getByNameAndVersion(node.type, node.typeVersion);
		const { workflowId: id = 'workflow', staticData = {}, credentials, baseUrl } = setup;
		const workflow = new Workflow({
			id,
			nodes: [node],
			connections: {},
			active: true,
			nodeTypes: this.library,
			staticData: { [`node:${node.name}`]: deepCopy(staticData) },
		});
		return { workflow, node, type, context: additionalData(this.library, credentials, baseUrl, { workflowId: id }) };
	}
}

const staticDataOf = ({ workflow, node }: Place): IDataObject => deepCopy(workflow.getStaticData('node', node));

/** What n8n knows about a registered webhook. */
function webhookData({ workflow, node, type, context }: Place, name: WebhookType, isTest: boolean): IWebhookData {
	const description = type.description.webhooks?.find((webhook) => webhook.name === name);
	if (!description) throw new Error(`${node.type} declares no webhook "${name}"`);
	return {
		httpMethod: webhookValue(workflow, node, description, 'httpMethod').split(',')[0] as IHttpRequestMethods,
		node: node.name,
		path: webhookPath(workflow, node, description),
		webhookDescription: description,
		workflowId: workflow.id,
		workflowExecuteAdditionalData: context,
		isTest,
	};
}
