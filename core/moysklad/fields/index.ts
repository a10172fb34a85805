import { SyncError } from '../../errors';
import * as documents from './documents';
import type { Field } from './field';
import * as goods from './goods';
import * as partners from './partners';

export type { Field as EntityField, FieldKind as EntityFieldKind } from './field';

const FIELDS: Record<string, Field[]> = { ...goods, ...documents, ...partners };

/** The fields of an entity, by MoySklad's keyword of it; none for one that is not described here. */
export const entityFields = (entity: string): readonly Field[] => (Object.hasOwn(FIELDS, entity) ? (FIELDS[entity] ?? []) : []);

/** A field of an entity by MoySklad's keywords. Throws MOYSKLAD_FIELD_UNKNOWN. */
export function entityField(entity: string, name: string): Field {
	const field = entityFields(entity).find((one) => one.name === name);
	if (!field) throw new SyncError('MOYSKLAD_FIELD_UNKNOWN', { field: name, entity });
	return field;
}

/** Dictionaries that hide archived entries as well. */
const ARCHIVABLE = new Set(['contract', 'currency', 'employee', 'organization', 'project', 'saleschannel', 'store']);

/** Whether archived objects are hidden from the entity's lists. */
export const isArchivable = (entity: string): boolean => ARCHIVABLE.has(entity) || entityFields(entity).some(({ name }) => name === 'archived');

/** Whether the entity is a document, with a number, a date and a recycle bin. */
export const isDocument = (entity: string): boolean => Object.hasOwn(documents, entity);

/** Whether a repeated creation is harmless when it carries a `syncId`. */
export const hasSyncId = (entity: string): boolean => entityFields(entity).some(({ name }) => name === 'syncId');
