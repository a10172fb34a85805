import type { IDataObject, INodeParameters } from 'n8n-workflow';
import type { Order, OrderCopyLink } from '../../../core';
import { COMMON, type ExchangePage } from '../orders/exchangeStore.cts';
import { Shop } from '../orders/shop.cts';
import { payedSum, shippedOf, shippedSum } from '../../simulators/moysklad/documents/following.cts';
import type { Row } from '../../simulators/moysklad/engine/schema.cts';
import { codesOf, isRetryable, type Flows, type Report } from './flows.cts';
import { OrdersToMoySklad } from './ordersToMoySklad.cts';
import { CANCELLED, STATES } from './states.cts';

/** What is told of a customer order, as expressions over its item say it. */
const CHANGES: INodeParameters = Object.fromEntries(['paid', 'paymentNumber', 'shipped', 'shipmentNumber', 'canceled', 'status', 'number1c'].map((name) => [name, `={{ $json.changes.${name} }}`]));

/** Both ways of orders with a site that has nothing but the exchange with 1C. */
export class ExchangeFlows implements Flows {
	/** The newest snapshot of each order, by its id. */
	private readonly snapshots = new Map<string, OrderCopyLink>();
	private readonly orders: OrdersToMoySklad;
	/** The end of the way that was begun last. */
	private lease: Promise<unknown> = Promise.resolve();

	private constructor(readonly shop: Shop) {
		this.orders = new OrdersToMoySklad(shop);
	}

	static async open(): Promise<ExchangeFlows> {
		return new ExchangeFlows(await Shop.open({ bitrix: { edition: 'site', exchange: { zip: false, orderRows: 50, changeStatus: true, deductOnDelivery: true, finalStatusOnDelivery: '' } } }));
	}

	async close(): Promise<void> {
		await this.shop.close();
	}

	async toMoySklad(report: Report): Promise<string[]> {
		return await this.alone(async () => await this.take(report));
	}

	async toStore(ids: readonly string[], report: Report): Promise<string[]> {
		return await this.alone(async () => await this.tell(ids, report));
	}

	/** Both ways share a lease, as in the templates: no snapshot is older than what the site was last asked for. */
	private async alone<T>(work: () => Promise<T>): Promise<T> {
		const turn = this.lease.then(work, work);
		this.lease = turn.catch(() => undefined);
		return await turn;
	}

	/** Snapshots are kept before the orders are written, so that no customer order is without one. */
	private async take(report: Report): Promise<string[]> {
		const run = await this.run('bitrixOrderExport', { operation: 'exportChanged', startDate: '2020-01-01T00:00:00Z' });
		const orders = run.json(0) as unknown as Array<Order & { snapshot: OrderCopyLink }>;
		const page = run.json(1)[0] as unknown as ExchangePage;
		for (const { id, snapshot } of orders) this.snapshots.set(id, snapshot);
		const results = await this.orders.write(orders);
		await this.run('bitrixOrderExport', { operation: 'confirm', page: page as unknown as INodeParameters }, results.length > 0 ? results : [{}]);
		return this.orders.tell(results, report);
	}

	private async tell(ids: readonly string[], report: Report): Promise<string[]> {
		if (ids.length === 0) return [];
		const items = ids.map((id): IDataObject => ({ bitrixId: id, snapshot: (this.snapshots.get(id) ?? null) as unknown as IDataObject, changes: this.changesOf(id) }));
		const run = await this.run('bitrixOrderUpdate', { operation: 'update', changes: CHANGES, preview: false }, items);
		const open: string[] = [];
		for (const result of [...run.json(0), ...run.json(1)]) {
			const id = String(result.bitrixId);
			report(id, 'to the store', String(result.status), codesOf(result));
			if (result.link) this.keep(id, result.link as unknown as OrderCopyLink);
			if (isRetryable(result)) open.push(id);
		}
		return open;
	}

	/** As the template keeps it: the snapshot, and with the link of the order what it is told by now. */
	private keep(id: string, link: OrderCopyLink): void {
		this.snapshots.set(id, link);
		const order = this.shop.linkOf(id);
		const { told } = link.snapshot;
		if (order && told) this.shop.links.set(order.key, { ...order, told });
	}

	async settleDeleted(ids: readonly string[]): Promise<void> {
		await this.orders.settleDeleted(ids);
	}

	/** What MoySklad says of an order, in the words of the exchange. */
	private changesOf(id: string): IDataObject {
		const { account } = this.shop.moySklad;
		const order = this.shop.customerOrder(id) as Row;
		const state = account.statesOf('customerorder').find((one) => one.id === order.state)?.name ?? '';
		const [sum, paid, shipped] = [Number(order.sum), payedSum(order, account), shippedSum(order, account)];
		// A gift that is still there adds nothing to the sum.
		const isGone = (order.positions as Row[]).every((position) => shippedOf(order, position, account) >= Number(position.quantity));
		return {
			paid: paid > sum ? 'more' : paid === sum ? true : paid > 0 ? 'part' : false,
			shipped: shipped >= sum && isGone ? 'all' : shipped > 0 ? 'part' : 'no',
			paymentNumber: String(order.name),
			shipmentNumber: String(order.name),
			canceled: state === CANCELLED,
			status: STATES[state] ?? '',
			number1c: String(order.name),
		};
	}

	/** Throws the node's error. */
	private async run(type: string, parameters: INodeParameters, items: IDataObject[] = [{}]) {
		const { bitrix, engine } = this.shop.store;
		const run = await engine.runNode({
			type,
			parameters: { ...COMMON, ...parameters },
			credentials: { bitrix1cExchangeApi: { siteAddress: bitrix.url, login: bitrix.exchange.login, password: bitrix.exchange.password } },
			items,
		});
		if (run.error) throw run.error;
		return run;
	}
}
