import { groupBy } from '../../../core';
import type { Portal } from '../../simulators/bitrix/portal.cts';
import type { OrderRow } from '../../simulators/bitrix/sale/rows.cts';
import type { Account } from '../../simulators/moysklad/account.cts';
import { CANCELLED, STATES } from './states.cts';

type Row = Record<string, unknown>;
type Ref = { type: string; id: string };
type Position = { assortment: Ref; quantity: number };
type Operation = Ref & { linkedSum: number };

/** What both sides say of an order, in the same words. Money in kopecks. */
export interface Standing {
	status: string;
	sum: number;
	paid: number;
	/** How much of each good has left, by the key that both sides know it under; what was not shipped is not named. */
	shipped: Record<string, number>;
}

/** One thing in which the sides differ. */
export interface Difference {
	id: string;
	what: keyof Standing | 'order';
	store: unknown;
	moySklad: unknown;
}

const round = (quantity: number): number => Math.round(quantity * 1e6) / 1e6;
const counts = (row: Row): boolean => row.applicable === true && row.deleted === undefined;
const sum = (amounts: readonly number[]): number => amounts.reduce((total, amount) => total + amount, 0);

/** Reads the tables of both simulators, and nothing that the nodes know: what each side says of the orders of the store. */
export class Agreement {
	/** As they are when this is made. */
	private readonly orders: ReadonlyMap<string, Row[]>;
	private readonly demands: ReadonlyMap<string, Row[]>;
	private readonly money: ReadonlyMap<string, Operation[]>;

	constructor(
		private readonly portal: Portal,
		private readonly account: Account,
		private readonly siteKey = 'shop',
	) {
		const counting = (...types: string[]): Row[] => types.flatMap((type) => account.table(type).all() as Row[]).filter(counts);
		const living = (account.table('customerorder').all() as Row[]).filter(({ deleted }) => deleted === undefined);
		this.orders = groupBy(living, ({ externalCode }) => String(externalCode));
		this.demands = groupBy(counting('demand'), ({ customerOrder }) => (customerOrder as Ref | undefined)?.id ?? '');
		this.money = groupBy(counting('paymentin', 'cashin').flatMap(({ operations }) => (operations as Operation[] | undefined) ?? []), ({ id }) => id);
	}

	differences(ids: readonly string[]): Difference[] {
		return ids.flatMap((id) => this.differencesOf(id));
	}

	/** Everything that is there more often than its source. */
	doubles(): string[] {
		const { store } = this.portal;
		const made = ['customerorder', 'paymentin', 'cashin', 'paymentout', 'cashout', 'demand', 'counterparty'].flatMap((type) => this.account.table(type).all().filter(({ deleted }) => deleted === undefined) as Row[]);
		const codes = made.filter(({ externalCode }) => String(externalCode).startsWith(`bitrix:${this.siteKey}:`)).map(({ type, externalCode }) => `${String(type)} ${String(externalCode)}`);
		const syncIds = made.flatMap(({ type, syncId }) => (typeof syncId === 'string' ? [`${String(type)} ${syncId}`] : []));
		const told = [...store.payments.all(), ...store.shipments.all()].map(({ xmlId }) => xmlId).filter((xmlId) => /^moysklad:(payment|demand):/.test(xmlId));
		return [...repeated(codes), ...repeated(syncIds), ...repeated(told)];
	}

	private differencesOf(id: string): Difference[] {
		const order = this.portal.store.orders.get(Number(id));
		const made = this.customerOrders(id);
		const [customerOrder] = made;
		if (made.length > 1 || !order !== !customerOrder) return [{ id, what: 'order', store: order ? 1 : 0, moySklad: made.length }];
		if (!order || !customerOrder) return [];
		const [store, moySklad] = [this.inStore(order), this.inMoySklad(customerOrder)];
		return (['status', 'sum', 'paid', 'shipped'] as const).flatMap((what) => (text(store[what]) === text(moySklad[what]) ? [] : [{ id, what, store: store[what], moySklad: moySklad[what] }]));
	}

	private customerOrders(id: string): Row[] {
		return this.orders.get(`bitrix:${this.siteKey}:${id}`) ?? [];
	}

	private inStore({ id, statusId, canceled, price }: OrderRow): Standing {
		const { payments, shipments, shipmentItems, basket } = this.portal.store;
		const paid = payments.where('orderId', id).filter((one) => one.paid === 'Y' && one.isReturn === 'N');
		const shipped: Record<string, number> = {};
		for (const { id: shipmentId } of shipments.where('orderId', id).filter(({ system, deducted, canceled: gone }) => system === 'N' && deducted === 'Y' && gone === 'N'))
			for (const { basketId, quantity } of shipmentItems.where('orderDeliveryId', shipmentId)) {
				const item = basket.get(basketId);
				if (item && item.setParentId === null) add(shipped, item.productXmlId === '' ? FREE : item.productXmlId, quantity);
			}
		return { status: canceled === 'Y' ? CANCELLED : statusId, sum: price, paid: sum(paid.map((one) => one.sum)), shipped };
	}

	private inMoySklad(order: Row): Standing {
		const state = this.account.statesOf('customerorder').find((one) => one.id === order.state)?.name ?? '';
		const id = String(order.id);
		const money = (this.money.get(id) ?? []).map(({ linkedSum }) => linkedSum);
		const shipped: Record<string, number> = {};
		for (const demand of this.demands.get(id) ?? [])
			for (const { assortment, quantity } of demand.positions as Position[]) {
				const key = this.keyOf(assortment);
				if (key !== null) add(shipped, key, quantity);
			}
		return { status: state === CANCELLED ? CANCELLED : (STATES[state] ?? `state ${state}`), sum: Number(order.sum), paid: sum(money), shipped };
	}

	/** Null for the delivery, which is no line of the store. */
	private keyOf(ref: Ref): string | null {
		const good = this.account.find(ref) as Row | undefined;
		if (good?.type === 'service' && good.name === 'Delivery') return null;
		if (good?.type === 'variant') return `${String((this.account.find(good.product as Ref) as Row | undefined)?.externalCode)}#${String(good.externalCode)}`;
		const code = String(good?.externalCode);
		return this.portal.store.elements.where('xmlId', code).length > 0 ? code : FREE;
	}
}

/** Lines that are no goods of the catalog. */
const FREE = 'free lines';

function add(amounts: Record<string, number>, key: string, quantity: number): void {
	amounts[key] = round((amounts[key] ?? 0) + quantity);
}

const text = (value: unknown): string => (typeof value === 'object' && value !== null ? JSON.stringify(Object.entries(value).filter(([, amount]) => amount !== 0).sort()) : String(value));

function repeated(keys: readonly string[]): string[] {
	const seen = new Set<string>();
	return keys.filter((key) => seen.size === seen.add(key).size);
}
