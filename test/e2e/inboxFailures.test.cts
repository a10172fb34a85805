import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { Installation } from '../demo/installation.cts';
import { plainProducts } from '../demo/mainJob.cts';
import { waitFor } from '../n8n/waiting.cts';
import { Scratch } from '../queue/scratch.cts';
import { eventsOf, useDatabase } from './inboxEvents.cts';

/** Longer than the receiver's first pause. */
const WITHIN_MS = 150_000;

/** The places in which notifications are kept are away or full: nothing is acknowledged and forgotten. */
describe('An inbox that cannot store', () => {
	let installation: Installation;
	let database: Scratch;

	beforeAll(async () => {
		database = await Scratch.make();
		installation = await Installation.start({ moySklad: { size: { products: 10 } } });
		await useDatabase(installation, database.database, '10b');
		await installation.publish('10', '10b');
		await until('The tables', async () => (await database.query("select to_regclass('msbx_schema') as made"))[0]?.made !== null);
		await until('The Data Table', async () => (await tableId()) !== undefined);
	});
	afterAll(async () => {
		await installation?.stop();
		await database?.remove();
	});

	const until = async (what: string, look: () => Promise<boolean>): Promise<void> => void (await waitFor(what, WITHIN_MS, async () => (await look()) || undefined));
	const tableId = async (): Promise<string | undefined> => (await installation.api.dataTables.list()).find(({ name }) => name === 'msbx_inbox')?.id;
	const product = (index: number): string => String(plainProducts(installation.moySklad)[index]?.id);
	const inPostgresql = async (): Promise<unknown[]> => (await database.query('select object_id from msbx_inbox')).map(({ object_id: id }) => id);
	const inDataTable = async (): Promise<unknown[]> => {
		const id = await tableId();
		return id === undefined ? [] : (await installation.api.dataTables.rows(id)).data.map(({ objectId }) => objectId);
	};
	const report = async (receiver: string, id: string): Promise<number> => {
		const { webhookId = '' } = installation.workflow(receiver).nodes.find(({ name }) => name === 'Something Changed') ?? {};
		const url = String(installation.moySklad.account.table('webhook').all().find((hook) => String(hook.url).includes(webhookId))?.url);
		const body = JSON.stringify({ events: eventsOf(installation.moySklad, 'product', [id]) });
		return (await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body })).status;
	};
	/** The execution that has the events in hand is one of those that n8n has put aside until later. */
	const putAside = async (receiver: string, count: number): Promise<void> =>
		await until('A waiting execution', async () => (await installation.api.executions(installation.workflow(receiver).id)).filter(({ status }) => status === 'waiting').length === count);

	it('in PostgreSQL: away, or its disk is full; n8n dies meanwhile, and it is stored after all', async () => {
		await database.closed(async () => {
			expect(await report('10b', product(0))).toBe(204);
			await putAside('10b', 1);
		});
		await database.query(`create function msbx_full() returns trigger language plpgsql as $$ begin raise exception 'could not extend file' using errcode = 'disk_full'; end $$`);
		await database.query('create trigger msbx_full before insert on msbx_inbox for each row execute function msbx_full()');
		expect(await report('10b', product(1))).toBe(204);
		await putAside('10b', 2);
		await installation.n8n.kill();
		expect(await inPostgresql()).toEqual([]);
		await database.query('drop trigger msbx_full on msbx_inbox');
		await installation.n8n.restart();
		await until('Both objects', async () => (await inPostgresql()).length === 2);
		expect((await inPostgresql()).sort()).toEqual([product(0), product(1)].sort());
	});

	it('in Data Tables, which are full: it waits for space', async () => {
		await installation.n8n.restart({ N8N_DATA_TABLES_MAX_SIZE_BYTES: '1' });
		expect(await report('10', product(2))).toBe(204);
		await putAside('10', 1);
		expect(await inDataTable()).toEqual([]);
		await installation.n8n.restart();
		await until('The object', async () => (await inDataTable()).includes(product(2)));
		expect(await inDataTable()).toEqual([product(2)]);
	});

	it('when the disk of n8n itself is full: refused, and stored when MoySklad repeats it', async () => {
		const largestFile = async (bytes: string): Promise<void> =>
			void (await promisify(execFile)('prlimit', ['--pid', String(installation.n8n.pid), `--fsize=${bytes}:unlimited`]));
		await largestFile('1');
		expect(await report('10', product(3))).toBeGreaterThanOrEqual(500);
		await largestFile('unlimited');
		expect(await inDataTable()).toEqual([product(2)]);
		expect(await report('10', product(3))).toBe(204);
		await until('The object', async () => (await inDataTable()).includes(product(3)));
	});
});
