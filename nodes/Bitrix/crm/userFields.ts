import {
	applicableRules, changedRules, isUserFieldName, lackingUserFields, madeField, newUserFieldFields, pairUserFields, userFieldNamed, userFieldRules, warning,
	ATTRIBUTE_PREFIX, SERVICE_FIELDS, SERVICE_RULES, type Attribute, type CrmField, type CrmFields, type NamedField, type NewUserField, type Parameters, type Rule, type Warning,
} from '../../../core';
import { readFields } from './books';
import type { CrmSession } from './session';

/** How a kind of records tells its fields and gets new ones. */
export interface FieldMethods {
	fields: { method: string; parameters: Parameters };
	/** Undefined where user fields cannot be made. */
	add: string | undefined;
	preset: readonly Rule[];
	/** Fields that the settings of the node name, and that are made when they are missing. */
	wanted?: readonly NewUserField[];
}

/** The fields of a kind and the rules that fill them; user fields that are to be made are there by then. */
export interface FieldRules {
	fields: CrmFields;
	rules: Rule[];
	/** About the whole run. */
	warnings: Warning[];
}

/** Reads the fields, makes user fields that lack, and joins the preset with the user's changes. */
export async function prepareFields(session: CrmSession, methods: FieldMethods, objects: ReadonlyArray<{ attributes: Attribute[] }>): Promise<FieldRules> {
	const { settings } = session;
	const attributes = settings.attributes === 'none' ? [] : seenAttributes(objects);
	const known = await readFields(session, methods.fields.method, methods.fields.parameters);
	const created = settings.attributes === 'create' ? [...lackingUserFields(attributes, known), ...namedByRules(session, known, attributes)] : [];
	const service = settings.serviceFields ? SERVICE_FIELDS : [];
	const lacking = [...created, ...[...service, ...(methods.wanted ?? [])].filter(({ name }) => !known.has(name))];
	const { fields, warnings } = await withUserFields(session, methods, known, lacking);
	const preset = [...applicableRules([...methods.preset, ...(settings.serviceFields ? SERVICE_RULES : [])], fields), ...userFieldRules(pairUserFields(attributes, fields))];
	return { fields, rules: changedRules(preset, settings.changes), warnings };
}

function seenAttributes(objects: ReadonlyArray<{ attributes: Attribute[] }>): NamedField[] {
	const seen = new Map(objects.flatMap(({ attributes }) => attributes).map(({ id, name, type }) => [id, { id, name, type }]));
	return [...seen.values()];
}

/** User fields that rows of the mapping name and the portal lacks. */
function namedByRules({ settings }: CrmSession, fields: CrmFields, attributes: readonly NamedField[]): NewUserField[] {
	return settings.changes.filter(({ target, policy }) => policy !== 'never' && isUserFieldName(target) && !fields.has(target)).map(({ target, source }) => {
		const field = 'field' in source ? source.field : '';
		const attribute = attributes.find(({ id }) => field === `${ATTRIBUTE_PREFIX}${id ?? ''}`);
		return userFieldNamed(target, attribute?.name ?? target.slice('UF_CRM_'.length), attribute?.type ?? KINDS_OF_SOURCES[field] ?? 'string');
	});
}

/** What goes into a field that is made for one of MoySklad's own. */
const KINDS_OF_SOURCES: Record<string, string> = {
	sum: 'money', payedSum: 'money', shippedSum: 'money', reservedSum: 'money', invoicedSum: 'money', unpaidSum: 'money', balance: 'money',
	moment: 'time', planned: 'time', page: 'link', birthDate: 'date',
};

/** Each field is made by itself, so that one that is refused does not take the others along; after a lost answer they are read again. */
async function withUserFields(session: CrmSession, { fields: list, add }: FieldMethods, known: CrmFields, lacking: readonly NewUserField[]): Promise<Pick<FieldRules, 'fields' | 'warnings'>> {
	if (lacking.length === 0) return { fields: known, warnings: [] };
	if (session.settings.preview) return { fields: new Map([...known, ...lacking.map(planned)]), warnings: [] };
	if (add === undefined) return { fields: known, warnings: [] };
	if (!(await session.features.has(add))) return { fields: known, warnings: [warning('CRM_METHOD_MISSING', { call: add, what: 'making user fields' })] };
	const commands = lacking.map((field) => ({ method: add, parameters: { fields: newUserFieldFields(field) } }));
	const outcomes = await session.batches.each(commands, { repeatable: false, most: 10 });
	const fields = await readFields(session, list.method, list.parameters);
	const failed = lacking.flatMap((field, index) => {
		const outcome = outcomes[index];
		return outcome && 'error' in outcome && !fields.has(field.name) ? [outcome.error] : [];
	});
	return { fields, warnings: failed.map(({ code, message, advice }) => ({ code, message, advice })) };
}

const planned = (field: NewUserField): [string, CrmField] => [field.name, madeField(field)];
