import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { wait } from '../../kernel/clock.cts';
import type { Answer, IncomingCall, Platform } from '../../kernel/simulator.cts';
import type { Account } from '../account.cts';
import { control } from '../control.cts';
import { ApiError, refusal, type Language } from '../errors.cts';
import { valueOf, type Row } from '../engine/schema.cts';
import { Parameters } from '../query/parameters.cts';
import { Session } from '../session.cts';
import type { User } from '../users.cts';
import { notifyHooks, type StockNotices } from '../webhooks/notifying.cts';
import type { Deliveries } from '../webhooks/deliveries.cts';
import type { AbuseGuard } from './abuse.cts';
import { ok, type ApiAnswer } from './api.cts';
import { readBody } from './body.cts';
import { authenticate, checkAccept, header, silencedPrefixes, takesGzip, tooLong } from './gate.cts';
import { costOf, type Limits } from './limits.cts';
import { route } from './routes.cts';

const ROOT = '/api/remap/';
const VERSION = '1.2';
const FASTEST_LEVEL = 1;
/** Shorter answers go uncompressed. */
const LEAST_COMPRESSED = 200;
const TOKEN_PATH = 'security/token';
const UUIDS = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gi;

const compress = promisify(gzip);

/** All that a running account consists of. */
export interface Parts {
	account: Account;
	limits: Limits;
	abuse: AbuseGuard;
	deliveries: Deliveries;
	stockNotices: StockNotices;
	latencyMilliseconds: number;
	acceptWildcard: boolean;
	/** Errors of the simulator itself; there should be none. */
	crashes: string[];
	close(): Promise<void>;
}

/** The platform as the kernel runs it. */
export const moySkladPlatform = (parts: Parts): Platform => ({
	name: 'MoySklad',
	route: ({ method, path }) => `${method} ${path.replace(`${ROOT}${VERSION}`, '').replace(UUIDS, '{id}')}`,
	answer: async (call) => await answer(parts, call),
	refusal: (kind, call) => injected(kind, call),
	control: async (method, action, body) => await control(parts, method, action, body),
	close: async () => await parts.close(),
});

async function answer(parts: Parts, call: IncomingCall): Promise<Answer> {
	if (tooLong(call))
		return {
			status: 414,
			headers: { 'content-type': 'text/html' },
			body: '<html><head><title>414 Request-URI Too Large</title></head></html>',
		};
	if (!takesGzip(call)) return { status: 415, headers: {}, body: '' };
	try {
		checkAccept(call, parts.acceptWildcard);
		const user = authenticate(call, parts.account);
		const answered = await limited(parts, call, user);
		parts.abuse.note(user, call, answered.status, parts.account.now());
		return answered;
	} catch (error) {
		return await written(failed(parts, error), call);
	}
}

/** Answers within the limits of the user; the limits' headers go with every answer. */
async function limited(parts: Parts, call: IncomingCall, user: User): Promise<Answer> {
	const { limits, account } = parts;
	const path = relativePath(call);
	const verdict = limits.enter(user, costOf(user, call.method, path.join('/')));
	if (verdict !== 'free') {
		account.bench.counters.refused();
		return await written(
			{ ...failed(parts, refusal(verdict === 'rate' ? 1049 : 1073)), headers: limits.headers(user, verdict) },
			call,
		);
	}
	const headers = limits.headers(user, verdict);
	try {
		if (parts.latencyMilliseconds > 0) await wait(parts.latencyMilliseconds);
		const result = await served(parts, call, user, path).catch((error: unknown) => failed(parts, error));
		return await written({ ...result, headers: { ...headers, ...result.headers } }, call);
	} finally {
		limits.leave(user);
	}
}

async function served(parts: Parts, call: IncomingCall, user: User, path: string[]): Promise<ApiAnswer> {
	const { account, deliveries } = parts;
	if (path.join('/') === TOKEN_PATH) return issueToken(account, user, call);
	const query = Parameters.parse(call.query);
	const session = new Session(account, user, {
		...fieldsOption(query),
		silenced: silencedPrefixes(call),
		language: language(call),
	});
	try {
		return await route({ method: call.method, path, query, body: readBody(call), session, call });
	} finally {
		settle(session, account, deliveries);
	}
}

