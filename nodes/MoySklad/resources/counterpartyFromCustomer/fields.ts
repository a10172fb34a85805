import type { IExecuteFunctions } from 'n8n-workflow';
import {
	ATTRIBUTE_PREFIX, attributeBody, CARD_VALUES, entityField, fitted, isCardList, longestAttribute, toWire, unusable, warning,
	type AttributeDefinition, type CardValue, type EntryByName, type FilledField, type Rule, type WantedField,
} from '../../../../core';
import type { Attributes } from '../../../../transport';
import { caught } from '../../../shared/errors';
import type { CustomerTask } from './task';

interface Value {
	rule: Rule;
	value: unknown;
	definition?: AttributeDefinition;
}

/**
 * What each customer fills, in MoySklad's form. Definitions and dictionaries are read once, in bulk. Customers with a value that does not fit
 * its field are finished here. Throws MOYSKLAD_VALUE_NOT_LISTED for an additional field that is gone.
 */
export async function filledFields(context: IExecuteFunctions, rules: readonly Rule[], attributes: Attributes, tasks: readonly CustomerTask[]): Promise<Map<CustomerTask, FilledField[]>> {
	const definitions = new Map<string, AttributeDefinition>();
	for (const { target } of rules) if (target.startsWith(ATTRIBUTE_PREFIX)) definitions.set(target, await attributes.definition(target));
	const given = tasks.map((task) => ({ task, values: valuesOf(context, rules, task, definitions) }));
	const entries = await attributes.entriesFor(given.flatMap(({ values }) => values.flatMap(({ definition, value }) => (definition ? [{ definition, value }] : []))));
	const filled = new Map<CustomerTask, FilledField[]>();
	for (const { task, values } of given) {
		try {
			filled.set(task, fittedFor(task, values.map((value) => toWanted(value, entries))));
		} catch (error) {
			task.fail(caught(error));
		}
	}
	return filled;
}

/** An empty source never clears. */
function valuesOf(context: IExecuteFunctions, rules: readonly Rule[], { card, item }: CustomerTask, definitions: ReadonlyMap<string, AttributeDefinition>): Value[] {
	return rules.flatMap((rule): Value[] => {
		const { source, target } = rule;
		const value = 'row' in source ? context.getNodeParameter(`mapping.change[${source.row}].expression`, item, '') : 'field' in source ? CARD_VALUES[source.field as CardValue].read(card) : source.constant;
		const isEmpty = value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0);
		return isEmpty ? [] : [{ rule, value, definition: definitions.get(target) }];
	});
}

function toWanted({ rule: { target, policy, source }, value, definition }: Value, entries: EntryByName): WantedField {
	const from = 'field' in source ? { source: source.field as CardValue } : {};
	if (definition) return { target, policy, ...from, value: attributeBody(definition, value, entries), longest: longestAttribute(definition.type) };
	if (isCardList(target)) return { target, policy, ...from, value: target === 'tags' ? tagsIn(value) : value };
	return { target, policy, ...from, value: toWire('counterparty', entityField('counterparty', target), value) };
}

/** What could not be taken as it is, is a warning of the customer. */
function fittedFor(task: CustomerTask, wanted: readonly WantedField[]): FilledField[] {
	const { fields, cut, leftOut } = fitted(wanted);
	const none = [...new Set([...leftOut, ...unusable(task.card)])];
	if (cut.length > 0) task.warnings.push(warning('COUNTERPARTY_VALUE_CUT', { fields: cut.join(', ') }));
	if (none.length > 0) task.warnings.push(warning('COUNTERPARTY_VALUE_LEFT_OUT', { fields: none.join(', ') }));
	return fields;
}

const tagsIn = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : String(value).split(',')).map((tag) => tag.trim()).filter((tag) => tag !== '');
