import type { HttpRequest } from '../../transport';
import { lostAnswer, neverSent } from '../../transport/failure';
import { socketError } from './scriptedSend';

const request = (signal?: AbortSignal): HttpRequest => ({
	method: 'POST', url: 'https://user:secret@shop.example.com/rest/1/secret/x?auth=secret', headers: {}, timeoutMilliseconds: 30_000, authorize: true, signal,
});

describe('A call without an answer', () => {
	it.each([
		['ENOTFOUND', 'CONNECTION_DNS', true],
		['EAI_AGAIN', 'CONNECTION_DNS', true],
		['CERT_HAS_EXPIRED', 'CONNECTION_TLS', false],
		['DEPTH_ZERO_SELF_SIGNED_CERT', 'CONNECTION_TLS', false],
		['ERR_TLS_CERT_ALTNAME_INVALID', 'CONNECTION_TLS', false],
		['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'CONNECTION_TLS', false],
		['ETIMEDOUT', 'CONNECTION_TIMEOUT', true],
		['UND_ERR_HEADERS_TIMEOUT', 'CONNECTION_TIMEOUT', true],
		['ECONNABORTED', 'CONNECTION_TIMEOUT', true],
		['ECONNREFUSED', 'CONNECTION_FAILED', true],
		['ECONNRESET', 'CONNECTION_FAILED', true],
		['EHOSTUNREACH', 'CONNECTION_FAILED', true],
	])('A1: %s is %s, with advice and the host, without secrets', (code, expected, retryable) => {
		const error = lostAnswer(socketError(code), 'POST x', request());
		expect(error).toMatchObject({ code: expected, kind: 'connection', retryable });
		expect(error.message).toContain('shop.example.com');
		expect(error.report().advice).toMatch(/\.$/);
		expect(JSON.stringify([error.report(), error.details])).not.toContain('secret');
	});

	it('A1: says “no answer” where the error says nothing', () => {
		expect(lostAnswer(new TypeError('fetch failed'), 'x', request()).message).toBe('No connection to shop.example.com: no answer');
	});

	it('may be repeated whatever it was only when it cannot have arrived', () => {
		const sure = ['ENOTFOUND', 'ECONNREFUSED', 'ECONNRESET', 'ETIMEDOUT', 'CERT_HAS_EXPIRED'].filter((code) => neverSent(lostAnswer(socketError(code), 'x', request())));
		expect(sure).toEqual(['ENOTFOUND', 'ECONNREFUSED']);
	});

	it('is no failure of the connection when the execution was stopped', () => {
		expect(() => lostAnswer(socketError('ECONNRESET'), 'x', request(AbortSignal.abort()))).toThrow(expect.objectContaining({ code: 'STOPPED' }));
	});
});
