import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { IDataObject } from 'n8n-workflow';
import type { Engine } from '../../n8n/engine.cts';
import type { WebhookSetup } from '../../n8n/nodeContexts.cts';
import { pathValues } from './webhookBench.cts';

/** What came out of a trigger by its two outputs. */
export interface Executed {
	immediate: IDataObject[];
	queued: IDataObject[];
}

/** Listens as n8n does for a published trigger: routes the path with its placeholders, runs the trigger, and answers 204 or as the trigger did. */
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
		this.server.closeAllConnections();
		await new Promise((closed) => this.server.close(closed));
	}

	private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
		const status = await this.answer(request);
		this.statuses.push(status);
		response.writeHead(status).end();
	}

	private async answer(request: IncomingMessage): Promise<number> {
		const { pathname, searchParams } = new URL(request.url ?? '', this.url);
		let body = '';
		for await (const chunk of request) body += String(chunk);
		if (this.broken !== undefined || !this.setup) return this.broken ?? 404;
		const call = {
			params: pathValues(`${this.url}${pathname}`),
			query: Object.fromEntries(searchParams),
			body: JSON.parse(body) as IDataObject,
		};
		const { result, response } = await this.engine.callWebhook({ ...this.setup, call });
		if (result.noWebhookResponse) return response.statusCode;
		const [immediate = [], queued = []] = (result.workflowData ?? []).map((items) => items.map(({ json }) => json));
		if (result.workflowData) this.executions.push({ immediate, queued });
		response.answer(204);
		return response.statusCode;
	}
}
