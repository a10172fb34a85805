import type { Random } from '../../simulators/kernel/random.cts';
import type { Cluster } from '../cluster.cts';
import { differences, twins } from '../comparison.cts';
import { losingAnswers } from '../network.cts';
import { watchNotifications, type Told } from '../notifications.cts';
import type { Shop } from '../shop.cts';
import { watchWrites } from '../writes.cts';

/** 45 notifications of 200 events each and 1,000 of one: 10,000 events. */
const BULKS = 45;
const IN_BULK = 200;
const CREATED = 60;
const DELETED = 40;
const ARCHIVED = 50;
const CHANGED_SINGLY = 850;

export interface Burst extends Told {
	/** Events that no 2xx was given for, and objects of the store that are not as in MoySklad. */
	lost: number;
	/** Items that were made twice, and writes that changed nothing. */
	duplicates: number;
	writes: number;
	seconds: number;
}

/** Thousands of events at once, over a network that loses answers. */
export async function burst(cluster: Cluster, shop: Shop, random: Random): Promise<Burst> {
	const { moySklad } = cluster.installation;
	const told = watchNotifications(moySklad);
	const written = watchWrites(cluster.installation.bitrix);
	const started = Date.now();
	cluster.balancer.losesAnswerTo = losingAnswers(random);
	for (const act of shuffled(acts(shop), random)) await act();
	const notifications = await told();
	cluster.balancer.losesAnswerTo = () => false;
	await cluster.inbox.drained();
	const writes = written();
	return {
		...notifications,
		lost: notifications.droppedEvents + differences(cluster.installation).length,
		duplicates: twins(cluster.installation) + writes.idle,
		writes: writes.all,
		seconds: (Date.now() - started) / 1_000,
	};
}

function acts(shop: Shop): Array<() => Promise<void>> {
	const one = (): string => shop.some(1)[0] as string;
	const times = (count: number, act: () => Promise<void>): Array<() => Promise<void>> => Array.from({ length: count }, () => act);
	return [
		...times(BULKS, async () => await shop.change(shop.some(IN_BULK))),
		...times(CREATED, async () => await shop.create(1)),
		...times(DELETED, async () => await shop.remove(one())),
		...times(ARCHIVED, async () => await turnOver(shop, one())),
		...times(CHANGED_SINGLY, async () => await shop.change([one()])),
	];
}

const turnOver = async (shop: Shop, id: string): Promise<void> => await shop.setArchived(id, !shop.isArchived(id));

function shuffled<Value>(values: Value[], random: Random): Value[] {
	const left = [...values];
	return values.map(() => left.splice(random.integer(0, left.length - 1), 1)[0] as Value);
}
