import type { ICredentialDataDecryptedObject, IDataObject, INodeParameters } from 'n8n-workflow';
import { DEFAULT_BASE_URL } from '../../n8n/additionalData.cts';
import type { Secrets } from '../../n8n/credentialStore.cts';
import { Engine } from '../../n8n/engine.cts';
import type { HookSetup } from '../../n8n/nodeContexts.cts';
import { startMoySklad, type RunningMoySklad } from '../../simulators/moysklad/start.cts';
import { published } from '../published.cts';

export const CHECK_STRING = 'check-string-0123456789';
export const WEBHOOK_ID = '5f0c1a2b-0000-4000-8000-000000000001';

/** A webhook as the simulated account holds it. */
export interface Hook {
	id: string;
	type: 'webhook' | 'webhookstock';
	url: string;
	enabled: boolean;
	entityType?: string;
	action?: string;
	diffType?: string;
	reportType?: string;
}

type Unset = Omit<Hook, 'id'>;

export const objectHook = (entityType: string, action: string, url: string, more: Partial<Hook> = {}): Unset => ({
	type: 'webhook',
	entityType,
	action,
	url,
	enabled: true,
	...(action === 'UPDATE' && { diffType: 'FIELDS' }),
	...more,
});

/** A simulated account and the nodes that look after its webhooks. */
export class WebhookBench {
	private constructor(
		readonly engine: Engine,
		readonly moySklad: RunningMoySklad,
	) {}

	static async start(): Promise<WebhookBench> {
		const moySklad = await startMoySklad({ size: { products: 5 }, rate: { unitsPerWindow: 100_000 } });
		return new WebhookBench(await Engine.load(), moySklad);
	}

	async close(): Promise<void> {
		await this.moySklad.close();
	}

	/** An account without webhooks, on a paid tariff, without faults, with counters at zero. */
	reset(): void {
		const { account, faults, counters, parts } = this.moySklad;
		for (const { type, id } of this.hooks()) account.table(type).remove({ id, type });
		account.settings.paidTariff = true;
		parts.deliveries.all.length = 0;
		faults.set([]);
		counters.reset();
	}

	credential(user: keyof RunningMoySklad['users'] = 'admin', more: ICredentialDataDecryptedObject = {}): Secrets {
		const { baseUrl, users } = this.moySklad;
		return {
			moySkladApi: { authentication: 'token', token: users[user].token, baseUrl, checkSecret: CHECK_STRING, ...more },
		};
	}

	/** A trigger that registers the given rows of *Events*; by default customer orders that were created or updated. */
	trigger(parameters: INodeParameters = {}, more: Partial<HookSetup> = {}): HookSetup {
		return {
			type: 'moySkladTrigger',
			parameters: { events: { row: [eventRow('customerorder', ['CREATE', 'UPDATE'])] }, ...parameters },
			credentials: this.credential(),
			node: { webhookId: WEBHOOK_ID },
			...more,
		};
	}

	/** As n8n does: looks whether it is there, and makes it if not. */
	async publish(setup: HookSetup): Promise<IDataObject> {
		return await published(this.engine, setup);
	}

	hooks(): Hook[] {
		const { account } = this.moySklad;
		return (['webhook', 'webhookstock'] as const).flatMap((type) => account.table(type).all() as unknown as Hook[]);
	}

	/** Puts a webhook into the account as somebody else made it. */
	add(hook: Unset): Hook {
		const { account } = this.moySklad;
		const row = {
			id: `90000000-0000-4000-8000-${String(account.table(hook.type).version).padStart(12, '0')}`,
			method: 'POST',
			stockType: 'stock',
			...hook,
		};
		account.table(hook.type).put(row);
		return row;
	}

	/** "customerorder UPDATE on https://…", sorted. */
	summary(hooks: Hook[] = this.hooks()): string[] {
		return hooks
			.map((hook) => `${hook.entityType ?? 'stock'} ${hook.action ?? hook.reportType} ${hook.enabled ? 'on' : 'off'}`)
			.sort();
	}

	/** How many calls went to a route, such as `POST /entity/webhook`; without one, how many in all. */
	calls(route?: string): number {
		const { routes, calls } = this.moySklad.counters.snapshot();
		return route === undefined ? calls : (routes[route]?.calls ?? 0);
	}
}

export const eventRow = (entity: string, actions: string[], more: INodeParameters = {}): INodeParameters => ({
	entity,
	actions,
	changedFields: true,
	execution: 'queued',
	...more,
});
export const stockRow = (reportType: string, execution = 'queued'): INodeParameters => ({ reportType, execution });

/** The webhook URL that n8n's editor shows for the trigger of the bench. */
export const shownUrl = (base = DEFAULT_BASE_URL, endpoint = 'webhook'): string =>
	`${base}/${endpoint}/${WEBHOOK_ID}/moysklad`;

/** The query of a webhook's address, as n8n hands it to the trigger. */
export const queryOf = (url: string): Record<string, string> => Object.fromEntries(new URL(url).searchParams);
