import { pageId } from '../hrefs.cts';
import type { Session } from '../session.cts';
import {
	rowsOf,
	valueOf,
	type Collection,
	type ExpandTree,
	type Field,
	type Json,
	type Ref,
	type Resource,
	type Row,
} from './schema.cts';

/** How rows become JSON. */

const EXPANDED_ROWS = 100;
const COLLECTION_ROWS = 1000;

/** `{href, metadataHref, type, mediaType, uuidHref}` of an entity. */
export function showMeta(ref: Ref, { account }: Session): Json {
	const resource = account.resource(ref.type);
	const { base } = account;
	return {
		href: account.hrefOf(ref),
		metadataHref: `${base}/entity/${resource?.metadataOf ?? ref.type}/metadata`,
		type: ref.type,
		mediaType: 'application/json',
		...(resource?.page !== undefined && { uuidHref: pageHref(resource, ref.id) }),
	};
}

const pageHref = (resource: Resource, id: string): string =>
	`https://online.moysklad.ru/app/#${resource.page}/edit?id=${resource.foreignPageId ? pageId(id) : id}`;

/** A reference as `{meta}`, or opened when it is to be expanded and may be seen. */
export function showRef(ref: Ref, session: Session, expand: ExpandTree | undefined): Json {
	if (!expand) return { meta: showMeta(ref, session) };
	if (!session.may('view', ref.type)) return { meta: { ...showMeta(ref, session), permitted: false } };
	const row = session.account.find(ref);
	const resource = session.account.resource(ref.type);
	return row && resource ? showRow(row, resource, session, expand) : { meta: showMeta(ref, session) };
}

/** An entity in full. `expand` says which references and collections are opened. */
export function showRow(row: Row, resource: Resource, session: Session, expand?: ExpandTree): Json {
	const json: Json = { meta: showMeta(row, session), id: row.id, accountId: session.account.id };
	showFields(json, row, resource, session, expand);
	for (const [name, collection] of Object.entries(resource.collections ?? {})) {
		json[name] = showCollection(row, resource, name, collection, session, expand?.[name]);
	}
	resource.decorate?.(json, row, { session, row, expand });
	return json;
}

/** A row of a collection, e.g. a position. */
export function showNested(
	row: Row,
	parent: Row,
	path: string,
	resource: Resource,
	session: Session,
	expand?: ExpandTree,
): Json {
	const meta = {
		href: `${session.account.hrefOf(parent)}/${path}/${row.id}`,
		type: resource.type,
		mediaType: 'application/json',
	};
	const json: Json = { meta, id: row.id, accountId: session.account.id };
	showFields(json, row, resource, session, expand, parent);
	resource.decorate?.(json, row, { session, row, expand });
	return json;
}

function showFields(
	json: Json,
	row: Row,
	resource: Resource,
	session: Session,
	expand?: ExpandTree,
	parent?: Row,
): void {
	for (const [name, field] of fieldsOf(resource)) {
		if (field.onDemand && session.fields !== name) continue;
		const value = valueOf(row, name, field, session, parent);
		if (value === undefined) continue;
		const shown = field.kind.show(value, { session, row, field: name, expand: expand?.[name] });
		if (shown !== undefined) json[name] = shown;
	}
}

function showCollection(
	row: Row,
	resource: Resource,
	name: string,
	collection: Collection,
	session: Session,
	expand?: ExpandTree,
): Json {
	const rows = rowsOf(row, name);
	const limit = expand ? EXPANDED_ROWS : COLLECTION_ROWS;
	const meta = {
		href: `${session.account.hrefOf({ type: resource.type, id: row.id })}/${name}`,
		type: collection.resource.type,
		mediaType: 'application/json',
		size: rows.length,
		limit,
		offset: 0,
	};
	if (!expand) return { meta };
	return {
		meta,
		rows: rows.slice(0, limit).map((one) => showNested(one, row, name, collection.resource, session, expand)),
	};
}

const entries = new WeakMap<Resource, Array<[string, Field]>>();

function fieldsOf(resource: Resource): Array<[string, Field]> {
	let known = entries.get(resource);
	if (!known) entries.set(resource, (known = Object.entries(resource.fields)));
	return known;
}
