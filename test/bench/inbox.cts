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

async function measure(installation: Installation): Promise<{ calls: number; seconds: number }> {
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
	console.log(`${ids.length} rows stored in ${stored.toFixed(1)} s`);
	const worker = installation.workflow('11');
	const nodes = worker.nodes.map((node) => (node.name === 'Goods' ? { ...node, parameters: { ...node.parameters, include: INCLUDE } } : node));
	await api.update({ ...worker, nodes, settings: { ...worker.settings, saveDataSuccessExecution: 'all' } });
	await api.publish(worker.id);
	moySklad.counters.reset();
	const started = Date.now();
	await waitFor('The empty inbox', WITHIN_MS, async () => (await rows()) === 0 || undefined);
	const seconds = (Date.now() - started) / 1000;
	await sayLeases(installation);
	const left = await deadLetters(installation);
	if (left > 0) throw new Error(`${left} events became dead letters`);
	return { calls: moySklad.counters.snapshot().calls, seconds: Math.round(seconds) };
}

async function timed(work: () => Promise<void>): Promise<number> {
	const started = Date.now();
	await work();
	return (Date.now() - started) / 1000;
}

/** How long the one Update took that leases the rows of a batch. */
async function sayLeases(installation: Installation): Promise<void> {
	const { api } = installation;
	for (const { id } of await api.executions(installation.workflow('11').id)) {
		const { run } = await api.execution(id);
		if (!run.executed.includes('Lease the Rows')) continue;
		const [task] = run.run.data.resultData.runData['Lease the Rows'] ?? [];
		console.log(`${run.node('Lease the Rows').json().length} rows leased in ${task?.executionTime} ms`);
	}
}

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
		const { calls, seconds } = await measure(installation);
		console.log(JSON.stringify({ events: EVENTS, calls, seconds }));
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
