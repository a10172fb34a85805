import {
	UserError,
	type ExecuteWorkflowData,
	type ExecuteWorkflowOptions,
	type IExecuteWorkflowInfo,
	type INodeExecutionData,
	type IWorkflowBase,
	type IWorkflowExecuteAdditionalData,
} from 'n8n-workflow';
import type { WorkflowRun } from './runs.cts';

/** A workflow as far as running it needs it. */
export type CallableWorkflow = Pick<IWorkflowBase, 'nodes' | 'connections'> &
	Partial<Pick<IWorkflowBase, 'id' | 'name' | 'settings' | 'pinData'>>;

const SUB_WORKFLOW_TRIGGER = 'n8n-nodes-base.executeWorkflowTrigger';

/** Runs a workflow from the node of that name with items. */
export type Runner = (workflow: CallableWorkflow, start: string, items: INodeExecutionData[]) => Promise<WorkflowRun>;

/**
 * What stands behind the node *Execute Sub-workflow*: the workflow is found by its id, runs from its *When Executed by
 * Another Workflow*, and the caller gets what its last node gave in all its runs. A call that shall not wait is run to
 * its end too, so that a test finds it done, but the caller gets nothing of it, not even its failure.
 */
export function subWorkflows(
	workflows: Record<string, CallableWorkflow>,
	run: Runner,
): IWorkflowExecuteAdditionalData['executeWorkflow'] {
	return async (
		{ id, code }: IExecuteWorkflowInfo,
		_: IWorkflowExecuteAdditionalData,
		{ inputData = [], doNotWaitToFinish }: ExecuteWorkflowOptions,
	): Promise<ExecuteWorkflowData> => {
		const called = code ?? workflows[id ?? ''];
		if (!called) throw new UserError(`No workflow with the id "${id}" was given to the run`);
		const trigger = called.nodes.find(({ type }) => type === SUB_WORKFLOW_TRIGGER);
		if (!trigger) throw new UserError(`Workflow "${id}" has no trigger "When Executed by Another Workflow"`);

		const done = await run(called, trigger.name, inputData);
		const executionId = 'sub-workflow';
		if (doNotWaitToFinish) return { executionId, data: [null] };
		if (done.error) throw done.error;
		return { executionId, data: lastOutputs(done) };
	};
}

function lastOutputs(done: WorkflowRun): INodeExecutionData[][] {
	const outputs: INodeExecutionData[][] = [];
	for (const nodeRun of done.runsOf(done.run.data.resultData.lastNodeExecuted ?? ''))
		for (const [index, items] of nodeRun.outputs.entries()) outputs[index] = [...(outputs[index] ?? []), ...items];
	return outputs;
}
