import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { IDataObject } from 'n8n-workflow';
import { closeServer } from './closing.cts';
import type { Engine } from './engine.cts';
import type { WebhookSetup } from './nodeContexts.cts';

/** What came out of a trigger by each of its outputs. */
export type Executed = IDataObject[][];

/** Listens as n8n does for a published trigger: runs the trigger, and answers 204 or as the trigger did. */
export class TriggerServer {
	readonly executions: Executed[] = [];
	readonly statuses: number[] = [];
	/** While set, what a proxy in front of n8n answers instead. */
	broken?: number;
	private setup?: WebhookSetup;

	private constructor(
		private readonly engine: Engine,
		private readonly server: Server,
	) {}

	static async start(engine: Engine): Promise<TriggerServer> {
		const server = createServer();
		const one = new TriggerServer(engine, server);
		server.on('request', (request, response) => void one.serve(request, response));
		await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
		return one;
	}

	get url(): string {
		return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
	}

	/** Which trigger takes the calls from now on. */
	serveTrigger(setup: WebhookSetup): void {
		this.setup = setup;
		this.executions.length = 0;
		this.statuses.length = 0;
		this.broken = undefined;
	}

	async close(): Promise<void> {
		await closeServer(this.server);
	}

	private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
		const { status, body } = await this.answer(request);
		this.statuses.push(status);
		response.writeHead(status, { 'content-type': 'application/json' }).end(body === undefined ? '' : JSON.stringify(body));
	}

	private async answer(request: IncomingMessage): Promise<{ status: number; body?: unknown }> {
		const { searchParams } = new URL(request.url ?? '', this.url);
		const parts: Buffer[] = [];
		for await (const part of request) parts.push(part as Buffer);
		if (this.broken !== undefined || !this.setup) return { status: this.broken ?? 404 };
		const call = {
			query: Object.fromEntries(searchParams),
			headers: request.headers as Record<string, string>,
			body: Buffer.concat(parts),
		};
		const { result, response } = await this.engine.callWebhook({ ...this.setup, call });
		if (result.noWebhookResponse) return { status: response.statusCode, body: response.body };
		if (result.workflowData) this.executions.push(result.workflowData.map((items) => items.map(({ json }) => json)));
		response.answer(204);
		return { status: response.statusCode };
	}
}
