import {
	Workflow,
	createEmptyRunExecutionData,
	type ExecutionStatus,
	type IDataObject,
	type INode,
	type INodeExecutionData,
	type INodeParameters,
	type INodeTypeDescription,
	type IRun,
	type IRunExecutionData,
	type WorkflowExecuteMode,
} from 'n8n-workflow';
import { requireOfN8n } from './cachedN8n.cts';
import { DataTables } from './dataTables.cts';
import { imported, type CredentialReference, type WorkflowTemplate } from './importedWorkflow.cts';
import type { N8n } from './instance.cts';
import type { Lists } from './nodeContexts.cts';
import { PACKAGE_NAME } from './repository.cts';
import { RestError, logIn, type RestCall, type RestSession } from './restClient.cts';
import { WorkflowRun } from './runs.cts';
import { waitFor } from './waiting.cts';
import { encoded, type WebhookCall } from './webhookCall.cts';
import { webhookPath } from './webhookPath.cts';

export interface ApiWorkflow extends WorkflowTemplate {
	id: string;
	versionId: string;
}

export interface ApiCredential extends CredentialReference {
	type: string;
}

export interface Publication {
	status: 'not_published' | 'in_progress' | 'published' | 'partial' | 'failed';
	triggers: Array<{ nodeId: string; status: string; errorMessage: string | null }>;
}

export interface ExecutionSummary {
	id: string;
	workflowId: string;
	status: ExecutionStatus;
	mode: WorkflowExecuteMode;
	startedAt: string;
	stoppedAt?: string;
}

/** An execution with what its nodes gave. */
export interface Execution extends ExecutionSummary {
	run: WorkflowRun;
}

export interface LiveList {
	/** The full type, such as `n8n-nodes-moysklad-bitrix.moySkladEntity`. */
	type: string;
	version: number;
	method: string;
	parameters?: INodeParameters;
	credentials?: ApiCredential[];
	/** The parameter for which the list is loaded, such as `parameters.product`. */
	path?: string;
	filter?: string;
	paginationToken?: string;
}

/** What the sender of a webhook call sees. */
export interface Answer {
	status: number;
	body: string;
	/** How long it waited. */
	ms: number;
}

const RUN_WITHIN_MS = 60_000;
const PUBLISH_WITHIN_MS = 60_000;
const UNFINISHED: ExecutionStatus[] = ['new', 'running', 'unknown'];

const LIST_PATHS: Record<keyof Lists, string> = {
	listSearch: 'resource-locator-results',
	loadOptions: 'options',
	resourceMapping: 'resource-mapper-fields',
};

/** What n8n makes of a node of ours so that it is a tool of an agent has no description of its own. */
const describedType = (type: string): string => (type.startsWith(`${PACKAGE_NAME}.`) ? type.replace(/Tool$/, '') : type);

/** What a user does in n8n's editor, done through the interface that the editor uses. Failures are thrown with n8n's text. */
export class N8nApi {
	private constructor(
		readonly url: string,
		private readonly session: RestSession,
		readonly dataTables: DataTables,
	) {}

	static async logIn({ url, owner }: Pick<N8n, 'url' | 'owner'>): Promise<N8nApi> {
		const session = await logIn(url, owner);
		const { id } = await session.call<{ id: string }>('GET', '/projects/personal');
		return new N8nApi(url, session, new DataTables(session.call, id));
	}

	/** What a browser needs for being logged in as the same user: n8n allows few logins a minute. */
	get pass(): string {
		return this.session.pass;
	}

	private get call(): RestCall {
		return this.session.call;
	}

	/** The descriptions of node types in this order; throws when n8n does not know one. */
	async nodeTypes(nodeInfos: Array<{ name: string; version: number }>): Promise<INodeTypeDescription[]> {
		return await this.call('POST', '/node-types', { nodeInfos });
	}

	/** @param data the credential's fields; those left out have their defaults */
	async createCredential(type: string, data: IDataObject, name = type): Promise<ApiCredential> {
		const { id } = await this.call<{ id: string }>('POST', '/credentials', { name, type, data });
		return { id, name, type };
	}

	/** The credential's own test, as the editor runs it when it is saved. */
	async testCredential(
		{ id, name, type }: ApiCredential,
		data: IDataObject,
	): Promise<{ status: 'OK' | 'Error'; message: string }> {
		return await this.call('POST', '/credentials/test', { credentials: { id, name, type, data } });
	}

