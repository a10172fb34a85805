import { refusal } from '../errors.cts';
import { expandFor, oneRow, predicates } from '../engine/lists.cts';
import { asRef, isObject, rowsOf, type Collection, type Json, type Resource, type Row } from '../engine/schema.cts';
import { showNested } from '../engine/showing.cts';
import { namedId, readNested, readRows, replaceRows } from '../engine/writing.cts';
import { hrefPath, isUuid } from '../hrefs.cts';
import { pageMeta, parsePage } from '../query/paging.cts';
import { parseFilter } from '../query/filterGrammar.cts';
import { byMethod, done, eachByItself, manyObjects, oneObject, ok, type ApiAnswer, type ApiRequest } from './api.cts';

/** Rows inside an entity, by URLs of their own: positions, components, accounts, contact persons, notes. */

interface Nest {
	parent: Resource;
	name: string;
	collection: Collection;
	request: ApiRequest;
}

export function nestedRoute(
	parent: Resource,
	id: string,
	name: string,
	rest: readonly string[],
	request: ApiRequest,
): ApiAnswer | Promise<ApiAnswer> {
	const collection = parent.collections?.[name];
	if (!collection) throw refusal(1002, request.path.join('/'));
	const owner = oneRow(parent, id, request.session);
	const nest: Nest = { parent, name, collection, request };
	const [key] = rest;
	if (key === undefined)
		return byMethod(request, { GET: () => ok(listed(nest, owner)), POST: () => added(nest, owner) });
	if (key === 'delete') return byMethod(request, { POST: () => removedMany(nest, owner) });
	return byMethod(request, {
		GET: () => ok(shown(nest, owner, member(nest, owner, key))),
		PUT: () => ok(changed(nest, owner, member(nest, owner, key))),
		DELETE: () => {
			withdraw(nest, owner, member(nest, owner, key));
			return done;
		},
	});
}

function listed({ name, collection, request }: Nest, owner: Row): Json {
	const { query, session } = request;
	const { resource } = collection;
	const page = parsePage(query);
	const tests = predicates(resource, parseFilter(query.filter()), session);
	const rows = rowsOf(owner, name).filter((row) => tests.every((test) => test(row)));
	const expand = expandFor(query, page, [resource], session);
	return {
		context: session.account.context(session.user),
		meta: pageMeta(`${session.account.hrefOf(owner)}/${name}`, resource.type, rows.length, page, query),
		rows: rows
			.slice(page.offset, page.offset + page.limit)
			.map((row) => showNested(row, owner, name, resource, session, expand)),
	};
}

/** Appends; what names a known row changes it. The answer is always an array. */
function added({ parent, name, collection, request }: Nest, owner: Row): ApiAnswer {
	const { session } = request;
	const rows = readRows(parent, collection, manyObjects(request.body), owner, name, session);
	const ids = new Set(rows.map(({ id }) => id));
	const all = [
		...rowsOf(owner, name).map((row) => rows.find(({ id }) => id === row.id) ?? row),
		...rows.filter(({ id }) => !rowsOf(owner, name).some((row) => row.id === id)),
	];
	if (collection.max !== undefined && all.length > collection.max) throw refusal(3036, name, String(collection.max));
	const after = replaceRows(parent, owner, name, all, session);
	return ok(
		rowsOf(after, name)
			.filter(({ id }) => ids.has(id))
			.map((row) => shown({ parent, name, collection, request }, after, row)),
	);
}

function changed(nest: Nest, owner: Row, row: Row): Json {
	const { parent, name, collection, request } = nest;
	const next = readNested(collection.resource, oneObject(request.body), row, request.session, parent);
	const after = replaceRows(
		parent,
		owner,
		name,
		rowsOf(owner, name).map((one) => (one.id === row.id ? next : one)),
		request.session,
	);
	return shown(nest, after, next);
}

function removedMany(nest: Nest, owner: Row): ApiAnswer {
	const { body, session } = nest.request;
	if (!Array.isArray(body)) throw refusal(2005);
	return eachByItself(body as unknown[], (one) => {
		const id = isObject(one) ? namedId(one) : undefined;
		if (id === undefined) throw refusal(2014, 'meta');
		if (isObject(one) && isObject(one.meta) && typeof one.meta.href === 'string')
			hrefPath(one.meta.href, session.account.base);
		const current = oneRow(nest.parent, owner.id, session);
		withdraw(nest, current, member(nest, current, id));
		return { info: `${nest.collection.resource.type} ${id}: удаление выполнено` };
	});
}

function withdraw({ parent, name, collection, request }: Nest, owner: Row, row: Row): void {
	const { session } = request;
	if (owner.type === 'demand') refuseReturned(owner, row, request);
	const left = rowsOf(owner, name).filter(({ id }) => id !== row.id);
	if (collection.required && left.length === 0) throw refusal(3000, name);
	replaceRows(parent, owner, name, left, session);
}

/** 1023: a shipped position that came back stays. */
function refuseReturned(demand: Row, position: Row, { session }: ApiRequest): void {
	const { account } = session;
	const good = asRef(position.assortment)?.id;
	const returned = account.links.to(demand.id, 'salesreturn').find((ref) => {
		const row = account.find(ref);
		return row && rowsOf(row, 'positions').some(({ assortment }) => asRef(assortment)?.id === good);
	});
	if (returned) throw refusal(1023, position.type, position.id);
}

function member({ collection, name }: Nest, owner: Row, id: string): Row {
	if (!isUuid(id)) throw refusal(1052, id);
	const row = rowsOf(owner, name).find((one) => one.id === id.toLowerCase());
	if (!row) throw refusal(1021, collection.resource.type, id);
	return row;
}

const shown = ({ name, collection, request }: Nest, owner: Row, row: Row): Json =>
	showNested(
		row,
		owner,
		name,
		collection.resource,
		request.session,
		expandFor(request.query, undefined, [collection.resource], request.session),
	);
