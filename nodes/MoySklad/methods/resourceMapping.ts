import type { FieldType, ILoadOptionsFunctions, INodePropertyOptions, ResourceMapperField, ResourceMapperFields } from 'n8n-workflow';
import {
	ATTRIBUTE_PREFIX, entityFields, hasSyncId, isReferring, SyncError, type AttributeDefinition, type EntityField, type EntityFieldKind,
} from '../../../core';
import { PAGE, readAttributeDefinitions, readPage, readStates, type Entity, type MoySkladClient } from '../../../transport';
import { moySkladClient } from '../../shared/moySklad';
import { toEntry } from '../../shared/moySkladLists';
import type { EntityKind } from '../resources/entityKind';
import { currentKind } from './currentKind';

const TYPES: Record<EntityFieldKind, FieldType> = {
	text: 'string',
	number: 'number',
	money: 'number',
	price: 'number',
	boolean: 'boolean',
	moment: 'dateTime',
	reference: 'string',
	choice: 'options',
	json: 'object',
	id: 'string',
};

const ATTRIBUTE_TYPES: Record<string, FieldType> = { long: 'number', double: 'number', boolean: 'boolean', time: 'dateTime' };

/** Targets of references whose lists are short enough to be chosen from. */
const LISTS: Record<string, string> = {
	country: 'entity/country',
	employee: 'entity/employee',
	group: 'entity/group',
	organization: 'entity/organization',
	pricetype: 'context/companysettings/pricetype',
	project: 'entity/project',
	saleschannel: 'entity/saleschannel',
	store: 'entity/store',
	uom: 'entity/uom',
};

export const resourceMapping = {
	/** The fields that can be written, with the additional ones; what matters most first. */
	async entityFields(this: ILoadOptionsFunctions): Promise<ResourceMapperFields> {
		const kind = currentKind(this);
		if (!kind) return { fields: [] };
		const client = await moySkladClient(this);
		const makes = this.getCurrentNodeParameter('operation') === 'create';
		const choices = new Choices(client, kind);
		const fields: ResourceMapperField[] = makes ? [] : [toField({ name: 'id', label: 'ID', kind: 'id' }, kind)];
		for (const field of written(kind)) fields.push(toField(field, kind, await choices.of(field)));
		const attributes = await readAttributeDefinitions(client, kind.entity);
		return { fields: [...fields, ...attributes.map(attributeField)] };
	},
};

/** Lists that have parameters of their own are left out. */
function written({ entity, rows = [] }: EntityKind): EntityField[] {
	const own = new Set(rows.map(({ field }) => field));
	const fields = entityFields(entity).filter((field) => !field.readOnly && !own.has(field.name));
	return [...fields.filter(({ required }) => required), ...fields.filter(({ required }) => !required)];
}

function toField({ name, label, kind, required, choices = [] }: EntityField, { entity }: EntityKind, options?: INodePropertyOptions[]): ResourceMapperField {
	const chosen = options ?? (kind === 'choice' ? choices.map((value) => ({ name: value, value })) : undefined);
	return {
		id: name,
		displayName: label,
		required: required ?? false,
		display: true,
		type: chosen ? 'options' : TYPES[kind],
		...(chosen && { options: chosen }),
		canBeUsedToMatch: name === 'id' || name === 'externalCode' || name === 'syncId',
		defaultMatch: name === (hasSyncId(entity) ? 'syncId' : 'externalCode'),
	};
}

/** Entries of dictionaries are entered by name or ID: there can be very many of them. */
const attributeField = (definition: AttributeDefinition): ResourceMapperField => ({
	id: `${ATTRIBUTE_PREFIX}${definition.id}`,
	displayName: `${definition.name}${isReferring(definition) ? ' (Name or ID)' : ''}`,
	required: definition.required,
	display: true,
	type: ATTRIBUTE_TYPES[definition.type] ?? 'string',
	canBeUsedToMatch: false,
	defaultMatch: false,
});

/** What reference fields can be set to, each list read once. Undefined where a list is long or may not be seen: then ids are entered. */
class Choices {
	private readonly known = new Map<string, INodePropertyOptions[] | undefined>();

	constructor(
		private readonly client: MoySkladClient,
		private readonly kind: EntityKind,
	) {}

	async of({ target = '' }: EntityField): Promise<INodePropertyOptions[] | undefined> {
		if (!this.known.has(target)) this.known.set(target, await this.read(target));
		return this.known.get(target);
	}

	private async read(target: string): Promise<INodePropertyOptions[] | undefined> {
		const path = LISTS[target];
		if (target !== 'state' && path === undefined) return undefined;
		try {
			const rows = target === 'state' ? await readStates(this.client, this.kind.entity) : await this.shortRows(path ?? '');
			return rows?.map(toEntry);
		} catch (error) {
			return withoutRight(error);
		}
	}

	private async shortRows(path: string): Promise<Entity[] | undefined> {
		const { rows, size } = await readPage(this.client, path, { limit: PAGE });
		return size > rows.length ? undefined : rows;
	}
}

function withoutRight(error: unknown): undefined {
	if (!(error instanceof SyncError) || error.code !== 'MOYSKLAD_NO_RIGHT') throw error;
}