	/** *Connect* of an OAuth2 credential: the user agrees at once, and is sent back to n8n with a code. */
	async connect({ id }: ApiCredential): Promise<void> {
		const address = await this.call<string>('GET', `/oauth2-credential/auth?id=${id}`);
		const agreed = await fetch(address, { redirect: 'manual' });
		const back = agreed.headers.get('location');
		if (!back?.startsWith(`${this.url}/rest/oauth2-credential/callback`)) throw new Error(`The user was sent to ${String(back)}`);
		const page = await this.session.page(back.slice(`${this.url}/rest`.length));
		if (!page.includes('Connection successful')) throw new Error(`n8n did not take the code: ${page.replace(/<(style|script)>.*?<\/\1>|<[^>]*>/gs, ' ')}`);
	}

	/** Imports a workflow, with new ids of the workflow, its nodes and webhooks, and sets the credentials on its nodes. */
	async createWorkflow(template: WorkflowTemplate, credentials: ApiCredential[] = []): Promise<ApiWorkflow> {
		const descriptions = await this.descriptions(template.nodes);
		const byType = Object.fromEntries(credentials.map(({ id, name, type }) => [type, { id, name }]));
		return await this.call(
			'POST',
			'/workflows',
			imported(template, byType, ({ id }) => descriptions.get(id) as INodeTypeDescription),
		);
	}

	/** Saves changed nodes and connections, as the editor does. What is published stays as it is until it is published again. */
	async update({ id, nodes, connections, settings }: ApiWorkflow): Promise<ApiWorkflow> {
		return await this.call('PATCH', `/workflows/${id}`, { nodes, connections, settings });
	}

	/** Publishes the workflow's newest version and waits until its triggers are registered. */
	async publish(workflowId: string): Promise<Publication> {
		const { versionId } = await this.call<ApiWorkflow>('GET', `/workflows/${workflowId}`);
		await this.call('POST', `/workflows/${workflowId}/activate`, { versionId });
		return await this.settled(workflowId);
	}

	/** Takes the workflow out of production and waits until its triggers are removed. */
	async unpublish(workflowId: string): Promise<Publication> {
		await this.call('POST', `/workflows/${workflowId}/deactivate`, {});
		return await this.settled(workflowId);
	}

	/** n8n 2.6 knows no such status: it answers *publish* only when all triggers are registered. */
	async publication(workflowId: string): Promise<Publication> {
		try {
			return await this.call('GET', `/workflows/${workflowId}/publication-status`);
		} catch (error) {
			if (!(error instanceof RestError && error.status === 404)) throw error;
			const { active } = await this.call<ApiWorkflow & { active: boolean }>('GET', `/workflows/${workflowId}`);
			return { status: active ? 'published' : 'not_published', triggers: [] };
		}
	}

	/**
	 * Runs a workflow by hand, from a trigger, and waits for its end.
	 * @param items what the trigger shall give, as data pinned to it; without them it does what a test run of it does
	 */
	async run(workflowId: string, trigger: string, items?: INodeExecutionData[], withinMs = RUN_WITHIN_MS): Promise<Execution> {
		const pinned = async (pinData: IDataObject | null): Promise<void> =>
			await this.call('PATCH', `/workflows/${workflowId}`, { pinData });
		const { pinData = null } = await this.call<{ pinData?: IDataObject | null }>('GET', `/workflows/${workflowId}`);
		if (items) await pinned({ ...pinData, [trigger]: items as unknown as IDataObject[] });
		const started = await this.start(workflowId, trigger).finally(async () => {
			if (items) await pinned(pinData);
		});
		if (!('executionId' in started))
			throw new Error(`"${trigger}" waits for a webhook call: use listen, or give it items`);
		return await this.finished(started.executionId, withinMs);
	}

	/** Lets a webhook trigger wait for a test call, for two minutes. */
	async listen(workflowId: string, trigger: string): Promise<void> {
		const started = await this.start(workflowId, trigger);
		if (!('waitingForWebhook' in started)) throw new Error(`"${trigger}" ran at once: it takes no webhook calls`);
	}

	/** The workflow's executions, newest first. */
	async executions(workflowId: string, limit = 100): Promise<ExecutionSummary[]> {
		const query = new URLSearchParams({ filter: JSON.stringify({ workflowId }), limit: String(limit) });
		return (await this.call<{ results: ExecutionSummary[] }>('GET', `/executions?${query}`)).results;
	}

	async execution(id: string): Promise<Execution> {
		const { data, ...summary } = await this.call<ExecutionSummary & { data: string }>('GET', `/executions/${id}`);
		const { parse } = requireOfN8n<{ parse(text: string): IRunExecutionData | undefined }>('flatted');
		const run = { ...summary, data: parse(data) ?? createEmptyRunExecutionData() } as unknown as IRun;
		return { ...summary, run: new WorkflowRun(run, [], {}) };
	}

