/** What a call brings: a tree of strings from a query or form, or of JSON values. */
export type Params = Record<string, unknown>;

export const isMap = (value: unknown): value is Params =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

/** PHP knows one kind of array: a JSON list, and a form's `a[0]`, `a[1]` are the same. Undefined when it is no array. */
export function asList(value: unknown): unknown[] | undefined {
	if (Array.isArray(value)) return value;
	return isMap(value) ? Object.values(value) : undefined;
}

/** PHP's `(string)`: true is `1`, false and null are empty. */
export function asText(value: unknown): string {
	if (value === true) return '1';
	return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

/** PHP's `(float)`: the leading number of a text, 0 when there is none. */
export function asNumber(value: unknown): number {
	if (typeof value === 'number') return value;
	if (typeof value === 'boolean') return value ? 1 : 0;
	const number = Number.parseFloat(typeof value === 'string' ? value : '');
	return Number.isFinite(number) ? number : 0;
}

/** PHP's `(int)`. */
export const asInteger = (value: unknown): number => Math.trunc(asNumber(value));

/** PHP's `empty()`. */
export function isEmpty(value: unknown): boolean {
	if (value === undefined || value === null || value === '' || value === '0' || value === 0 || value === false) return true;
	return typeof value === 'object' && Object.keys(value).length === 0;
}
