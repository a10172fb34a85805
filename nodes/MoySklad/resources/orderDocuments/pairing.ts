import { pairsByGoods, pairsByLink, type DocumentSettings, type GoodReference, type Identity } from '../../../../core';
import type { MoySkladClient } from '../../../../transport';
import { readGoods, type GoodsOfLine } from '../customerOrderFromBitrix/goodsByKey';
import type { DocumentsTask } from './task';

/**
 * Tells each order which of its positions stand for which line of the basket: by the link of the customer order, or, for orders that
 * came without one and have shipments, by the goods.
 */
export async function pairLines(
	client: MoySkladClient,
	{ shipments }: DocumentSettings,
	identity: Identity,
	tasks: readonly DocumentsTask[],
): Promise<void> {
	if (shipments !== 'full') return;
	const unpaired: DocumentsTask[] = [];
	for (const task of tasks) {
		const pairs = task.orderLink && pairsByLink(task.order, task.customerOrder, task.orderLink);
		if (pairs) task.pairs = pairs;
		else if (task.order.shipments.some(({ shipped }) => shipped)) unpaired.push(task);
	}
	if (unpaired.length === 0) return;
	const known = await readGoods(client, unpaired.flatMap(({ order }) => order.lines), identity);
	for (const task of unpaired) task.pairs = pairsByGoods(task.order, task.customerOrder, goodsOf(task, known));
}

/** A key that several goods have says nothing. */
function goodsOf({ order }: DocumentsTask, known: GoodsOfLine): Map<string, GoodReference> {
	return new Map(
		order.lines.flatMap((line) => {
			const [good, another] = known(line);
			return good && !another ? [[line.id, good] as const] : [];
		}),
	);
}
