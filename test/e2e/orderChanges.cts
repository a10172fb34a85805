import type { Installation } from '../demo/installation.cts';
import { meta } from '../nodes/orders/updating.cts';
import type { OrderRow, PaymentRow, ShipmentRow } from '../simulators/bitrix/sale/rows.cts';
import { control } from '../simulators/moysklad/control.cts';
import type { Row } from '../simulators/moysklad/engine/schema.cts';

/** What people do to customer orders in MoySklad, and what becomes of their orders in the store. Orders by their ids in the store. */
export class OrderChanges {
	constructor(private readonly installation: Pick<Installation, 'bitrix' | 'moySklad'>) {}

	/** Does something as a person in MoySklad. */
	async edit(method: string, path: string, body?: object): Promise<Row> {
		const answer = (await control(this.installation.moySklad.parts, 'POST', 'edit', { user: 'admin', method, path, body })) as { status: number; body: Row };
		if (answer.status >= 300) throw new Error(JSON.stringify(answer.body));
		return answer.body;
	}

	/** The customer order that was made of an order of the store. */
	customerOrder(id: number, store = this.installation.bitrix): Row {
		const code = `bitrix:${new URL(store.url).host}:${id}`;
		const found = this.installation.moySklad.account.table('customerorder').all().find(({ externalCode }) => externalCode === code);
		if (!found) throw new RangeError(`MoySklad has no customer order ${code}`);
		return found;
	}

	stateId(name: string): string {
		const found = this.installation.moySklad.account.statesOf('customerorder').find((one) => one.name === name);
		if (!found) throw new RangeError(`MoySklad has no state ${name}`);
		return found.id;
	}

	async setState(order: Row, name: string): Promise<void> {
		await this.edit('PUT', `entity/customerorder/${String(order.id)}`, { state: { meta: meta('state', `entity/customerorder/metadata/states/${this.stateId(name)}`) } });
	}

	/** Money comes in, in kopecks. The id of the document. */
	async pay(order: Row, sum: number, type = 'paymentin'): Promise<string> {
		const { organization, agent } = await this.edit('GET', `entity/customerorder/${String(order.id)}`);
		return String((await this.edit('POST', `entity/${type}`, { organization, agent, sum, operations: [this.operation(order, sum)] })).id);
	}

	/** The payment is for another order from now on. */
	async rebook(payment: string, order: Row, sum: number): Promise<void> {
		await this.edit('PUT', `entity/paymentin/${payment}`, { operations: [this.operation(order, sum)] });
	}

	private operation = (order: Row, linkedSum: number): object => ({ meta: meta('customerorder', `entity/customerorder/${String(order.id)}`), linkedSum });

	/** All that was ordered goes out. The id of the document. */
	async ship(order: Row): Promise<string> {
		const { positions, organization, agent, store, vatEnabled, vatIncluded } = await this.edit('GET', `entity/customerorder/${String(order.id)}?expand=positions`);
		const lines = (positions as { rows: Row[] }).rows.map(({ assortment, price, quantity, vat, vatEnabled: has, discount }) => ({ assortment, price, quantity, vat, vatEnabled: has, discount }));
		const customerOrder = { meta: meta('customerorder', `entity/customerorder/${String(order.id)}`) };
		return String((await this.edit('POST', 'entity/demand', { organization, agent, store: store ?? this.ofFirst('store'), customerOrder, vatEnabled, vatIncluded, positions: lines })).id);
	}

	/** A customer order that was born in MoySklad, for one of a product. */
	async born(product: Row, more: object = {}): Promise<Row> {
		const position = { assortment: { meta: meta('product', `entity/product/${String(product.id)}`) }, quantity: 1, price: 12_345, vat: 20, vatEnabled: true };
		return await this.edit('POST', 'entity/customerorder', { organization: this.ofFirst('organization'), store: this.ofFirst('store'), agent: this.ofFirst('counterparty'), vatEnabled: true, vatIncluded: true, positions: [position], ...more });
	}

	private ofFirst = (type: string): object => ({ meta: meta(type, `entity/${type}/${String(this.installation.moySklad.account.table(type).all()[0]?.id)}`) });

	private get store() {
		return this.installation.bitrix.portal.store;
	}

	/** New orders that nobody has paid, shipped or cancelled yet. */
	untouched(): OrderRow[] {
		const isOpen = (id: number): boolean => this.payments(id).every(({ paid }) => paid === 'N') && this.shipments(id).every(({ deducted, allowDelivery }) => deducted === 'N' && allowDelivery === 'N');
		return this.store.orders.all().filter(({ id, canceled, statusId, price }) => canceled === 'N' && statusId === 'N' && price > 0 && this.shipments(id).length === 1 && isOpen(id));
	}

	order(id: number): OrderRow {
		const found = this.store.orders.get(id);
		if (!found) throw new RangeError(`The store has no order ${id}`);
		return found;
	}

	payments = (id: number): PaymentRow[] => this.store.payments.where('orderId', id);

	/** Shipments but for the technical one. */
	shipments = (id: number): ShipmentRow[] => this.store.shipments.where('orderId', id).filter(({ system }) => system === 'N');

	/** How often methods that write were called in the store since its counters were reset. */
	writes = (): number => this.calls(/\.(add|update|delete|modify)$/);

	/** How often methods of such names were called in the store since then, in batches or alone. */
	calls(names: RegExp): number {
		return Object.entries(this.installation.bitrix.counters.snapshot().routes).reduce((sum, [route, { calls }]) => sum + (names.test(route) ? calls : 0), 0);
	}
}
