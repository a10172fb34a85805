import { csvText, expiry, joinLastRuns, journalMetrics, journalReport, journalRows, joinTallies, readJournalRow, reportCsv, reportPage, tallyOf, totalsOf, type JournalContext, type JournalResult, type JournalRow, type JournalRules, type LastRuns, type LimitUse } from '../../../core';
import { parseMetrics } from './parseMetrics.cts';

const NOW = Date.UTC(2026, 10, 30, 9);
const DAY = 86_400_000;
const LIMIT: LimitUse = { platform: 'moySklad', limit: 'rate', account: '0a1b2c3d', process: 'p1', since: NOW - DAY / 2, calls: 40, refused: 1, waitedMilliseconds: 900, share: 0.75 };

const context = (more: Partial<JournalContext> = {}): JournalContext => ({ now: NOW, started: NOW - 8000, flow: 'orders', run: '17', operation: 'To MoySklad', object: 'order', source: 'bitrix', target: 'moySklad', correlationId: '', calls: 12, limits: [LIMIT], ...more });
const rules = (more: Partial<JournalRules> = {}): JournalRules => ({ depth: 'errors', mostRows: 200, mask: { fields: [] }, retention: { days: 30, errorDays: 180 }, ...more });

const done = (key: string, status: JournalResult['status'] = 'updated'): JournalResult => ({ status, key, moySkladId: `m${key}`, bitrixId: key, changes: [{ field: 'phone', from: '', to: '+79161234567' }, { field: 'status', from: 'N', to: 'P' }], warnings: [] });
const failed = (key: string, code: 'ORDER_GOODS_UNKNOWN' | 'ORDER_SUM_DIFFERS' = 'ORDER_GOODS_UNKNOWN'): JournalResult => ({ ...done(key, 'failed'), changes: [], error: { code, kind: 'data', retryable: false, message: `No good for ivan@example.com in ${key}`, advice: 'Make it.' } });

const period = { from: NOW - DAY, to: NOW + 1 };
const rowsOf = (...calls: Array<[JournalResult[], Partial<JournalContext>]>): JournalRow[] => calls.flatMap(([results, more]) => journalRows(results, context(more), rules()));

