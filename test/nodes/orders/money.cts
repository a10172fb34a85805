import type { IDataObject, INodeParameters } from 'n8n-workflow';
import type { DocumentsLink, Order, OrderPayment, OrderShipment, WriteResult } from '../../../core';
import type { NodeRun } from '../../n8n/runs.cts';
import { chosen, Shop } from './shop.cts';

type Row = Record<string, unknown>;

export type DocumentsResult = WriteResult<DocumentsLink> & { documents?: Row[] };

/** The way of payments and shipments from a store into MoySklad, with the memory that a template keeps. */
export class Money {
	readonly links = new Map<string, DocumentsLink>();

	constructor(readonly shop: Shop) {}

	async run(orders: ReadonlyArray<Order | IDataObject>, parameters: INodeParameters = {}, baseUrl = this.shop.moySklad.baseUrl): Promise<NodeRun> {
		const items = orders.map((order) => ({ ...order, link: this.orderLink(String(order.id)), documentsLink: this.links.get(String(order.id)) ?? null }));
		return await this.shop.store.engine.runNode({
			type: 'moySkladEntity',
			parameters: {
				resource: 'customerOrder',
				operation: 'createOrUpdateDocumentsFromBitrixOrder',
				payments: 'full',
				shipments: 'full',
				withdrawal: 'unpost',
				preview: false,
				...parameters,
			},
			credentials: { moySkladApi: { authentication: 'token', token: this.shop.moySklad.users.integration.token, baseUrl } },
			items: items as unknown as IDataObject[],
		});
	}

	/** Results in the order of the orders; their links are kept. */
	async write(orders: readonly Order[], parameters: INodeParameters = {}, baseUrl?: string): Promise<DocumentsResult[]> {
		const run = await this.run(orders, parameters, baseUrl);
		if (run.error) throw run.error;
		const results = run.outputs
			.flat()
			.sort((one, other) => itemOf(one) - itemOf(other))
			.map(({ json }) => json as unknown as DocumentsResult);
		for (const { bitrixId, link } of results) if (link) this.links.set(String(bitrixId), link);
		return results;
	}

	/** The same for one order. */
	async book(order: Order, parameters: INodeParameters = {}): Promise<DocumentsResult> {
		return (await this.write([order], parameters))[0] as DocumentsResult;
	}

	private orderLink(id: string): IDataObject | null {
		return (this.shop.linkOf(id) as unknown as IDataObject | undefined) ?? null;
	}

	/** The documents of a type that are linked to the customer order of an order, or that were made of it. */
	documents(type: string, id: string): Row[] {
		const order = this.shop.customerOrder(id).id;
		return this.shop.rows(type).filter(
			({ customerOrder, operations, externalCode, paymentPurpose }) =>
				(customerOrder as Row | undefined)?.id === order ||
				((operations as Row[] | undefined) ?? []).some((operation) => operation.id === order) ||
				(/payment|order/.test(String(externalCode)) && String(paymentPurpose).endsWith(` ${id}`)),
		);
	}

	/** What MoySklad itself says of the customer order. */
	async shown(id: string): Promise<Row> {
		return await this.shop.edit('GET', `entity/customerorder/${String(this.shop.customerOrder(id).id)}?expand=positions&limit=100`);
	}
}

/** A fresh shop for each test, handed over with its money; no request may have crashed the simulator. */
export function useMoney(take: (money: Money, shop: Shop) => Promise<void> | void): void {
	let shop: Shop;
	beforeEach(async () => {
		shop = await Shop.open();
		await take(new Money(shop), shop);
	});
	afterEach(async () => {
		expect(shop.moySklad.parts.crashes).toEqual([]);
		await shop.close();
	});
}

const itemOf = ({ pairedItem }: { pairedItem?: unknown }): number => (pairedItem as { item: number }).item;

export const aPayment = (id: string, sum: string, more: Partial<OrderPayment> = {}): OrderPayment => ({
	id,
	paySystemId: '1',
	name: 'Картой онлайн',
	cash: false,
	sum,
	paid: true,
	paidAt: '2026-11-20T09:10:11.000Z',
	refund: false,
	documentNumber: null,
	documentDate: null,
	...more,
});

export const aShipment = (id: string, items: OrderShipment['items'], more: Partial<OrderShipment> = {}): OrderShipment => ({
	id,
	serviceId: '1',
	name: 'Курьер',
	price: '0',
	allowed: true,
	shipped: true,
	canceled: false,
	statusId: null,
	trackingNumber: null,
	items,
	...more,
});

/** The order as the store has it a second later. */
export const later = (order: Order, more: Partial<Order>): Order => ({
	...order,
	...more,
	updatedAt: new Date(Date.parse(order.updatedAt) + 1000).toISOString(),
});

export { chosen };
