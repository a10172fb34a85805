import { headOf, redirectTarget, refusalCode, SyncError, type ExchangeAddress, type ExchangeLogin } from '../../core';
import { backoffDelay, DEFAULT_BACKOFF } from '../backoff';
import { lostAnswer, neverSent } from '../failure';
import type { Clock, HttpRequest, HttpResponse, Send } from '../http';
import type { ExchangeHold } from './lock';
import { outcomeOf } from './outcome';
import { pause } from './pause';

/** What is exchanged: goods, orders, directories. */
export type ExchangeType = 'catalog' | 'sale' | 'reference';

/** One site with the rights of one of its users, for one run. */
export interface ExchangeConnection {
	/** Adds login and password where `authorize` is set, and nowhere else. */
	send: Send;
	clock: Clock;
	address: ExchangeAddress;
	/** The right to exchange with the site, taken before and given back after. */
	hold: ExchangeHold;
	/** Steps of an import take long: default ten minutes. */
	timeoutMilliseconds?: number;
	/** Bytes of one upload at most, beside what the site allows. */
	partBytes?: number;
	/** Bytes of one document of orders that are taken in at most. */
	documentBytes?: number;
	/** Takes secrets that only the credential knows out of what the site says. */
	redact?: (text: string) => string;
	/** Fires when the execution is stopped. */
	signal?: AbortSignal;
}

/** One call of the script. */
export interface ExchangeRequest {
	mode: string;
	parameters?: Record<string, string>;
	/** Sent with POST as it is. */
	body?: Uint8Array;
	/** Missing for the login itself. */
	login?: ExchangeLogin;
	/** Of the answer; a longer one throws ANSWER_TOO_LARGE. */
	maxBytes: number;
}

/** How long a request may take when nothing else is said, in milliseconds. */
export const EXCHANGE_TIMEOUT = 600_000;

/** A login does no work. */
const LOGIN_TIMEOUT = 60_000;

/** Calls the script: one request, and what its status means. */
export class ExchangeCaller {
	constructor(
		readonly connection: ExchangeConnection,
		readonly type: ExchangeType,
	) {}

	/** How a call is named in errors: `catalog import (offers.xml)`. */
	nameOf(mode: string, parameters: Record<string, string> = {}): string {
		return `${this.type} ${mode}${parameters.filename === undefined ? '' : ` (${parameters.filename})`}`;
	}

	/**
	 * The body of an answer that PHP gave. Throws errors of the catalogue, STOPPED when the execution was stopped, ANSWER_TOO_LARGE
	 * for one longer than `maxBytes`.
	 */
	async call(request: ExchangeRequest): Promise<{ status: number; body: Uint8Array }> {
		const { hold, send, signal, address } = this.connection;
		const call = this.nameOf(request.mode, request.parameters);
		if (signal?.aborted) throw new SyncError('STOPPED', { call });
		await hold.keep(call);
		const http = this.toHttp(request);
		const response = await answer(send, http, call);
		if (response.body.length > request.maxBytes) throw tooLarge(address, request.maxBytes);
		const error = statusError(response, call, address, request.body?.length ?? 0);
		if (error) throw error;
		return { status: response.status, body: response.body };
	}

	/** Does `work` again while it fails for a reason that can pass by itself. Only for what may be done twice. Throws its last error. */
	async repeating<T>(call: string, work: () => Promise<T>): Promise<T> {
		for (let attempt = 1; ; attempt += 1) {
			const outcome = await outcomeOf(work);
			if ('value' in outcome) return outcome.value;
			if (!canPass(outcome.error) || attempt >= attemptsFor(outcome.error)) throw outcome.error;
			await this.backOff(call, attempt);
		}
	}

	/** Waits before repetition number `attempt`. */
	async backOff(call: string, attempt: number): Promise<void> {
		await this.wait(call, backoffDelay(DEFAULT_BACKOFF, attempt));
	}

	/** Waits so long. Throws STOPPED when the execution is stopped meanwhile. */
	async wait(call: string, milliseconds: number): Promise<void> {
		const { clock, signal } = this.connection;
		await pause(clock, milliseconds, call, signal);
	}

