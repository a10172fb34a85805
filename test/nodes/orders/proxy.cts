import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gunzipSync } from 'node:zlib';
import { closeServer } from '../../n8n/closing.cts';

export interface Rewriting {
	/** Changes a request's body before the server gets it. */
	request?(body: string, path: string): string;
	/** Changes an answer's body before the caller gets it. */
	answer?(body: string, path: string): string;
}

/** A server in between that changes what passes: a platform that behaves a little differently from the simulated one. */
export class Proxy {
	private constructor(
		private readonly server: Server,
		readonly url: string,
	) {}

	static async open(target: string, { request = same, answer = same }: Rewriting): Promise<Proxy> {
		const server = createServer((incoming, outgoing) => {
			void forward(target, incoming, request, answer).then(({ status, headers, body }) => outgoing.writeHead(status, headers).end(body));
		});
		await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
		return new Proxy(server, `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
	}

	async close(): Promise<void> {
		await closeServer(this.server);
	}
}

const same = (body: string): string => body;

async function forward(
	target: string,
	incoming: IncomingMessage,
	request: NonNullable<Rewriting['request']>,
	answer: NonNullable<Rewriting['answer']>,
) {
	const path = incoming.url ?? '/';
	const headers = Object.fromEntries(
		Object.entries(incoming.headers).filter(([name]) => !['host', 'connection', 'content-length', 'transfer-encoding'].includes(name)),
	);
	const body = request(await textOf(incoming), path);
	const response = await fetch(`${target}${path}`, {
		method: incoming.method,
		headers: headers as Record<string, string>,
		...(body !== '' && { body }),
		redirect: 'manual',
	});
	const kept = Object.fromEntries(
		[...response.headers].filter(([name]) => !['content-encoding', 'content-length', 'transfer-encoding', 'connection'].includes(name)),
	);
	return { status: response.status, headers: kept, body: answer(await response.text(), path) };
}

async function textOf(incoming: IncomingMessage): Promise<string> {
	const parts: Buffer[] = [];
	for await (const part of incoming) parts.push(part as Buffer);
	const bytes = Buffer.concat(parts);
	return (incoming.headers['content-encoding'] === 'gzip' ? gunzipSync(bytes) : bytes).toString('utf8');
}
