import type { IDataObject, INodeParameters } from 'n8n-workflow';
import type { WriteResult } from '../../../core';
import type { NodeRun } from '../../n8n/runs.cts';
import { addElement } from '../../simulators/bitrix/catalog/elements.cts';
import { ITEM_TYPE, type DocumentRow, type ElementRow } from '../../simulators/bitrix/catalog/rows.cts';
import { storeProductOf } from '../../simulators/bitrix/catalog/stock.cts';
import { placeOrder } from '../../simulators/bitrix/orders/placeOrders.cts';
import { uuid } from './items.cts';
import { Site, type CallOptions, type SiteOptions } from './site.cts';

/** Stores of Bitrix, as the simulator furnishes them, and stores of MoySklad. */
export const MAIN = 1;
export const SHOP = 2;
export const FAR = 3;
export const NORTH = uuid('store north');
export const SOUTH = uuid('store south');

interface ItemOptions {
	kind?: keyof typeof ITEM_TYPE;
	quantity?: number;
	parent?: string;
	moySkladId?: string;
	values?: IDataObject;
}

/** A site whose items are in Bitrix already, and what happens to their amounts. */
export class StockSite {
	private constructor(readonly site: Site) {}

	/** `inventory: 'Y'` turns inventory management on. */
	static async open(inventory: 'Y' | 'N', options: SiteOptions = {}): Promise<StockSite> {
		const site = await Site.open({ ...options, bitrix: { inventory, ...options.bitrix } });
		for (const block of [site.catalog, site.offersCatalog]) site.addProperty({ name: 'MoySklad: ID', code: 'MOYSKLAD_ID' }, block);
		return new StockSite(site);
	}

	async close(): Promise<void> {
		await this.site.close();
	}

	/** Puts an item with the XML_ID `word` and the MoySklad id that the word stands for into the catalog. */
	put(word: string, { kind = 'simple', quantity = 0, parent, moySkladId = uuid(word), values = {} }: ItemOptions = {}): ElementRow {
		const { portal } = this.site.bitrix;
		const block = kind === 'offer' ? this.site.offersCatalog : this.site.catalog;
		const iblock = portal.store.iblocks.get(block);
		if (!iblock) throw new RangeError(`There is no block ${block}`);
		const property = `property${this.site.property('MOYSKLAD_ID', block).id}`;
		const link = parent === undefined ? {} : { parentId: { value: String(this.element(parent).id) } };
		const all = { name: `Item ${word}`, xmlId: word, active: 'Y', quantity, [property]: { value: moySkladId }, ...link, ...values };
		return addElement(portal, { iblock, properties: portal.store.properties.where('iblockId', block), values: all, userId: 1 }, ITEM_TYPE[kind]);
	}

	/** Lets so much lie in a store, of which orders of the site keep some. */
	lay(word: string, store: number, amount: number, quantityReserved = 0): void {
		const { portal } = this.site.bitrix;
		portal.store.storeProducts.update(storeProductOf(portal, this.element(word).id, store).id, { amount, quantityReserved });
	}

	element(word: string): ElementRow {
		return this.site.element(word);
	}

	quantity(word: string): number {
		return this.element(word).quantity;
	}

	/** What lies in a store. */
	amount(word: string, store: number): number {
		return storeProductOf(this.site.bitrix.portal, this.element(word).id, store).amount;
	}

	documents(): DocumentRow[] {
		return this.site.bitrix.portal.store.documents.all();
	}

	/** What conducted documents of a type moved, by item. */
	moved(type: 'S' | 'D'): number {
		const { documents, documentElements } = this.site.bitrix.portal.store;
		const conducted = documents.all().filter(({ docType, status }) => docType === type && status === 'Y');
		return conducted.flatMap(({ id }) => documentElements.where('docId', id)).reduce((sum, { amount }) => sum + amount, 0);
	}

	/** A customer orders; `age` milliseconds ago. Returns the id of the order. */
	order(lines: Record<string, number>, { age = 0, canceled = false } = {}): number {
		const draft = {
			site: 's1' as const,
			customer: { kind: 'person' as const, userId: 1001, properties: {}, comment: '', discount: 0 },
			lines: Object.entries(lines).map(([word, quantity]) => ({
				productId: this.element(word).id, name: word, quantity, basePrice: 100, price: 100, vatRate: null, vatIncluded: 'Y' as const, coupon: '', components: [],
			})),
			delivery: { service: 'delivery-courier' as const, price: 0 },
			payments: [],
			statusId: 'N',
			canceled,
			shipped: false,
			managerComment: '',
		};
		return placeOrder(this.site.bitrix.portal, draft, age).id;
	}

	async run(items: IDataObject[], parameters: INodeParameters = {}, options: CallOptions = {}): Promise<NodeRun> {
		return await this.site.run('updateStock', items, parameters, options);
	}

	/** Results in the order of the items; throws the node's error. */
	async update(items: IDataObject[], parameters: INodeParameters = {}, options: CallOptions = {}): Promise<WriteResult[]> {
		return await this.site.results('updateStock', items, parameters, options);
	}
}

/** A stock level of an item, as MoySklad Entity gives it. */
export const level = (word: string, amounts: number | IDataObject): IDataObject => ({
	id: uuid(word), ...(typeof amounts === 'number' ? { freeStock: amounts } : amounts),
});

/** The same by store: what is free in each. */
export const byStore = (word: string, stores: Array<[string | null, number]>): IDataObject => ({
	id: uuid(word), freeStock: stores.reduce((sum, [, amount]) => sum + amount, 0), stores: stores.map(([id, freeStock]) => ({ id, freeStock })),
});

export const chosen = (value: string | number): INodeParameters => ({ __rl: true, mode: 'id', value: String(value) });

/** The parameters for a map of stores. */
export const storeMap = (...pairs: Array<[string, number]>): INodeParameters => ({
	spread: 'byStore', storeMap: { row: pairs.map(([from, to]) => ({ from: chosen(from), to: chosen(to) })) },
});

/** What became of each item: the code of its error or warning, or its status. */
export const outcomes = (results: WriteResult[]): string[] => results.map(({ status, error, warnings }) => error?.code ?? warnings[0]?.code ?? status);
