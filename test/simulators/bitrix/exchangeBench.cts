import type { ElementRow, IblockRow, PropertyRow, SectionRow } from './catalog/rows.cts';
import type { ExchangeSettings } from './exchange/settings.cts';
import { ExchangeClient, type ExchangeReply } from './exchangeClient.cts';
import { catalogFile, offersFile, STORES, TYPES, type CatalogFile, type OffersFile } from './exchangeXml.cts';
import type { BitrixOptions } from './options.cts';
import { startBitrix, type RunningBitrix } from './start.cts';
import type { Store } from './store/store.cts';

/** Starts a site before each test and ends it afterwards. Uploads are plain files unless the options say otherwise. */
export const freshExchange = (options: BitrixOptions = {}): ExchangeBench => beforeEachFresh(new ExchangeBench(), options);

/** The same with a bench of another kind. */
export function beforeEachFresh<Bench extends ExchangeBench>(bench: Bench, options: BitrixOptions = {}): Bench {
	beforeEach(async () => {
		bench.bitrix = await startBitrix({ edition: 'site', ...options, exchange: { zip: false, ...options.exchange } });
		bench.goods = new ExchangeClient(bench.bitrix);
		bench.orders = new ExchangeClient(bench.bitrix, 'sale');
	});
	afterEach(async () => await bench.bitrix.close());
	return bench;
}

/** The first lines. */
export const words = (replies: ExchangeReply[]): string[] => replies.map(({ word }) => word);

/** What the site complained of in the answers of an import. */
export const errorOf = (replies: ExchangeReply[]): string | undefined =>
	replies.find(({ word }) => word === 'failure')?.lines[1];

/** What each test of a file has to itself, and short words for what it looks at. */
export class ExchangeBench {
	bitrix!: RunningBitrix;
	/** Exchanges goods; not logged in yet. */
	goods!: ExchangeClient;
	/** The same for orders. */
	orders!: ExchangeClient;

	get tables(): Store {
		return this.bitrix.portal.store;
	}

	set(settings: Partial<ExchangeSettings>): void {
		Object.assign(this.bitrix.exchange.site.settings, settings);
	}

	async sendGoods(goods: string[], file: CatalogFile = {}): Promise<ExchangeReply[]> {
		return await this.goods.send(catalogFile(goods, file));
	}

	/** With two price types and two stores, unless the file brings others. */
	async sendOffers(offers: string[], file: OffersFile = {}): Promise<ExchangeReply[]> {
		return await this.goods.send(offersFile(offers, { more: TYPES + STORES, ...file }));
	}

	/** Logs in, begins anew and uploads files, by name; nothing is imported yet. */
	async begin(files: Record<string, string>): Promise<void> {
		await this.goods.login();
		await this.goods.call('init');
		for (const [name, content] of Object.entries(files)) await this.goods.upload(name, content);
	}

	/** One call of an import. */
	async step(filename: string): Promise<ExchangeReply> {
		return await this.goods.call('import', { filename });
	}

	/** The block of the shop's own goods. */
	block(): IblockRow | undefined {
		return this.tables.iblocks.get(this.bitrix.catalogs.main.products);
	}

	element(xmlId: string): ElementRow | undefined {
		return this.tables.elements.where('xmlId', xmlId)[0];
	}

	section(xmlId: string): SectionRow | undefined {
		return this.tables.sections.where('xmlId', xmlId)[0];
	}

	property(xmlId: string): PropertyRow | undefined {
		return this.tables.properties.where('iblockId', this.block()?.id).find((row) => row.xmlId === xmlId);
	}

	/** The values of a property, with their descriptions if they have any. */
	values(xmlId: string, property: string): unknown[] {
		const held = this.element(xmlId)?.properties[this.property(property)?.id ?? 0] ?? [];
		return held.map(({ value, description }) => (description === undefined ? value : [description, value]));
	}

	/** The prices of an element: type, roubles, currency. */
	prices(xmlId: string): unknown[] {
		const { prices, priceTypes } = this.tables;
		return prices
			.where('productId', this.element(xmlId)?.id)
			.map(({ catalogGroupId, price, currency }) => [priceTypes.get(catalogGroupId)?.xmlId, price / 100, currency]);
	}

	/** The amounts of an element by store. */
	amounts(xmlId: string): Record<string, number> {
		const { storeProducts, stores } = this.tables;
		const rows = storeProducts.where('productId', this.element(xmlId)?.id);
		return Object.fromEntries(rows.map(({ storeId, amount }) => [stores.get(storeId)?.xmlId ?? '', amount]));
	}
}
