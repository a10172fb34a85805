import { fingerprint, MOYSKLAD_API, pathOf, SyncError, wellFormed } from '../../core';
import { backoffDelay, DEFAULT_BACKOFF } from '../backoff';
import { lostAnswer, mayRepeat, neverSent } from '../failure';
import { bodyJson, hostOf, type Clock, type HttpRequest, type HttpResponse, type Send } from '../http';
import type { WindowLimiter } from '../limiter/windowLimiter';
import { failedAnswer, limitState } from './answers';
import type { AccountGuard } from './guard';

/** Parameters of an address, not encoded yet; those that are undefined are left out. */
export type Query = Record<string, string | number | boolean | undefined>;

/** One account with the rights of one of its users. */
export interface MoySkladConnection {
	send: Send;
	clock: Clock;
	limiter: WindowLimiter;
	guard: AccountGuard;
	/** Without a slash at the end; the official address when left out. */
	baseUrl?: string;
	/** Address of the own trigger: webhooks below it are not fired by what is written here. */
	disableByPrefix?: string;
	timeoutMilliseconds?: number;
	/** Fires when the execution is stopped. */
	signal?: AbortSignal;
}

/** What is to be known of a write beside its body. */
export interface WriteOptions {
	/** The same body sent twice has the effect of once: updates, deletions, creations with a syncId. */
	repeatable: boolean;
	/** Parameters of the address, e.g. `expand` for what the answer shows. */
	query?: Query;
}

/** A reply can take 300 s; reports and large arrays do. */
const TIMEOUT = 300_000;

/** Answers 429 mean that nothing was done; they are repeated by the limiter's clock, not by backoff. */
const REFUSALS_IN_A_ROW = 10;

/** The assortment without stock is the one that stays: the other one is to be switched off. */
const NEW_ASSORTMENT = { 'x-lognex-remap-beta-feature': 'assortmentWithoutStock' };
const ASSORTMENT = '/entity/assortment';

/** Reports cost more units than other calls. */
const REPORT_UNITS = 5;
const REPORTS = /^\/report\/stock\/(all|bystore)$/;

/** What a reader makes of an answer; undefined when the answer is not what it waits for. */
type Reader<T> = (response: HttpResponse) => { value: T } | undefined;

/**
 * Calls of one MoySklad account: exact headers, the account's limiter, repetition of what may be repeated,
 * errors of the catalogue. Paths are relative to the API ("/entity/product") or any href of it.
 */
export class MoySkladClient {
	constructor(private readonly connection: MoySkladConnection) {}

	/** The parsed JSON of an answer; undefined for an empty one. Throws errors of the catalogue. */
	async get(path: string, query: Query = {}): Promise<unknown> {
		return await this.call(this.request('GET', path, query, undefined), true, readJson);
	}

	/** The same with the headers of the answer, names in lower case. Throws as `get` does. */
	async getWithHeaders(path: string): Promise<{ value: unknown; headers: Record<string, string> }> {
		return await this.call(this.request('GET', path, {}, undefined), true, (response) => {
			const read = readJson(response);
			return read && { value: { ...read, headers: response.headers } };
		});
	}

	/**
	 * The parsed JSON; undefined for an empty answer. An array body may hold refusals of single elements, whatever its status.
	 * Throws errors of the catalogue; MOYSKLAD_UNVERIFIED when nobody knows whether it was carried out, STOPPED when the execution
	 * was stopped.
	 */
	async write(method: 'POST' | 'PUT' | 'DELETE', path: string, body: unknown, { repeatable, query = {} }: WriteOptions): Promise<unknown> {
		if (method === 'PUT') await this.connection.guard.beforePut(shown(path), this.connection.signal);
		return await this.call(this.request(method, path, query, body), repeatable, readJson);
	}

	/** The bytes behind a `downloadHref`. The storage it leads to must not see the account's Authorization. Throws as `get` does. */
	async download(href: string): Promise<{ bytes: Uint8Array; contentType: string }> {
		const direct = await this.call(this.request('GET', href, {}, undefined), true, readFile);
		if (direct.location === undefined) return direct;
		const stored: HttpRequest = { ...this.request('GET', href, {}, undefined), url: direct.location, headers: {}, authorize: false };
		return await this.call(stored, true, readFile, async (request) => await this.connection.send(request));
	}

