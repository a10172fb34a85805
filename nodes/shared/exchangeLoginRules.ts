import type { ICredentialTestRequest } from 'n8n-workflow';

const REFUSED =
	'The site refused: wrong login or password, the web server does not hand the Authorization header on to PHP, or no group of the user is in the settings of the catalog exchange';
const PAGE = 'The site answered with a page: no access to /bitrix/admin/ for this user, a firewall, or a closed site';
const UNKNOWN = 'Something else than the exchange answers at this address';
const EMPTY = 'The site answered with nothing: look into its error log';
const MOVED = 'The site sends you on to another address: enter that one, with https:// or www. as it has it';
const NOWHERE = 'There is no exchange script at this address: check Site Address and Path';

/** What the first letter of an answer says that does not begin with `success`. */
const BY_FIRST_LETTER: ReadonlyArray<readonly [letters: string, message: string]> = [
	['f', REFUSED],
	['<', PAGE],
	['\n\r\t {["0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZep', UNKNOWN],
];

const BY_STATUS: ReadonlyArray<readonly [statuses: number[], message: string]> = [
	[[301, 302, 307, 308], MOVED],
	[[401, 403], PAGE],
	[[404, 410], NOWHERE],
];

const bytesOf = (letters: string): number[] => [...new Set(Array.from(letters, (letter) => new TextEncoder().encode(letter)[0] ?? 0))];

/**
 * When the login of a credential counts as failed. Sites refuse with status 200, and n8n compares nothing but single
 * values: so the first byte of the answer is looked at, which is that of `success` when all is well.
 */
export const loginRules = [
	...BY_STATUS.flatMap(([statuses, message]) => statuses.map((value) => ({ type: 'responseCode', properties: { value, message } }))),
	...BY_FIRST_LETTER.flatMap(([letters, message]) => bytesOf(letters).map((value) => ({ type: 'responseSuccessBody', properties: { key: '0', value, message } }))),
	{ type: 'responseSuccessBody', properties: { key: 'length', value: 0, message: EMPTY } },
] as ICredentialTestRequest['rules'];
