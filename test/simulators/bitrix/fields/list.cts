import type { Table, Id } from '../store/table.cts';
import type { MethodResult } from '../wire/envelope.cts';
import { asInteger, asList, asText, isMap, type Params } from '../wire/params.cts';
import { fulfils, readFilter, type Condition, type Dialect } from './conditions.cts';
import type { FieldTable } from './fieldTable.cts';
import { externalize } from './values.cts';

export const PAGE = 50;

/** Where a list takes its rows from, and how it shows them. */
export interface ListSource<Row extends { readonly id: Id }> {
	/** The key of the answer under which the rows stand; none = the answer is the rows. */
	key?: string;
	table: Table<Row>;
	fields: FieldTable;
	dialect: Dialect;
	/** Rows that this list can show at all. */
	belongs?: (row: Row) => boolean;
	/** The stored value of a field, for filters and order; the row's own by default. */
	value?: (row: Row, name: string) => unknown;
	show?: (row: Row, names: readonly string[]) => Params;
	/** Seconds that counting a row costs; nothing by default. */
	countCost?: number;
	/** Indexes of the table that answer for fields of another name. */
	indexes?: Readonly<Record<string, keyof Row & string>>;
	/** All rows that a condition can let through, where they need not be looked for; undefined elsewhere. */
	lookUp?: (condition: Condition) => Row[] | undefined;
}

/**
 * `select`, `filter`, `order`, `start`: a page of 50 rows. With `start: -1` nothing is counted: no `total`, no `next`.
 * A `start` that is no multiple of 50 begins at the page it lies in.
 */
export function listRows<Row extends { readonly id: Id }>(source: ListSource<Row>, params: Params): MethodResult {
	const start = asInteger(params.start);
	const counted = start !== -1;
	const found = selectRows(source, params, counted ? Infinity : PAGE);
	const offset = counted ? Math.max(0, Math.floor(start / PAGE)) * PAGE : 0;
	const end = offset + PAGE;
	const page = showRows(source, found.slice(offset, end), params.select);
	const result = source.key === undefined ? page : { [source.key]: page };
	if (!counted) return { result };
	return {
		result,
		total: found.length,
		...(end < found.length && { next: end }),
		work: found.length * (source.countCost ?? 0),
	};
}

/** All rows that `filter` lets through, in the wanted `order`; the first `enough` of them where the order is that of the ids. */
export function selectRows<Row extends { readonly id: Id }>(
	source: ListSource<Row>,
	params: Params,
	enough = Infinity,
): Row[] {
	const conditions = readFilter(isMap(params.filter) ? params.filter : {}, source.fields, source.dialect);
	const order = readOrder(params.order, source.fields);
	const byId = order.every(({ name, descending }) => isId(source, name) && !descending);
	const found = findRows(source, conditions, byId ? enough : Infinity);
	return byId ? found : sortRows(source, found, order);
}

export function showRows<Row extends { readonly id: Id }>(
	source: ListSource<Row>,
	rows: readonly Row[],
	select: unknown,
): Params[] {
	const { fields, show = (row: Row, names: readonly string[]): Params => externalize(fields, row, names) } = source;
	const names = readSelect(select, fields);
	return rows.map((row) => show(row, names));
}

/** Names that are known; all of them for none or `*`. */
export function readSelect(select: unknown, fields: FieldTable): string[] {
	const names = (asList(select) ?? []).map(asText);
	if (names.length === 0 || names.includes('*')) return Object.keys(fields);
	return names.filter((name) => Object.hasOwn(fields, name));
}

interface Order {
	name: string;
	descending: boolean;
}

function readOrder(order: unknown, fields: FieldTable): Order[] {
	if (!isMap(order)) return [];
	return Object.entries(order)
		.filter(([name]) => Object.hasOwn(fields, name))
		.map(([name, direction]) => ({ name, descending: asText(direction).toUpperCase().startsWith('DESC') }));
}

function findRows<Row extends { readonly id: Id }>(source: ListSource<Row>, conditions: Condition[], enough: number): Row[] {
	const { dialect, belongs, value = ownValue } = source;
	const found: Row[] = [];
	for (const row of candidates(source, conditions)) {
		if (belongs && !belongs(row)) continue;
		if (!conditions.every((condition) => fulfils(condition, value(row, condition.name), dialect))) continue;
		found.push(row);
		if (found.length >= enough) break;
	}
	return found;
}

/** Uses an index where a condition asks for exact values of an indexed field, and begins behind `>id`. */
function candidates<Row extends { readonly id: Id }>(source: ListSource<Row>, conditions: Condition[]): Iterable<Row> {
	const { table, dialect, indexes = {} } = source;
	const exact = conditions.find(({ name, operator, values, field }) => {
		const isExact =
			operator === '=' || operator === '@' || (operator === '' && (dialect === 'orm' || field.type === 'integer'));
		return isExact && table.isIndexed(indexes[name] ?? name) && values.every((value) => value !== null && value !== '');
	});
	if (exact) return table.where((indexes[exact.name] ?? exact.name) as keyof Row & string, ...exact.values);
	for (const condition of conditions) {
		const looked = source.lookUp?.(condition);
		if (looked) return looked;
	}
	const beyond = conditions.find(
		({ name, operator, values }) => isId(source, name) && operator === '>' && values.length === 1,
	);
	return beyond ? table.after(Number(beyond.values[0])) : table;
}

/** CRM's older methods call it `ID`. */
const isId = ({ indexes = {} }: { indexes?: Readonly<Record<string, string>> }, name: string): boolean =>
	(indexes[name] ?? name) === 'id';

const ownValue = (row: object, name: string): unknown => (row as Params)[name];

function sortRows<Row extends { readonly id: Id }>(source: ListSource<Row>, rows: Row[], order: Order[]): Row[] {
	const { value = ownValue } = source;
	return [...rows].sort((one, other) => {
		for (const { name, descending } of order) {
			const difference = ascending(value(one, name), value(other, name));
			if (difference !== 0) return descending ? -difference : difference;
		}
		return 0;
	});
}

function ascending(one: unknown, other: unknown): number {
	if (typeof one === 'number' && typeof other === 'number') return one - other;
	const [first, second] = [asText(one).toLowerCase(), asText(other).toLowerCase()];
	return first < second ? -1 : Number(first > second);
}