	/** Waits until an execution has ended. */
	async finished(id: string, withinMs = RUN_WITHIN_MS): Promise<Execution> {
		return await waitFor(`The end of execution ${id}`, withinMs, async () => {
			const execution = await this.execution(id);
			return UNFINISHED.includes(execution.status) ? undefined : execution;
		});
	}

	/** Waits until so many of the workflow's executions have ended, and gives them, newest first. */
	async finishedExecutions(workflowId: string, count: number, withinMs = RUN_WITHIN_MS): Promise<Execution[]> {
		const ended = await waitFor(`${count} executions of workflow ${workflowId}`, withinMs, async () => {
			const all = (await this.executions(workflowId)).filter(({ status }) => !UNFINISHED.includes(status));
			return all.length < count ? undefined : all;
		});
		return await Promise.all(ended.map(async ({ id }) => await this.execution(id)));
	}

	/** The address at which a node of a workflow takes calls: while it is published, or its test address. */
	async webhookUrl(workflow: ApiWorkflow, nodeName: string, test = false): Promise<string> {
		const node = workflow.nodes.find(({ name }) => name === nodeName);
		const description = node && (await this.descriptions([node])).get(node.id);
		const webhook = description?.webhooks?.[0];
		if (!node || !webhook) throw new Error(`"${nodeName}" has no webhook`);
		const nodeTypes = {
			getByName: () => ({ description }),
			getByNameAndVersion: () => ({ description }),
			getKnownTypes: () => ({}),
		};
		const known = new Workflow({ id: workflow.id, nodes: [node], connections: {}, active: false, nodeTypes });
		return `${this.url}/webhook${test ? '-test' : ''}/${webhookPath(known, node, webhook)}`;
	}

	/** Calls a webhook trigger of a workflow from outside, and gives the answer. */
	async callWebhook(workflow: ApiWorkflow, node: string, call: WebhookCall & { test?: boolean } = {}): Promise<Answer> {
		const { headers, query = {}, method = 'POST', test } = call;
		const { contentType, bytes } = encoded(call);
		const url = new URL(await this.webhookUrl(workflow, node, test));
		for (const [name, values] of Object.entries(query))
			for (const value of [values].flat()) url.searchParams.append(name, value);
		const start = performance.now();
		const response = await fetch(url, {
			method,
			headers: { 'content-type': contentType, ...headers },
			body: method === 'GET' || method === 'HEAD' ? undefined : new Uint8Array(bytes),
		});
		return { status: response.status, body: await response.text(), ms: performance.now() - start };
	}

	/** Loads a live list, as the editor does when the user opens it. */
	async loadList<Kind extends keyof Lists>(kind: Kind, list: LiveList): Promise<Lists[Kind]> {
		const {
			type,
			version,
			method,
			parameters = {},
			credentials = [],
			path = 'parameters',
			filter,
			paginationToken,
		} = list;
		return await this.call('POST', `/dynamic-node-parameters/${LIST_PATHS[kind]}`, {
			nodeTypeAndVersion: { name: type, version },
			methodName: method,
			path,
			currentNodeParameters: parameters,
			filter,
			paginationToken,
			credentials: Object.fromEntries(
				credentials.map(({ id, name, type: credentialType }) => [credentialType, { id, name }]),
			),
		});
	}

	private async start(
		workflowId: string,
		trigger: string,
	): Promise<{ executionId: string } | { waitingForWebhook: true }> {
		// n8n 2.6 runs what it is given; a later one what it has saved, which is the same.
		const workflowData = await this.call<ApiWorkflow>('GET', `/workflows/${workflowId}`);
		return await this.call('POST', `/workflows/${workflowId}/run`, { workflowData, triggerToStartFrom: { name: trigger } });
	}

	/** @throws Error with the triggers' messages when not all could be registered */
	private async settled(workflowId: string): Promise<Publication> {
		const publication = await waitFor(`Publication of workflow ${workflowId}`, PUBLISH_WITHIN_MS, async () => {
			const current = await this.publication(workflowId);
			return current.status === 'in_progress' ? undefined : current;
		});
		const failures = publication.triggers.flatMap(({ errorMessage }) => errorMessage ?? []);
		if (failures.length > 0) throw new Error(`Publication ${publication.status}: ${failures.join('; ')}`);
		return publication;
	}

	/** The descriptions of the nodes' types, by the nodes' ids. */
	private async descriptions(nodes: INode[]): Promise<Map<string, INodeTypeDescription>> {
		const found = await this.nodeTypes(nodes.map(({ type, typeVersion }) => ({ name: describedType(type), version: typeVersion })));
		return new Map(nodes.map(({ id }, index) => [id, found[index] as INodeTypeDescription]));
	}
}
