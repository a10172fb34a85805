import { faultOf, readTable, type Guard } from '../../scripts/setup/guards/table.cjs';

describe('The table of guards', () => {
	const table = readTable();

	it('is still about what stands in our files and tests', () =>
		expect(table.flatMap((row) => faultOf(row) ?? [])).toEqual([]));

	it('has guards against all traps of the sheets', () => {
		const traps = new Set(table.map(({ trap }) => trap));
		const wanted = Array.from({ length: 15 }, (_, index) => `T${index + 1}`);
		expect(wanted.filter((trap) => !traps.has(trap))).toEqual([]);
		expect([...traps].filter((trap) => trap.startsWith('3.4 '))).not.toEqual([]);
	});

	it('breaks each guard in one way only', () => {
		const edits = table.map(({ file, text, broken, name }) => JSON.stringify([file, text, broken, name]));
		expect(new Set(edits).size).toBe(edits.length);
	});
});

describe('The check of the table', () => {
	const row: Guard = {
		trap: 'T1',
		guard: 'orders that were not asked for end the export',
		file: 'core/bitrix/saleOrderList.ts',
		text: 'if (!asked)',
		broken: 'if (false)',
		test: 'test/core/bitrix/saleOrderList.test.ts',
		name: 'T1: asks with dates that Bitrix can read: whole seconds and an offset',
	};

	it('finds nothing in a row that holds', () => expect(faultOf(row)).toBeUndefined());

	it('takes a test that runs with several values by the name that it has with one of them', () =>
		expect(faultOf({ ...row, name: 'T1: a row with {"statusId":"P"} tells that the filter was dropped' })).toBeUndefined());

	it.each([
		['text that is gone', { text: 'if (!wanted)' }, 'stands 0 times'],
		['text that stands there more than once', { text: 'filter' }, /stands \d+ times/],
		['no change', { broken: 'if (!asked)' }, 'nothing is broken'],
		['a file that is gone', { file: 'core/gone.ts' }, 'there is no core/gone.ts'],
		['a file of the tests', { file: 'test/core/bitrix/saleOrderList.test.ts' }, 'is no file of'],
		['a test file that is gone', { test: 'test/gone.test.ts' }, 'there is no test/gone.test.ts'],
		['a test that is gone', { name: 'T1: asks' }, 'has no test'],
		['a test of another trap', { trap: 'T2' }, 'does not say that it is about T2'],
	])('finds %s', (_, changes, why) => expect(faultOf({ ...row, ...changes })).toMatch(why));
});
