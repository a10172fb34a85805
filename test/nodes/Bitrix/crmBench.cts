import type { ICredentialDataDecryptedObject, IDataObject, INodeListSearchResult, INodeParameters } from 'n8n-workflow';
import type { CrmResult } from '../../../nodes/Bitrix/crm/task';
import { Engine, type RunOptions } from '../../n8n/engine.cts';
import type { NodeRun } from '../../n8n/runs.cts';
import type { FaultRule } from '../../simulators/kernel/faults.cts';
import type { CrmRow } from '../../simulators/bitrix/crm/rows.cts';
import type { BitrixOptions } from '../../simulators/bitrix/options.cts';
import { connect, must, type Json } from '../../simulators/bitrix/restClient.ts';
import { startBitrix, type RunningBitrix } from '../../simulators/bitrix/start.cts';
import { startMoySklad, type RunningMoySklad } from '../../simulators/moysklad/start.cts';
import { resultsInOrder } from '../resultsInOrder.cts';

export type Item = IDataObject;
export type Result = CrmResult;

export interface CallOptions extends RunOptions {
	/** Whether the node has a MoySklad credential too. Default: false. */
	withMoySklad?: boolean;
	/** Another address than that of the simulator. */
	webhook?: string;
	/** By an application's token instead of the webhook. */
	application?: boolean;
}

let engine: Promise<Engine> | undefined;

/** A Bitrix24 and the node that writes into its CRM; a MoySklad account where a test wants one. */
export class Crm {
	private constructor(
		readonly engine: Engine,
		readonly bitrix: RunningBitrix,
		readonly moySklad: RunningMoySklad | undefined,
	) {}

	/** A portal on a server of its own, without a rate limit, unless told otherwise. */
	static async open(options: BitrixOptions = {}, { withMoySklad = false } = {}): Promise<Crm> {
		engine ??= Engine.load();
		const [loaded, bitrix, moySklad] = await Promise.all([
			engine,
			startBitrix({ edition: 'box', ...options }),
			withMoySklad ? startMoySklad({ size: { products: 0, folders: 0 }, rate: { unitsPerWindow: 1_000_000, parallel: 20 } }) : undefined,
		]);
		return new Crm(loaded, bitrix, moySklad);
	}

	async close(): Promise<void> {
		await Promise.all([this.bitrix.close(), this.moySklad?.close()]);
	}

	/** Runs an operation of the node. */
	async run(operation: string, items: Item[], parameters: INodeParameters = {}, options: CallOptions = {}): Promise<NodeRun> {
		const { moySklad } = this;
		const { webhook = this.bitrix.webhookUrl, withMoySklad = moySklad !== undefined, application = false, ...more } = options;
		return await this.engine.runNode({
			type: 'bitrixCrmUpsert',
			parameters: { operation, ...parameters, ...(application && { authentication: 'oAuth2' }) },
			credentials: {
				...(application ? { bitrixOAuth2Api: await this.application() } : { bitrixWebhookApi: { secretAddress: webhook, edition: 'enterprise' } }),
				...(withMoySklad && moySklad && { moySkladApi: { authentication: 'token', token: moySklad.users.integration.token, baseUrl: moySklad.baseUrl } }),
			},
			items,
			...more,
		});
	}

	/** What n8n keeps of an application after its user has agreed. */
	private async application(): Promise<ICredentialDataDecryptedObject> {
		const { url, oauth } = this.bitrix;
		const { clientId, clientSecret, tokenUrl, authorizeUrl } = oauth;
		const agreed = await fetch(`${authorizeUrl}?client_id=${clientId}&state=s`, { redirect: 'manual' });
		const code = new URL(agreed.headers.get('location') ?? '').searchParams.get('code') ?? '';
		const query = new URLSearchParams({ grant_type: 'authorization_code', code, client_id: clientId, client_secret: clientSecret });
		const oauthTokenData = (await (await fetch(`${tokenUrl}?${query.toString()}`)).json()) as ICredentialDataDecryptedObject;
		return { portal: url, clientId, clientSecret, edition: 'enterprise', grantType: 'authorizationCode', authentication: 'body', accessTokenUrl: tokenUrl, oauthTokenData };
	}

	/** What can be chosen from one of the node's live lists. */
	async list(method: string, filter?: string): Promise<INodeListSearchResult> {
		const credentials = { bitrixWebhookApi: { secretAddress: this.bitrix.webhookUrl, edition: 'enterprise' } };
		return await this.engine.loadList('listSearch', { type: 'bitrixCrmUpsert', method, filter, credentials, parameters: {} });
	}

	/** Results in the order of the items; throws the node's error. */
	async results(operation: string, items: Item[], parameters: INodeParameters = {}, options: CallOptions = {}): Promise<Result[]> {
		return resultsInOrder(await this.run(operation, items, parameters, options));
	}

	async deals(items: Item[], parameters: INodeParameters = {}, options?: CallOptions): Promise<Result[]> {
		return await this.results('upsertDeals', items, parameters, options);
	}

	async partners(items: Item[], parameters: INodeParameters = {}, options?: CallOptions): Promise<Result[]> {
		return await this.results('upsertPartners', items, parameters, options);
	}

	private get store(): RunningBitrix['portal']['store'] {
		return this.bitrix.portal.store;
	}

	/** All deals, as they are kept. */
	kept(type: 'deals' | 'contacts' | 'companies' | 'smartInvoices'): CrmRow[] {
		return this.store[type].all();
	}

	/** A method of the portal that has to succeed. */
	async call(method: string, params: Record<string, unknown> = {}): Promise<Json> {
		return await must(connect(this.bitrix)(method, params));
	}

	/** A deal as REST shows it. */
	async deal(id: number | string): Promise<Json> {
		return await this.call('crm.deal.get', { id: Number(id) });
	}

	/** Its rows: product, name, price, quantity, VAT, unit. */
	async rows(id: number | string): Promise<unknown[][]> {
		const rows = (await this.call('crm.deal.productrows.get', { id: Number(id) })) as unknown as Json[];
		return rows.map((row) => [row.PRODUCT_ID, row.PRODUCT_NAME, row.PRICE, row.QUANTITY, row.TAX_RATE, row.MEASURE_CODE]);
	}

	/** What the timeline of a deal says. */
	comments(id: number | string): string[] {
		return this.store.timelineComments.where('owner', `deal:${id}`).map(({ comment }) => comment);
	}

	fail(...rules: FaultRule[]): void {
		this.bitrix.faults.set(rules);
	}

	/** HTTP calls since the last reset. */
	calls(): number {
		return this.bitrix.counters.snapshot().calls;
	}

	/** Commands that change something, in batches and outside, since the last reset. */
	writes(): Record<string, number> {
		const { routes } = this.bitrix.counters.snapshot();
		return Object.fromEntries(Object.entries(routes).flatMap(([route, { calls }]) => (/\.(add|update|set|delete)$/.test(route) && calls > 0 ? [[route.replace(/^batch > /, ''), calls]] : [])));
	}

	resetCounters(): void {
		this.bitrix.counters.reset();
	}
}

/** A row of the stage map. */
export const stageRow = (when: string, stage: string, more: INodeParameters = {}): INodeParameters => ({
	when, stage: { __rl: true, mode: 'id', value: stage }, ...more,
});

/** An id in a locator. */
export const chosen = (value: string | number): INodeParameters => ({ __rl: true, mode: 'id', value });