describe('R174, R178: rows of the journal', () => {
	it('are none for no results', () => expect(journalRows([], context(), rules({ depth: 'all' }))).toEqual([]));

	it('R175: a failed object has its own, and the summary counts all', () => {
		const rows = journalRows([done('1'), done('2', 'unchanged'), failed('3')], context(), rules());
		expect(rows).toEqual([
			expect.objectContaining({ kind: 'operation', status: 'failed', key: '3', errorCode: 'ORDER_GOODS_UNKNOWN', message: 'No good for *** in 3', flow: 'orders', run: '17', correlationId: '17', duration: 2667, calls: null }),
			expect.objectContaining({ kind: 'summary', status: 'failed', key: '', duration: 8000, calls: 12 }),
		]);
		expect(totalsOf(rows[1] as JournalRow)).toEqual({ total: 3, statuses: { updated: 1, unchanged: 1, failed: 1 }, errors: { ORDER_GOODS_UNKNOWN: 1 }, warnings: {}, limits: [LIMIT] });
	});

	it('R176: every change before and after, masked; unchanged objects only when all are wanted', () => {
		const [row, ...others] = journalRows([done('1'), done('2', 'unchanged')], context(), rules({ depth: 'changes' }));
		expect(JSON.parse(row?.changes ?? '')).toEqual([{ field: 'phone', from: '', to: '***' }, { field: 'status', from: 'N', to: 'P' }]);
		expect(others.map(({ kind }) => kind)).toEqual(['summary']);
		expect(journalRows([done('1'), done('2', 'unchanged')], context(), rules({ depth: 'all' })).map(({ status }) => status)).toEqual(['updated', 'unchanged', 'succeeded']);
	});

	it('stay small: failed ones first where there are too many, and changes as many as fit', () => {
		const rows = journalRows([...Array.from({ length: 50 }, (_, index) => done(String(index))), failed('x')], context(), rules({ depth: 'all', mostRows: 3 }));
		expect(rows.map(({ status }) => status)).toEqual(['failed', 'updated', 'updated', 'failed']);
		const wide = { ...done('1'), changes: Array.from({ length: 500 }, (_, index) => ({ field: `field ${index}`, from: 'a'.repeat(300), to: index })) };
		const changes = journalRows([wide], context(), rules({ depth: 'all' }))[0]?.changes ?? '';
		expect(changes.length).toBeLessThan(2100);
		expect(JSON.parse(changes).at(-1).to).toMatch(/^49\d more$/);
	});

	it('a failure without a code has UNEXPECTED, and a conflict that only warns has the code of its warning', () => {
		const rows = journalRows([{ error: 'Out of paper' }, { status: 'conflict', key: 'k', warnings: [{ code: 'ORDER_SUM_DIFFERS', message: 'It differs', advice: '' }] }], context(), rules());
		expect(rows.map(({ errorCode }) => errorCode)).toEqual(['UNEXPECTED', 'ORDER_SUM_DIFFERS', '']);
		expect(rows[0]?.message).toBe('Out of paper');
	});

	it('take no code that is none: it would be a label of metrics', () => {
		const results = [{ status: 'failed', error: { code: '400 ivan@example.com', message: 'Refused' } }, { status: 'updated', warnings: [{ code: '+79161234567' }] }] as unknown as JournalResult[];
		const rows = journalRows(results, context(), rules());
		expect(rows[0]?.errorCode).toBe('UNEXPECTED');
		expect(totalsOf(rows[1] as JournalRow)).toMatchObject({ errors: { UNEXPECTED: 1 }, warnings: { UNEXPECTED: 1 } });
	});

	it('R181: expire, errors and summaries later than others', () => {
		const rows = journalRows([done('1'), failed('2')], context(), rules({ depth: 'changes' }));
		expect(rows.map(({ kind, status, expires }) => [kind, status, ((expires ?? 0) - NOW) / DAY])).toEqual([['operation', 'failed', 180], ['operation', 'updated', 30], ['summary', 'failed', 180]]);
		expect(expiry(NOW, true, { days: 90, errorDays: 30 })).toBe(NOW + 90 * DAY);
	});

	it('are read back from both kinds of tables', () => {
		const [row] = journalRows([failed('3')], context(), rules()) as [JournalRow];
		expect(readJournalRow({ ...row, id: 5, createdAt: 'x' })).toEqual(row);
		const columns = Object.fromEntries(Object.entries(row).map(([name, value]) => [name === 'moySkladId' ? 'moysklad_id' : name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`), value]));
		expect(readJournalRow({ ...columns, time: new Date(row.time), expires: String(row.expires) })).toEqual(row);
		expect(readJournalRow({})).toBeUndefined();
	});
});

describe('R187: the report', () => {
	const rows = rowsOf(
		[[done('1'), done('2', 'created'), failed('3')], { now: NOW - 7_200_000, started: NOW - 7_201_000 }],
		[[done('4', 'unchanged')], { flow: 'catalog', object: 'item', run: '18' }],
		[[failed('3'), failed('5', 'ORDER_SUM_DIFFERS')], { run: '19', limits: [{ ...LIMIT, calls: 90, waitedMilliseconds: 1000, share: 0.2 }] }],
		[[failed('old')], { now: NOW - 2 * DAY }],
	);
	const report = journalReport(tallyOf(rows, period), period, { queues: { inbox: 7, 'dead letters': 1 } });

	it('counts what the period has, by flow and by kind', () => {
		expect(report.all).toEqual({ total: 6, written: 2, unchanged: 1, failed: 3, success: 50, runs: 3, failedRuns: 2, p50: expect.any(Number), p95: expect.any(Number), calls: 36 });
		expect(report.flows.map(({ flow, total, failed: bad, success }) => [flow, total, bad, success])).toEqual([['orders', 5, 3, 40], ['catalog', 1, 0, 100]]);
		expect(report.objects.map(({ object, total }) => [object, total])).toEqual([['order', 5], ['item', 1]]);
		expect(report.times).toHaveLength(25);
		expect(report.times.reduce((sum, { succeeded, failed: bad }) => sum + succeeded + bad, 0)).toBe(6);
	});

	it('R184: durations are exact to a few percent', () => {
		const spread = journalReport(tallyOf(rowsOf(...Array.from({ length: 100 }, (_, index): [JournalResult[], Partial<JournalContext>] => [[done('1')], { run: `run ${index}`, started: NOW - (index + 1) * 100 }])), period), period).all;
		expect(Math.abs((spread.p50 ?? 0) / 5000 - 1)).toBeLessThan(0.03);
		expect(Math.abs((spread.p95 ?? 0) / 9500 - 1)).toBeLessThan(0.03);
	});

	it('R188: every error has its advice, whose they are, and how many objects', () => {
		expect(report.errors.map(({ code, count, affected, examples, flows }) => ({ code, count, affected, examples, flows }))).toEqual([
			{ code: 'ORDER_GOODS_UNKNOWN', count: 2, affected: 1, examples: ['3'], flows: ['orders'] },
			{ code: 'ORDER_SUM_DIFFERS', count: 1, affected: 1, examples: ['5'], flows: ['orders'] },
		]);
		for (const { advice, message } of report.errors) expect([advice.length > 10, /\{\w+\}/.test(advice + message)]).toEqual([true, false]);
	});

	it('R188: names an object by what people find: its key, else its number in the store, else its ID', () => {
		const made = '3eef91f4-4b8e-5825-a09a-9f9380dbe132';
		const named = (more: Partial<JournalResult>): string[] => journalReport(tallyOf(rowsOf([[{ ...failed('x'), ...more }], {}]), period), period).errors[0]?.examples ?? [];
		expect([named({ key: 'cup' }), named({ key: made, bitrixId: '17' }), named({ key: '', bitrixId: null, moySkladId: 'm1' }), named({ key: made, bitrixId: null, moySkladId: null })]).toEqual([['cup'], ['17'], ['m1'], [made]]);
	});

	it('R186: the use of limits is what was counted in the period, and the highest share', () =>
		expect(report.limits).toEqual([{ platform: 'moySklad', limit: 'rate', account: '0a1b2c3d', processes: 1, calls: 90, refused: 1, waitedMilliseconds: 1000, share: 0.75 }]));

	it('pages of rows give the same report as all at once', () => {
		const pages = rows.map((row) => tallyOf([row], period));
		expect(journalReport(joinTallies(JSON.parse(JSON.stringify(pages))), period, { queues: report.queues })).toEqual(report);
	});

	describe('N5: a run that tells the journal after each page', () => {
		const HOUR = DAY / 24;
		const page = (run: string, now: number, took: number, results: JournalResult[] = [done('1')]): [JournalResult[], Partial<JournalContext>] => [results, { run, now, started: now - took }];
		/** The runs of rows that are read one by one, as a journal of many pages is. */
		const runsOf = (written: JournalRow[]): ReturnType<typeof journalReport>['all'] =>
			journalReport(written.reduce((tally, row) => joinTallies([JSON.parse(JSON.stringify(tally)), tallyOf([row], period)]), joinTallies([])), period).all;

		it('is one run, from the beginning of its first page to the end of its last one, and failed when a page did', () => {
			const written = rowsOf(page('long', NOW - 60_000, 10_000, [failed('x')]), page('other', NOW - 50_000, 1000), page('long', NOW - 30_000, 10_000), page('long', NOW, 10_000));
			const { runs, failedRuns, total, p95 } = runsOf(written);
			expect({ runs, failedRuns, total }).toEqual({ runs: 2, failedRuns: 1, total: 4 });
			expect(Math.abs((p95 ?? 0) / 70_000 - 1)).toBeLessThan(0.03);
		});

		it('keeps nothing of runs that have been silent for hours, and counts them once', () => {
			const written = rowsOf(...Array.from({ length: 20 }, (_, hour) => [page(`run ${hour}`, NOW - (19 - hour) * HOUR, 1000), page(`run ${hour}`, NOW - (19 - hour) * HOUR + 2000, 1000)]).flat());
			const tally = written.reduce((before, row) => joinTallies([before, tallyOf([row], { ...period, to: NOW + DAY })]), joinTallies([]));
			expect(Object.keys(tally.flows.orders?.open ?? {})).toEqual(['run 13', 'run 14', 'run 15', 'run 16', 'run 17', 'run 18', 'run 19']);
			expect(journalReport(tally, { ...period, to: NOW + DAY }).all).toMatchObject({ runs: 20, total: 40 });
		});

		it('rows that name no run are a run each', () => expect(runsOf(rowsOf(page('', NOW - 2000, 100), page('', NOW - 1000, 100))).runs).toBe(2));
	});

	it('is a page for e-mail: no script, no style sheet, nothing from elsewhere, and what people wrote is text', () => {
		const evil = rowsOf([[{ ...failed('<b>&"'), error: { code: 'ORDER_GOODS_UNKNOWN', message: '<script>alert(1)</script>' } }], { flow: '<img src=x>' }]);
		const html = reportPage('Weekly <report>', journalReport(joinTallies([tallyOf(rows, period), tallyOf(evil, period)]), period, { queues: report.queues }));
		expect(html).toContain('<svg');
		expect(html).not.toMatch(/<script|<style|<link|<img|https?:\/\/(?!www\.w3\.org\/2000\/svg)/);
		expect(html).toContain('&lt;script&gt;');
		for (const [, width] of html.matchAll(/width="(\d+)"/g)) expect(Number(width)).toBeLessThanOrEqual(600);
		expect(html.length).toBeLessThan(100_000);
	});

	it('N5: says when the journal does not reach back to its beginning, and only then', () => {
		const begun = (journalBegins?: number) => journalReport(tallyOf(rows, period), period, { journalBegins });
		for (const whole of [begun(), begun(period.from), begun(period.from - DAY)]) {
			expect(whole.journalBegins).toBeNull();
			expect(reportPage('Weekly report', whole) + reportCsv(whole)).not.toMatch(/Not the whole time|journalBegins/);
		}
		const short = begun(NOW - DAY / 2);
		expect(short.journalBegins).toBe('2026-11-29T21:00:00.000Z');
		expect(reportPage('Weekly report', short)).toMatch(/Not the whole time.*2026-11-30 00:00/);
		expect(reportCsv(short)).toContain('journalBegins,2026-11-29T21:00:00.000Z');
	});

	it('says so when there was nothing', () => {
		const html = reportPage('Daily report', journalReport(tallyOf([], period), period));
		expect(html).toContain('No flow told the journal anything.');
		expect(html).not.toMatch(/NaN|null|undefined/);
	});

	it('is a table, too: RFC 4180, and no formula of strangers', () => {
		expect(csvText([['a"b', 'c,d', 'e\nf', null, -5], ['=1+1', '+7', '-x', '@SUM(A1)']])).toBe('"a""b","c,d","e\nf",,-5\r\n\'=1+1,\'+7,\'-x,\'@SUM(A1)\r\n');
		const lines = reportCsv(report).split('\r\n');
		expect(lines[0]).toMatch(/^part,name,count/);
		expect(lines).toContain('object,order,5,2,0,3,40,,,,,,,,');
		expect(lines.filter((line) => line.startsWith('error,ORDER_GOODS_UNKNOWN,2'))).toHaveLength(1);
	});
});

describe('R183 to R186: metrics', () => {
	const rows = rowsOf([[done('1'), failed('3')], { flow: 'a "b"\\c\nd' }], [[done('1')], {}]);
	const text = journalMetrics(tallyOf(rows, period), period, { queues: { inbox: 7 }, limits: [{ ...LIMIT, calls: 50 }] });

	it('are Prometheus’ text format, with a help and a type for each, and escaped labels', () => {
		const metrics = parseMetrics(text);
		expect(metrics.msbx_operations).toEqual({
			type: 'gauge',
			samples: [
				{ labels: { flow: 'a "b"\\c\nd', object: 'order', status: 'updated' }, value: 1 },
				{ labels: { flow: 'a "b"\\c\nd', object: 'order', status: 'failed' }, value: 1 },
				{ labels: { flow: 'orders', object: 'order', status: 'updated' }, value: 1 },
			],
		});
		expect(metrics.msbx_errors?.samples).toEqual([{ labels: { code: 'ORDER_GOODS_UNKNOWN', kind: expect.any(String) }, value: 1 }]);
		expect(metrics.msbx_queue_rows?.samples).toEqual([{ labels: { queue: 'inbox' }, value: 7 }]);
		expect(metrics.msbx_api_calls_total).toEqual({ type: 'counter', samples: [{ labels: { platform: 'moySklad', account: '0a1b2c3d', process: 'p1' }, value: 50 }] });
		for (const [name, { type }] of Object.entries(metrics)) expect([name, name.endsWith('_total')]).toEqual([name, type === 'counter']);
	});

	it('R189: tell when each flow ran last, also one that had nothing to tell in the period; of two times the later', () => {
		const orders = NOW / 1000;
		const lastOf = (lastRuns: LastRuns, told = tallyOf(rows, period)) => Object.fromEntries(parseMetrics(journalMetrics(told, period, { lastRuns })).msbx_last_run_timestamp_seconds?.samples.map(({ labels, value }) => [labels.flow, value]) ?? []);
		expect(lastOf({ idle: NOW - 5000, dead: NOW - 9 * DAY, orders: NOW - DAY })).toEqual({ 'a "b"\\c\nd': orders, orders, idle: orders - 5, dead: orders - 9 * 86_400 });
		expect(lastOf({ orders: NOW + 1000 }).orders).toBe(orders + 1);
		expect(lastOf(joinLastRuns({ idle: 1000 }, tallyOf(rows, period)), tallyOf([], period))).toEqual({ 'a "b"\\c\nd': orders, orders, idle: 1 });
	});

	it('have no ids of objects and runs in their labels', () => expect(text).not.toMatch(/m1|m3|run=|key=/));
});
