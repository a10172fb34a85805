import type { Bench } from './catalogClient';
import { must, type Json, type RestAnswer } from './restClient';

/** Short words for what tests of orders do all the time. */
export class SaleClient {
	constructor(private readonly bench: Bench) {}

	/** The id of a new order of a person. */
	async newOrder(fields: Record<string, unknown> = {}): Promise<number> {
		const { order } = await must(
			this.call('sale.order.add', { fields: { lid: 's1', personTypeId: 3, currency: 'RUB', ...fields } }),
		);
		return Number(order?.id);
	}

	async getOrder(id: number): Promise<Json> {
		return (await must(this.call('sale.order.get', { id }))).order as Json;
	}

	async update(id: number, fields: Record<string, unknown>): Promise<RestAnswer> {
		return await this.call('sale.order.update', { id, fields });
	}

	/** A free line of 100 roubles, unless told otherwise. */
	async addItem(orderId: number, fields: Record<string, unknown> = {}): Promise<Json> {
		const item = { orderId, productId: 0, name: 'Сборка', currency: 'RUB', quantity: 1, price: 100, ...fields };
		return (await must(this.call('sale.basketitem.add', { fields: item }))).basketItem as Json;
	}

	async addPayment(orderId: number, fields: Record<string, unknown> = {}): Promise<Json> {
		return (await must(this.call('sale.payment.add', { fields: { orderId, paySystemId: 1, ...fields } }))).payment as Json;
	}

	async addShipment(orderId: number, fields: Record<string, unknown> = {}): Promise<Json> {
		const shipment = { orderId, allowDelivery: 'N', deducted: 'N', deliveryId: 2, ...fields };
		return (await must(this.call('sale.shipment.add', { fields: shipment }))).shipment as Json;
	}

	private async call(method: string, params: Record<string, unknown>): Promise<RestAnswer> {
		return await this.bench.shop.rest(method, params);
	}
}

export const list = (value: unknown): Json[] => value as Json[];
