import { SyncError, type Parameters } from '../../core';
import { backoffDelay, DEFAULT_BACKOFF } from '../backoff';
import { lostAnswer, mayRepeat, neverSent } from '../failure';
import { bodyJson, type Clock, type HttpRequest, type HttpResponse, type Send } from '../http';
import type { BucketLimiter } from '../limiter/bucketLimiter';
import { readAnswer, type BitrixAnswer } from './answers';
import type { OperatingBudget } from './operating';

/** One Bitrix with the rights of one webhook or application. */
export interface BitrixConnection {
	/** Puts the address of the webhook or of the OAuth2 portal in front of a relative path. */
	send: Send;
	clock: Clock;
	limiter: BucketLimiter;
	operating: OperatingBudget;
	timeoutMilliseconds?: number;
	/** The channel by which an application calls: of what it changes, Bitrix makes no offline events there. */
	connector?: string;
	/** Fires when the execution is stopped. */
	signal?: AbortSignal;
}

/** What is to be known of a call beside its parameters. */
export interface CallOptions {
	/** The same call made twice has the effect of once: reads, and updates to given values. Never an `add`. */
	repeatable: boolean;
	/** Methods that the working-time limit counts; the method itself when left out (a batch names its inner ones). */
	methods?: Iterable<string>;
}

/** The cloud cuts a request off after 60 s; a site may take longer. */
const TIMEOUT = 120_000;

/** Refusals for the rate mean that nothing was done: they are repeated by the limiter's clock. */
const REFUSALS_IN_A_ROW = 10;

/** Calls of one Bitrix: the host's limiter, working time by method, repetition of what may be repeated, errors of the catalogue. */
export class BitrixClient {
	constructor(private readonly connection: BitrixConnection) {}

	/**
	 * Rejects with the error of the catalogue; BITRIX_UNVERIFIED when nobody knows whether a write was carried out, STOPPED when the
	 * execution was stopped.
	 */
	async call(method: string, parameters: Parameters, options: CallOptions): Promise<BitrixAnswer> {
		const { clock, operating, signal } = this.connection;
		const methods = [...(options.methods ?? [method])];
		let request = this.request(method, parameters);
		for (let attempt = 1, refusals = 0, moves = 0; ; attempt += 1) {
			if (signal?.aborted) throw new SyncError('STOPPED', { call: method });
			await operating.wait(methods, signal);
			const response = await this.send(request, method);
			const moved = response instanceof SyncError ? undefined : movedTo(response);
			if (moved !== undefined && moves < 3) {
				moves += 1;
				request = { ...request, url: moved };
				continue;
			}
			const answer = response instanceof SyncError ? response : readAnswer(response, method);
			if (!(answer instanceof SyncError)) {
				operating.note(method, answer.time);
				return answer;
			}
			if (answer.code === 'BITRIX_OPERATING_LIMIT') operating.refused(method);
			if (answer.kind === 'limit' && answer.retryable && ++refusals < REFUSALS_IN_A_ROW) continue;
			if (attempt - refusals < DEFAULT_BACKOFF.attempts && mayRepeat(answer, options.repeatable))
				await clock.sleep(backoffDelay(DEFAULT_BACKOFF, attempt), signal);
			else throw leftOpen(answer, options.repeatable) ? new SyncError('BITRIX_UNVERIFIED', { call: method }, { cause: answer }) : answer;
		}
	}

	/** `result` of a read. Rejects as `call` does. */
	async read(method: string, parameters: Parameters = {}): Promise<unknown> {
		return (await this.call(method, parameters, { repeatable: true })).result;
	}

	/** Tells the budget what a batch says of its inner methods. */
	get operating(): OperatingBudget {
		return this.connection.operating;
	}

	private async send(request: HttpRequest, method: string): Promise<HttpResponse | SyncError> {
		const { limiter, send, signal } = this.connection;
		try {
			return await limiter.run(async () => await send(request), isRateRefusal, signal);
		} catch (error) {
			return lostAnswer(error, method, request);
		}
	}

	private request(method: string, parameters: Parameters): HttpRequest {
		const { timeoutMilliseconds = TIMEOUT, connector = '', signal } = this.connection;
		return {
			method: 'POST',
			url: `/${method}.json`,
			headers: { accept: 'application/json', 'content-type': 'application/json', 'user-agent': 'n8n-nodes-moysklad-bitrix' },
			// A batch is one channel: Bitrix reads it from the request, not from the commands.
			body: JSON.stringify(connector === '' ? parameters : { ...parameters, auth_connector: connector }),
			timeoutMilliseconds,
			authorize: true,
			signal,
		};
	}
}

/** A portal that got another address answers with a redirect; a POST that becomes a GET would lose its body, so it is sent again as it was. */
function movedTo({ status, headers }: HttpResponse): string | undefined {
	return [301, 302, 307, 308].includes(status) && headers.location?.startsWith('http') ? headers.location : undefined;
}

/** 503 is used for several things: only the code tells. */
function isRateRefusal(response: HttpResponse): boolean {
	if (response.status !== 503 && response.status !== 429) return false;
	const body = bodyJson(response) as { error?: unknown } | undefined;
	return body?.error === 'QUERY_LIMIT_EXCEEDED';
}

/** A write of which nobody knows whether it was carried out. */
const leftOpen = (error: SyncError, repeatable: boolean): boolean =>
	!repeatable && (error.kind === 'connection' || error.code === 'BITRIX_SERVER_ERROR' || error.code === 'ANSWER_NOT_JSON') && !neverSent(error);
