import { fastify, type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import type { Socket } from 'node:net';
import type { Certificate } from './certificate.cts';
import { Clock, wait } from './clock.cts';
import { Counters } from './counters.cts';
import { Faults, type FaultKind, type FaultRule } from './faults.cts';
import { isPagePath } from '../pages/livePage.cts';
import { Random } from './random.cts';

/** An answer before it is written to the wire. `body` is text or bytes; headers in lower case. */
export interface Answer {
	status: number;
	headers: Record<string, string | string[]>;
	body: string | Buffer;
}

/** What a platform brings: how it answers a request, how it names a route, and what its own refusals look like. */
export interface Platform {
	name: string;
	/** The name under which a request is counted and faults are aimed. */
	route(request: IncomingCall): string;
	answer(request: IncomingCall): Promise<Answer>;
	/** The platform's own form of an injected 429, 500 or 503. */
	refusal(kind: Extract<FaultKind, 'rateLimit' | 'serverError' | 'unavailable'>, request: IncomingCall): Answer;
	/** More of the control interface: `action` is the path after `/_simulator/`. Undefined = no such action. */
	control?(method: string, action: string, body: unknown): Promise<unknown>;
	/** The page for people who look at the demo, where it was asked for. Neither counted nor disturbed. */
	page?: { answer(call: IncomingCall): Promise<Answer>; close(): void };
	close?(): Promise<void>;
}

export interface IncomingCall {
	method: string;
	/** Path without the query, as it came. */
	path: string;
	/** The raw query, without the question mark. */
	query: string;
	headers: Record<string, string | string[] | undefined>;
	/** Headers as they came, a value for each time a header was sent (`headers` joins them). */
	distinctHeaders?: Record<string, string[] | undefined>;
	/** The caller's IP address. */
	address?: string;
	body: Buffer;
}

export interface Bench {
	clock: Clock;
	counters: Counters;
	faults: Faults;
	random: Random;
}

export interface RunningSimulator extends Bench {
	/** e.g. `http://127.0.0.1:34567` */
	url: string;
	close(): Promise<void>;
}

const HTML_PAGE = '<html><head><title>502 Bad Gateway</title></head><body><center><h1>502 Bad Gateway</h1></center><hr><center>nginx</center></body></html>';

export const makeBench = (seed: number): Bench => {
	const random = new Random(`faults ${seed}`);
	return { clock: new Clock(), counters: new Counters(), faults: new Faults(random), random };
};

/**
 * Starts a platform on loopback: counts, injects faults, serves the control interface under `/_simulator/`.
 * With a certificate it speaks HTTPS.
 */
export async function startSimulator(platform: Platform, bench: Bench, port = 0, certificate?: Certificate): Promise<RunningSimulator> {
	const limits = { maxHeaderSize: 64 * 1024 };
	const app = fastify({
		bodyLimit: 64 * 1024 * 1024,
		exposeHeadRoutes: false,
		forceCloseConnections: true,
		keepAliveTimeout: 30_000,
		...(certificate ? { https: { key: certificate.key, cert: certificate.certificate, ...limits } } : { http: limits }),
	}) as FastifyInstance;
	app.removeAllContentTypeParsers();
	app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
	app.server.on('connection', () => bench.counters.connection());
	app.all('/*', async (request, reply) => await serve(platform, bench, request, reply));
	const url = await app.listen({ host: '127.0.0.1', port });
	return { ...bench, url, close: async () => await close(app, platform) };
}

async function close(app: FastifyInstance, platform: Platform): Promise<void> {
	platform.page?.close();
	await platform.close?.();
	await app.close();
}

async function serve(platform: Platform, bench: Bench, request: FastifyRequest, reply: FastifyReply): Promise<void> {
	const call = toCall(request);
	reply.hijack();
	if (call.path.startsWith('/_simulator/')) return await send(reply, await control(platform, bench, call));
	if (platform.page && isPagePath(call.path)) return await send(reply, await platform.page.answer(call));
	bench.counters.started(bench.clock.now());
	const route = platform.route(call);
	try {
		const fault = bench.faults.next(route);
		if (fault) bench.counters.fault(fault.kind);
		const answer = await answerWith(fault, platform, call);
		if (!answer) return void hangUp(reply, route, bench, call);
		bench.counters.route(route, answer.status, call.body.length, Buffer.byteLength(answer.body));
		await (fault?.kind === 'cut' ? cutOff(reply, answer) : send(reply, answer));
	} finally {
		bench.counters.finished();
	}
}

/** Undefined when the caller is to get no answer at all. */
async function answerWith(fault: FaultRule | undefined, platform: Platform, call: IncomingCall): Promise<Answer | undefined> {
	switch (fault?.kind) {
		case 'rateLimit':
		case 'serverError':
		case 'unavailable':
			return platform.refusal(fault.kind, call);
		case 'html':
			return { status: 502, headers: { 'content-type': 'text/html' }, body: HTML_PAGE };
		case 'reset':
			return undefined;
		case 'hang':
			await wait(fault.milliseconds ?? 60_000);
			return undefined;
		case 'hangAfter':
			await platform.answer(call);
			await wait(fault.milliseconds ?? 60_000);
			return undefined;
		case 'slow':
			await wait(fault.milliseconds ?? 1000);
			return await platform.answer(call);
		default:
			return await platform.answer(call);
	}
}

function toCall(request: FastifyRequest): IncomingCall {
	const raw = request.raw.url ?? '/';
	const mark = raw.indexOf('?');
	return {
		method: request.method,
		path: mark < 0 ? raw : raw.slice(0, mark),
		query: mark < 0 ? '' : raw.slice(mark + 1),
		headers: request.headers,
		distinctHeaders: request.raw.headersDistinct,
		address: request.ip,
		body: Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0),
	};
}

