import type { ICredentialDataDecryptedObject, IDataObject, INodeParameters } from 'n8n-workflow';
import type { Secrets } from '../../n8n/credentialStore.cts';
import { Engine } from '../../n8n/engine.cts';
import type { HookSetup } from '../../n8n/nodeContexts.cts';
import type { NodeRun } from '../../n8n/runs.cts';
import { TriggerServer } from '../../n8n/triggerServer.cts';
import { signIn } from '../../simulators/bitrix/applicationClient';
import type { HandlerRow } from '../../simulators/bitrix/events/handlers.cts';
import type { BitrixOptions } from '../../simulators/bitrix/options.cts';
import { placeOrder } from '../../simulators/bitrix/orders/placeOrders.cts';
import { startBitrix, type RunningBitrix } from '../../simulators/bitrix/start.cts';
import { PLAIN } from '../orders/store.cts';
import { published } from '../published.cts';

export const WEBHOOK_ID = '5f0c1a2b-0000-4000-8000-000000000001';
export const SITE_SECRET = 'site-secret-of-more-than-32-characters';

export const eventRow = (entity: string, actions: string[]): INodeParameters => ({ entity, actions });

/** A simulated Bitrix24 whose events reach a trigger, and the nodes that receive them. */
export class EventBench {
	private constructor(
		readonly engine: Engine,
		readonly bitrix: RunningBitrix,
		readonly server: TriggerServer,
		private readonly tokens: IDataObject,
	) {}

	static async start(options: BitrixOptions = {}): Promise<EventBench> {
		const [engine, bitrix] = await Promise.all([Engine.load(), startBitrix({ plan: { bucket: 250, drain: 5 }, ...options })]);
		return new EventBench(engine, bitrix, await TriggerServer.start(engine), (await signIn(bitrix)) as IDataObject);
	}

	async close(): Promise<void> {
		await this.bitrix.close();
		await this.server.close();
	}

	/** Nobody is registered, nothing is queued, nothing fails. */
	reset(): void {
		const { events, switches, users } = this.bitrix.portal;
		events.handlers.remove(events.handlers.all());
		events.offline.remove(events.offline.table.all());
		events.deliveries.log.length = 0;
		events.deliveries.setFaults({});
		Object.assign(switches, { lackingFeatures: [], missingEvents: [], missingMethods: [], refusals: [] });
		for (const user of users) user.admin = user.id === 1;
		this.bitrix.faults.set([]);
		this.bitrix.counters.reset();
	}

	/** All credentials that the nodes may ask for. */
	credentials(more: { application?: ICredentialDataDecryptedObject; webhook?: ICredentialDataDecryptedObject; site?: ICredentialDataDecryptedObject } = {}): Secrets {
		const { oauth, url, webhookUrl } = this.bitrix;
		const { clientId, clientSecret, tokenUrl } = oauth;
		const grant = { grantType: 'authorizationCode', authentication: 'body', accessTokenUrl: tokenUrl };
		return {
			bitrixOAuth2Api: { portal: url, clientId, clientSecret, ...grant, edition: 'enterprise', oauthTokenData: this.tokens, ...more.application },
			bitrixWebhookApi: { secretAddress: webhookUrl, edition: 'enterprise', ...more.webhook },
			bitrixSiteHandlerApi: { secret: SITE_SECRET, ...more.site },
		};
	}

	/** A trigger of online events at the address of the bench's server; by default of orders. */
	trigger(parameters: INodeParameters = {}, more: Partial<HookSetup> = {}): HookSetup {
		return {
			type: 'bitrixTrigger',
			parameters: { source: 'onlineEvents', events: { row: [eventRow('order', ['SAVE', 'DELETE'])] }, ...parameters },
			credentials: this.credentials(),
			node: { webhookId: WEBHOOK_ID },
			baseUrl: this.server.url,
			...more,
		};
	}

	/** As n8n does: looks whether it is there, and makes it if not. */
	async publish(setup: HookSetup): Promise<IDataObject> {
		return await published(this.engine, setup);
	}

	/** Publishes a trigger and lets it take the calls of the server. */
	async listen(setup: HookSetup): Promise<void> {
		const { mode: _mode, ...published } = setup;
		this.server.serveTrigger({ ...published, staticData: await this.publish(setup) });
	}

	/** Runs an operation of Bitrix Offline Events. */
	async offline(operation: string, parameters: INodeParameters = {}, items?: IDataObject[], connector = 'exchange'): Promise<NodeRun> {
		return await this.engine.runNode({
			type: 'bitrixOfflineEvents',
			parameters: { operation, ...parameters },
			credentials: this.credentials({ application: { connector } }),
			items,
		});
	}

	handlers(): HandlerRow[] {
		return this.bitrix.portal.events.handlers.all();
	}

	/** "ONSALEORDERSAVED", sorted. */
	bound(): string[] {
		return this.handlers()
			.map(({ event }) => event)
			.sort();
	}

	/** Lets something happen to an object that the simulator does not keep. */
	change(entity: string, action: 'add' | 'update' | 'delete', id: number): void {
		this.bitrix.portal.announce(entity, action, id, 'person');
	}

	placeOrder(): number {
		return placeOrder(this.bitrix.portal, PLAIN).id;
	}

	/** Everything that came out of the trigger once all calls were made. */
	async received(): Promise<IDataObject[]> {
		await this.bitrix.portal.events.deliveries.flush();
		return this.server.executions.flat(2);
	}

	calls(route?: string): number {
		const { routes, calls } = this.bitrix.counters.snapshot();
		return route === undefined ? calls : (routes[route]?.calls ?? 0);
	}
}
