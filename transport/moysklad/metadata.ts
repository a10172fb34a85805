import { attributesPath, idOf, toAttributeDefinition, type AttributeDefinition, type Meta } from '../../core';
import type { MoySkladClient } from './client';
import { readAll, type Entity } from './lists';

/** A status of a kind of document or of counterparties. */
export interface State {
	id: string;
	name: string;
	stateType: string;
}

/** A dictionary that the account made itself. */
export interface CustomDictionary {
	id: string;
	name: string;
}

/** The additional fields of an entity; none where MoySklad has no such fields. One call. Throws ANSWER_UNEXPECTED for one without an id. */
export async function readAttributeDefinitions(client: MoySkladClient, entity: string): Promise<AttributeDefinition[]> {
	const path = attributesPath(entity);
	return path === undefined ? [] : (await readAll(client, path)).map(toAttributeDefinition);
}

/** The statuses of an entity, as MoySklad shows them; none where it has no statuses. One call. */
export const readStates = async (client: MoySkladClient, entity: string): Promise<Array<Entity & State>> =>
	(await readPart(client, `entity/${entity}/metadata`, 'states')) as Array<Entity & State>;

/** The names by which variants differ. One call. */
export const readCharacteristics = async (client: MoySkladClient): Promise<Entity[]> => await readPart(client, 'entity/variant/metadata/characteristics', 'characteristics');

/** The list that lies in one field of an answer, or is its rows; empty when it is not there. */
async function readPart(client: MoySkladClient, path: string, field: string): Promise<Entity[]> {
	const answer = (await client.get(path)) as Record<string, Entity[] | undefined> | undefined;
	return answer?.[field] ?? answer?.rows ?? [];
}

/** The dictionaries that the account made itself. One call. */
export async function readCustomDictionaries(client: MoySkladClient): Promise<CustomDictionary[]> {
	return (await readPart(client, 'context/companysettings/metadata', 'customEntities')).map(({ name, meta, entityMeta }) => ({
		id: idOf(entityMeta as Meta | undefined) ?? idOf(meta as Meta) ?? '',
		name: String(name ?? ''),
	}));
}
