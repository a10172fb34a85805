import { execFileSync, fork } from 'node:child_process';
import { once } from 'node:events';
import { XMLBuilder, XMLParser } from 'fast-xml-parser';
import { Findings, planFiles, readCommerceMl, readOrderDocuments, silentReport, sourceOf, writeDocument, zipped, type CmlDocument, type CmlFile } from '../../core/index.ts';
import { good, goods, offer, offers, VARIANTS } from './commerceml/goods.cts';
import { ordersOf } from './commerceml/orders.cts';
import { serveSite, upload, type Site } from './commerceml/uploading.cts';

/**
 * Writes and reads a catalog of 50,000 products and 150,000 offers, and lets fast-xml-parser build and parse the same files in the
 * same run, some files by each in turn. What it takes of memory to write, check and pack a catalog, to upload it, and to read
 * orders, is measured in processes of their own.
 */
const PRODUCTS = 50_000;
const FEW = 10_000;
const MANY = 200_000;
/** Bytes of a file of orders: a usual one, and a large one that may not take more memory. */
const SOME_ORDERS = 10_000_000;
const ORDERS = 100_000_000;
/** Products of a file, and of as many files as each program gets in turn: long enough for all of them to run warm. */
const PART = 2500;
const TURN = 10_000;
const MEGABYTE = 1_000_000;

/** Seconds that something took in all, and the bytes that it made or read. */
class Speed {
	private seconds = 0;
	private bytes = 0;

	async measure(work: () => Promise<number> | number): Promise<void> {
		const started = performance.now();
		this.bytes += await work();
		this.seconds += (performance.now() - started) / 1000;
	}

	get megabytes(): number {
		return this.bytes / MEGABYTE;
	}

	get perSecond(): number {
		return Math.round((this.megabytes / this.seconds) * 10) / 10;
	}
}

interface Speeds {
	write: Speed;
	peerWrite: Speed;
	read: Speed;
	peerRead: Speed;
	zip: Speed;
}

const speeds = (): Speeds => ({ write: new Speed(), peerWrite: new Speed(), read: new Speed(), peerRead: new Speed(), zip: new Speed() });

const FORMAT = { ignoreAttributes: false, attributeNamePrefix: '@' };
/** Neither side makes numbers of texts. */
const parser = new XMLParser({ ...FORMAT, parseTagValue: false, parseAttributeValue: false, trimValues: false });
const builder = new XMLBuilder(FORMAT);
const encoder = new TextEncoder();

const length = (chunks: readonly Uint8Array[]): number => chunks.reduce((total, chunk) => total + chunk.length, 0);

/** A file, by its objects and as it is written. */
interface Part {
	items: number;
	write(): AsyncGenerator<Uint8Array>;
}

/** Objects as they come from an answer in JSON: texts made of pieces would be joined only while they are written. */
const asRead = <Item,>(items: readonly Item[]): Item[] => JSON.parse(JSON.stringify(items)) as Item[];

async function chunksOf(content: AsyncIterable<Uint8Array>): Promise<Uint8Array[]> {
	const chunks: Uint8Array[] = [];
	for await (const chunk of content) chunks.push(chunk);
	return chunks;
}

function partOf<Item>(document: CmlDocument<Item>, first: number, count: number, make: (index: number) => Item): Part {
	const items = asRead(Array.from({ length: count }, (_, index) => make(first + index)));
	return { items: count, write: () => writeDocument(document, items, silentReport()) };
}

const partsOf = (first: number): Part[] =>
	Array.from({ length: TURN / PART }, (_, index) => first + index * PART).flatMap((start) => [partOf(goods, start, PART, good), partOf(offers, start * VARIANTS, PART * VARIANTS, offer)]);

/** Some files by each program in turn, from objects to bytes and back. */
async function measureTurn(parts: readonly Part[], { write, peerWrite, read, peerRead, zip }: Speeds): Promise<void> {
	global.gc?.();
	for (const part of parts)
		await write.measure(async () => {
			let bytes = 0;
			for await (const chunk of part.write()) bytes += chunk.length;
			return bytes;
		});
	const files = await Promise.all(parts.map(async ({ write: writePart, items }) => ({ items, chunks: await chunksOf(writePart()) })));
	global.gc?.();
	for (const { chunks, items } of files)
		await read.measure(async () => {
			let found = 0;
			for await (const record of readCommerceMl(chunks, new Findings())) if (record.kind === 'good' || record.kind === 'offer') found += 1;
			if (found !== items) throw new Error(`${found} objects were read instead of ${items}`);
			return length(chunks);
		});
	global.gc?.();
	for (const { chunks } of files) {
		const bytes = Buffer.concat(chunks);
		let tree: unknown;
		await peerRead.measure(() => {
			tree = parser.parse(bytes);
			return bytes.length;
		});
		await peerWrite.measure(() => encoder.encode(String(builder.build(tree))).length);
	}
	global.gc?.();
	for (const { chunks } of files)
		await zip.measure(async () => {
			let packed = 0;
			for await (const chunk of zipped([{ name: 'import.xml', open: () => chunks }], new Date())) packed += chunk.length;
			if (packed >= length(chunks)) throw new Error('Nothing was packed');
			return length(chunks);
		});
}

async function measureAll(): Promise<void> {
	await measureTurn(partsOf(0).slice(0, 2), speeds());
	const measured = speeds();
	for (let first = 0; first < PRODUCTS; first += TURN) await measureTurn(partsOf(first), measured);
	const { write, peerWrite, read, peerRead, zip } = measured;
	console.log(
		JSON.stringify({ writeMBs: write.perSecond, peerWriteMBs: peerWrite.perSecond, readMBs: read.perSecond, peerReadMBs: peerRead.perSecond, zipMBs: zip.perSecond, megabytes: Math.round(write.megabytes) }),
	);
}

