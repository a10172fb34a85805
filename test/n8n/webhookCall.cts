import { EventEmitter } from 'node:events';
import { parse as parseForm } from 'node:querystring';
import type { IDataObject, IHttpRequestMethods } from 'n8n-workflow';

/** A call that a webhook trigger shall receive. */
export interface WebhookCall {
	/** Sent as JSON, unless it is a string or bytes: those are sent as they are. */
	body?: IDataObject | IDataObject[] | string | Buffer;
	headers?: Record<string, string>;
	query?: Record<string, string | string[]>;
	params?: Record<string, string>;
	/** Default: the first method that the trigger listens to. */
	method?: IHttpRequestMethods;
}

/** The body as it is sent; none is an empty object. */
export function encoded({ body = {} }: WebhookCall): { contentType: string; bytes: Buffer } {
	if (typeof body !== 'string' && !Buffer.isBuffer(body))
		return { contentType: 'application/json', bytes: Buffer.from(JSON.stringify(body)) };
	return { contentType: 'text/plain', bytes: Buffer.from(body) };
}

/** As n8n reads a body: forms stay flat, with their brackets in the names. */
function parsed(contentType: string, bytes: Buffer): unknown {
	const [type] = contentType.split(';');
	if (type === 'application/json') return JSON.parse(bytes.toString());
	if (type === 'application/x-www-form-urlencoded') return { ...parseForm(bytes.toString(), undefined, undefined, { maxKeys: 1000 }) };
	return bytes.toString();
}

/** The request as Express gives it to n8n, as far as triggers use it. */
export class FakeRequest extends EventEmitter {
	readonly headers: Record<string, string>;
	readonly query: Record<string, string | string[]>;
	readonly params: Record<string, string>;
	readonly body: unknown;
	readonly rawBody: Buffer;
	readonly contentType: string;

	constructor(
		call: WebhookCall,
		readonly method: IHttpRequestMethods,
		readonly path: string,
	) {
		super();
		const { contentType, bytes } = encoded(call);
		this.headers = { 'content-type': contentType, ...lowerCased(call.headers ?? {}) };
		this.contentType = this.headers['content-type'] as string;
		this.query = call.query ?? {};
		this.params = call.params ?? {};
		this.rawBody = bytes;
		this.body = parsed(this.contentType, bytes);
	}

	get(name: string): string | undefined {
		return this.headers[name.toLowerCase()];
	}

	async readRawBody(): Promise<void> {}
}

/**
 * The response on which a trigger can answer, and whose end it can wait for. What n8n or the network do with it after
 * the trigger, the test does: `answer` is n8n's own answer, `hangUp` is a sender that does not wait for it.
 */
export class FakeResponse extends EventEmitter {
	statusCode = 200;
	headersSent = false;
	writableEnded = false;
	writableFinished = false;
	destroyed = false;
	/** What was sent, with JSON parsed; undefined for an empty body. */
	body: unknown;
	readonly headers: Record<string, string> = {};

	status(code: number): this {
		this.statusCode = code;
		return this;
	}

	setHeader(name: string, value: string): this {
		this.headers[name.toLowerCase()] = value;
		return this;
	}

	writeHead(code: number, headers: Record<string, string> = {}): this {
		Object.assign(this.headers, lowerCased(headers));
		return this.status(code);
	}

	json(body: unknown): this {
		return this.setHeader('content-type', 'application/json').end(body);
	}

	send(body?: unknown): this {
		return this.end(body);
	}

	sendStatus(code: number): this {
		return this.status(code).end();
	}

	end(body?: unknown): this {
		if (this.writableEnded) throw new Error('The response was ended twice');
		this.body = body;
		this.headersSent = this.writableEnded = true;
		queueMicrotask(() => {
			this.writableFinished = true;
			this.emit('finish');
			this.emit('close');
		});
		return this;
	}

	/** n8n answers after the execution is stored (a status below 300), or says that this failed. */
	answer(status: number): void {
		this.status(status).end();
	}

	/** The sender closes the connection before it has the answer: `close` without `finish`. */
	hangUp(): void {
		this.destroyed = true;
		this.emit('close');
	}
}

const lowerCased = (headers: Record<string, string>): Record<string, string> =>
	Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
