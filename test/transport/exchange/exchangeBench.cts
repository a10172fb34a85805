import { exchangeAddress, type SyncError } from '../../../core';
import {
	ExchangeHold,
	ExchangeSession,
	ProcessLock,
	type Clock,
	type ExchangeConnection,
	type ExchangeFile,
	type HttpRequest,
	type HttpResponse,
	type Send,
} from '../../../transport';
import { basic, zipOf } from '../../simulators/bitrix/exchangeClient.cts';
import type { BitrixOptions } from '../../simulators/bitrix/options.cts';
import { startBitrix, type RunningBitrix } from '../../simulators/bitrix/start.cts';

/** Time that does not have to be waited for. */
export class SkippingClock implements Clock {
	slept = 0;

	now(): number {
		return Date.now() + this.slept;
	}

	async sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
		signal?.throwIfAborted();
		this.slept += milliseconds;
		await new Promise((resolve) => setImmediate(resolve));
		signal?.throwIfAborted();
	}
}

/** Sends with fetch, as a node would with n8n's means. */
export function httpSend(authorization: string): Send {
	return async (request) => {
		const { method, url, timeoutMilliseconds, signal, authorize } = request;
		const timeout = AbortSignal.timeout(timeoutMilliseconds);
		try {
			const response = await fetch(url, {
				method,
				headers: { ...request.headers, ...(authorize && { authorization }) },
				body: request.body as BodyInit | undefined,
				redirect: 'manual',
				signal: signal ? AbortSignal.any([timeout, signal]) : timeout,
			});
			return { status: response.status, headers: Object.fromEntries(response.headers), body: new Uint8Array(await response.arrayBuffer()) };
		} catch (error) {
			// Jest's realm has another Error than the one that a time limit throws.
			throw timeout.aborted ? Object.assign(new Error('time over'), { code: 'ETIMEDOUT' }) : error;
		}
	};
}

export interface BenchOptions {
	bitrix?: BitrixOptions;
	connection?: Partial<ExchangeConnection>;
}

/** A simulated site and what is needed to exchange with it. */
export class ExchangeBench {
	readonly clock = new SkippingClock();
	readonly process = new ProcessLock(this.clock);
	/** What was sent. */
	readonly requests: HttpRequest[] = [];

	private constructor(
		readonly bitrix: RunningBitrix,
		private readonly own: Partial<ExchangeConnection>,
	) {}

	/** Without zip unless told otherwise. */
	static async open({ bitrix = {}, connection = {} }: BenchOptions = {}): Promise<ExchangeBench> {
		const running = await startBitrix({ edition: 'site', ...bitrix, exchange: { zip: false, ...bitrix.exchange } });
		return new ExchangeBench(running, connection);
	}

	async close(): Promise<void> {
		await this.bitrix.close();
	}

	/** A connection with a lock of its own, or that of the run. */
	async connection(more: Partial<ExchangeConnection> & { owner?: string } = {}): Promise<ExchangeConnection> {
		const { owner = 'run', ...rest } = more;
		const { exchange } = this.bitrix;
		const address = exchangeAddress(exchange.url.replace(/\/bitrix\/.*/, ''));
		const hold = await ExchangeHold.take({
			site: address.site,
			owner,
			process: this.process,
			onlyProcess: true,
			clock: this.clock,
			requestMilliseconds: 10_000,
			waitMilliseconds: 0,
		});
		const send = this.recording(httpSend(basic(exchange.login, exchange.password)));
		return { send, clock: this.clock, address, hold, timeoutMilliseconds: 10_000, ...this.own, ...rest };
	}

	/** A session for goods. */
	async session(more: Partial<ExchangeConnection> = {}): Promise<ExchangeSession> {
		return await ExchangeSession.open(await this.connection(more), 'catalog');
	}

	/** How often a mode was called; simulated faults included. */
	calls(mode: string, type = 'catalog'): number {
		return this.bitrix.counters.snapshot().routes[`1c_exchange ${type} ${mode}`]?.calls ?? 0;
	}

	get site(): RunningBitrix['exchange']['site'] {
		return this.bitrix.exchange.site;
	}

	private recording(send: Send): Send {
		return async (request) => {
			this.requests.push(request);
			return await send(request);
		};
	}
}

const bytesOf = (content: string | Uint8Array): Uint8Array => (typeof content === 'string' ? new TextEncoder().encode(content) : content);

/** A file whose bytes come in pieces of the given size. Counts how often it was opened. */
export function fileOf(name: string, content: string | Uint8Array, piece = 1000): ExchangeFile & { opened: number } {
	const bytes = bytesOf(content);
	const file = {
		name,
		opened: 0,
		async *open() {
			file.opened += 1;
			for (let at = 0; at < bytes.length; at += piece) yield await Promise.resolve(bytes.subarray(at, at + piece));
		},
	};
	return file;
}

/** One archive of files, as a stream. */
export async function* packed(files: readonly ExchangeFile[]): AsyncGenerator<Uint8Array> {
	const contents: Record<string, Buffer> = {};
	for (const { name, open } of files) {
		const pieces: Uint8Array[] = [];
		for await (const piece of open()) pieces.push(piece);
		contents[name] = Buffer.concat(pieces);
	}
	const archive = zipOf(contents);
	for (let at = 0; at < archive.length; at += 1000) yield new Uint8Array(archive.subarray(at, at + 1000));
}

/** A catalog of goods, changes only. */
export function goodsXml(count: number, { prefix = 'good', name = 'Товар' } = {}): string {
	const goods = Array.from({ length: count }, (_, index) => `<Товар><Ид>${prefix}-${index}</Ид><Наименование>${name} ${index}</Наименование></Товар>`);
	return `<?xml version="1.0" encoding="UTF-8"?>\n<КоммерческаяИнформация ВерсияСхемы="2.08"><Каталог СодержитТолькоИзменения="true"><Ид>cat-1</Ид><ИдКлассификатора>cls-1</ИдКлассификатора><Наименование>Каталог</Наименование><Товары>${goods.join('')}</Товары></Каталог></КоммерческаяИнформация>`;
}

/** What a promise was rejected with. Fails when it was not. */
export async function failureOf(work: Promise<unknown>): Promise<SyncError> {
	try {
		await work;
	} catch (error) {
		return error as SyncError;
	}
	throw new Error('This should have failed');
}

/** Answers without a server, one after the other; the last one for ever. */
export function answering(...answers: Array<Partial<Omit<HttpResponse, 'body'>> & { body?: string | Uint8Array }>): Send {
	let next = 0;
	return async () => {
		const answer = answers[Math.min(next, answers.length - 1)] ?? {};
		next += 1;
		const body = bytesOf(answer.body ?? '');
		return await Promise.resolve({ status: answer.status ?? 200, headers: answer.headers ?? { 'content-type': 'text/html; charset=windows-1251' }, body });
	};
}
