import { boolean, id, moment, READ_ONLY, reference, text, type Field } from './field';

/** Fields that many entities have. */

export const identity: Field[] = [id('id', 'ID', READ_ONLY), text('externalCode', 'External Code'), moment('updated', 'Updated', READ_ONLY)];

/**
 * A UUID that the writer chooses: a second creation with it returns the first object. Source: github moysklad/api-remap-1.2-doc,
 * `md/_general.md`.
 */
export const syncId: Field = id('syncId', 'Sync ID', { fixed: true });

/** Who in the account sees an object. */
export const ownership: Field[] = [
	reference('owner', 'Owner (Employee)', 'employee'),
	reference('group', 'Owner (Department)', 'group'),
	boolean('shared', 'Shared'),
];

/** Archived objects are hidden in lists unless a filter asks for them. */
export const archived: Field = boolean('archived', 'Archived');

/** What people write about an object, beside its name. */
export const described: Field[] = [text('code', 'Code'), text('description', 'Description')];

/** Tax systems of documents. Source: github moysklad/api-remap-1.2-doc, `md/documents/_demand.md`. */
export const TAX_SYSTEMS = [
	'GENERAL_TAX_SYSTEM', 'PATENT_BASED', 'PRESUMPTIVE_TAX_SYSTEM', 'SIMPLIFIED_TAX_SYSTEM_INCOME',
	'SIMPLIFIED_TAX_SYSTEM_INCOME_OUTCOME', 'TAX_SYSTEM_SAME_AS_GROUP', 'UNIFIED_AGRICULTURAL_TAX',
] as const;
