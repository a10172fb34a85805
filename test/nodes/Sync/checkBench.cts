import type { ICredentialDataDecryptedObject, IDataObject, INodeParameters } from 'n8n-workflow';
import { startBitrix, type RunningBitrix } from '../../simulators/bitrix/start.cts';
import { ask } from '../../simulators/moysklad/caller.cts';
import type { Secrets } from '../../n8n/credentialStore.cts';
import { TriggerServer } from '../../n8n/triggerServer.cts';
import { WebhookBench, type Hook } from '../MoySklad/webhookBench.cts';

interface Circumstances {
	webhook?: string;
	/** Of the exchange. */
	login?: string;
	password?: string;
	/** Of MoySklad. */
	user?: keyof CheckBench['hooks']['moySklad']['users'];
	/** What else is entered in the credential of MoySklad. */
	moySklad?: ICredentialDataDecryptedObject;
	/** Types of credentials that were deleted since the node was set up. */
	deleted?: string[];
	/** Where n8n's editor is, if not where it takes webhooks. */
	editor?: string;
	/** Of the workflow. */
	timezone?: string;
}

export const locator = (value = ''): INodeParameters => ({ __rl: true, mode: 'id', value });

/** A MoySklad whose webhooks lead to a published trigger, a Bitrix with REST and exchange, and Sync Check. */
export class CheckBench {
	private constructor(
		readonly hooks: WebhookBench,
		readonly bitrix: RunningBitrix,
		readonly trigger: TriggerServer,
	) {}

	static async open(): Promise<CheckBench> {
		const hooks = await WebhookBench.start();
		const bitrix = await startBitrix({ edition: 'box' });
		const trigger = await TriggerServer.start(hooks.engine);
		const { mode: _mode, ...setup } = hooks.trigger({}, { baseUrl: trigger.url });
		trigger.serveTrigger({ ...setup, staticData: await hooks.publish(setup) });
		return new CheckBench(hooks, bitrix, trigger);
	}

	async close(): Promise<void> {
		await this.trigger.close();
		await this.hooks.close();
		await this.bitrix.close();
	}

	get account() {
		return this.hooks.moySklad.account;
	}

	/** Runs an operation and gives its items; throws the node's error. */
	async run(parameters: INodeParameters, { webhook = this.bitrix.webhookUrl, login = this.bitrix.exchange.login, password = this.bitrix.exchange.password, user = 'admin', timezone = 'Europe/Moscow', moySklad = {}, deleted = [], editor }: Circumstances = {}): Promise<IDataObject[]> {
		const { url } = this.bitrix.exchange;
		const credentials: Secrets = {
			...this.hooks.credential(user, { previousCheckSecret: 'previous-string-0123456789', ...moySklad }),
			bitrixWebhookApi: { secretAddress: webhook, edition: 'selfHosted' },
			bitrix1cExchangeApi: { siteAddress: new URL(url).origin, login, password },
		};
		const run = await this.hooks.engine.runNode({
			type: 'syncCheck',
			baseUrl: this.trigger.url,
			timezone,
			parameters: { parts: ['moySklad', 'bitrix', 'exchange'], ...parameters },
			node: { credentials: Object.fromEntries(Object.keys(credentials).map((name) => [name, { id: name, name }])) },
			credentials: Object.fromEntries(Object.entries(credentials).filter(([name]) => !deleted.includes(name))),
			items: [{}],
			...(editor !== undefined && { more: { instanceBaseUrl: editor } }),
		});
		if (run.error) throw run.error;
		return run.json(0);
	}

	async runAll(parameters: INodeParameters = {}, circumstances: Circumstances = {}): Promise<IDataObject[]> {
		const triggerUrl = `${this.trigger.url}/webhook/${this.hooks.trigger().node?.webhookId}/moysklad`;
		return await this.run({ operation: 'runAll', triggerUrl, profiles: ['base'], full: false, ...(await this.sound()), ...parameters }, circumstances);
	}

	/** What the flows of this shop have chosen: all of it is there, and every state has a status. */
	async sound(): Promise<INodeParameters> {
		const entries = await this.run({ operation: 'getChoices', parts: ['moySklad', 'bitrix'] });
		const ids = (list: string): string[] => entries.filter((entry) => entry.list === list).map(({ id }) => String(id));
		const [states, statuses] = [ids('orderStates'), ids('orderStatuses')];
		const rows = Array.from({ length: Math.max(states.length, statuses.length) }, (_, index) => ({ left: locator(states[index % states.length]), right: locator(statuses[index % statuses.length]) }));
		return { organizations: locator(ids('organizations')[0]), catalogs: locator(String(this.bitrix.catalogs.main.products)), statusMap: { row: rows } };
	}

	/** Puts a webhook into the account, or changes one that is there. */
	putHook(hook: Partial<Hook>): void {
		this.account.table('webhook').put(hook as never);
	}

	async askMoySklad(path: string): Promise<IDataObject> {
		return (await ask(this.hooks.moySklad, 'GET', path)).body as IDataObject;
	}
}
