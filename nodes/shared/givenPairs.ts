import { fromJson } from '../../core';

/** A pair as the wizard keeps it in msbx_settings: ids, or names where the node takes them. */
export interface GivenPair {
	from?: string;
	fromName?: string;
	to?: string | number;
	toName?: string;
	/** Of a price type. */
	currency?: string;
}

/** The pairs of an expression: a list, or its JSON; none when it gave nothing. Undefined when it gave something else. */
export function givenPairs(given: unknown): GivenPair[] | undefined {
	const list = typeof given === 'string' && given.trim() !== '' ? fromJson(given) : given || [];
	return Array.isArray(list) ? (list as GivenPair[]) : undefined;
}
