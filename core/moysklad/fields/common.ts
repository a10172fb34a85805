import { boolean, id, moment, READ_ONLY, reference, text, type Field } from './field';

/** Fields that many entities have. */

export const identity: Field[] = [id('id', 'ID', READ_ONLY), text('externalCode', 'External Code'), moment('updated', 'Updated', READ_ONLY)];

export const syncId: Field = id('syncId', 'Sync ID', { fixed: true });

export const ownership: Field[] = [
	reference('owner', 'Owner (Employee)', 'employee'),
	reference('group', 'Owner (Department)', 'group'),
	boolean('shared', 'Shared'),
];

export const archived: Field = boolean('archived', 'Archived');

export const described: Field[] = [text('code', 'Code'), text('description', 'Description')];

export const TAX_SYSTEMS = [
	'GENERAL_TAX_SYSTEM', 'PATENT_BASED', 'PRESUMPTIVE_TAX_SYSTEM', 'SIMPLIFIED_TAX_SYSTEM_INCOME',
	'SIMPLIFIED_TAX_SYSTEM_INCOME_OUTCOME', 'TAX_SYSTEM_SAME_AS_GROUP', 'UNIFIED_AGRICULTURAL_TAX',
] as const;
