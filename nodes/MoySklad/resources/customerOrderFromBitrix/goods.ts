import { DELIVERY_LINE, deliveryPrice, SyncError, warning, type GoodReference, type OrderLine } from '../../../../core';
import type { MoySkladClient } from '../../../../transport';
import { caught } from '../../../shared/errors';
import { readStandIns, type StandIns, type StandInsRun } from './deliveryAndPlaceholder';
import { lineKey, readGoods, type GoodsOfLine } from './goodsByKey';
import { productsFor, type MadeProduct } from './newProducts';
import type { GoodsSettings } from './settings';
import type { OrderTask } from './task';

export interface GoodsRun extends StandInsRun {
	client: MoySkladClient;
	goods: GoodsSettings;
}

/** The goods of an order's lines and of its delivery, by line. */
export interface OrderGoods {
	byLine: Map<string, GoodReference>;
	/** Rate of the delivery service, per cent; null = without VAT. */
	deliveryVat: string | null;
	/** Lines for which the placeholder stands, for people to read. */
	standIns: string[];
}

type Made = Map<string, MadeProduct | SyncError>;

/** Finds the goods of all lines with few calls. Orders whose lines cannot be resolved are finished here. */
export async function findGoods(run: GoodsRun, tasks: readonly OrderTask[]): Promise<Map<OrderTask, OrderGoods>> {
	const lines = tasks.flatMap(({ order }) => order.lines);
	const known = await readGoods(run.client, lines, run.goods.identity);
	const standIns = await readStandIns(run, tasks);
	const unknown = lines.filter((line) => known(line).length === 0);
	const made: Made = run.goods.unknown === 'create' ? await productsFor(run, tasks, unknown) : new Map();
	const found = new Map<OrderTask, OrderGoods>();
	for (const task of tasks) {
		try {
			found.set(task, goodsOf(task, run.goods.unknown, known, made, standIns));
		} catch (error) {
			task.fail(caught(error));
		}
	}
	return found;
}

function goodsOf(
	task: OrderTask,
	policy: GoodsSettings['unknown'],
	known: GoodsOfLine,
	made: Made,
	{ placeholder, delivery }: StandIns,
): OrderGoods {
	const goods: OrderGoods = { byLine: new Map(), deliveryVat: delivery?.vat ?? null, standIns: [] };
	const unknown: OrderLine[] = [];
	for (const line of task.order.lines) {
		const [good, another] = known(line);
		if (another) throw new SyncError('ORDER_GOODS_AMBIGUOUS', { key: line.key ?? '' });
		const product = made.get(lineKey(line));
		if (product instanceof SyncError) throw product;
		const found = good ?? product?.good ?? (policy === 'placeholder' ? placeholder : undefined);
		if (found) goods.byLine.set(line.id, found);
		if (!good && product?.isNew !== false) unknown.push(line);
	}
	if (unknown.some(({ id }) => !goods.byLine.has(id))) throw new SyncError('ORDER_GOODS_UNKNOWN', { names: named(unknown) });
	if (unknown.length > 0)
		task.warnings.push(warning(policy === 'create' ? 'ORDER_GOODS_CREATED' : 'ORDER_GOODS_REPLACED', { names: named(unknown) }));
	if (policy === 'placeholder') goods.standIns = unknown.map(({ name, quantity }) => `${name} × ${quantity}`);
	if (deliveryPrice(task.order).compare(0) > 0) {
		if (!delivery) throw new SyncError('ORDER_DELIVERY_UNKNOWN');
		goods.byLine.set(DELIVERY_LINE, delivery.good);
	}
	return goods;
}

const MOST_NAMES = 10;

function named(lines: readonly OrderLine[]): string {
	const names = lines.slice(0, MOST_NAMES).map(({ name, key }) => `${name} (${key ?? 'no key'})`);
	return lines.length > MOST_NAMES ? `${names.join(', ')} and ${lines.length - MOST_NAMES} more` : names.join(', ');
}
