import { formatDay, formatMoment, parseMoment, startOfDay } from '../wire/dates.cts';
import { asInteger, asNumber, asText, type Params } from '../wire/params.cts';
import { isWritable, type Field, type FieldTable } from './fieldTable.cts';
import { toKopecks, toRoubles } from './money.cts';

/** Says that a value cannot be taken and is left out without a word. */
export const DROPPED = Symbol('dropped');

/**
 * The fields of a write as they are stored. Unknown and read-only names, and dates that cannot be read, are dropped
 * without an error; so are immutable fields of an update.
 */
export function internalize(table: FieldTable, fields: Params, mode: 'add' | 'update'): Params {
	const stored: Params = {};
	for (const [name, value] of Object.entries(fields)) {
		const field = Object.hasOwn(table, name) ? table[name] : undefined;
		if (!field || !isWritable(field, mode)) continue;
		const inner = internalizeValue(field, value);
		if (inner !== DROPPED) stored[name] = inner;
	}
	return stored;
}

/** One value as it is stored, or `DROPPED`. Files and properties pass as they came: their own rules follow. */
export function internalizeValue(field: Field, value: unknown): unknown {
	switch (field.type) {
		case 'integer':
			return asInteger(value);
		case 'double':
			return asNumber(value);
		case 'money':
			return toKopecks(value);
		case 'datetime':
		case 'date':
			return internalizeMoment(field, value);
		case 'char':
			return choose(field, asText(value));
		case 'string':
			return value === null ? null : typeof value === 'object' ? DROPPED : asText(value);
		default:
			return value;
	}
}

function internalizeMoment({ type }: Field, value: unknown): unknown {
	const moment = typeof value === 'string' ? parseMoment(value) : undefined;
	if (moment === undefined) return DROPPED;
	return type === 'date' ? startOfDay(moment) : moment;
}

const choose = ({ choices }: Field, text: string): string =>
	!choices || choices.includes(text) ? text : (choices.at(-1) ?? text);

/** A stored value as answers show it. */
export function externalizeValue(field: Field, value: unknown): unknown {
	if (value === null || value === undefined) return null;
	switch (field.type) {
		case 'money':
			return toRoubles(value as number);
		case 'datetime':
			return formatMoment(value as number);
		case 'date':
			return formatDay(value as number);
		default:
			return value;
	}
}

/** A row as answers show it: the named fields, in the order of the table. */
export function externalize(table: FieldTable, row: object, names: readonly string[] = Object.keys(table)): Params {
	const values = row as Params;
	const shown: Params = {};
	for (const name of names) {
		const field = table[name];
		if (field) shown[name] = externalizeValue(field, values[name]);
	}
	return shown;
}
