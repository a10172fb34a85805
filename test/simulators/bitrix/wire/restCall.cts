import type { IncomingCall } from '../../kernel/simulator.cts';
import { parseMultipart } from './multipart.cts';
import { isMap, type Params } from './params.cts';
import { parsePhpQuery } from './phpQuery.cts';
import { RestError } from './restError.cts';

/** A call of REST, whatever form it came in. */
export interface RestCall {
	/** As the caller wrote it, without the suffix. */
	method: string;
	format: 'json' | 'xml';
	/** From `/rest/{user}/{secret}/{method}`. */
	hook?: { user: string; secret: string };
	/** The access token from the query, the body or the header. */
	token?: string;
	params: Params;
	/** The caller's IP address: the rate limit is counted by it. */
	address: string;
	secure: boolean;
}

export interface RestPath {
	method: string;
	format: 'json' | 'xml';
	hook?: { user: string; secret: string };
	/** `/rest/api/…`: version 3, which has no methods of a shop. */
	version3: boolean;
}

const REST = /^\/rest\/+(.*)$/;

/** The parts of a path under `/rest/`; undefined for any other path. Doubled slashes count as one. */
export function readRestPath(path: string): RestPath | undefined {
	const rest = REST.exec(path)?.[1];
	if (rest === undefined) return undefined;
	const parts = rest
		.split('/')
		.filter((part) => part !== '')
		.map(decodePart);
	const version3 = parts[0] === 'api';
	if (version3) parts.shift();
	const [user, secret] = parts;
	const hook = parts.length >= 3 && user !== undefined && secret !== undefined ? { user, secret } : undefined;
	const last = (hook ? parts.slice(2) : parts).join('/');
	const suffix = /\.(json|xml)$/i.exec(last)?.[1]?.toLowerCase();
	return {
		method: suffix === undefined ? last : last.slice(0, -suffix.length - 1),
		format: suffix === 'xml' ? 'xml' : 'json',
		version3,
		...(hook && { hook }),
	};
}

/** Throws `INVALID_REQUEST` for a body that claims to be JSON and is not. */
export function readRestCall(call: IncomingCall, path: RestPath, secure: boolean): RestCall {
	const params: Params = { ...parsePhpQuery(call.query), ...readBody(call) };
	const token = tokenOf(call, params);
	return {
		method: path.method,
		format: path.format,
		params,
		address: call.address ?? 'unknown',
		secure,
		...(path.hook && { hook: path.hook }),
		...(token !== undefined && { token }),
	};
}

function readBody({ method, headers, body }: IncomingCall): Params {
	if (method === 'GET' || body.length === 0) return {};
	const contentType = String(headers['content-type'] ?? '');
	if (/json/i.test(contentType)) return readJson(body);
	if (/multipart\/form-data/i.test(contentType)) return parseMultipart(body, contentType);
	return parsePhpQuery(body.toString('utf8'));
}

function readJson(body: Buffer): Params {
	try {
		const value: unknown = JSON.parse(body.toString('utf8'));
		return isMap(value) ? value : Array.isArray(value) ? { ...value } : {};
	} catch {
		throw new RestError('INVALID_REQUEST', 'Request body is not valid JSON');
	}
}

function tokenOf({ headers }: IncomingCall, params: Params): string | undefined {
	const bearer = /^Bearer\s+(.+)$/i.exec(String(headers.authorization ?? ''))?.[1];
	const given = params.auth ?? params.access_token;
	return typeof given === 'string' && given !== '' ? given : bearer;
}

function decodePart(part: string): string {
	try {
		return decodeURIComponent(part);
	} catch {
		return part;
	}
}
