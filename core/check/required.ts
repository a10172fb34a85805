import { USER_FIELD_PREFIX, type CrmFields } from '../bitrix/crm/field';
import { isLegal, propertiesFor, type PropertyRole, type SaleBooks } from '../bitrix/saleBooks';
import { pairUserFields } from '../sync/crm/presets';
import type { NamedField } from '../sync/propertyPairs';
import { checkFinding, type CheckFinding } from './finding';
import type { CrmRecordKind } from './flows';

type Row = Record<string, unknown>;

/** What an order that is made in the store tells of its customer. */
const TOLD_OF_PEOPLE = ['name', 'phone', 'email', 'address'] as const satisfies readonly PropertyRole[];
const TOLD_OF_COMPANIES = ['company', 'inn', 'kpp', 'legalAddress', ...TOLD_OF_PEOPLE] as const satisfies readonly PropertyRole[];

/** A meaning of an order property that customer orders of MoySklad tell, of people or of companies. */
export type ToldRole = (typeof TOLD_OF_COMPANIES)[number];

/** Whether Bitrix itself fills in something where nobody gives it. */
export const hasDefault = (value: unknown): boolean => !(value === undefined || value === null || value === '' || value === false || (Array.isArray(value) && value.length === 0));

/** Properties that have to be filled, and that an order made from a customer order leaves empty. `unused`: payer types that nobody can choose. */
export function requiredOrderProperties(books: SaleBooks, rows: readonly Row[], unused: readonly Row[]): CheckFinding[] {
	const required = new Set(rows.filter((row) => row.required === 'Y' && row.active !== 'N' && !hasDefault(row.defaultValue)).map(({ id }) => String(id)));
	const idle = new Set(unused.filter(({ active }) => active === 'N').map(({ id }) => String(id)));
	return books.payerTypes.filter(({ id }) => !idle.has(id)).flatMap(({ id: payerType, name }) => {
		const roles = isLegal(payerType, books, [], {}) ? TOLD_OF_COMPANIES : TOLD_OF_PEOPLE;
		const filled = new Set(roles.map((role) => propertiesFor(role, payerType, books, {})[0]));
		const empty = books.properties.filter(({ id, payerTypeId }) => payerTypeId === payerType && required.has(id) && !filled.has(id));
		return empty.map(({ name: property }) => checkFinding('bitrix', 'warning', 'CHECK_REQUIRED_ORDER_PROPERTY', { property, payerType: name ?? payerType }));
	});
}

/**
 * User fields of a kind of records that have to be filled, and that no additional field of MoySklad fills. What Bitrix itself says
 * of its own fields is no sign: it fills most of those that it calls required.
 */
export function requiredRecordFields(record: CrmRecordKind, fields: CrmFields, attributes: readonly NamedField[]): CheckFinding[] {
	const filled = new Set(pairUserFields(attributes, fields).map(([, { name }]) => name));
	const empty = [...fields.values()].filter(({ name, required, readOnly }) => required && !readOnly && name.startsWith(USER_FIELD_PREFIX) && !filled.has(name));
	return empty.map(({ label, name }) => checkFinding('bitrix', 'warning', 'CHECK_REQUIRED_RECORD_FIELD', { record, field: label === name ? name : `${label} (${name})` }));
}
