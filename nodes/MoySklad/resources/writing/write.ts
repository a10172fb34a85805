import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { hasSyncId, SyncError, type Draft, type EntryByName } from '../../../../core';
import { Attributes, writeObjects, type Entity } from '../../../../transport';
import { itemFailure } from '../../../shared/errors';
import { moySkladClient } from '../../../shared/moySklad';
import type { BulkOperation } from '../../../shared/operation';
import { optionsProperty } from '../../../shared/properties';
import { subWorkflowOption } from '../../../shared/subWorkflow';
import { suppressedBy, suppressWebhooksOption } from '../../../shared/suppressWebhooks';
import { failAfterAllOption, previewProperty, writeOutputs } from '../../../shared/writeOutputs';
import { singular, type EntityKind } from '../entityKind';
import { changedBySubWorkflow } from './changing';
import { fieldProperties, wantedFields, withAttributes, type Wanted, type WriteMode } from './mappedFields';

interface WriteWords {
	value: string;
	name: string;
	action: string;
	description: string;
}

const WORDS: Record<WriteMode, (kind: EntityKind) => WriteWords> = {
	create: (kind) => ({
		value: 'create',
		name: 'Create',
		action: `Create ${singular(kind)}`,
		description: 'Make new objects. With a Sync ID a repetition finds what was made, and only changes what differs.',
	}),
	update: (kind) => ({
		value: 'update',
		name: 'Update',
		action: `Update ${singular(kind)}`,
		description: 'Change objects that are there; only what differs is written',
	}),
	upsert: (kind) => ({
		value: 'upsert',
		name: 'Create or Update',
		action: `Create or update ${singular(kind)}`,
		description: 'Create a new record, or update the current one if it already exists (upsert)',
	}),
};

const emptyValuesOption: INodeProperties = {
	displayName: 'Empty Values',
	name: 'emptyValues',
	type: 'options',
	options: [
		{ name: 'Leave Fields as They Are', value: 'keep' },
		{ name: 'Clear Fields', value: 'clear' },
	],
	default: 'keep',
	description: 'What a value does that is empty or null under Fields',
};

const includeObjectOption: INodeProperties = {
	displayName: 'Include Object',
	name: 'includeObject',
	type: 'boolean',
	default: false,
	description: 'Whether to add the whole object as MoySklad shows it after it was written',
};

const beforeWriting = subWorkflowOption(
	'Gets an item for each object with its key and its fields as the API of MoySklad takes them (sums in kopecks), and gives them back, changed as you like. A field that is taken out is left alone.',
);

/** Create, Update, or Create or Update: all items are looked up together, compared, and written in arrays. */
export const writeOperation = (kind: EntityKind, mode: WriteMode): BulkOperation => ({
	...WORDS[mode](kind),
	properties: [
		...fieldProperties(kind, mode),
		previewProperty,
		optionsProperty([suppressWebhooksOption, emptyValuesOption, failAfterAllOption, includeObjectOption, beforeWriting]),
	],
	async all() {
		const client = await moySkladClient(this, suppressedBy(this));
		const drafts = await changedBySubWorkflow(this, kind.entity, await readDrafts(this, kind, mode, new Attributes(client, kind.entity)));
		const rules = { entity: kind.entity, creates: mode !== 'update', preview: this.getNodeParameter('preview', 0) as boolean };
		const outcomes = await writeObjects(client, rules, drafts);
		const { includeObject, failAfterAll } = this.getNodeParameter('options', 0, {}) as IDataObject;
		const results = outcomes.map(({ result, object }) => (includeObject && object ? { ...result, object } : result));
		return writeOutputs(this, results, failAfterAll === true);
	},
});

/** What each item wants, or what is wrong with it. */
async function readDrafts(context: IExecuteFunctions, kind: EntityKind, mode: WriteMode, attributes: Attributes): Promise<Array<Draft | SyncError>> {
	const wanted: Array<Wanted | SyncError> = [];
	for (let item = 0; item < context.getInputData().length; item += 1) {
		try {
			wanted.push(await wantedFields(context, item, kind, attributes));
		} catch (error) {
			wanted.push(itemFailure(error));
		}
	}
	const entries = await attributes.entriesFor(wanted.flatMap((one) => (one instanceof SyncError ? [] : one.attributes)));
	return wanted.map((one) => (one instanceof SyncError ? one : toDraft(one, kind, mode, entries)));
}

function toDraft(wanted: Wanted, { entity }: EntityKind, mode: WriteMode, entries: EntryByName): Draft | SyncError {
	try {
		const body: Entity = withAttributes(wanted, entries);
		const known = hasSyncId(entity) && body.syncId ? 'syncId' : undefined;
		return { body, matchOn: mode === 'create' ? known : (wanted.matchOn ?? 'id') };
	} catch (error) {
		return itemFailure(error);
	}
}
