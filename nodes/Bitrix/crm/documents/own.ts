import {
	crmSourceValue, DOCUMENT_SOURCES, filledPattern, responsibleFor, ruleValues, SyncError, type FieldValue, type FieldValues, type Rule, type SalesDocument,
} from '../../../../core';
import type { Customer } from '../customers';
import type { CrmSession } from '../session';
import { expressionParameter } from '../settings';
import type { DocumentSettings } from './settings';
import type { DocumentTask } from './task';

const NAMES = new Set(DOCUMENT_SOURCES.map(({ name }) => name));

/** A text of the settings with the fields of a document in it. */
export const filledFor = (pattern: string, document: SalesDocument, currency: string): string =>
	filledPattern(pattern, NAMES, (field) => crmSourceValue(field, document, DOCUMENT_SOURCES, {}, currency));

/** Throws CRM_CURRENCY_UNKNOWN: amounts are never taken for those of another currency. */
export function currencyOf({ currency, ownCurrency }: SalesDocument, settings: DocumentSettings): string {
	if (currency !== null) return currency;
	if (ownCurrency) return settings.currency;
	throw new SyncError('CRM_CURRENCY_UNKNOWN');
}

/** What the settings say of a document, by the names that a mapping knows. */
export function ownValues(document: SalesDocument, settings: DocumentSettings, customer: Customer | undefined, deal: number | undefined): FieldValues {
	const currency = currencyOf(document, settings);
	const values: Record<string, FieldValue | undefined> = {
		title: filledFor(settings.title, document, currency),
		currency,
		responsible: responsibleFor(document, settings.responsibles, settings.responsible),
		probability: settings.probability,
		opened: settings.opened,
		source: settings.source,
		company: customer && 'company' in customer ? customer.company : undefined,
		contact: customer && 'contact' in customer ? customer.contact : undefined,
		deal,
	};
	return Object.fromEntries(Object.entries(values).flatMap(([name, value]) => (value === undefined || value === '' ? [] : [[name, value]])));
}

/** What the mapping gives for a task. An expression sees its input item. */
export function valuesOf({ context }: CrmSession, task: DocumentTask, rules: readonly Rule[], settings: DocumentSettings): FieldValues {
	const { document, input, own } = task;
	const currency = currencyOf(document, settings);
	const expression = (row: number): unknown => (input === undefined ? undefined : context.getNodeParameter(expressionParameter(row), input, undefined));
	return ruleValues(rules, (field) => crmSourceValue(field, document, DOCUMENT_SOURCES, own, currency), expression);
}
