import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { hiddenToo, idOf, invalidValue, type SyncError } from '../../../../core';
import { expandFor, readByValues, type Entity, type MoySkladClient } from '../../../../transport';
import { itemOutput } from '../../../shared/dispatcher';
import { itemFailure } from '../../../shared/errors';
import { locator } from '../../../shared/locator';
import { moySkladClient } from '../../../shared/moySklad';
import type { BulkOperation, ItemOutput } from '../../../shared/operation';
import { singular, type EntityKind } from '../entityKind';
import { includeProperty, Output, outputOptionsProperty, readOptions } from './outputOptions';

const OBJECT = 'objectId';

export const objectProperty = (kind: EntityKind): INodeProperties =>
	locator({
		displayName: kind.name,
		name: OBJECT,
		searchListMethod: 'objects',
		required: true,
		description: 'From the list, or by the ID or link that MoySklad gives',
	});

/** The id that an item's parameter names. Throws MOYSKLAD_VALUE_INVALID. */
export function objectId(context: IExecuteFunctions, item: number): string {
	const value = context.getNodeParameter(OBJECT, item, '', { extractValue: true });
	const id = idOf(String(value));
	if (id === undefined) throw invalidValue(OBJECT, 'an id or link', value);
	return id;
}

/** The same, or the finding of an item that names none: the others go on. Throws any other error. */
export function idOrFailure(context: IExecuteFunctions, item: number): string | SyncError {
	try {
		return objectId(context, item);
	} catch (error) {
		return itemFailure(error);
	}
}

export const getOne = (kind: EntityKind): BulkOperation => ({
	value: 'get',
	name: 'Get',
	action: `Get ${singular(kind)}`,
	description: 'Read the object of each item; all items together cost a few calls',
	properties: [objectProperty(kind), ...includeProperty(kind), outputOptionsProperty],
	async all() {
		const client = await moySkladClient(this);
		const output = new Output(client);
		const options = readOptions(this, 0);
		const expand = expandFor(kind.entity, options.include);
		const shape = async (rows: Entity[]): Promise<IDataObject[]> => await output.of(rows, options);
		const objects = await shape(await readTogether(this, client, kind, expand));
		const found = new Map(objects.map((object) => [String(object.id), object]));
		const items: ItemOutput = [];
		for (let item = 0; item < this.getInputData().length; item += 1) {
			const one = async (): Promise<ItemOutput> => {
				const id = objectId(this, item);
				const [json = {}] = found.has(id) ? [found.get(id)] : await shape([await readAlone(client, kind, id, expand)]);
				return [{ json }];
			};
			items.push(...(await itemOutput(this, item, one)));
		}
		return [items];
	},
});

async function readTogether(context: IExecuteFunctions, client: MoySkladClient, { entity }: EntityKind, expand: string | undefined): Promise<Entity[]> {
	const values = context.getInputData().map((_, item) => context.getNodeParameter(OBJECT, item, '', { extractValue: true }));
	const ids = values.map((value) => idOf(String(value))).filter((id) => id !== undefined);
	return await readByValues(client, `entity/${entity}`, 'id', ids, { conditions: hiddenToo(entity), query: { expand } });
}

/** What a list does not find: an id of a web page, which leads on to the object, or one that is gone, which says so. */
const readAlone = async (client: MoySkladClient, { entity }: EntityKind, id: string, expand: string | undefined): Promise<Entity> =>
	(await client.get(`entity/${entity}/${id}`, { expand })) as Entity;
