import type { SaleBasketItem, SaleOrder } from '../../bitrix/saleSchema';
import { SyncError } from '../../errors';
import { Decimal } from '../../model/decimal';
import { lineSum, toKopecks, toRubles, type Kopecks } from '../../model/money';
import { orderSums } from '../orderSums';
import { warning, type Warning } from '../result';
import { isLineOf, ownLines, type LineIdentity } from './goods';
import { originKey } from './origin';
import { visible } from './shipments';
import { shipmentChange } from './shipmentWrites';
import type { WantedGood, WantedLine } from './wish';
import { joined, shownMoney, type PartPlan, type StoreWrite } from './writes';

/** Products of the store by their XML_ID, as far as they were looked up; null = there is none that can be bought. */
export type StoreProducts = ReadonlyMap<string, string | null>;

/** What lines of a store are made of. */
export interface LineRules {
	products: StoreProducts;
	/** What becomes of goods that the store does not have: a line that is only a name and a price, or the order is left alone. */
	unknownGoods: 'free' | 'stop';
}

const FREE = '0';

/** A line as the store is to have it: all of them together cost exactly what MoySklad says. */
interface Part {
	line: WantedLine;
	quantity: Decimal;
	/** Of one, kopecks, VAT included. */
	price: Decimal;
}

const vatOf = (rate: string | null): Decimal => Decimal.of(rate ?? 0);

/** What a line of the store costs, kopecks, VAT included. */
function costOf({ price, quantity, vatRate, vatIncluded }: SaleBasketItem): Kopecks {
	const amount = Decimal.of(price).times(quantity).times(100);
	return (vatIncluded ? amount.round() : amount.round().plus(amount.times(vatOf(vatRate)).round())).toNumber();
}

const deliveryCost = (order: SaleOrder): Kopecks => visible(order).reduce((sum, { priceDelivery }) => sum + toKopecks(priceDelivery ?? 0), 0);

/** What is remembered of lines: of each good how many for how much, however they are split, and the delivery. Equal on both sides when they agree. */
export function wantedLinesText(lines: readonly WantedLine[], delivery: Kopecks | null): string {
	return [...lines.map(({ id, quantity, sum }) => `${id} ${Decimal.of(quantity).toString()} ${sum}`).sort(), delivery ?? 'any'].join('\n');
}

/** As `wantedLinesText`, for what the store has now; lines of no good of MoySklad go by their own ids. */
export function presentLinesText(order: SaleOrder, lines: readonly WantedLine[], delivery: Kopecks | null, identity: LineIdentity): string {
	const taken = new Set<SaleBasketItem>();
	const known = lines.map((line) => {
		const present = linesOf(order, line, identity).filter((one) => !taken.has(one));
		present.forEach((one) => taken.add(one));
		const quantity = present.reduce((sum, one) => sum.plus(one.quantity), Decimal.zero);
		return `${line.id} ${quantity.toString()} ${present.reduce((sum, one) => sum + costOf(one), 0)}`;
	});
	const others = ownLines(order).filter((one) => !taken.has(one)).map(({ id, quantity, price }) => `line ${id} ${Decimal.of(quantity).toString()} ${price}`);
	return [...[...known, ...others].sort(), delivery === null ? 'any' : deliveryCost(order)].join('\n');
}

/** What MoySklad wants, in words, for a person who has to decide. */
export const shownWanted = (lines: readonly WantedLine[], currency: string): string[] => lines.map(({ name, quantity, sum }) => `${name}: ${quantity}, ${shownMoney(sum, currency)}`);
/** What the store has, in the same words. */
export const shownLines = (order: SaleOrder): string[] => ownLines(order).map((one) => `${one.name ?? one.id}: ${Decimal.of(one.quantity).toString()}, ${shownMoney(costOf(one), order.currency)}`);

const linesOf = (order: SaleOrder, good: WantedGood, identity: LineIdentity): SaleBasketItem[] => ownLines(order).filter((line) => isLineOf(line, good, identity));

/** Whether the lines of an order may still be changed: not once it was paid, shipped or cancelled. */
const isLocked = (order: SaleOrder): boolean =>
	order.canceled || order.payments.some(({ paid, isReturn }) => paid && isReturn !== 'Y') || order.shipments.some(({ deducted }) => deducted);

/**
 * Makes the lines of an order those of MoySklad; the ones that stay keep their ids. Throws ORDER_LINES_LOCKED, ORDER_STORE_GOODS_UNKNOWN,
 * ORDER_LINES_SUM.
 */
export function planLines(order: SaleOrder, lines: readonly WantedLine[], rules: LineRules, identity: LineIdentity): PartPlan {
	if (isLocked(order)) throw new SyncError('ORDER_LINES_LOCKED');
	const left = new Set(ownLines(order));
	const free: string[] = [];
	const plans = lines.map((line) => {
		const present = [...left].filter((one) => isLineOf(one, line, identity));
		present.forEach((one) => left.delete(one));
		return planGood(order, line, present, rules, free);
	});
	const removed = [...left].map(removal);
	const warnings: Warning[] = free.length > 0 ? [warning('ORDER_STORE_GOODS_FREE', { names: free.join(', ') })] : [];
	const { writes } = joined(plans.map((some) => ({ writes: some, warnings: [] })));
	return { writes: [...removed, ...writes], warnings };
}

