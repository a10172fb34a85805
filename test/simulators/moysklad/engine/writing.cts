import { randomUUID } from 'node:crypto';
import { ApiError, fieldRefusal, joined, refusal } from '../errors.cts';
import type { Session } from '../session.cts';
import { requireAttributes } from './attributes.cts';
import { oneObject } from './oneObject.cts';
import {
	isObject,
	rowsOf,
	type Collection,
	type Draft,
	type Json,
	type Place,
	type Resource,
	type Row,
} from './schema.cts';

/** How bodies become rows. */

const IGNORED = new Set(['meta', 'id', 'accountId']);
const MOST_ROWS = 1000;

/** Makes a row; `fixed` are columns that a body cannot set. A known `syncId` gives the row that has it, unchanged. Throws ApiError. */
export function create(resource: Resource, input: unknown, session: Session, fixed: Json = {}): Row {
	session.require('create', resource.type);
	if (resource.without?.includes('create')) throw refusal(1039, 'POST');
	const body = oneObject(input);
	const known =
		typeof body.syncId === 'string' && resource.fields.syncId
			? session.account.table(resource.type).bySyncId(body.syncId.toLowerCase())
			: undefined;
	if (known) return known;
	const { now } = session;
	const draft: Draft = {
		...initialValues(resource, session),
		...fixed,
		id: randomUUID(),
		type: resource.type,
		created: now,
		updated: now,
		updatedBy: session.user.login,
	};
	return keep(resource, draft, undefined, body, session);
}

/** Changes the fields that the body has. Throws ApiError. */
export function update(resource: Resource, row: Row, input: unknown, session: Session): Row {
	session.require('update', resource.type);
	if (resource.without?.includes('update')) throw refusal(1039, 'PUT');
	if (resource.predefined?.(row)) throw refusal(1024);
	const body = oneObject(input);
	if (body.syncId !== undefined && resource.fields.syncId && body.syncId !== row.syncId)
		throw fieldRefusal(1047, 'syncId');
	return keep(resource, { ...row }, row, body, session);
}

/** Replaces one collection of a row: what the URLs of nested rows do. */
export function replaceRows(
	resource: Resource,
	row: Row,
	collection: string,
	rows: readonly Row[],
	session: Session,
): Row {
	session.require('update', resource.type);
	const draft: Draft = { ...row, [collection]: rows };
	return settle(resource, draft, row, session, new Set([collection]));
}

/** Reads rows of a collection; those that name a known one by `id` or `meta` change it. */
export function readRows(
	resource: Resource,
	collection: Collection,
	values: readonly unknown[],
	parent: Row | Draft,
	name: string,
	session: Session,
): Row[] {
	const known = new Map(rowsOf(parent, name).map((row) => [row.id, row]));
	return values.map((value) => {
		const body = oneObject(value);
		const before = known.get(namedId(body) ?? '');
		return readNested(collection.resource, body, before, session, resource);
	});
}

/** One nested row, made or changed. */
export function readNested(
	resource: Resource,
	body: Json,
	before: Row | undefined,
	session: Session,
	parent: Resource,
): Row {
	const draft: Draft = before
		? { ...before }
		: { ...initialValues(resource, session), id: randomUUID(), type: resource.type };
	const given = readFields(resource, draft, body, session);
	requireFields(resource, draft, before, given);
	resource.prepare?.(draft, before, session, new Set([...given, `in ${parent.type}`]));
	return draft;
}

function keep(resource: Resource, draft: Draft, before: Row | undefined, body: Json, session: Session): Row {
	const given = readFields(resource, draft, body, session, before);
	requireFields(resource, draft, before, given);
	if (resource.attributesOf !== undefined) requireAttributes(draft, session);
	return settle(resource, draft, before, session, given);
}

function settle(
	resource: Resource,
	draft: Draft,
	before: Row | undefined,
	session: Session,
	given: ReadonlySet<string>,
): Row {
	resource.prepare?.(draft, before, session, given);
	if (before)
		Object.assign(draft, {
			updated: Math.max(session.now, (before.updated as number) + 1),
			updatedBy: session.user.login,
		});
	const fields = [...given].filter((name) => !same(draft[name], before?.[name]));
	session.account.table(resource.type).put(draft);
	session.record({
		action: archiving(draft, before) ?? (before ? 'update' : 'create'),
		row: draft,
		...(before && { before }),
		fields,
	});
	resource.settled?.(draft, before, session);
	return draft;
}

