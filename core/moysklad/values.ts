import { SyncError } from '../errors';
import { entityField, type EntityField } from './fields';
import { anyToMoscow } from './moment';
import { entityReference, idOf, isUuid, referenceTo, type Reference } from './reference';

/** What is wrong with a value, in the words of the catalogue. Long values are cut: they are shown and logged. */
export function invalidValue(field: string, expected: string, value: unknown): SyncError {
	const text = typeof value === 'string' ? value : printed(value);
	return new SyncError('MOYSKLAD_VALUE_INVALID', { field, expected, value: text.length > 60 ? `${text.slice(0, 60)}…` : text });
}

/** What refers to itself, or is nested without end, has no text. */
function printed(value: unknown): string {
	try {
		return JSON.stringify(value) ?? String(value);
	} catch {
		return 'an object that cannot be shown';
	}
}

/** Where the object is that a reference field of an entity leads to. Statuses and price types do not lie among the entities. */
export function targetReference(target: string, id: string, entity: string): Reference {
	if (target === 'state') return referenceTo('state', `entity/${entity}/metadata/states/${id}`);
	if (target === 'pricetype') return referenceTo('pricetype', `context/companysettings/pricetype/${id}`);
	return entityReference(target, id);
}

/**
 * What a user hands in for a reference: an id, an href, `{meta}`, `{id}`, or a value of a resource locator.
 * An href's own kind wins, so that an organization can stand where a counterparty is usual. Undefined when it is none of these.
 */
export function toReference(value: unknown, target: string, entity: string): Reference | undefined {
	if (typeof value === 'string') return fromText(value.trim(), target, entity);
	if (typeof value !== 'object' || value === null) return undefined;
	const { meta, id, value: chosen } = value as { meta?: { href?: unknown; type?: unknown }; id?: unknown; value?: unknown };
	if (typeof meta?.href === 'string') return fromText(meta.href, typeof meta.type === 'string' ? meta.type : target, entity);
	const inner = id ?? chosen;
	return typeof inner === 'string' ? fromText(inner.trim(), target, entity) : undefined;
}

function fromText(text: string, target: string, entity: string): Reference | undefined {
	const id = idOf(text);
	if (id === undefined) return undefined;
	if (isUuid(text)) return targetReference(target, id, entity);
	const named = /\/entity\/([a-z]+)\/(?:[0-9a-f-]{36}\/)?[0-9a-f-]{36}(?:[?#]|$)/i.exec(text)?.[1];
	if (named === 'customentity') return referenceTo('customentity', text.slice(text.indexOf('entity/')).split(/[?#]/, 1)[0] ?? text);
	return targetReference(named ?? target, id, entity);
}

/** A user's value of a field as MoySklad takes it. `null` clears. Throws MOYSKLAD_VALUE_INVALID. */
export function toWire(entity: string, { name, kind, target = '', choices = [] }: EntityField, value: unknown): unknown {
	if (value === null) return null;
	switch (kind) {
		case 'text':
			if (typeof value === 'object') throw invalidValue(name, 'a text', value);
			return String(value);
		case 'id':
			if (typeof value === 'string' && isUuid(value.trim())) return value.trim().toLowerCase();
			throw invalidValue(name, 'an id (UUID)', value);
		case 'number':
			return toNumber(name, value);
		case 'money':
			return Math.round(toNumber(name, value));
		case 'price':
			return typeof value === 'object' ? value : { value: Math.round(toNumber(name, value)) };
		case 'boolean':
			return toBoolean(name, value);
		case 'moment':
			return toMoment(name, value);
		case 'choice':
			if (choices.includes(String(value))) return String(value);
			throw invalidValue(name, `one of ${choices.join(', ')}`, value);
		case 'reference': {
			const reference = toReference(value, target, entity);
			if (reference) return reference;
			throw invalidValue(name, 'an id, a link or an object with meta', value);
		}
		case 'json':
			return fromJson(name, value);
	}
}

/** Lists inside objects that are compared element by element. */
const LISTS = ['attributes', 'components', 'positions', 'salePrices'];

/** A body whose lists are lists of objects. Throws MOYSKLAD_VALUE_INVALID. */
export function withSoundLists<Body extends Record<string, unknown>>(body: Body): Body {
	for (const list of LISTS) {
		const value = body[list];
		const elements = Array.isArray(value) ? (value as unknown[]) : [value ?? {}];
		const isSound = elements.every((element) => typeof element === 'object' && element !== null && !Array.isArray(element));
		if (!isSound) throw invalidValue(list, 'a list of objects', value);
	}
	return body;
}

/** A finite number, also one written with a decimal comma. Throws MOYSKLAD_VALUE_INVALID. */
export function toNumber(field: string, value: unknown): number {
	const number = typeof value === 'string' && value.trim() !== '' ? Number(value.replace(',', '.')) : value;
	if (typeof number !== 'number' || !Number.isFinite(number)) throw invalidValue(field, 'a number', value);
	return number;
}

/** True or false, also as a word. Throws MOYSKLAD_VALUE_INVALID. */
export function toBoolean(field: string, value: unknown): boolean {
	if (typeof value === 'boolean') return value;
	if (value === 'true' || value === 'false') return value === 'true';
	throw invalidValue(field, 'true or false', value);
}

/** Strings, dates and what prints itself as ISO (Luxon's), as MoySklad's Moscow time. Throws MOYSKLAD_VALUE_INVALID. */
export function toMoment(field: string, value: unknown): string {
	try {
		const text = typeof value === 'string' ? value.trim() : (JSON.parse(JSON.stringify(value)) as unknown);
		return anyToMoscow(String(text));
	} catch {
		throw invalidValue(field, 'a moment', value);
	}
}

function fromJson(field: string, value: unknown): unknown {
	if (typeof value !== 'string') return value;
	try {
		return JSON.parse(value) as unknown;
	} catch {
		throw invalidValue(field, 'JSON', value);
	}
}

/** A user's value as a `filter` takes it: references become hrefs. Throws MOYSKLAD_VALUE_INVALID, MOYSKLAD_FIELD_UNKNOWN. */
export function toFilterValue(entity: string, name: string, value: unknown): string {
	const field = entityField(entity, name);
	if (value === '' || value === null || value === undefined) return '';
	if (field.kind === 'price' || field.kind === 'json') throw invalidValue(name, 'a field that can be filtered', value);
	const wire = toWire(entity, field, value);
	return typeof wire === 'object' ? (wire as Reference).meta.href : String(wire);
}
