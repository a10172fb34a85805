import { userFieldFor, type CrmField, type CrmFields, type NewUserField } from '../../bitrix/crm/field';
import { isWritableCrmField } from '../../bitrix/crm/value';
import { ATTRIBUTE_PREFIX } from '../../moysklad/attributes';
import type { Rule } from '../mapping';
import type { NamedField } from '../propertyPairs';

/** What the mapping of deals does untouched: MoySklad's sum always, the rest only as long as no person has a say in it. */
export const DEAL_RULES: readonly Rule[] = [
	{ target: 'TITLE', source: { field: 'title' }, policy: 'creating' },
	{ target: 'CURRENCY_ID', source: { field: 'currency' }, policy: 'always' },
	{ target: 'OPPORTUNITY', source: { field: 'sum' }, policy: 'always' },
	{ target: 'COMPANY_ID', source: { field: 'company' }, policy: 'empty' },
	{ target: 'CONTACT_ID', source: { field: 'contact' }, policy: 'empty' },
	{ target: 'ASSIGNED_BY_ID', source: { field: 'responsible' }, policy: 'creating' },
	{ target: 'PROBABILITY', source: { field: 'probability' }, policy: 'creating' },
	{ target: 'OPENED', source: { field: 'opened' }, policy: 'creating' },
	{ target: 'SOURCE_ID', source: { field: 'source' }, policy: 'creating' },
	{ target: 'COMMENTS', source: { field: 'description' }, policy: 'empty' },
];

const PARTNER_RULES: readonly Rule[] = [
	{ target: 'ASSIGNED_BY_ID', source: { field: 'responsible' }, policy: 'creating' },
	{ target: 'OPENED', source: { field: 'opened' }, policy: 'creating' },
	{ target: 'COMMENTS', source: { field: 'description' }, policy: 'empty' },
];

/** What the mapping of companies does untouched: what a person may have filled in is left alone. */
export const COMPANY_RULES: readonly Rule[] = [
	{ target: 'TITLE', source: { field: 'name' }, policy: 'creating' },
	{ target: 'COMPANY_TYPE', source: { field: 'companyType' }, policy: 'creating' },
	...PARTNER_RULES,
];

/** What the mapping of contacts does untouched: what a person may have filled in is left alone. */
export const CONTACT_RULES: readonly Rule[] = [
	{ target: 'NAME', source: { field: 'firstName' }, policy: 'creating' },
	{ target: 'SECOND_NAME', source: { field: 'secondName' }, policy: 'creating' },
	{ target: 'LAST_NAME', source: { field: 'lastName' }, policy: 'creating' },
	{ target: 'TYPE_ID', source: { field: 'contactType' }, policy: 'creating' },
	{ target: 'BIRTHDATE', source: { field: 'birthDate' }, policy: 'empty' },
	{ target: 'POST', source: { field: 'position' }, policy: 'empty' },
	...PARTNER_RULES,
];

/** What the mapping of invoices (smart process 31) does untouched; `parentId2` is the deal. */
export const INVOICE_RULES: readonly Rule[] = [
	{ target: 'title', source: { field: 'title' }, policy: 'creating' },
	{ target: 'currencyId', source: { field: 'currency' }, policy: 'always' },
	{ target: 'opportunity', source: { field: 'sum' }, policy: 'always' },
	{ target: 'companyId', source: { field: 'company' }, policy: 'empty' },
	{ target: 'contactId', source: { field: 'contact' }, policy: 'empty' },
	{ target: 'parentId2', source: { field: 'deal' }, policy: 'empty' },
	{ target: 'begindate', source: { field: 'moment' }, policy: 'creating' },
	{ target: 'closedate', source: { field: 'planned' }, policy: 'creating' },
	{ target: 'assignedById', source: { field: 'responsible' }, policy: 'creating' },
	{ target: 'opened', source: { field: 'opened' }, policy: 'creating' },
	{ target: 'comments', source: { field: 'description' }, policy: 'empty' },
];

/** A preset rule for a field that this portal does not have says nothing: only what a user has chosen is missed. */
export const applicableRules = (rules: readonly Rule[], fields: CrmFields): Rule[] => rules.filter(({ target }) => fields.has(target));

/** Additional fields of MoySklad with the user field that each belongs to: the one made for it, else the only one of its name. */
export function pairUserFields(attributes: readonly NamedField[], fields: CrmFields): Array<[NamedField, CrmField]> {
	const own = [...fields.values()].filter((field) => field.name.startsWith('UF_CRM_') && isWritableCrmField(field));
	return attributes.flatMap((attribute): Array<[NamedField, CrmField]> => {
		const made = own.find(({ name }) => name === newUserFieldFor(attribute)?.name);
		const named = own.filter(({ label }) => label.trim().toLowerCase() === attribute.name.trim().toLowerCase());
		const field = made ?? (named.length === 1 ? named[0] : undefined);
		return field && attribute.type !== 'file' ? [[attribute, field]] : [];
	});
}

/** User fields for those additional fields that have none yet. */
export function lackingUserFields(attributes: readonly NamedField[], fields: CrmFields): NewUserField[] {
	const paired = new Set(pairUserFields(attributes, fields).map(([attribute]) => attribute));
	return attributes.flatMap((attribute) => (paired.has(attribute) ? [] : (newUserFieldFor(attribute) ?? [])));
}

const newUserFieldFor = ({ id, name, type }: NamedField): NewUserField | undefined => (id === null || type === 'file' ? undefined : userFieldFor({ id, name, type }));

/** Rules that fill user fields from additional fields. */
export const userFieldRules = (pairs: ReadonlyArray<readonly [NamedField, CrmField]>): Rule[] =>
	pairs.map(([{ id }, { name }]) => ({ target: name, source: { field: `${ATTRIBUTE_PREFIX}${id ?? ''}` }, policy: 'always' }));
