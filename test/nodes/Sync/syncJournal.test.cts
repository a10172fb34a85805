import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { totalsOf, type JournalRow } from '../../../core';
import type { Engine } from '../../n8n/engine.cts';
import { parseMetrics } from '../../core/journal/parseMetrics.cts';
import { EntityBench } from '../MoySklad/entityBench.cts';

const failed = { status: 'failed', key: '3', moySkladId: null, bitrixId: null, changes: [], warnings: [], error: { code: 'ORDER_GOODS_UNKNOWN', kind: 'missing', retryable: false, message: 'No goods for +7 916 123-45-67', advice: 'Make them.' } };
const updated = { status: 'updated', key: '1', moySkladId: 'm1', bitrixId: '1', changes: [{ field: 'email', from: 'a@example.com', to: 'b@example.com' }], warnings: [] };
const call = { flow: 'orders', run: '900', operation: 'To MoySklad', object: 'order', source: 'bitrix', target: 'moySklad', started: Date.now() - 2000, results: [updated, failed] };

describe('Sync Journal', () => {
	let bench: EntityBench;
	let engine: Engine;
	beforeAll(async () => {
		bench = await EntityBench.start({ size: { products: 8, variantShare: 0, bundles: 0, services: 0 } });
		engine = bench.engine;
	});
	afterAll(async () => await bench.close());

	async function run(parameters: IDataObject, items: IDataObject[]): Promise<IDataObject[]> {
		const done = await engine.runNode({ type: 'syncJournal', parameters: parameters as never, items });
		if (done.error) throw done.error;
		return done.json(0);
	}

	const rowsOf = async (depth = 'changes'): Promise<IDataObject[]> => await run({ operation: 'makeRecords', results: 'lists', depth }, [call]);

	it('R174, R221: makes rows of lists of results, without personal data', async () => {
		const rows = await rowsOf();
		expect(rows.map(({ kind, status, errorCode }) => [kind, status, errorCode])).toEqual([['operation', 'failed', 'ORDER_GOODS_UNKNOWN'], ['operation', 'updated', ''], ['summary', 'failed', '']]);
		expect(rows.at(-1)).toMatchObject({ flow: 'orders', run: '900', operation: 'To MoySklad', source: 'bitrix', target: 'moySklad' });
		expect(Number(rows.at(-1)?.duration)).toBeGreaterThanOrEqual(2000);
		expect(JSON.stringify(rows)).not.toMatch(/example\.com|123-45-67|9160000/);
	});

	it('makes no row of no results, and a code of what is no list', async () => {
		expect(await run({ operation: 'makeRecords', results: 'lists' }, [{ ...call, results: [] }])).toEqual([]);
		await expect(run({ operation: 'makeRecords', results: 'lists' }, [{ ...call, results: 'x' }])).rejects.toMatchObject({ description: expect.stringContaining('JOURNAL_RESULTS_MISSING') });
	});

	it('R177, R186: behind a node, a summary has the calls of the run and how far each limit is used', async () => {
		const node = (name: string, type: string, parameters: object) => ({ id: name, name, type: `n8n-nodes-moysklad-bitrix.${type}`, typeVersion: 1, position: [0, 0] as [number, number], parameters: parameters as never, credentials: { moySkladApi: { id: 'moySkladApi', name: 'moySkladApi' } } });
		const done = await engine.runWorkflow({
			workflow: {
				id: 'w',
				nodes: [node('Read', 'moySkladEntity', { resource: 'product', operation: 'getAll', returnAll: true }), node('Journal', 'syncJournal', { operation: 'makeRecords', flow: 'reading', work: 'Read', run: '={{ $execution.id }}', depth: 'errors' })],
				connections: { Read: { main: [[{ node: 'Journal', type: 'main' as never, index: 0 }]] } },
			},
			start: 'Read',
			credentials: bench.credentials(),
		});
		const [summary, ...others] = done.node('Journal').json(0) as unknown as JournalRow[];
		expect(others).toEqual([]);
		expect(summary).toMatchObject({ kind: 'summary', flow: 'reading', status: 'succeeded' });
		const totals = totalsOf(summary as JournalRow);
		expect(totals.total).toBe(8);
		expect(summary?.calls).toBeGreaterThan(0);
		expect(totals.limits).toContainEqual(expect.objectContaining({ platform: 'moySklad', limit: 'rate', account: expect.stringMatching(/^[0-9a-f]{8}$/), calls: expect.any(Number) }));
		expect(JSON.stringify(totals)).not.toContain(bench.shop.users.admin.token);
	});

	it('R187: makes a report with its page and its table, of rows or of counts of pages', async () => {
		const rows = [...(await rowsOf()), ...(await rowsOf('errors'))];
		const times = { from: '={{ $now.minus({ hours: 1 }) }}', to: '={{ $now.plus({ minutes: 1 }) }}' };
		const parameters = { operation: 'makeReport', title: 'Weekly report', queues: '{ "inbox": 3 }', ...times };
		const done = await engine.runNode({ type: 'syncJournal', parameters: parameters as never, items: rows });
		const [{ json, binary = {} } = { json: {} } as INodeExecutionData] = done.outputs[0] ?? [];
		expect(json).toMatchObject({ subject: 'Weekly report: 50 % of 4 objects went through', all: { total: 4, failed: 2, runs: 1 }, queues: { inbox: 3 }, html: expect.stringContaining('<svg') });
		const text = (name: string): string => Buffer.from(binary[name]?.data ?? '', 'base64').toString('utf8');
		expect(text('report')).toBe((json as IDataObject).html);
		expect(text('numbers')).toMatch(/^\ufeffpart,name,count/);
		expect([binary.report?.mimeType, binary.numbers?.fileName]).toEqual(['text/html', 'report.csv']);
		const tallies = await Promise.all(rows.map(async (row) => (await run({ operation: 'sumUp', ...times }, [row]))[0] as IDataObject));
		expect((await run(parameters, tallies))[0]).toMatchObject({ all: { total: 4, failed: 2, runs: 1 } });
	});

	it('R179: answers questions, of rows or of counts that were made for the same question', async () => {
		const times = { from: '={{ $now.minus({ hours: 1 }) }}', to: '={{ $now.plus({ minutes: 1 }) }}', filters: { key: '3', flow: '' } };
		const rows = await rowsOf();
		expect((await run({ operation: 'makeReport', ...times }, rows))[0]).toMatchObject({ filters: { key: '3' }, all: { total: 1, failed: 1 }, html: expect.stringContaining('Only: object <b>3</b>') });
		const [counted = {}] = await run({ operation: 'sumUp', ...times }, rows);
		expect((await run({ operation: 'makeReport', ...times }, [counted]))[0]).toMatchObject({ all: { total: 1, failed: 1 } });
		await expect(run({ operation: 'makeReport', ...times, filters: {} }, [counted])).rejects.toMatchObject({ description: expect.stringContaining('JOURNAL_FILTERS') });
	});

	it('R187: counts in the days of the zone that is entered, or of the workflow, and says what is none', async () => {
		const parameters = { operation: 'makeReport', from: '2026-11-23T00:00+03:00', to: '2026-11-30T00:00+03:00' };
		expect((await run({ ...parameters, zone: 'Europe/Moscow' }, await rowsOf()))[0]).toMatchObject({ zone: 'Europe/Moscow', times: { length: 7 } });
		for (const zone of ['', undefined]) expect((await engine.runNode({ type: 'syncJournal', parameters: { ...parameters, ...(zone === '' && { zone }) } as never, items: await rowsOf(), timezone: 'Asia/Omsk' })).json(0)[0]).toMatchObject({ zone: 'Asia/Omsk' });
		await expect(run({ ...parameters, zone: 'Moscow' }, await rowsOf())).rejects.toMatchObject({ description: expect.stringContaining('JOURNAL_ZONE') });
	});

	it('R183: makes metrics that Prometheus can read', async () => {
		const [item] = await run({ operation: 'makeMetrics', queues: { inbox: 3 }, lastRuns: '{ "idle": "2026-11-30T09:00:00Z" }', to: '={{ $now.plus({ minutes: 1 }) }}' }, await rowsOf());
		const metrics = parseMetrics(String(item?.text));
		expect(metrics.msbx_operations?.samples).toContainEqual({ labels: { flow: 'orders', object: 'order', status: 'failed' }, value: 1 });
		expect(metrics.msbx_queue_rows?.samples).toEqual([{ labels: { queue: 'inbox' }, value: 3 }]);
		expect(metrics.msbx_last_run_timestamp_seconds?.samples).toContainEqual({ labels: { flow: 'idle' }, value: Date.UTC(2026, 10, 30, 9) / 1000 });
		expect(item?.lastRuns).toEqual({ idle: Date.UTC(2026, 10, 30, 9), orders: expect.any(Number) });
		expect(item?.contentType).toMatch(/^text\/plain; version=0\.0\.4/);
	});

	it('says what is wrong with a time or with queues', async () => {
		await expect(run({ operation: 'makeReport', from: '2026-11-30', to: '2026-11-29' }, [{}])).rejects.toMatchObject({ description: expect.stringContaining('JOURNAL_PERIOD') });
		for (const wrong of ['[', '[]', '{ "inbox": "many" }']) await expect(run({ operation: 'makeMetrics', queues: wrong }, [{}])).rejects.toMatchObject({ description: expect.stringContaining('JOURNAL_QUEUES') });
		for (const wrong of ['[]', '{ "orders": "today" }']) await expect(run({ operation: 'makeMetrics', lastRuns: wrong }, [{}])).rejects.toMatchObject({ description: expect.stringContaining('JOURNAL_LAST_RUNS') });
	});
});
