import * as fc from 'fast-check';
import { joinTallies, journalReport, journalRows, reportCsv, reportPage, tallyOf, type JournalFilters, type JournalReport, type JournalResult, type JournalRow } from '../../../core';

const NOW = Date.UTC(2026, 10, 30, 9);
const period = { from: NOW - 86_400_000, to: NOW + 1 };

const rowsOf = (flow: string, object: string, results: JournalResult[]): JournalRow[] =>
	journalRows(results, { now: NOW, started: NOW - 8000, flow, run: flow, operation: '', object, source: '', target: '', correlationId: '', calls: 2, limits: [] }, { depth: 'changes', mostRows: 10, mask: { fields: [] }, retention: { days: 1, errorDays: 1 } });

const rows = [
	...rowsOf('orders', 'order', [{ status: 'created', key: '1', bitrixId: '71' }, { status: 'failed', key: '2', moySkladId: 'm2', error: { code: 'ORDER_GOODS_UNKNOWN', message: 'No goods' } }, { status: 'unchanged', key: '3' }]),
	...rowsOf('catalog', 'item', [{ status: 'updated', key: 'cup' }, { status: 'conflict', key: '2', error: { code: 'CATALOG_KEY_FORBIDDEN', message: 'With a sign' } }, { status: 'unchanged', key: 'mug' }]),
];

const asked = (filters: JournalFilters): JournalReport => journalReport(tallyOf(rows, period, filters), period);
const counts = ({ all: { total, written, failed, runs }, errors }: JournalReport) => [total, written, failed, runs, errors.map(({ code, count, examples }) => `${count} ${code} ${examples.join()}`).join('; ')];

describe('R175, R179: the journal is asked for', () => {
	it.each<[string, JournalFilters, ReturnType<typeof counts>]>([
		['nothing in particular', {}, [6, 2, 2, 2, '1 CATALOG_KEY_FORBIDDEN 2; 1 ORDER_GOODS_UNKNOWN 2']],
		['a flow: all its objects', { flow: 'Orders ' }, [3, 1, 1, 1, '1 ORDER_GOODS_UNKNOWN 2']],
		['a kind', { object: 'item' }, [3, 1, 1, 1, '1 CATALOG_KEY_FORBIDDEN 2']],
		['a status', { status: 'failed' }, [1, 0, 1, 1, '1 ORDER_GOODS_UNKNOWN 2']],
		['a status that is no failure', { status: 'updated' }, [1, 1, 0, 1, '']],
		['a code', { code: 'CATALOG_KEY_FORBIDDEN' }, [1, 0, 1, 1, '1 CATALOG_KEY_FORBIDDEN 2']],
		['an object, in all flows', { key: '2' }, [2, 0, 2, 2, '1 CATALOG_KEY_FORBIDDEN 2; 1 ORDER_GOODS_UNKNOWN 2']],
		['an object by its ID on either side', { key: 'M2' }, [1, 0, 1, 1, '1 ORDER_GOODS_UNKNOWN 2']],
		['an object of a flow', { key: '2', flow: 'catalog' }, [1, 0, 1, 1, '1 CATALOG_KEY_FORBIDDEN 2']],
		['what nothing is', { key: '2', status: 'created' }, [0, 0, 0, 0, '']],
	])('%s', (_, filters, expected) => expect(counts(asked(filters))).toEqual(expected));

	it('finds an object whose key is masked in its row, and does not show it either', () => {
		const masked = rowsOf('orders', 'order', [{ status: 'failed', key: '+79161234567' }]);
		const found = journalReport(tallyOf(masked, period, { key: '+79161234567' }), period);
		expect([found.all.total, found.filters]).toEqual([1, { key: '***' }]);
	});

	it('whatever is asked, flow by flow it is as much as in all flows together, and pages give the same', () => {
		const some = (...values: string[]) => fc.option(fc.constantFrom('', ...values), { nil: undefined });
		fc.assert(
			fc.property(fc.record({ object: some('order', 'item'), status: some('created', 'failed', 'conflict'), code: some('ORDER_GOODS_UNKNOWN'), key: some('2', 'cup', '71') }), (filters) => {
				expect(asked({ ...filters, flow: 'orders' }).all.total + asked({ ...filters, flow: 'catalog' }).all.total).toBe(asked(filters).all.total);
				const pages = rows.map((row) => JSON.parse(JSON.stringify(tallyOf([row], period, filters))) as ReturnType<typeof tallyOf>);
				expect(journalReport(joinTallies(pages), period)).toEqual(asked(filters));
			}),
		);
	});

	it('counts that were made for another question are refused', () => {
		const code = expect.objectContaining({ code: 'JOURNAL_FILTERS' });
		expect(() => joinTallies([tallyOf(rows, period, { flow: 'orders' }), tallyOf(rows, period)])).toThrow(code);
		expect(() => joinTallies([tallyOf(rows, period)], { flow: 'orders' })).toThrow(code);
		expect(joinTallies([tallyOf(rows, period, { flow: ' ' })], {}).filters).toBeUndefined();
	});

	it('the page and the table name what they are about', () => {
		const page = reportPage('Report', asked({ flow: 'orders<b>', key: '2' }));
		expect(page).toContain('Only: flow <b>orders&lt;b&gt;</b>, object <b>2</b>. Only objects that have a row of their own in the journal are counted.');
		expect(page).toContain('The journal has nothing of that.');
		expect(reportPage('Report', asked({ flow: 'orders' }))).toContain('Only: flow <b>orders</b>.</p>');
		expect(reportPage('Report', asked({}))).not.toContain('Only:');
		expect(reportCsv(asked({ flow: 'orders' }))).toContain('filter,flow: orders');
	});
});
