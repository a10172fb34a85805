import type { IDataObject, INodeParameters } from 'n8n-workflow';
import type { ExportPage, Order, OrderCopyLink } from '../../../core';
import { Engine } from '../../n8n/engine.cts';
import type { NodeRun, WorkflowRun } from '../../n8n/runs.cts';
import { addProduct, lineOf, order } from '../../simulators/bitrix/exchangeShop.cts';
import type { ElementRow } from '../../simulators/bitrix/catalog/rows.cts';
import type { DraftOrder } from '../../simulators/bitrix/orders/randomOrder.cts';
import type { OrderRow, ShipmentRow } from '../../simulators/bitrix/sale/rows.cts';
import type { BitrixOptions } from '../../simulators/bitrix/options.cts';
import { startBitrix, type RunningBitrix } from '../../simulators/bitrix/start.cts';

export type ExportedOrder = Order & { snapshot: OrderCopyLink };

/** What an item of the output Cursor has over the exchange. */
export type ExchangePage = ExportPage & { marks: Record<string, string>; findings: Array<{ code: string }> };

/** An exported order as the node takes it, with the link of an earlier update. */
export const asItem = ({ id, snapshot, link }: ExportedOrder & { link?: IDataObject }): IDataObject => ({ bitrixId: id, snapshot: snapshot as unknown as IDataObject, ...(link && { link }) });

const PACKAGE = 'n8n-nodes-moysklad-bitrix';

/** A site without REST on loopback, with some goods, and the nodes of orders. */
export class ExchangeStore {
	readonly goods: ElementRow[];

	private constructor(
		readonly engine: Engine,
		readonly bitrix: RunningBitrix,
	) {
		this.goods = ['shirt', 'cap', 'mug'].map((xmlId) => addProduct(bitrix, xmlId));
	}

	static async open(exchange: BitrixOptions['exchange'] = {}): Promise<ExchangeStore> {
		const [engine, bitrix] = await Promise.all([Engine.load({ fromN8n: ['n8n-nodes-base'] }), startBitrix({ edition: 'site', exchange: { zip: false, orderRows: 3, ...exchange } })]);
		return new ExchangeStore(engine, bitrix);
	}

	async close(): Promise<void> {
		await this.bitrix.close();
	}

	get credentials(): Record<string, Record<string, string>> {
		return { bitrix1cExchangeApi: { siteAddress: this.bitrix.url, login: this.bitrix.exchange.login, password: this.bitrix.exchange.password } };
	}

	/** Two shirts and a cap, with paid delivery. */
	place(more: Partial<DraftOrder> = {}): OrderRow {
		return order(this.bitrix, [lineOf(this.goods[0], 10_050, 2), lineOf(this.goods[1], 5000)], more);
	}

	/** Places orders, one every ten seconds, and gives them as they were exported, stored and confirmed. */
	async exported(count = 1, more: Partial<DraftOrder> = {}): Promise<ExportedOrder[]> {
		for (let number = 0; number < count; number += 1) {
			this.bitrix.clock.advance(10_000);
			this.place(more);
		}
		return await this.taken();
	}

	/** All changed orders, stored and confirmed. */
	async taken(): Promise<ExportedOrder[]> {
		const { orders, page } = await this.export();
		await this.confirm(page, stored(orders));
		this.bitrix.clock.advance(60_000);
		return orders;
	}

	/** Tells the site of changes of exported orders; throws the node's error. */
	async update(orders: ReadonlyArray<ExportedOrder & { link?: IDataObject }>, changes: INodeParameters, parameters: INodeParameters = {}): Promise<{ done: IDataObject[]; failed: IDataObject[] }> {
		const run = await this.run('bitrixOrderUpdate', { operation: 'update', changes, ...parameters }, orders.map(asItem));
		if (run.error) throw run.error;
		return { done: run.json(0), failed: run.json(1) };
	}

