import { Installation } from '../demo/installation.cts';
import { importCatalog } from '../demo/mainJob.cts';
import { eventsOf, notify } from '../e2e/inboxEvents.cts';
import { waitFor } from '../n8n/waiting.cts';
import { onlyProducts } from '../simulators/shop/size.cts';

/**
 * Templates 10 and 11 in a real n8n: one notification with an event of each product is stored in the inbox (a Data Table), then
 * the worker reads all of them and finds nothing to change. Pictures are left out of *Include*: with them MoySklad gives
 * 100 objects a call at most. `npm run bench -- inbox [events]`
 */
const EVENTS = Number(process.argv[2] ?? 10_000);
const ROWS_PER_RUN = 2500;
const INCLUDE = ['country', 'product', 'productFolder', 'uom'];
const WITHIN_MS = 1_800_000;

interface Measured {
	calls: number;
	seconds: number;
	storedSeconds: number;
	leasedSeconds: number;
}

async function measure(installation: Installation): Promise<Measured> {
	const { api, moySklad } = installation;
	await importCatalog(installation);
	await installation.publish('10');
	const inbox = await waitFor('The inbox', WITHIN_MS, async () => (await api.dataTables.list()).find(({ name }) => name === 'msbx_inbox'));
	// A busy n8n closes connections that were idle: a look that breaks is no answer, and is repeated.
	const rows = async (): Promise<number | undefined> => await api.dataTables.rows(inbox.id, { take: 1 }).then(({ count }) => count, () => undefined);
	const ids = moySklad.account.table('product').all().map(({ id }) => String(id));
	const stored = await timed(async () => {
		const status = await notify(moySklad, eventsOf(moySklad, 'product', ids));
		if (status !== 204) throw new Error(`The receiver answered ${status}`);
		await waitFor('All rows', WITHIN_MS, async () => (await rows()) === ids.length || undefined);
	});
	const worker = installation.workflow('11');
	const nodes = worker.nodes.map((node) => (node.name === 'Goods' ? { ...node, parameters: { ...node.parameters, include: INCLUDE } } : node));
	await api.update({ ...worker, nodes, settings: { ...worker.settings, saveDataSuccessExecution: 'all' } });
	await api.publish(worker.id);
	moySklad.counters.reset();
	const started = Date.now();
	await waitFor('The empty inbox', WITHIN_MS, async () => (await rows()) === 0 || undefined);
	const seconds = (Date.now() - started) / 1000;
	const leased = await leases(installation);
	const left = await deadLetters(installation);
	if (left > 0) throw new Error(`${left} events became dead letters`);
	return { calls: moySklad.counters.snapshot().calls, seconds: Math.round(seconds), storedSeconds: rounded(stored), leasedSeconds: rounded(leased) };
}

async function timed(work: () => Promise<void>): Promise<number> {
	const started = Date.now();
	await work();
	return (Date.now() - started) / 1000;
}

/** How long the Updates took that lease the rows of the batches, in all; seconds. */
async function leases(installation: Installation): Promise<number> {
	const { api } = installation;
	let milliseconds = 0;
	for (const { id } of await api.executions(installation.workflow('11').id)) {
		const { run } = await api.execution(id);
		if (!run.executed.includes('Lease the Rows')) continue;
		const [task] = run.run.data.resultData.runData['Lease the Rows'] ?? [];
		console.log(`${run.node('Lease the Rows').json().length} rows leased in ${task?.executionTime} ms`);
		milliseconds += task?.executionTime ?? 0;
	}
	return milliseconds / 1000;
}

const rounded = (seconds: number): number => Math.round(seconds * 10) / 10;

async function deadLetters({ api }: Installation): Promise<number> {
	const table = (await api.dataTables.list()).find(({ name }) => name === 'msbx_dead_letters');
	return table ? (await api.dataTables.rows(table.id, { take: 1 })).count : 0;
}

async function main(): Promise<void> {
	const installation = await Installation.start({
		moySklad: { size: { ...onlyProducts(EVENTS), pictures: 0 } },
		bitrix: { edition: 'site' },
		settings: { '11': { rowsPerRun: ROWS_PER_RUN } },
	});
	try {
		console.log(JSON.stringify({ events: EVENTS, ...(await measure(installation)) }));
	} catch (error) {
		console.error(installation.n8n.log().trimEnd().split('\n').slice(-20).join('\n'));
		throw error;
	} finally {
		await installation.stop();
	}
}

void main().catch((error: unknown) => {
	console.error(error);
	process.exit(1);
});
