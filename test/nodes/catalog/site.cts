import type { IDataObject, INodeParameters } from 'n8n-workflow';
import type { Link, WriteResult } from '../../../core';
import { Engine, type RunOptions } from '../../n8n/engine.cts';
import type { NodeRun } from '../../n8n/runs.cts';
import type { FaultRule } from '../../simulators/kernel/faults.cts';
import type { ElementRow, PriceRow, PropertyRow, SectionRow } from '../../simulators/bitrix/catalog/rows.cts';
import { startBitrix, type RunningBitrix } from '../../simulators/bitrix/start.cts';
import type { BitrixOptions } from '../../simulators/bitrix/options.cts';
import { startMoySklad, type MoySkladOptions, type RunningMoySklad } from '../../simulators/moysklad/start.cts';
import { resultsInOrder } from '../resultsInOrder.cts';

export type Item = IDataObject;
export type Result = WriteResult<Link>;

export interface CallOptions extends RunOptions {
	/** Whether the node has a MoySklad credential too. Default: true. */
	withMoySklad?: boolean;
	/** Other addresses than those of the simulators. */
	webhook?: string;
	moySkladUrl?: string;
}

export interface SiteOptions {
	bitrix?: BitrixOptions;
	moySklad?: MoySkladOptions;
}

let engine: Promise<Engine> | undefined;

/** A Bitrix catalog, a MoySklad account, and the node that makes the one follow the other. */
export class Site {
	private constructor(
		readonly engine: Engine,
		readonly bitrix: RunningBitrix,
		readonly moySklad: RunningMoySklad,
	) {}

	/** A Bitrix without a rate limit and an empty account, unless told otherwise. */
	static async open({ bitrix = {}, moySklad = {} }: SiteOptions = {}): Promise<Site> {
		engine ??= Engine.load();
		const [loaded, bitrixRunning, moySkladRunning] = await Promise.all([
			engine,
			startBitrix({ edition: 'box', ...bitrix }),
			startMoySklad({ size: { products: 0, folders: 0 }, rate: { unitsPerWindow: 1_000_000, parallel: 20 }, ...moySklad }),
		]);
		return new Site(loaded, bitrixRunning, moySkladRunning);
	}

	async close(): Promise<void> {
		await Promise.all([this.bitrix.close(), this.moySklad.close()]);
	}

	/** Runs an operation of the node. */
	async run(operation: string, items: Item[], parameters: INodeParameters = {}, options: CallOptions = {}): Promise<NodeRun> {
		const { moySklad } = this;
		const { withMoySklad = true, webhook = this.bitrix.webhookUrl, moySkladUrl = moySklad.baseUrl, ...more } = options;
		return await this.engine.runNode({
			type: 'bitrixCatalogUpsert',
			parameters: { operation, catalog: { __rl: true, mode: 'id', value: String(this.catalog) }, ...parameters },
			credentials: {
				bitrixWebhookApi: { secretAddress: webhook, edition: 'enterprise' },
				...(withMoySklad && { moySkladApi: { authentication: 'token', token: moySklad.users.integration.token, baseUrl: moySkladUrl } }),
			},
			items,
			...more,
		});
	}

	/** Results in the order of the items; throws the node's error. */
	async results(operation: string, items: Item[], parameters: INodeParameters = {}, options: CallOptions = {}): Promise<Result[]> {
		return resultsInOrder(await this.run(operation, items, parameters, options));
	}

	async upsert(items: Item[], parameters: INodeParameters = {}, options?: CallOptions): Promise<Result[]> {
		return await this.results('upsertItems', items, parameters, options);
	}

	/** Id of the block of goods. */
	get catalog(): number {
		return this.bitrix.catalogs.main.products;
	}

	get offersCatalog(): number {
		return this.bitrix.catalogs.main.offers;
	}

	private get store(): RunningBitrix['portal']['store'] {
		return this.bitrix.portal.store;
	}

	/** Items of the block of goods or offers. */
	elements(iblockId = this.catalog): ElementRow[] {
		return this.store.elements.all().filter((element) => element.iblockId === iblockId);
	}

	/** The item with this XML_ID. Throws when there is none, or several. */
	element(xmlId: string): ElementRow {
		const found = this.store.elements.all().filter((element) => element.xmlId === xmlId);
		if (found.length !== 1) throw new RangeError(`${found.length} items have the XML_ID ${xmlId}`);
		return found[0] as ElementRow;
	}

	/** Changes an item as a person in the shop would. */
	edit(xmlId: string, changes: Partial<Omit<ElementRow, 'id'>>): void {
		this.store.elements.update(this.element(xmlId).id, changes);
	}

	property(code: string, iblockId = this.catalog): PropertyRow {
		const found = this.properties(iblockId).find((property) => property.code === code);
		if (!found) throw new RangeError(`The block ${iblockId} has no property ${code}`);
		return found;
	}

	properties(iblockId = this.catalog): PropertyRow[] {
		return this.store.properties.where('iblockId', iblockId);
	}

	addProperty(fields: Partial<PropertyRow>, iblockId = this.catalog): PropertyRow {
		return this.store.properties.add({
			iblockId, name: 'Property', code: null, xmlId: null, propertyType: 'S', userType: null, multiple: 'N', isRequired: 'N', active: 'Y', sort: 500,
			linkIblockId: null, listType: 'L', withDescription: 'N', filtrable: 'N', searchable: 'N', multipleCnt: 5, hint: null, defaultValue: null,
			userTypeSettings: null, timestampX: this.bitrix.portal.now(), ...fields,
		});
	}

	addVariants(property: PropertyRow, ...values: string[]): number[] {
		return values.map((value) => this.store.enums.add({ propertyId: property.id, value, xmlId: `x-${value}`, def: 'N', sort: 500 }).id);
	}

	variantsOf(property: PropertyRow): string[] {
		return this.store.enums.where('propertyId', property.id).map(({ value }) => value);
	}

	/** Values of a property, those of lists as their words. */
	values(xmlId: string, code: string): unknown[] {
		const element = this.element(xmlId);
		const property = this.property(code, element.iblockId);
		const stored = (element.properties[property.id] ?? []).map(({ value }) => value);
		return property.propertyType === 'L' ? stored.map((id) => this.store.enums.get(Number(id))?.value) : stored;
	}

	/** Prices of an item, in roubles, by the name of their type. */
	prices(xmlId: string): Record<string, string> {
		const rows: PriceRow[] = this.store.prices.where('productId', this.element(xmlId).id);
		return Object.fromEntries(rows.map((row) => [this.store.priceTypes.get(row.catalogGroupId)?.name ?? '', `${row.price / 100} ${row.currency}`]));
	}

	sections(): SectionRow[] {
		return this.store.sections.where('iblockId', this.catalog);
	}

	section(xmlId: string): SectionRow {
		const found = this.sections().filter((section) => section.xmlId === xmlId);
		if (found.length !== 1) throw new RangeError(`${found.length} sections have the XML_ID ${xmlId}`);
		return found[0] as SectionRow;
	}

	fail(...rules: FaultRule[]): void {
		this.bitrix.faults.set(rules);
	}

	/** HTTP calls to Bitrix since the last reset. */
	calls(): number {
		return this.bitrix.counters.snapshot().calls;
	}

	/** Commands that change something, in batches and outside, since the last reset. */
	writes(): number {
		const { routes } = this.bitrix.counters.snapshot();
		return Object.entries(routes).reduce((sum, [route, { calls }]) => sum + (/\.(add|update|delete|modify)$/.test(route) ? calls : 0), 0);
	}

	resetCounters(): void {
		this.bitrix.counters.reset();
	}
}
