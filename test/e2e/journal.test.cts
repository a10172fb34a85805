import * as fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';
import { hostileRows } from '../core/journal/hostileResults.cts';
import { waitFor } from '../n8n/waiting.cts';
import { parseMetrics } from '../core/journal/parseMetrics.cts';
import { Installation } from '../demo/installation.cts';
import { Scratch } from '../queue/scratch.cts';
import { changeSetting } from './changeSetting.cts';
import { useDatabase } from './inboxEvents.cts';
import { journalOf, publishJournal, registeredJournal } from './journalTables.cts';

const WITHIN_MS = 120_000;
const DAY = 86_400_000;

const failed = (key: string, code = 'ORDER_GOODS_UNKNOWN') => ({ status: 'failed', key, moySkladId: null, bitrixId: key, changes: [], warnings: [], error: { code, kind: 'missing', retryable: false, message: 'No goods for ivan@example.com, +7 916 123-45-67', advice: 'Make them.' } });
const updated = (key: string) => ({ status: 'updated', key, moySkladId: 'm', bitrixId: key, changes: [{ field: 'phone', from: '+79160000001', to: '+79160000002' }, { field: 'status', from: 'N', to: 'P' }], warnings: [] });
const call = (results: object[], more: object = {}): IDataObject => ({ flow: 'orders', run: '4711', operation: 'To MoySklad', object: 'order', source: 'bitrix', target: 'moySklad', started: Date.now() - 3000, results, ...more }) as unknown as IDataObject;

