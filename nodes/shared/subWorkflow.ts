import type { IDataObject, IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import { SyncError } from '../../core';
import { textIn, type Located } from './locator';

/** The option of nodes that write: a workflow of the user that may change what is about to be written (rule C8). */
export const subWorkflowOption = (description: string): INodeProperties => ({
	displayName: 'Sub-Workflow Before Writing',
	name: 'subWorkflow',
	type: 'workflowSelector',
	default: '',
	description,
});

/** The id of the workflow that was chosen; undefined = none. */
export const chosenSubWorkflow = (context: IExecuteFunctions): string | undefined =>
	textIn(context.getNodeParameter('options.subWorkflow', 0, '') as Located | string) || undefined;

/**
 * Items in, items out: what the workflow makes of them, one for one, with the same `key`.
 * Throws SUB_WORKFLOW_INVALID, before anything is written.
 */
export async function throughSubWorkflow(context: IExecuteFunctions, id: string, items: INodeExecutionData[]): Promise<IDataObject[]> {
	if (items.length === 0) return [];
	const parentExecution = { executionId: context.getExecutionId(), workflowId: context.getWorkflow().id ?? '' };
	const { data } = await context.executeWorkflow({ id }, items, undefined, { parentExecution });
	const given = data[0] ?? [];
	if (given.length !== items.length) throw invalid(`${items.length} items went in, ${given.length} came out`);
	return given.map(({ json }, index) => {
		if ((json.key ?? null) !== (items[index]?.json.key ?? null)) throw invalid(`item ${index} has another key than it had`);
		return json;
	});
}

/** A member of an item that came out. Throws SUB_WORKFLOW_INVALID when it is no object. */
export function objectIn(json: IDataObject, name: string, index: number): IDataObject {
	const value = json[name];
	if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as IDataObject;
	throw invalid(`item ${index} has no ${name}`);
}

const invalid = (reason: string): SyncError => new SyncError('SUB_WORKFLOW_INVALID', { reason });
