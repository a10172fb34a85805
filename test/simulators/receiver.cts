import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Json } from './moysklad/caller.cts';

export interface Received {
	/** Path and query. */
	url: string;
	headers: Record<string, string | string[] | undefined>;
	/** Of JSON; an empty object for anything else. */
	body: Json;
	/** As it came. */
	text: string;
}

export interface Receiver {
	url: string;
	received: Received[];
	/** How the next calls are answered; the last one stays. A number is a status; `slow` answers 200 after 1.7 s. */
	answers: Array<number | 'slow'>;
	close(): Promise<void>;
}

/** A web server that takes notifications, for tests. */
export async function startReceiver(): Promise<Receiver> {
	const received: Received[] = [];
	const answers: Array<number | 'slow'> = [200];
	const server = createServer((request, response) => {
		const parts: Buffer[] = [];
		request.on('data', (part: Buffer) => parts.push(part));
		request.on('end', () => {
			const text = Buffer.concat(parts).toString('utf8');
			const isJson = (request.headers['content-type'] ?? '').startsWith('application/json');
			const body = (isJson ? JSON.parse(text) : {}) as Json;
			received.push({ url: request.url ?? '', headers: request.headers, body, text });
			const answer = answers.length > 1 ? answers.shift() : answers[0];
			if (answer === 'slow') setTimeout(() => response.writeHead(200).end(), 1700).unref();
			else response.writeHead(answer ?? 200).end();
		});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		received,
		answers,
		close: async () => {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}
