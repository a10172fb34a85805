import type { INodeParameters } from 'n8n-workflow';
import type { NodeRun } from '../../n8n/runs.cts';
import type { ExchangeOptions } from '../../simulators/bitrix/exchange/settings.cts';
import type { MoySkladOptions } from '../../simulators/moysklad/start.cts';
import { uuid } from './items.cts';
import { Site, type Item, type Result } from './site.cts';

export interface ExchangeCall {
	withMoySklad?: boolean;
	signal?: AbortSignal;
}

/** The price type of the shop's simulator that every price of `items` goes to. */
export const BASE_PRICE = { sitePriceTypes: { row: [{ from: { __rl: true, mode: 'id', value: uuid('Цена продажи') }, id: 'base', name: 'BASE', currency: 'RUB' }] }, priceTypesComplete: true };

/** A site that takes files only, with the blocks that its first exchange shall take. */
export class ExchangeSite {
	private constructor(readonly site: Site) {}

	/** With variants in a block of their own and one price type, unless told otherwise. */
	static async open(exchange: ExchangeOptions = {}, moySklad: MoySkladOptions = {}): Promise<ExchangeSite> {
		const site = await Site.open({ moySklad, bitrix: { edition: 'site', exchange: { useOffers: true, stepRows: 50, ...exchange } } });
		const { priceTypes } = site.bitrix.portal.store;
		for (const { id } of priceTypes.all()) if (id !== priceTypes.all()[0]?.id) priceTypes.remove(id);
		priceTypes.update(priceTypes.all()[0]?.id ?? 0, { xmlId: 'base' });
		return new ExchangeSite(site);
	}

	async close(): Promise<void> {
		await this.site.close();
	}

	async run(operation: string, items: Item[], parameters: INodeParameters = {}, { withMoySklad = true, signal }: ExchangeCall = {}): Promise<NodeRun> {
		const { bitrix, moySklad, engine } = this.site;
		const { login, password } = bitrix.exchange;
		return await engine.runNode({
			type: 'bitrixCatalogUpsert',
			parameters: { connection: 'exchange', operation, exchangeLock: 'process', ...parameters },
			credentials: {
				bitrix1cExchangeApi: { siteAddress: bitrix.url, login, password },
				...(withMoySklad && { moySkladApi: { authentication: 'token', token: moySklad.users.integration.token, baseUrl: moySklad.baseUrl } }),
			},
			items,
			signal,
		});
	}

	/** Results in the order of the items; throws the node's error. */
	async results(operation: string, items: Item[], parameters: INodeParameters = {}, call: ExchangeCall = {}): Promise<Result[]> {
		const run = await this.run(operation, items, parameters, call);
		if (run.error) throw run.error;
		const place = (paired: unknown): number => (paired as { item?: number } | undefined)?.item ?? 0;
		return run.outputs.flat().sort((one, other) => place(one.pairedItem) - place(other.pairedItem)).map(({ json }) => json as unknown as Result);
	}

	async upsert(items: Item[], parameters: INodeParameters = {}, call: ExchangeCall = {}): Promise<Result[]> {
		return await this.results('upsertItems', items, { ...BASE_PRICE, ...parameters }, call);
	}

	/** Calls to the exchange since the last reset, by their mode. */
	calls(mode?: string): number {
		const { routes } = this.site.bitrix.counters.snapshot();
		return Object.entries(routes).reduce((sum, [route, { calls }]) => sum + (route.startsWith('1c_exchange') && (mode === undefined || route.endsWith(` ${mode}`)) ? calls : 0), 0);
	}
}

/** Items with the links that a run gave for them. */
export const withLinks = (items: readonly Item[], results: readonly Result[]): Item[] =>
	items.map((item, index) => ({ ...item, ...(results[index]?.link && { link: results[index].link as unknown as Item }) }));

export const statuses = (results: readonly Result[]): string[] => results.map(({ status, error }) => error?.code ?? status);
