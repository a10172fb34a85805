import { SyncError } from '../errors';

/** One condition of MoySklad's `filter` parameter. A repeated `=` on one field means "or"; different fields "and". */
export interface Condition {
	/** A field name, or the full href of an attribute definition. */
	field: string;
	operator: '=' | '!=' | '>' | '<' | '>=' | '<=' | '~' | '~=' | '=~' | '!~';
	value: string;
}

/** A backslash at the end of a value would escape the `;` behind it; MoySklad documents no way to write it but last. */
export const endsWithBackslash = (value: string): boolean => value.endsWith('\\');

/**
 * The unencoded value of `filter`: conditions joined by `;`, a literal `;` escaped. Throws MOYSKLAD_FILTER_VALUE when two values
 * end with a backslash. Source: github moysklad/api-remap-1.2-doc, `md/_general.md` and
 * `md/workbook/_workbook_filter_paging_search_sort.md`.
 */
export function filterText(conditions: readonly Condition[]): string {
	const last = conditions.filter(({ value }) => endsWithBackslash(value));
	if (last.length > 1) throw new SyncError('MOYSKLAD_FILTER_VALUE', { field: last[0]?.field ?? '' });
	return [...conditions.filter(({ value }) => !endsWithBackslash(value)), ...last]
		.map(({ field, operator, value }) => `${field}${operator}${value.replaceAll(';', '\\;')}`)
		.join(';');
}

/** `field=a;field=b;…`: any of the values. */
export const anyOf = (field: string, values: readonly string[]): Condition[] =>
	values.map((value) => ({ field, operator: '=', value }));

/** Lists hide archived rows unless both are asked for. */
export const withArchived: Condition[] = anyOf('archived', ['true', 'false']);

/** Lists hide documents in the recycle bin likewise. */
export const withDeleted: Condition[] = anyOf('isDeleted', ['true', 'false']);
