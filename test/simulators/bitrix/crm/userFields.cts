import type { FieldType } from '../fields/fieldTable.cts';
import { DROPPED, internalizeValue } from '../fields/values.cts';
import type { Portal } from '../portal.cts';
import { formatMoment } from '../wire/dates.cts';
import { asInteger, asList, asText, isEmpty } from '../wire/params.cts';
import type { Form, FormField } from './fields.cts';
import type { UserFieldRow, UserFieldType } from './rows.cts';

/** Fields that a portal's people added: their names, and how their values are kept and shown. */

const KEPT_AS: Partial<Record<UserFieldType, FieldType>> = {
	integer: 'integer',
	double: 'double',
	date: 'date',
	datetime: 'datetime',
	boolean: 'integer',
	enumeration: 'integer',
	employee: 'integer',
};

export const userFieldsOf = (portal: Portal, entityId: string): UserFieldRow[] =>
	portal.store.userFields.where('entityId', entityId);

/** By their names in the form: their own, or those of `crm.item.*` (`ufCrm_1747309879`). */
export function userFieldsOfForm(portal: Portal, entityId: string, form: Form, ownNames: boolean): Map<string, FormField> {
	const rows = userFieldsOf(portal, entityId);
	const isOwn = form === 'legacy' || ownNames;
	return new Map(rows.map((row) => [isOwn ? row.fieldName : camelName(row.fieldName), formField(row, form)]));
}

/**
 * `UF_CRM_3_DIGIT` → `ufCrm3Digit`, `UF_CRM_1747309879` → `ufCrm_1747309879`: underscores before digits stay, and a
 * name in which letters and digits meet is kept but for its beginning, since it could not be turned back.
 */
function camelName(fieldName: string): string {
	const rest = fieldName.replace(/^UF_CRM_/, '');
	const [, type = '', name = rest] = /^(\d+)_(.+)$/.exec(rest) ?? [];
	if (/[A-Z]\d|\d[A-Z]|[A-Z]_\d/.test(name)) return `ufCrm_${rest}`;
	if (/^\d/.test(name)) return `ufCrm${type}_${name}`;
	return `ufCrm${type}${name
		.split('_')
		.map((part) => part.charAt(0) + part.slice(1).toLowerCase())
		.join('')}`;
}

function formField(row: UserFieldRow, form: Form): FormField {
	const { fieldName, userTypeId, multiple, mandatory, labels, list, settings } = row;
	const isMultiple = multiple === 'Y';
	return {
		key: fieldName,
		multiple: isMultiple,
		hidden: false,
		type: 'string',
		userType: userTypeId,
		field: {
			type: isMultiple ? 'list' : (KEPT_AS[userTypeId] ?? 'string'),
			about: {
				type: userTypeId,
				isRequired: mandatory === 'Y',
				isMultiple,
				isDynamic: true,
				...(userTypeId === 'enumeration' && { items: list.map(({ id, value }) => ({ ID: String(id), VALUE: value })) }),
				title: fieldName,
				...(labels.ru !== undefined && { listLabel: labels.ru, formLabel: labels.ru, filterLabel: labels.ru }),
				settings,
				...(form === 'item' && { upperName: fieldName }),
			},
		},
	};
}

/** What is kept of a value that was given; `DROPPED` = nothing. Several values are a list, one is no list. */
export function readUserValue(portal: Portal, entityId: string, field: FormField, given: unknown): unknown {
	const row = userFieldsOf(portal, entityId).find(({ fieldName }) => fieldName === field.key);
	if (!row) return DROPPED;
	if (!field.multiple) {
		const one = asList(given)?.[0] ?? given;
		return isBlank(one) ? null : readOne(row, one);
	}
	return (asList(given) ?? [given])
		.filter((one) => !isBlank(one))
		.map((one) => readOne(row, one))
		.filter((one) => one !== DROPPED && one !== null);
}

const isBlank = (value: unknown): boolean => value === undefined || value === null || value === '';

/** An option that does not exist, and a date that cannot be read, are nothing. */
function readOne({ userTypeId, list }: UserFieldRow, given: unknown): unknown {
	if (userTypeId === 'boolean') return isEmpty(given) || /^(n|no|false)$/i.test(asText(given)) ? 0 : 1;
	if (userTypeId === 'enumeration') return list.some(({ id }) => id === asInteger(given)) ? asInteger(given) : null;
	return internalizeValue({ type: KEPT_AS[userTypeId] ?? 'string' }, given);
}

/** A kept value as a form shows it: the older form has texts, and flags are `1` and `0` there. */
export function showUserValue({ userType, multiple }: FormField, kept: unknown, form: Form): unknown {
	const show = (value: unknown): unknown => {
		if (value === null || value === undefined) return null;
		if (userType === 'date' || userType === 'datetime') return formatMoment(value as number);
		if (userType === 'boolean') return form === 'item' ? (value === 1 ? 'Y' : 'N') : String(value as number);
		return form === 'item' ? value : asText(value);
	};
	if (multiple) return (Array.isArray(kept) ? (kept as unknown[]) : []).map(show);
	return show(kept);
}
