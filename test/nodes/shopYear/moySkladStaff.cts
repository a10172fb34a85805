import { Random } from '../../simulators/kernel/random.cts';
import { control } from '../../simulators/moysklad/control.cts';
import type { RunningMoySklad } from '../../simulators/moysklad/start.cts';
import type { Deed } from './deeds.cts';
import { CANCELLED, STATES } from './states.cts';

type Row = Record<string, unknown>;
type Ref = { type: string; id: string };
type Position = { id: string; assortment: Ref; quantity: number; price: number; discount?: number; vat?: number; vatEnabled?: boolean };

/** What the people do who work in MoySklad. They leave alone what came from the store; what they do there has its own documents. */
export class MoySkladStaff {
	/** Ids of customer orders that were looked for, by the ids of their orders. */
	private readonly found = new Map<string, string>();

	constructor(
		private readonly moySklad: RunningMoySklad,
		private readonly random: Random,
		private readonly editsPositions: boolean,
	) {}

	/** The customer order of an order of the store. */
	orderOf(id: string): Row | undefined {
		const isIt = ({ externalCode, deleted }: Row): boolean => externalCode === `bitrix:shop:${id}` && deleted === undefined;
		const before = this.moySklad.account.table('customerorder').get(this.found.get(id) ?? '');
		const order = before && isIt(before) ? before : this.rows('customerorder').find(isIt);
		if (order) this.found.set(id, String(order.id));
		return order;
	}

	/** What can be done to the customer order of an order of the store. */
	deeds(id: string): Deed[] {
		const order = this.orderOf(id);
		if (!order) return [];
		const state = this.stateName(order);
		if (order.applicable !== true || state === CANCELLED) return [];
		const [money, goods] = [this.payments(order), this.demands(order)];
		const isUntouched = money.length === 0 && goods.length === 0;
		return [
			{ name: 'state', touches: [], act: async () => await this.setState(order, this.random.pick(Object.keys(STATES))) },
			...(isUntouched ? [{ name: 'cancels in MoySklad', touches: ['money', 'goods'] as const, act: async () => await this.setState(order, CANCELLED) }] : []),
			...(isUntouched && this.editsPositions ? [this.editing(order)] : []),
			...this.ofMoney(order, money),
			...this.ofGoods(order, goods),
		];
	}

	async setState(order: Row, name: string): Promise<void> {
		const state = this.moySklad.account.statesOf('customerorder').find((one) => one.name === name);
		await this.edit('PUT', `entity/customerorder/${String(order.id)}`, { state: { meta: meta('state', `entity/customerorder/metadata/states/${state?.id ?? ''}`) } });
	}

	private stateName({ state }: Row): string | undefined {
		return this.moySklad.account.statesOf('customerorder').find(({ id }) => id === state)?.name;
	}

	private rows(type: string): Row[] {
		return this.moySklad.account.table(type).all();
	}

	/** Documents that count for an order. */
	private linked(order: Row, ...types: string[]): Row[] {
		const { account } = this.moySklad;
		return account.links
			.to(String(order.id), ...types)
			.map((ref) => account.find(ref) as Row | undefined)
			.filter((row): row is Row => row?.applicable === true && row.deleted === undefined);
	}

	private payments(order: Row): Row[] {
		return this.linked(order, 'paymentin', 'cashin');
	}

	private demands(order: Row): Row[] {
		return this.linked(order, 'demand');
	}

	private ofMoney(order: Row, known: Row[]): Deed[] {
		const own = known.find(isOwn);
		const left = Number(order.sum) - known.reduce((sum, { operations }) => sum + linkedTo(operations, order), 0);
		const deed = (name: string, act: () => Promise<unknown>): Deed => ({ name, touches: ['money'], act: async () => void (await act()) });
		return [
			...(left > 0 ? [deed('books all money', async () => await this.pay(order, left))] : []),
			...(left > 1 ? [deed('books some money', async () => await this.pay(order, this.random.integer(1, left - 1)))] : []),
			...(own ? [deed('deletes a booking', async () => await this.edit('DELETE', pathOf(own)))] : []),
			...(own ? [deed('unposts a booking', async () => await this.edit('PUT', pathOf(own), { applicable: false }))] : []),
		];
	}

	private async pay(order: Row, sum: number): Promise<void> {
		const operations = [{ meta: meta('customerorder', pathOf(order)), linkedSum: sum }];
		await this.edit('POST', `entity/${this.random.pick(['paymentin', 'cashin'])}`, { ...parties(order), sum, operations });
	}

	private ofGoods(order: Row, known: Row[]): Deed[] {
		const own = known.find((demand) => isOwn(demand) && this.moySklad.account.links.to(String(demand.id), 'salesreturn').length === 0);
		const left = this.unshipped(order, known);
		const deed = (name: string, act: () => Promise<unknown>): Deed => ({ name, touches: ['goods'], act: async () => void (await act()) });
		return [
			...(left.some((one) => !this.isDelivery(one)) ? [deed('sends all goods', async () => await this.send(order, left)), deed('sends some goods', async () => await this.send(order, this.some(left)))] : []),
			...(own ? [deed('deletes a shipment in MoySklad', async () => await this.edit('DELETE', pathOf(own)))] : []),
			...(own && this.random.chance(0.5) ? [deed('takes goods back', async () => await this.takeBack(own))] : []),
		];
	}

