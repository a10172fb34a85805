import { setTimeout as sleep } from 'node:timers/promises';
import type { Random } from '../../simulators/kernel/random.cts';
import { MEMBERS, type Cluster, type Member } from '../cluster.cts';
import { differences } from '../comparison.cts';
import { watchNotifications, type Told } from '../notifications.cts';
import type { Shop } from '../shop.cts';

const KILLS = 5;
const EDITS_A_SECOND = 10;
const IN_BULK = 200;
/** One edit in so many is one of many products. */
const BULK_EVERY = 40;
const SHORTEST_PAUSE_MS = 3_000;
const LONGEST_PAUSE_MS = 7_000;

export interface Kills extends Told {
	kills: number;
	/** Before the catch-up: events that were in a process when it died. */
	differencesBefore: number;
	differencesAfterCatchUp: number;
	/** From the last kill's restart until the store is as MoySklad. */
	catchUpSeconds: number;
}

/** Processes are killed at random while products change, and started again at once. */
export async function kills(cluster: Cluster, shop: Shop, random: Random, say: (text: string) => void): Promise<Kills> {
	const told = watchNotifications(cluster.installation.moySklad);
	const people = new AbortController();
	const work = keepChanging(shop, random, people.signal);
	for (const member of victims(random)) {
		await sleep(random.integer(SHORTEST_PAUSE_MS, LONGEST_PAUSE_MS));
		await cluster.member(member).kill();
		const killed = Date.now();
		await cluster.revive(member);
		say(`${member} was killed, and was back after ${seconds(killed)} s`);
	}
	people.abort();
	await work;
	const notifications = await told();
	const differencesBefore = differences(cluster.installation).length;
	const started = Date.now();
	await cluster.inbox.caughtUp();
	return {
		...notifications,
		kills: KILLS,
		differencesBefore,
		differencesAfterCatchUp: differences(cluster.installation).length,
		catchUpSeconds: seconds(started),
	};
}

/** Each kind of process once, and the rest by chance. */
function victims(random: Random): Member[] {
	const one: Member[] = ['main', random.pick(['webhook 1', 'webhook 2'] as const), random.pick(['worker 1', 'worker 2'] as const)];
	while (one.length < KILLS) one.push(random.pick(MEMBERS));
	return one.sort(() => random.next() - 0.5);
}

async function keepChanging(shop: Shop, random: Random, ended: AbortSignal): Promise<void> {
	for (let count = 1; !ended.aborted; count += 1) {
		await shop.change(shop.some(count % BULK_EVERY === 0 ? IN_BULK : 1));
		if (random.chance(0.05)) await shop.create(1);
		if (random.chance(0.02)) await shop.remove(shop.some(1)[0] as string);
		await sleep(1_000 / EDITS_A_SECOND);
	}
}

const seconds = (since: number): number => Math.round((Date.now() - since) / 100) / 10;
