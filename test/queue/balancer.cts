import { once } from 'node:events';
import { Agent, createServer, request, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** n8n's production addresses: they are answered by the webhook processes. */
const PRODUCTION = /^\/(webhook|webhook-waiting|form|form-waiting|mcp)\//;

export interface Calls {
	/** Calls that a webhook process answered, by its address. */
	answered: Record<string, number>;
	/** Answers that were thrown away on purpose. */
	lost: number;
	/** Calls that no process answered. */
	unanswered: number;
}

/**
 * Stands where a site has its reverse proxy: production calls go in turn to the webhook processes that live, all others to main.
 * A call goes to the next process only when it was not taken; one that was taken and not answered is a 502, as in the real ones.
 */
export class Balancer {
	/** Addresses without a slash at the end. */
	webhooks: string[] = [];
	main = '';
	/** Whether the answer to a call gets lost on its way back, after n8n gave it. */
	losesAnswerTo: (url: string) => boolean = () => false;
	readonly calls: Calls = { answered: {}, lost: 0, unanswered: 0 };
	private readonly agent = new Agent({ keepAlive: true });
	private turn = 0;

	private constructor(
		private readonly server: Server,
		readonly url: string,
	) {}

	static async start(): Promise<Balancer> {
		const server = createServer();
		await once(server.listen(0, '127.0.0.1'), 'listening');
		const balancer = new Balancer(server, `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
		server.on('request', (call, answer) => void balancer.pass(call, answer));
		return balancer;
	}

	async close(): Promise<void> {
		this.agent.destroy();
		this.server.closeAllConnections();
		await once(this.server.close(), 'close');
	}

	private async pass(call: IncomingMessage, answer: ServerResponse): Promise<void> {
		const url = call.url ?? '/';
		try {
			const body = await bytesOf(call);
			const { from, response } = await this.forwarded(call, body, this.backendsFor(url));
			const bytes = await bytesOf(response);
			this.calls.answered[from] = (this.calls.answered[from] ?? 0) + 1;
			if (isSuccess(response) && this.losesAnswerTo(url)) {
				this.calls.lost += 1;
				answer.destroy();
				return;
			}
			answer.writeHead(response.statusCode ?? 502, { ...response.headers, connection: 'close' }).end(bytes);
		} catch (error) {
			this.calls.unanswered += 1;
			if (!answer.headersSent) answer.writeHead(error instanceof NobodyThere ? 503 : 502).end();
		}
	}

	private backendsFor(url: string): string[] {
		if (!PRODUCTION.test(url)) return [this.main];
		this.turn += 1;
		return this.webhooks.map((_, index) => this.webhooks[(this.turn + index) % this.webhooks.length] as string);
	}

	private async forwarded(call: IncomingMessage, body: Buffer, backends: string[]): Promise<{ from: string; response: IncomingMessage }> {
		for (const from of backends) {
			try {
				return { from, response: await this.sent(from, call, body) };
			} catch (error) {
				if ((error as NodeJS.ErrnoException).code !== 'ECONNREFUSED') throw error;
			}
		}
		throw new NobodyThere();
	}

	private async sent(backend: string, { method, url, headers }: IncomingMessage, body: Buffer): Promise<IncomingMessage> {
		const forward = request(`${backend}${url}`, { method, headers: { ...headers, connection: 'keep-alive' }, agent: this.agent });
		forward.end(body);
		const [response] = (await once(forward, 'response')) as [IncomingMessage];
		return response;
	}
}

class NobodyThere extends Error {}

const isSuccess = ({ statusCode = 0 }: IncomingMessage): boolean => statusCode >= 200 && statusCode < 300;

async function bytesOf(message: IncomingMessage): Promise<Buffer> {
	const chunks: Buffer[] = [];
	for await (const chunk of message) chunks.push(chunk as Buffer);
	return Buffer.concat(chunks);
}
