import fc from 'fast-check';
import { Random } from '../kernel/random.cts';
import { placeOrder, placeOrders } from './orders/placeOrders.cts';
import { randomOrder, sellableGoods, type RandomOrder, type Sellable } from './orders/randomOrder.cts';
import { connect, must, type Json } from './restClient';
import { startBitrix, type RunningBitrix } from './start.cts';

let bitrix: RunningBitrix;
let goods: Sellable;
let many: RandomOrder[];

beforeAll(async () => {
	bitrix = await startBitrix({ edition: 'box', orders: 40 });
	goods = sellableGoods(bitrix.portal);
	many = Array.from({ length: 400 }, (_, seed) => draw(seed));
});
afterAll(async () => await bitrix.close());

const draw = (seed: number): RandomOrder => randomOrder(new Random(seed), bitrix.portal, goods);

/** Halves up, by whole numbers: another way than the shop's to the same sum. */
const rounded = (price: number, quantity: number): number =>
	Number((BigInt(price) * BigInt(Math.round(quantity * 1000)) * 2n + 1000n) / 2000n);

it('its sums are exact: each line to the kopeck, then added', () => {
	fc.assert(
		fc.property(fc.integer(), (seed) => {
			const { draft, sums } = draw(seed);
			const lines = draft.lines.map(({ price, quantity, vatRate, vatIncluded }) => {
				const vat =
					vatIncluded === 'Y' || vatRate === null
						? 0
						: Number(
								(BigInt(price) * BigInt(Math.round(vatRate * 100)) * BigInt(Math.round(quantity * 1000)) * 2n + 100_000n) /
									200_000n,
							);
				return rounded(price, quantity) + vat;
			});
			expect(sums.lines).toEqual(lines);
			expect(sums.goods).toBe(lines.reduce((sum, line) => sum + line, 0));
			expect(sums.total).toBe(sums.goods + draft.delivery.price);
			expect([sums.total, sums.tax, sums.paid].every(Number.isSafeInteger)).toBe(true);
			expect(draft.payments.reduce((sum, payment) => sum + payment.sum, 0)).toBeLessThanOrEqual(sums.total);
		}),
	);
});

it('is the same for the same seed', () => {
	expect(draw(7)).toEqual(draw(7));
	expect(draw(7)).not.toEqual(draw(8));
});

it('placed in the shop, the order has these sums, over REST too', async () => {
	const rest = connect(bitrix);
	for (let seed = 0; seed < 60; seed++) {
		const { draft, sums } = draw(seed);
		const { id } = placeOrder(bitrix.portal, draft);
		const { order } = await must(rest('sale.order.get', { id }));
		expect([order?.price, order?.taxValue]).toEqual([sums.total / 100, sums.tax / 100]);
		const items = (order?.basketItems as unknown as Json[]).filter(({ setParentId }) => String(setParentId) === '');
		expect(items).toHaveLength(draft.lines.length);
		const isPaid = sums.paid > 0 && sums.paid >= sums.total;
		expect([order?.payed, order?.canceled, order?.lid, order?.statusId]).toEqual([
			isPaid ? 'Y' : 'N',
			draft.canceled ? 'Y' : 'N',
			draft.site,
			draft.statusId,
		]);
		const filled = Object.fromEntries(
			(order?.propertyValues as unknown as Json[])
				.filter(({ value }) => value !== null)
				.map(({ code, value }) => [String(code), value]),
		);
		expect(filled).toEqual(
			Object.fromEntries(Object.entries(draft.customer.properties).filter(([, value]) => value !== '')),
		);
	}
});

