import * as fc from 'fast-check';
import { Decimal, plannedRows, readSalesDocument, rowsSum, type SalesDocument } from '../../../../core';
import { documentSums } from '../../../simulators/moysklad/arithmetic.cts';
import { order, position } from './documents';

const read = (json: object): SalesDocument => readSalesDocument(json, 'customerorder');

const positions = fc.array(
	fc.record({
		quantity: fc.oneof(fc.integer({ min: 1, max: 50 }), fc.integer({ min: 1, max: 50_000 }).map((thousandths) => thousandths / 1000)),
		price: fc.oneof(fc.integer({ min: 0, max: 5_000_000 }), fc.integer({ min: 0, max: 5_000_000 }).map((hundredths) => hundredths / 100)),
		discount: fc.oneof(fc.constant(0), fc.integer({ min: -10, max: 100 }), fc.integer({ min: 0, max: 10_000 }).map((hundredths) => hundredths / 100)),
		vat: fc.constantFrom(0, 10, 20),
		vatEnabled: fc.boolean(),
	}),
	{ minLength: 1, maxLength: 20 },
);

describe('rows of a deal', () => {
	it('come to the sum of the order to the kopeck, with prices in whole kopecks', () => {
		fc.assert(
			fc.property(positions, fc.boolean(), (some, vatIncluded) => {
				const { sum } = documentSums(some, { vatEnabled: true, vatIncluded });
				const document = read(order({ sum, vatIncluded, vatEnabled: true, positions: { rows: some.map((one, index) => position(`p${index}`, one)) } }));
				const { rows, difference } = plannedRows(document, () => null);
				expect(difference).toBe(0);
				expect(rowsSum(rows)).toBe(sum);
				expect(rows.every(({ price }) => /^\d+(\.\d{1,2})?$/.test(price))).toBe(true);
				const quantity = rows.reduce((all, row) => all.plus(row.quantity), Decimal.zero);
				expect(quantity.toString()).toBe(some.reduce((all, one) => all.plus(one.quantity), Decimal.zero).toString());
			}),
			{ numRuns: 500 },
		);
	});

	it('a sum that the positions do not come to is told, and nothing is made up', () => {
		const document = read(order({ sum: 10_000, positions: { rows: [position('p', { quantity: 3, price: 3000 })] } }));
		expect(plannedRows(document, () => null).difference).toBe(1000);
	});

	it('a sum that no price in whole kopecks gives becomes two rows', () => {
		const document = read(order({ sum: 10_000, positions: { rows: [position('p', { quantity: 3, price: 3333.3333 })] } }));
		expect(plannedRows(document, () => 7).rows).toEqual([
			{ productId: 7, name: 'Товар p', price: '33.33', quantity: '2', vat: null, measure: 796 },
			{ productId: 7, name: 'Товар p', price: '33.34', quantity: '1', vat: null, measure: 796 },
		]);
	});

	it('a discount is in the price, VAT stays a rate, "without" is none', () => {
		const rows = [position('a', { quantity: 1, price: 10_000, discount: 10, vat: 20, vatEnabled: true }), position('b', { quantity: 1, price: 500, vat: 0, vatEnabled: true }), position('c', { quantity: 1, price: 500 })];
		const { rows: made } = plannedRows(read(order({ sum: 10_000, vatEnabled: true, positions: { rows } })), () => null);
		expect(made.map(({ price, vat }) => [price, vat])).toEqual([['90', '20'], ['5', '0'], ['5', null]]);
	});

	it('P4: a unit code is a number', () => {
		const one = position('a', { quantity: 1, price: 100 });
		const rows = [{ ...one, assortment: { ...one.assortment, uom: { name: 'м', code: '006' } } }];
		expect(plannedRows(read(order({ sum: 100, positions: { rows } })), () => null).rows[0]?.measure).toBe(6);
	});
});
