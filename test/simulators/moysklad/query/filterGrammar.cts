import { refusal } from '../errors.cts';

/** Longer ones first: that is the order in which they are tried. */
export const OPERATORS = ['!=', '>=', '<=', '~=', '=~', '!~', '=', '>', '<', '~'] as const;
export type Operator = (typeof OPERATORS)[number];

export interface Condition {
	/** A field, or the href of an attribute. */
	field: string;
	operator: Operator;
	value: string;
}

/**
 * `name=a;sum>=100` → conditions, in order. `\;` is a literal semicolon; empty parts are skipped.
 * Throws 1034 for a part without a field or an operator.
 */
export function parseFilter(text: string): Condition[] {
	return text
		.split(/(?<!\\);/)
		.map((part) => part.replace(/\\;/g, ';'))
		.filter((part) => part.trim() !== '')
		.map(parseCondition);
}

/** The inverse of `parseFilter`. */
export const printFilter = (conditions: readonly Condition[]): string =>
	conditions.map(({ field, operator, value }) => `${field}${operator}${value.replace(/;/g, '\\;')}`).join(';');

function parseCondition(part: string): Condition {
	const at = part.search(/[=!<>~]/);
	const rest = part.slice(at);
	const operator = OPERATORS.find((candidate) => rest.startsWith(candidate));
	const field = part.slice(0, Math.max(0, at)).trim();
	if (!operator || field === '') throw refusal(1034, part);
	return { field, operator, value: rest.slice(operator.length) };
}
