import {
	groupBy, hiddenToo, orderExternalCode, readKnownOrder, readPositions, SyncError, toKopecks, warning,
	type ErrorCode, type KnownOrder,
} from '../../../../core';
import { inParallel, readAll, readByValues, type MoySkladClient, type Query } from '../../../../transport';
import { isOpen, type OrderTask } from './task';

const PATH = 'entity/customerorder';
const WITH_POSITIONS: Query = { expand: 'positions', limit: 100 };
const LANES = 5;

/**
 * Finds the customer orders that exist: by the derived syncId, by the link, and, when asked for, those that others made (rule I6).
 * Orders in the bin, deleted ones, and those of which several fit, are finished here.
 */
export async function findExisting(client: MoySkladClient, tasks: readonly OrderTask[], linkExisting: boolean): Promise<void> {
	const keys = tasks.map(({ key }) => key);
	const byKey = new Map((await readWhole(client, 'syncId', keys)).map((order) => [order.syncId, order]));
	for (const task of tasks) task.known = byKey.get(task.key);
	await findLinked(client, tasks.filter(isMissing));
	if (linkExisting) await adopt(client, tasks.filter(isMissing));
	for (const task of tasks) if (task.known?.deleted) skip(task, 'ORDER_IN_BIN');
}

const isMissing = (task: OrderTask): boolean => isOpen(task) && task.known === undefined;

async function findLinked(client: MoySkladClient, tasks: readonly OrderTask[]): Promise<void> {
	const linked = await readAgain(client, tasks.flatMap(({ link }) => link?.moySkladId ?? []));
	for (const task of tasks) {
		if (task.link === undefined) continue;
		task.known = linked.get(task.link.moySkladId);
		if (task.known === undefined) skip(task, 'ORDER_GONE');
	}
}

function skip(task: OrderTask, code: ErrorCode): void {
	task.warnings.push(warning(code));
	task.finish('skipped');
}

/** Orders that somebody else made: by external code first, then by number and sum. Those of other exchanges carry a syncId of their own. */
async function adopt(client: MoySkladClient, tasks: readonly OrderTask[]): Promise<void> {
	const byCode = groupBy(await read(client, 'externalCode', tasks.flatMap(codesOf)), ({ externalCode }) => externalCode ?? '');
	const withCode = (task: OrderTask): KnownOrder[] => codesOf(task).flatMap((code) => byCode.get(code) ?? []);
	claim(tasks, (task) => withCode(task).filter((order) => isOurs(order, task) || isFree(order)));

	const rest = tasks.filter((task) => isMissing(task) && !isDeal(task));
	const byNumber = groupBy(await read(client, 'name', rest.map(({ order }) => order.number)), ({ number }) => number);
	const withNumber = ({ order: { number, total } }: OrderTask): KnownOrder[] =>
		(byNumber.get(number) ?? []).filter((order) => isFree(order) && order.sum === toKopecks(total));
	claim(rest, withNumber);

	const whole = await readAgain(client, tasks.flatMap(({ known }) => known?.id ?? []));
	for (const task of tasks) if (task.known) task.known = whole.get(task.known.id) ?? task.known;
}

/** The id of a deal may be that of an order of the store, too, so that only the derived code tells it. */
const codesOf = (task: OrderTask): string[] => {
	const { order } = task;
	const others = isDeal(task) ? [] : [order.id, ...(order.externalId === null ? [] : [order.externalId])];
	return [orderExternalCode(order), ...others];
};

const isDeal = ({ order }: OrderTask): boolean => order.source.entity === 'deal';

const isOurs = ({ externalCode }: KnownOrder, { order }: OrderTask): boolean => externalCode === orderExternalCode(order);

const isFree = ({ syncId, externalCode, deleted }: KnownOrder): boolean =>
	syncId === undefined && !deleted && !externalCode?.startsWith('bitrix:');

/** Gives each task the only order that fits it and no other task. */
function claim(tasks: readonly OrderTask[], fitting: (task: OrderTask) => KnownOrder[]): void {
	const claims = tasks.map((task) => ({ task, orders: [...new Set(fitting(task))] }));
	const all = claims.flatMap(({ orders }) => orders);
	const claimants = groupBy(all, ({ id }) => id);
	for (const { task, orders } of claims) {
		const [order, another] = orders;
		if (order === undefined) continue;
		if (another === undefined && claimants.get(order.id)?.length === 1) task.known = order;
		else task.fail(ambiguous(task, orders));
	}
}

function ambiguous({ order }: OrderTask, found: readonly KnownOrder[]): SyncError {
	const ids = found.map(({ id }) => id).join(', ');
	return new SyncError('ORDER_AMBIGUOUS', { number: order.number, ids, externalCode: orderExternalCode(order) });
}

/** Customer orders by one of their fields, those in the bin too. Without a query their positions stay links. */
async function read(client: MoySkladClient, field: string, values: readonly string[], query: Query = {}): Promise<KnownOrder[]> {
	if (values.length === 0) return [];
	return (await readByValues(client, PATH, field, values, { conditions: hiddenToo('customerorder'), query })).map(readKnownOrder);
}

const readWhole = async (client: MoySkladClient, field: string, values: readonly string[]): Promise<KnownOrder[]> =>
	await withAllPositions(client, await read(client, field, values, WITH_POSITIONS));

/** An expanded list of positions ends after a hundred. */
export async function withAllPositions(client: MoySkladClient, orders: readonly KnownOrder[]): Promise<KnownOrder[]> {
	return await inParallel(orders, LANES, async (order) => {
		if (order.morePositions === undefined) return order;
		return { ...order, positions: readPositions(await readAll(client, order.morePositions)), morePositions: undefined };
	});
}

/** The same orders as MoySklad has them now, with all their positions. */
export async function readAgain(client: MoySkladClient, ids: readonly string[]): Promise<Map<string, KnownOrder>> {
	return new Map((await readWhole(client, 'id', ids)).map((order) => [order.id, order]));
}
