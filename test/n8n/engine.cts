import 'reflect-metadata';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { ExecutionLifecycleHooks, WorkflowExecute } from 'n8n-core';
import {
	Workflow,
	createRunExecutionData,
	type ExecutionError,
	type IDataObject,
	type INode,
	type INodeExecutionData,
	type IRun,
	type IRunExecutionData,
	type IWorkflowBase,
	type IWorkflowExecuteAdditionalData,
	type WorkflowExecuteMode,
} from 'n8n-workflow';
import { additionalData } from './additionalData.cts';
import type { Secrets } from './credentialStore.cts';
import { packageOfN8n } from './cachedN8n.cts';
import { NodeLibrary } from './nodeLibrary.cts';
import { NodeContexts } from './nodeContexts.cts';
import { asNode, type NodeSetup } from './nodeSetup.cts';
import { repositoryRoot } from './repository.cts';
import { WorkflowRun, type NodeRun } from './runs.cts';
import { subWorkflows, type CallableWorkflow } from './subWorkflows.cts';

/** An item, or only its json. */
export type Item = INodeExecutionData | IDataObject;

export interface RunOptions {
	/** Default: one empty item. */
	items?: Item[];
	/** Default: `trigger`, in which a trigger passes its items on; in `manual` it does what a test run of it does. */
	mode?: WorkflowExecuteMode;
	/** Stops the execution, as the editor's *Stop* does; a node sees it by `getExecutionCancelSignal()`. */
	signal?: AbortSignal;
	/** What else n8n shall hand to the nodes, such as a Data Table proxy. */
	more?: Partial<IWorkflowExecuteAdditionalData>;
}

export interface WorkflowSetup extends RunOptions {
	workflow: CallableWorkflow;
	/** The name of the node to start at; it gets the items. */
	start: string;
	credentials?: Secrets;
	/** Workflows that can be called, by their id. The workflow itself always can. */
	workflows?: Record<string, CallableWorkflow>;
	baseUrl?: string;
	/** The static data of the workflow and, below `node:<name>`, of its nodes. */
	staticData?: IDataObject;
}

/** n8n's engine in this process, without a server: nodes are loaded and run as n8n loads and runs them. */
export class Engine extends NodeContexts {
	/**
	 * Loads packages, by default this one as it was built.
	 * @param options `packages`: folders of built packages; `fromN8n`: names of packages that came with the cached n8n,
	 * such as `n8n-nodes-base`
	 */
	static async load({
		packages = [repositoryRoot()],
		fromN8n = [],
	}: { packages?: string[]; fromN8n?: string[] } = {}): Promise<Engine> {
		const unbuilt = packages.find((folder) => folder === repositoryRoot() && !existsSync(path.join(folder, 'dist')));
		if (unbuilt) throw new Error('There is no dist/: run "npm run build" first');
		return new Engine(await NodeLibrary.load([...packages, ...fromN8n.map(packageOfN8n)]));
	}

	/** Runs a workflow from one of its nodes to its end. A failure is in the result; nothing is thrown. */
	async runWorkflow(setup: WorkflowSetup): Promise<WorkflowRun> {
		const {
			workflow: { id = 'workflow', ...definition },
			start,
			items = [{}],
			staticData = {},
		} = setup;
		const workflow = new Workflow({ ...definition, id, active: false, nodeTypes: this.library, staticData });
		const node = workflow.getNode(start);
		if (!node) throw new Error(`The workflow has no node "${start}"`);

		const called: WorkflowRun[] = [];
		const callable = { [id]: setup.workflow, ...setup.workflows };
		const executeWorkflow = subWorkflows(callable, async (sub, trigger, input) => {
			const run = await this.runWorkflow({
				...setup,
				workflows: callable,
				workflow: sub,
				start: trigger,
				items: input,
				mode: 'integrated',
			});
			called.push(run);
			return run;
		});
		const run = await this.execute(workflow, node, items.map(asItem), {
			...setup,
			more: { executeWorkflow, ...setup.more },
		});
		return new WorkflowRun(run, called, workflow.staticData);
	}

	/** Runs a single node with items. A failure is in the result; nothing is thrown. */
	async runNode({ items, mode, signal, more, ...setup }: NodeSetup & RunOptions): Promise<NodeRun> {
		const node = asNode(this.library, setup);
		const { credentials, baseUrl, workflowId, timezone, staticData = {} } = setup;
		const run = await this.runWorkflow({
			workflow: { id: workflowId, nodes: [node], connections: {}, ...(timezone && { settings: { timezone } }) },
			start: node.name,
			items,
			mode,
			signal,
			more,
			credentials,
			baseUrl,
			staticData: { [`node:${node.name}`]: staticData },
		});
		return run.only(node.name);
	}

	private async execute(
		workflow: Workflow,
		node: INode,
		items: INodeExecutionData[],
		setup: WorkflowSetup,
	): Promise<IRun> {
		const { mode = 'trigger', signal, credentials, baseUrl, more } = setup;
		const executionId = 'execution';
		const hooks = new ExecutionLifecycleHooks(mode, executionId, {
			...setup.workflow,
			id: workflow.id,
		} as IWorkflowBase);
		const context = additionalData(this.library, credentials, baseUrl, {
			hooks,
			executionId,
			workflowId: workflow.id,
			...more,
		});
		const data = createRunExecutionData({
			executionData: { nodeExecutionStack: [{ node, data: { main: [items] }, source: null }] },
			// Data that a user pinned counts in test runs only.
			resultData: { pinData: mode === 'manual' ? workflow.pinData : undefined },
		});
		try {
			const running = new WorkflowExecute(context, mode, data).processRunExecutionData(workflow);
			const stop = () => running.cancel();
			if (signal?.aborted) stop();
			signal?.addEventListener('abort', stop);
			return await running.finally(() => signal?.removeEventListener('abort', stop));
		} catch (error) {
			return refused(mode, data, error as ExecutionError);
		}
	}
}

/** The run of a workflow that n8n does not start, because a parameter or a credential is missing. */
function refused(mode: WorkflowExecuteMode, data: IRunExecutionData, error: ExecutionError): IRun {
	data.resultData.error = error;
	return { mode, data, status: 'error', startedAt: new Date(), stoppedAt: new Date(), storedAt: 'db' };
}

const asItem = (item: Item): INodeExecutionData =>
	typeof item.json === 'object' && item.json !== null ? (item as INodeExecutionData) : { json: item as IDataObject };
