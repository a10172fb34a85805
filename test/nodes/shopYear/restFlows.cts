import type { IDataObject, INodeParameters } from 'n8n-workflow';
import type { ExportPage, OrderCursor } from '../../../core';
import { chosen, type Shop } from '../orders/shop.cts';
import { stateRow, Updating } from '../orders/updating.cts';
import { codesOf, isRetryable, type Flows, type Report } from './flows.cts';
import { OrdersToMoySklad } from './ordersToMoySklad.cts';
import { CANCELLED, STATES } from './states.cts';

/** Both ways of orders over REST, as the templates run them: what is remembered is kept outside the nodes. */
export class RestFlows implements Flows {
	private cursor: OrderCursor | undefined;
	private readonly orders: OrdersToMoySklad;
	private readonly update: INodeParameters;

	private constructor(readonly updating: Updating) {
		this.orders = new OrdersToMoySklad(updating.shop);
		this.update = {
			statusMap: { row: Object.entries(STATES).map(([name, status]) => stateRow(updating.stateId(name), status)) },
			cancelStates: { row: [{ one: chosen(updating.stateId(CANCELLED)) }] },
			payments: 'full',
			paySystem: '1',
			shipments: 'full',
			deduct: true,
			lines: 'sourceWins',
			// With orders on their way to MoySklad the store wins there, so it has to win here: else both would swap what they say for ever.
			options: { finalStatuses: [], conflicts: 'targetWins' },
		};
	}

	static async open(): Promise<RestFlows> {
		return new RestFlows(await Updating.open());
	}

	get shop(): Shop {
		return this.updating.shop;
	}

	async close(): Promise<void> {
		await this.updating.close();
	}

	/** One page after another; the cursor of each is kept once all of it is stored. */
	async toMoySklad(report: Report): Promise<string[]> {
		const written: string[] = [];
		for (let more = true; more; ) {
			const { orders, page } = await this.shop.store.page({ startDate: '2020-01-01T00:00:00Z', pageSize: 50 }, this.cursor);
			const results = await this.orders.write(orders);
			written.push(...this.orders.tell(results, report));
			const run = await this.shop.store.run('confirm', { page: page as unknown as INodeParameters }, results.length > 0 ? results : [{}]);
			if (run.error) throw run.error;
			const confirmed = run.json(1)[0] as unknown as ExportPage;
			this.cursor = confirmed.cursor;
			more = confirmed.more;
		}
		return written;
	}

	async toStore(ids: readonly string[], report: Report): Promise<string[]> {
		if (ids.length === 0) return [];
		const delivery = this.shop.rows('service').find(({ name }) => name === 'Delivery');
		const deliveryServices = delivery ? { row: [{ one: chosen(String(delivery.id)) }] } : {};
		// An event brings no more than this; the node reads the rest.
		const items = ids.map((id) => this.shop.customerOrder(id)).map(({ id, externalCode }) => ({ id, externalCode }) as IDataObject);
		const results = await this.updating.results(items, { ...this.update, deliveryServices });
		results.forEach((result, index) => report(String(result.bitrixId ?? ids[index]), 'to the store', result.status, codesOf(result)));
		return ids.filter((_, index) => isRetryable(results[index] ?? {}));
	}

	async settleDeleted(ids: readonly string[]): Promise<void> {
		await this.orders.settleDeleted(ids);
	}
}
