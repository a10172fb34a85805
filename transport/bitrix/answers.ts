import { SyncError, type ErrorCode } from '../../core';
import { bodyJson, type HttpResponse } from '../http';

/** The envelope of REST version 2. `error` may be a word, a number, 0 or empty: its presence decides. Version 3 puts an object there. */
interface Envelope {
	result?: unknown;
	error?: string | number | { code?: string | number; message?: string } | null;
	error_description?: string;
	total?: number;
	next?: number;
	time?: Timing;
}

/** Times of a call in seconds; the last two are missing on boxed editions and sites. */
export interface Timing {
	duration?: number;
	operating?: number;
	operating_reset_at?: number;
}

/** A successful answer of REST version 2. `total` (rows of the whole list) and `next` only of lists that count. */
export interface BitrixAnswer {
	result: unknown;
	total?: number;
	next?: number;
	time?: Timing;
}

/** Codes are compared in upper case. Source: github bitrix24/b24restdocs, `_includes/system-errors.md`. */
const BY_CODE: Record<string, ErrorCode> = {
	QUERY_LIMIT_EXCEEDED: 'BITRIX_RATE_LIMIT',
	OPERATION_TIME_LIMIT: 'BITRIX_OPERATING_LIMIT',
	OVERLOAD_LIMIT: 'BITRIX_OVERLOAD',
	EXPIRED_TOKEN: 'BITRIX_TOKEN_EXPIRED',
	NO_AUTH_FOUND: 'BITRIX_AUTH_FAILED',
	INVALID_TOKEN: 'BITRIX_AUTH_FAILED',
	INVALID_GRANT: 'BITRIX_AUTH_FAILED',
	INVALID_CLIENT: 'BITRIX_AUTH_FAILED',
	METHOD_CONFIRM_WAITING: 'BITRIX_AUTH_FAILED',
	METHOD_CONFIRM_DENIED: 'BITRIX_NO_RIGHT',
	INVALID_CREDENTIALS: 'BITRIX_AUTH_FAILED',
	INSUFFICIENT_SCOPE: 'BITRIX_SCOPE',
	INVALID_SCOPE: 'BITRIX_SCOPE',
	USER_ACCESS_ERROR: 'BITRIX_NO_RIGHT',
	ACCESS_DENIED: 'BITRIX_NO_RIGHT',
	WRONG_AUTH_TYPE: 'BITRIX_APPLICATION_ONLY',
	WRONG_LICENSE: 'BITRIX_PLAN',
	PAYMENT_REQUIRED: 'BITRIX_RECONNECT',
	ERROR_EVENT_NOT_FOUND: 'BITRIX_EVENT_UNAVAILABLE',
	ERROR_METHOD_NOT_FOUND: 'BITRIX_METHOD_MISSING',
	INVALID_REQUEST: 'BITRIX_NOT_HTTPS',
	ERROR_BATCH_LENGTH_EXCEEDED: 'BITRIX_REJECTED',
	ERROR_BATCH_METHOD_NOT_ALLOWED: 'BITRIX_REJECTED',
	INTERNAL_SERVER_ERROR: 'BITRIX_SERVER_ERROR',
	ERROR_UNEXPECTED_ANSWER: 'BITRIX_SERVER_ERROR',
	PORTAL_DELETED: 'BITRIX_PORTAL_CLOSED',
	BX_INVALID_VALUE: 'BITRIX_NOT_UNIQUE',
	SALE_ORDER_CANCEL_PAYMENT_EXIST_ACTIVE: 'ORDER_CANCEL_PAID',
	'200040300010': 'BITRIX_NO_RIGHT',
	'200040300020': 'BITRIX_NO_RIGHT',
	'200040300030': 'BITRIX_NO_RIGHT',
	'200040300040': 'BITRIX_NO_RIGHT',
	'200040300043': 'BITRIX_NO_RIGHT',
	'200040300050': 'BITRIX_NO_RIGHT',
	'200040300000': 'BITRIX_NOT_FOUND',
	'200700300030': 'BITRIX_NOT_FOUND',
	'200700300040': 'BITRIX_NOT_UNIQUE',
	'200700300050': 'BITRIX_NOT_FOUND',
	'200540400001': 'BITRIX_NOT_FOUND',
	'201240400001': 'BITRIX_NOT_FOUND',
	'200640400001': 'BITRIX_NOT_FOUND',
	'201140400001': 'BITRIX_NOT_FOUND',
	'200140400001': 'BITRIX_NOT_FOUND',
	'201250000001': 'BITRIX_NOT_UNIQUE',
};

const BY_STATUS: Record<number, ErrorCode> = {
	401: 'BITRIX_AUTH_FAILED',
	403: 'BITRIX_NO_RIGHT',
	404: 'BITRIX_NOT_FOUND',
	405: 'BITRIX_REJECTED',
	429: 'BITRIX_OPERATING_LIMIT',
};

/** A refusal in Bitrix's words as an error of the catalogue. `call` is the name of the method. */
export function refusal(code: string | number | undefined, description: string | undefined, call: string, status: number): SyncError {
	const word = String(code ?? '').toUpperCase();
	const reason = [description, word && word !== '0' ? `[${word}]` : ''].filter(Boolean).join(' ') || `HTTP ${status}`;
	const known = BY_CODE[word] ?? inWords(description) ?? BY_STATUS[status];
	return new SyncError(known ?? (status >= 500 ? 'BITRIX_SERVER_ERROR' : 'BITRIX_REJECTED'), { call, reason, status, events: reason });
}

/** Uniqueness of symbolic codes, and what the older methods of the CRM do not find, have no codes of their own, only words. */
function inWords(description = ''): ErrorCode | undefined {
	if (/already exists|уже существует/i.test(description)) return 'BITRIX_NOT_UNIQUE';
	return /^not found\.?$/i.test(description.trim()) ? 'BITRIX_NOT_FOUND' : undefined;
}

/** The answer's content, or what went wrong. A page instead of JSON is an error with a code of its own. */
export function readAnswer(response: HttpResponse, call: string): BitrixAnswer | SyncError {
	const body = bodyJson(response);
	if (typeof body !== 'object' || body === null || Array.isArray(body)) return pageInstead(response);
	const envelope = body as Envelope;
	if ('error' in envelope) return refused(envelope, call, response.status);
	const { total, next, time, ...bare } = envelope;
	// Some methods are documented with their answer beside the times, without `result`.
	const isBare = !('result' in bare) && typeof time === 'object' && Object.keys(bare).length > 0;
	if (response.status >= 300 || !('result' in bare || isBare)) return refusal(undefined, undefined, call, response.status);
	return { result: isBare ? bare : bare.result, total, next, time };
}

function refused({ error, error_description: description }: Envelope, call: string, status: number): SyncError {
	if (typeof error !== 'object') return refusal(error, description, call, status);
	return refusal(error?.code, error?.message ?? description, call, status);
}

function pageInstead(response: HttpResponse): SyncError {
	if (response.status === 403) return new SyncError('CONNECTION_BLOCKED', { host: 'The server of the site', status: response.status });
	return new SyncError('ANSWER_NOT_JSON', { host: 'The server of the site', status: response.status });
}
