import {
	ATTRIBUTE_PREFIX, attributeBody, beginning, entityField, longestAttribute, longestText, toWire, type AttributeDefinition, type EntryByName, type FilledField, type Rule,
	type SyncError,
} from '../../../core';
import type { Attributes } from '../../../transport';
import { caught } from '../../shared/errors';

/** An object on its way into MoySklad. */
interface Filled {
	fail(error: SyncError): void;
}

/** A field before it is known whether its text has room. */
export interface UnfittedField extends FilledField {
	rule: Rule;
	/** How many characters an additional field takes. */
	longest?: number;
}

/** How the fields of one kind of object are filled. */
interface Filling<Task> {
	entity: string;
	/** What the source says; empty = nothing. */
	valueOf(rule: Rule, task: Task): unknown;
	/** A value that is no field of MoySklad's as it is, or undefined. */
	own?(target: string, value: unknown): unknown;
	/** Whether an empty source empties the field; else it says nothing of it. */
	clears?: boolean;
	/** What becomes of texts that are too long, one of which would stop the whole object; they are cut when left out. */
	fit?(task: Task, fields: readonly UnfittedField[]): FilledField[];
}

interface Value {
	rule: Rule;
	value: unknown;
	definition?: AttributeDefinition;
}

/**
 * What each object fills, in MoySklad's form. Definitions and dictionaries are read once, in bulk. Objects with a value that does not fit
 * its field are finished here. Throws MOYSKLAD_VALUE_NOT_LISTED for an additional field that is gone.
 */
export async function filledFields<Task extends Filled>(rules: readonly Rule[], attributes: Attributes, tasks: readonly Task[], filling: Filling<Task>): Promise<Map<Task, FilledField[]>> {
	const definitions = new Map<string, AttributeDefinition>();
	for (const { target } of rules) if (target.startsWith(ATTRIBUTE_PREFIX)) definitions.set(target, await attributes.definition(target));
	const given = tasks.map((task) => ({ task, values: valuesOf(rules, task, definitions, filling) }));
	const entries = await attributes.entriesFor(given.flatMap(({ values }) => values.flatMap(({ definition, value }) => (definition && value !== null ? [{ definition, value }] : []))));
	const fit = filling.fit ?? ((_task: Task, fields: readonly UnfittedField[]) => fields.map(cut));
	const filled = new Map<Task, FilledField[]>();
	for (const { task, values } of given) {
		try {
			filled.set(task, fit(task, values.map((value) => toUnfitted(value, entries, filling))));
		} catch (error) {
			task.fail(caught(error));
		}
	}
	return filled;
}

function valuesOf<Task>(rules: readonly Rule[], task: Task, definitions: ReadonlyMap<string, AttributeDefinition>, { valueOf, clears = false }: Filling<Task>): Value[] {
	return rules.flatMap((rule): Value[] => {
		const value = valueOf(rule, task);
		const isEmpty = value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0);
		return isEmpty && !clears ? [] : [{ rule, value: isEmpty ? null : value, definition: definitions.get(rule.target) }];
	});
}

function toUnfitted<Task>({ rule, value, definition }: Value, entries: EntryByName, { entity, own }: Filling<Task>): UnfittedField {
	const { target, policy } = rule;
	if (definition) return { rule, target: `${ATTRIBUTE_PREFIX}${definition.id}`, policy, value: attributeBody(definition, value, entries), longest: longestAttribute(definition.type) };
	const given = own?.(target, value);
	if (given !== undefined) return { rule, target, policy, value: given };
	return { rule, target, policy, value: value === null ? null : toWire(entity, entityField(entity, target), value) };
}

const cut = ({ target, policy, value }: UnfittedField): FilledField => ({ target, policy, value: typeof value === 'string' ? beginning(value, longestText(target)) : value });
