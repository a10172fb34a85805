import { fieldRefusal, refusal } from '../errors.cts';
import { oneRow } from '../engine/lists.cts';
import * as kinds from '../engine/kinds.cts';
import { readReference } from '../engine/references.cts';
import { isObject, rowsOf, valueOf, type Comparable, type FilterRule, type Json, type Resource, type Row } from '../engine/schema.cts';
import { showMeta } from '../engine/showing.cts';
import { byMethod, oneObject, ok, type ApiAnswer, type ApiRequest } from '../http/api.cts';
import { formatSecond } from '../moments.cts';
import { compileFilter } from '../query/filterEvaluation.cts';
import { parseFilter } from '../query/filterGrammar.cts';
import { pageMeta, parsePage } from '../query/paging.cts';
import type { Session } from '../session.cts';
import { averageReceipt, counterpartyFigures, figuresOf, type CounterpartyFigures } from './counterpartyFigures.cts';

/**
 * `/report/counterparty[/<id>]`: the figures of counterparties (github moysklad/api-remap-1.2-doc, `md/reports/_report_counterparty.md`):
 * a list with filters and pages, a list of those that a POST names, and one. A balance below zero is what the counterparty owes: the page's
 * own example shows −60000 after one unpaid shipment of 60000.
 */

const MOST_NAMED = 1000;

interface Line {
	row: Row;
	figures: CounterpartyFigures;
}

export function counterpartyReportRoute(id: string | undefined, request: ApiRequest): ApiAnswer | Promise<ApiAnswer> {
	const { session } = request;
	const figures = counterpartyFigures(session.account);
	const line = (row: Row): Line => ({ row, figures: figuresOf(figures, row) });
	const resource = session.account.resource('counterparty') as Resource;
	if (id !== undefined) return byMethod(request, { GET: () => ok(showLine(line(oneRow(resource, id, session)), session)) });
	return byMethod(request, {
		GET: () => {
			session.require('view', 'counterparty');
			return ok(paged(filtered(session.account.table('counterparty').all().map(line), request), request));
		},
		POST: () => ok(paged(named(request, resource).map(line), request)),
	});
}

/** The counterparties of `{"counterparties": [{"counterparty": {meta}}, …]}`. */
function named({ body, session }: ApiRequest, resource: Resource): Row[] {
	const { counterparties } = oneObject(body);
	if (!Array.isArray(counterparties)) throw fieldRefusal(3000, 'counterparties', 'counterparties');
	if (counterparties.length > MOST_NAMED) throw fieldRefusal(2022, 'counterparties', 'counterparties');
	const place = { session, resource, field: 'counterparty', before: undefined };
	return counterparties.map((one: unknown) => oneRow(resource, readReference(isObject(one) ? one.counterparty : undefined, place, ['counterparty']).id, session));
}

function paged(lines: readonly Line[], { query, session }: ApiRequest): Json {
	const page = parsePage(query);
	const { account } = session;
	return {
		context: account.context(session.user),
		meta: pageMeta(`${account.base}/report/counterparty`, 'counterparty', lines.length, page, query),
		rows: lines.slice(page.offset, page.offset + page.limit).map((line) => showLine(line, session)),
	};
}

function filtered(lines: readonly Line[], { query, session }: ApiRequest): Line[] {
	const byRow = new Map(lines.map((line) => [line.row, line.figures]));
	const tests = compileFilter(parseFilter(query.filter()), (field) => ruleOf(field, byRow), session);
	return lines.filter(({ row }) => tests.every((test) => test(row)));
}

type Figures = ReadonlyMap<Row, CounterpartyFigures>;

const numeric = (figure: (figures: CounterpartyFigures) => number) => (byRow: Figures): FilterRule => ({
	operators: kinds.RANGES,
	literal: kinds.readNumber,
	values: (row) => [figure(byRow.get(row) as CounterpartyFigures)],
});

const moment = (when: (figures: CounterpartyFigures, row: Row) => number | undefined) => (byRow: Figures): FilterRule => ({
	operators: kinds.RANGES,
	literal: kinds.readMoment,
	values: (row) => [when(byRow.get(row) as CounterpartyFigures, row)].filter((value): value is number => value !== undefined),
});

const FIGURE_RULES: Record<string, (byRow: Figures) => FilterRule> = {
	averageReceipt: numeric(averageReceipt),
	balance: numeric(({ balance }) => balance),
	demandsCount: numeric(({ demandsCount }) => demandsCount),
	demandsSum: numeric(({ demandsSum }) => demandsSum),
	discountsSum: numeric(({ discountsSum }) => discountsSum),
	profit: numeric(({ profit }) => profit),
	returnsCount: numeric(({ returnsCount }) => returnsCount),
	returnsSum: numeric(({ returnsSum }) => returnsSum),
	firstDemandDate: moment(({ firstDemand }) => firstDemand),
	lastDemandDate: moment(({ lastDemand }) => lastDemand),
	lastEventDate: moment((_, row) => lastEvent(row)?.created),
	updated: moment((_, { updated }) => updated as number),
};

/** Fields of the counterparty itself that can be filtered; the first is without the word in front. */
const OWN_FIELDS = ['id', 'counterparty.name', 'counterparty.companyType', 'counterparty.description', 'counterparty.email', 'counterparty.inn', 'counterparty.phone'];

function ruleOf(field: string, byRow: Figures): FilterRule {
	const figure = FIGURE_RULES[field];
	if (figure) return figure(byRow);
	if (!OWN_FIELDS.includes(field)) throw refusal(1034, field);
	const name = field.replace('counterparty.', '');
	const textual = name !== 'id' && name !== 'companyType';
	return {
		operators: textual ? kinds.TEXTUAL : kinds.EQUALITY,
		literal: name === 'id' ? kinds.readUuid : (text) => text,
		values: (row) => (row[name] === undefined ? [] : [row[name] as Comparable]),
	};
}

interface Event {
	created: number;
	description: string;
}

const lastEvent = (row: Row): Event | undefined =>
	(rowsOf(row, 'notes') as unknown as Event[]).reduce<Event | undefined>((last, note) => (last && last.created > note.created ? last : note), undefined);

function showLine({ row, figures }: Line, session: Session): Json {
	const { account } = session;
	const { firstDemand, lastDemand, ...sums } = figures;
	const date = (value: number | undefined): string | null => (value === undefined ? null : formatSecond(value));
	const event = lastEvent(row);
	return {
		meta: { href: `${account.base}/report/counterparty/${row.id}`, type: 'counterparty', mediaType: 'application/json' },
		counterparty: { meta: showMeta(row, session), id: row.id, ...ownFields(row, session) },
		firstDemandDate: date(firstDemand),
		lastDemandDate: date(lastDemand),
		...sums,
		averageReceipt: averageReceipt(figures),
		bonusBalance: row.bonusPoints ?? 0,
		lastEventDate: date(event?.created),
		lastEventText: event?.description ?? null,
		updated: formatSecond(row.updated as number),
	};
}

function ownFields(row: Row, session: Session): Json {
	const { fields } = session.account.resource('counterparty') as Resource;
	const shown = ['name', 'externalCode', 'inn', 'companyType'].map((name) => [name, fields[name] && valueOf(row, name, fields[name], session)]);
	return Object.fromEntries(shown.filter(([, value]) => value !== undefined)) as Json;
}