	/** Sends through the account's limiter, or through `send` where another server answers. */
	private async call<T>(
		request: HttpRequest,
		repeatable: boolean,
		read: Reader<T>,
		send: Send = async (limited) => await this.limited(limited),
	): Promise<T> {
		const { guard, signal, clock } = this.connection;
		const call = `${request.method} ${shown(request.url)}`;
		const signature = fingerprint(`${request.method} ${request.url} ${String(request.body ?? '')}`);
		for (let attempt = 1, refusals = 0, hops = 0; ; attempt += 1) {
			if (signal?.aborted) throw new SyncError('STOPPED', { call });
			guard.checkFailures(signature, call);
			const response = await this.answer(request, send, call);
			if (!(response instanceof SyncError)) {
				const understood = read(response);
				if (understood) return understood.value;
				const moved = request.method === 'GET' && hops < 3 ? this.movedTo(response) : undefined;
				if (moved) {
					hops += 1;
					request = { ...request, url: moved };
					continue;
				}
			}
			const error = response instanceof SyncError ? response : failedAnswer(response, call, request.url);
			if (error.kind === 'limit' && error.retryable && ++refusals < REFUSALS_IN_A_ROW) continue;
			guard.failed(signature);
			if (attempt - refusals < DEFAULT_BACKOFF.attempts && mayRepeat(error, repeatable)) await clock.sleep(backoffDelay(DEFAULT_BACKOFF, attempt), signal);
			else throw leftOpen(error, repeatable) ? new SyncError('MOYSKLAD_UNVERIFIED', { call }, { cause: error }) : error;
		}
	}

	private async answer(request: HttpRequest, send: Send, call: string): Promise<HttpResponse | SyncError> {
		try {
			return await send(request);
		} catch (error) {
			return lostAnswer(error, call, request);
		}
	}

	private async limited(request: HttpRequest): Promise<HttpResponse> {
		const { limiter, send, signal } = this.connection;
		const units = REPORTS.test(shown(request.url)) ? REPORT_UNITS : limiter.weight;
		return await limiter.run(units, async () => await send(request), limitState, signal);
	}

	/** Ids of the web page are answered with the place of the object of the API, on the official host. */
	private movedTo({ status, headers }: HttpResponse): string | undefined {
		return status >= 300 && status < 400 && headers.location ? this.address(headers.location) : undefined;
	}

	private address(path: string): string {
		return `${this.connection.baseUrl ?? MOYSKLAD_API}${pathOf(path)}`;
	}

	private request(method: HttpRequest['method'], path: string, query: Query, body: unknown): HttpRequest {
		const { disableByPrefix, timeoutMilliseconds = TIMEOUT, signal } = this.connection;
		const headers: Record<string, string> = {
			accept: 'application/json;charset=utf-8',
			'accept-encoding': 'gzip',
			'accept-language': 'en',
		};
		if (body !== undefined) headers['content-type'] = 'application/json';
		if (disableByPrefix) headers['x-lognex-webhook-disablebyprefix'] = disableByPrefix;
		if (method === 'GET' && shown(path) === ASSORTMENT) Object.assign(headers, NEW_ASSORTMENT);
		return {
			method,
			url: withQuery(this.address(path), query),
			headers,
			body: body === undefined ? undefined : JSON.stringify(body),
			timeoutMilliseconds,
			authorize: true,
			signal,
		};
	}
}

/** The path without its query, for limits and messages: filters may hold phones and names, addresses of a storage are secret. */
function shown(path: string): string {
	const own = !/^https?:/.test(path) || path.includes('/api/remap/');
	return own ? (pathOf(path).split('?', 1)[0] ?? '') : `file from ${hostOf(path)}`;
}

/** Spaces inside an href (MoySklad's stock notifications have them) are encoded as well. */
function withQuery(url: string, query: Query): string {
	const pairs = Object.entries(query).flatMap(([name, value]) =>
		value === undefined || value === '' ? [] : [`${encodeURIComponent(wellFormed(name))}=${encodeURIComponent(wellFormed(String(value)))}`],
	);
	const encoded = url.replaceAll(' ', '%20');
	return pairs.length === 0 ? encoded : `${encoded}${encoded.includes('?') ? '&' : '?'}${pairs.join('&')}`;
}

function readJson(response: HttpResponse): { value: unknown } | undefined {
	if (response.status < 300 && response.body.length === 0) return { value: undefined };
	const value = bodyJson(response);
	if (response.status < 300) return value === undefined ? undefined : { value };
	return Array.isArray(value) && response.status < 500 && response.status !== 429 ? { value } : undefined;
}

function readFile({ status, headers, body }: HttpResponse): { value: { bytes: Uint8Array; contentType: string; location?: string } } | undefined {
	const contentType = headers['content-type'] ?? '';
	if (status === 302 && headers.location) return { value: { bytes: body, contentType, location: headers.location } };
	return status === 200 && !/json|xml|html/.test(contentType) ? { value: { bytes: body, contentType } } : undefined;
}

/** A write of which nobody knows whether it was carried out. */
const leftOpen = (error: SyncError, repeatable: boolean): boolean =>
	!repeatable && (error.kind === 'connection' || error.kind === 'server') && error.code !== 'MOYSKLAD_MAINTENANCE' && !neverSent(error);
