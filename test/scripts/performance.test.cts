import { pageOf, rowsOf, shown } from '../../scripts/setup/performance.cjs';

describe('The page of all benchmarks', () => {
	it('keeps rows of benchmarks that are not run again', () => {
		const rows = new Map([['matching', '| [`matching`](../test/bench/matching.cts) | usual | 9 s | pairs 3 | 2026-01-01 | a machine |'], ['drift', '| [`drift`](../test/bench/drift.cts) | usual | 8 s | found 20 | 2026-01-01 | a machine |']]);
		const page = pageOf(rows);
		expect(rowsOf(page)).toEqual(rows);
		expect(page.indexOf('`drift`')).toBeLessThan(page.indexOf('`matching`'));
	});

	it('shows figures of any depth', () => {
		expect(shown({ objects: 50, side: { planted: 2, found: null }, rates: [1, 2] })).toBe('objects 50, side: planted 2, found null, rates: 0 1, 1 2');
	});
});
