import {
	COMPANY_RULES, CONTACT_RULES, crmSourceValue, isUserFieldName, PARTNER_SOURCES, personName, responsibleFor, ruleValues, userFieldNamed,
	type CrmFields, type FieldValue, type FieldValues, type Rule,
} from '../../../../core';
import type { CrmSession } from '../session';
import { expressionParameter } from '../settings';
import { prepareFields, type FieldMethods } from '../userFields';
import type { PartnerSettings } from './settings';
import type { PartnerTask } from './task';

export type PartnerType = 'company' | 'contact';

/** The fields of a kind, and the rules that fill them. */
export interface PartnerFields {
	fields: CrmFields;
	rules: Rule[];
}

/** Fields that the node writes by rules of its own. */
const RESERVED = ['ORIGIN_ID', 'ORIGINATOR_ID', 'PHONE', 'EMAIL', 'COMPANY_ID', 'COMPANY_IDS'];

const methods = (type: PartnerType, preset: readonly Rule[], balance: string): FieldMethods => ({
	fields: { method: `crm.${type}.fields`, parameters: {} }, add: `crm.${type}.userfield.add`, preset,
	wanted: isUserFieldName(balance) ? [userFieldNamed(balance, 'МойСклад: баланс', 'money')] : [],
});

/** Reads the fields of a kind, and makes user fields that are wanted. */
export async function partnerFields(session: CrmSession, settings: PartnerSettings, type: PartnerType, tasks: readonly PartnerTask[]): Promise<PartnerFields> {
	const preset = type === 'company' ? COMPANY_RULES : CONTACT_RULES;
	const balance: Rule[] = settings.balanceField === '' ? [] : [{ target: settings.balanceField, source: { field: 'balance' }, policy: 'always' }];
	const { fields, rules, warnings } = await prepareFields(session, methods(type, preset, settings.balanceField), tasks.map(({ source }) => source.partner));
	for (const { message, advice } of warnings) session.hint(`${message}. ${advice}`);
	const named = new Set(rules.map(({ target }) => target));
	return { fields, rules: [...rules, ...balance.filter(({ target }) => !named.has(target))].filter(({ target }) => !RESERVED.includes(target)) };
}

/** What the settings and the name say of a counterparty, by the names that a mapping knows. */
export function ownValues({ source: { partner, position } }: PartnerTask, settings: PartnerSettings): FieldValues {
	const { name, firstName, middleName, lastName, ownerId } = partner;
	const parts = personName(name ?? partner.email ?? partner.phone ?? '', { first: firstName, middle: middleName, last: lastName });
	const owner = ownerId === null ? null : { id: ownerId, name: null };
	const values: Record<string, FieldValue | undefined> = {
		firstName: parts.NAME,
		secondName: parts.SECOND_NAME,
		lastName: parts.LAST_NAME,
		name: name ?? partner.email ?? partner.phone ?? undefined,
		companyType: settings.companyType,
		contactType: settings.contactType,
		position: position ?? undefined,
		responsible: responsibleFor({ owner }, settings.responsibles, settings.responsible),
		opened: settings.opened,
	};
	return Object.fromEntries(Object.entries(values).flatMap(([field, value]) => (value === undefined || value === '' ? [] : [[field, value]])));
}

/** What the mapping gives for a counterparty. An expression sees its input item. */
export function valuesOf({ context }: CrmSession, task: PartnerTask, rules: readonly Rule[], settings: PartnerSettings): FieldValues {
	const { source: { partner }, input, own } = task;
	const expression = (row: number): unknown => (input === undefined ? undefined : context.getNodeParameter(expressionParameter(row), input, undefined));
	return ruleValues(rules, (field) => crmSourceValue(field, partner, PARTNER_SOURCES, own, settings.currency), expression);
}
