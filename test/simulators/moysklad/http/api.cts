import type { IncomingCall } from '../../kernel/simulator.cts';
import { ApiError, refusal } from '../errors.cts';
import { oneObject } from '../engine/oneObject.cts';
import type { Parameters } from '../query/parameters.cts';
import type { Session } from '../session.cts';

/** A request that passed the gate. */
export interface ApiRequest {
	method: string;
	/** Decoded segments behind the base URL. */
	path: string[];
	query: Parameters;
	/** Parsed JSON; undefined when there was no body. */
	body: unknown;
	session: Session;
	call: IncomingCall;
}

export interface ApiAnswer {
	status: number;
	/** JSON; left out for an empty body. Errors in arrays are put into words later. */
	body?: unknown;
	headers?: Record<string, string>;
}

export type Handler = (request: ApiRequest) => ApiAnswer | Promise<ApiAnswer>;

export const ok = (body: unknown): ApiAnswer => ({ status: 200, body });
export const done: ApiAnswer = { status: 200 };

/** Picks the handler of the method. Throws 1039 (405) when there is none. */
export function byMethod(
	request: ApiRequest,
	handlers: Partial<Record<string, Handler>>,
): ApiAnswer | Promise<ApiAnswer> {
	const handler = handlers[request.method];
	if (!handler) throw refusal(1039, request.method);
	return handler(request);
}

export { oneObject };

/** The body as a list, whether it is one object or an array. */
export const manyObjects = (body: unknown): unknown[] => (Array.isArray(body) ? body : [oneObject(body)]);

/**
 * Does something for each element by itself, in order: what fails becomes its error, the others stand.
 * Status 200 when all succeeded, 400 when one failed.
 */
export function eachByItself<Element>(elements: readonly Element[], work: (element: Element) => unknown): ApiAnswer {
	const results = elements.map((element) => {
		try {
			return work(element);
		} catch (error) {
			if (error instanceof ApiError) return error;
			throw error;
		}
	});
	return { status: results.some((result) => result instanceof ApiError) ? 400 : 200, body: results };
}
