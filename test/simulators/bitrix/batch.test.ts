import { connect, must, readAnswer, type Rest } from './restClient';
import { startBitrix, type RunningBitrix } from './start.cts';

let bitrix: RunningBitrix;
let rest: Rest;

beforeAll(async () => {
	bitrix = await startBitrix({ edition: 'box' });
	rest = connect(bitrix);
});
afterAll(async () => await bitrix.close());

it('runs commands under their keys, in order, with totals, next pages and times', async () => {
	const { measures, broken } = { measures: 'catalog.measure.list?filter[>code]=163', broken: 'catalog.product.get?id=1' };
	const { status, result } = await rest('batch', {
		halt: 0,
		cmd: { measures, broken, statuses: 'sale.status.list?filter[type]=D&select[]=id' },
	});
	expect(status).toBe(200);
	expect(result.result).toEqual({
		measures: { measures: [expect.objectContaining({ code: 166 }), expect.objectContaining({ code: 796 })] },
		statuses: { statuses: [{ id: 'DN' }, { id: 'DD' }, { id: 'DF' }] },
	});
	expect(result.result_error).toEqual({ broken: { error: '', error_description: 'product does not exist.' } });
	expect(result.result_total).toEqual({ measures: 2, statuses: 3 });
	expect(result.result_next).toEqual([]);
	expect(Object.keys(result.result_time ?? {})).toEqual(['measures', 'statuses']);
});

it('takes a list of commands, and gives back lists', async () => {
	const result = await must(rest('batch', { cmd: ['server.time', 'catalog.document.mode.status'] }));
	expect(result.result).toEqual([expect.stringMatching(/\+03:00$/), 'N']);
});

it('takes commands as a method and its parameters', async () => {
	const result = await must(
		rest('batch', { cmd: { a: ['catalog.vat.get', { id: 3 }], b: { method: 'catalog.vat.get', params: { id: 4 } } } }),
	);
	expect(result.result).toMatchObject({ a: { vat: { rate: 10 } }, b: { vat: { rate: 20 } } });
});

it('takes a form, in which the whole command is encoded once more', async () => {
	const body = new URLSearchParams({
		'cmd[one]': `catalog.measure.add?fields[code]=201&fields[measureTitle]=${encodeURIComponent('a&b=c d+e')}`,
	});
	const { result } = await readAnswer(await fetch(`${bitrix.webhookUrl}batch`, { method: 'POST', body }));
	expect(result.result).toMatchObject({ one: { measure: { measureTitle: 'a&b=c d+e' } } });
});

it('a value that is not encoded ends at the ampersand, and a plus is a space', async () => {
	const result = await must(
		rest('batch', { cmd: { one: 'catalog.measure.add?fields[code]=202&fields[measureTitle]=a+b&c' } }),
	);
	expect(result.result).toMatchObject({ one: { measure: { measureTitle: 'a b' } } });
});

it('later commands use earlier results', async () => {
	const { main } = bitrix.catalogs;
	const cmd = {
		top: `catalog.section.add?fields[iblockId]=${main.products}&fields[name]=Top`,
		below: `catalog.section.add?fields[iblockId]=${main.products}&fields[name]=Below&fields[iblockSectionId]=$result[top][section][id]`,
		list: `catalog.section.list?filter[iblockId]=${main.products}&filter[iblockSectionId]=$result[top][section][id]&select[]=name`,
		first: 'catalog.section.get?id=$result[list][sections][0][id]',
		named: `catalog.section.add?fields[iblockId]=${main.products}&fields[name]=${encodeURIComponent('Copy of $result[below][section][name]!')}`,
		nothing: 'catalog.section.get?id=$result[nowhere][id]',
	};
	const result = await must(rest('batch', { cmd }));
	expect(result.result).toMatchObject({
		below: { section: { iblockSectionId: result.result?.top?.section?.id } },
		list: { sections: [{ name: 'Below' }] },
		named: { section: { name: 'Copy of Below!' } },
	});
	expect(Object.keys(result.result_error ?? {})).toEqual(['first', 'nothing']);
});

it('halt ends it at the first failure', async () => {
	const cmd = { a: 'scope', b: 'nonsense', c: 'scope' };
	for (const halt of [1, '1', true])
		expect(Object.keys((await must(rest('batch', { halt, cmd }))).result ?? {})).toEqual(['a']);
	expect(Object.keys((await must(rest('batch', { halt: 0, cmd }))).result ?? {})).toEqual(['a', 'c']);
});

it('does not run more than fifty commands', async () => {
	const cmd = Object.fromEntries(Array.from({ length: 53 }, (_, index) => [`k${index}`, 'scope']));
	const result = await must(rest('batch', { cmd }));
	expect(Object.keys(result.result ?? {})).toHaveLength(50);
	expect(Object.keys(result.result_error ?? {})).toEqual(['k50', 'k51', 'k52']);
	expect(result.result_error?.k50).toMatchObject({ error: 'ERROR_BATCH_LENGTH_EXCEEDED' });
});

it('does not nest', async () => {
	const result = await must(rest('batch', { cmd: { inner: 'batch?cmd[]=scope' } }));
	expect(result.result_error).toEqual({
		inner: { error: 'ERROR_BATCH_METHOD_NOT_ALLOWED', error_description: expect.any(String) },
	});
});

it('checks scopes and rights of each command', async () => {
	const result = await must(
		connect(bitrix, bitrix.webhooks.manager)('batch', { cmd: { a: 'catalog.measure.list', b: 'sale.order.list' } }),
	);
	expect(Object.keys(result.result ?? {})).toEqual(['a']);
	expect(result.result_error?.b).toMatchObject({ error: 200040300010 });
});

it('calls and commands are counted apart', async () => {
	bitrix.counters.reset();
	await rest('batch', { cmd: ['catalog.PRODUCT.get?id=1', 'scope', 'scope'] });
	const { calls, routes } = bitrix.counters.snapshot();
	expect(calls).toBe(1);
	expect(routes).toMatchObject({
		batch: { calls: 1 },
		'batch > scope': { calls: 2 },
		'batch > catalog.product.get': { calls: 1, statuses: { 400: 1 } },
	});
});
