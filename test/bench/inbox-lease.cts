import { templates } from '../n8n/templates.cts';
import { Scratch } from '../queue/scratch.cts';

/**
 * The statement with which template 11b leases rows, on an inbox of a million objects in PostgreSQL: how long 200 take.
 * `DATABASE_URL` names another server. `npm run bench -- inbox-lease [rows]`
 */
const ROWS = Number(process.argv[2] ?? 1_000_000);
const LEASED = 200;
const LEASES = 50;
const LEASE_SECONDS = 600;

const query = (file: string, node: string): string => {
	const found = templates().get(file)?.nodes.find(({ name }) => name === node)?.parameters.query;
	if (typeof found !== 'string') throw new RangeError(`There is no statement "${node}" in ${file}`);
	return found;
};

async function measure(database: Scratch): Promise<number[]> {
	await database.query(query('10b-webhook-receiver-postgresql.json', 'Migrate'));
	await database.query(`insert into msbx_inbox (entity, object_id, action) select 'product', gen_random_uuid(), 'UPDATE' from generate_series(1, ${ROWS})`);
	await database.query('analyze msbx_inbox');
	const lease = query('11b-inbox-worker-postgresql.json', 'Lease the Rows');
	const times: number[] = [];
	for (let run = 0; run < LEASES; run++) {
		const started = performance.now();
		const rows = await database.query(lease, [LEASED, `run ${run}`, LEASE_SECONDS]);
		times.push(performance.now() - started);
		if (rows.length !== LEASED) throw new Error(`${rows.length} rows were leased`);
	}
	return times.sort((one, other) => one - other);
}

async function main(): Promise<void> {
	const database = await Scratch.make();
	try {
		const times = await measure(database);
		const at = (share: number): number => Math.round((times[Math.ceil(times.length * share) - 1] ?? NaN) * 10) / 10;
		console.log(JSON.stringify({ rows: ROWS, leased: LEASED, p50Ms: at(0.5), p95Ms: at(0.95), mostMs: at(1) }));
	} finally {
		await database.remove();
	}
}

void main().catch((error: unknown) => {
	console.error(error);
	process.exit(1);
});