	private toHttp({ mode, parameters = {}, body, login, maxBytes }: ExchangeRequest): HttpRequest {
		const { address, timeoutMilliseconds = EXCHANGE_TIMEOUT, signal } = this.connection;
		const pairs = Object.entries({ type: this.type, mode, ...parameters, ...(login?.sessid !== undefined && { sessid: login.sessid }) });
		return {
			method: body ? 'POST' : 'GET',
			url: `${address.url}?${pairs.map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join('&')}`,
			headers: {
				'user-agent': 'n8n-nodes-moysklad-bitrix',
				...(login && { cookie: `${login.cookie.name}=${login.cookie.value}` }),
				...(body && { 'content-type': 'application/octet-stream' }),
			},
			body,
			timeoutMilliseconds: login ? timeoutMilliseconds : Math.min(timeoutMilliseconds, LOGIN_TIMEOUT),
			maxBytes,
			// With the login on later calls, a site that has forgotten the session would begin a new one without a word.
			authorize: !login,
			signal,
		};
	}
}

async function answer(send: Send, request: HttpRequest, call: string): Promise<HttpResponse> {
	try {
		return await send(request);
	} catch (error) {
		throw lostAnswer(error, call, request);
	}
}

const tooLarge = ({ host }: ExchangeAddress, maxBytes: number): SyncError =>
	new SyncError('ANSWER_TOO_LARGE', { host, megabytes: Math.round(maxBytes / 1024 / 1024) });

/** What a status says that PHP's own answers never have; they come with 200 even when they refuse. */
function statusError({ status, headers }: HttpResponse, call: string, address: ExchangeAddress, bytes: number): SyncError | undefined {
	const { host } = address;
	if (status < 300) return undefined;
	if (status < 400) {
		const target = redirectTarget(headers.location, address);
		return target?.sameScript ? new SyncError('EXCHANGE_MOVED', { host, target: target.site }) : new SyncError('EXCHANGE_NO_ACCESS', { host, call, status });
	}
	if (status === 404 || status === 410) return new SyncError('EXCHANGE_PATH', { host, status });
	if (status === 413) return new SyncError('EXCHANGE_BODY_LIMIT', { host, bytes });
	if (status === 429) return new SyncError('EXCHANGE_RATE_LIMIT', { host, call });
	return new SyncError(status >= 500 ? 'EXCHANGE_SERVER_ERROR' : 'EXCHANGE_NO_ACCESS', { host, call, status });
}

/** An answer that is none of the exchange, as an error. */
export function foreignAnswer(what: 'empty' | 'page' | 'other', body: Uint8Array, status: number, call: string, { host }: ExchangeAddress): SyncError {
	if (what === 'empty') return new SyncError('EXCHANGE_ANSWER_EMPTY', { host, call });
	if (refusalCode(readableHead(body)) === 'EXCHANGE_LICENCE') return new SyncError('EXCHANGE_LICENCE');
	return new SyncError(what === 'page' ? 'EXCHANGE_NO_ACCESS' : 'EXCHANGE_ANSWER_UNKNOWN', { host, call, status });
}

/** Pages of a site are in UTF-8, those of the exchange in windows-1251: both readings are looked through. */
const readableHead = (body: Uint8Array): string => headOf(body) + new TextDecoder('utf-8').decode(body.subarray(0, 4096));

/** Whether the same call can succeed a little later. */
export const canPass = (error: unknown): boolean => error instanceof SyncError && error.retryable && (error.kind === 'connection' || error.kind === 'limit' || error.kind === 'server');

/** Whether a request waited for its answer as long as it may. */
export const isTimeout = (error: unknown): boolean => error instanceof SyncError && error.code === 'CONNECTION_TIMEOUT';

/** Ten minutes have passed when a request times out: not many of these. */
const attemptsFor = (error: unknown): number => (isTimeout(error) ? 2 : DEFAULT_BACKOFF.attempts);

/** The request was certainly not carried out: it can be sent again whatever it is. */
export const isUndone = (error: unknown): boolean => error instanceof SyncError && (error.code === 'EXCHANGE_RATE_LIMIT' || neverSent(error));

const LOST: ReadonlySet<string> = new Set(['EXCHANGE_SERVER_ERROR', 'EXCHANGE_ANSWER_EMPTY', 'EXCHANGE_ANSWER_CUT']);

/** Nobody knows whether the request was carried out, or how far. */
export const isLost = (error: unknown): boolean =>
	error instanceof SyncError && !isUndone(error) && (LOST.has(error.code) || (error.kind === 'connection' && error.retryable));

/** The site does not know the session any more, or says so. */
export const isSessionLost = (error: unknown): boolean =>
	error instanceof SyncError && (error.code === 'EXCHANGE_SESSION_LOST' || error.code === 'EXCHANGE_SOURCE_CHECK' || error.code === 'EXCHANGE_NO_ACCESS');
