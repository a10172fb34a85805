import type { Parameters } from '../query';

/** A value of a list field. */
export interface CrmChoice {
	id: string;
	value: string;
}

/** A field of deals, contacts, companies or invoices, as the portal describes it. */
export interface CrmField {
	/** `TITLE`, `UF_CRM_…`, of invoices `title`, `ufCrm…`. */
	name: string;
	/** As people see it. */
	label: string;
	/** Bitrix' keyword: string, char, integer, double, date, datetime, user, crm_status, enumeration, boolean, money, … */
	type: string;
	multiple: boolean;
	readOnly: boolean;
	/** Can only be given when the record is made. */
	immutable: boolean;
	/** Of list fields. */
	choices: CrmChoice[];
	/** People have to fill it, and it has no default. */
	required?: boolean;
}

/** Fields of one kind of record by their names. */
export type CrmFields = ReadonlyMap<string, CrmField>;

type Row = Record<string, unknown>;

const isRow = (value: unknown): value is Row => typeof value === 'object' && value !== null && !Array.isArray(value);

const text = (value: unknown): string | undefined => (typeof value === 'string' && value.trim() !== '' ? value.trim() : typeof value === 'number' ? String(value) : undefined);

/** The answer of `crm.deal.fields` and its likes: a map by name. `crm.item.fields` has it one level deeper, under `fields`. */
export function readCrmFields(answer: unknown): CrmFields {
	const inner = isRow(answer) && isRow(answer.fields) && !('type' in answer.fields) ? answer.fields : answer;
	if (!isRow(inner)) return new Map();
	return new Map(Object.entries(inner).flatMap(([name, row]) => (isRow(row) ? [[name, toField(name, row)] as const] : [])));
}

function toField(name: string, row: Row): CrmField {
	const own = text(row.listLabel) ?? text(row.formLabel) ?? text(row.title);
	return {
		name,
		label: own ?? name,
		type: text(row.type) ?? 'string',
		multiple: row.isMultiple === true || row.isMultiple === 'Y',
		readOnly: row.isReadOnly === true || row.isReadOnly === 'Y',
		immutable: row.isImmutable === true || row.isImmutable === 'Y',
		choices: Array.isArray(row.items) ? row.items.filter(isRow).map(toChoice) : [],
		...((row.isRequired === true || row.isRequired === 'Y') && !hasDefault(row.settings) && { required: true }),
	};
}

/** Dates keep the kind of their default: none, a certain day, or the present. */
function hasDefault(settings: unknown): boolean {
	const given = isRow(settings) ? settings.DEFAULT_VALUE : undefined;
	return isRow(given) ? given.TYPE !== undefined && given.TYPE !== 'NONE' : text(given) !== undefined;
}

const toChoice = (row: Row): CrmChoice => ({ id: text(row.ID) ?? text(row.id) ?? '', value: text(row.VALUE) ?? text(row.value) ?? '' });

/** What all user fields begin with. */
export const USER_FIELD_PREFIX = 'UF_CRM_';

const FIELD_TYPES: Record<string, string> = { long: 'integer', double: 'double', boolean: 'boolean', time: 'datetime', link: 'url', money: 'money', date: 'date' };

/** A user field that is to be made. */
export interface NewUserField {
	/** With the prefix. */
	name: string;
	label: string;
	/** Bitrix' keyword. */
	type: string;
	/** Id of MoySklad's additional field; null for others. */
	xmlId: string | null;
}

/** The user field for one of MoySklad's additional fields: named after its id, since old portals allow 20 letters and people see the label. */
export const userFieldFor = ({ id, name, type }: { id: string; name: string; type: string }): NewUserField => ({
	name: `${USER_FIELD_PREFIX}MS_${id.slice(0, 8).toUpperCase()}`,
	label: name,
	type: FIELD_TYPES[type] ?? 'string',
	xmlId: id,
});

/** A user field that a row of the mapping names and the portal lacks. `kind`: MoySklad's keyword of what goes into it. */
export const userFieldNamed = (name: string, label: string, kind: string): NewUserField => ({ name, label, type: FIELD_TYPES[kind] ?? 'string', xmlId: null });

/** Whether Bitrix would take it as the name of a user field. */
export const isUserFieldName = (name: string): boolean => /^UF_CRM_[A-Z0-9_]{1,43}$/.test(name);

/** `fields` of `crm.deal.userfield.add` and its likes, which put the prefix in front themselves. */
export const newUserFieldFields = ({ name, label, type, xmlId }: NewUserField): Parameters => ({
	FIELD_NAME: name.slice(USER_FIELD_PREFIX.length),
	USER_TYPE_ID: type,
	LABEL: label,
	LIST_COLUMN_LABEL: label,
	EDIT_FORM_LABEL: label,
	LIST_FILTER_LABEL: label,
	XML_ID: xmlId ?? undefined,
	MULTIPLE: 'N',
	MANDATORY: 'N',
});

/** The field that the portal has after it was made. */
export const madeField = ({ name, label, type }: NewUserField): CrmField => ({
	name, label, type, multiple: false, readOnly: false, immutable: false, choices: [],
});
