import { Random } from '../../simulators/kernel/random.cts';
import { editOrder } from '../../simulators/bitrix/control/personEdits.cts';
import { placeOrders } from '../../simulators/bitrix/orders/placeOrders.cts';
import { blankPayment, blankShipment } from '../../simulators/bitrix/sale/blankRows.cts';
import { addShipmentItem } from '../../simulators/bitrix/sale/distribution.cts';
import { recalculate, touch } from '../../simulators/bitrix/sale/orderState.cts';
import { unpaidSum } from '../../simulators/bitrix/sale/paymentMethods.cts';
import { ship } from '../../simulators/bitrix/sale/reserves.cts';
import type { BasketRow, OrderRow, PaymentRow, ShipmentRow } from '../../simulators/bitrix/sale/rows.cts';
import { connect, must } from '../../simulators/bitrix/restClient.ts';
import type { RunningBitrix } from '../../simulators/bitrix/start.cts';
import type { Deed } from './deeds.cts';

const STATUSES = ['N', 'P', 'A', 'S', 'F'];

/** Over REST what MoySklad has put there says so; over the exchange it has the number of a document. */
const isOfMoySklad = ({ xmlId }: { xmlId: string }, document: string): boolean => /^moysklad:(payment|demand):/.test(xmlId) || document !== '';

/** What customers and the staff of a store do there. Nobody touches what MoySklad has put into the store. */
export class StoreStaff {
	constructor(
		private readonly bitrix: RunningBitrix,
		private readonly random: Random,
	) {}

	place(count: number): string[] {
		return placeOrders(this.bitrix.portal, this.bitrix.catalogs, { count, seed: this.random.integer(1, 1_000_000) }).map(String);
	}

	/** What can be done to an order as it is. Names are what a test counts. */
	deeds(id: string): Deed[] {
		const order = this.rows.orders.get(Number(id));
		if (!order) return [];
		if (order.canceled === 'Y') return [{ name: 'reopens', touches: ['money', 'goods'], act: () => void editOrder(this.portal, { id: order.id, cancel: false }) }];
		return [...this.ofOrder(order), ...this.ofMoney(order), ...this.ofGoods(order)];
	}

	private get portal() {
		return this.bitrix.portal;
	}

	private get rows() {
		return this.bitrix.portal.store;
	}

	private ofOrder(order: OrderRow): Deed[] {
		const { id } = order;
		const deeds: Deed[] = [
			{ name: 'status', touches: [], act: () => void editOrder(this.portal, { id, statusId: this.random.pick(STATUSES) }) },
			{ name: 'comments', touches: [], act: () => void editOrder(this.portal, { id, comments: `note ${this.random.integer(1, 999)}` }) },
		];
		if (this.isLocked(id)) return deeds;
		return [
			...deeds,
			{ name: 'cancels', touches: ['money', 'goods'], act: () => void editOrder(this.portal, { id, cancel: true }) },
			{ name: 'lines', touches: ['money', 'goods'], act: () => this.editLines(id) },
			{ name: 'lines', touches: ['money', 'goods'], act: () => this.editLines(id) },
			...(this.random.chance(0.1) ? [{ name: 'deletes', touches: ['money', 'goods'] as const, act: async () => void (await must(connect(this.bitrix)('sale.order.delete', { id }))) }] : []),
		];
	}

	/** Paid for or on its way. */
	private isLocked(id: number): boolean {
		return this.payments(id).some(({ paid }) => paid === 'Y') || this.shipments(id).some(({ deducted }) => deducted === 'Y');
	}

	private ofMoney(order: OrderRow): Deed[] {
		const all = this.payments(order.id);
		const live = all.filter(({ isReturn }) => isReturn === 'N');
		const own = live.filter((one) => !isOfMoySklad(one, one.payVoucherNum));
		const [open] = own.filter(({ paid }) => paid === 'N');
		const [paid] = own.filter((one) => one.paid === 'Y');
		const deed = (name: string, act: () => void): Deed => ({
			name,
			touches: ['money'],
			act: () => {
				act();
				touch(this.portal, order.id, 'person');
			},
		});
		return [
			...(open && open.sum > 0 ? [deed('pays', () => this.setPaid(open, true)), deed('pays', () => this.setPaid(open, true)), deed('splits a payment', () => this.split(order, open)), deed('deletes a payment', () => void this.rows.payments.remove(open.id))] : []),
			...(!open && unpaidSum(this.portal, order) > 0 ? [deed('adds a payment', () => void this.addPayment(order, unpaidSum(this.portal, order)))] : []),
			...(paid ? [deed('takes a payment back', () => this.setPaid(paid, false))] : []),
			...(paid && this.random.chance(0.3) ? [deed('gives money back', () => this.giveBack(order, paid))] : []),
		];
	}

	private setPaid({ id }: PaymentRow, paid: boolean): void {
		this.rows.payments.update(id, { paid: paid ? 'Y' : 'N', datePaid: this.portal.now() });
		this.portal.announce('payment', 'update', id, 'person');
	}

	private split(order: OrderRow, open: PaymentRow): void {
		if (open.sum < 2) return;
		const part = this.random.integer(1, open.sum - 1);
		this.rows.payments.update(open.id, { sum: part });
		this.addPayment(order, open.sum - part);
	}

