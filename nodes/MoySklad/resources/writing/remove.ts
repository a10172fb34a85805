import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { failedResult, isDocument, resultOf, type WriteResult } from '../../../../core';
import { deleteObjects, trashObjects, type MoySkladClient } from '../../../../transport';
import { moySkladClient } from '../../../shared/moySklad';
import type { BulkOperation } from '../../../shared/operation';
import { optionsProperty } from '../../../shared/properties';
import { suppressedBy, suppressWebhooksOption } from '../../../shared/suppressWebhooks';
import { failAfterAllOption, previewProperty, writeOutputs } from '../../../shared/writeOutputs';
import { singular, type EntityKind } from '../entityKind';
import { idOrFailure, objectProperty } from '../reading/getOne';

const binOption: INodeProperties = {
	displayName: 'Move to Recycle Bin',
	name: 'recycleBin',
	type: 'boolean',
	default: false,
	description: 'Whether documents only go to the recycle bin, from which people can bring them back; one call a document. The bin must be switched on in MoySklad.',
};

/** Deletes the object of each item, in arrays. */
export const removal = (kind: EntityKind): BulkOperation => ({
	value: 'delete',
	name: 'Delete',
	action: `Delete ${singular(kind)}`,
	description: 'Delete the object of each item. What is gone already counts as done; what others refer to stays and is reported.',
	properties: [
		objectProperty(kind),
		previewProperty,
		optionsProperty([suppressWebhooksOption, failAfterAllOption, ...(isDocument(kind.entity) ? [binOption] : [])]),
	],
	async all() {
		const client = await moySkladClient(this, suppressedBy(this));
		const { recycleBin, failAfterAll } = this.getNodeParameter('options', 0, {}) as IDataObject;
		const ids = this.getInputData().map((_, item) => idOrFailure(this, item));
		const valid = ids.filter((id) => typeof id === 'string');
		const preview = this.getNodeParameter('preview', 0) === true;
		const done = preview ? valid.map((id) => ({ ...resultOf('planned', id), moySkladId: id })) : await remove(client, kind, valid, recycleBin === true);
		const results = ids.map((id) => (typeof id === 'string' ? (done.shift() as WriteResult) : failedResult('failed', '', id)));
		return writeOutputs(this, results, failAfterAll === true);
	},
});

const remove = async (client: MoySkladClient, { entity }: EntityKind, ids: string[], bin: boolean): Promise<WriteResult[]> =>
	bin ? await trashObjects(client, entity, ids) : await deleteObjects(client, entity, ids);
