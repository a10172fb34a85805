import { Installation } from '../demo/installation.cts';
import { importCatalog, type ImportRun } from '../demo/mainJob.cts';
import { onlyProducts } from '../simulators/shop/size.cts';
import { peakMemory } from './memory/peakMemory.cts';

/**
 * Template 03 in a real n8n: a small catalog and one ten times as large, each by an n8n of its own, into a store without the
 * cloud's limits (five calls a second). The highest memory of n8n's main process shows whether it grows with the catalog.
 * `npm run bench -- full-import [products of the large one]`
 */
const LARGE = Number(process.argv[2] ?? 50_000);
const TIMES = 10;

interface Measured extends ImportRun {
	peakMB: number;
}

async function measure(products: number): Promise<Measured> {
	const installation = await Installation.start({
		moySklad: { size: { ...onlyProducts(products), pictures: 0, attributes: 5 } },
		bitrix: { edition: 'site' },
		n8n: { env: { NODE_OPTIONS: '--max-old-space-size=1024' } },
	});
	try {
		const run = await importCatalog(installation);
		const measured = { ...run, peakMB: peakMemory(installation.n8n.pid) };
		console.log(`${products} products: ${run.created} created, ${run.failed} failed, ${run.calls} calls, ${run.seconds.toFixed(0)} s, n8n took ${measured.peakMB} MB at most`);
		return measured;
	} finally {
		await installation.stop();
	}
}

async function main(): Promise<void> {
	const small = await measure(LARGE / TIMES);
	const large = await measure(LARGE);
	console.log(JSON.stringify({
		products: LARGE,
		created: large.created,
		failed: large.failed,
		calls: large.calls,
		seconds: Math.round(large.seconds),
		peakMBSmall: small.peakMB,
		peakMBLarge: large.peakMB,
	}));
}

void main().catch((error: unknown) => {
	console.error(error);
	process.exit(1);
});
