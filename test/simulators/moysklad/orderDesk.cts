type Row = Record<string, unknown>;

/** Carries out a request as a person in MoySklad, and gives the answer. Throws what MoySklad refuses. */
export type EditMoySklad = (method: string, path: string, body?: unknown) => Promise<Row>;

export type PaymentType = 'paymentin' | 'cashin';

export const meta = (type: string, path: string): Row => ({ href: `https://api.moysklad.ru/api/remap/1.2/${path}`, type, mediaType: 'application/json' });

const orderMeta = (id: string): Row => meta('customerorder', `entity/customerorder/${id}`);

/** What people in MoySklad's office do with customer orders. Orders are named by their ids; sums are kopecks. */
export class OrderDesk {
	private minute = 0;

	/** @param from milliseconds since 1970: documents are made one after another from then on, since MoySklad keeps whole minutes */
	constructor(
		private readonly edit: EditMoySklad,
		private readonly from: number,
	) {}

	/** Money comes in. The id of the document. */
	async pay(orderId: string, sum: number, more: Row = {}, type: PaymentType = 'paymentin'): Promise<string> {
		const { organization, agent } = await this.edit('GET', `entity/customerorder/${orderId}`);
		const operations = [{ meta: orderMeta(orderId), linkedSum: sum }];
		const { id } = await this.edit('POST', `entity/${type}`, { organization, agent, sum, operations, moment: this.nextMoment(), ...more });
		return String(id);
	}

	/** Goods go out: all that the order has, or so much of each of its positions. The id of the document. */
	async ship(orderId: string, share: (quantity: number, index: number) => number = (quantity) => quantity, more: Row = {}): Promise<string> {
		const order = await this.edit('GET', `entity/customerorder/${orderId}?expand=positions`);
		const { rows } = order.positions as { rows: Row[] };
		const positions = rows
			.map(({ assortment, quantity, price, vat, vatEnabled, discount }, index) => ({ assortment, price, vat, vatEnabled, discount, quantity: share(Number(quantity), index) }))
			.filter(({ quantity }) => quantity > 0);
		const { organization, agent, store, vatEnabled, vatIncluded } = order;
		const demand = { organization, agent, store, customerOrder: { meta: orderMeta(orderId) }, vatEnabled, vatIncluded, positions, moment: this.nextMoment(), ...more };
		return String((await this.edit('POST', 'entity/demand', demand)).id);
	}

	private nextMoment(): string {
		this.minute += 1;
		return new Date(this.from + this.minute * 60_000).toISOString().slice(0, 19).replace('T', ' ');
	}
}