describe('Templates 31, 33 and 33b: journal and reports', () => {
	let installation: Installation;

	beforeAll(async () => {
		installation = await Installation.start({ moySklad: { size: { products: 4, variantShare: 0, bundles: 0, services: 0, pictures: 0 } } });
	}, 300_000);
	afterAll(async () => await installation?.stop());

	async function run(number: string, trigger: string, items?: IDataObject[]) {
		const done = (await installation.api.run(installation.workflow(number).id, trigger, items?.map((json) => ({ json })), WITHIN_MS)).run;
		if (done.error) throw done.error;
		return done;
	}
	const tell = async (...calls: IDataObject[]) => await run('33', 'Called', calls);

	it('a report without a journal says what to do', async () => {
		const { run: done } = await installation.api.run(installation.workflow('31').id, 'Report Now', undefined, WITHIN_MS);
		expect({ executed: done.executed, error: done.error?.message }).toMatchObject({ executed: expect.arrayContaining(['No Journal']), error: expect.stringContaining('publish the workflow Journal first') });
	});

	it('enters itself once when it is published, and by hand', async () => {
		await publishJournal(installation);
		expect((await run('33', 'Register')).node('Registered').json()).toMatchObject([{ journal: installation.workflow('33').id }]);
		expect(await registeredJournal(installation)).toBe(installation.workflow('33').id);
	});

	it('N5, R221: keeps failures and a summary, masked; nothing of no results', async () => {
		await tell(call([updated('1'), failed('2'), failed('3')]), call([updated('4')], { flow: 'catalog', object: 'item' }));
		await tell(call([]));
		const rows = await journalOf(installation);
		expect(rows.map(({ kind, flow, key, status, errorCode }) => [kind, flow, key, status, errorCode])).toEqual([
			['operation', 'orders', '2', 'failed', 'ORDER_GOODS_UNKNOWN'],
			['operation', 'orders', '3', 'failed', 'ORDER_GOODS_UNKNOWN'],
			['summary', 'orders', '', 'failed', ''],
			['summary', 'catalog', '', 'succeeded', ''],
		]);
		expect(JSON.stringify(rows)).not.toMatch(/example\.com|123-45-67|9160000/);
		expect(rows[0]?.message).toBe('No goods for ***, ***');
	});

	it('R181: forgets what has expired before it writes, and above the most the oldest rows of objects, summaries much later', async () => {
		const { id } = await installation.api.dataTables.named('msbx_journal');
		const [first] = await journalOf(installation);
		await installation.api.dataTables.update(id, [{ columnName: 'id', condition: 'eq', value: first?.id ?? 0 }], { expires: Date.now() - 1000 });
		await tell(call([failed('5')], { run: '4712' }));
		expect((await journalOf(installation)).map(({ kind, key }) => `${kind} ${key}`)).toEqual(['operation 3', 'summary ', 'summary ', 'operation 5', 'summary ']);
		const rows = await journalOf(installation);
		for (const { kind, expires } of rows) expect(Math.round((expires - Date.now()) / DAY)).toBe(kind === 'summary' ? 180 : 180);
		await changeSetting(installation, '33', 'mostObjectRows', 2);
		await tell(call([updated('6')], { run: '4713' }));
		expect((await journalOf(installation)).map(({ kind, key }) => `${kind} ${key}`)).toEqual(['summary ', 'summary ', 'operation 5', 'summary ', 'summary ']);
		await changeSetting(installation, '33', 'mostSummaryRows', 2);
		await tell(call([updated('7')], { run: '4714' }));
		expect((await journalOf(installation)).map(({ kind, key, run }) => `${kind} ${key}${run}`)).toEqual(['operation 54712', 'summary 4712', 'summary 4713', 'summary 4714']);
		await changeSetting(installation, '33', 'mostObjectRows', 50_000);
		await changeSetting(installation, '33', 'mostSummaryRows', 200_000);
	});

	it('R187, R188: the report has totals, errors with their advice and queues, as a page and as a table', async () => {
		await installation.api.dataTables.create('msbx_inbox', [{ name: 'entity', type: 'string' }]);
		await installation.api.dataTables.insert((await installation.api.dataTables.named('msbx_inbox')).id, [{ entity: 'product' }, { entity: 'product' }]);
		const done = await run('31', 'Report Now');
		const [report] = done.node('Make Report').outputs[0] ?? [];
		expect(report?.json).toMatchObject({ subject: expect.stringMatching(/^Report of the last 24 hours: 66\.6 % of 3 objects/), all: { total: 3, failed: 1, runs: 3 }, queues: { inbox: 2 } });
		expect(report?.json.errors).toMatchObject([{ code: 'ORDER_GOODS_UNKNOWN', count: 1, examples: ['5'] }]);
		expect(String(report?.json.html)).toContain('<svg');
		expect(Object.keys(report?.binary ?? {})).toEqual(['report', 'numbers']);
		expect([report?.json.journalBegins, report?.json.html]).toEqual([(await journalOf(installation)).find(({ kind }) => kind === 'summary')?.time, expect.stringContaining('Not the whole time')]);
		for (const trigger of ['Every Day', 'Every Week', 'Every Month', 'Every Quarter']) {
			const done = await run('31', trigger);
			const { title, from, to } = done.node('Which Period').json()[0] ?? {};
			expect([title, Number(to) > Number(from), Number(to) <= Date.now()]).toEqual([expect.stringContaining('ly report'), true, true]);
			if (trigger === 'Every Week') expect((done.node('Make Report').json()[0]?.times as unknown[]).length).toBe(7);
		}
	});

	it('R179: answers a question of Settings, and schedules go on reporting all', async () => {
		await changeSetting(installation, '31', 'nowCode', 'ORDER_GOODS_UNKNOWN');
		expect((await run('31', 'Report Now')).node('Make Report').json()[0]).toMatchObject({ filters: { code: 'ORDER_GOODS_UNKNOWN' }, all: { total: 1, failed: 1 }, errors: [{ examples: ['5'] }] });
		expect((await run('31', 'Every Day')).node('Make Report').json()[0]).toMatchObject({ filters: {} });
		await changeSetting(installation, '31', 'nowCode', '');
	});

	it('counts page by page what is more than a page', async () => {
		const { id } = await installation.api.dataTables.named('msbx_journal');
		const summary = (await journalOf(installation)).at(-1);
		const { id: _id, createdAt: _createdAt, updatedAt: _updatedAt, ...row } = summary as NonNullable<typeof summary>;
		for (let begin = 0; begin < 2100; begin += 350) await installation.api.dataTables.insert(id, Array.from({ length: 350 }, () => row) as never);
		const done = await run('31', 'Report Now');
		expect(done.runsOf('Next Page')).toHaveLength(3);
		expect(done.node('Make Report').json()[0]).toMatchObject({ all: { total: 2103, failed: 1 } });
	});

	it('R183, R189: Prometheus reads the metrics at their address', async () => {
		await installation.publish('31');
		const address = await installation.api.webhookUrl(installation.workflow('31'), 'Metrics');
		const answer = await fetch(address);
		expect([answer.status, answer.headers.get('content-type')]).toEqual([200, expect.stringMatching(/^text\/plain;.*version=0\.0\.4/)]);
		const metrics = parseMetrics(await answer.text());
		expect(metrics.msbx_errors?.samples).toEqual([{ labels: { code: 'ORDER_GOODS_UNKNOWN', kind: 'missing' }, value: 1 }]);
		expect(metrics.msbx_queue_rows?.samples).toContainEqual({ labels: { queue: 'inbox' }, value: 2 });
		// A flow that only moves its row there, since it has nothing to do, and a row that no run ever took.
		const flows = await waitFor('msbx_flows', WITHIN_MS, async () => (await installation.api.dataTables.list()).find(({ name }) => name === 'msbx_flows'));
		await installation.api.dataTables.insert(flows.id, [{ flow: 'idle', leaseUntil: 0, owner: '17', state: '', progress: '' }, { flow: 'inbox receiver', leaseUntil: 0, owner: '', state: '', progress: '' }]);
		// And the journal forgets all.
		const journal = (await installation.api.dataTables.named('msbx_journal')).id;
		const lastRuns = async (): Promise<Record<string, number>> => Object.fromEntries((parseMetrics(await (await fetch(address)).text()).msbx_last_run_timestamp_seconds?.samples ?? []).map(({ labels, value }) => [labels.flow ?? '', value]));
		const before = await lastRuns();
		expect(Object.keys(before).sort()).toEqual(['idle', 'orders']);
		expect(Math.abs(Number(before.idle) - Date.now() / 1000)).toBeLessThan(WITHIN_MS / 1000);
		await installation.api.dataTables.update(journal, [{ columnName: 'id', condition: 'gt', value: 0 }], { time: '2020-01-01T00:00:00.000Z' });
		const [{ id: kept = 0 } = {}] = (await installation.api.dataTables.rows(flows.id, { filters: [{ columnName: 'flow', condition: 'eq', value: 'metrics' }] })).data;
		expect(kept).toBeGreaterThan(0);
		expect(await lastRuns()).toEqual(before);
		await installation.unpublish('31');
	});

	describe('33b: in PostgreSQL', () => {
		let database: Scratch;
		beforeAll(async () => {
			database = await Scratch.make();
			await useDatabase(installation, database.database, '33b');
			await publishJournal(installation, '33b');
		});
		afterAll(async () => await database?.remove());

		const rows = async (table = 'msbx_journal'): Promise<IDataObject[]> => (await database.query(`select * from ${table} order by id`)) as IDataObject[];
		const tellDatabase = async (...calls: IDataObject[]) => await run('33b', 'Called', calls);

		it('R176: keeps every object that was changed, before and after, masked; a table that is gone is made anew', async () => {
			await tellDatabase(call([updated('1'), { ...updated('2'), status: 'unchanged', changes: [] }, failed('3')]));
			expect((await rows()).map(({ kind, key, status }) => [kind, key, status])).toEqual([['operation', '3', 'failed'], ['operation', '1', 'updated'], ['summary', '', 'failed']]);
			expect((await rows())[1]?.changes).toEqual([{ field: 'phone', from: '***', to: '***' }, { field: 'status', from: 'N', to: 'P' }]);
			await database.query('drop table msbx_journal');
			await tellDatabase(call([updated('4')]));
			expect((await rows()).map(({ key }) => key)).toEqual(['4', '']);
		});

		it('R174: keeps the rows of a call in which a text is cut at an emoji, or holds what the database refuses', async () => {
			const before = (await rows()).length;
			const hostile = { ...updated('2'), changes: [{ field: 'weight', from: '\ud83d\0', to: `${'a'.repeat(199)}😀😀` }] };
			await tellDatabase(call([{ ...failed('1\0'), error: 'No\0 paper \ude00' }, hostile], { object: 'item' }));
			const [first, second, ...others] = (await rows()).slice(before);
			expect(first).toMatchObject({ key: '1', message: 'No paper ' });
			expect(second?.changes).toEqual([{ field: 'weight', from: '', to: `${'a'.repeat(199)}😀…` }]);
			expect(others.map(({ kind }) => kind)).toEqual(['summary']);
			await database.query('delete from msbx_journal where id > (select max(id) - 3 from msbx_journal)');
			for (const made of fc.sample(hostileRows, 200)) {
				await database.query('select $1::jsonb', [JSON.stringify(made)]);
				for (const { changes, totals } of made) await database.query("select nullif($1, '')::jsonb, nullif($2, '')::jsonb", [changes, totals]);
			}
		});

		it('R181: moves what has expired into the archive, failures later, and forgets it there at last', async () => {
			const days = (await rows()).map(({ expires }) => Math.round((Number(expires) - Date.now()) / DAY));
			expect(days).toEqual([90, 180]);
			await database.query("update msbx_journal set expires = 1 where key = '4'");
			await tellDatabase(call([failed('5')]));
			expect((await rows()).map(({ key }) => key)).toEqual(['', '5', '']);
			expect((await rows('msbx_journal_archive')).map(({ key }) => key)).toEqual(['4']);
			await database.query("update msbx_journal_archive set archived_at = now() - interval '800 days'");
			await tellDatabase(call([updated('6')]));
			expect(await rows('msbx_journal_archive')).toEqual([]);
		});

		it('R179: answers a question about an object that went through', async () => {
			await changeSetting(installation, '31', 'nowKey', '6');
			expect((await run('31', 'Report Now')).node('Make Report').json()[0]).toMatchObject({ filters: { key: '6' }, all: { total: 1, written: 1, failed: 0 } });
			await changeSetting(installation, '31', 'nowKey', '');
		});

		it('reports are made of the journal that was registered last', async () =>
			expect((await run('31', 'Report Now')).node('Make Report').json()[0]).toMatchObject({ journalBegins: expect.stringMatching(/Z$/), all: { total: 3, written: 2, failed: 1 }, errors: [{ code: 'ORDER_GOODS_UNKNOWN', examples: ['5'] }] }));
	});
});
