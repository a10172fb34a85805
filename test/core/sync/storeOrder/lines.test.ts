import * as fc from 'fast-check';
import { createHash } from 'crypto';
import { lineSyncId, originKey, type SaleOrder } from '../../../../core';
import { planDelivery, planLines, presentLinesText, wantedLinesText, type LineRules } from '../../../../core/sync/storeOrder/lines';
import type { WantedLine } from '../../../../core/sync/storeOrder/wish';
import type { PartPlan } from '../../../../core/sync/storeOrder/writes';
import { lineSum } from '../../../simulators/bitrix/sale/sums.cts';
import { aLine, aPayment, aSaleOrder, aShipment, uuid } from './saleOrder';

const identity = { siteKey: 'shop', sha1: (bytes: Uint8Array): Uint8Array => createHash('sha1').update(bytes).digest() };
const rules: LineRules = { products: new Map([['good-8', '808']]), unknownGoods: 'stop' };

const wanted = (number: number, quantity: string, sum: number, more: Partial<WantedLine> = {}): WantedLine => ({
	id: uuid(number), key: `good-${number}`, syncId: null, name: `Good ${number}`, quantity, sum, vat: '20', ...more,
});

const plan = (lines: unknown[], due: WantedLine[], more: Partial<LineRules> = {}, order: object = {}): PartPlan =>
	planLines(aSaleOrder({ basketItems: lines, ...order }), due, { ...rules, ...more }, identity);

const shown = ({ writes }: PartPlan): string[] =>
	writes.map(({ method, parameters: { id, fields } }) => {
		const { quantity, price, basePrice, discountPrice, customPrice, productId } = (fields ?? {}) as Record<string, string | undefined>;
		const prices = price === undefined ? [] : [`${quantity} × ${price} (${basePrice} - ${discountPrice}, ${customPrice})`];
		return [method.replace('sale.basketitem.', ''), id as string | undefined, productId === undefined ? undefined : `product ${productId}`, ...prices].filter((word) => word !== undefined).join(' ');
	});

describe('planLines', () => {
	it('a line that stays keeps its id; the base price is the price and the discount together', () => {
		expect(shown(plan([aLine(1, 2), aLine(2, 1)], [wanted(1, '3', 27_000), wanted(2, '1', 10_000)]))).toEqual(['update 1 3 × 90 (100 - 10, Y)']);
		expect(shown(plan([aLine(1, 2)], [wanted(1, '2', 24_000)]))).toEqual(['update 1 2 × 120 (120 - 0, Y)']);
	});

	it('what is gone goes, what is new comes with the product of its key', () => {
		expect(shown(plan([aLine(1, 2)], [wanted(8, '1', 5000)]))).toEqual(['delete 1', 'add product 808 1 × 50 (50 - 0, Y)']);
		const [, added] = plan([aLine(1, 2)], [wanted(8, '1', 5000)]).writes;
		expect(added?.parameters.fields).toMatchObject({ xmlId: originKey('line', uuid(8)), vatRate: '0.2', vatIncluded: 'Y', currency: 'RUB', name: 'Good 8' });
	});

	it('a sum that no single price gives is two lines, to the kopeck', () => {
		expect(shown(plan([aLine(1, 3)], [wanted(1, '3', 10_000)]))).toEqual(['update 1 2 × 33.33 (100 - 66.67, Y)', 'add product 1 1 × 33.34 (33.34 - 0, Y)']);
	});

	it('lines that come to the same are left, however they are split', () => {
		expect(plan([aLine(1, 2, { price: 33.33 }), aLine(9, 1, { productXmlId: 'good-1', price: 33.34 })], [wanted(1, '3', 10_000)]).writes).toEqual([]);
	});

	it('VAT on top counts, and is inside afterwards', () => {
		const [write] = plan([aLine(1, 1, { price: 100, vatIncluded: 'N' })], [wanted(1, '1', 10_000)]).writes;
		expect(write?.parameters.fields).toMatchObject({ price: '100', vatIncluded: 'Y' });
		expect(plan([aLine(1, 1, { price: 100, vatIncluded: 'N' })], [wanted(1, '1', 12_000)]).writes).toEqual([]);
	});

	it('components of sets are not lines', () => {
		expect(plan([aLine(1, 1), aLine(2, 1, { setParentId: '1' })], [wanted(1, '1', 10_000)]).writes).toEqual([]);
	});

	it('goods that the store does not have stop the order, or become free lines', () => {
		expect(() => plan([], [wanted(5, '1', 100)])).toThrow(expect.objectContaining({ code: 'ORDER_STORE_GOODS_UNKNOWN' }));
		const free = plan([], [wanted(5, '1', 100)], { unknownGoods: 'free' });
		expect(shown(free)).toEqual(['add product 0 1 × 1 (1 - 0, Y)']);
		expect(free.warnings).toMatchObject([{ code: 'ORDER_STORE_GOODS_FREE' }]);
	});

	it('free lines are known by what made them: our XML_ID, or the product that was made for them', () => {
		const own = aLine(4, 1, { productId: 0, productXmlId: '', xmlId: originKey('line', uuid(5)) });
		expect(plan([own], [wanted(5, '1', 10_000)]).writes).toEqual([]);
		const theirs = aLine(4, 1, { productId: 0, productXmlId: '', name: 'Engraving' });
		const syncId = lineSyncId(identity, { key: null, name: 'Engraving' });
		expect(plan([theirs], [wanted(6, '1', 10_000, { key: 'made', syncId })]).writes).toEqual([]);
	});

	it.each([
		['paid', { payments: [aPayment(5, 100, { paid: 'Y' })] }],
		['shipped', { shipments: [aShipment(7, [], { deducted: 'Y' })] }],
		['cancelled', { canceled: 'Y' }],
	])('an order that is %s keeps its lines', (_state, order) =>
		expect(() => plan([aLine(1, 1)], [wanted(1, '2', 20_000)], {}, order)).toThrow(expect.objectContaining({ code: 'ORDER_LINES_LOCKED' })),
	);

	it('the delivery changes on the first shipment, whose other fields stay (T6)', () => {
		const order = aSaleOrder({ shipments: [aShipment(7, [], { priceDelivery: 300, basePriceDelivery: 300, statusId: 'DF', trackingNumber: 'RA1' }), aShipment(8, [], { priceDelivery: 50 })] });
		expect(planDelivery(order, 35_000).writes).toEqual([]);
		expect(planDelivery(order, 45_000).writes).toMatchObject([{ parameters: { id: '7', fields: { priceDelivery: '400', basePriceDelivery: '400', statusId: 'DF', trackingNumber: 'RA1' } } }]);
		expect(() => planDelivery(order, 1000)).toThrow(expect.objectContaining({ code: 'ORDER_DELIVERY_LEFT' }));
	});
});