	/** What of each position is not sent yet. */
	private unshipped(order: Row, demands: readonly Row[]): Position[] {
		const sent = new Map<string, number>();
		for (const { assortment, quantity } of demands.flatMap(positionsIn)) sent.set(assortment.id, (sent.get(assortment.id) ?? 0) + quantity);
		return positionsIn(order).flatMap((position) => {
			const taken = Math.min(position.quantity, sent.get(position.assortment.id) ?? 0);
			sent.set(position.assortment.id, (sent.get(position.assortment.id) ?? 0) - taken);
			const quantity = Math.round((position.quantity - taken) * 1e6) / 1e6;
			return quantity > 0 ? [{ ...position, quantity }] : [];
		});
	}

	private some(left: readonly Position[]): Position[] {
		const goods = left.filter((one) => !this.isDelivery(one));
		const chosen = left.filter(() => this.random.chance(0.6));
		return (chosen.some((one) => goods.includes(one)) ? chosen : goods.slice(0, 1)).map((one) => ({ ...one, quantity: Number.isInteger(one.quantity) ? this.random.integer(1, one.quantity) : one.quantity }));
	}

	private isDelivery({ assortment }: Position): boolean {
		return (this.moySklad.account.find(assortment) as Row | undefined)?.name === 'Delivery';
	}

	private async send(order: Row, positions: readonly Position[]): Promise<void> {
		const { vatEnabled, vatIncluded } = order;
		const store = { meta: meta('store', `entity/store/${refOf(order.store).id}`) };
		const customerOrder = { meta: meta('customerorder', pathOf(order)) };
		await this.edit('POST', 'entity/demand', { ...parties(order), store, customerOrder, vatEnabled, vatIncluded, positions: positions.map(bodyOf) });
	}

	private async takeBack(demand: Row): Promise<void> {
		const position = this.random.pick(positionsIn(demand));
		const store = { meta: meta('store', `entity/store/${refOf(demand.store).id}`) };
		await this.edit('POST', 'entity/salesreturn', { ...parties(demand), store, demand: { meta: meta('demand', pathOf(demand)) }, positions: [bodyOf(position)] });
	}

	/** The customer calls and wants more, less, or pays another price. */
	private editing(order: Row): Deed {
		return {
			name: 'edits positions',
			touches: ['money', 'goods'],
			act: async () => {
				const goods = positionsIn(order).filter(({ assortment }) => ['product', 'variant'].includes(assortment.type));
				if (goods.length === 0) return;
				const { id, quantity, price } = this.random.pick(goods);
				const change = this.random.chance(0.5) && Number.isInteger(quantity) ? { quantity: this.random.integer(1, 9) } : { price: Math.max(1, Math.round(price * this.random.pick([0.5, 0.9, 1.1]))) };
				if (goods.length > 1 && this.random.chance(0.3)) await this.edit('DELETE', `${pathOf(order)}/positions/${id}`);
				else await this.edit('PUT', `${pathOf(order)}/positions/${id}`, { ...change, reserve: 0 });
			},
		};
	}

	/** Throws when MoySklad refuses. */
	async edit(method: string, path: string, body?: unknown): Promise<Row> {
		const { status, body: result } = (await control(this.moySklad.parts, 'POST', 'edit', { user: 'admin', method, path, body })) as { status: number; body: Row };
		if (status >= 300) throw new Error(`${method} ${path}: ${JSON.stringify(result)}`);
		return result;
	}
}

const meta = (type: string, path: string): Row => ({ href: `https://api.moysklad.ru/api/remap/1.2/${path}`, type, mediaType: 'application/json' });
const pathOf = ({ type, id }: Row): string => `entity/${String(type)}/${String(id)}`;
const refOf = (value: unknown): Ref => value as Ref;
const positionsIn = ({ positions }: Row): Position[] => (positions as Position[] | undefined) ?? [];
const isOwn = ({ externalCode }: Row): boolean => !String(externalCode).startsWith('bitrix:');
const linkedTo = (operations: unknown, { id }: Row): number => ((operations as Array<Ref & { linkedSum: number }> | undefined) ?? []).filter((one) => one.id === id).reduce((sum, { linkedSum }) => sum + linkedSum, 0);

const parties = ({ organization, agent }: Row): Row => ({
	organization: { meta: meta('organization', `entity/organization/${refOf(organization).id}`) },
	agent: { meta: meta('counterparty', `entity/counterparty/${refOf(agent).id}`) },
});

const bodyOf = ({ assortment, quantity, price, discount, vat, vatEnabled }: Position): Row => ({
	assortment: { meta: meta(assortment.type, `entity/${assortment.type}/${assortment.id}`) },
	quantity, price, discount, vat, vatEnabled,
});
