import { SyncError, type ErrorCode } from '../../core';
import { bodyJson, hostOf, type HttpResponse } from '../http';

/** One entry of MoySklad's `errors`; only `error` is promised. */
interface ApiError {
	error?: string;
	code?: number;
	parameter?: string;
	error_message?: string;
}

/**
 * MoySklad's numbers that mean more than their HTTP status says. Source: github moysklad/api-remap-1.2-doc, `md/_errors.md`.
 * After 1999 (an inner error) nobody knows whether a write was carried out; during maintenance it was not.
 */
const BY_NUMBER: Record<number, ErrorCode> = {
	1002: 'MOYSKLAD_REQUEST_INVALID',
	1005: 'MOYSKLAD_REQUEST_INVALID',
	1006: 'MOYSKLAD_REQUEST_INVALID',
	1014: 'MOYSKLAD_REQUEST_INVALID',
	1016: 'MOYSKLAD_NO_RIGHT',
	1017: 'MOYSKLAD_NO_RIGHT',
	1018: 'MOYSKLAD_NO_RIGHT',
	1021: 'MOYSKLAD_NOT_FOUND',
	1023: 'MOYSKLAD_IN_USE',
	1028: 'MOYSKLAD_IN_USE',
	1030: 'MOYSKLAD_REQUEST_INVALID',
	1034: 'MOYSKLAD_REQUEST_INVALID',
	1035: 'MOYSKLAD_REQUEST_INVALID',
	1037: 'MOYSKLAD_REQUEST_INVALID',
	1041: 'MOYSKLAD_REQUEST_INVALID',
	1044: 'MOYSKLAD_TOO_LARGE',
	1045: 'MOYSKLAD_NO_RIGHT',
	1048: 'MOYSKLAD_LOGIN_LOCKED',
	1049: 'MOYSKLAD_RATE_LIMIT',
	1052: 'MOYSKLAD_REQUEST_INVALID',
	1056: 'MOYSKLAD_AUTH_FAILED',
	1061: 'MOYSKLAD_ACCESS_DISABLED',
	1062: 'MOYSKLAD_REQUEST_INVALID',
	1063: 'MOYSKLAD_REQUEST_INVALID',
	1065: 'MOYSKLAD_CHANGED_MEANWHILE',
	1067: 'MOYSKLAD_SETTING',
	1069: 'MOYSKLAD_REQUEST_INVALID',
	1070: 'MOYSKLAD_TARIFF',
	1073: 'MOYSKLAD_PARALLEL_LIMIT',
	1074: 'MOYSKLAD_MAINTENANCE',
	1079: 'MOYSKLAD_TOO_LARGE',
	1080: 'MOYSKLAD_TOO_LARGE',
	1082: 'MOYSKLAD_TOO_LARGE',
	1085: 'MOYSKLAD_NO_RIGHT',
	1088: 'MOYSKLAD_TOO_LARGE',
	1089: 'MOYSKLAD_REQUEST_INVALID',
	1095: 'MOYSKLAD_MAINTENANCE',
	1998: 'MOYSKLAD_REQUEST_INVALID',
	1999: 'MOYSKLAD_SERVER_ERROR',
	2001: 'MOYSKLAD_REQUEST_INVALID',
	2004: 'MOYSKLAD_REQUEST_INVALID',
	2006: 'MOYSKLAD_REQUEST_INVALID',
	2007: 'MOYSKLAD_TOO_LARGE',
	2008: 'MOYSKLAD_REQUEST_INVALID',
	2022: 'MOYSKLAD_TOO_LARGE',
	3006: 'MOYSKLAD_NOT_UNIQUE',
	3027: 'MOYSKLAD_REQUEST_INVALID',
	3030: 'MOYSKLAD_REQUEST_INVALID',
	3042: 'MOYSKLAD_REQUEST_INVALID',
	3043: 'MOYSKLAD_REQUEST_INVALID',
	3046: 'MOYSKLAD_NO_RIGHT',
	10002: 'MOYSKLAD_NOT_UNIQUE',
	13004: 'MOYSKLAD_NO_RIGHT',
	13005: 'MOYSKLAD_TOO_LARGE',
	14005: 'MOYSKLAD_TOO_LARGE',
	14010: 'MOYSKLAD_NO_RIGHT',
	14013: 'MOYSKLAD_NO_RIGHT',
	15000: 'MOYSKLAD_NOT_UNIQUE',
	17009: 'MOYSKLAD_CLOSED_PERIOD',
	30000: 'MOYSKLAD_REQUEST_INVALID',
	30001: 'MOYSKLAD_REQUEST_INVALID',
	30002: 'MOYSKLAD_REQUEST_INVALID',
	30003: 'WEBHOOK_EXISTS',
	30004: 'WEBHOOK_NO_ADMIN',
	30006: 'WEBHOOK_TARIFF',
	30007: 'WEBHOOK_SLOTS_FULL',
	30008: 'MOYSKLAD_REQUEST_INVALID',
	30009: 'MOYSKLAD_REQUEST_INVALID',
	30010: 'WEBHOOK_URL_TOO_LONG',
	37000: 'MOYSKLAD_TARIFF',
	38000: 'MOYSKLAD_NO_RIGHT',
	47000: 'MOYSKLAD_TARIFF',
	51003: 'MOYSKLAD_TARIFF',
	51004: 'MOYSKLAD_TOO_LARGE',
	51006: 'MOYSKLAD_TOO_LARGE',
	51007: 'MOYSKLAD_MAINTENANCE',
	61001: 'MOYSKLAD_REQUEST_INVALID',
	61002: 'MOYSKLAD_PARALLEL_LIMIT',
};

