import { setTimeout as sleep } from 'node:timers/promises';
import type { Cluster } from '../cluster.cts';
import { differences } from '../comparison.cts';
import { watchNotifications } from '../notifications.cts';
import type { Shop } from '../shop.cts';
import { watchWrites } from '../writes.cts';

const A_SECOND = 50;
const SECONDS = 20;

export interface Race {
	changes: number;
	/** How often the store was written for them. */
	writes: number;
	differences: number;
}

/** One product changes faster than it can be written, while two workers take its events. */
export async function race(cluster: Cluster, shop: Shop): Promise<Race> {
	const [product = ''] = shop.some(1);
	const told = watchNotifications(cluster.installation.moySklad);
	const written = watchWrites(cluster.installation.bitrix);
	const started = Date.now();
	const changes = A_SECOND * SECONDS;
	for (let count = 0; count < changes; count++) {
		await shop.change([product]);
		await sleep(Math.max(0, started + (count * 1_000) / A_SECOND - Date.now()));
	}
	await told();
	await cluster.inbox.drained();
	return { changes, writes: written().all, differences: differences(cluster.installation).length };
}
