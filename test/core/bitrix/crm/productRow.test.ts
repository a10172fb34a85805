import * as fc from 'fast-check';
import { productRowFields, readProductRow, rowsSum, sameRows, SyncError, type ProductRow } from '../../../../core';

const row = (more: Partial<ProductRow> = {}): ProductRow => ({ productId: 5, name: 'Чай', price: '123.45', quantity: '2', vat: '20', measure: 796, ...more });

const rows = fc.array(
	fc.record({
		productId: fc.option(fc.integer({ min: 1, max: 4 })),
		name: fc.constantFrom('Чай', 'Кофе', 'Сахар'),
		price: fc.integer({ min: 0, max: 1_000_000 }).map((kopecks) => String(kopecks / 100)),
		quantity: fc.integer({ min: 1, max: 10_000 }).map((thousandths) => String(thousandths / 1000)),
		vat: fc.constantFrom(null, '0', '10', '20'),
		measure: fc.constantFrom(null, 6, 796),
	}),
	{ maxLength: 8 },
);

describe('rows of goods', () => {
	it.each(['upper', 'camel'] as const)('are read as they were written (%s)', (letters) => {
		fc.assert(
			fc.property(rows, (some) => {
				const back = productRowFields(some, letters).map((fields) => readProductRow(fields as Record<string, unknown>, letters, 'test'));
				expect(back).toMatchObject(some.map((one) => ({ ...one, quantity: String(Number(one.quantity)) })));
			}),
		);
	});

	it('"without VAT" is not sent, and is not 0 %', () => {
		const [without, zero] = productRowFields([row({ vat: null }), row({ vat: '0' })], 'upper');
		expect(without?.TAX_RATE).toBeUndefined();
		expect(zero?.TAX_RATE).toBe('0');
		expect(readProductRow({ PRICE: 1, QUANTITY: 1, TAX_RATE: null }, 'upper', 'test').vat).toBeNull();
	});

	it('an amount that is no number is not taken for 0', () => {
		expect(() => readProductRow({ PRICE: 'дорого', QUANTITY: 1 }, 'upper', 'test')).toThrow(SyncError);
		expect(() => readProductRow({ QUANTITY: 1 }, 'upper', 'test')).toThrow(SyncError);
	});

	it('are the same in any order', () => {
		fc.assert(fc.property(rows, fc.infiniteStream(fc.nat()), (some, random) => {
			const shuffled = some.map((one) => ({ one, key: random.next().value as number })).sort((a, b) => a.key - b.key).map(({ one }) => one);
			expect(sameRows(some, shuffled)).toBe(true);
		}));
	});

	it.each<[string, Partial<ProductRow>]>([
		['product', { productId: 6 }], ['price', { price: '123.46' }], ['price by a part of a kopeck', { price: '123.456' }], ['quantity', { quantity: '3' }], ['VAT', { vat: '10' }], ['VAT that is none', { vat: null }], ['unit', { measure: 166 }],
	])('are others with another %s', (_, change) => expect(sameRows([row(change)], [row()])).toBe(false));

	it('a name counts only where there is no product, a unit only where we know it', () => {
		expect(sameRows([row({ name: 'Чай чёрный' })], [row()])).toBe(true);
		expect(sameRows([row({ productId: null, name: 'Чай чёрный' })], [row({ productId: null })])).toBe(false);
		expect(sameRows([row({ measure: null })], [row({ measure: 166 })])).toBe(true);
		expect(sameRows([row({ measure: null }), row({ measure: 166 })], [row({ measure: 166 }), row({ measure: 796 })])).toBe(true);
	});

	it('a row more or less is another list', () => {
		expect(sameRows([row()], [row(), row()])).toBe(false);
		expect(sameRows([row(), row()], [row(), row({ price: '1' })])).toBe(false);
	});

	it('each costs whole kopecks', () => expect(rowsSum([row({ price: '3.33', quantity: '0.5' }), row({ price: '3.33', quantity: '0.5' })])).toBe(334));
});
