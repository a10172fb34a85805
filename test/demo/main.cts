import { parseArgs } from 'node:util';
import { Installation } from './installation.cts';
import { bringOrders, changeAcross, compareStock, importCatalog, type ImportRun, type OrderSums } from './mainJob.cts';
import { asTable } from './table.cts';

const USAGE = `npm run demo -- [options]
  --once        end after the table, with 0 when all is as it should be, else 1
  --products N  products in MoySklad; variants, bundles and services come on top (200)
  --orders N    orders in the store (30)
  --seed N      the same seed makes the same shop (1)`;

const ACROSS_WITHIN_MS = 10_000;

interface Wanted {
	once: boolean;
	products: number;
	orders: number;
	seed: number;
}

interface Outcome {
	first: ImportRun;
	second: ImportRun;
	acrossMs: number;
	stock: { items: number; off: number };
	sums: OrderSums;
}

/** A real n8n with this package and its templates between the two simulators: does the main job and shows what happened. */
async function main(): Promise<void> {
	const wanted = readWanted();
	say('Starting MoySklad, Bitrix (both simulated) and n8n …');
	const installation = await Installation.start({
		moySklad: { size: { products: wanted.products }, seed: wanted.seed },
		bitrix: { seed: wanted.seed },
		settings: { '05': { startDate: '2020-01-01' } },
	});
	try {
		const outcome = await mainJob(installation, wanted);
		console.log(`\n${tableOf(outcome)}\n`);
		if (!wanted.once) await untilStopped(installation);
		console.log(JSON.stringify(summaryOf(outcome)));
		process.exitCode = isFine(outcome) ? 0 : 1;
	} finally {
		await installation.stop();
	}
}

async function mainJob(installation: Installation, { orders, seed }: Wanted): Promise<Outcome> {
	say('Publishing the templates …');
	await installation.publish('01', '02', '03', '04', '05');
	say('Template 03: the whole catalog …');
	const first = await importCatalog(installation);
	say('Template 03 once more, unchanged …');
	const second = await importCatalog(installation);
	say('Template 02: a product is changed in MoySklad …');
	const acrossMs = await changeAcross(installation);
	say('Template 04: stock and prices …');
	const stock = await compareStock(installation);
	say(`Template 05: ${orders} orders are placed in the store …`);
	const sums = await bringOrders(installation, orders, seed);
	return { first, second, acrossMs, stock, sums };
}

function readWanted(): Wanted {
	try {
		const { values } = parseArgs({
			options: {
				once: { type: 'boolean', default: false },
				products: { type: 'string', default: '200' },
				orders: { type: 'string', default: '30' },
				seed: { type: 'string', default: '1' },
			},
		});
		const [products, orders, seed] = [values.products, values.orders, values.seed].map(whole) as [number, number, number];
		return { once: values.once, products, orders, seed };
	} catch (error) {
		console.error(`${error instanceof Error ? error.message : String(error)}\n\n${USAGE}`);
		process.exit(2);
	}
}

function whole(text: string): number {
	if (!/^\d{1,6}$/.test(text)) throw new RangeError(`A whole number was expected, not “${text}”`);
	return Number(text);
}

const say = (text: string): void => console.log(text);

const rubles = (kopecks: number): string => (kopecks / 100).toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 });

function tableOf({ first, second, acrossMs, stock, sums }: Outcome): string {
	const importRow = ({ created, updated, unchanged, skipped, failed, writes, calls, seconds }: ImportRun): string =>
		`created ${created}, updated ${updated}, unchanged ${unchanged}, skipped ${skipped}, failed ${failed}; ${calls} calls, ${writes} writes, ${seconds.toFixed(1)} s`;
	return asTable([
		['What', 'Result'],
		['Full catalog import (03)', importRow(first)],
		['The same again (03)', importRow(second)],
		['A change in MoySklad is in the store (02)', `after ${acrossMs} ms`],
		['Stock compared (04)', `${stock.items} items with an amount, ${stock.off} differ from MoySklad`],
		['Orders of the store (05)', `${sums.arrived} of ${sums.placed} in MoySklad, ${sums.twice} twice`],
		['Their sums', `${rubles(sums.inStore)} in the store, ${rubles(sums.inMoySklad)} in MoySklad; ${sums.mismatches} orders differ`],
	]);
}

const summaryOf = ({ first, second, acrossMs, sums }: Outcome): Record<string, number> => ({
	created: first.created,
	secondRunWrites: second.writes,
	webhookToBitrixMs: acrossMs,
	orders: sums.arrived,
	orderSumMismatches: sums.mismatches + sums.twice,
});

const isFine = ({ first, second, acrossMs, stock, sums }: Outcome): boolean =>
	first.created > 0 && first.failed === 0 && second.writes === 0 && acrossMs < ACROSS_WITHIN_MS && stock.off === 0 &&
	sums.arrived === sums.placed && sums.twice === 0 && sums.mismatches === 0;

async function untilStopped({ n8n, moySklad, bitrix }: Installation): Promise<void> {
	console.log(
		[
			'Look at it:',
			`  n8n       ${n8n.url}   login ${n8n.owner.email}, password ${n8n.owner.password}`,
			`  MoySklad  ${moySklad.baseUrl}   token ${moySklad.users.admin.token}`,
			`  Bitrix    ${bitrix.webhookUrl}`,
			`            ${bitrix.url}/_simulator/everything shows all that is in the store`,
			'',
			'Ctrl-C ends everything.',
		].join('\n'),
	);
	await new Promise<void>((resolve) => {
		for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
	});
}

void main().catch((error: unknown) => {
	console.error(error);
	process.exit(1);
});
