import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { changedFields } from '../catalog/subWorkflow';
import type { CrmSession } from './session';
import { isOpen, type CrmTask } from './task';

/**
 * Lets a workflow of the user change what is to be written (rule C8): items in, items out, one for one, with the same keys.
 * An item has `key`, `moySkladId`, `kind`, `fields` by name in Bitrix and `item`, the original from MoySklad.
 * Throws SUB_WORKFLOW_INVALID before anything is written.
 */
export async function changeBySubWorkflow({ context, settings }: CrmSession, tasks: readonly CrmTask[]): Promise<void> {
	const open = tasks.filter((task) => isOpen(task) && Object.keys(task.values).length > 0);
	if (settings.subWorkflow === undefined || open.length === 0) return;
	const inputs = context.getInputData();
	const changed = await changedFields(context, settings.subWorkflow, open.map((task) => toItem(task, inputs)));
	open.forEach((task, index) => (task.values = changed[index] ?? {}));
}

const toItem = ({ source, type, values, input }: CrmTask, inputs: readonly INodeExecutionData[]): INodeExecutionData => ({
	json: { key: source.id, moySkladId: source.id, kind: type, fields: { ...values } as IDataObject, item: input === undefined ? null : (inputs[input]?.json ?? null) },
	pairedItem: input === undefined ? undefined : { item: input },
});
