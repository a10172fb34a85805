import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { SyncError, toFieldValue, type FieldValues } from '../../../core';
import type { Entry } from './entry';
import type { CatalogSession } from './session';

/**
 * Lets a workflow of the user change what is to be written (rule C8): items in, items out, one for one, with the same keys.
 * An item has `key`, `moySkladId`, `kind`, `fields` by target and `item`, the original from MoySklad.
 * Throws CATALOG_SUB_WORKFLOW before anything is written.
 */
export async function changeBySubWorkflow(session: CatalogSession, entries: readonly Entry[]): Promise<void> {
	const { context, settings } = session;
	if (settings.subWorkflow === undefined || entries.length === 0) return;
	const inputs = context.getInputData();
	const items = entries.map((entry): INodeExecutionData => ({ json: toJson(entry, inputs), pairedItem: entry.input === undefined ? undefined : { item: entry.input } }));
	const parentExecution = { executionId: context.getExecutionId(), workflowId: context.getWorkflow().id ?? '' };
	const { data } = await context.executeWorkflow({ id: settings.subWorkflow }, items, undefined, { parentExecution });
	const given = data[0] ?? [];
	if (given.length !== entries.length) throw new SyncError('CATALOG_SUB_WORKFLOW', { reason: `${entries.length} items went in, ${given.length} came out` });
	entries.forEach((entry, index) => (entry.values = readFields(given[index]?.json, entry, index)));
}

const toJson = ({ key, goods, values, input }: Entry, inputs: readonly INodeExecutionData[]): IDataObject => ({
	key: key ?? null,
	moySkladId: goods.id,
	kind: goods.kind,
	fields: { ...values } as IDataObject,
	item: input === undefined ? null : (inputs[input]?.json ?? null),
});

function readFields(json: IDataObject | undefined, { key }: Entry, index: number): FieldValues {
	const reason = `item ${index}`;
	if ((json?.key ?? undefined) !== key) throw new SyncError('CATALOG_SUB_WORKFLOW', { reason: `${reason} has another key than it had` });
	const { fields } = json ?? {};
	if (typeof fields !== 'object' || fields === null || Array.isArray(fields)) throw new SyncError('CATALOG_SUB_WORKFLOW', { reason: `${reason} has no fields` });
	return Object.fromEntries(Object.entries(fields).flatMap(([target, value]) => {
		const read = toFieldValue(value);
		return read === undefined ? [] : [[target, read]];
	}));
}
