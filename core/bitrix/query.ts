/** A parameter of a REST method: nested objects and lists become PHP-style brackets. */
export type Parameter = string | number | boolean | null | undefined | ResultReference | Parameter[] | { [name: string]: Parameter };
export type Parameters = { [name: string]: Parameter };

/** A value that an earlier command of the same batch will have returned, e.g. `result('p1', 'element', 'id')`. */
export class ResultReference {
	constructor(
		readonly command: string,
		readonly path: readonly string[],
	) {}

	toString(): string {
		return `$result${[this.command, ...this.path].map((part) => `[${part}]`).join('')}`;
	}
}

export const result = (command: string, ...path: string[]): ResultReference => new ResultReference(command, path);

/**
 * The query of one command in a batch: values URL-encoded, brackets for nesting, `$result` left as it is.
 * Booleans become Y and N, null the empty string; undefined is left out.
 */
export function commandQuery(parameters: Parameters): string {
	const pairs: string[] = [];
	for (const [name, value] of Object.entries(parameters)) collect(encodeURIComponent(name), value, pairs);
	return pairs.join('&');
}

function collect(key: string, value: Parameter, pairs: string[]): void {
	if (value === undefined) return;
	if (value instanceof ResultReference) pairs.push(`${key}=${value.toString()}`);
	else if (Array.isArray(value)) value.forEach((element, index) => collect(`${key}[${index}]`, element, pairs));
	else if (typeof value === 'object' && value !== null)
		for (const [name, element] of Object.entries(value)) collect(`${key}[${encodeURIComponent(name)}]`, element, pairs);
	else pairs.push(`${key}=${encodeURIComponent(plain(value))}`);
}

function plain(value: string | number | boolean | null): string {
	if (typeof value === 'boolean') return value ? 'Y' : 'N';
	return value === null ? '' : String(value);
}
