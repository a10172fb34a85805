import type { Params } from '../wire/params.cts';
import { requiredFields } from '../wire/restError.cts';

/** `money` is kept in kopecks and shown in roubles; moments are kept as milliseconds since 1970. */
export type FieldType =
	| 'integer'
	| 'double'
	| 'money'
	| 'string'
	| 'char'
	| 'datetime'
	| 'date'
	| 'file'
	| 'list'
	| 'productproperty';

export interface Field {
	type: FieldType;
	required?: 'add' | 'update' | 'always';
	readOnly?: boolean;
	/** Can be given when the row is made, never changed. */
	immutable?: boolean;
	/** For `char`: what may be stored; anything else becomes the last of them. */
	choices?: readonly string[];
	/** More keys of `getFields`. */
	about?: Params;
}

/** What an entity consists of. `getFields`, the silent drops and the checks of required fields follow from it. */
export type FieldTable = Record<string, Field>;

export const YES_NO = ['Y', 'N'] as const;
export const YES_NO_DEFAULT = ['Y', 'N', 'D'] as const;

const SHOWN_TYPES: Partial<Record<FieldType, string>> = { money: 'double', list: 'datatype' };

/** The answer of `getFields`. */
export const describeFields = (table: FieldTable): Params =>
	Object.fromEntries(Object.entries(table).map(([name, field]) => [name, describe(field)]));

function describe({ type, required, readOnly = false, immutable = false, about }: Field): Params {
	return {
		type: SHOWN_TYPES[type] ?? type,
		isRequired: required !== undefined,
		isReadOnly: readOnly,
		isImmutable: immutable,
		...about,
	};
}

/** Throws «Required fields: …» (code 0) with all that lack. An empty text is not enough. */
export function checkRequired(table: FieldTable, fields: Params, mode: 'add' | 'update'): void {
	const lacking = Object.entries(table)
		.filter(([, field]) => isWritable(field, mode) && (field.required === 'always' || field.required === mode))
		.map(([name]) => name)
		.filter((name) => fields[name] === undefined || fields[name] === null || fields[name] === '');
	if (lacking.length > 0) throw requiredFields(lacking);
}

export const isWritable = (field: Field, mode: 'add' | 'update'): boolean =>
	!field.readOnly && !(mode === 'update' && field.immutable);

/** The same table with some fields made read-only. */
export const withReadOnly = (table: FieldTable, names: readonly string[]): FieldTable =>
	Object.fromEntries(
		Object.entries(table).map(([name, field]) => [name, names.includes(name) ? { ...field, readOnly: true } : field]),
	);
