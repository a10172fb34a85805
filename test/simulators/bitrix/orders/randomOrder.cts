import type { Random } from '../../kernel/random.cts';
import { catalogPrice, takeFromCatalog } from '../sale/basketItems.cts';
import { lineTotal, lineVat, total } from '../sale/sums.cts';
import { ITEM_TYPE, type ElementRow } from '../catalog/rows.cts';
import type { Portal } from '../portal.cts';
import { randomCustomer, type Customer } from './customers.cts';
import { applyDiscounts, type Discount } from './discounts.cts';

/** One line of an order that is to be placed; money in kopecks for one. */
export interface DraftLine {
	/** 0 = a free line. */
	productId: number;
	name: string;
	quantity: number;
	basePrice: number;
	price: number;
	vatRate: number | null;
	vatIncluded: 'Y' | 'N';
	coupon: string;
	/** Rows of a set's components: products and how many of each. They cost nothing of their own. */
	components: Array<{ productId: number; quantity: number }>;
}

export interface DraftPayment {
	paySystem: 'pay-cash' | 'pay-card' | 'pay-bill' | 'pay-bonus';
	sum: number;
	paid: boolean;
}

export interface DraftOrder {
	site: 's1' | 's2';
	customer: Customer;
	lines: DraftLine[];
	delivery: { service: 'delivery-courier' | 'delivery-pickup' | 'delivery-post'; price: number };
	payments: DraftPayment[];
	statusId: string;
	canceled: boolean;
	/** Shipped already. */
	shipped: boolean;
	managerComment: string;
}

/** The exact sums, kopecks. */
export interface OrderSums {
	/** Of each line, with VAT that comes on top. */
	lines: number[];
	goods: number;
	delivery: number;
	total: number;
	/** VAT of all lines, inside or on top. */
	tax: number;
	paid: number;
}

export interface RandomOrder {
	draft: DraftOrder;
	sums: OrderSums;
}

const FREE_DELIVERY_FROM = 50_000_000;
const FREE_LINES = ['Подарочная упаковка «Люкс»', 'Гравировка "На память"', 'Подъём на этаж & сборка'];
const FRACTIONAL_MEASURES = ['6', '112', '163', '166'];

/** What can be ordered. */
export interface Sellable {
	all: readonly ElementRow[];
	/** Gifts, and components of sets. */
	simple: readonly ElementRow[];
}

/** What an order is drawn from. */
interface Draw {
	random: Random;
	portal: Portal;
	goods: Sellable;
}

/**
 * An order as customers make them, of the goods in the shop (or of those given): discounts of several kinds, fractional
 * quantities, gifts, sets, free lines, mixed VAT, several payments. Does not change the shop. Throws when there is
 * nothing to sell.
 */
export function randomOrder(random: Random, portal: Portal, sellable: Sellable = sellableGoods(portal)): RandomOrder {
	if (sellable.all.length === 0) throw new RangeError('There is nothing in the shop that could be ordered');
	const draw: Draw = { random, portal, goods: sellable };
	const customer = randomCustomer(random);
	const lines = [...discounted(random, customer, goodsLines(draw)), ...extraLines(draw)];
	const goods = total(lines.map(lineTotal));
	const delivery = chooseDelivery(random, goods);
	const whole = goods + delivery.price;
	const payments = choosePayments(random, customer, whole);
	const isPaid = payments.some(({ paid }) => paid);
	const canceled = !isPaid && random.chance(0.12);
	const statusId = canceled ? 'D' : random.pick(isPaid ? ['P', 'A', 'S', 'F'] : ['N', 'N', 'A', 'S']);
	const draft: DraftOrder = {
		site: random.chance(0.8) ? 's1' : 's2',
		customer,
		lines,
		delivery,
		payments,
		statusId,
		canceled,
		shipped: !canceled && (statusId === 'F' || (statusId === 'S' && random.chance(0.5))),
		managerComment: random.pick(['', '', 'VIP 🌟', 'Скидка «за лояльность»']),
	};
	return { draft, sums: sumsOf(draft) };
}

/** The sums of a draft, reckoned from its lines. */
function sumsOf({ lines, delivery, payments }: DraftOrder): OrderSums {
	const lineSums = lines.map(lineTotal);
	const goods = total(lineSums);
	return {
		lines: lineSums,
		goods,
		delivery: delivery.price,
		total: goods + delivery.price,
		tax: total(lines.map(lineVat)),
		paid: total(payments.filter(({ paid }) => paid).map(({ sum }) => sum)),
	};
}