async function send(reply: FastifyReply, answer: Answer): Promise<void> {
	const body = Buffer.isBuffer(answer.body) ? answer.body : Buffer.from(answer.body);
	reply.raw.writeHead(answer.status, { ...answer.headers, 'content-length': body.length });
	await new Promise<void>((resolve) => {
		reply.raw.once('close', resolve);
		reply.raw.end(body, resolve);
	});
}

/** Promises the whole body, sends half of it and breaks the connection. */
async function cutOff(reply: FastifyReply, answer: Answer): Promise<void> {
	const body = Buffer.isBuffer(answer.body) ? answer.body : Buffer.from(answer.body);
	reply.raw.writeHead(answer.status, { ...answer.headers, 'content-length': body.length + 1 });
	reply.raw.write(body.subarray(0, Math.floor(body.length / 2)));
	await wait(10);
	(reply.raw.socket as Socket | null)?.destroy();
}

function hangUp(reply: FastifyReply, route: string, bench: Bench, call: IncomingCall): void {
	bench.counters.route(route, 'none', call.body.length);
	(reply.raw.socket as Socket | null)?.destroy();
}

const json = (status: number, value: unknown): Answer => ({
	status,
	headers: { 'content-type': 'application/json; charset=utf-8' },
	body: JSON.stringify(value),
});

/**
 * The control interface, the same for every platform:
 * `GET counters` · `POST counters/reset` · `PUT faults [rules]` · `GET clock` · `POST clock {advance}` or `{now}`,
 * and the platform's own actions.
 */
async function control(platform: Platform, bench: Bench, call: IncomingCall): Promise<Answer> {
	const action = call.path.slice('/_simulator/'.length);
	try {
		const body: unknown = call.body.length > 0 ? JSON.parse(call.body.toString('utf8')) : undefined;
		const own = await platform.control?.(call.method, action, body);
		if (own !== undefined) return json(200, own);
		switch (`${call.method} ${action}`) {
			case 'GET counters':
				return json(200, bench.counters.snapshot());
			case 'POST counters/reset':
				bench.counters.reset();
				return json(200, {});
			case 'PUT faults':
				bench.faults.set(body as FaultRule[]);
				return json(200, {});
			case 'POST clock':
				moveClock(bench.clock, body as { advance?: number; now?: number });
				return json(200, { now: bench.clock.now() });
			case 'GET clock':
				return json(200, { now: bench.clock.now() });
			default:
				return json(404, { error: `${platform.name} has no control action ${call.method} ${action}` });
		}
	} catch (error) {
		return json(400, { error: error instanceof Error ? error.message : String(error) });
	}
}

function moveClock(clock: Clock, { advance, now }: { advance?: number; now?: number }): void {
	if (now !== undefined) clock.set(now);
	if (advance !== undefined) clock.advance(advance);
}
