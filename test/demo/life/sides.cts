import type { RunningBitrix } from '../../simulators/bitrix/start.cts';
import type { ShipmentRow } from '../../simulators/bitrix/sale/rows.cts';
import { lineTotal, total } from '../../simulators/bitrix/sale/sums.cts';
import type { EditMoySklad } from '../../simulators/moysklad/orderDesk.cts';
import { CANCELED, STATUS_PAIRS } from './statuses.cts';

type Row = Record<string, unknown>;

/** What both sides say of an order. Sums are kopecks. */
export interface Figures {
	/** As people see it. */
	status: string;
	sum: number;
	paid: number;
	/** What has gone out is worth, with the delivery. */
	shipped: number;
}

export interface StoreFigures extends Figures {
	statusId: string;
	canceled: boolean;
	reason: string;
	/** Of the shipments that have gone out. */
	trackingNumbers: string[];
	payments: number;
}

export interface OfficeFigures extends Figures {
	id: string;
	number: string;
	reserved: number;
	positions: Row[];
}

/** An order on both sides: in a store, and as customer order in MoySklad. */
export class Sides {
	constructor(
		private readonly bitrix: RunningBitrix,
		private readonly edit: EditMoySklad,
		readonly orderId: number,
	) {}

	/** What its customer order is found by. The site key is the store's host. */
	get externalCode(): string {
		return `bitrix:${new URL(this.bitrix.url).host}:${this.orderId}`;
	}

	/** Undefined when the store has no such order. */
	store(): StoreFigures | undefined {
		const { orders, statusLangs, payments } = this.bitrix.portal.store;
		const order = orders.get(this.orderId);
		if (!order) return undefined;
		const gone = this.goneOut();
		const paid = payments.where('orderId', order.id).filter((payment) => payment.paid === 'Y' && payment.isReturn === 'N');
		const name = statusLangs.all().find(({ statusId, lid }) => statusId === order.statusId && lid === 'ru')?.name ?? order.statusId;
		return {
			status: name.split(',')[0] ?? name,
			sum: order.price,
			paid: total(paid.map(({ sum }) => sum)),
			shipped: total(gone.map((shipment) => this.worth(shipment))),
			statusId: order.statusId,
			canceled: order.canceled === 'Y',
			reason: order.reasonCanceled,
			trackingNumbers: gone.map(({ trackingNumber }) => trackingNumber),
			payments: paid.length,
		};
	}

	/** Undefined when there is no customer order of it, or it lies in the bin. */
	async office(): Promise<OfficeFigures | undefined> {
		const filter = encodeURIComponent(`externalCode=${this.externalCode}`);
		const { rows } = await this.edit('GET', `entity/customerorder?filter=${filter}&expand=state,positions&limit=100`);
		const [order, another] = rows as Row[];
		if (another) throw new Error(`${this.externalCode} is there twice in MoySklad`);
		if (!order) return undefined;
		const positions = (order.positions as { rows: Row[] }).rows;
		return {
			status: String((order.state as Row | undefined)?.name),
			sum: Number(order.sum),
			paid: Number(order.payedSum),
			shipped: Number(order.shippedSum),
			id: String(order.id),
			number: String(order.name),
			reserved: total(positions.map(({ reserve }) => Number(reserve ?? 0))),
			positions,
		};
	}

	/** Whether both sides say the same, to the kopeck; nothing is reserved for an order that is cancelled. */
	async agree(): Promise<boolean> {
		const [store, office] = [this.store(), await this.office()];
		if (!store || !office) return !store && !office;
		const pair = STATUS_PAIRS.find(({ status }) => status === store.statusId);
		const isOff = office.status === CANCELED;
		return pair?.state === office.status && store.canceled === isOff && !(isOff && office.reserved > 0) && FIGURES.every((figure) => store[figure] === office[figure]);
	}

	private goneOut(): ShipmentRow[] {
		const all = this.bitrix.portal.store.shipments.where('orderId', this.orderId);
		return all.filter(({ system, canceled, allowDelivery, deducted }) => system === 'N' && canceled === 'N' && (allowDelivery === 'Y' || deducted === 'Y'));
	}

	private worth({ id, priceDelivery }: ShipmentRow): number {
		const { shipmentItems, basket } = this.bitrix.portal.store;
		const lines = shipmentItems.where('orderDeliveryId', id).map(({ basketId, quantity }) => {
			const item = basket.get(basketId);
			return item ? lineTotal({ ...item, quantity }) : 0;
		});
		return total([...lines, priceDelivery]);
	}
}

const FIGURES = ['sum', 'paid', 'shipped'] as const;
