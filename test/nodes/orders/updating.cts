import type { IDataObject, INodeParameters } from 'n8n-workflow';
import type { StoreOrderLink, WriteResult } from '../../../core';
import type { Secrets } from '../../n8n/credentialStore.cts';
import type { NodeRun } from '../../n8n/runs.cts';
import type { OrderRow, PaymentRow, ShipmentRow } from '../../simulators/bitrix/sale/rows.cts';
import { chosen, Shop, type ShopOptions } from './shop.cts';
import { meta, OrderDesk, type PaymentType } from '../../simulators/moysklad/orderDesk.cts';

type Row = Record<string, unknown>;

export type StoreResult = WriteResult<StoreOrderLink>;

const PLACED_SINCE = '2020-01-01T00:00:00Z';

/** A store, a MoySklad that has its orders, and the node that tells the store what happens to them there. */
export class Updating {
	/** Links by key, as a template keeps them in its table. */
	readonly links = new Map<string, StoreOrderLink>();

	private readonly desk: OrderDesk;

	private constructor(readonly shop: Shop) {
		this.desk = new OrderDesk(async (method, path, body) => await shop.edit(method, path, body), Date.UTC(2026, 10, 1));
	}

	static async open(options: ShopOptions = {}): Promise<Updating> {
		return new Updating(await Shop.open(options));
	}

	async close(): Promise<void> {
		await this.shop.close();
	}

	/** Takes orders of the store into MoySklad. */
	async bring(ids: ReadonlyArray<string | number>): Promise<void> {
		const results = await this.shop.write(await this.shop.orders(ids));
		const failed = results.find(({ status }) => status !== 'created' && status !== 'unchanged');
		if (failed) throw new Error(JSON.stringify(failed));
	}

	/** Places an order of one line of goods in the store and takes it into MoySklad. Its id, and that of the customer order. */
	async order(count = 1): Promise<string[]> {
		const ids = this.shop.placeOrders(count, count + 40);
		await this.bring(ids);
		return ids;
	}

	customerOrderId(id: string | number): string {
		return String(this.shop.customerOrder(id).id);
	}

	/** A customer order as MoySklad's API shows it. */
	async customerOrder(id: string | number): Promise<Row> {
		return await this.shop.edit('GET', `entity/customerorder/${this.customerOrderId(id)}?expand=state`);
	}

	async customerOrders(ids: ReadonlyArray<string | number>): Promise<IDataObject[]> {
		return (await Promise.all(ids.map(async (id) => await this.customerOrder(id)))) as IDataObject[];
	}

	async setState(id: string | number, name: string): Promise<void> {
		await this.shop.edit('PUT', `entity/customerorder/${this.customerOrderId(id)}`, { state: { meta: this.stateMeta(name) } });
	}

	stateId(name: string): string {
		const state = this.shop.moySklad.account.statesOf('customerorder').find((one) => one.name === name);
		if (!state) throw new RangeError(`MoySklad has no state ${name}`);
		return state.id;
	}

	private stateMeta(name: string): Row {
		return meta('state', `entity/customerorder/metadata/states/${this.stateId(name)}`);
	}

	/** Money comes in. The id of the document. */
	async pay(id: string | number, sum: number, more: Row = {}, type?: PaymentType): Promise<string> {
		return await this.desk.pay(this.customerOrderId(id), sum, more, type);
	}

	/** Goods go out: all that the order has, or so much of each of its positions. The id of the document. */
	async ship(id: string | number, share?: (quantity: number, index: number) => number, more: Row = {}): Promise<string> {
		return await this.desk.ship(this.customerOrderId(id), share, more);
	}

	async remove(type: string, id: string): Promise<void> {
		await this.shop.edit('DELETE', `entity/${type}/${id}`);
	}

	async run(items: IDataObject[], parameters: INodeParameters = {}, webhook = this.shop.store.bitrix.webhookUrl, moySklad = true): Promise<NodeRun> {
		return await this.shop.store.engine.runNode({
			type: 'bitrixOrderUpdate',
			parameters: { operation: 'update', siteKey: 'shop', flow: 'back', placedSince: PLACED_SINCE, ...parameters },
			credentials: this.credentials(webhook, moySklad),
			items,
		});
	}

	credentials(webhook = this.shop.store.bitrix.webhookUrl, moySklad = true): Secrets {
		const { users, baseUrl } = this.shop.moySklad;
		return {
			bitrixWebhookApi: { secretAddress: webhook, edition: 'enterprise' },
			...(moySklad && { moySkladApi: { authentication: 'token', token: users.integration.token, baseUrl } }),
		};
	}

	/** Updates orders with the links that are kept, keeps the new ones, and gives the results in the order of the items. */
	async update(ids: ReadonlyArray<string | number>, parameters: INodeParameters = {}, webhook?: string): Promise<StoreResult[]> {
		return await this.results(await this.customerOrders(ids), parameters, webhook);
	}

	async results(items: IDataObject[], parameters: INodeParameters = {}, webhook?: string): Promise<StoreResult[]> {
		const linked = items.map((item) => ({ ...item, link: (this.links.get(`moysklad:order:${String(item.id)}`) ?? null) as unknown as IDataObject }));
		return this.keep(await this.run(linked, parameters, webhook));
	}

	keep(run: NodeRun): StoreResult[] {
		if (run.error) throw run.error;
		const results = run.outputs
			.flat()
			.sort((one, other) => itemOf(one) - itemOf(other))
			.map(({ json }) => json as unknown as StoreResult);
		for (const { key, link } of results) if (link) this.links.set(key, link);
		return results;
	}

	storeOrder(id: string | number): OrderRow {
		const order = this.shop.store.bitrix.portal.store.orders.get(Number(id));
		if (!order) throw new RangeError(`The store has no order ${id}`);
		return order;
	}

	payments(id: string | number): PaymentRow[] {
		return this.shop.store.bitrix.portal.store.payments.where('orderId', Number(id));
	}

	/** Shipments but for the technical one. */
	shipments(id: string | number): ShipmentRow[] {
		return this.shop.store.bitrix.portal.store.shipments.where('orderId', Number(id)).filter(({ system }) => system === 'N');
	}

	/** What a shipment holds, by the keys of the goods. */
	held(shipmentId: number): Record<string, number> {
		const { shipmentItems, basket } = this.shop.store.bitrix.portal.store;
		return Object.fromEntries(shipmentItems.where('orderDeliveryId', shipmentId).map(({ basketId, quantity }) => [String(basket.get(basketId)?.productXmlId), quantity]));
	}

	/** How often each method of Bitrix was called, commands of batches counted apart. */
	routes(): Record<string, number> {
		return Object.fromEntries(Object.entries(this.shop.store.bitrix.counters.snapshot().routes).map(([route, { calls }]) => [route, calls]));
	}

	/** Methods of Bitrix that changed something since the counters were reset. */
	writes(): string[] {
		return Object.keys(this.routes()).filter((route) => /\.(add|update|delete|modify)$/.test(route)).sort();
	}
}

export { meta };

/** A row of a map of states. */
export const stateRow = (state: string, status: string, more: Row = {}): INodeParameters => ({ when: 'state', state: chosen(state), status, ...more }) as INodeParameters;

const itemOf = ({ pairedItem }: { pairedItem?: unknown }): number => (pairedItem as { item: number }).item;
