import { request as httpRequest } from 'node:http';
import { gunzipSync } from 'node:zlib';
import { startMoySklad, type MoySkladOptions, type RunningMoySklad, type UserAccess } from './start.cts';

/** A caller for tests that does nothing by itself: it sends what it is told and shows what came. */

/** A parsed body, looked into freely. */
export type Json = Record<string, ReturnType<typeof JSON.parse>>;

export interface Reply {
	status: number;
	headers: Record<string, string | string[] | undefined>;
	/** Parsed JSON; `{}` for an empty body, the text when it is not JSON. */
	body: Json;
	text: string;
	/** The first error's code. */
	code: number | undefined;
}

export interface Asking {
	user?: UserAccess;
	body?: unknown;
	/** Replaces or (undefined) removes the usual headers; an array sends a header several times. */
	headers?: Record<string, string | string[] | undefined>;
}

const USUAL = {
	accept: 'application/json;charset=utf-8',
	'accept-encoding': 'gzip',
	'content-type': 'application/json',
};

/** Sends one request. `path` is behind the base URL, or a whole URL. */
export async function ask(
	shop: RunningMoySklad,
	method: string,
	path: string,
	{ user = shop.users.admin, body, headers }: Asking = {},
): Promise<Reply> {
	const url = path.startsWith('http') ? path : `${shop.baseUrl}/${path}`;
	const sent = body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body);
	const length = sent === undefined ? undefined : String(Buffer.byteLength(sent));
	const all = { ...USUAL, authorization: `Bearer ${user.token}`, 'content-length': length, ...headers };
	const given = Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined)) as Record<
		string,
		string | string[]
	>;
	return await new Promise((resolve, reject) => {
		const request = httpRequest(url, { method, headers: given, agent: false }, (response) => {
			const parts: Buffer[] = [];
			response.on('data', (part: Buffer) => parts.push(part));
			response.on('end', () => resolve(toReply(response.statusCode ?? 0, response.headers, Buffer.concat(parts))));
			response.on('error', reject);
		});
		request.on('error', reject);
		request.end(sent);
	});
}

function toReply(status: number, headers: Reply['headers'], bytes: Buffer): Reply {
	const text = (headers['content-encoding'] === 'gzip' ? gunzipSync(bytes) : bytes).toString('utf8');
	const body = parse(text);
	return { status, headers, body, text, code: body.errors?.[0]?.code };
}

function parse(text: string): Json {
	try {
		return text === '' ? {} : (JSON.parse(text) as Json);
	} catch {
		return {};
	}
}

/** The same for the control interface. */
export const control = async (shop: RunningMoySklad, method: string, action: string, body?: unknown): Promise<Json> =>
	(await ask(shop, method, `${shop.url}/_simulator/${action}`, { body })).body;

/** `{meta}` of the first row of a list. */
export async function first(shop: RunningMoySklad, type: string, query = ''): Promise<Json> {
	const { body } = await ask(shop, 'GET', `entity/${type}?limit=1${query}`);
	return body.rows[0] as Json;
}

export const metaOf = (row: Json): Json => ({ meta: row.meta });

/** What every document needs. */
export async function parties(shop: RunningMoySklad): Promise<Json> {
	return { organization: metaOf(await first(shop, 'organization')), agent: metaOf(await first(shop, 'counterparty')) };
}

/** No limits, so that a test may ask as much as it likes. */
export const UNLIMITED = { unitsPerWindow: 1e9, parallel: 1000 };

export const encode = (filter: string): string => `filter=${encodeURIComponent(filter)}`;

/** Short forms for requests below one root; `get` gives the body alone. */
export interface Verbs {
	get(path: string): Promise<Json>;
	post(path: string, body: unknown, more?: Asking): Promise<Reply>;
	put(path: string, body: unknown, more?: Asking): Promise<Reply>;
	drop(path: string, more?: Asking): Promise<Reply>;
}

/**
 * Starts a shop for the tests of a file (or for each test) and hands it over; it is closed after them.
 * No request may have crashed the simulator.
 */
export function useShop(
	options: MoySkladOptions,
	take: (shop: RunningMoySklad) => void,
	{ root = 'entity/', each = false }: { root?: string; each?: boolean } = {},
): Verbs {
	let shop: RunningMoySklad;
	(each ? beforeEach : beforeAll)(async () => {
		shop = await startMoySklad(options);
		take(shop);
	});
	(each ? afterEach : afterAll)(async () => {
		expect(shop.parts.crashes).toEqual([]);
		await shop.close();
	});
	return {
		get: async (path) => (await ask(shop, 'GET', root + path)).body,
		post: async (path, body, more) => await ask(shop, 'POST', root + path, { body, ...more }),
		put: async (path, body, more) => await ask(shop, 'PUT', root + path, { body, ...more }),
		drop: async (path, more) => await ask(shop, 'DELETE', root + path, more),
	};
}

/** Short forms for looking at lists: a whole answer, its rows, their ids. */
export interface Reader {
	reply(path: string): Promise<Reply>;
	rows(path: string): Promise<Json[]>;
	ids(path: string): Promise<string[]>;
}

export function reader(shopOf: () => RunningMoySklad): Reader {
	const reply: Reader['reply'] = async (path) => await ask(shopOf(), 'GET', path);
	const rows: Reader['rows'] = async (path) => (await reply(path)).body.rows as Json[];
	return { reply, rows, ids: async (path) => (await rows(path)).map(({ id }) => id as string) };
}
