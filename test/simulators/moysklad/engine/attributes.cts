import { fieldRefusal, refusal } from '../errors.cts';
import { hrefPath, isUuid } from '../hrefs.cts';
import { formatMoment } from '../moments.cts';
import type { Session } from '../session.cts';
import * as kinds from './kinds.cts';
import { readHref, readReference } from './references.cts';
import { asRef, isObject, type Draft, type FilterRule, type Json, type Kind, type Place, type Row } from './schema.cts';
import { showRef } from './showing.cts';
import { readFile, showFile } from '../images/files.cts';

/** Additional fields: their definitions, how values are read, shown and filtered. */

export interface AttributeDefinition {
	id: string;
	/** Whose metadata it lies in. */
	entity: string;
	name: string;
	type: string;
	required: boolean;
	show: boolean;
	description?: string;
	/** The dictionary of a `customentity`. */
	dictionary?: string;
}

/** By the definition's id. */
export type AttributeValues = Readonly<Record<string, unknown>>;

const PLAIN: Record<string, Kind> = {
	string: kinds.text(),
	text: kinds.text(4096),
	link: kinds.text(2048),
	long: kinds.number({ whole: true }),
	double: kinds.number(),
	boolean: kinds.boolean,
	time: kinds.minute,
};

const REFERENCE_TYPES = [
	'customentity',
	'counterparty',
	'employee',
	'product',
	'service',
	'bundle',
	'contract',
	'project',
	'store',
	'organization',
];
export const ATTRIBUTE_TYPES = [...Object.keys(PLAIN), 'file', ...REFERENCE_TYPES];

export const attributeHref = (definition: AttributeDefinition, base: string): string =>
	`${base}/entity/${definition.entity}/metadata/attributes/${definition.id}`;

/** The `attributes` field: merged by definition; null clears one value. */
export const attributes: Kind = {
	label: 'Array',
	parse(value, place) {
		if (!Array.isArray(value)) throw kinds.wrongType(place, 'Array');
		const values: Record<string, unknown> = { ...(place.before as AttributeValues | undefined) };
		for (const one of value as unknown[]) {
			const definition = namedDefinition(one, place);
			const parsed = readValue(definition, one as Json, place);
			if (parsed === undefined) delete values[definition.id];
			else values[definition.id] = parsed;
		}
		return values;
	},
	show(stored, { session, row, expand }) {
		const values = stored as AttributeValues;
		const shown: Json[] = [];
		for (const definition of definitionsFor(row.type, session)) {
			const value = values[definition.id];
			if (value === undefined) continue;
			shown.push({
				meta: {
					href: attributeHref(definition, session.account.base),
					type: 'attributemetadata',
					mediaType: 'application/json',
				},
				id: definition.id,
				name: definition.name,
				type: definition.type,
				...showValue(definition, value, session, expand !== undefined),
			});
		}
		return shown.length > 0 ? shown : undefined;
	},
};

/** 3000 for a required attribute without a value. */
export function requireAttributes(draft: Draft, session: Session): void {
	const values = (draft.attributes as AttributeValues | undefined) ?? {};
	for (const { id, name, required } of definitionsFor(draft.type, session)) {
		if (required && values[id] === undefined) throw fieldRefusal(3000, 'attributes', name);
	}
}

/** `filter=<href of an attribute>…`: how its values are compared. Throws 14000, 14003 and 1034 for files. */
export function attributeFilter(href: string, type: string, session: Session): FilterRule {
	const definition = definitionAt(href, type, session, 'filter');
	const kind = PLAIN[definition.type];
	const values = (row: Row): unknown => (row.attributes as AttributeValues | undefined)?.[definition.id];
	if (kind?.filter) {
		const { operators, literal, comparable } = kind.filter;
		return {
			operators: new Set([...operators, ...(operators === kinds.TEXTUAL ? (['!~'] as const) : [])]),
			literal,
			values: (row) => [values(row)].filter((value) => value !== undefined).flatMap(comparable),
		};
	}
	if (definition.type === 'file') throw refusal(1034, definition.name);
	return {
		operators: kinds.EQUALITY,
		literal: (literal, name) => readHref(literal, name, [definition.type], session).id,
		values: (row) => {
			const ref = asRef(values(row));
			return ref ? [ref.id] : [];
		},
	};
}

const definitionsFor = (type: string, session: Session): AttributeDefinition[] =>
	session.account.attributesOf(session.account.resource(type)?.attributesOf ?? '');

function namedDefinition(value: unknown, place: Place): AttributeDefinition {
	if (!isObject(value)) throw kinds.wrongType(place, 'Object');
	if (!isObject(value.meta)) throw fieldRefusal(2014, 'attributes', 'attributes');
	if (typeof value.meta.href !== 'string') throw fieldRefusal(2010, 'attributes', 'attributes');
	return definitionAt(value.meta.href, place.resource.attributesOf ?? '', place.session, 'attributes');
}

function definitionAt(href: string, entity: string, session: Session, field: string): AttributeDefinition {
	const path = hrefPath(href, session.account.base);
	const [root, owner, metadata, word, id = ''] = path ?? [];
	if (root !== 'entity' || metadata !== 'metadata' || word !== 'attributes' || !isUuid(id))
		throw fieldRefusal(2013, field, field);
	if (session.account.resource(owner ?? '')?.attributesOf !== entity) throw fieldRefusal(14000, field, id);
	const definition = session.account.attributesOf(entity).find((one) => one.id === id.toLowerCase());
	if (!definition) throw fieldRefusal(14003, field, id);
	return definition;
}

/** Undefined clears it. */
function readValue(definition: AttributeDefinition, given: Json, place: Place): unknown {
	const { name, type } = definition;
	if (type === 'file') {
		if (!('file' in given)) throw fieldRefusal(14009, 'attributes', name);
		return given.file === null ? undefined : readFile(given.file, place);
	}
	if (!('value' in given)) throw fieldRefusal(14009, 'attributes', name);
	if (given.value === null) return undefined;
	const inner: Place = { ...place, field: name };
	return PLAIN[type] ? PLAIN[type].parse(given.value, inner) : readElement(definition, given.value, inner);
}

function readElement(definition: AttributeDefinition, value: unknown, place: Place): unknown {
	if (!isObject(value) || (value.meta === undefined && typeof value.name !== 'string'))
		throw fieldRefusal(14004, 'attributes', definition.name);
	if (value.meta !== undefined) return readReference(value, place, [definition.type]);
	const named = place.session.account
		.table(definition.type)
		.all()
		.find(
			(row) =>
				row.name === value.name && (definition.dictionary === undefined || row.dictionary === definition.dictionary),
		);
	if (!named) throw fieldRefusal(14004, 'attributes', definition.name);
	return { type: definition.type, id: named.id };
}

function showValue(definition: AttributeDefinition, value: unknown, session: Session, expand: boolean): Json {
	if (definition.type === 'file') return showFile(value, session);
	if (PLAIN[definition.type]) return { value: definition.type === 'time' ? formatMoment(value as number) : value };
	const ref = asRef(value);
	if (!ref) return {};
	return { value: { ...showRef(ref, session, expand ? {} : undefined), name: session.account.find(ref)?.name } };
}
