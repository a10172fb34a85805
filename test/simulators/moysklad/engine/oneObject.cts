import { refusal } from '../errors.cts';
import { isObject, type Json } from './schema.cts';

/** A body as one object. Throws 2009 and 2005. */
export function oneObject(body: unknown): Json {
	if (Array.isArray(body)) throw refusal(2009);
	if (!isObject(body)) throw refusal(2005);
	return body;
}
