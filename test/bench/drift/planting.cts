import type { DriftKind } from '../../../core';
import { ITEM_TYPE, type ElementRow } from '../../simulators/bitrix/catalog/rows.cts';
import type { OrderRow } from '../../simulators/bitrix/sale/rows.cts';
import type { Updating } from '../../nodes/orders/updating.cts';

/** One drift, and by what a report names it: the item in Bitrix, or its XML_ID where no item of its own is there. */
export interface Planted {
	kind: DriftKind;
	object: string;
}

/** Each makes one drift, and gives the name of its object. */
type Acts = Partial<Record<DriftKind, () => string | Promise<string>>>;

/** Makes single objects of two equal sides differ, each in one way. */
export class Planting {
	private readonly products: ElementRow[];
	private readonly offers: ElementRow[];
	private readonly orders: OrderRow[];

	constructor(private readonly bench: Updating) {
		const { elements, orders, payments, shipments } = this.store;
		this.products = elements.all().filter(({ type, active, id }) => type === ITEM_TYPE.simple && active === 'Y' && this.pricesOf(id).length > 0);
		this.offers = elements.all().filter(({ type, active }) => type === ITEM_TYPE.offer && active === 'Y');
		this.orders = orders.all().filter(({ id, statusId, canceled, payed }) =>
			statusId === 'N' && canceled === 'N' && payed === 'N' && payments.where('orderId', id).every(({ paid }) => paid === 'N') && shipments.where('orderId', id).every(({ deducted }) => deducted === 'N'));
	}

	private get store(): Updating['shop']['store']['bitrix']['portal']['store'] {
		return this.bench.shop.store.bitrix.portal.store;
	}

	/** Every kind of orders so many times. Some of them move stock, so goods are made equal after that. */
	async plantOrders(each: number): Promise<Planted[]> {
		return await this.plant(this.ofOrders, each);
	}

	/** Every kind of goods so many times. */
	async plantGoods(each: number): Promise<Planted[]> {
		return await this.plant(this.ofGoods, each);
	}

	private async plant(kinds: Acts, each: number): Promise<Planted[]> {
		const planted: Planted[] = [];
		for (const [kind, act] of Object.entries(kinds) as Array<[DriftKind, () => string | Promise<string>]>)
			for (let time = 0; time < each; time += 1) planted.push({ kind, object: await act() });
		return planted;
	}

	private readonly ofGoods: Acts = {
		itemMissing: () => {
			const product = this.product();
			this.store.elements.remove(product.id);
			return product.xmlId;
		},
		itemGone: async () => {
			const product = this.product();
			const [found] = this.bench.shop.rows('product').filter(({ externalCode }) => externalCode === product.xmlId);
			await this.bench.shop.edit('PUT', `entity/product/${String(found?.id)}`, { archived: true });
			return String(product.id);
		},
		itemHidden: () => {
			const product = this.product();
			const hidden = this.propertyId(product, 'MOYSKLAD_HIDDEN');
			return this.edit(product, { active: 'N', properties: { ...product.properties, [hidden]: [{ valueId: 1_000_000_000 + product.id, value: 'Y' }] } });
		},
		hiddenByHand: () => this.edit(this.product(), { active: 'N' }),
		duplicate: () => {
			const { id, ...product } = this.product();
			this.store.elements.add(product);
			return String(id);
		},
		keyChanged: () => {
			const product = this.product();
			this.edit(product, { xmlId: `changed ${product.xmlId}` });
			return product.xmlId;
		},
		markChanged: () => {
			const product = this.product();
			const { [this.propertyId(product, 'MOYSKLAD_ID')]: _, ...others } = product.properties;
			return this.edit(product, { properties: others });
		},
		typeChanged: () => this.edit(this.product(), { type: ITEM_TYPE.service }),
		name: () => this.edit(this.product(), { name: 'Renamed by a person' }),
		section: () => this.edit(this.product(({ iblockSectionId }) => iblockSectionId !== null), { iblockSectionId: null, iblockSection: [] }),
		description: () => this.edit(this.product(({ detailText }) => (detailText ?? '') !== ''), { detailText: 'Rewritten by a person' }),
		unit: () => this.edit(this.product(({ measure }) => this.store.measures.get(measure ?? 0)?.isDefault === 'N'), { measure: null }),
		vat: () => this.edit(this.product(({ vatIncluded }) => vatIncluded === 'Y'), { vatIncluded: 'N' }),
		size: () => this.edit(this.product(({ weight }) => weight > 0), { weight: 1 }),
		property: () => {
			const offer = this.offer();
			const kept = ['MOYSKLAD_ID', 'MOYSKLAD_HIDDEN'].map((code) => this.propertyId(offer, code));
			const { skuPropertyId } = this.store.iblocks.get(offer.iblockId) ?? {};
			const [characteristic] = Object.keys(offer.properties).map(Number).filter((id) => !kept.includes(id) && id !== skuPropertyId);
			const { [characteristic ?? 0]: _, ...others } = offer.properties;
			return this.edit(offer, { properties: others });
		},
		price: () => this.price((price) => ({ price: price + 100 })),
		priceMissing: () => {
			const product = this.product();
			this.store.prices.remove(this.pricesOf(product.id)[0]?.id ?? 0);
			return String(product.id);
		},
		priceCurrency: () => this.price(() => ({ currency: 'USD' })),
		priceFall: () => this.price((price) => ({ price: price * 10 })),
		stock: () => this.edit(this.product(({ quantity }) => quantity > 5), (product) => ({ quantity: product.quantity + 1 })),
		notOffered: () => this.edit(this.product(({ quantity }) => quantity > 5), { quantity: 0 }),
	};