	/** Lines of an order: code, quantity, price, base price, discount, VAT. */
	basket(id: number | string): unknown[] {
		return this.bitrix.portal.store.basket
			.where('orderId', Number(id))
			.map(({ productXmlId, quantity, price, basePrice, discountPrice, vatRate, vatIncluded }) => [productXmlId, quantity, price, basePrice, discountPrice, vatRate, vatIncluded]);
	}

	/** Its shipments, but for the one of what is in none. */
	shipments(id: number | string): ShipmentRow[] {
		return this.bitrix.portal.store.shipments.where('orderId', Number(id)).filter(({ system }) => system === 'N');
	}

	row(id: number | string): OrderRow {
		return this.bitrix.portal.store.orders.get(Number(id)) as OrderRow;
	}

	/** The customer does something to an order. */
	touch(id: number, values: Partial<OrderRow> = {}): void {
		this.bitrix.clock.advance(60_000);
		this.bitrix.portal.store.orders.update(id, { dateUpdate: this.bitrix.portal.now(), updated1c: 'N', ...values });
	}

	async run(type: 'bitrixOrderExport' | 'bitrixOrderUpdate', parameters: INodeParameters, items: IDataObject[] = [{}]): Promise<NodeRun> {
		return await this.engine.runNode({ type, parameters: { ...COMMON, ...parameters }, credentials: this.credentials, items });
	}

	/** All changed orders; throws the node's error. */
	async export(parameters: INodeParameters = {}): Promise<{ orders: ExportedOrder[]; page: ExchangePage; failed: IDataObject[] }> {
		const run = await this.run('bitrixOrderExport', { operation: 'exportChanged', ...START, ...parameters });
		if (run.error) throw run.error;
		return { orders: run.json(0) as unknown as ExportedOrder[], page: run.json(1)[0] as unknown as ExchangePage, failed: run.json(2) };
	}

	async confirm(page: ExchangePage, results: IDataObject[]): Promise<NodeRun> {
		return await this.run('bitrixOrderExport', { operation: 'confirm', page: page as unknown as INodeParameters }, results.length > 0 ? results : [{}]);
	}

	/** Export and confirmation in one execution, with a node in between that makes results of the orders. */
	async flow(result = "={{ ({ status: 'created', bitrixId: $json.id }) }}"): Promise<WorkflowRun> {
		const node = (name: string, type: string, typeVersion: number, parameters: INodeParameters) => ({ id: name, name, type, typeVersion, position: [0, 0] as [number, number], parameters });
		const own = { bitrix1cExchangeApi: { id: 'c', name: 'bitrix1cExchangeApi' } };
		const to = (name: string) => ({ node: name, type: 'main' as const, index: 0 });
		return await this.engine.runWorkflow({
			workflow: {
				id: 'flow',
				nodes: [
					{ ...node('Export', `${PACKAGE}.bitrixOrderExport`, 1, { ...COMMON, operation: 'exportChanged', ...START }), credentials: own },
					node('Store', 'n8n-nodes-base.set', 3.4, { mode: 'raw', jsonOutput: result, options: {} }),
					{ ...node('Confirm', `${PACKAGE}.bitrixOrderExport`, 1, { ...COMMON, operation: 'confirm', page: '={{ $("Export").all(1)[0].json }}' }), credentials: own },
				],
				connections: { Export: { main: [[to('Store')], [], []] }, Store: { main: [[to('Confirm')]] } },
			} as never,
			start: 'Export',
			credentials: this.credentials,
		});
	}
}

export const COMMON = { connection: 'exchange', exchangeLock: 'process', siteKey: 'shop', flow: 'orders', options: { zone: 'Europe/Moscow' } };
const START = { startDate: '2020-01-01T00:00:00Z' };

export const stored = (orders: ReadonlyArray<{ id: string }>): IDataObject[] => orders.map(({ id }) => ({ status: 'created', key: id, bitrixId: id, moySkladId: null, changes: [], warnings: [] }));