/** Active goods with a price; no parents of offers. */
export function sellableGoods(portal: Portal): Sellable {
	const types: number[] = [ITEM_TYPE.simple, ITEM_TYPE.set, ITEM_TYPE.offer, ITEM_TYPE.service];
	const all = portal.store.elements
		.all()
		.filter(({ id, active, type }) => active === 'Y' && types.includes(type) && (catalogPrice(portal, id).price ?? 0) > 0);
	return { all, simple: all.filter(({ type }) => type === ITEM_TYPE.simple) };
}

function goodsLines(draw: Draw): DraftLine[] {
	const { random, goods } = draw;
	const chosen = new Set(Array.from({ length: random.integer(1, 6) }, () => random.pick(goods.all)));
	return [...chosen].map((element) => lineOf(draw, element));
}

function lineOf(draw: Draw, element: ElementRow): DraftLine {
	const { random, portal } = draw;
	const { name = '', vatRate = null, vatIncluded = 'Y', measureCode = '796' } = takeFromCatalog(portal, element.id);
	const price = catalogPrice(portal, element.id).price ?? 0;
	const fractional = FRACTIONAL_MEASURES.includes(measureCode);
	return {
		productId: element.id,
		name,
		basePrice: price,
		price,
		vatRate,
		vatIncluded,
		coupon: '',
		quantity: fractional ? random.integer(1, 9999) / 1000 : random.integer(1, 7),
		components: element.type === ITEM_TYPE.set ? componentsOf(draw) : [],
	};
}

function componentsOf(draw: Draw): DraftLine['components'] {
	const {
		random,
		goods: { simple },
	} = draw;
	if (simple.length === 0) return [];
	return Array.from({ length: random.integer(2, 3) }, () => ({
		productId: random.pick(simple).id,
		quantity: random.integer(1, 2),
	}));
}

function discounted(random: Random, customer: Customer, lines: DraftLine[]): DraftLine[] {
	const discounts = chooseDiscounts(random, customer);
	const coupon = discounts
		.map((discount) => ('coupon' in discount ? discount.coupon : undefined))
		.find((code) => code !== undefined);
	return applyDiscounts(lines, discounts).map((line) => (coupon === undefined ? line : { ...line, coupon }));
}

function chooseDiscounts(random: Random, customer: Customer): Discount[] {
	const discounts: Discount[] = customer.discount > 0 ? [{ kind: 'percent', percent: customer.discount }] : [];
	if (random.chance(0.2)) discounts.push({ kind: 'threeForTwo' });
	if (random.chance(0.25))
		discounts.push({ kind: 'percent', percent: random.pick([5, 10, 15, 33.33]), coupon: 'SL-PERCENT' });
	if (random.chance(0.25))
		discounts.push({ kind: 'fixed', amount: random.pick([10_000, 50_000, 33_333]), coupon: 'SL-FIXED' });
	return discounts;
}

/** A gift costs nothing; a free line is not in the catalog. */
function extraLines(draw: Draw): DraftLine[] {
	const {
		random,
		goods: { simple },
	} = draw;
	const lines: DraftLine[] = [];
	if (random.chance(0.15) && simple.length > 0) lines.push({ ...lineOf(draw, random.pick(simple)), price: 0, quantity: 1 });
	if (random.chance(0.2)) {
		const price = random.integer(0, 500) * 100 + random.pick([0, 50, 99]);
		const vatRate = random.pick([null, 0, 0.1, 0.2]);
		lines.push({
			productId: 0,
			name: random.pick(FREE_LINES),
			quantity: random.integer(1, 3),
			basePrice: price,
			price,
			vatRate,
			vatIncluded: random.chance(0.7) ? 'Y' : 'N',
			coupon: '',
			components: [],
		});
	}
	return lines;
}

function chooseDelivery(random: Random, goods: number): DraftOrder['delivery'] {
	const service = random.pick(['delivery-courier', 'delivery-pickup', 'delivery-post'] as const);
	const isFree = service === 'delivery-pickup' || goods >= FREE_DELIVERY_FROM || random.chance(0.2);
	return { service, price: isFree ? 0 : random.pick([30_000, 35_050, 49_999]) };
}

function choosePayments(random: Random, customer: Customer, whole: number): DraftPayment[] {
	const paySystem = customer.kind === 'company' ? 'pay-bill' : random.pick(['pay-cash', 'pay-card'] as const);
	const bonus = customer.kind === 'person' && random.chance(0.15) ? Math.min(whole, random.integer(1, 200) * 100) : 0;
	const rest = whole - bonus;
	const payments: DraftPayment[] = bonus > 0 ? [{ paySystem: 'pay-bonus', sum: bonus, paid: true }] : [];
	if (rest === 0 || random.chance(0.05)) return payments;
	if (random.chance(0.15)) {
		const first = Math.floor(rest / 2);
		return [...payments, { paySystem, sum: first, paid: true }, { paySystem, sum: rest - first, paid: false }];
	}
	return [...payments, { paySystem, sum: rest, paid: random.chance(0.4) }];
}
