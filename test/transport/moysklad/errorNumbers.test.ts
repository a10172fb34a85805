import { CATALOGUE, SyncError, type ErrorCode } from '../../../core';
import { failedAnswer } from '../../../transport/moysklad/answers';

type Numbers = ReadonlyArray<readonly [status: number, ...numbers: number[]]>;

/**
 * Every number that the reference sheet names (sections 1.4 to 1.6, 2.6, 3.8, 4, 5), by what it means here. MOYSKLAD_REJECTED (correct
 * the value that MoySklad names) is the meaning of those listed under it, not what is left over.
 */
const DOCUMENTED: Partial<Record<ErrorCode, Numbers>> = {
	MOYSKLAD_REQUEST_INVALID: [
		[404, 1002, 1005], [400, 1006, 1014, 1030, 1034, 1035, 1041, 1052, 1062, 1063, 1069, 1089, 1998], [415, 1037],
		[400, 2001, 2004, 2006, 2008, 3027, 3030, 3042, 3043], [400, 30_000, 30_001, 30_002, 30_008, 30_009, 61_001],
	],
	MOYSKLAD_NO_RIGHT: [[403, 1016, 1017, 1018, 1045, 1085, 3046, 13_004, 14_010, 14_013, 38_000, 55_005, 55_006]],
	MOYSKLAD_NOT_FOUND: [[404, 1021]],
	MOYSKLAD_IN_USE: [[409, 1023, 1028]],
	MOYSKLAD_LOGIN_LOCKED: [[401, 1048]],
	MOYSKLAD_RATE_LIMIT: [[429, 1049]],
	MOYSKLAD_PARALLEL_LIMIT: [[429, 1073], [400, 61_002]],
	MOYSKLAD_AUTH_FAILED: [[401, 1056]],
	MOYSKLAD_ACCESS_DISABLED: [[403, 1061]],
	MOYSKLAD_CHANGED_MEANWHILE: [[409, 1065]],
	MOYSKLAD_SETTING: [[400, 1067]],
	MOYSKLAD_TARIFF: [[403, 1070, 37_000, 47_000], [400, 51_003]],
	MOYSKLAD_MAINTENANCE: [[503, 1074, 1095, 51_007]],
	MOYSKLAD_SERVER_ERROR: [[500, 1999]],
	MOYSKLAD_TOO_LARGE: [[413, 1044, 2007, 2022, 51_004], [400, 1079, 1080, 1082, 1088, 13_005, 14_005, 51_006]],
	MOYSKLAD_NOT_UNIQUE: [[412, 3006, 10_002, 15_000]],
	MOYSKLAD_CLOSED_PERIOD: [[400, 17_009]],
	MOYSKLAD_REJECTED: [
		[400, 1007, 1024, 1025, 1047, 1059, 1060, 2010, 2011, 2012, 2013, 2016, 2021, 2024, 2027], [412, 3000, 3009, 3023],
		[400, 2029, 3001, 3003, 3004, 3005, 3014, 3015, 3024, 3051, 11_001, 11_002, 14_000, 14_003, 14_004, 14_009, 15_001, 16_102],
		[400, 17_000, 17_001, 17_003, 17_021, 22_000, 22_001, 22_004, 23_000, 23_001, 51_002, 67_007, 30_005],
	],
	WEBHOOK_EXISTS: [[400, 30_003]],
	WEBHOOK_NO_ADMIN: [[403, 30_004]],
	WEBHOOK_TARIFF: [[403, 30_006]],
	WEBHOOK_SLOTS_FULL: [[400, 30_007]],
	WEBHOOK_URL_TOO_LONG: [[400, 30_010]],
};

/** What the sheet says to repeat, or is made good by a look at what is there. All others would fail again in the same way. */
const REPEATED = [1048, 1049, 1065, 1073, 1074, 1095, 1999, 30_003, 51_007, 61_002];

const rows = Object.entries(DOCUMENTED).flatMap(([code, lists]) => lists.flatMap(([status, ...numbers]) => numbers.map((number) => [number, status, code as ErrorCode] as const)));

const failure = (status: number, body: unknown): SyncError =>
	failedAnswer({ status, headers: {}, body: new TextEncoder().encode(typeof body === 'string' ? body : JSON.stringify(body)) }, 'GET entity/product', 'https://api.moysklad.ru/api/remap/1.2/entity/product');

describe('A number of MoySklad', () => {
	it.each(rows)('%i (HTTP %i) is %s', (number, status, code) => {
		const found = failure(status, { errors: [{ code: number, error: 'Слова МоегоСклада' }] });
		expect(found.report()).toMatchObject({ code, kind: CATALOGUE[code].kind, retryable: REPEATED.includes(number) });
		expect(`${found.message} ${found.advice}`).not.toMatch(/[{}]/);
	});

	it('is listed once', () => expect(new Set(rows.map(([number]) => number)).size).toBe(rows.length));

	it('counts beside others that say less, and decides over the status', () => {
		expect(failure(400, { errors: [{ code: 2016, error: 'x' }, { code: 17_009, error: 'y' }] })).toMatchObject({ code: 'MOYSKLAD_CLOSED_PERIOD', message: expect.stringContaining('x [2016]; y [17009]') as string });
		expect(failure(404, { errors: [{ code: 1005, error: 'x' }] }).code).toBe('MOYSKLAD_REQUEST_INVALID');
	});

	it.each([
		[400, 'MOYSKLAD_REJECTED'], [401, 'MOYSKLAD_AUTH_FAILED'], [403, 'MOYSKLAD_NO_RIGHT'], [404, 'MOYSKLAD_NOT_FOUND'], [405, 'MOYSKLAD_REQUEST_INVALID'], [409, 'MOYSKLAD_IN_USE'],
		[410, 'MOYSKLAD_NOT_FOUND'], [412, 'MOYSKLAD_REJECTED'], [413, 'MOYSKLAD_TOO_LARGE'], [414, 'MOYSKLAD_REQUEST_INVALID'], [415, 'MOYSKLAD_REQUEST_INVALID'], [429, 'MOYSKLAD_RATE_LIMIT'],
		[500, 'MOYSKLAD_SERVER_ERROR'], [502, 'MOYSKLAD_SERVER_ERROR'], [503, 'MOYSKLAD_SERVER_ERROR'], [504, 'MOYSKLAD_SERVER_ERROR'],
	])('that nobody knows: HTTP %i is %s', (status, code) => {
		const found = failure(status, { errors: [{ code: 999_999, error: 'Новое' }] });
		expect(found).toMatchObject({ code, retryable: status === 429 || status >= 500 });
		expect(found.details.reason).toBe('Новое [999999]');
		expect(failure(status, { errors: [] })).toMatchObject({ code });
	});

	it.each([[400, 'ANSWER_NOT_JSON'], [403, 'CONNECTION_BLOCKED'], [404, 'MOYSKLAD_NOT_FOUND'], [413, 'MOYSKLAD_TOO_LARGE'], [429, 'MOYSKLAD_RATE_LIMIT'], [502, 'ANSWER_NOT_JSON'], [504, 'ANSWER_NOT_JSON']])(
		'is missing where a page comes instead: HTTP %i is %s', (status, code) => expect(failure(status, '<html>').code).toBe(code),
	);
});
