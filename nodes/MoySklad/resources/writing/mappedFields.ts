import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { ATTRIBUTE_PREFIX, attributeBody, entityField, SyncError, toWire, withSoundLists, type AttributeDefinition, type EntryByName } from '../../../../core';
import type { Attributes, Entity } from '../../../../transport';
import type { EntityKind } from '../entityKind';

export type WriteMode = 'create' | 'update' | 'upsert';

/** The parameters by which users say what is written. */
export function fieldProperties({ rows = [] }: EntityKind, mode: WriteMode): INodeProperties[] {
	return [
		{
			displayName: 'Fields',
			name: 'fields',
			type: 'resourceMapper',
			noDataExpression: true,
			default: { mappingMode: 'defineBelow', value: null },
			typeOptions: {
				loadOptionsDependsOn: ['resource', 'operation'],
				resourceMapper: {
					resourceMapperMethod: 'entityFields',
					mode: mode === 'create' ? 'add' : mode,
					fieldWords: { singular: 'field', plural: 'fields' },
					addAllFields: false,
					multiKeyMatch: false,
					supportAutoMap: true,
				},
			},
		},
		...rows.map(({ property }) => property),
		{
			displayName: 'Additional Fields (JSON)',
			name: 'additionalFields',
			type: 'json',
			default: '{}',
			description: 'More fields of the object, or lists with any number of rows, exactly as the API of MoySklad takes them. They win over the fields above; null clears.',
		},
	];
}

/** What an item asks to be written, before names of dictionary entries are looked up. */
export interface Wanted {
	/** Fields by MoySklad's keywords, in MoySklad's form. */
	body: Entity;
	attributes: Array<{ definition: AttributeDefinition; value: unknown }>;
	/** The field to look the object up by; undefined for a mere creation. */
	matchOn?: string;
}

interface Mapping {
	mappingMode: 'defineBelow' | 'autoMapInputData';
	value: IDataObject | null;
	matchingColumns?: string[];
}

/** Reads the parameters of one item. Throws MOYSKLAD_FIELD_UNKNOWN, MOYSKLAD_VALUE_INVALID, MOYSKLAD_VALUE_NOT_LISTED, MOYSKLAD_JSON_INVALID. */
export async function wantedFields(context: IExecuteFunctions, item: number, { entity, rows = [] }: EntityKind, attributes: Attributes): Promise<Wanted> {
	const { mappingMode, value, matchingColumns } = context.getNodeParameter('fields', item) as Mapping;
	const given = mappingMode === 'autoMapInputData' ? knownFields(entity, context.getInputData()[item]?.json ?? {}) : (value ?? {});
	const clears = context.getNodeParameter('options.emptyValues', item, 'keep') === 'clear';
	const values = Object.entries(given).filter(([, one]) => clears || !isEmpty(one));
	const wanted: Wanted = { body: {}, attributes: [], matchOn: matchingColumns?.[0] };
	for (const [name, one] of values) {
		const wire = isEmpty(one) ? null : one;
		if (!name.startsWith(ATTRIBUTE_PREFIX)) wanted.body[name] = toWire(entity, entityField(entity, name), wire);
		else {
			const definition = await attributes.definition(name);
			wanted.attributes.push({ definition, value: definition.type === 'file' ? await withFile(context, item, wire) : wire });
		}
	}
	for (const { field, property, toBody } of rows) {
		const entered = context.getNodeParameter(`${property.name}.row`, item, []) as Array<Record<string, unknown>>;
		if (entered.length > 0) wanted.body[field] = toBody(entered);
	}
	Object.assign(wanted.body, additionalFields(context, item));
	withSoundLists(wanted.body);
	return wanted;
}

const isEmpty = (value: unknown): boolean => value === null || value === undefined || value === '';

/** The fields of an input item that the object has too; not the links of lists that MoySklad puts into its objects. */
function knownFields(entity: string, json: IDataObject): IDataObject {
	const known = Object.entries(json).filter(([name, value]) => (name.startsWith(ATTRIBUTE_PREFIX) || isWritable(entity, name)) && !isListLink(value));
	return Object.fromEntries(known);
}

const isListLink = (value: unknown): boolean => typeof value === 'object' && value !== null && 'meta' in value && (value.meta as IDataObject | undefined)?.size !== undefined;

function isWritable(entity: string, name: string): boolean {
	try {
		return name === 'id' || !entityField(entity, name).readOnly;
	} catch {
		return false;
	}
}

/** A file can be given as the name of a binary field of the item. */
async function withFile(context: IExecuteFunctions, item: number, value: unknown): Promise<unknown> {
	const binary = typeof value === 'string' ? context.getInputData()[item]?.binary?.[value] : undefined;
	if (!binary) return value;
	const content = await context.helpers.getBinaryDataBuffer(item, value as string);
	return { filename: binary.fileName ?? 'file', content: content.toString('base64') };
}

function additionalFields(context: IExecuteFunctions, item: number): Entity {
	const given = context.getNodeParameter('additionalFields', item, {}) as unknown;
	const parsed = typeof given === 'string' ? parsedJson(given) : given;
	if (typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed)) return parsed as Entity;
	throw notAnObject();
}

const notAnObject = (): SyncError => new SyncError('MOYSKLAD_JSON_INVALID', { parameter: 'Additional Fields (JSON)', expected: 'an object' });

function parsedJson(text: string): unknown {
	try {
		return JSON.parse(text.trim() || '{}');
	} catch {
		return undefined;
	}
}

/** The body with its additional fields. Throws what `entries` throws for a name that no dictionary has. */
export function withAttributes({ body, attributes }: Wanted, entries: EntryByName): Entity {
	if (attributes.length === 0) return body;
	const own = attributes.map(({ definition, value }) => attributeBody(definition, value, entries));
	return { ...body, attributes: [...own, ...((body.attributes as unknown[] | undefined) ?? [])] };
}
