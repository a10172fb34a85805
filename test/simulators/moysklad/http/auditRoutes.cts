import { AUDIT_ACTIONS, type AuditContext, type AuditEvent } from '../audit.cts';
import { refusal } from '../errors.cts';
import { oneRow } from '../engine/lists.cts';
import * as kinds from '../engine/kinds.cts';
import { readHref } from '../engine/references.cts';
import type { FilterRule, Json, Resource, Row } from '../engine/schema.cts';
import { showMeta } from '../engine/showing.cts';
import { isUuid } from '../hrefs.cts';
import { formatSecond } from '../moments.cts';
import { compileFilter } from '../query/filterEvaluation.cts';
import { parseFilter } from '../query/filterGrammar.cts';
import { AUDIT_PAGES, pageMeta, parsePage } from '../query/paging.cts';
import type { Session } from '../session.cts';
import { byMethod, ok, type ApiAnswer, type ApiRequest } from './api.cts';

/** `/audit…` and `/entity/<type>/<id>/audit`. */

const BETWEEN: FilterRule['operators'] = new Set(['>=', '<=']);
const ONLY: FilterRule['operators'] = new Set(['=']);
const SOURCES = ['jsonapi', 'app', 'import', 'retail', 'loginlogout', 'combine', 'bulkcreate', 'copy'];

const contextOf = (row: Row): AuditContext => row as unknown as AuditContext;

const RULES: Record<string, FilterRule> = {
	moment: { operators: BETWEEN, literal: kinds.readMoment, values: (row) => [contextOf(row).moment] },
	employee: {
		operators: ONLY,
		literal: (text, name, session) => readHref(text, name, ['employee'], session).id,
		values: (row) => [contextOf(row).author],
	},
	eventType: {
		operators: ONLY,
		literal: kinds.readChoice(AUDIT_ACTIONS),
		values: (row) => contextOf(row).events.map(({ action }) => action),
	},
	source: { operators: ONLY, literal: kinds.readChoice(SOURCES), values: (row) => [contextOf(row).source] },
	uid: { operators: ONLY, literal: (text) => text, values: (row) => [contextOf(row).uid] },
	entityType: {
		operators: ONLY,
		literal: (text) => text,
		values: (row) => contextOf(row).events.map(({ entityType }) => entityType),
	},
};

export function auditRoute([id, word]: readonly string[], request: ApiRequest): ApiAnswer | Promise<ApiAnswer> {
	const { session } = request;
	if (!session.user.admin) throw refusal(38000);
	if (id === undefined) return byMethod(request, { GET: () => ok(contexts(request)) });
	if (!isUuid(id)) throw refusal(1052, id);
	const context = session.account.audit.context(id.toLowerCase());
	if (!context) throw refusal(1021, 'audit', id);
	if (word === undefined) return byMethod(request, { GET: () => ok(showContext(context, session)) });
	if (word !== 'events') throw refusal(1002, request.path.join('/'));
	return byMethod(request, {
		GET: () => ok(events(context.events, `${session.account.base}/audit/${id}/events`, request)),
	});
}

/** The events of one entity; also of one that was removed. */
export function entityAuditRoute(resource: Resource, id: string, request: ApiRequest): ApiAnswer | Promise<ApiAnswer> {
	const { session } = request;
	session.require('view', resource.type);
	const known = session.account.audit.eventsOf(id.toLowerCase());
	if (known.length === 0) oneRow(resource, id, session);
	return byMethod(request, {
		GET: () => ok(events(known, `${session.account.base}/entity/${resource.type}/${id}/audit`, request)),
	});
}

function contexts({ query, session }: ApiRequest): Json {
	const page = parsePage(query, AUDIT_PAGES);
	const rule = (field: string): FilterRule => {
		const known = RULES[field];
		if (!known) throw refusal(1034, field);
		return known;
	};
	const tests = compileFilter(parseFilter(query.filter()), rule, session);
	const all = session.account.audit
		.newestFirst()
		.filter((context) => tests.every((test) => test(context as unknown as Row)));
	return {
		context: session.account.context(session.user),
		meta: pageMeta(`${session.account.base}/audit`, 'audit', all.length, page, query),
		rows: all.slice(page.offset, page.offset + page.limit).map((context) => showContext(context, session)),
	};
}

const contextMeta = (context: AuditContext, session: Session): Json => ({
	href: `${session.account.base}/audit/${context.id}`,
	type: 'audit',
	mediaType: 'application/json',
});

/** `eventType` and `entityType` are there only when all events agree. */
function showContext(context: AuditContext, session: Session): Json {
	const actions = new Set(context.events.map(({ action }) => action));
	const types = new Set(context.events.map(({ entityType }) => entityType));
	return {
		meta: contextMeta(context, session),
		id: context.id,
		uid: context.uid,
		source: context.source,
		moment: formatSecond(context.moment),
		objectCount: context.events.length,
		...(actions.size === 1 && { eventType: [...actions][0] }),
		...(types.size === 1 && { entityType: [...types][0] }),
		events: {
			meta: {
				href: `${session.account.base}/audit/${context.id}/events`,
				type: 'auditevent',
				mediaType: 'application/json',
				size: context.events.length,
				limit: 25,
				offset: 0,
			},
		},
	};
}

function events(all: readonly AuditEvent[], url: string, { query, session }: ApiRequest): Json {
	const page = parsePage(query, AUDIT_PAGES);
	return {
		context: session.account.context(session.user),
		meta: pageMeta(url, 'auditevent', all.length, page, query),
		rows: all.slice(page.offset, page.offset + page.limit).map((event) => showEvent(event, session)),
	};
}

function showEvent(event: AuditEvent, session: Session): Json {
	const { context, action, entityType, entityId, name } = event;
	const diff = event.before ? differences(event, session) : undefined;
	return {
		source: context.source,
		eventType: action,
		entityType,
		uid: context.uid,
		moment: formatSecond(context.moment),
		name,
		...(diff && { diff }),
		audit: { meta: contextMeta(context, session) },
		entity: { meta: showMeta({ type: entityType, id: entityId }, session) },
	};
}

function differences({ before, after, fields, entityType }: AuditEvent, session: Session): Json {
	const resource = session.account.resource(entityType);
	const show = (row: Row | undefined, field: string): unknown => {
		const stored = row?.[field];
		const kind = resource?.fields[field]?.kind;
		if (!row || stored === undefined || stored === null) return null;
		return kind ? kind.show(stored, { session, row, field, expand: undefined }) : `${(stored as unknown[]).length}`;
	};
	return Object.fromEntries(
		fields.map((field) => [field, { oldValue: show(before, field), newValue: show(after, field) }]),
	);
}
