import { NodeApiError, type IHttpRequestOptions, type JsonObject } from 'n8n-workflow';
import { SyncError } from '../../core';
import type { HttpRequest, HttpResponse, Send } from '../../transport';
import { boundedBody, type IncomingBody } from './boundedBody';
import type { CallingContext } from './context';

interface FullResponse {
	statusCode: number;
	headers: Record<string, string | string[] | undefined>;
	/** Still coming in when the request sets a limit to it. */
	body: Uint8Array | string | IncomingBody | undefined;
}

/**
 * Sends with n8n's HTTP helper, which adds the credential, n8n's proxy settings and, for OAuth2, renews an expired token.
 * `baseUrl` is only needed where the credential's own `authenticate` does not add it.
 */
export function n8nSend(context: CallingContext, credential: string, baseUrl?: string): Send {
	return async (request) => {
		try {
			return await toResponse(await fullResponse(context, credential, toOptions(request, baseUrl)), request);
		} catch (error) {
			return unauthorized(error);
		}
	};
}

interface RenewalFailure {
	/** Of n8n 2.41. */
	failure?: { cause?: unknown };
	/** Of n8n 2.11, which keeps no more of it than that the server refused. */
	httpCode?: unknown;
	cause?: unknown;
}

/** n8n could not renew an OAuth2 token, because the server that issued it has taken it back: wherever that stands in the chain of causes. */
function needsReconnect(error: unknown): boolean {
	for (let current = error as RenewalFailure | undefined, depth = 0; current && depth < 5; depth += 1) {
		if (current.failure?.cause === 'credential-invalid' || current.httpCode === 'EAUTH') return true;
		current = current.cause as RenewalFailure | undefined;
	}
	return false;
}

async function fullResponse(context: CallingContext, credential: string, options: IHttpRequestOptions): Promise<FullResponse> {
	const send = context.helpers.httpRequestWithAuthentication as (this: CallingContext, type: string, options: IHttpRequestOptions) => Promise<FullResponse>;
	return await send.call(context, credential, options);
}

/** All statuses are answers, save 401: n8n renews OAuth2 tokens only when that one is an error. */
function toOptions(request: HttpRequest, baseUrl: string | undefined): IHttpRequestOptions {
	return {
		method: request.method,
		url: request.url,
		...(baseUrl !== undefined && !request.url.startsWith('http') ? { baseURL: baseUrl } : {}),
		headers: { ...request.headers },
		body: toBody(request.body),
		encoding: request.maxBytes === undefined ? 'arraybuffer' : 'stream',
		returnFullResponse: true,
		ignoreHttpStatusErrors: { ignore: true, except: [401] },
		disableFollowRedirect: true,
		timeout: request.timeoutMilliseconds,
		abortSignal: request.signal,
	};
}

/** A part of a larger buffer would be sent as the whole buffer by n8n's client, unless it is a Buffer. */
const toBody = (body: HttpRequest['body']): string | Buffer | undefined =>
	typeof body === 'object' ? Buffer.from(body.buffer, body.byteOffset, body.byteLength) : body;

async function toResponse({ statusCode, headers, body }: FullResponse, request: HttpRequest): Promise<HttpResponse> {
	return {
		status: statusCode,
		headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), Array.isArray(value) ? value.join(', ') : String(value ?? '')])),
		body: await bytesOf(body, request),
	};
}

async function bytesOf(body: FullResponse['body'], request: HttpRequest): Promise<Uint8Array> {
	if (typeof body === 'string') return new TextEncoder().encode(body);
	return body && 'destroy' in body ? await boundedBody(body, request) : (body ?? new Uint8Array());
}

/** The 401 that stayed after a token was renewed, or where there is none to renew, is an answer; anything else is thrown on. */
function unauthorized(error: unknown): HttpResponse {
	if (needsReconnect(error)) throw new SyncError('BITRIX_RECONNECT', {}, { cause: error });
	if (!(error instanceof NodeApiError) || error.httpCode !== '401') throw error;
	const data = (error.context.data ?? {}) as JsonObject;
	return { status: 401, headers: {}, body: new TextEncoder().encode(JSON.stringify(data)) };
}
