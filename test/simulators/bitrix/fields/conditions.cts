import { formatDatabaseMoment, formatDay, parseMoment } from '../wire/dates.cts';
import { asList, asText, isMap, type Params } from '../wire/params.cts';
import type { Field, FieldTable } from './fieldTable.cts';
import { DROPPED, internalizeValue } from './values.cts';

/**
 * How lists compare. `orm`: prices, stocks, orders, …: exact unless told otherwise, `@` is IN. `iblock`: sections and
 * products: a text without operator is a mask with the wildcards `%` and `_`, IN is an array, `@` is not known, and an
 * empty array is no condition at all.
 */
export type Dialect = 'orm' | 'iblock';

/** Longer ones first, so that `!=%` is not read as `!`. */
const OPERATORS = ['!=%', '!%=', '>=', '<=', '!=', '!%', '!@', '=%', '%=', '>', '<', '=', '!', '%', '@', ''] as const;
export type Operator = (typeof OPERATORS)[number];

export interface Condition {
	name: string;
	field: Field;
	operator: Operator;
	/** As stored; several = any of them. */
	values: unknown[];
}

/** The conditions of a filter. Unknown names, operators the dialect lacks, and unreadable dates are dropped without an error. */
export function readFilter(filter: Params, table: FieldTable, dialect: Dialect): Condition[] {
	const conditions: Condition[] = [];
	for (const [key, value] of Object.entries(filter)) {
		const operator = OPERATORS.find((candidate) => key.startsWith(candidate)) ?? '';
		const name = key.slice(operator.length);
		const field = Object.hasOwn(table, name) ? table[name] : undefined;
		if (!field || (dialect === 'iblock' && operator.includes('@'))) continue;
		const given = asValues(value) ?? [value];
		const values = given.map((item) => internalizeFilterValue(field, item)).filter((item) => item !== DROPPED);
		if (values.length > 0 || (given.length === 0 && dialect === 'orm')) conditions.push({ name, field, operator, values });
	}
	return conditions;
}

/** A property's value may come as `{ value }`. */
const asValues = (value: unknown): unknown[] | undefined =>
	isMap(value) && 'value' in value ? asValues(value.value) : asList(value);

function internalizeFilterValue(field: Field, value: unknown): unknown {
	const inner = isMap(value) && 'value' in value ? value.value : value;
	if (inner === null || inner === false) return null;
	if (field.type === 'productproperty') return internalizePropertyValue(field, asText(inner));
	if (field.type === 'char' || field.type === 'file' || field.type === 'list') return asText(inner);
	return internalizeValue(field, inner);
}

/** Days and moments of properties are kept as texts of the database. */
function internalizePropertyValue({ about }: Field, value: string): unknown {
	if (about?.userType !== 'Date' && about?.userType !== 'DateTime') return value;
	const moment = parseMoment(value);
	if (moment === undefined) return DROPPED;
	return about.userType === 'Date' ? formatDay(moment) : formatDatabaseMoment(moment);
}

/** Does a row fulfil the condition? `stored` may be a list (a multiple property): then one of its values is enough. */
export function fulfils({ operator, values, field }: Condition, stored: unknown, dialect: Dialect): boolean {
	const candidates = Array.isArray(stored) ? (stored as unknown[]) : [stored];
	const holds = (positive: Operator): boolean => {
		const wanted = positive === '=' ? textsOf(values) : undefined;
		if (wanted && !candidates.some(isBlank)) return candidates.some((candidate) => wanted.has(text(candidate)));
		return candidates.some((candidate) => values.some((value) => compare(positive, candidate, value, field, dialect)));
	};
	switch (operator) {
		case '!':
			return !holds('');
		case '!=':
		case '!@':
			return !holds('=');
		case '!%':
			return !holds('%');
		case '!=%':
		case '!%=':
			return !holds('=%');
		case '@':
			return holds('=');
		default:
			return holds(operator);
	}
}

const texts = new WeakMap<readonly unknown[], ReadonlySet<string>>();

/** Many texts of one condition as they are compared, so that a row need not be compared with each; undefined for anything else. */
function textsOf(values: readonly unknown[]): ReadonlySet<string> | undefined {
	const known = texts.get(values);
	if (known) return known;
	if (values.length < 2 || !values.every((value) => typeof value === 'string' && value !== '')) return undefined;
	const made = new Set(values.map(text));
	texts.set(values, made);
	return made;
}

function compare(operator: Operator, stored: unknown, value: unknown, field: Field, dialect: Dialect): boolean {
	if (value === null) return (operator === '' || operator === '=') && isBlank(stored);
	switch (operator) {
		case '%':
			return text(stored).includes(text(value));
		case '=%':
		case '%=':
			return mask(text(value)).test(text(stored));
		case '>':
		case '>=':
		case '<':
		case '<=':
			return !isBlank(stored) && inOrder(operator, difference(stored, value, field));
		default:
			if (operator === '' && dialect === 'iblock' && isMasked(field)) return mask(text(value)).test(text(stored));
			return equal(stored, value, field);
	}
}

const isBlank = (value: unknown): boolean => value === null || value === undefined || value === '';

const isText = ({ type }: Field): boolean => type === 'string' || type === 'char';

const isMasked = (field: Field): boolean => isText(field) || field.type === 'productproperty';

/** The database compares texts without regard to case. */
const text = (value: unknown): string => asText(value).toLowerCase();

function equal(stored: unknown, value: unknown, field: Field): boolean {
	if (isBlank(stored)) return isBlank(value);
	return isText(field) || typeof value === 'string' ? text(stored) === text(value) : Number(stored) === Number(value);
}

function difference(stored: unknown, value: unknown, field: Field): number {
	const numbers = [Number(stored), Number(value)] as const;
	if (!isText(field) && !numbers.some(Number.isNaN)) return numbers[0] - numbers[1];
	return text(stored) < text(value) ? -1 : Number(text(stored) > text(value));
}

function inOrder(operator: '>' | '>=' | '<' | '<=', difference: number): boolean {
	if (difference === 0) return operator.endsWith('=');
	return operator.startsWith('>') === difference > 0;
}

const masks = new Map<string, RegExp>();

/** `%` stands for any characters, `_` for one. */
function mask(pattern: string): RegExp {
	const known = masks.get(pattern);
	if (known) return known;
	const source = pattern
		.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
		.replaceAll('%', '[\\s\\S]*')
		.replaceAll('_', '[\\s\\S]');
	const made = new RegExp(`^${source}$`);
	if (masks.size > 10_000) masks.clear();
	masks.set(pattern, made);
	return made;
}