describe('laws of lines', () => {
	const amount = fc.integer({ min: 1, max: 40 });
	const present = fc.uniqueArray(fc.record({ id: fc.integer({ min: 1, max: 4 }), quantity: amount, price: fc.integer({ min: 1, max: 99_999 }) }), { selector: ({ id }) => id, maxLength: 4 });
	const due = fc.uniqueArray(fc.record({ number: fc.integer({ min: 1, max: 8 }), quantity: amount, sum: fc.integer({ min: 1, max: 999_999 }) }), { selector: ({ number }) => number, maxLength: 4 });

	it('afterwards the lines come to exactly what MoySklad says, and both sides are remembered alike', () => {
		fc.assert(
			fc.property(present, due, (given, wishes) => {
				const rows = given.map(({ id, quantity, price }) => aLine(id, quantity, { price: price / 100, basePrice: price / 100 }));
				const lines = wishes.map(({ number, quantity, sum }) => wanted(number, String(quantity), sum));
				const before = aSaleOrder({ basketItems: rows });
				const { writes } = planLines(before, lines, { products: new Map(), unknownGoods: 'free' }, identity);
				const after = new Map(before.basketItems.map((item) => [item.id, { ...item }]));
				writes.forEach(({ method, parameters }, index) => {
					const fields = (parameters.fields ?? {}) as Partial<SaleOrder['basketItems'][number]> & { vatIncluded?: unknown };
					const id = String(parameters.id ?? `new ${index}`);
					if (method.endsWith('.delete')) after.delete(id);
					else after.set(id, { ...(after.get(id) ?? { productXmlId: null, setParentId: null, properties: [] }), ...fields, id, vatIncluded: true } as SaleOrder['basketItems'][number]);
				});
				const items = [...after.values()];
				const sum = items.reduce((total, { price, quantity }) => total + lineSum({ price: Math.round(Number(price) * 100), quantity: Number(quantity), vatRate: null, vatIncluded: 'Y' }), 0);
				expect(sum).toBe(lines.reduce((total, line) => total + line.sum, 0));
				const order = { ...before, basketItems: items };
				expect(presentLinesText(order, lines, null, identity)).toBe(wantedLinesText(lines, null));
				expect(planLines(order, lines, { products: new Map(), unknownGoods: 'free' }, identity).writes).toEqual([]);
			}),
			{ numRuns: 1000 },
		);
	});
});
