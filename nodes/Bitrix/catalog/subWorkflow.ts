import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { toFieldValue, type FieldValues } from '../../../core';
import { objectIn, throughSubWorkflow } from '../../shared/subWorkflow';
import type { Entry } from './entry';
import type { CatalogSession } from './session';

/**
 * Lets a workflow of the user change what is to be written (rule C8): items in, items out, one for one, with the same keys.
 * An item has `key`, `moySkladId`, `kind`, `fields` by target and `item`, the original from MoySklad.
 * Throws SUB_WORKFLOW_INVALID before anything is written.
 */
export async function changeBySubWorkflow(session: Pick<CatalogSession, 'context' | 'settings'>, entries: readonly Entry[]): Promise<void> {
	const { context, settings } = session;
	if (settings.subWorkflow === undefined) return;
	const inputs = context.getInputData();
	const items = entries.map((entry): INodeExecutionData => ({ json: toJson(entry, inputs), pairedItem: entry.input === undefined ? undefined : { item: entry.input } }));
	const changed = await changedFields(context, settings.subWorkflow, items);
	entries.forEach((entry, index) => (entry.values = changed[index] ?? {}));
}

/** What a workflow of the user makes of the `fields` of some items. Throws SUB_WORKFLOW_INVALID. */
export async function changedFields(context: IExecuteFunctions, workflow: string, items: INodeExecutionData[]): Promise<FieldValues[]> {
	const given = await throughSubWorkflow(context, workflow, items);
	return given.map((json, index) => toValues(objectIn(json, 'fields', index)));
}

const toJson = ({ key, goods, values, input }: Entry, inputs: readonly INodeExecutionData[]): IDataObject => ({
	key: key ?? null,
	moySkladId: goods.id,
	kind: goods.kind,
	fields: { ...values } as IDataObject,
	item: input === undefined ? null : (inputs[input]?.json ?? null),
});

const toValues = (fields: IDataObject): FieldValues =>
	Object.fromEntries(Object.entries(fields).flatMap(([target, value]) => {
		const read = toFieldValue(value);
		return read === undefined ? [] : [[target, read]];
	}));
