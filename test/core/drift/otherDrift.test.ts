import fc from 'fast-check';
import { extraOrder, isOrderUnread, isStockUnread, orderDifferences, readDriftCursor, stockDifferences, warning, type ComparedOrder, type ComparedStock, type WriteResult } from '../../../core';

const who = { key: 'k', moySkladId: 'm', bitrixId: '7', name: 'Cup' };
const report = (code: string): WriteResult['error'] => ({ code, kind: 'data', retryable: false, message: code, advice: '' }) as WriteResult['error'];

describe('how amounts differ', () => {
	const stock = (from: number, to: number, error?: WriteResult['error']): ComparedStock => ({ ...who, entity: 'product', steps: [{ field: 'Quantity', from, to }], error });
	const kinds = (one: ComparedStock, tolerance = 0): string[] => stockDifferences(one, tolerance).map(({ kind }) => kind);

	it.each([[5, 0, 'soldOut'], [0, 5, 'notOffered'], [5, 7, 'stock'], [3, -1, 'soldOut'], [-2, 4, 'notOffered']])('%d instead of %d is %s', (from, to, kind) => expect(kinds(stock(from, to))).toEqual([kind]));

	it('law: only what is further away than the tolerance', () => {
		const pieces = fc.integer({ min: -10, max: 100 });
		fc.assert(fc.property(pieces, pieces, fc.nat(20), (from, to, tolerance) => {
			expect(kinds(stock(from, to), tolerance)).toHaveLength(Math.abs(from - to) > tolerance ? 1 : 0);
		}));
	});

	it('two items for one object are a finding, a failed call is none', () => {
		expect(stockDifferences(stock(1, 2, report('CATALOG_KEY_DUPLICATE')), 0)).toMatchObject([{ kind: 'duplicate', repair: null }]);
		expect(isStockUnread({ error: report('CATALOG_KEY_DUPLICATE'), warnings: [] })).toBe(false);
		expect(isStockUnread({ error: report('BITRIX_RATE_LIMIT'), warnings: [] })).toBe(true);
		expect(isStockUnread({ warnings: [warning('STOCK_UNKNOWN')] })).toBe(true);
		expect(isStockUnread({ warnings: [warning('CATALOG_ITEM_MISSING')] })).toBe(false);
	});
});

describe('how an order differs', () => {
	const order = (more: Partial<ComparedOrder>): ComparedOrder => ({ ...who, entity: 'customerorder', changes: [], sums: undefined, writesLines: false, error: undefined, ...more });
	const kinds = (more: Partial<ComparedOrder>, tolerance = 0): string[] => orderDifferences(order(more), tolerance).map(({ kind }) => kind);

	it.each([
		['statusId', 'orderStatus'], ['canceled', 'orderCanceled'], ['reasonCanceled', 'orderCanceled'], ['payment 5', 'orderPaid'], ['payment', 'orderPaid'], ['shipment 5 deducted', 'orderShipped'],
		['shipment', 'orderShipped'], ['line Cup', 'orderLines'], ['delivery', 'orderLines'], ['comments', 'orderField'], ['property Phone', 'orderField'],
	])('%s is %s', (field, kind) => expect(kinds({ changes: [{ field, from: 1, to: 2 }] })).toEqual([kind]));

	it('sums, to the kopeck', () => {
		const sums = { moySklad: 10_000, bitrix: 10_001, currency: 'RUB' };
		expect(orderDifferences(order({ sums }), 0)).toMatchObject([{ kind: 'orderSum', repair: null, code: 'DRIFT_LINES_OFF' }]);
		expect(orderDifferences(order({ sums, writesLines: true }), 0)).toMatchObject([{ kind: 'orderSum', repair: 'orders', code: null }]);
		expect(kinds({ sums }, 1)).toEqual([]);
	});

	it('missing, several, and what a person has to decide', () => {
		expect(orderDifferences(order({ error: report('ORDER_NOT_FOUND') }), 0)).toMatchObject([{ kind: 'orderMissing', code: 'ORDER_NOT_FOUND', repair: null }]);
		expect(kinds({ error: report('ORDER_STORE_AMBIGUOUS') })).toEqual(['orderDuplicate']);
		expect(orderDifferences(order({ error: report('ORDER_REVIEW'), changes: [{ field: 'statusId', from: 'N', to: 'A' }] }), 0)).toMatchObject([{ kind: 'orderStatus', code: 'ORDER_REVIEW', repair: null }]);
		expect(['ORDER_NOT_FOUND', 'ORDER_REVIEW', 'CONNECTION_TIMEOUT'].map((code) => isOrderUnread({ code } as never))).toEqual([false, false, true]);
		expect(kinds({ error: report('CONNECTION_TIMEOUT'), sums: { moySklad: 1, bitrix: 2, currency: 'RUB' } })).toEqual([]);
		expect(extraOrder({ ...who, entity: 'customerorder' }, '5.00 RUB')).toMatchObject({ kind: 'orderExtra', code: 'DRIFT_ORDER_EXTRA', bitrix: '5.00 RUB' });
	});
});

describe('the cursor of a pass', () => {
	it('begins with the first part', () => expect(['', null, undefined].map((value) => readDriftCursor(value, ['goods', 'offers'], 'X'))).toEqual(Array.from({ length: 3 }, () => ({ part: 'goods', after: 0 }))));
	it('may have been kept as text', () => expect(readDriftCursor('{"part":"offers","after":7}', ['goods', 'offers'], 'X')).toEqual({ part: 'offers', after: 7 }));
	it.each(['x', { part: 'orders', after: 1 }, { part: 'goods', after: -1 }, 5])('refuses %j', (value) => {
		expect(() => readDriftCursor(value, ['goods', 'offers'], 'X')).toThrow(expect.objectContaining({ code: 'DRIFT_CURSOR_INVALID' }) as Error);
	});
});