const numbers = (count: number): number[] => Array.from({ length: count }, (_, index) => index);

/** Every file is written and checked; nothing of them is kept. */
const planned = async (products: number): Promise<CmlFile[]> => [
	...(await planFiles(goods, sourceOf(numbers(products), good), silentReport())),
	...(await planFiles(offers, sourceOf(numbers(products * VARIANTS), offer), silentReport())),
];

/** A whole export, as it is made before it is sent: every file is checked, then written again into one archive. */
async function exportCatalog(products: number): Promise<void> {
	const files = await planned(products);
	let packed = 0;
	for await (const chunk of zipped(files, new Date())) packed += chunk.length;
	console.log(JSON.stringify({ peakMB: peak(), files: files.length, megabytes: Math.round(files.reduce((total, { bytes }) => total + bytes, 0) / MEGABYTE), packed }));
}

const ORDER_READING = { source: { siteKey: 'bench', host: 'shop.example.com', flow: 'orders' }, zone: 'Europe/Moscow', currencies: {} };

/** The way of *Bitrix Order Export*: every order into the model, with the copy that is kept of it. */
async function readOrders(bytes: number): Promise<void> {
	const findings = new Findings();
	const speed = new Speed();
	let orders = 0;
	await speed.measure(async () => {
		for await (const record of readOrderDocuments(ordersOf(bytes), ORDER_READING, findings)) {
			if (record.kind === 'unreadable') throw record.error;
			if (record.kind === 'order') orders += record.order.lines.length > 0 && record.copy.mark !== '' ? 1 : 0;
		}
		return bytes;
	});
	if (findings.list.length > 0) throw new Error(`Something of the orders was not understood: ${findings.list[0]?.text ?? ''}`);
	console.log(JSON.stringify({ peakMB: peak(), orders, perSecond: speed.perSecond }));
}

/** The files of a catalog, written while they are sent. */
async function uploadCatalog(zip: boolean): Promise<void> {
	const site = fork(__filename, ['site', String(zip)], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
	try {
		const [address] = (await once(site, 'message')) as [Site];
		const files = await planned(FEW);
		const { bytes, seconds, archive } = await upload(files, address);
		if (archive !== zip) throw new Error('The site did not ask for what it was to ask for');
		const megabytes = files.reduce((total, file) => total + file.bytes, 0) / MEGABYTE;
		console.log(JSON.stringify({ peakMB: peak(), sent: Math.round(bytes / MEGABYTE), megabytes: Math.round(megabytes), perSecond: Math.round((megabytes / seconds) * 10) / 10 }));
	} finally {
		site.kill();
	}
}

/** The most memory that this process ever had. */
const peak = (): number => Math.round(process.resourceUsage().maxRSS / 1024);

type Measured = Record<string, number>;

function inOwnProcess(...args: string[]): Measured {
	const output = execFileSync(process.execPath, ['--expose-gc', __filename, ...args], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
	return JSON.parse(output.trim().split('\n').at(-1) ?? '{}') as Measured;
}

function main(): void {
	const speed = inOwnProcess('speed');
	console.log(`${PRODUCTS} products and ${PRODUCTS * VARIANTS} offers, ${speed.megabytes} MB of XML:`);
	console.log(`  writing ${speed.writeMBs} MB/s, fast-xml-parser's builder ${speed.peerWriteMBs} MB/s`);
	console.log(`  reading ${speed.readMBs} MB/s, fast-xml-parser's parser ${speed.peerReadMBs} MB/s`);
	console.log(`  packing ${speed.zipMBs} MB/s`);
	let peakReadMB: number | undefined;
	const few = inOwnProcess('export', String(FEW));
	const many = inOwnProcess('export', String(MANY));
	for (const [products, run] of [[FEW, few], [MANY, many]] as const) console.log(`writing, checking and packing ${products} products: ${run.megabytes} MB in ${run.files} files, at most ${run.peakMB} MB of memory`);
	for (const zip of ['false', 'true']) {
		const run = inOwnProcess('upload', zip);
		console.log(`uploading ${FEW} products${zip === 'true' ? ' in one archive' : ''}: ${run.megabytes} MB at ${run.perSecond} MB/s, ${run.sent} MB sent, at most ${run.peakMB} MB of memory`);
	}
	for (const bytes of [SOME_ORDERS, ORDERS]) {
		const run = inOwnProcess('orders', String(bytes));
		console.log(`reading ${run.orders} orders, ${bytes / MEGABYTE} MB, at ${run.perSecond} MB/s: at most ${run.peakMB} MB of memory`);
		peakReadMB = run.peakMB;
	}
	const { writeMBs, peerWriteMBs, readMBs, peerReadMBs } = speed;
	console.log(JSON.stringify({ writeMBs, peerWriteMBs, readMBs, peerReadMBs, peakMB10k: few.peakMB, peakMB200k: many.peakMB, peakReadMB }));
}

async function run([role, count]: string[]): Promise<void> {
	if (role === 'speed') await measureAll();
	else if (role === 'export') await exportCatalog(Number(count));
	else if (role === 'orders') await readOrders(Number(count));
	else if (role === 'upload') await uploadCatalog(count === 'true');
	else if (role === 'site') process.send?.(await serveSite(count === 'true'));
	else main();
}

void run(process.argv.slice(2)).catch((error: unknown) => {
	console.error(error);
	process.exit(1);
});
