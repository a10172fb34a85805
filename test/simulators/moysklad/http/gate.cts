import type { IncomingCall } from '../../kernel/simulator.cts';
import type { Account } from '../account.cts';
import { ApiError, refusal } from '../errors.cts';
import type { User } from '../users.cts';

/** What a request must bring before anything else is looked at. */

const MOST_HEADER_BYTES = 8 * 1024;
const ACCEPTED = 'application/json;charset=utf-8';

export const header = (call: IncomingCall, name: string): string | undefined => {
	const value = call.headers[name];
	return Array.isArray(value) ? value.join(', ') : value;
};

/** Request line and headers together, as they came over the wire. */
export function tooLong(call: IncomingCall): boolean {
	const line = call.method.length + call.path.length + call.query.length + ' ? HTTP/1.1\r\n'.length;
	const lines = Object.entries(call.headers).map(
		([name, value]) => name.length + String(value ?? '').length + ': \r\n'.length,
	);
	return lines.reduce((sum, length) => sum + length, line) > MOST_HEADER_BYTES;
}

/** Whether gzip is among the codings that the caller takes. */
export const takesGzip = (call: IncomingCall): boolean =>
	(header(call, 'accept-encoding') ?? '')
		.toLowerCase()
		.split(',')
		.map((coding) => coding.replace(/\s+/g, ''))
		.some((coding) => coding === 'gzip' || (coding.startsWith('gzip;q=') && Number(coding.slice(7)) > 0));

/** 1062 unless it is the one accepted value; white space and case do not matter. `wildcard` lets the any-type wildcard pass too. */
export function checkAccept(call: IncomingCall, wildcard: boolean): void {
	const accept = header(call, 'accept')?.replace(/\s+/g, '').toLowerCase();
	if (accept === undefined || accept === ACCEPTED || (wildcard && accept === '*/*')) return;
	throw refusal(1062);
}

/** Who calls. Throws 1056, 1048 and 1061. */
export function authenticate(call: IncomingCall, account: Account): User {
	const [scheme = '', secret = ''] = (header(call, 'authorization') ?? '').split(' ');
	const user =
		scheme.toLowerCase() === 'basic'
			? byPassword(secret, account)
			: scheme.toLowerCase() === 'bearer'
				? account.users.byToken(secret)
				: undefined;
	if (user === 'blocked') throw unauthorized(1048);
	if (!user) throw unauthorized(1056);
	if (user.disabled) throw refusal(1061);
	return user;
}

function byPassword(secret: string, account: Account): User | 'blocked' | undefined {
	const [login = '', ...password] = Buffer.from(secret, 'base64').toString('utf8').split(':');
	return account.users.byPassword(login, password.join(':'), account.now());
}

function unauthorized(code: 1048 | 1056): ApiError {
	const { failures, message } = refusal(code);
	return new ApiError(failures, {
		'x-lognex-auth': String(code),
		'x-lognex-auth-message': message,
		'www-authenticate': 'Basic realm="MoySklad"',
	});
}

/**
 * URL prefixes of webhooks that the request must not fire, one a header.
 * Throws 3030 for one without a scheme and a full domain name.
 */
export function silencedPrefixes(call: IncomingCall): string[] {
	const name = 'x-lognex-webhook-disablebyprefix';
	const single = header(call, name);
	const values = call.distinctHeaders?.[name] ?? (single === undefined ? [] : [single]);
	for (const value of values) {
		if (!/^https?:\/\/[^\s/.,]+(\.[^\s/.,]+)+(:\d+)?(\/\S*)?$/i.test(value))
			throw refusal(3030, 'X-Lognex-WebHook-DisableByPrefix', value);
	}
	return values;
}
