import type { IDataObject, INodeParameters } from 'n8n-workflow';
import type { WebhookView } from '../../../core';
import type { RunOptions } from '../../n8n/engine.cts';
import type { NodeSetup } from '../../n8n/nodeSetup.cts';
import type { NodeRun } from '../../n8n/runs.cts';
import { shownUrl, WebhookBench, type Hook } from './webhookBench.cts';

export type Result = IDataObject & {
	status: string;
	key: string;
	moySkladId: string | null;
	webhook: WebhookView | null;
	changes: IDataObject[];
	warnings: IDataObject[];
	error?: IDataObject;
};

type More = Partial<NodeSetup & RunOptions>;

/** The address of somebody else, with a secret in it. */
export const FOREIGN = 'https://shop.example.com/hook?token=s3cr3t';

/** MoySklad Webhook Manager on an account whose webhooks it looks after. */
export class ManagerBench {
	private constructor(readonly account: WebhookBench) {}

	static async start(): Promise<ManagerBench> {
		return new ManagerBench(await WebhookBench.start());
	}

	/** Runs an operation; by default of the resource *Webhook*, with the URL of the trigger of the bench. */
	async run(parameters: INodeParameters, more: More = {}): Promise<NodeRun> {
		return await this.account.engine.runNode({
			type: 'moySkladWebhookManager',
			credentials: this.account.credential(),
			parameters: { resource: 'webhook', triggerUrl: shownUrl(), ...parameters },
			...more,
		});
	}

	async ensure(parameters: INodeParameters = {}, more: More = {}): Promise<NodeRun> {
		return await this.run({ resource: 'ownWebhooks', operation: 'ensure', ...parameters }, more);
	}

	/** Webhooks as a published trigger of the bench has made them. */
	async published(): Promise<Hook[]> {
		await this.account.publish(this.account.trigger());
		return this.account.hooks();
	}
}

export const results = (run: NodeRun, output = 0): Result[] => run.json(output) as Result[];

/** "customerorder UPDATE created", with the code of the error behind it. */
export const outcome = (run: NodeRun, output = 0): string[] =>
	results(run, output).map(({ key, status, error }) => `${key} ${status}${error ? ` ${String(error.code)}` : ''}`);
