import { SyncError } from '../core';
import { hostOf, type HttpRequest } from './http';

/** Codes that Node's sockets and resolvers put on errors, wherever in the chain of causes they sit. */
export function systemCode(error: unknown): string {
	for (let current: unknown = error, depth = 0; typeof current === 'object' && current !== null && depth < 8; depth += 1) {
		const { code, cause } = current as { code?: unknown; cause?: unknown };
		if (typeof code === 'string' && /^[A-Z][A-Z0-9_]+$/.test(code)) return code;
		current = cause;
	}
	return '';
}

const TLS = /CERT|SSL|TLS|SELF_SIGNED|UNABLE_TO_(VERIFY|GET_ISSUER)/;
/** Names of errors that say nothing. */
const BARE = ['', 'Error', 'TypeError'];

const TIMEOUT = /TIMEDOUT|TIMEOUT|ECONNABORTED/;

/** True when the request cannot have reached the server, so that repeating it is safe whatever it was. */
export const neverSent = (error: SyncError): boolean => error.code === 'CONNECTION_DNS' || (error.code === 'CONNECTION_FAILED' && error.details.reason === 'ECONNREFUSED');

/** Whether a call that failed is sent once more: the reason can pass by itself, and twice the same does no harm or cannot have happened. */
export const mayRepeat = (error: SyncError, repeatable: boolean): boolean =>
	error.retryable && (error.kind === 'connection' || error.kind === 'server') && (repeatable || neverSent(error));

/** What a rejected `send` means, as an error of the catalogue without addresses that may hold secrets. */
function connectionError(error: unknown, url: string, seconds: number): SyncError {
	if (error instanceof SyncError) return error;
	const host = hostOf(url);
	const code = systemCode(error);
	// That of a timer is no `Error` of this context where the caller runs in one of its own.
	const { name = '' } = (error ?? {}) as { name?: string };
	if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return new SyncError('CONNECTION_DNS', { host }, { cause: error });
	if (TLS.test(code)) return new SyncError('CONNECTION_TLS', { host, reason: code }, { cause: error });
	if (TIMEOUT.test(code) || name === 'TimeoutError') return new SyncError('CONNECTION_TIMEOUT', { host, seconds: Math.round(seconds) }, { cause: error });
	return new SyncError('CONNECTION_FAILED', { host, reason: code || (BARE.includes(name) ? 'no answer' : name) }, { cause: error });
}

/** What a rejected `send` means for `call`. Throws STOPPED when the execution was stopped meanwhile. */
export function lostAnswer(error: unknown, call: string, { url, timeoutMilliseconds, signal }: HttpRequest): SyncError {
	if (signal?.aborted) throw new SyncError('STOPPED', { call }, { cause: error });
	return connectionError(error, url, timeoutMilliseconds / 1000);
}

/** Throws what must end the whole run; gives what concerns only the part that failed. */
export function partFailure(error: unknown): SyncError {
	if (!(error instanceof SyncError) || error.code === 'STOPPED') throw error;
	return error;
}

/** An error of whatever kind as one of the catalogue, where it concerns a single element only. */
export const unforeseen = (error: unknown): SyncError =>
	error instanceof SyncError ? error : new SyncError('UNEXPECTED', { reason: error instanceof Error ? error.message : String(error) }, { cause: error });
