import {
	groupBy, hiddenToo, orderExternalCode, readKnownOrder, readPositions, SyncError, toKopecks, warning,
	type ErrorCode, type KnownOrder, type Order,
} from '../../../../core';
import { inParallel, readAll, readByValues, type MoySkladClient, type Query } from '../../../../transport';
import { isOpen } from './task';
import type { AnyTask } from './together';

const PATH = 'entity/customerorder';
const WITH_POSITIONS: Query = { expand: 'positions', limit: 100 };
const LANES = 5;

/** An order whose customer order is looked for. */
export type Seeking = Pick<AnyTask, 'key' | 'linkedId' | 'result' | 'warnings' | 'finish'> & { known: KnownOrder | undefined };

/** The same, of which enough is known to tell a customer order that others made. */
type Adopting = Seeking & Pick<AnyTask, 'fail'> & { order: Order };

/**
 * Finds the customer orders that exist: by the derived syncId, by the link, and, when asked for, those that others made (rule I6).
 * Orders in the bin, deleted ones, and those of which several fit, are finished here.
 */
export async function findExisting(client: MoySkladClient, tasks: readonly Adopting[], linkExisting: boolean): Promise<void> {
	await findByKey(client, tasks);
	if (linkExisting) await adopt(client, tasks.filter(isMissing));
	skipDeleted(tasks);
}

/** The same without looking for orders that others made; those in the bin are found like others. */
export async function findByKey(client: MoySkladClient, tasks: readonly Seeking[]): Promise<void> {
	const keys = tasks.map(({ key }) => key);
	const byKey = new Map((await readWhole(client, 'syncId', keys)).map((order) => [order.syncId, order]));
	for (const task of tasks) task.known = byKey.get(task.key);
	await findLinked(client, tasks.filter(isMissing));
}

function skipDeleted(tasks: readonly Seeking[]): void {
	for (const task of tasks) if (task.known?.deleted) skip(task, 'ORDER_IN_BIN');
}

const isMissing = (task: Seeking): boolean => isOpen(task) && task.known === undefined;

async function findLinked(client: MoySkladClient, tasks: readonly Seeking[]): Promise<void> {
	const linked = await readAgain(client, tasks.flatMap(({ linkedId }) => linkedId ?? []));
	for (const task of tasks) {
		if (task.linkedId === undefined) continue;
		task.known = linked.get(task.linkedId);
		if (task.known === undefined) skip(task, 'ORDER_GONE');
	}
}

function skip(task: Seeking, code: ErrorCode): void {
	task.warnings.push(warning(code));
	task.finish('skipped');
}

/** Orders that somebody else made: by external code first, then by number and sum. Those of other exchanges carry a syncId of their own. */
async function adopt(client: MoySkladClient, tasks: readonly Adopting[]): Promise<void> {
	const byCode = groupBy(await read(client, 'externalCode', tasks.flatMap(codesOf)), ({ externalCode }) => externalCode ?? '');
	const withCode = (task: Adopting): KnownOrder[] => codesOf(task).flatMap((code) => byCode.get(code) ?? []);
	claim(tasks, (task) => withCode(task).filter((order) => isOurs(order, task) || isFree(order)));

	const rest = tasks.filter((task) => isMissing(task) && !isDeal(task));
	const byNumber = groupBy(await read(client, 'name', rest.map(({ order }) => order.number)), ({ number }) => number);
	const withNumber = ({ order: { number, total } }: Adopting): KnownOrder[] =>
		(byNumber.get(number) ?? []).filter((order) => isFree(order) && order.sum === toKopecks(total));
	claim(rest, withNumber);

	const whole = await readAgain(client, tasks.flatMap(({ known }) => known?.id ?? []));
	for (const task of tasks) if (task.known) task.known = whole.get(task.known.id) ?? task.known;
}

/** The id of a deal may be that of an order of the store, too, so that only the derived code tells it. */
const codesOf = (task: Adopting): string[] => {
	const { order } = task;
	const others = isDeal(task) ? [] : [order.id, ...(order.externalId === null ? [] : [order.externalId])];
	return [orderExternalCode(order), ...others];
};

const isDeal = ({ order }: Adopting): boolean => order.source.entity === 'deal';

const isOurs = ({ externalCode }: KnownOrder, { order }: Adopting): boolean => externalCode === orderExternalCode(order);

const isFree = ({ syncId, externalCode, deleted }: KnownOrder): boolean =>
	syncId === undefined && !deleted && !externalCode?.startsWith('bitrix:');

/** Gives each task the only order that fits it and no other task. */
function claim(tasks: readonly Adopting[], fitting: (task: Adopting) => KnownOrder[]): void {
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

function ambiguous({ order }: Adopting, found: readonly KnownOrder[]): SyncError {
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

/** Documents with all their positions: an expanded list of them ends after a hundred. */
export const withAllPositions = async <Document extends Positioned>(client: MoySkladClient, documents: readonly Document[]): Promise<Document[]> =>
	await inParallel(documents, LANES, async (document) => {
		if (document.morePositions === undefined) return document;
		return { ...document, positions: readPositions(await readAll(client, document.morePositions)), morePositions: undefined };
	});

type Positioned = Pick<KnownOrder, 'positions' | 'morePositions'>;

/** The same orders as MoySklad has them now, with all their positions. */
export async function readAgain(client: MoySkladClient, ids: readonly string[]): Promise<Map<string, KnownOrder>> {
	return new Map((await readWhole(client, 'id', ids)).map((order) => [order.id, order]));
}
