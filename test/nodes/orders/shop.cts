import type { IDataObject, INodeParameters } from 'n8n-workflow';
import type { Order, OrderLink, WriteResult } from '../../../core';
import type { NodeRun } from '../../n8n/runs.cts';
import { chosen } from '../../n8n/workflowDraft.cts';
import { placeOrders } from '../../simulators/bitrix/orders/placeOrders.cts';
import { putGoods } from '../../simulators/bitrix/orders/goods.cts';
import type { BitrixOptions } from '../../simulators/bitrix/options.cts';
import { startMoySklad, type MoySkladOptions, type RunningMoySklad } from '../../simulators/moysklad/start.cts';
import type { ShopSize } from '../../simulators/shop/size.cts';
import { Store } from './store.cts';

type Row = Record<string, unknown>;

export type Result = WriteResult<OrderLink>;

const SEED = 7;
const SIZE = { products: 24, variantShare: 0.3, variantsEach: 3, bundles: 2, services: 2, pictures: 0, attributes: 0 };

export interface ShopOptions {
	bitrix?: BitrixOptions;
	moySklad?: MoySkladOptions;
	/** Of the goods on both sides. */
	size?: ShopSize;
}

/** A store and a MoySklad with the same goods, and the way of orders from one to the other. */
export class Shop {
	/** Links by key, as a template keeps them in its table. */
	readonly links = new Map<string, OrderLink>();
	/** Of the links, by the ids of the orders. */
	private readonly keys = new Map<string, string>();

	private constructor(
		readonly store: Store,
		readonly moySklad: RunningMoySklad,
	) {}

	static async open({ bitrix = {}, moySklad = {}, size = SIZE }: ShopOptions = {}): Promise<Shop> {
		const store = await Store.open(bitrix);
		putGoods(store.bitrix.portal, store.bitrix.catalogs.main, SEED, size);
		const running = await startMoySklad({
			seed: SEED,
			size,
			rate: { unitsPerWindow: 1_000_000, windowMilliseconds: 200, parallel: 5 },
			...moySklad,
		});
		return new Shop(store, running);
	}

	async close(): Promise<void> {
		await Promise.all([this.store.close(), this.moySklad.close()]);
	}

	/** Random orders of the goods of the store. */
	placeOrders(count: number, seed = 1): string[] {
		return placeOrders(this.store.bitrix.portal, this.store.bitrix.catalogs, { count, seed }).map(String);
	}

	/** Whole orders by their ids. */
	async orders(ids: ReadonlyArray<string | number>, parameters: INodeParameters = {}): Promise<Order[]> {
		const run = await this.store.run(
			'get',
			parameters,
			ids.map((id) => ({ id: String(id) })),
		);
		if (run.error) throw run.error;
		return run.json(0) as unknown as Order[];
	}

	async run(
		items: ReadonlyArray<Order | IDataObject>,
		parameters: INodeParameters = {},
		baseUrl = this.moySklad.baseUrl,
	): Promise<NodeRun> {
		return await this.store.engine.runNode({
			type: 'moySkladEntity',
			parameters: { resource: 'customerOrder', operation: 'createOrUpdateFromBitrixOrder', ...this.settings(), ...parameters },
			credentials: { moySkladApi: { authentication: 'token', token: this.moySklad.users.integration.token, baseUrl } },
			items: items as IDataObject[],
		});
	}

	/** Writes orders with the links that are kept, keeps the new ones, and gives the results in the order of the items. */
	async write(orders: ReadonlyArray<Order | IDataObject>, parameters: INodeParameters = {}, baseUrl?: string): Promise<Result[]> {
		const items = orders.map((order) => ({ ...order, link: this.linkOf(String(order.id)) ?? null }));
		const run = await this.run(items as unknown as IDataObject[], parameters, baseUrl);
		if (run.error) throw run.error;
		const results = run.outputs
			.flat()
			.sort(byItem)
			.map(({ json }) => json as unknown as Result);
		for (const { key, link } of results) {
			if (!link) continue;
			this.links.set(key, link);
			this.keys.set(link.bitrixId ?? '', key);
		}
		return results;
	}

	/** The link of an order of the store. */
	linkOf(id: string): OrderLink | undefined {
		return this.links.get(this.keys.get(id) ?? '');
	}

	settings(): INodeParameters {
		return {
			organization: chosen(this.idOf('organization')),
			store: chosen(this.idOf('store')),
			deliveryServiceName: 'Delivery',
			unknownGoods: 'create',
		};
	}

	/** The id of the first object of a type, or of the one with this name. */
	idOf(type: string, name?: string): string {
		const row = this.rows(type).find((one) => name === undefined || one.name === name);
		if (!row) throw new RangeError(`MoySklad has no ${type} ${name ?? ''}`);
		return String(row.id);
	}

	rows(type: string): Row[] {
		return this.moySklad.account.table(type).all();
	}

	/** The customer order that was made of an order. */
	customerOrder(id: string | number): Row {
		const found = this.rows('customerorder').filter(({ externalCode }) => externalCode === `bitrix:shop:${id}`);
		if (found.length !== 1) throw new RangeError(`${found.length} customer orders of the order ${id}`);
		return found[0] as Row;
	}

	/** Does something as a person in MoySklad. */
	async edit(method: string, path: string, body?: unknown): Promise<Row> {
		const answer = await fetch(`${this.moySklad.url}/_simulator/edit`, {
			method: 'POST',
			body: JSON.stringify({ user: 'admin', method, path, body }),
		});
		const { status, body: result } = (await answer.json()) as { status: number; body: Row };
		if (status >= 300) throw new Error(JSON.stringify(result));
		return result;
	}

	/** Calls that MoySklad answered, without those of the control interface. */
	calls(): number {
		return this.moySklad.counters.snapshot().calls;
	}

	reset(): void {
		this.moySklad.counters.reset();
		this.store.bitrix.counters.reset();
	}
}

export { chosen };

/** The positions of a customer order, as tests compare them. */
export const positionsOf = (order: Row): Row[] => order.positions as Row[];

const byItem = (one: { pairedItem?: unknown }, other: { pairedItem?: unknown }): number => itemOf(one) - itemOf(other);
const itemOf = ({ pairedItem }: { pairedItem?: unknown }): number => (pairedItem as { item: number }).item;
