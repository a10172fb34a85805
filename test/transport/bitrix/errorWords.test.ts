import { CATALOGUE, SyncError, type ErrorCode } from '../../../core';
import { readAnswer } from '../../../transport/bitrix/answers';

type Words = ReadonlyArray<readonly [status: number, ...words: Array<string | number>]>;

/**
 * Every word and number that the reference sheet names (sections 1.2, 1.4, 4 and 5), by what it means here. BITRIX_REJECTED (correct the
 * value that Bitrix names) is the meaning of those listed under it, not what is left over. What an authorization server says in answer
 * to n8n (`invalid_request`) does not come this way.
 */
const DOCUMENTED: Partial<Record<ErrorCode, Words>> = {
	BITRIX_RATE_LIMIT: [[503, 'QUERY_LIMIT_EXCEEDED']],
	BITRIX_OPERATING_LIMIT: [[429, 'OPERATION_TIME_LIMIT']],
	BITRIX_OVERLOAD: [[503, 'OVERLOAD_LIMIT']],
	BITRIX_TOKEN_EXPIRED: [[401, 'expired_token']],
	BITRIX_AUTH_FAILED: [[401, 'NO_AUTH_FOUND', 'invalid_token', 'METHOD_CONFIRM_WAITING', 'invalid_client', 'invalid_grant'], [403, 'INVALID_CREDENTIALS']],
	BITRIX_SCOPE: [[403, 'insufficient_scope', 'invalid_scope']],
	BITRIX_NO_RIGHT: [
		[403, 'user_access_error', 'ACCESS_DENIED', 'METHOD_CONFIRM_DENIED'],
		[400, 200_040_300_010, 200_040_300_020, 200_040_300_030, 200_040_300_040, 200_040_300_043, 200_040_300_050],
	],
	BITRIX_RECONNECT: [[402, 'PAYMENT_REQUIRED']],
	BITRIX_APPLICATION_ONLY: [[403, 'WRONG_AUTH_TYPE']],
	BITRIX_PLAN: [[403, 'WRONG_LICENSE']],
	BITRIX_METHOD_MISSING: [[404, 'ERROR_METHOD_NOT_FOUND']],
	BITRIX_NOT_HTTPS: [[400, 'INVALID_REQUEST']],
	BITRIX_SERVER_ERROR: [[500, 'INTERNAL_SERVER_ERROR', 'ERROR_UNEXPECTED_ANSWER']],
	BITRIX_PORTAL_CLOSED: [[500, 'PORTAL_DELETED']],
	BITRIX_EVENT_UNAVAILABLE: [[400, 'ERROR_EVENT_NOT_FOUND']],
	BITRIX_NOT_FOUND: [
		[400, 200_040_300_000, 200_700_300_030, 200_700_300_050],
		[400, 200_140_400_001, 200_540_400_001, 201_240_400_001, 200_640_400_001, 201_140_400_001],
	],
	BITRIX_NOT_UNIQUE: [[400, 'BX_INVALID_VALUE', 200_700_300_040, 201_250_000_001]],
	ORDER_CANCEL_PAID: [[400, 'SALE_ORDER_CANCEL_PAYMENT_EXIST_ACTIVE']],
	BITRIX_REJECTED: [[400, 'ERROR_BATCH_LENGTH_EXCEEDED', 0, '', 100, 200_140_400_007, 200_140_400_008, 200_140_400_009, 200_140_400_011], [405, 'ERROR_BATCH_METHOD_NOT_ALLOWED']],
};

/** What the sheet says to repeat; a server's own failure with care, which is the business of the caller. */
const REPEATED: unknown[] = ['QUERY_LIMIT_EXCEEDED', 'OPERATION_TIME_LIMIT', 'expired_token', 'INTERNAL_SERVER_ERROR', 'ERROR_UNEXPECTED_ANSWER'];

const rows = Object.entries(DOCUMENTED).flatMap(([code, lists]) => lists.flatMap(([status, ...words]) => words.map((word) => [word, status, code as ErrorCode] as const)));

function failure(status: number, body: unknown): SyncError {
	const answer = readAnswer({ status, headers: {}, body: new TextEncoder().encode(typeof body === 'string' ? body : JSON.stringify(body)) }, 'sale.order.get');
	if (answer instanceof SyncError) return answer;
	throw new Error(`It was taken for an answer: ${JSON.stringify(answer)}`);
}

describe('A refusal of Bitrix', () => {
	it.each(rows)('%j (HTTP %i) is %s', (word, status, code) => {
		// Version 2 has the word, in any case and a number as number or text; version 3 has it in an object.
		const bodies = [word, String(word), String(word).toLowerCase(), { code: word, message: 'Слова' }].map((error) => ({ error, error_description: 'Слова' }));
		for (const found of bodies.map((body) => failure(status, body))) {
			expect(found.report()).toMatchObject({ code, kind: CATALOGUE[code].kind, retryable: REPEATED.includes(word) });
			expect(`${found.message} ${found.advice}`).not.toMatch(/[{}]/);
		}
	});

	it('is listed once', () => expect(new Set(rows.map(([word]) => String(word))).size).toBe(rows.length));

	it.each([
		['Элемент с таким символьным кодом уже существует', 'BITRIX_NOT_UNIQUE'], ['Section with the specified symbolic code already exists', 'BITRIX_NOT_UNIQUE'], ['Not found', 'BITRIX_NOT_FOUND'],
	])('without a word is told by its text: %s', (text, code) => {
		for (const error of [0, '0', '', null]) expect(failure(400, { error, error_description: text }).code).toBe(code);
	});

	it.each([
		[400, 'BITRIX_REJECTED'], [401, 'BITRIX_AUTH_FAILED'], [403, 'BITRIX_NO_RIGHT'], [404, 'BITRIX_NOT_FOUND'], [405, 'BITRIX_REJECTED'], [429, 'BITRIX_OPERATING_LIMIT'], [500, 'BITRIX_SERVER_ERROR'],
		[503, 'BITRIX_SERVER_ERROR'],
	])('that nobody knows: HTTP %i is %s', (status, code) => {
		expect(failure(status, { error: 'SOMETHING_NEW', error_description: 'Новое' })).toMatchObject({ code, details: { reason: 'Новое [SOMETHING_NEW]' } });
	});

	it.each([[200, 'ANSWER_NOT_JSON'], [403, 'CONNECTION_BLOCKED'], [500, 'ANSWER_NOT_JSON'], [504, 'ANSWER_NOT_JSON']])('is missing where a page comes instead: HTTP %i is %s', (status, code) =>
		expect(failure(status, '<html>').code).toBe(code),
	);
});
