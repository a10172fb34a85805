import type { ElementRow } from './catalog/rows.cts';
import { beforeEachFresh, ExchangeBench } from './exchangeBench.cts';
import type { ExchangeReply } from './exchangeClient.cts';
import { addProduct, lineOf, order } from './exchangeShop.cts';
import { information, requisite, requisites, tag } from './exchangeXml.cts';
import type { BasketRow, OrderRow, PaymentRow, ShipmentRow } from './sale/rows.cts';

/** What a document says; all lines of the order unless told otherwise. */
export interface DocumentContent {
	number?: string;
	/** Null leaves the list out. */
	items?: string[] | null;
	requisites?: Record<string, string>;
	more?: string[];
}

interface Line {
	/** Roubles for one. */
	price: number;
	quantity?: number;
	/** Empty leaves the kind out. */
	kind?: string;
	more?: string;
}

/** A line of a document. */
export const item = (xmlId: string, { price, quantity = 1, kind = 'Товар', more = '' }: Line): string =>
	tag('Товар', [
		tag('Ид', xmlId),
		tag('Наименование', `Имя ${xmlId}`),
		tag('ЦенаЗаЕдиницу', String(price)),
		tag('Количество', String(quantity)),
		tag('Сумма', String(price * quantity)),
		...(kind === '' ? [] : [requisites(requisite('ТипНоменклатуры', kind))]),
		more,
	]);

export const SHIRT = item('shirt', { price: 100, quantity: 2 });
export const CAP = item('cap', { price: 50 });
export const DELIVERY = item('ORDER_DELIVERY', { price: 300, kind: 'Услуга' });

/** Before each test a site with one order: two shirts for 100 roubles each, a cap for 50, delivery for 300; not paid. */
export function freshOrder(): OrderBench {
	const bench = beforeEachFresh(new OrderBench());
	beforeEach(() => {
		bench.shirt = addProduct(bench.bitrix, 'shirt', { quantity: 100 });
		bench.cap = addProduct(bench.bitrix, 'cap', { quantity: 100 });
		bench.id = order(bench.bitrix, [lineOf(bench.shirt, 10_000, 2), lineOf(bench.cap, 5_000)]).id;
		bench.bitrix.clock.advance(5000);
	});
	return bench;
}

export class OrderBench extends ExchangeBench {
	shirt!: ElementRow;
	cap!: ElementRow;
	id!: number;

	head(): OrderRow {
		return this.tables.orders.get(this.id) as OrderRow;
	}

	basket(of = this.id): BasketRow[] {
		return this.tables.basket.where('orderId', of);
	}

	payment(): PaymentRow {
		return this.tables.payments.where('orderId', this.id)[0] as PaymentRow;
	}

	shipment(): ShipmentRow {
		return this.tables.shipments.where('orderId', this.id).find(({ system }) => system === 'N') as ShipmentRow;
	}

	/** The lines of the order: product, price in roubles and quantity. */
	lines(of = this.id): unknown[] {
		return this.basket(of).map(({ productXmlId, price, quantity }) => [productXmlId, price / 100, quantity]);
	}

	/** A document about the order. */
	document({
		number = String(this.id),
		items = [DELIVERY, SHIRT, CAP],
		requisites: given = {},
		more = [],
	}: DocumentContent = {}): string {
		return tag('Документ', [
			tag('Ид', 'doc-1'),
			tag('Номер', number),
			tag('ХозОперация', 'Заказ товара'),
			...(items === null ? [] : [tag('Товары', items)]),
			requisites(...Object.entries(given).map(([name, value]) => requisite(name, value))),
			...more,
		]);
	}

	/** Begins anew, uploads and imports a whole file. */
	async upload(xml: string, parameters: Record<string, string> = { version: '2.08' }): Promise<ExchangeReply[]> {
		return await this.orders.send(xml, 'orders.xml', parameters);
	}

	/** The same with these documents; the texts of all answers. */
	async send(...documents: string[]): Promise<string> {
		return (await this.upload(information(documents))).map(({ text }) => text).join('');
	}
}