function planGood(order: SaleOrder, line: WantedLine, present: readonly SaleBasketItem[], rules: LineRules, free: string[]): StoreWrite[] {
	const parts = partsOf(line);
	const same = present.reduce((sum, one) => sum + costOf(one), 0) === line.sum && present.reduce((sum, one) => sum.plus(one.quantity), Decimal.zero).equals(line.quantity);
	if (same) return [];
	const exact = parts.map((part) => present.find((one) => Decimal.of(one.quantity).equals(part.quantity) && one.vatIncluded && toKopecks(one.price) === part.price.toNumber()));
	const left = present.filter((one) => !exact.includes(one));
	const writes = parts.flatMap((part, index) => {
		if (exact[index]) return [];
		const kept = left.shift();
		return kept ? [changed(kept, part, order)] : [added(order, part, index, present[0]?.productId ?? productFor(line, rules, free))];
	});
	return [...left.map(removal), ...writes];
}

/** Whole kopecks for each unit; as many as are needed cost one more. Throws ORDER_LINES_SUM when no prices give the sum. */
function partsOf(line: WantedLine): Part[] {
	const price = Decimal.of(line.sum).dividedBy(line.quantity, 12).times('0.01').toString();
	const { positions } = orderSums([{ line: line.id, price, quantity: line.quantity, vat: null, vatIncluded: true }], toRubles(line.sum), { wholeKopecks: true });
	const sum = positions.reduce((total, part) => total.plus(lineSum(part.price, part.quantity)), Decimal.zero);
	if (!sum.equals(line.sum)) throw new SyncError('ORDER_LINES_SUM', { name: line.name });
	return positions.map(({ quantity, price: unit }) => ({ line, quantity, price: unit }));
}

/** Id of the product; 0 = a free line. Throws ORDER_STORE_GOODS_UNKNOWN. */
function productFor({ key, name }: WantedLine, { products, unknownGoods }: LineRules, free: string[]): string {
	const product = key === null ? null : (products.get(key) ?? null);
	if (product !== null) return product;
	if (unknownGoods === 'stop') throw new SyncError('ORDER_STORE_GOODS_UNKNOWN', { name, key: key ?? 'no key' });
	free.push(name);
	return FREE;
}

/** With a price of one's own: Bitrix does not check that the base price is the price and the discount together. */
function priceFields(price: Decimal, base: Decimal): Record<string, string> {
	const basePrice = base.compare(price) > 0 ? base : price;
	return { customPrice: 'Y', price: toRubles(price), basePrice: toRubles(basePrice), discountPrice: toRubles(basePrice.minus(price)) };
}

const shown = (quantity: Decimal | string, price: Decimal | Kopecks, currency: string): string => `${Decimal.of(quantity).toString()} × ${shownMoney(Decimal.of(price).toNumber(), currency)}`;

function changed(item: SaleBasketItem, { quantity, price }: Part, order: SaleOrder): StoreWrite {
	const fields = { quantity: quantity.toString(), ...priceFields(price, Decimal.of(toKopecks(item.basePrice ?? item.price))), ...(!item.vatIncluded && { vatIncluded: 'Y' }) };
	return {
		key: `line${item.id}`,
		method: 'sale.basketitem.update',
		parameters: { id: item.id, fields },
		changes: [{ field: `line ${item.name ?? item.id}`, from: shown(item.quantity, toKopecks(item.price), order.currency), to: shown(quantity, price, order.currency) }],
		expect: { one: 'basketItem', values: { quantity: quantity.toString(), price: toRubles(price) } },
	};
}

function added(order: SaleOrder, { line, quantity, price }: Part, part: number, productId: string): StoreWrite {
	return {
		key: `line${line.id}part${part}`,
		method: 'sale.basketitem.add',
		parameters: {
			fields: {
				orderId: order.id, productId, currency: order.currency, name: line.name, quantity: quantity.toString(),
				...priceFields(price, price), xmlId: originKey('line', line.id), vatIncluded: 'Y',
				...(line.vat !== null && { vatRate: vatOf(line.vat).times('0.01').toString() }),
			},
		},
		changes: [{ field: `line ${line.name}`, from: null, to: shown(quantity, price, order.currency) }],
		expect: { one: 'basketItem', values: { quantity: quantity.toString(), price: toRubles(price) } },
	};
}

const removal = ({ id, name, quantity }: SaleBasketItem): StoreWrite => ({
	key: `line${id}removed`,
	method: 'sale.basketitem.delete',
	parameters: { id },
	changes: [{ field: `line ${name ?? id}`, from: Decimal.of(quantity).toString(), to: null }],
});

/**
 * The delivery costs what MoySklad says (`wanted`, kopecks): the first shipment carries the difference. Throws
 * ORDER_DELIVERY_LEFT when there is none that could.
 */
export function planDelivery(order: SaleOrder, wanted: Kopecks): PartPlan {
	const [first] = visible(order);
	const difference = wanted - deliveryCost(order);
	if (difference === 0) return { writes: [], warnings: [] };
	const price = toKopecks(first?.priceDelivery ?? 0) + difference;
	if (!first || price < 0 || first.deducted) throw new SyncError('ORDER_DELIVERY_LEFT', { price: shownMoney(wanted, order.currency) });
	return { writes: [shipmentChange(first, 'price', { basePriceDelivery: toRubles(price), priceDelivery: toRubles(price) })], warnings: [] };
}