/** What the request changed goes to the audit and to webhooks, also when a later part of it failed. */
export function settle(session: Session, account: Account, deliveries: Deliveries): void {
	if (session.changes.length === 0) return;
	const context = account.audit.add(session.changes, session.user, account.now(), (row) => nameOf(row, session));
	notifyHooks(session.changes, context, session.silenced, account, deliveries);
}

/** A variant is named after its product. */
function nameOf(row: Row, session: Session): string {
	const field = session.account.resource(row.type)?.fields.name;
	return String((field && valueOf(row, 'name', field, session)) ?? '');
}

function issueToken(account: Account, user: User, call: IncomingCall): ApiAnswer {
	if (call.method !== 'POST') throw refusal(1039, call.method);
	if (!(header(call, 'authorization') ?? '').toLowerCase().startsWith('basic ')) throw refusal(1056);
	return ok({ access_token: account.users.issueToken(user) });
}

/** Throws 1002 outside the API, 1015 for another version. */
function relativePath({ path }: IncomingCall): string[] {
	if (!path.startsWith(ROOT)) throw refusal(1002, path);
	const [version = '', ...rest] = path.slice(ROOT.length).split('/');
	if (version !== VERSION) throw refusal(1015, version);
	return rest.filter((part) => part !== '').map(decoded);
}

function decoded(part: string): string {
	try {
		return decodeURIComponent(part);
	} catch {
		throw refusal(1058);
	}
}

const FIELDS = ['stock', 'minimumStock', 'downloadPermanentHref', 'declaration'];

/** One value of `fields` at most. Throws 3042 and 3043. */
function fieldsOption(query: Parameters): { fields?: string } {
	const values = query.all('fields').flatMap((value) => value.split(','));
	const [fields] = values;
	if (values.length > 1) throw refusal(3042);
	if (fields === undefined) return {};
	if (!FIELDS.includes(fields)) throw refusal(3043, fields);
	return { fields };
}

const language = (call: IncomingCall): Language =>
	(header(call, 'accept-language') ?? '').trim().toLowerCase().startsWith('en') ? 'en' : 'ru';

function failed({ crashes }: Parts, error: unknown): ApiAnswer {
	if (!(error instanceof ApiError)) crashes.push(error instanceof Error ? `${error.stack}` : String(error));
	const refused = error instanceof ApiError ? error : refusal(1999);
	return { status: refused.status, body: refused, headers: refused.headers };
}

/** JSON as text, compressed unless it is very short. */
async function written({ status, body, headers = {} }: ApiAnswer, call: IncomingCall): Promise<Answer> {
	if (body === undefined) return { status, headers, body: '' };
	const pretty = header(call, 'lognex-pretty-print-json') === 'true';
	const text = JSON.stringify(worded(body, language(call)), undefined, pretty ? 2 : undefined);
	const typed = { ...headers, 'content-type': 'application/json;charset=utf-8' };
	if (text.length < LEAST_COMPRESSED) return { status, headers: typed, body: text };
	return {
		status,
		headers: { ...typed, 'content-encoding': 'gzip' },
		body: await compress(text, { level: FASTEST_LEVEL }),
	};
}

/** Errors as JSON, alone or among the elements of an array. */
const worded = (body: unknown, words: Language): unknown =>
	body instanceof ApiError
		? body.body(words)
		: Array.isArray(body)
			? body.map((one: unknown) => worded(one, words))
			: body;

const INJECTED = { rateLimit: 1049, serverError: 1999, unavailable: 1074 } as const;

/** What a caller is told to do about an injected 429. */
const RETRY_LATER = {
	'x-ratelimit-limit': '45',
	'x-ratelimit-remaining': '0',
	'x-lognex-retry-timeinterval': '3000',
	'x-lognex-reset': '3000',
	'x-lognex-retry-after': '3000',
};

function injected(kind: keyof typeof INJECTED, call: IncomingCall): Answer {
	const error = refusal(INJECTED[kind]);
	const headers = { 'content-type': 'application/json;charset=utf-8', ...(kind === 'rateLimit' && RETRY_LATER) };
	return { status: error.status, headers, body: JSON.stringify(error.body(language(call))) };
}
