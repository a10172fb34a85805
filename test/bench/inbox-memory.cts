import { Installation } from '../demo/installation.cts';
import { useDatabase } from '../e2e/inboxEvents.cts';
import { waitFor } from '../n8n/waiting.cts';
import { Scratch } from '../queue/scratch.cts';
import { peakMemory } from './memory/peakMemory.cts';

/**
 * Template 11b in a real n8n takes the same number of rows from a short inbox and from one of a million rows (PostgreSQL): the
 * highest memory of n8n shows whether it grows with what waits. `DATABASE_URL` names another server.
 * `npm run bench -- inbox-memory [rows of the long one]`
 */
const LONG = Number(process.argv[2] ?? 1_000_000);
const TAKEN = 4_000;
const ROWS_PER_RUN = 200;
const WITHIN_MS = 1_800_000;

interface Measured {
	seconds: number;
	peakMB: number;
}

async function measure(rows: number): Promise<Measured> {
	const database = await Scratch.make();
	const installation = await Installation.start({
		moySklad: { size: { products: 10 } },
		bitrix: { edition: 'site' },
		settings: { '11b': { rowsPerRun: ROWS_PER_RUN, runsAtOnce: 1 } },
		n8n: { env: { NODE_OPTIONS: '--max-old-space-size=1024' } },
	});
	try {
		await useDatabase(installation, database.database, '10b', '11b');
		await installation.publish('10b');
		await waitFor('The tables', WITHIN_MS, async () => ((await database.query("select to_regclass('msbx_schema') as made"))[0]?.made === null ? undefined : true));
		// Objects that MoySklad does not know any more: each is asked for, and looked up in the store.
		await database.query(`insert into msbx_inbox (entity, object_id, action) select 'product', gen_random_uuid(), 'DELETE' from generate_series(1, ${rows})`);
		await database.query('analyze msbx_inbox');
		const first = await database.count('select min(id) from msbx_inbox');
		const started = Date.now();
		await installation.publish('11b');
		await waitFor(`${TAKEN} rows`, WITHIN_MS, async () => ((await database.count(`select count(*) from msbx_inbox where id < ${first + TAKEN}`)) === 0 ? true : undefined));
		const measured = { seconds: Math.round((Date.now() - started) / 1000), peakMB: peakMemory(installation.n8n.pid) };
		console.log(`Inbox of ${rows} rows: ${TAKEN} taken in ${measured.seconds} s, n8n took ${measured.peakMB} MB at most`);
		return measured;
	} finally {
		await installation.stop();
		await database.remove();
	}
}

async function main(): Promise<void> {
	const short = await measure(TAKEN);
	const long = await measure(LONG);
	console.log(JSON.stringify({ rows: LONG, taken: TAKEN, peakMBShort: short.peakMB, peakMBLong: long.peakMB, secondsShort: short.seconds, secondsLong: long.seconds }));
}

void main().catch((error: unknown) => {
	console.error(error);
	process.exit(1);
});
