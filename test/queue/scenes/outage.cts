import { waitFor } from '../../n8n/waiting.cts';
import type { Cluster } from '../cluster.cts';
import { differences } from '../comparison.cts';
import { watchNotifications } from '../notifications.cts';
import type { Shop } from '../shop.cts';

const CHANGED = 1_000;
const DELETED = 100;
const DAY = 24 * 3_600_000;
/** MoySklad switches a hook off that failed on more than 7 of 10 days and had no success on any. */
const DAYS = 10;
const HEARD_WITHIN_MS = 60_000;

export interface Outage {
	changed: number;
	deleted: number;
	/** Hooks of MoySklad that were off when n8n came back, and that still are after the guardian. */
	hooksOff: number;
	hooksStillOff: number;
	differences: number;
	/** From the start of n8n until the store is as MoySklad. */
	seconds: number;
	/** Until a change after all this had arrived by webhook. */
	heardAfterMs: number;
}

/** n8n is away for days while products change and go; MoySklad gives its hooks up meanwhile. */
export async function outage(cluster: Cluster, shop: Shop): Promise<Outage> {
	const { moySklad } = cluster.installation;
	await cluster.cutOff();
	const ids = shop.some(CHANGED + DELETED);
	const changed = ids.slice(0, CHANGED);
	const { clock } = moySklad.account.bench;
	// The days end now: MoySklad and n8n have the same time again, and the changes below are the newest.
	clock.advance(-DAYS * DAY);
	for (let day = 0; day < DAYS; day++) {
		await shop.change(changed.slice(0, 1));
		await moySklad.parts.deliveries.flush();
		clock.advance(DAY);
	}
	for (const id of changed) await shop.change([id]);
	for (const id of ids.slice(CHANGED)) await shop.remove(id);
	await moySklad.parts.deliveries.flush();
	const hooksOff = switchedOff(cluster);
	const started = Date.now();
	await cluster.resume();
	await cluster.inbox.guardHooks(cluster.balancer.url);
	await cluster.inbox.caughtUp();
	const seconds = (Date.now() - started) / 1_000;
	const left = differences(cluster.installation).length;
	const hooksStillOff = switchedOff(cluster);
	return { changed: CHANGED, deleted: DELETED, hooksOff, hooksStillOff, differences: left, seconds, heardAfterMs: await heardAfter(cluster, shop) };
}

async function heardAfter(cluster: Cluster, shop: Shop): Promise<number> {
	const started = Date.now();
	const told = watchNotifications(cluster.installation.moySklad);
	await shop.change(shop.some(1));
	const { answers } = await told();
	return await waitFor(`A change after the outage, whose notification was answered ${JSON.stringify(answers)}`, HEARD_WITHIN_MS, async () =>
		await Promise.resolve(differences(cluster.installation).length === 0 ? Date.now() - started : undefined));
}

const switchedOff = ({ installation: { moySklad } }: Cluster): number =>
	moySklad.account.table('webhook').all().filter(({ enabled }) => enabled === false).length;
