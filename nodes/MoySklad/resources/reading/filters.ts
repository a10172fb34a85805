import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import {
	ATTRIBUTE_PREFIX, attributeBody, invalidValue, isReferring, toFilterValue,
	type AttributeDefinition, type Condition, type EntryByName, type Reference,
} from '../../../../core';
import type { Attributes } from '../../../../transport';
import { locator } from '../../../shared/locator';
import type { EntityKind } from '../entityKind';

/** Operators by the words that are stored: n8n would take a value that begins with “=” for an expression. */
const OPERATORS: Record<string, { name: string; operator: Condition['operator'] }> = {
	beginsWith: { name: 'Begins With', operator: '~=' },
	contains: { name: 'Contains', operator: '~' },
	containsNot: { name: 'Does Not Contain (Additional Fields)', operator: '!~' },
	endsWith: { name: 'Ends With', operator: '=~' },
	equals: { name: 'Equals', operator: '=' },
	greaterOrEqual: { name: 'Greater or Equal', operator: '>=' },
	greater: { name: 'Greater Than', operator: '>' },
	empty: { name: 'Is Empty', operator: '=' },
	notEmpty: { name: 'Is Not Empty', operator: '!=' },
	lessOrEqual: { name: 'Less or Equal', operator: '<=' },
	less: { name: 'Less Than', operator: '<' },
	notEquals: { name: 'Not Equal', operator: '!=' },
};

const WITHOUT_VALUE = ['empty', 'notEmpty'];

const operator: Omit<INodeProperties, 'type'> = {
	displayName: 'Operator',
	name: 'operator',
	options: Object.entries(OPERATORS).map(([value, { name }]) => ({ name, value })),
	default: 'equals',
};

export const filtersProperty: INodeProperties = {
	displayName: 'Filters',
	name: 'filters',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true },
	placeholder: 'Add Condition',
	default: {},
	description: 'Which objects are read. Conditions on different fields must all be met; of several values that one field equals, any.',
	options: [
		{
			displayName: 'Condition',
			name: 'condition',
			values: [
				locator({
					displayName: 'Field',
					name: 'field',
					searchListMethod: 'filterFields',
					typed: { displayName: 'By Name', placeholder: 'e.g. externalCode or attribute:Brand' },
				}),
				{ ...operator, type: 'options' },
				{
					displayName: 'Value',
					name: 'value',
					type: 'string',
					default: '',
					displayOptions: { hide: { operator: WITHOUT_VALUE } },
					description: 'Links by ID; entries of custom dictionaries by name or ID; sums in kopecks; moments in any usual form',
				},
			],
		},
	],
};

interface FilterRow {
	field: { value?: unknown } | string;
	operator: string;
	value?: unknown;
}

/** The rows of the filter builder as conditions. Throws MOYSKLAD_FIELD_UNKNOWN, MOYSKLAD_VALUE_INVALID, MOYSKLAD_VALUE_NOT_LISTED. */
export async function filterConditions(context: IExecuteFunctions, item: number, { entity }: EntityKind, attributes: Attributes): Promise<Condition[]> {
	const rows = (context.getNodeParameter('filters.condition', item, []) as FilterRow[]).map(toNamed);
	const byAttribute = rows.filter(({ field }) => field.startsWith(ATTRIBUTE_PREFIX));
	const named = await Promise.all(byAttribute.map(async (row) => ({ ...row, definition: await attributes.definition(row.field) })));
	const entries = await attributes.entriesFor(named.filter(({ value }) => value !== ''));
	const valueOf = (definition: AttributeDefinition, value: unknown): string => attributeFilterValue(definition, value, entries);
	return rows.map(({ field, operator, value }) => {
		const definition = named.find((row) => row.field === field)?.definition;
		if (definition) return { field: definition.meta.href, operator, value: valueOf(definition, value) };
		return { field, operator, value: toValue(entity, field, value) };
	});
}

function toNamed({ field, operator, value }: FilterRow): { field: string; operator: Condition['operator']; value: unknown } {
	const name = String(typeof field === 'object' ? field.value : field).trim();
	const known = Object.hasOwn(OPERATORS, operator) ? OPERATORS[operator] : undefined;
	if (!known) throw invalidValue('operator', `one of ${Object.keys(OPERATORS).join(', ')}`, operator);
	return { field: name, operator: known.operator, value: WITHOUT_VALUE.includes(operator) ? '' : (value ?? '') };
}

function attributeFilterValue(definition: AttributeDefinition, value: unknown, entries: EntryByName): string {
	if (value === '') return '';
	if (definition.type === 'file') throw invalidValue(definition.name, 'a field that can be filtered', value);
	const body = attributeBody(definition, value, entries) as { value: unknown };
	return isReferring(definition) ? (body.value as Reference).meta.href : String(body.value);
}

/** Fields that no list names, such as those of nested lists, are handed on as they are. */
function toValue(entity: string, field: string, value: unknown): string {
	return field.includes('.') && field !== 'state.name' ? String(value) : toFilterValue(entity, field, value);
}
