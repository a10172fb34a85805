import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import Moysklad from 'moysklad';
import type { Secrets } from '../n8n/credentialStore.cts';
import { Engine } from '../n8n/engine.cts';
import { USUAL_RATE } from '../simulators/moysklad/http/limits.cts';
import { startMoySklad, type RunningMoySklad } from '../simulators/moysklad/start.cts';
import { onlyProducts } from '../simulators/shop/size.cts';

/**
 * Reads 10,000 products through MoySklad Entity in n8n's engine, and the same by a program on the npm client `moysklad`;
 * then lets four processes read from one account for a minute, as four workers of n8n do.
 */
const PRODUCTS = 10_000;
const PROCESSES = 4;
const MINUTE = 60_000;
/** Requests in a window that a user's token can make. */
const REQUESTS = Math.floor(USUAL_RATE.unitsPerWindow / USUAL_RATE.weight);

const NODE = 'moySkladEntity';

function secrets(baseUrl: string, token: string, processes: number): Secrets {
	return { moySkladApi: { authentication: 'token', token, baseUrl, processes } };
}

async function readByNode(shop: RunningMoySklad): Promise<number> {
	const engine = await Engine.load();
	shop.counters.reset();
	const started = Date.now();
	const parameters = { resource: 'product', operation: 'getAll', returnAll: true };
	const run = await engine.runNode({ type: NODE, parameters, credentials: secrets(shop.baseUrl, shop.users.admin.token, 1) });
	if (run.error) throw run.error;
	const { calls } = shop.counters.snapshot();
	console.log(`MoySklad Entity: ${run.json(0).length} products, ${calls} calls, ${seconds(started)} s`);
	return calls;
}

async function readByPeer(shop: RunningMoySklad): Promise<number> {
	const { login, password } = shop.users.integration;
	// The client takes addresses with https only.
	const plain = async (url: string, init: RequestInit): Promise<Response> => await fetch(url.replace(/^https:/, 'http:'), init);
	const client = Moysklad({ endpoint: `${shop.url}/api`.replace(/^http:/, 'https:'), login, password, fetch: plain });
	shop.counters.reset();
	const started = Date.now();
	const ids = new Set<string>();
	for (let offset = 0; ; ) {
		const { rows, meta } = (await client.GET('entity/product', { limit: 1000, offset })) as { rows: Array<{ id: string }>; meta: { size: number } };
		for (const { id } of rows) ids.add(id);
		offset += rows.length;
		if (offset >= meta.size) break;
	}
	const { calls } = shop.counters.snapshot();
	console.log(`npm client moysklad: ${ids.size} products, ${calls} calls, ${seconds(started)} s`);
	return calls;
}

const seconds = (started: number): string => ((Date.now() - started) / 1000).toFixed(1);

/** Four processes at once: how many calls were refused, and how much of the limit they used together. */
async function readTogether(shop: RunningMoySklad): Promise<{ refusedShare: number; limitShare: number }> {
	const { baseUrl, users } = shop;
	const workers = Array.from({ length: PROCESSES }, () => fork(__filename, ['worker', baseUrl, users.editor.token], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] }));
	try {
		await Promise.all(workers.map(ready));
		for (const worker of workers) worker.send('go');
		// The first windows teach the processes that there are others.
		await sleep(2 * USUAL_RATE.windowMilliseconds);
		shop.counters.reset();
		const started = Date.now();
		await sleep(MINUTE);
		const { calls, refused } = shop.counters.snapshot();
		const windows = (Date.now() - started) / USUAL_RATE.windowMilliseconds;
		console.log(`${PROCESSES} processes: ${calls} calls in ${seconds(started)} s, ${refused} refused; the limit is ${REQUESTS} in ${USUAL_RATE.windowMilliseconds} ms`);
		return { refusedShare: refused / calls, limitShare: (calls - refused) / (REQUESTS * windows) };
	} finally {
		for (const worker of workers) worker.kill();
	}
}

async function ready(worker: ChildProcess): Promise<void> {
	const [message] = (await Promise.race([once(worker, 'message'), once(worker, 'exit')])) as unknown[];
	if (message !== 'ready') throw new Error(`A worker ended before it began: ${String(message)}`);
}

/** One process: reads small pages until it is ended. */
async function work(baseUrl: string, token: string): Promise<void> {
	const engine = await Engine.load();
	process.send?.('ready');
	await once(process, 'message');
	const parameters = { resource: 'product', operation: 'getAll', limit: 10 };
	for (;;) {
		const run = await engine.runNode({ type: NODE, parameters, credentials: secrets(baseUrl, token, PROCESSES) });
		if (run.error) throw run.error;
	}
}

async function main(): Promise<void> {
	const shop = await startMoySklad({ size: { ...onlyProducts(PRODUCTS), attributes: 10 } });
	try {
		const calls = await readByNode(shop);
		const peerCalls = await readByPeer(shop);
		const { refusedShare, limitShare } = await readTogether(shop);
		console.log(JSON.stringify({ calls, peerCalls, refusedShare: rounded(refusedShare), limitShare: rounded(limitShare) }));
	} finally {
		await shop.close();
	}
}

const rounded = (share: number): number => Math.round(share * 10_000) / 10_000;

const [role, ...args] = process.argv.slice(2);
void (role === 'worker' ? work(args[0] ?? '', args[1] ?? '') : main()).catch((error: unknown) => {
	console.error(error);
	process.exit(1);
});
