import { wait } from '../kernel/clock.cts';
import type { Counters } from '../kernel/counters.cts';
import type { Answer, IncomingCall, Platform } from '../kernel/simulator.cts';
import { authorize } from './access/callers.cts';
import { AUTHORIZE_PATH, TOKEN_PATH } from './access/oauth.cts';
import type { ExchangeEndpoint } from './exchange/exchange.cts';
import type { RateLimit } from './limits/rateLimit.cts';
import { GatewayTimeout, type Runner } from './methods/runner.cts';
import type { Portal } from './portal.cts';
import { publicPath, type FileRow } from './store/files.cts';
import { errorAnswer, FileResult, fileAnswer, htmlAnswer, okAnswer } from './wire/envelope.cts';
import { asInteger, asText } from './wire/params.cts';
import { readRestCall, readRestPath, type RestCall, type RestPath } from './wire/restCall.cts';
import { RestError } from './wire/restError.cts';

const CLOSED = 'Сайт временно закрыт';
const QUERY_LIMIT = new RestError('QUERY_LIMIT_EXCEEDED', 'Too many requests', 503);
const INTERNAL = new RestError('INTERNAL_SERVER_ERROR', 'Internal server error', 500);

export type Control = NonNullable<Platform['control']>;

/** A portal as the kernel wants it: REST, the exchange with 1C, downloads, public files and the pages of OAuth. */
export class BitrixPlatform implements Platform {
	readonly name = 'Bitrix';

	constructor(
		private readonly portal: Portal,
		private readonly runner: Runner,
		private readonly rate: RateLimit,
		private readonly counters: Counters,
		readonly control: Control,
		private readonly exchange: ExchangeEndpoint,
		readonly page?: Platform['page'],
	) {}

	/** `catalog.product.list`, the method's documented name; `1c_exchange catalog import`. */
	route(call: IncomingCall): string {
		if (this.exchange.handles(call)) return this.exchange.route(call);
		const { method, path } = call;
		const rest = readRestPath(path);
		return rest ? this.runner.registry.nameOf(rest.method.replace(/\/.*$/, '')) : `${method} ${path}`;
	}

	refusal(kind: 'rateLimit' | 'serverError' | 'unavailable', call: IncomingCall): Answer {
		if (kind === 'rateLimit') this.counters.refused();
		if (this.exchange.handles(call)) return this.exchange.refusal(kind);
		if (kind === 'unavailable') return htmlAnswer(503, CLOSED);
		return errorAnswer('json', kind === 'rateLimit' ? QUERY_LIMIT : INTERNAL);
	}

	async answer(call: IncomingCall): Promise<Answer> {
		const { latencyMilliseconds } = this.portal.options;
		if (latencyMilliseconds > 0) await wait(latencyMilliseconds);
		if (call.path === AUTHORIZE_PATH) return this.portal.oauth.authorize(call);
		if (call.path === TOKEN_PATH) return this.portal.oauth.token(call);
		const path = readRestPath(call.path);
		const { movedTo } = this.portal.switches;
		const isExchange = this.exchange.handles(call);
		if ((path || isExchange) && movedTo !== null)
			return redirect(`${movedTo}${call.path}${call.query === '' ? '' : `?${call.query}`}`);
		if (isExchange) return await this.exchange.answer(call);
		return path ? await this.answerRest(call, path) : this.publicFile(call);
	}

	async close(): Promise<void> {
		await this.portal.events.deliveries.close();
	}

	private async answerRest(call: IncomingCall, path: RestPath): Promise<Answer> {
		try {
			if (path.version3) return version3Answer();
			const rest = readRestCall(
				call,
				path,
				this.portal.url.startsWith('https:') || call.headers['x-forwarded-proto'] === 'https',
			);
			this.checkPortal(rest);
			if (/^download$/i.test(rest.method)) return this.download(rest);
			return await this.call(rest);
		} catch (error) {
			if (error instanceof GatewayTimeout) return htmlAnswer(504, '504 Gateway Time-out');
			if (error instanceof RestError) return errorAnswer(path.format, error);
			throw error;
		}
	}

	/** What is refused before anybody looks at credentials. */
	private checkPortal({ secure, address }: RestCall): void {
		const { switches, options } = this.portal;
		if (options.requireHttps && !secure) throw new RestError('INVALID_REQUEST', 'Https required.');
		if (switches.deleted) throw new RestError('PORTAL_DELETED', 'Portal is deleted', 500);
		if (switches.overloaded) throw new RestError('OVERLOAD_LIMIT', 'REST API is blocked due to overload.', 503);
		if (!this.rate.take(address)) {
			this.counters.refused();
			throw QUERY_LIMIT;
		}
	}

	private async call(rest: RestCall): Promise<Answer> {
		const caller = authorize(this.portal, rest);
		if (!this.portal.switches.commercial)
			throw new RestError('ACCESS_DENIED', 'REST API is available only on commercial plans.', 403);
		const { result, timing } = await this.runner.run(rest.method, rest.params, caller);
		return result instanceof FileResult ? fileAnswer(result) : okAnswer(rest.format, result, timing);
	}

	private download(rest: RestCall): Answer {
		authorize(this.portal, rest);
		const token = asText(rest.params.token);
		const file = this.portal.store.files.get(asInteger(token));
		if (!file || this.portal.downloadToken(file.id) !== token) throw new RestError('ERROR_NOT_FOUND', 'File not found', 404);
		return sendFile(file);
	}

	/** Pictures that the site shows to everybody. */
	private publicFile({ path }: IncomingCall): Answer {
		const id = /^\/upload\/iblock\/([0-9a-f]+)\//.exec(path)?.[1];
		const file = id === undefined ? undefined : this.portal.store.files.get(Number.parseInt(id, 16));
		if (!file || publicPath(file) !== path) return htmlAnswer(404, '404 Not Found');
		return sendFile(file);
	}
}

const sendFile = ({ contentType, bytes, name }: FileRow): Answer => fileAnswer(new FileResult(contentType, bytes, name));

const redirect = (location: string): Answer => ({ status: 302, headers: { location }, body: '' });

/** Version 3 of REST has no methods of catalogs and orders. */
const version3Answer = (): Answer => ({
	status: 404,
	headers: { 'content-type': 'application/json; charset=utf-8' },
	body: JSON.stringify({
		error: { code: 'BITRIX_REST_V3_EXCEPTION_METHODNOTFOUNDEXCEPTION', message: 'Method not found', validation: [] },
	}),
});
