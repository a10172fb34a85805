import { fork } from 'node:child_process';
import { once } from 'node:events';
import { type Drift } from '../../core';
import { Comparing, type Compared } from './drift/comparing.cts';
import type { DriftSetup } from './drift/parameters.cts';
import { Planting, type Planted } from './drift/planting.cts';
import { EqualShop } from './drift/shop.cts';

/**
 * Both sides hold 50,000 objects, goods and orders, that the write nodes made equal. Then drifts of all kinds are planted, and a
 * process of its own finds them through the compare operations, in real time at the limits of both platforms. Memory is that of this
 * process, after a tenth of the goods and at the end: what it keeps, which must not grow, and the most that was resident. Its heap is
 * held small, since otherwise the most resident would be garbage that Node saw no reason to collect.
 * `npm run bench -- drift [objects] [drifts of each kind]`
 */
/** A few more than 50,000: how many variants there are depends on the seed. */
const OBJECTS = 50_100;
const EACH = 5;
const ORDERS_SHARE = 0.02;
const HEAP_MB = 256;

async function compareApart(setup: DriftSetup): Promise<Compared> {
	const child = fork(__filename, ['compare'], { execArgv: [...process.execArgv, `--max-old-space-size=${HEAP_MB}`], stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
	child.send(setup);
	const [answer] = (await Promise.race([once(child, 'message'), once(child, 'exit')])) as unknown[];
	if (typeof answer !== 'object' || answer === null) throw new Error(`The comparison ended with ${String(answer)}`);
	return answer as Compared;
}

async function compare(): Promise<void> {
	const [setup] = (await once(process, 'message')) as [DriftSetup];
	const compared = await Comparing.run(setup);
	process.send?.(compared, () => process.disconnect());
}

const nameOf = ({ kind, bitrixId, key }: Drift): string => `${kind} ${bitrixId ?? key}`;

function isPlanted(planted: readonly Planted[]): (drift: Drift) => boolean {
	const names = new Set(planted.map(({ kind, object }) => `${kind} ${object}`));
	// Two items for one object are named by whichever was read first.
	return (drift) => names.has(nameOf(drift)) || (drift.kind === 'duplicate' && planted.some(({ kind }) => kind === 'duplicate'));
}

async function main(objects: number, each: number): Promise<void> {
	const started = Date.now();
	const orders = Math.max(each * 60, Math.round(objects * ORDERS_SHARE));
	const shop = await EqualShop.open(objects - orders, orders);
	try {
		const ofOrders = await new Planting(shop.bench).plantOrders(each);
		await shop.makeGoodsEqual();
		console.log(`Both sides are equal: ${shop.objects} objects, ${Math.round((Date.now() - started) / 1000)} s`);
		const planted = [...ofOrders, ...(await new Planting(shop.bench).plantGoods(each))];
		console.log(`${planted.length} drifts of ${new Set(planted.map(({ kind }) => kind)).size} kinds planted`);
		const count = shop.objects;
		shop.limit();
		const { found, unread, seconds, memory: { tenth, end } } = await compareApart(shop.setup);
		const names = new Set(found.map(nameOf));
		const duplicates = new Set(found.filter(({ kind }) => kind === 'duplicate').map(({ moySkladId }) => moySkladId)).size;
		const lost = planted.filter(({ kind, object }) => kind !== 'duplicate' && !names.has(`${kind} ${object}`));
		const wrong = found.filter((drift) => !isPlanted(planted)(drift));
		for (const drift of lost.slice(0, 20)) console.log(`Not found: ${JSON.stringify(drift)}`);
		for (const drift of wrong.slice(0, 20)) console.log(`False: ${JSON.stringify(drift)}`);
		console.log(`Memory of the comparing process after a tenth of the goods and in the end: ${tenth.live} and ${end.live} MB in use, ${tenth.peak} and ${end.peak} MB resident at most, with a heap of ${HEAP_MB} MB; ${unread} objects unread`);
		const missed = lost.length + (each - duplicates);
		console.log(JSON.stringify({ objects: count, kinds: new Set(planted.map(({ kind }) => kind)).size, planted: planted.length, found: planted.length - missed, false: wrong.length, unread, seconds: Math.round(seconds), liveMBTenth: tenth.live, liveMB: end.live, peakMBTenth: tenth.peak, peakMB: end.peak }));
	} finally {
		await shop.bench.close();
	}
}

const [role, size] = process.argv.slice(2);
void (role === 'compare' ? compare() : main(Number(role ?? OBJECTS), Number(size ?? EACH))).catch((error: unknown) => {
	console.error(error);
	process.exit(1);
});