	private readonly ofOrders: Acts = {
		orderMissing: () => {
			const { id } = this.order();
			this.store.orders.remove(id);
			return String(id);
		},
		orderExtra: () => this.bench.shop.placeOrders(1, 1000 + this.extra++)[0] ?? '',
		orderSum: () => {
			const { id, price } = this.order();
			this.store.orders.update(id, { price: price + 100 });
			return String(id);
		},
		orderStatus: async () => {
			const { id } = this.order();
			await this.bench.setState(id, 'Собран');
			return String(id);
		},
		orderCanceled: async () => {
			const { id } = this.order();
			await this.bench.setState(id, 'Отменён');
			return String(id);
		},
		orderPaid: async () => {
			const { id } = this.order();
			await this.bench.pay(id, Number(this.bench.shop.customerOrder(id).sum));
			return String(id);
		},
		orderShipped: async () => {
			const { id } = this.order();
			await this.bench.ship(id);
			return String(id);
		},
	};

	private extra = 0;

	/** Not one of the next in a row, so that every page has some. Each is taken once. */
	private take<Row>(rows: Row[], fits: (row: Row) => boolean): Row {
		const start = Math.floor(rows.length * ((this.taken += 0.618) % 1));
		for (let step = 0; step < rows.length; step += 1) {
			const index = (start + step) % rows.length;
			const row = rows[index];
			if (row !== undefined && fits(row)) return rows.splice(index, 1)[0] as Row;
		}
		throw new RangeError('The shop is too small for so many drifts');
	}

	private taken = 0;

	private product(fits: (row: ElementRow) => boolean = () => true): ElementRow {
		return this.take(this.products, fits);
	}

	private offer(): ElementRow {
		return this.take(this.offers, () => true);
	}

	private order(): OrderRow {
		return this.take(this.orders, () => true);
	}

	private edit(element: ElementRow, changes: Partial<Omit<ElementRow, 'id'>> | ((element: ElementRow) => Partial<Omit<ElementRow, 'id'>>)): string {
		this.store.elements.update(element.id, typeof changes === 'function' ? changes(element) : changes);
		return String(element.id);
	}

	private price(changes: (price: number) => { price?: number; currency?: string }): string {
		const product = this.product();
		const [row] = this.pricesOf(product.id);
		this.store.prices.update(row?.id ?? 0, changes(row?.price ?? 0));
		return String(product.id);
	}

	private pricesOf(productId: number): Array<{ id: number; price: number }> {
		return this.store.prices.where('productId', productId).filter(({ price }) => price > 1000);
	}

	private propertyId({ iblockId }: ElementRow, code: string): number {
		return this.store.properties.where('iblockId', iblockId).find((property) => property.code === code)?.id ?? 0;
	}
}
