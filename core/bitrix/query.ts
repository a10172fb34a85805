import { wellFormed } from '../model/wellFormed';

/** A parameter of a REST method: nested objects and lists become PHP-style brackets. */
export type Parameter = string | number | boolean | null | undefined | ResultReference | Parameter[] | { [name: string]: Parameter };
/** Parameters of a call by their names; those that are undefined are not sent. */
export type Parameters = { [name: string]: Parameter };

/** A value that an earlier command of the same batch will have returned, e.g. `result('p1', 'element', 'id')`. */
export class ResultReference {
	constructor(
		readonly command: string,
		readonly path: readonly string[],
	) {}

	/** As `batch` reads it: `$result[p1][element][id]`. */
	toString(): string {
		return `$result${[this.command, ...this.path].map((part) => `[${part}]`).join('')}`;
	}
}

/** Refers to what an earlier command of the same batch will have returned, along the path in its result. */
export const result = (command: string, ...path: string[]): ResultReference => new ResultReference(command, path);

/**
 * The query of one command in a batch: values URL-encoded, brackets for nesting, `$result` left as it is. Booleans become Y and
 * N, null the empty string; undefined is left out. Source: github bitrix24/b24restdocs, `settings/how-to-call-rest-api/batch.md`
 * and `data-encoding.md`.
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
	return value === null ? '' : wellFormed(String(value));
}

/** Whether a text among the parameters reads like a reference: in a batch Bitrix puts a result in its place, whoever wrote it. */
export function mentionsResult(parameter: Parameter): boolean {
	if (typeof parameter === 'string') return parameter.includes('$result');
	if (typeof parameter !== 'object' || parameter === null || parameter instanceof ResultReference) return false;
	return Object.entries(parameter).some(([name, value]) => name.includes('$result') || mentionsResult(value));
}

/** What a command of a batch says, for a call of its own. `resultOf` gives what an earlier command returned. */
export function ownParameters(parameters: Parameters, resultOf: (command: string) => unknown): Parameters {
	return Object.fromEntries(Object.entries(parameters).map(([name, value]) => [name, ownParameter(value, resultOf)]));
}

function ownParameter(value: Parameter, resultOf: (command: string) => unknown): Parameter {
	if (value === undefined) return undefined;
	if (value instanceof ResultReference) return at(resultOf(value.command), value.path);
	if (Array.isArray(value)) return value.map((element) => ownParameter(element, resultOf));
	return typeof value === 'object' && value !== null ? ownParameters(value, resultOf) : plain(value);
}

/** The parameters with what is known already in the place of references to it. `resultOf` gives undefined for what is not known yet. */
export function withResults(parameter: Parameter, resultOf: (command: string) => unknown): Parameter {
	if (parameter instanceof ResultReference) {
		const known = resultOf(parameter.command);
		return known === undefined ? parameter : at(known, parameter.path);
	}
	if (Array.isArray(parameter)) return parameter.map((element) => withResults(element, resultOf));
	if (typeof parameter !== 'object' || parameter === null) return parameter;
	return Object.fromEntries(Object.entries(parameter).map(([name, value]) => [name, withResults(value, resultOf)]));
}

/** Nothing at the end of the path is the empty text, as in a batch. */
function at(value: unknown, [step, ...rest]: readonly string[]): Parameter {
	if (step === undefined) return typeof value === 'string' || typeof value === 'number' ? value : '';
	return typeof value === 'object' && value !== null ? at((value as Record<string, unknown>)[step], rest) : '';
}
