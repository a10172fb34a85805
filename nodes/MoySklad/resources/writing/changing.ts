import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { keyOf, SyncError, withSoundLists, type Draft } from '../../../../core';
import { itemFailure } from '../../../shared/errors';
import { chosenSubWorkflow, objectIn, throughSubWorkflow } from '../../../shared/subWorkflow';

interface Passing {
	draft: Draft;
	item: number;
}

/**
 * Lets a workflow of the user change the drafts (rule C8). An item has `key`, `entity`, `fields` in MoySklad's form and `item`, from which
 * they come. Throws SUB_WORKFLOW_INVALID; a draft that is none any more is a failure of its item.
 */
export async function changedBySubWorkflow(context: IExecuteFunctions, entity: string, drafts: ReadonlyArray<Draft | SyncError>): Promise<Array<Draft | SyncError>> {
	const id = chosenSubWorkflow(context);
	const passing = drafts.flatMap((draft, item): Passing[] => (draft instanceof SyncError ? [] : [{ draft, item }]));
	if (id === undefined || passing.length === 0) return [...drafts];
	const inputs = context.getInputData();
	const items = passing.map(({ draft, item }) => ({
		json: { key: keyOf(draft), entity, fields: { ...draft.body } as IDataObject, item: inputs[item]?.json ?? null },
		pairedItem: { item },
	}));
	const given = await throughSubWorkflow(context, id, items);
	const changed = new Map(passing.map(({ draft, item }, index) => [item, withFields(draft, objectIn(given[index] ?? {}, 'fields', index))]));
	return drafts.map((draft, item) => changed.get(item) ?? draft);
}

/** By which an object is looked up stays what it was: it was told to the workflow as the key. */
function withFields({ body: before, matchOn }: Draft, body: IDataObject): Draft | SyncError {
	try {
		withSoundLists(body);
		return { body: matchOn === undefined ? body : { ...body, [matchOn]: before[matchOn] }, matchOn };
	} catch (error) {
		return itemFailure(error);
	}
}