function archiving(draft: Draft, before: Row | undefined): 'puttoarchive' | 'restorefromarchive' | undefined {
	if (!before || draft.archived === before.archived) return undefined;
	return draft.archived === true ? 'puttoarchive' : 'restorefromarchive';
}

const same = (one: unknown, other: unknown): boolean => one === other || JSON.stringify(one) === JSON.stringify(other);

/** What a new row has before anything is said about it. */
export function initialValues(resource: Resource, session: Session): Json {
	const values: Json = {};
	for (const [name, field] of Object.entries(resource.fields)) {
		const value = field.initial?.(session);
		if (value !== undefined) values[name] = value;
	}
	for (const name of Object.keys(resource.collections ?? {})) values[name] = [];
	return values;
}

/** Reads all fields and collects what is wrong with them. Returns the names of those that were given. */
function readFields(resource: Resource, draft: Draft, body: Json, session: Session, before?: Row): Set<string> {
	const given = new Set<string>();
	const errors: ApiError[] = [];
	for (const [word, value] of Object.entries(body)) {
		const name = resource.aliases?.[word] ?? word;
		if (IGNORED.has(name)) continue;
		try {
			if (readField(resource, draft, name, value, session, before)) given.add(name);
		} catch (error) {
			if (!(error instanceof ApiError)) throw error;
			errors.push(error);
		}
	}
	if (errors.length > 0) throw joined(errors);
	return given;
}

function readField(
	resource: Resource,
	draft: Draft,
	name: string,
	value: unknown,
	session: Session,
	before?: Row,
): boolean {
	const collection = resource.collections?.[name];
	if (collection) return readCollection(resource, collection, draft, name, value, session);
	const field = resource.fields[name];
	if (!field) throw fieldRefusal(1007, name, name);
	if (field.readOnly) return false;
	const place: Place = { session, resource, field: name, before: before?.[name] ?? draft[name] };
	if (value === null) {
		if (field.kind.ignoresNull) return false;
		draft[name] = field.initial && typeof field.initial(session) === 'boolean' ? field.initial(session) : undefined;
		return true;
	}
	draft[name] = field.kind.parse(value, place);
	return true;
}

/** An object with `meta` only is what a GET showed: nothing to do. With `rows` it is a filled template. */
function readCollection(
	resource: Resource,
	collection: Collection,
	draft: Draft,
	name: string,
	value: unknown,
	session: Session,
): boolean {
	const values = isObject(value) ? value.rows : value;
	if (values === undefined || values === null) return false;
	if (!Array.isArray(values)) throw fieldRefusal(2016, name, name, 'Array');
	if (values.length > MOST_ROWS) throw fieldRefusal(2022, name, name);
	const rows = readRows(resource, collection, values, draft, name, session);
	const ids = new Set(rows.map(({ id }) => id));
	const kept = collection.onUpdate === 'merge' ? rowsOf(draft, name).filter(({ id }) => !ids.has(id)) : [];
	draft[name] = [...kept, ...rows];
	if (collection.max !== undefined && kept.length + rows.length > collection.max)
		throw fieldRefusal(3036, name, name, String(collection.max));
	return true;
}

function requireFields(resource: Resource, draft: Draft, before: Row | undefined, given: ReadonlySet<string>): void {
	const missing: ApiError[] = [];
	for (const [name, { required }] of Object.entries({ ...resource.fields, ...resource.collections })) {
		if (!required || (before && !given.has(name))) continue;
		const value = draft[name];
		if (value === undefined || (Array.isArray(value) && value.length === 0))
			missing.push(fieldRefusal(3000, name, name));
	}
	if (missing.length > 0) throw joined(missing);
}

/** The id in `meta.href`, or `id`. */
export function namedId(body: Json): string | undefined {
	if (isObject(body.meta) && typeof body.meta.href === 'string')
		return body.meta.href.split('?')[0]?.split('/').at(-1)?.toLowerCase();
	return typeof body.id === 'string' ? body.id.toLowerCase() : undefined;
}