	/** The customer will pay in another way. */
	private giveBack(order: OrderRow, { id, sum }: PaymentRow): void {
		this.rows.payments.update(id, { paid: 'N', isReturn: 'Y' });
		this.addPayment(order, sum);
	}

	private addPayment(order: OrderRow, sum: number): void {
		const system = this.random.pick(this.rows.paySystems.all());
		this.rows.payments.add({ ...blankPayment(this.portal, order), sum, paySystemId: system.id, paySystemName: system.NAME });
	}

	private ofGoods(order: OrderRow): Deed[] {
		const own = this.shipments(order.id).filter((one) => one.canceled === 'N' && !isOfMoySklad(one, one.deliveryDocNum));
		const open = own.find((one) => one.deducted === 'N' && this.itemsOf(one).length > 0);
		const gone = own.find(({ deducted }) => deducted === 'Y');
		const [keeper, spare] = own.filter(({ deducted }) => deducted === 'N');
		const deed = (name: string, act: () => void): Deed => ({
			name,
			touches: ['goods'],
			act: () => {
				act();
				recalculate(this.portal, order.id, 'person');
			},
		});
		return [
			...(open ? [deed('ships', () => this.setShipped(open, true)), deed('ships a part', () => this.shipPart(order, open))] : []),
			...(gone ? [deed('takes a shipment back', () => this.setShipped(gone, false))] : []),
			...(keeper && spare?.priceDelivery === 0 ? [deed('joins shipments', () => this.join(keeper, spare))] : []),
		];
	}

	private setShipped(shipment: ShipmentRow, shipped: boolean): void {
		const flag = shipped ? 'Y' : 'N';
		this.rows.shipments.update(shipment.id, { allowDelivery: flag, dateAllowDelivery: shipped ? this.portal.now() : null, deducted: flag, dateDeducted: this.portal.now() });
		for (const line of this.itemsOf(shipment)) ship(this.portal, line, shipped ? 1 : -1);
		this.portal.announce('shipment', 'update', shipment.id, 'person');
	}

	/** Some of the goods leave in a shipment of their own; whole pieces, and a set with its components. */
	private shipPart(order: OrderRow, open: ShipmentRow): void {
		const part = this.rows.shipments.add({ ...blankShipment(this.portal, order), deliveryId: open.deliveryId, deliveryName: open.deliveryName, basePriceDelivery: 0, priceDelivery: 0 });
		for (const line of this.itemsOf(open)) {
			const item = this.rows.basket.get(line.basketId);
			if (!item || item.type === 1 || item.setParentId !== null || !this.random.chance(0.6)) continue;
			const taken = Number.isInteger(line.quantity) ? this.random.integer(1, line.quantity) : line.quantity;
			if (taken < line.quantity) this.rows.shipmentItems.update(line.id, { quantity: line.quantity - taken, reservedQuantity: line.quantity - taken });
			else this.rows.shipmentItems.remove(line.id);
			addShipmentItem(this.portal, part, item, taken);
		}
		if (this.itemsOf(part).length > 0) this.setShipped(this.rows.shipments.get(part.id) ?? part, true);
		else this.rows.shipments.remove(part.id);
	}

	/** The goods go with another shipment, and theirs is deleted. */
	private join(keeper: ShipmentRow, shipment: ShipmentRow): void {
		for (const { id, basketId, quantity } of this.itemsOf(shipment)) {
			const same = this.itemsOf(keeper).find((line) => line.basketId === basketId);
			if (same) this.rows.shipmentItems.update(same.id, { quantity: same.quantity + quantity, reservedQuantity: same.quantity + quantity });
			else this.rows.shipmentItems.update(id, { orderDeliveryId: keeper.id });
			if (same) this.rows.shipmentItems.remove(id);
		}
		this.rows.shipments.remove(shipment.id);
		this.portal.announce('shipment', 'delete', shipment.id, 'person');
	}

	private editLines(id: number): void {
		const lines = this.rows.basket.where('orderId', id).filter(({ productId, setParentId, type }) => productId > 0 && setParentId === null && type !== 1);
		const line = lines.length > 0 ? this.random.pick(lines) : undefined;
		const quantity = (one: BasketRow): number => (Number.isInteger(one.quantity) ? this.random.integer(1, 9) : this.random.integer(1, 9999) / 1000);
		const added = this.random.pick(this.rows.elements.all().filter(({ active, type, xmlId }) => active === 'Y' && type === 1 && xmlId !== ''));
		const isNew = !lines.some(({ productId }) => productId === added.id);
		const edits = [
			...(line ? [{ productId: line.productId, quantity: lines.length > 1 && this.random.chance(0.3) ? 0 : quantity(line), ...(this.random.chance(0.5) && { price: this.random.integer(1, 999_999) / 100 }) }] : []),
			...(isNew && this.random.chance(0.4) ? [{ productId: added.id, quantity: this.random.integer(1, 5), price: this.random.integer(1, 999_999) / 100 }] : []),
		];
		if (edits.length > 0) editOrder(this.portal, { id, lines: edits });
	}

	private payments(id: number): PaymentRow[] {
		return this.rows.payments.where('orderId', id);
	}

	private shipments(id: number): ShipmentRow[] {
		return this.rows.shipments.where('orderId', id).filter(({ system }) => system === 'N');
	}

	private itemsOf({ id }: ShipmentRow) {
		return this.rows.shipmentItems.where('orderDeliveryId', id);
	}
}
