import { SyncError } from '../errors';
import type { AttributeDefinition } from './attributes';
import { idOf, isUuid, referenceTo, type Meta, type Reference } from './reference';
import { invalidValue, toBoolean, toMoment, toNumber, toReference } from './values';

/** An additional field's value in a request body. */
export type AttributeBody = { meta: Meta; value: unknown } | { meta: Meta; file: AttributeFile | null };

/** A file as MoySklad takes it for an additional field; it never gives the content back. */
export interface AttributeFile {
	filename: string;
	/** Base64. */
	content: string;
}

/** Finds the id of a dictionary's entry by its name. Throws when there is none, or more than one. */
export type EntryByName = (definition: AttributeDefinition, name: string) => string;

const PLAIN = new Set(['string', 'text', 'link', 'long', 'double', 'boolean', 'time', 'file']);

/** Whether values are entries of a dictionary or other objects of MoySklad. */
export const isReferring = ({ type }: AttributeDefinition): boolean => !PLAIN.has(type);

/** Where the entries are listed that a referring field can have. */
export const entriesPath = ({ type, dictionaryId }: AttributeDefinition): string =>
	type === 'customentity' ? `entity/customentity/${dictionaryId ?? ''}` : `entity/${type}`;

/** The name by which a user gave an entry; undefined when he gave an id, an href or an object with meta. */
export function entryName(value: unknown): string | undefined {
	if (typeof value === 'string') return isUuid(value.trim()) || /^https?:\/\//i.test(value.trim()) ? undefined : value.trim();
	if (typeof value !== 'object' || value === null || 'meta' in value || 'id' in value) return undefined;
	const { name } = value as { name?: unknown };
	return typeof name === 'string' ? name : undefined;
}

/**
 * A user's value of an additional field as MoySklad takes it; `null` clears it. Throws MOYSKLAD_VALUE_INVALID, and what
 * `entryByName` throws. Source: github moysklad/api-remap-1.2-doc, `md/_general.md` (additional fields).
 */
export function attributeBody(definition: AttributeDefinition, value: unknown, entryByName: EntryByName): AttributeBody {
	const { meta, type, name } = definition;
	if (type === 'file') return { meta, file: value === null ? null : toFile(name, value) };
	if (value === null) return { meta, value };
	return { meta, value: isReferring(definition) ? toEntry(definition, value, entryByName) : toPlain(definition, value) };
}

function toPlain({ type, name }: AttributeDefinition, value: unknown): unknown {
	switch (type) {
		case 'long': {
			const number = toNumber(name, value);
			if (Number.isSafeInteger(number)) return number;
			throw invalidValue(name, 'a whole number', value);
		}
		case 'double':
			return toNumber(name, value);
		case 'boolean':
			return toBoolean(name, value);
		case 'time':
			return toMoment(name, value);
		default:
			if (typeof value === 'object') throw invalidValue(name, 'a text', value);
			return String(value);
	}
}

function toEntry(definition: AttributeDefinition, value: unknown, entryByName: EntryByName): Reference {
	const entry = entryName(value);
	if (entry !== undefined) return entryReference(definition, entryByName(definition, entry));
	const id = idOf(toReference(value, definition.type, ''));
	if (id !== undefined) return entryReference(definition, id);
	throw invalidValue(definition.name, 'an entry of its dictionary, by name, id or link', value);
}

const entryReference = (definition: AttributeDefinition, id: string): Reference => referenceTo(definition.type, `${entriesPath(definition)}/${id}`);

function toFile(name: string, value: unknown): AttributeFile {
	const { filename, content } = (typeof value === 'object' ? value : {}) as Partial<AttributeFile>;
	if (typeof filename === 'string' && typeof content === 'string') return { filename, content };
	throw invalidValue(name, 'a file: an object with filename and content (Base64), or the name of a binary field', value);
}

/** The entry with a name among rows that were read. Throws MOYSKLAD_VALUE_NOT_LISTED, MOYSKLAD_KEY_AMBIGUOUS. */
export function entryNamed(definition: AttributeDefinition, name: string, rows: ReadonlyArray<{ id?: unknown; name?: unknown }>): string {
	const found = rows.filter((row) => row.name === name);
	if (found.length === 1) return String(found[0]?.id);
	if (found.length === 0) throw new SyncError('MOYSKLAD_VALUE_NOT_LISTED', { what: `entry of “${definition.name}”`, name });
	throw new SyncError('MOYSKLAD_KEY_AMBIGUOUS', { count: found.length, field: definition.name, key: name });
}
