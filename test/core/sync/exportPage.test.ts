import { advance, deadLetters, isExportPage, passOf, readExportPage, type WriteResult } from '../../../core';

const owner = { flow: 'orders', siteKey: 'shop', host: 'shop.example.com' };
const cursor = advance(passOf(undefined, owner, { now: '2026-11-21T07:00:00.000Z', overlapMinutes: 10 }), [], null, 10);

const result = (bitrixId: string, status: WriteResult['status'], retryable = false): WriteResult => ({
	status,
	key: 'k',
	moySkladId: null,
	bitrixId,
	changes: [],
	warnings: [],
	...(status === 'failed' || status === 'conflict'
		? { error: { code: 'UNEXPECTED', kind: 'data', retryable, message: '', advice: '' } as const }
		: {}),
});

describe('N2: a page may be confirmed', () => {
	it('when every order of it is stored', () => {
		const stored = (['created', 'updated', 'unchanged', 'skipped'] as const).map((status, index) =>
			result(String(index), status),
		);
		expect(deadLetters(['0', '1', '2', '3'], stored)).toEqual([]);
		expect(deadLetters([], [])).toEqual([]);
	});

	it('when the others failed for good: they are dead letters', () => {
		const results = [result('1', 'created'), result('2', 'failed'), result('3', 'conflict')];
		expect(deadLetters(['1', '2', '3'], results)).toEqual([results[1], results[2]]);
	});

	it('not while an order may still succeed, or nothing is known of it', () => {
		const open = expect.objectContaining({ code: 'ORDER_EXPORT_OPEN', retryable: true }) as Error;
		expect(() => deadLetters(['1', '2'], [result('1', 'created')])).toThrow(open);
		expect(() => deadLetters(['1'], [result('1', 'failed', true)])).toThrow(open);
		expect(() => deadLetters(['1'], [{ ...result('1', 'failed'), error: undefined }])).toThrow(open);
		expect(() => deadLetters(['1'], [result('2', 'created')])).toThrow(/: 1$/);
	});

	it.each(['auth', 'connection', 'limit', 'server'] as const)(
		'not while it is a trouble of kind %s, which is none of the order',
		(kind) => {
			const failed = result('1', 'failed');
			expect(() => deadLetters(['1'], [{ ...failed, error: { ...failed.error, kind } as WriteResult['error'] }])).toThrow(
				expect.objectContaining({ code: 'ORDER_EXPORT_OPEN' }),
			);
		},
	);

	it('not while an order was only previewed: the cursor would leave it behind', () => {
		const previewed = expect.objectContaining({ code: 'PREVIEW_ONLY', message: expect.stringMatching(/: 2$/) as string }) as Error;
		expect(() => deadLetters(['1', '2'], [result('1', 'unchanged'), result('2', 'planned')])).toThrow(previewed);
	});

	it('by the best of several results of one order', () => {
		expect(deadLetters(['1'], [result('1', 'failed', true), result('1', 'created')])).toEqual([]);
		expect(deadLetters(['1'], [result('1', 'created'), result('1', 'failed', true)])).toEqual([]);
		expect(deadLetters(['1'], [result('1', 'failed'), result('1', 'failed', true)])).toHaveLength(1);
	});

	it('results of other orders do not count', () =>
		expect(deadLetters(['1'], [result('1', 'created'), result('9', 'failed', true)])).toEqual([]));
});

describe('the page that is handed in', () => {
	const page = { cursor, orders: ['1'], more: false, confirmed: false };

	it('is one that the export gave, as object or text', () => {
		expect(readExportPage(page, owner)).toEqual(page);
		expect(readExportPage(JSON.stringify(page), owner)).toEqual(page);
		expect(isExportPage(page)).toBe(true);
		expect(isExportPage(result('1', 'created'))).toBe(false);
	});

	it('I5: another store’s is refused', () =>
		expect(() => readExportPage(page, { ...owner, host: 'test.example.com' })).toThrow(
			expect.objectContaining({ code: 'ORDER_CURSOR_FOREIGN' }),
		));

	it.each([undefined, 'x', {}, { ...page, cursor: undefined }, { ...page, orders: [1] }])('%j is refused', (wrong) => {
		expect(() => readExportPage(wrong, owner)).toThrow(expect.objectContaining({ code: 'ORDER_CURSOR_INVALID' }));
	});
});
