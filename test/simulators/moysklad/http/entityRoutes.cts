import { ApiError, refusal } from '../errors.cts';
import { expandFor, list, oneRow } from '../engine/lists.cts';
import { readMetas } from '../engine/references.cts';
import { remove, trash } from '../engine/removing.cts';
import { isObject, type Json, type Ref, type Resource, type Row } from '../engine/schema.cts';
import { showRow } from '../engine/showing.cts';
import { create, namedId, update } from '../engine/writing.cts';
import { hrefPath, isUuid, pageId } from '../hrefs.cts';
import type { Session } from '../session.cts';
import { byMethod, done, eachByItself, oneObject, ok, type ApiAnswer, type ApiRequest } from './api.cts';

/** `/entity/<type>` and what lies directly below. */

export const collectionRoute = (resource: Resource, request: ApiRequest): ApiAnswer | Promise<ApiAnswer> =>
	byMethod(request, {
		GET: ({ query, session }) => ok(list(resource, query, session)),
		POST: (one) => upsert(resource, one),
	});

export const entityRoute = (resource: Resource, id: string, request: ApiRequest): ApiAnswer | Promise<ApiAnswer> =>
	byMethod(request, {
		GET: (one) => movedToApiId(resource, id, one) ?? ok(shown(resource, oneRow(resource, id, one.session), one)),
		PUT: (one) =>
			ok(shown(resource, update(resource, oneRow(resource, id, one.session), oneObject(one.body), one.session), one)),
		POST: () => {
			throw refusal(1006);
		},
		DELETE: ({ session }) => {
			remove(resource, oneRow(resource, id, session), session);
			return done;
		},
	});

/** By the key that the caller chose when it made the row. */
export const syncIdRoute = (
	resource: Resource,
	syncId: string,
	request: ApiRequest,
): ApiAnswer | Promise<ApiAnswer> => {
	if (!resource.fields.syncId) throw refusal(1002, request.path.join('/'));
	if (!isUuid(syncId)) throw refusal(1052, syncId);
	const row = request.session.account.table(resource.type).bySyncId(syncId.toLowerCase());
	if (!row) throw refusal(1021, resource.type, syncId);
	return entityRoute(resource, row.id, request);
};

export const trashRoute = (resource: Resource, id: string, request: ApiRequest): ApiAnswer | Promise<ApiAnswer> =>
	byMethod(request, {
		POST: ({ session }) => {
			trash(resource, oneRow(resource, id, session), session);
			return done;
		},
	});

/** `POST …/delete` with `[{meta}]`: each by itself. `types` are those that may be named. */
export function deleteMany(resource: Resource, types: readonly string[], { body, session }: ApiRequest): ApiAnswer {
	const refs = readMetas(body, { field: 'meta', session, resource }, types);
	return eachByItself(refs, (ref) => removeNamed(ref, session));
}

function removeNamed(ref: Ref | ApiError, session: Session): Json {
	if (ref instanceof ApiError) throw ref;
	const resource = session.account.resource(ref.type) as Resource;
	remove(resource, oneRow(resource, ref.id, session), session);
	return { info: `${ref.type} ${ref.id}: удаление выполнено` };
}

/** One object makes or changes one row; an array does it for each element by itself. */
function upsert(resource: Resource, request: ApiRequest): ApiAnswer {
	const { body, session } = request;
	const save = (input: unknown): Json => shown(resource, saveOne(resource, input, session), request);
	return Array.isArray(body) ? eachByItself(body as unknown[], save) : ok(save(oneObject(body)));
}

/** An object that names a known row changes it; a name that leads nowhere makes a new one. */
function saveOne(resource: Resource, input: unknown, session: Session): Row {
	const id = isObject(input) ? namedId(input) : undefined;
	if (isObject(input) && isObject(input.meta) && typeof input.meta.href === 'string')
		hrefPath(input.meta.href, session.account.base);
	const row = id === undefined ? undefined : session.account.table(resource.type).get(id);
	return row ? update(resource, row, input, session) : create(resource, input, session);
}

const shown = (resource: Resource, row: Row, { query, session }: ApiRequest): Json =>
	showRow(row, resource, session, expandFor(query, undefined, [resource], session));

/** A GET with the id that the UI shows is sent on to the API's id (308). */
export function movedToApiId(
	resource: Resource,
	id: string,
	{ path, query, session }: ApiRequest,
): ApiAnswer | undefined {
	if (resource.type !== 'product' || !isUuid(id)) return undefined;
	const table = session.account.table(resource.type);
	const real = pageId(id.toLowerCase());
	if (table.get(id.toLowerCase()) || !table.get(real)) return undefined;
	const rest = query.with({});
	const location = `${session.account.base}/${path.map((part) => (part === id ? real : part)).join('/')}${rest === '' ? '' : `?${rest}`}`;
	return { status: 308, headers: { location } };
}
