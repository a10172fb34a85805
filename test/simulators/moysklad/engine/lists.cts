import { refusal } from '../errors.cts';
import { isUuid } from '../hrefs.cts';
import type { Session } from '../session.cts';
import { parseExpand } from '../query/expanding.cts';
import { compileFilter, type Predicate } from '../query/filterEvaluation.cts';
import { parseFilter, type Condition } from '../query/filterGrammar.cts';
import { parseOrder, sorted } from '../query/ordering.cts';
import { pageMeta, parsePage, type Page } from '../query/paging.cts';
import type { Parameters } from '../query/parameters.cts';
import { search } from '../query/searching.cts';
import { attributeFilter } from './attributes.cts';
import * as kinds from './kinds.cts';
import { reference } from './references.cts';
import {
	valueOf,
	type Comparable,
	type ExpandTree,
	type FilterRule,
	type Json,
	type Resource,
	type Row,
} from './schema.cts';
import { showRow } from './showing.cts';

/** Lists: filter, search, order, page, expand. */

const MOST_EXPANDED = 100;

/** A part of a table with an address of its own, e.g. one custom dictionary. */
export interface Section {
	url: string;
	contains: Predicate;
}

/** `GET /entity/<type>` as JSON. Throws ApiError for parameters that are wrong. */
export function list(resource: Resource, query: Parameters, session: Session, section?: Section): Json {
	session.require('view', resource.type);
	const page = parsePage(query);
	const { account } = session;
	const all = select(resource, query, session);
	const rows = section ? all.filter(section.contains) : all;
	const expand = expandFor(query, page, [resource], session);
	const shown = opens(page) ? session : session.withoutFields();
	return {
		context: account.context(session.user),
		meta: pageMeta(section?.url ?? `${account.base}/entity/${resource.type}`, resource.type, rows.length, page, query),
		rows: rows.slice(page.offset, page.offset + page.limit).map((row) => showRow(row, resource, shown, expand)),
	};
}

/** `expand` and `fields` work on lists of at most 100 rows. */
const opens = ({ asked, limit }: Page): boolean => asked && limit <= MOST_EXPANDED;

/** All rows that pass the filter and the search, in order. */
function select(resource: Resource, query: Parameters, session: Session): Row[] {
	const table = session.account.table(resource.type);
	const conditions = parseFilter(query.filter());
	const order = query.get('order') ?? '';
	const keys = parseOrder(order, (field) => resource.fields[field]?.sort === true || COMMON_SORTS.has(field));
	const inOrder = (): Row[] => sorted(table.all(), keys, () => resource, session);
	const depends = keys.some(({ field }) => resource.fields[field]?.reckon !== undefined);
	const all = keys.length === 0 ? table.all() : depends ? inOrder() : table.view(order, inOrder);
	const tests = predicates(resource, conditions, session);
	const passed = all.filter((row) => tests.every((test) => test(row)));
	const text = query.get('search');
	return text === undefined ? passed : search(passed, text, () => resource, session);
}

/** Every entity can be sorted by these. */
const COMMON_SORTS: ReadonlySet<string> = new Set(['id', 'updated', 'updatedBy', 'version']);

/** Undefined when nothing is to be expanded: not asked for, or a list with a limit above 100. */
export function expandFor(
	query: Parameters,
	page: Page | undefined,
	resources: readonly Resource[],
	session: Session,
): ExpandTree | undefined {
	const text = query.all('expand').join(',');
	if (text === '' || (page && !opens(page))) return undefined;
	return parseExpand(text, resources, (type) => session.account.resource(type));
}

/** The conditions of a filter and what holds without one: no archived rows, nothing from the recycle bin. */
export function predicates(resource: Resource, conditions: readonly Condition[], session: Session): Predicate[] {
	const named = new Set(conditions.map(({ field }) => field));
	const dropArchived = resource.idBeatsArchived && named.has('id') && named.has('archived');
	const used = dropArchived ? conditions.filter(({ field }) => field !== 'archived') : conditions;
	const tests = compileFilter(used, (field) => ruleFor(resource, field, session), session);
	if (resource.fields.archived && !named.has('archived')) tests.push((row) => !session.account.isArchived(row));
	if (resource.document && !named.has('isDeleted')) tests.push((row) => row.deleted === undefined);
	if (refersToHidden(resource, conditions, session)) tests.push(() => false);
	return tests;
}

/** Filtering by something that the caller may not see finds nothing. */
const refersToHidden = (resource: Resource, conditions: readonly Condition[], session: Session): boolean =>
	conditions.some(({ field }) =>
		(resource.fields[field]?.kind.targets ?? []).some((type) => !session.may('view', type)),
	);

/** How a field is filtered. Throws 1034 for one that cannot be. */
function ruleFor(resource: Resource, name: string, session: Session): FilterRule {
	const own =
		resource.filters?.[name] ?? COMMON_FILTERS[name] ?? (resource.document ? DOCUMENT_FILTERS[name] : undefined);
	if (own) return own;
	if (name.includes('/') && resource.attributesOf !== undefined)
		return attributeFilter(name, resource.attributesOf, session);
	const field = resource.fields[name];
	const filter = field?.noFilter ? undefined : field?.kind.filter;
	if (!field || !filter) throw refusal(1034, name);
	return {
		operators: filter.operators,
		literal: filter.literal,
		values: (row, reader) => {
			const value = valueOf(row, name, field, reader);
			return value === undefined || value === null ? [] : ([] as Comparable[]).concat(filter.comparable(value));
		},
	};
}

const plainRule = (name: string, filter: NonNullable<typeof kinds.uuid.filter>): FilterRule => ({
	operators: filter.operators,
	literal: filter.literal,
	values: (row) => (row[name] === undefined ? [] : [row[name] as Comparable]),
});

const COMMON_FILTERS: Record<string, FilterRule> = {
	id: plainRule('id', kinds.uuid.filter as NonNullable<typeof kinds.uuid.filter>),
	accountId: { operators: kinds.EQUALITY, literal: kinds.readUuid, values: (_row, session) => [session.account.id] },
	updatedBy: { operators: kinds.EQUALITY, literal: (text) => text, values: (row) => [String(row.updatedBy ?? '')] },
};

const DOCUMENT_FILTERS: Record<string, FilterRule> = {
	isDeleted: { operators: kinds.EQUALITY, literal: kinds.readBoolean, values: (row) => [row.deleted !== undefined] },
	'state.name': {
		operators: kinds.EQUALITY,
		literal: (text) => text,
		values: (row, session) =>
			session.account
				.statesOf(row.type)
				.filter(({ id }) => id === row.state)
				.map(({ name }) => name),
	},
	assortment: {
		operators: kinds.EQUALITY,
		literal: (text, name, session) => referenceLiteral(text, name, session),
		values: (row, session) => session.account.assortmentOf(row),
	},
};

const referenceLiteral = (text: string, name: string, session: Session): Comparable =>
	reference('product', 'service', 'variant', 'bundle', 'productfolder').filter?.literal(text, name, session) ?? '';

/** The row with this id. Throws 1052 and 1021. */
export function oneRow(resource: Resource, id: string, session: Session): Row {
	session.require('view', resource.type);
	if (!isUuid(id)) throw refusal(1052, id);
	const row = session.account.table(resource.type).get(id.toLowerCase());
	if (!row) throw refusal(1021, resource.type, id);
	return row;
}