const BY_STATUS: Record<number, ErrorCode> = {
	401: 'MOYSKLAD_AUTH_FAILED',
	403: 'MOYSKLAD_NO_RIGHT',
	404: 'MOYSKLAD_NOT_FOUND',
	405: 'MOYSKLAD_REQUEST_INVALID',
	409: 'MOYSKLAD_IN_USE',
	410: 'MOYSKLAD_NOT_FOUND',
	413: 'MOYSKLAD_TOO_LARGE',
	414: 'MOYSKLAD_REQUEST_INVALID',
	415: 'MOYSKLAD_REQUEST_INVALID',
	429: 'MOYSKLAD_RATE_LIMIT',
	431: 'MOYSKLAD_REQUEST_INVALID',
};

/** The entries of an `errors` body, or undefined when it is not one. */
export function apiErrors(body: unknown): ApiError[] | undefined {
	if (typeof body !== 'object' || body === null || !('errors' in body)) return undefined;
	if (!Array.isArray(body.errors)) return undefined;
	return (body.errors as unknown[]).filter((entry): entry is ApiError => typeof entry === 'object' && entry !== null);
}

/** An `errors` body as an error of the catalogue, with MoySklad's own words. `call` is e.g. "GET entity/product". */
export function refusal(errors: ApiError[], call: string, status: number): SyncError {
	const number = errors.find(({ code }) => code !== undefined && Object.hasOwn(BY_NUMBER, code))?.code ?? errors[0]?.code;
	const reason = errors.map(describe).join('; ') || `HTTP ${status}`;
	const code = (number !== undefined && BY_NUMBER[number]) || BY_STATUS[status] || (status >= 500 ? 'MOYSKLAD_SERVER_ERROR' : 'MOYSKLAD_REJECTED');
	return new SyncError(code, { call, reason, status });
}

function describe({ error, code, parameter, error_message: more }: ApiError): string {
	const text = [error ?? 'no reason given', more].filter(Boolean).join(': ');
	const where = parameter && !text.includes(parameter) ? ` (${parameter})` : '';
	return `${text}${where}${code === undefined ? '' : ` [${code}]`}`;
}

/** What an answer above 299, or one without JSON, means. */
export function failedAnswer(response: HttpResponse, call: string, url: string): SyncError {
	const errors = apiErrors(bodyJson(response));
	if (errors) return refusal(errors, call, response.status);
	// MoySklad itself gives reasons; a page is of what stands in between, or of its protection from attacks.
	if (response.status === 403) return new SyncError('CONNECTION_BLOCKED', { host: hostOf(url), status: 403 });
	const code = BY_STATUS[response.status];
	if (code) return new SyncError(code, { call, reason: `HTTP ${response.status}`, status: response.status });
	return new SyncError('ANSWER_NOT_JSON', { host: hostOf(url), status: response.status });
}

/** The limit headers. X-RateLimit-* count units; X-Lognex-* are milliseconds. Source: github moysklad/api-remap-1.2-doc, `md/_restrictions.md`. */
export function limitState({ status, headers }: HttpResponse): {
	refused: boolean;
	limit?: number;
	remaining?: number;
	windowMilliseconds?: number;
	resetMilliseconds?: number;
} {
	return {
		refused: status === 429,
		limit: numeric(headers['x-ratelimit-limit']),
		remaining: numeric(headers['x-ratelimit-remaining']),
		windowMilliseconds: numeric(headers['x-lognex-retry-timeinterval']),
		resetMilliseconds: numeric(headers['x-lognex-retry-after']) ?? numeric(headers['x-lognex-reset']),
	};
}

function numeric(text: string | undefined): number | undefined {
	const value = text === undefined || text === '' ? NaN : Number(text);
	return Number.isFinite(value) ? value : undefined;
}
