import type { IDataObject } from 'n8n-workflow';
import { Installation } from '../demo/installation.cts';
import { importCatalog, plainProducts } from '../demo/mainJob.cts';
import { waitFor } from '../n8n/waiting.cts';
import { Scratch } from '../queue/scratch.cts';
import { changeSetting } from './changeSetting.cts';
import { eventsOf, notify, useDatabase } from './inboxEvents.cts';

const WITHIN_MS = 120_000;

/** Templates 10b and 11b in a real n8n, with their inbox in a PostgreSQL database of its own. */
describe('Inbox in PostgreSQL', () => {
	let installation: Installation;
	let database: Scratch;

	beforeAll(async () => {
		database = await Scratch.make();
		const quick = { leaseMinutes: 0.25, mostAttempts: 2, backoffSeconds: 1, rowsPerRun: 5 };
		installation = await Installation.start({ moySklad: { size: { products: 30 } }, settings: { '11b': quick } });
		await importCatalog(installation);
		await useDatabase(installation, database.database, '10b', '11b');
		await installation.publish('10b');
	});
	afterAll(async () => {
		await installation?.stop();
		await database?.remove();
	});

	const until = async (what: string, look: () => Promise<boolean> | boolean): Promise<void> => void (await waitFor(what, WITHIN_MS, async () => (await look()) || undefined));
	const rows = async (table = 'msbx_inbox'): Promise<IDataObject[]> => (await database.query(`select * from ${table} order by id`)) as IDataObject[];
	const waiting = async (count: number): Promise<void> => await until(`${count} inbox rows`, async () => (await rows()).length === count);
	const product = (index: number): Record<string, unknown> => plainProducts(installation.moySklad)[index] as Record<string, unknown>;
	const element = (key: unknown) => installation.bitrix.portal.store.elements.where('xmlId', String(key))[0];
	const report = async (entity: string, ...ids: unknown[]): Promise<number> => await notify(installation.moySklad, eventsOf(installation.moySklad, entity, ids.map(String)));
	const runWorker = async () => await installation.api.run(installation.workflow('11b').id, 'Run Now', undefined, WITHIN_MS);

	it('makes its tables when it is published, and keeps a row for each object', async () => {
		await until('The tables', async () => (await database.query("select to_regclass('msbx_schema') as made"))[0]?.made !== null);
		expect(await report('product', ...Array<unknown>(50).fill(product(0).id), product(1).id)).toBe(204);
		expect(await report('product', product(0).id)).toBe(204);
		await until('Both notifications', async () => (await rows()).some(({ changes }) => Number(changes) === 2));
		expect((await rows()).map(({ entity, object_id: id }) => [entity, id])).toEqual(expect.arrayContaining([['product', product(0).id], ['product', product(1).id]]));
		expect(await rows()).toHaveLength(2);
	});

	it('makes a table that somebody dropped anew, and stores then', async () => {
		await database.query('drop table msbx_inbox');
		expect(await report('product', product(2).id)).toBe(204);
		await until('The table', async () => (await database.query("select to_regclass('msbx_inbox') as made"))[0]?.made !== null);
		await waiting(1);
		await until('The end of its run', async () => (await installation.api.executions(installation.workflow('10b').id)).every(({ status }) => status !== 'running'));
		expect((await rows()).map(({ changes }) => Number(changes))).toEqual([1]);
	});

	it('brings what waits into the store with several runs, and keeps what no flow handles as a dead letter', async () => {
		const changed = Array.from({ length: 12 }, (_, index) => Object.assign(product(index), { weight: index + 0.5 }));
		await report('product', ...changed.map(({ id }) => id));
		await report('counterparty', installation.firstId('counterparty'));
		await installation.publish('11b');
		await waiting(0);
		for (const { externalCode, weight } of changed) expect(element(externalCode)?.weight).toBe(Number(weight) * 1000);
		expect((await rows('msbx_dead_letters')).map(({ entity, code }) => [entity, code])).toEqual([['counterparty', 'NOT_HANDLED']]);
	});

	it('keeps what changes while a run holds it, and never gives it to a second run', async () => {
		const lease = installation.workflow('11b').nodes.find(({ name }) => name === 'Lease the Rows')?.parameters.query as string;
		const take = async (run: string): Promise<number> => (await database.query(lease, [10, run, 60])).length;
		await installation.unpublish('11b');
		await report('product', product(3).id);
		await waiting(1);
		expect(await take('one')).toBe(1);
		await report('product', product(3).id);
		await until('The change', async () => (await rows()).some(({ changes, taken }) => Number(changes) > Number(taken)));
		expect(await take('two')).toBe(0);
		const acknowledge = installation.workflow('11b').nodes.find(({ name }) => name === 'Acknowledge')?.parameters.query as string;
		expect(await database.query(acknowledge, ['two', '[]'])).toEqual([{ kept: 0, gone: 0, dead: 0 }]);
		expect(await database.query(acknowledge, ['one', '[]'])).toEqual([{ kept: 1, gone: 0, dead: 0 }]);
		expect(await take('two')).toBe(1);
		expect(await database.query(acknowledge, ['two', '[]'])).toEqual([{ kept: 0, gone: 1, dead: 0 }]);
	});

	it('goes on after a kill in the middle of a run, when the lease has run out', async () => {
		const { bitrix, n8n } = installation;
		Object.assign(product(4), { weight: 44 });
		await report('product', product(4).id);
		await waiting(1);
		bitrix.faults.set([{ kind: 'hang', share: 1 }]);
		await installation.publish('11b');
		void runWorker().catch(() => undefined);
		await until('The lease', async () => (await rows()).some(({ lease }) => lease !== null));
		await n8n.kill();
		bitrix.faults.set([]);
		await n8n.restart();
		await until('The empty inbox', async () => {
			await runWorker();
			return (await rows()).length === 0;
		});
		expect(element(product(4).externalCode)?.weight).toBe(44_000);
	});

	it('makes a dead letter of what cannot be written again and again, which can be replayed', async () => {
		const { bitrix } = installation;
		Object.assign(product(5), { weight: 55 });
		bitrix.faults.set([{ kind: 'unavailable', share: 1 }]);
		await report('product', product(5).id);
		await until('The dead letter', async () => {
			await runWorker();
			return (await rows('msbx_dead_letters')).some(({ object_id: id }) => id === product(5).id);
		});
		bitrix.faults.set([]);
		expect(await rows()).toEqual([]);
		await changeSetting(installation, '11b', 'replayDeadLetters', true);
		for (const [setting, other] of [['replayCode', 'NOT_HANDLED_EITHER'], ['replayObject', product(6).id], ['replaySince', '2999-01-01T00:00:00Z']] as const) {
			await changeSetting(installation, '11b', setting, String(other));
			expect((await runWorker()).run.error).toBeUndefined();
			expect((await rows('msbx_dead_letters')).map(({ object_id: id }) => id)).toContain(product(5).id);
			await changeSetting(installation, '11b', setting, '');
		}
		await changeSetting(installation, '11b', 'replayObject', String(product(5).id));
		const { run } = await runWorker();
		await changeSetting(installation, '11b', 'replayDeadLetters', false);
		expect(run.error).toBeUndefined();
		expect((await rows('msbx_dead_letters')).map(({ code }) => code)).toEqual(['NOT_HANDLED']);
		await until('The change', () => element(product(5).externalCode)?.weight === 55_000);
	});
});