it.each<[string, (order: RandomOrder) => boolean]>([
	['a person', ({ draft }) => draft.customer.kind === 'person'],
	['a company', ({ draft }) => draft.customer.kind === 'company'],
	['a percent coupon', ({ draft }) => draft.lines.some(({ coupon }) => coupon === 'SL-PERCENT')],
	[
		'a fixed coupon whose rounding leaves something',
		({ draft }) => draft.lines.some(({ coupon, price, basePrice }) => coupon === 'SL-FIXED' && price < basePrice),
	],
	['a fractional quantity', ({ draft }) => draft.lines.some(({ quantity }) => !Number.isInteger(quantity))],
	['VAT on top', ({ draft }) => draft.lines.some(({ vatIncluded, vatRate }) => vatIncluded === 'N' && (vatRate ?? 0) > 0)],
	['several kinds of VAT', ({ draft }) => new Set(draft.lines.map(({ vatRate }) => vatRate)).size > 2],
	['a line without VAT', ({ draft }) => draft.lines.some(({ vatRate }) => vatRate === null)],
	['a line with 0 % VAT', ({ draft }) => draft.lines.some(({ vatRate }) => vatRate === 0)],
	['a delivery that costs', ({ sums }) => sums.delivery > 0],
	['a free delivery', ({ sums }) => sums.delivery === 0],
	['a set', ({ draft }) => draft.lines.some(({ components }) => components.length > 1)],
	['a free line', ({ draft }) => draft.lines.some(({ productId }) => productId === 0)],
	[
		'a gift',
		({ draft }) => draft.lines.some(({ price, basePrice, productId }) => productId > 0 && price === 0 && basePrice > 0),
	],
	['several payments', ({ draft }) => draft.payments.length > 1],
	['no payment', ({ draft }) => draft.payments.length === 0],
	['a part that is paid', ({ sums }) => sums.paid > 0 && sums.paid < sums.total],
	['a bonus payment', ({ draft }) => draft.payments.some(({ paySystem }) => paySystem === 'pay-bonus')],
	['all paid', ({ sums }) => sums.paid === sums.total && sums.total > 0],
	['a canceled order', ({ draft }) => draft.canceled],
	['a shipped order', ({ draft }) => draft.shipped],
	['the second site', ({ draft }) => draft.site === 's2'],
	['an emoji', ({ draft }) => /\p{Extended_Pictographic}/u.test(draft.customer.comment)],
	['quotes', ({ draft }) => draft.customer.comment.includes('"')],
])('some have %s, some have not', (_what, has) => {
	const found = many.filter(has).length;
	expect(found).toBeGreaterThan(0);
	expect(found).toBeLessThan(400);
});

it('phones come in many forms, of the same customer too', () => {
	const forms = new Map<number, Set<string>>();
	for (const {
		draft: { customer },
	} of many)
		forms.set(customer.userId, (forms.get(customer.userId) ?? new Set()).add(customer.properties.PHONE ?? ''));
	expect(Math.max(...[...forms.values()].map(({ size }) => size))).toBeGreaterThan(3);
});

it('tax numbers have right check digits', () => {
	const weights = (length: number): number[] => [3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8].slice(11 - length);
	const isRight = (inn: string, length: number): boolean =>
		(weights(length).reduce((sum, weight, index) => sum + weight * Number(inn[index]), 0) % 11) % 10 === Number(inn[length]);
	const numbers = new Set(many.map(({ draft }) => draft.customer.properties.INN).filter((inn) => inn !== undefined));
	expect(new Set([...numbers].map(({ length }) => length))).toEqual(new Set([10, 12]));
	for (const inn of numbers) expect(inn.length === 10 ? isRight(inn, 9) : isRight(inn, 10) && isRight(inn, 11)).toBe(true);
});

describe('orders at the start', () => {
	it('are of goods that were put in, whose external codes are those of the shared generator', () => {
		expect(bitrix.portal.store.orders.size).toBeGreaterThanOrEqual(40);
		const codes = sellableGoods(bitrix.portal).all.map(({ xmlId }) => xmlId);
		expect(codes).toContain('ext-product-1');
		expect(codes.some((code) => /^ext-product-\d+#ext-product-\d+-variant-\d+$/.test(code))).toBe(true);
		expect(codes.some((code) => code.startsWith('ext-bundle-'))).toBe(true);
	});

	it('leave the stock in order: nothing is held back but what open orders need', () => {
		const { store } = bitrix.portal;
		const held = new Map<number, number>();
		for (const { basketId, quantity } of store.reservations) {
			const productId = store.basket.get(basketId)?.productId ?? 0;
			held.set(productId, (held.get(productId) ?? 0) + quantity);
		}
		for (const { id, quantityReserved } of store.elements) expect(quantityReserved).toBeCloseTo(held.get(id) ?? 0, 3);
	});

	it('can lie in the past', () => {
		const ids = placeOrders(bitrix.portal, bitrix.catalogs, { count: 20, seed: 9, days: 10 });
		const ages = ids.map((id) => bitrix.portal.now() - (bitrix.portal.store.orders.get(id)?.dateUpdate ?? 0));
		expect(Math.max(...ages)).toBeGreaterThan(86_400_000);
		expect(Math.max(...ages)).toBeLessThanOrEqual(10 * 86_400_000);
	});
});
